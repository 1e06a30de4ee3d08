package eval

import (
	"unicode/utf8"

	"citebot/corpus"
)

// byteSpan is the range of bytes of text that its code points [start, end) take up, or false if text has no such range.
func byteSpan(text string, start, end int) (corpus.Span, bool) {
	if start < 0 || end < start {
		return corpus.Span{}, false
	}
	from, ok := byteOffset(text, start)
	if !ok {
		return corpus.Span{}, false
	}
	length, ok := byteOffset(text[from:], end-start)
	return corpus.Span{Start: from, End: from + length}, ok
}

// byteOffset is where code point n of text starts; n may be one past the last.
func byteOffset(text string, n int) (int, bool) {
	for at := range text {
		if n == 0 {
			return at, true
		}
		n--
	}
	return len(text), n == 0
}

// codePoints is the inverse of byteSpan.
func codePoints(text string, s corpus.Span) (start, end int) {
	start = utf8.RuneCountInString(text[:s.Start])
	return start, start + utf8.RuneCountInString(text[s.Start:s.End])
}
