package main

import (
	"strings"

	"citebot/answer/lexicon"
)

// Numbers of lexicographers' files.
const (
	nounQuantity = 23
	nounTime     = 28
)

// kinds is what each lemma may be, and which lemmas are names of places or persons (as "new york").
func (wn *wordNet) kinds() map[string]lexicon.Kind {
	roots := map[lexicon.Kind][]*synset{
		lexicon.Person: {wn.noun("person", 1)},
		lexicon.Place: {wn.noun("location", 1), wn.noun("structure", 1), wn.noun("facility", 1), wn.noun("way", 6),
			wn.noun("geological formation", 1), wn.noun("body of water", 1), wn.noun("land", 4)},
		lexicon.Group:  {wn.noun("social group", 1), wn.noun("people", 1), wn.noun("gathering", 1)},
		lexicon.Animal: {wn.noun("animal", 1)},
	}
	kinds := map[string]lexicon.Kind{}
	for lemma, senses := range wn.senses {
		for _, p := range parts {
			if len(senses[p.letter]) > 0 {
				kinds[lemma] |= p.kind
			}
		}
		for _, s := range senses['n'][:min(2, len(senses['n']))] {
			if len(wn.follow(s, "@i")) > 0 {
				continue // a name
			}
			for kind, roots := range roots {
				if wn.under(s, roots...) {
					kinds[lemma] |= kind
				}
			}
			switch s.file {
			case nounQuantity:
				kinds[lemma] |= lexicon.Measure
			case nounTime:
				kinds[lemma] |= lexicon.Time
			}
		}
	}
	wn.nameKinds(kinds, roots)
	return kinds
}

// nameKinds adds the kinds of names.
func (wn *wordNet) nameKinds(kinds map[string]lexicon.Kind, roots map[lexicon.Kind][]*synset) {
	isPlace := func(s *synset) bool { return len(wn.follow(s, "@i")) > 0 && wn.under(s, roots[lexicon.Place]...) }
	inhabitant := wn.noun("inhabitant", 1)
	for key, s := range wn.synsets {
		for i, word := range s.words {
			lemma := strings.ToLower(word)
			switch {
			case word == lemma || isCode(word):
			case key[0] == 'n' && isPlace(s):
				kinds[lemma] |= lexicon.PlaceName
			case key[0] == 'n' && len(wn.follow(s, "@i")) > 0 && wn.under(s, roots[lexicon.Person]...) && !strings.Contains(word, " "):
				kinds[lemma] |= lexicon.Surname
			case key[0] == 'n' && wn.under(s, inhabitant):
				kinds[lemma] |= lexicon.Demonym
			case key[0] == 'a' || key[0] == 's':
				for _, p := range s.pointers {
					if p.symbol == `\` && p.from == i+1 && isPlace(wn.synsets[p.to]) {
						kinds[lemma] |= lexicon.Demonym
					}
				}
			}
		}
	}
}

// isCode reports whether a name is a state's two letters, which in lower case is mostly a common word: IN, OR, ME, US.
func isCode(word string) bool { return len(word) == 2 && word == strings.ToUpper(word) }
