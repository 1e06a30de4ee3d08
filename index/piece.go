package index

import "unicode"

// roughPieces is about how many word pieces text would have, for where no encoder can tell: a word of up to five letters is
// one, every five more are another, and a mark is one.
func roughPieces(text string) int {
	const long = 5
	pieces, letters := 0, 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			pieces++ // each stands for itself
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if letters%long == 0 {
				pieces++
			}
			letters++
			continue
		case !unicode.IsSpace(r):
			pieces++
		}
		letters = 0
	}
	return pieces
}
