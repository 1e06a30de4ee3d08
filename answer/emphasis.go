package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// emphasis is the reader's span of a sentence widened to what a person would underline: whole words, whole names and numbers
// with their units, quotation marks and brackets in pairs, and no punctuation at the ends. It is none if the span is empty.
func emphasis(sentence string, span corpus.Span) []corpus.Span {
	words := wordsOf(sentence)
	first, last := -1, -1
	for i, w := range words {
		if w.Start < span.End && span.Start < w.End {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	p := phrase{text: sentence, words: words}
	for first > 0 && p.joins(first-1) {
		first--
	}
	for last < len(words)-1 && p.joins(last) {
		last++
	}
	return []corpus.Span{p.paired(corpus.Span{Start: words[first].Start, End: words[last].End})}
}

// wordsOf are the words of text: letters, digits and marks, with apostrophes, hyphens, dots, commas, slashes and the like
// between two of them, and signs of currency, per cent and number that touch them.
func wordsOf(text string) []corpus.Span {
	var words []corpus.Span
	start := -1
	for i := 0; i <= len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if i < len(text) && inWord(text, i, r, size) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			words = append(words, corpus.Span{Start: start, End: i})
			start = -1
		}
		i += max(size, 1)
	}
	return words
}

// inWord reports whether the rune r of size bytes at i belongs to a word.
func inWord(text string, i int, r rune, size int) bool {
	if isWordRune(r) || strings.ContainsRune("$€£¥%°#@&_", r) {
		return true
	}
	if !strings.ContainsRune("'’-‑–.,:/\\+=~*", r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	return isWordRune(after) && (isWordRune(before) || strings.ContainsRune("-./\\~", r) && (i == 0 || before == ' ' || before == '-')) ||
		r == '+' && unicode.IsDigit(before)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// phrase is a sentence in words.
type phrase struct {
	text  string
	words []corpus.Span
}

func (p phrase) word(i int) string { return p.text[p.words[i].Start:p.words[i].End] }

// joins reports whether words i and i+1 must not be parted: two words of a name, or a number and what it counts.
func (p phrase) joins(i int) bool {
	if p.text[p.words[i].End:p.words[i+1].Start] != " " {
		return false
	}
	a, b := p.word(i), p.word(i+1)
	switch {
	case startsWithDigit(a) && startsWithDigit(b), startsWithDigit(a) && isUnit(b):
		return true
	case isMonth(a) && startsWithDigit(b), startsWithDigit(a) && isMonth(b):
		return true
	}
	return p.isName(i) && p.isName(i+1)
}

// isName reports whether word i looks like a word of a name: it begins with a capital, and not because a sentence begins there.
func (p phrase) isName(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.word(i))
	if !unicode.IsUpper(r) {
		return false
	}
	if i == 0 {
		// A sentence's first word is taken for one only if it could not be a small word.
		return utf8.RuneCountInString(p.word(i)) > 4
	}
	return p.word(i) != "I"
}

func startsWithDigit(word string) bool {
	word = strings.TrimLeft(word, "$€£¥~+-#")
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(r)
}

// isUnit reports whether a word is what a number before it counts or measures.
func isUnit(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, "s")) {
	case "million", "billion", "trillion", "thousand", "hundred", "percent", "second", "minute", "hour", "day", "week", "month", "year",
		"min", "sec", "hr", "ms", "am", "pm", "a.m", "p.m", "m", "cm", "mm", "km", "mile", "metre", "meter", "foot", "feet", "inch", "inche",
		"g", "kg", "gram", "kilo", "pound", "ounce", "ton", "tonne", "l", "ml", "litre", "liter", "cup", "tablespoon", "teaspoon",
		"kb", "mb", "gb", "tb", "px", "pixel", "fp", "hz", "mhz", "ghz", "v", "volt", "w", "watt", "°c", "°f", "degree",
		"dollar", "euro", "cent", "crown", "point", "time", "people", "person", "player", "member", "user":
		return true
	}
	return false
}

func isMonth(word string) bool {
	switch word {
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December":
		return true
	}
	return false
}

// paired widens s by the quotation mark or bracket whose other half is inside of s, and by both if they enclose it.
func (p phrase) paired(s corpus.Span) corpus.Span {
	pairs := []struct{ open, shut string }{{"“", "”"}, {"(", ")"}, {"[", "]"}, {"{", "}"}, {"<", ">"}, {"\"", "\""}, {"`", "`"}}
	for _, pair := range pairs {
		inside := p.text[s.Start:s.End]
		before, after := strings.HasSuffix(p.text[:s.Start], pair.open), strings.HasPrefix(p.text[s.End:], pair.shut)
		open := strings.Count(inside, pair.open) - strings.Count(inside, pair.shut)
		odd := pair.open == pair.shut && strings.Count(inside, pair.open)%2 == 1
		if before && (after && open == 0 && !odd || open < 0 || odd) {
			s.Start -= len(pair.open)
			odd = !odd && after
		}
		if after && (open > 0 || odd || before && open == 0 && pair.open != pair.shut) {
			s.End += len(pair.shut)
		}
	}
	return s
}
