package lexicon

import (
	"sort"
	"strings"
)

// Irregular is the base form of an irregularly inflected word: went gives go, mice mouse, better good. It is "" for
// all others. Where a form has several, it is that of the noun, else the verb, else the adjective; but what can be a form of a
// regular verb (lives, leaves) is taken for that.
func (l *Lexicon) Irregular(word string) string {
	n, ok := l.number(word)
	if !ok {
		return ""
	}
	base, ok := l.irregularBase(n)
	if !ok {
		return ""
	}
	if stem, ves := strings.CutSuffix(word, "s"); ves && strings.HasSuffix(stem, "ve") {
		if verb, ok := l.number(stem); ok && l.kind(verb)&Verb != 0 {
			return ""
		}
	}
	return l.word(base.number)
}

// Lemmas are the dictionary forms that word may stand for, likeliest first: for "meetings" meeting, for "meeting" meeting
// and meet. An unknown word has none.
func (l *Lexicon) Lemmas(word string) []string {
	var lemmas []string
	for _, n := range l.lemmas(word) {
		lemmas = append(lemmas, l.word(n.number))
	}
	return lemmas
}

// lemma is a word by number, and the parts of speech that an inflected form has it in.
type lemma struct {
	number int
	part   Kind
}

const anyPart = Noun | Verb | Adjective | Adverb

// endings are what regular inflection adds to a word of a part of speech, and what it may have taken away (WordNet's
// "morphy").
var endings = [...]struct {
	part        Kind
	ending, was string
}{
	{Noun, "s", ""}, {Noun, "ses", "s"}, {Noun, "xes", "x"}, {Noun, "zes", "z"}, {Noun, "ches", "ch"}, {Noun, "shes", "sh"},
	{Noun, "ies", "y"},
	{Verb, "s", ""}, {Verb, "ies", "y"}, {Verb, "es", "e"}, {Verb, "es", ""}, {Verb, "ed", "e"}, {Verb, "ed", ""},
	{Verb, "ing", "e"}, {Verb, "ing", ""},
	{Adjective, "er", ""}, {Adjective, "er", "e"}, {Adjective, "est", ""}, {Adjective, "est", "e"},
}

// lemmas are Lemmas, by number, each once.
func (l *Lexicon) lemmas(word string) []lemma {
	var lemmas []lemma
	add := func(n int, part Kind) {
		part &= l.kind(n)
		if part == 0 {
			return
		}
		for i := range lemmas {
			if lemmas[i].number == n {
				lemmas[i].part |= part
				return
			}
		}
		lemmas = append(lemmas, lemma{n, part})
	}
	var irregular Kind // the parts of speech of an irregular form; as a noun, lives, it may still be a verb's regular one
	if n, ok := l.number(word); ok {
		if base, ok := l.irregularBase(n); ok {
			add(base.number, base.part)
			irregular = base.part
		}
		add(n, anyPart)
	}
	known := len(lemmas) > 0
	var withE int // of the verb or adjective found with an e restored, length of the stem
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e.ending)
		switch {
		case !ok || len(stem) < 2,
			irregular != 0 && (irregular != Noun || e.part != Verb),
			e.part == Noun && e.ending == "s" && stem[len(stem)-1] == 's', // glass is no plural
			e.part == Adjective && known,                                  // number is not more numb
			e.was == "" && withE == len(stem) && short(stem):              // rated is from rate, not from rat
			continue
		}
		if n, ok := l.number(stem + e.was); ok && l.kind(n)&e.part != 0 {
			add(n, e.part)
			if e.was == "e" {
				withE = len(stem)
			}
		}
	}
	return lemmas
}

// short reports whether a stem ends in a single vowel and consonant, so that it would double that before an ending.
func short(stem string) bool {
	vowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiou", stem[i]) >= 0 }
	end := len(stem) - 1
	return !vowel(end) && vowel(end-1) && !vowel(end-2)
}

// irregularBase is the base form of an irregular form.
func (l *Lexicon) irregularBase(form int) (base lemma, ok bool) {
	pairs := len(l.irregular) / 8
	i := sort.Search(pairs, func(i int) bool { return u32(l.irregular, 2*i) >= uint32(form) })
	if i == pairs || u32(l.irregular, 2*i) != uint32(form) {
		return lemma{}, false
	}
	packed := u32(l.irregular, 2*i+1)
	return lemma{int(packed & (1<<17 - 1)), Kind(packed >> 17)}, true
}
