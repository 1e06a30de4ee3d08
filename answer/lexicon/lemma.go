package lexicon

import "sort"

// Irregular is the base form of an irregularly inflected word: went gives go, mice mouse, better good. It is "" for
// all others. Where a form has several, it is that of the noun, else the verb, else the adjective.
func (l *Lexicon) Irregular(word string) string {
	n, ok := l.number(word)
	if !ok {
		return ""
	}
	pairs := len(l.irregular) / 8
	i := sort.Search(pairs, func(i int) bool { return u32(l.irregular, 2*i) >= uint32(n) })
	if i == pairs || u32(l.irregular, 2*i) != uint32(n) {
		return ""
	}
	return l.word(int(u32(l.irregular, 2*i+1)))
}

// endings are what regular inflection adds to a word of a kind, and what it may have taken away (WordNet's "morphy").
var endings = [...]struct {
	kind        Kind
	ending, was string
}{
	{Noun, "s", ""}, {Noun, "ses", "s"}, {Noun, "xes", "x"}, {Noun, "zes", "z"}, {Noun, "ches", "ch"}, {Noun, "shes", "sh"},
	{Noun, "ies", "y"},
	{Verb, "s", ""}, {Verb, "ies", "y"}, {Verb, "es", "e"}, {Verb, "es", ""}, {Verb, "ed", "e"}, {Verb, "ed", ""},
	{Verb, "ing", "e"}, {Verb, "ing", ""},
	{Adjective, "er", ""}, {Adjective, "er", "e"}, {Adjective, "est", ""}, {Adjective, "est", "e"},
}

// Lemmas are the dictionary forms that word may stand for, likeliest first: for "meetings" meeting, for "meeting" meeting
// and meet. An unknown word has none.
func (l *Lexicon) Lemmas(word string) []string {
	var lemmas []string
	for _, n := range l.lemmas(word) {
		lemmas = append(lemmas, l.word(n))
	}
	return lemmas
}

// lemmas are Lemmas, by number.
func (l *Lexicon) lemmas(word string) []int {
	var lemmas []int
	add := func(form string, kind Kind) {
		n, ok := l.number(form)
		if !ok || l.kind(n)&kind == 0 {
			return
		}
		for _, have := range lemmas {
			if have == n {
				return
			}
		}
		lemmas = append(lemmas, n)
	}
	const any = Noun | Verb | Adjective | Adverb
	irregular := l.Irregular(word)
	if irregular != "" {
		add(irregular, any)
	}
	add(word, any)
	if irregular != "" {
		return lemmas
	}
	for _, e := range endings {
		stem := len(word) - len(e.ending)
		if stem < 2 || word[stem:] != e.ending || e.kind == Noun && e.ending == "s" && word[stem-1] == 's' {
			continue
		}
		add(word[:stem]+e.was, e.kind)
	}
	return lemmas
}
