package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isTerminal reports whether r can end a sentence.
func isTerminal(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '.' || r == '!' || r == '?'
	}
	return r == '…' || unicode.Is(unicode.STerm, r)
}

// isCloser reports whether r, right after a terminal mark, still belongs to the sentence.
func isCloser(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', ')', ']', '}', '›', '»':
		return true
	}
	return r > 0x2fff && unicode.Is(unicode.Pe, r) // 」』）】
}

// isSuperscript reports whether r is a footnote number set high.
func isSuperscript(r rune) bool {
	return r == '¹' || r == '²' || r == '³' || r >= '⁰' && r <= '⁹'
}

// isOpener reports whether r can stand before the first word of a sentence.
func isOpener(r rune) bool {
	switch r {
	case '"', '\'', '`', '*', '#', '•', '¿', '¡', '…', '.', '-', '–', '—':
		return true
	}
	return unicode.In(r, unicode.Ps, unicode.Pi) || r == '»'
}

// isGap reports whether white space, the end, or a further closing mark is at i.
func isGap(text string, i int) bool {
	r, size := utf8.DecodeRuneInString(text[i:])
	return size == 0 || unicode.IsSpace(r) || r == ')' || r == '”' || r == '"' || r == '.' || r == '['
}

func skipSpace(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

// before is the character that ends at i, or a space at the beginning.
func before(text string, i int) rune {
	if i == 0 {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}

// leadingWord is the word that text begins with, opening marks skipped ("'[ and the like), with a full stop if it is a single
// letter ("A." of "A. Michelson"); or the character there, if it is no word.
func leadingWord(text string) string {
	const marks, longest = 8, 32
	for range marks {
		r, size := utf8.DecodeRuneInString(text)
		if size == 0 {
			return ""
		}
		if !isOpener(r) {
			break
		}
		text = text[skipSpace(text, size):]
	}
	end, letters := 0, 0
	for end < len(text) && end < longest {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			break
		}
		end += size
		letters++
	}
	if letters == 0 || letters == 1 && strings.HasPrefix(text[end:], ".") {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[:end]
}

// quotes are the marks that may close a quotation.
const quotes = "\"'”’“‘»«"

// isAttribution reports whether text begins with a name and a verb of saying: Alice asked.
func isAttribution(text string) bool {
	const names = 4
	for i := range names + 1 {
		word := leadingWord(text)
		switch word {
		case "said", "says", "asked", "asks", "replied", "shouted", "cried", "wrote", "added", "exclaimed", "wondered", "yelled":
			return i > 0
		}
		if !hasUpper(word) || startsSentence(word) || !strings.HasPrefix(text, word) {
			return false
		}
		text = strings.TrimLeft(text[len(word):], ".")
		text = text[skipSpace(text, 0):]
	}
	return false
}

// lastWord is the word that text ends with, full stops, apostrophes and & inside it included ("U.S", "don't", "M&S"), at
// most 24 bytes of it.
func lastWord(text string) string {
	const longest = 24
	i := len(text)
	for i > 0 && len(text)-i < longest {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		inside := r == '.' || r == '\'' || r == '’' || r == '&'
		if !inside && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			break
		}
		i -= size
	}
	return strings.TrimLeft(text[i:], ".'’&")
}

func hasUpper(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }

// isNumeral reports whether word numbers something: 3, 1.2, iv.
func isNumeral(word string) bool {
	if word == "" {
		return false
	}
	arabic := strings.Trim(word, "0123456789.") == ""
	return arabic || len(word) <= 4 && len(word) > 1 && strings.Trim(word, "ivx") == ""
}

// isLowerWord reports whether word is two or more lower-case letters.
func isLowerWord(word string) bool {
	return utf8.RuneCountInString(word) > 1 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLower(r) })
}

// isInitials reports whether word is one letter, or single letters with full stops between them: J, U.S, Ph.D is not.
func isInitials(word string) bool {
	for {
		r, size := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(r) {
			return false
		}
		word = word[size:]
		if word == "" {
			return true
		}
		if word[0] != '.' {
			return false
		}
		word = word[1:]
	}
}
