package wordpiece

import (
	"sort"
	"unicode"
)

// kind is what becomes of a character.
type kind int

const (
	letter    kind = iota // stays, folded; it may be punctuation after that
	dropped               // leaves no trace
	space                 // ends a word
	ideograph             // is a word of its own
)

// kindOf tells the kind of a character beyond ASCII.
func kindOf(r rune) kind {
	switch {
	case unicode.Is(removed, r):
		return dropped
	case unicode.Is(spaces, r):
		return space
	case unicode.Is(ideographs, r):
		return ideograph
	}
	return letter
}

func isPunctuation(r rune) bool { return unicode.Is(punctuation, r) }

// fold says what to add to the characters from low to high, stride apart, to have them in lower case and without accents.
type fold struct {
	low, high rune
	stride    rune
	add       rune
}

// foldRune folds a character that becomes one character.
func foldRune(r rune) rune {
	i := sort.Search(len(folds), func(i int) bool { return folds[i].high >= r })
	if i < len(folds) && folds[i].low <= r && (r-folds[i].low)%folds[i].stride == 0 {
		return r + folds[i].add
	}
	return r
}

// The syllables of Hangul lie in a row, so that their parts can be reckoned (The Unicode Standard, section 3.12).
const (
	firstSyllable, lastSyllable      = 0xac00, 0xd7a3
	firstLead, firstVowel, firstTail = 0x1100, 0x1161, 0x11a7
	vowels, tails                    = 21, 28
)

// expand appends to dst what a character becomes: mostly one.
func expand(dst []rune, r rune) []rune {
	if firstSyllable <= r && r <= lastSyllable {
		n := r - firstSyllable
		dst = append(dst, firstLead+n/(vowels*tails), firstVowel+n/tails%vowels)
		if tail := n % tails; tail > 0 {
			dst = append(dst, firstTail+tail)
		}
		return dst
	}
	if several, found := expansions[r]; found {
		return append(dst, []rune(several)...)
	}
	return append(dst, foldRune(r))
}
