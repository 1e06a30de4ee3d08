package main

import (
	"strings"

	"citebot/lexicon"
)

// Numbers of lexicographers' files.
const (
	nounQuantity = 23
	nounTime     = 28
)

// kinds is what each lemma may be, and which lemmas are names (as "new york").
func (wn *wordNet) kinds(rank map[string]int) map[string]lexicon.Kind {
	roots := map[lexicon.Kind][]*synset{
		lexicon.Person: {wn.noun("person", 1)},
		lexicon.Place: {wn.noun("location", 1), wn.noun("structure", 1), wn.noun("facility", 1), wn.noun("way", 6),
			wn.noun("geological formation", 1), wn.noun("body of water", 1), wn.noun("land", 4)},
		lexicon.Group:   {wn.noun("social group", 1), wn.noun("people", 1), wn.noun("gathering", 1)},
		lexicon.Animal:  {wn.noun("animal", 1)},
		lexicon.Demonym: {wn.noun("inhabitant", 1)},
	}
	kinds := map[string]lexicon.Kind{}
	for lemma, senses := range wn.senses {
		if wn.isAcronymOfFunctionWord(lemma, rank[lemma]) {
			continue
		}
		proper := lexicon.Proper
		for _, p := range parts {
			if len(senses[p.letter]) > 0 {
				kinds[lemma] |= p.kind
			}
			for _, s := range senses[p.letter] {
				if s.spelling(lemma) == lemma {
					proper = 0
				}
			}
		}
		kinds[lemma] |= proper
		for _, s := range wn.telling(lemma, rank[lemma]) {
			kinds[lemma] |= wn.nounKind(s, s.spelling(lemma), proper != 0, roots)
		}
		for i, s := range senses['a'] {
			if i < tellingSenses && s.spelling(lemma) != lemma && wn.pertainsToPlace(s, lemma, roots) {
				kinds[lemma] |= lexicon.Demonym
			}
		}
	}
	return kinds
}

// isAcronymOfFunctionWord reports whether a lemma is short for something, but in lower case one of the most common words,
// which WordNet does not have otherwise: WHO, US, IT, AN.
func (wn *wordNet) isAcronymOfFunctionWord(lemma string, rank int) bool {
	if len(lemma) > 3 || rank > veryCommon || rank == 0 && len(lemma) > 1 {
		return false
	}
	for _, senses := range wn.senses[lemma] {
		for _, s := range senses {
			if s.spelling(lemma) == lemma {
				return false
			}
		}
	}
	return true
}

// veryCommon is the rank up to which words are so common that what WordNet alone knows of them is likely something else.
const veryCommon = 500

// tellingSenses is how many senses of a noun tell what kind of thing it stands for.
const tellingSenses = 2

// telling are the first senses of a noun, without rare ones, and none if the word is mostly another part of speech.
// A very common word that is not known to be used as a noun is none (who, WHO).
func (wn *wordNet) telling(lemma string, rank int) []*synset {
	const (
		rareNoun  = 4  // times as often another part of speech
		rareSense = 12 // times as often the first sense
	)
	all, nouns := 0, wn.count(lemma, 'n', -1)
	for _, p := range parts {
		all += wn.count(lemma, p.letter, -1)
	}
	if nouns*rareNoun < all || nouns == 0 && 0 < rank && rank <= veryCommon {
		return nil
	}
	var telling []*synset
	for i, s := range wn.senses[lemma]['n'] {
		if i < tellingSenses && wn.count(lemma, 'n', i)*rareSense >= wn.count(lemma, 'n', 0) {
			telling = append(telling, s)
		}
	}
	return telling
}

// nounKind is the kind of one sense of a noun, or of a name if it is spelled with a capital.
func (wn *wordNet) nounKind(s *synset, spelling string, proper bool, roots map[lexicon.Kind][]*synset) lexicon.Kind {
	capital := spelling != strings.ToLower(spelling)
	switch {
	case isCode(spelling):
		return 0
	case len(wn.follow(s, "@i")) > 0 && capital:
		switch {
		case wn.under(s, roots[lexicon.Place]...):
			return lexicon.PlaceName
		case wn.under(s, roots[lexicon.Person]...) && proper && !strings.Contains(spelling, " "):
			return lexicon.Surname
		}
		return 0
	}
	var kinds lexicon.Kind
	for kind, roots := range roots {
		if wn.under(s, roots...) && (kind != lexicon.Demonym || capital) {
			kinds |= kind
		}
	}
	switch s.file {
	case nounQuantity:
		kinds |= lexicon.Measure
	case nounTime:
		kinds |= lexicon.Time
	}
	return kinds
}

// pertainsToPlace reports whether an adjective is made from the name of a place.
func (wn *wordNet) pertainsToPlace(s *synset, lemma string, roots map[lexicon.Kind][]*synset) bool {
	for _, p := range s.pointers {
		to := wn.synsets[p.to]
		if p.symbol == `\` && strings.ToLower(s.words[p.from-1]) == lemma && len(wn.follow(to, "@i")) > 0 && wn.under(to, roots[lexicon.Place]...) {
			return true
		}
	}
	return false
}

// spelling is how a lemma is spelled in the synset, with capitals.
func (s *synset) spelling(lemma string) string {
	for _, w := range s.words {
		if strings.ToLower(w) == lemma {
			return w
		}
	}
	return lemma
}

// isCode reports whether a name is a state's two letters, which in lower case is mostly a common word: IN, OR, ME, US.
func isCode(spelling string) bool {
	return len(spelling) == 2 && spelling == strings.ToUpper(spelling) && spelling != "UK"
}
