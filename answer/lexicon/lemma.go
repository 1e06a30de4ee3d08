package lexicon

import (
	"slices"
	"sort"
	"strings"
)

// Irregular is the base form of an irregularly inflected word: went gives go, mice mouse, better good. It is "" for
// all others. Where a form has several, it is that of the noun, else the verb, else the adjective.
func (l *Lexicon) Irregular(word string) string {
	if n, ok := l.number(word); ok {
		if base, ok := l.base(n); ok {
			return l.word(base)
		}
	}
	return ""
}

// base is the base form, by number, of an irregular form.
func (l *Lexicon) base(form int) (number int, ok bool) {
	pairs := len(l.irregular) / 8
	i := sort.Search(pairs, func(i int) bool { return u32(l.irregular, 2*i) >= uint32(form) })
	if i == pairs || u32(l.irregular, 2*i) != uint32(form) {
		return 0, false
	}
	return int(u32(l.irregular, 2*i+1)), true
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
	add := func(n int, kind Kind) {
		if l.kind(n)&kind != 0 && !slices.Contains(lemmas, n) {
			lemmas = append(lemmas, n)
		}
	}
	const any = Noun | Verb | Adjective | Adverb
	if n, ok := l.number(word); ok {
		base, irregular := l.base(n)
		if irregular {
			add(base, any)
		}
		add(n, any)
		if irregular {
			return lemmas
		}
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e.ending)
		if !ok || len(stem) < 2 || e.kind == Noun && e.ending == "s" && stem[len(stem)-1] == 's' {
			continue
		}
		if n, ok := l.number(stem + e.was); ok {
			add(n, e.kind)
		}
	}
	return lemmas
}
