package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
)

// fold is a word in the one spelling it is found by: lower case, straight apostrophes, no diacritics on Latin letters, no dots
// in abbreviations (U.N.), no grouping in numbers (100,000).
func fold(word string) string {
	if plain(word) {
		return word
	}
	word = foldDiacritics(strings.ToLower(apostrophes.Replace(word)))
	if dotted(word) {
		return strings.ReplaceAll(word, ".", "")
	}
	if grouped(word) {
		return strings.ReplaceAll(word, ",", "")
	}
	return word
}

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "＇", "'")

// plain reports whether word is ASCII lower-case letters and digits only: most words are, and need no folding.
func plain(word string) bool {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// foldDiacritics spells accented Latin letters without their accents (Türkiye, Turkiye); other scripts stay as they are.
func foldDiacritics(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= 0x80 {
			return strings.Map(dropCombining, string(asciifolding.New().Filter([]byte(word))))
		}
	}
	return word
}

// dropCombining drops the combining diacritical marks (U+0300 to U+036F) of decomposed letters.
func dropCombining(r rune) rune {
	if r >= 0x300 && r <= 0x36f {
		return -1
	}
	return r
}

// dotted reports whether word is letters with a dot between each two: "u.s", "u.s.a.".
func dotted(word string) bool {
	for i := 0; i < len(word); i++ {
		if letter := word[i] >= 'a' && word[i] <= 'z'; letter != (i%2 == 0) || (!letter && word[i] != '.') {
			return false
		}
	}
	return len(word) >= 3
}

// grouped reports whether word is a number with its digits in groups of three: "100,000", "1,234,567.8".
func grouped(word string) bool {
	whole, fraction, _ := strings.Cut(word, ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if !digits(g) || len(g) > 3 || g == "" || (i > 0 && len(g) != 3) {
			return false
		}
	}
	return len(groups) > 1 && digits(fraction)
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
