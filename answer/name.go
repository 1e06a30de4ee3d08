package answer

import (
	"strings"

	"citebot/index"
	"citebot/lexicon"
)

// nameTable tells names from other words, and people from places, by a library's own spelling and the lexicon.
type nameTable struct {
	words   *lexicon.Lexicon
	nouns   map[string]lexicon.Kind // by word in lower case; filled while mentions are gathered
	capital []float32               // by TermID: the share of its occurrences, sentence starts left out, that have a capital; -1 if there are none
}

func newNameTable(l *index.Library) *nameTable {
	t := &nameTable{words: l.Lexicon(), nouns: map[string]lexicon.Kind{}}
	var upper, all []int32
	for _, s := range l.Sentences() {
		for i, w := range s.Words {
			for int(w.Term) >= len(all) {
				all, upper = append(all, 0), append(upper, 0)
			}
			if i == 0 || !s.Article.Analyzer.CapitalsTell() {
				continue
			}
			all[w.Term]++
			if startsUpper(surface(s, i)) {
				upper[w.Term]++
			}
		}
	}
	t.capital = make([]float32, len(all))
	for i := range all {
		t.capital[i] = -1
		if all[i] > 0 {
			t.capital[i] = float32(upper[i]) / float32(all[i])
		}
	}
	return t
}

// isName reports whether a term is mostly written with a capital in the library.
func (t *nameTable) isName(id index.TermID) bool { return id >= 0 && t.capital[id] > 0.6 }

// capitalised reports whether word i has a capital because of what it is, not because it starts the sentence. Where every noun has one,
// two next to each other do.
func (t *nameTable) capitalised(s *index.Sentence, i int) bool {
	if !startsUpper(surface(s, i)) {
		return false
	}
	if !s.Article.Analyzer.CapitalsTell() {
		return i > 0 && startsUpper(surface(s, i-1)) && adjoins(s, i-1) || i+1 < len(s.Words) && startsUpper(surface(s, i+1)) && adjoins(s, i)
	}
	if i > 0 {
		return !s.Words[i].Stop || (i+1 < len(s.Words) && startsUpper(surface(s, i+1)) && adjoins(s, i))
	}
	if share := t.capital[s.Words[i].Term]; share >= 0 {
		return share > 0.5
	}
	if s.Words[i].Stop {
		return false
	}
	// A first word that is nowhere else: a name if the next word has a capital too, or if no dictionary has the word.
	return (i+1 < len(s.Words) && startsUpper(surface(s, i+1)) && adjoins(s, i)) || t.properOrUnknown(strings.ToLower(surface(s, i)))
}

func (t *nameTable) properOrUnknown(lower string) bool {
	k := t.words.Kinds(lower)
	return k == 0 || k&lexicon.Proper != 0
}

// noun is what a common noun is a word for.
func (t *nameTable) noun(lower string) lexicon.Kind {
	kinds, known := t.nouns[lower]
	if !known {
		kinds = t.words.Kinds(lower)
		t.nouns[lower] = kinds
	}
	return kinds
}

// kindOf tells whether the capitalised words first..last name a person, a place or something else.
func (t *nameTable) kindOf(s *index.Sentence, first, last int) mentionKind {
	whole := strings.ToLower(s.Text[s.Words[first].Start:s.Words[last].End])
	head, tail := strings.ToLower(surface(s, first)), strings.ToLower(surface(s, last))
	if t.words.Kinds(whole)&lexicon.PlaceName != 0 {
		return mentionPlace
	}
	if t.words.Kinds(head)&lexicon.GivenName != 0 && last > first {
		return mentionPerson
	}
	if honorific(head) && last > first {
		return mentionPerson
	}
	if first > 0 {
		if before := strings.ToLower(surface(s, first-1)); honorific(before) || (t.words.Kinds(before)&lexicon.Person != 0 && adjoins(s, first-1)) {
			return mentionPerson
		}
	}
	if last+1 < len(s.Words) && speechVerb(strings.ToLower(surface(s, last+1))) {
		return mentionPerson
	}
	if t.words.Kinds(head)&lexicon.GivenName != 0 {
		return mentionPerson
	}
	if t.words.Kinds(tail)&lexicon.PlaceName != 0 || placeNoun(tail) {
		return mentionPlace
	}
	return mentionName
}

// explained is the kind of a name by what stands around it in a sentence where that tells, else what it was taken for.
func (t *nameTable) explained(s *index.Sentence, m mention) mentionKind {
	if m.kind != mentionName {
		return m.kind
	}
	switch noun := t.apposition(s, m); {
	case noun&lexicon.Person != 0:
		return mentionPerson
	case located(s, m) || noun&lexicon.Place != 0:
		return mentionPlace
	}
	return m.kind
}

// located reports whether a name stands after a word that places have before them, and owns nothing: "in Bhola", not "in Brown's".
func located(s *index.Sentence, m mention) bool {
	last := surface(s, m.last)
	if m.first == 0 || !adjoins(s, m.first-1) || strings.HasSuffix(last, "'s") || strings.HasSuffix(last, "’s") {
		return false
	}
	switch strings.ToLower(surface(s, m.first-1)) {
	case "in", "near", "outside":
		return true
	}
	return false
}

// apposition is what the noun is a word for that explains a name: region in "Karabakh, a region that".
func (t *nameTable) apposition(s *index.Sentence, m mention) lexicon.Kind {
	i := m.last + 1
	if i+1 >= len(s.Words) || s.Text[s.Words[m.last].End:s.Words[i].Start] != ", " {
		return 0
	}
	if !determiner(surface(s, i)) {
		return 0
	}
	for i+1 < len(s.Words) && !s.Words[i+1].Stop && adjoins(s, i) {
		i++
	}
	return t.noun(strings.ToLower(surface(s, i)))
}

func honorific(lower string) bool {
	switch lower {
	case "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "sen", "senator", "rep", "gov", "governor", "president", "minister",
		"king", "queen", "prince", "princess", "pope", "judge", "justice", "general", "gen", "col", "colonel", "captain", "capt", "sgt",
		"lt", "professor", "prof", "secretary", "chancellor", "emperor", "saint", "st", "rev", "ambassador", "chairman", "director":
		return true
	}
	return false
}

func speechVerb(lower string) bool {
	switch lower {
	case "said", "says", "told", "wrote", "added", "asked", "explained", "replied", "argued", "claimed", "insisted", "announced",
		"stated", "tweeted", "noted", "warned", "recalled", "declared", "testified", "responded", "suggested", "believes", "thinks":
		return true
	}
	return false
}

func placeNoun(lower string) bool {
	switch lower {
	case "city", "river", "street", "avenue", "island", "islands", "sea", "ocean", "lake", "mountain", "mountains", "valley", "county",
		"park", "airport", "bay", "beach", "hotel", "house", "square", "desert", "hill", "hills", "road", "bridge", "hospital", "palace",
		"stadium", "school", "university", "college", "museum", "church", "cathedral", "coast", "peninsula", "province", "district":
		return true
	}
	return false
}
