package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// omitted is the mark that stands for words left out of a text. Its brackets tell it from an article's own ellipsis.
const omitted = "[…]"

// units is the length of text as Discord may count it: in UTF-16 code units, of which there are never fewer than code points.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// label is text shortened to at most limit units, at the end of a word where there is one near, with … for the rest.
func label(text string, limit int) string {
	if units(text) <= limit {
		return text
	}
	return strings.TrimRightFunc(text[:wordEnd(text, bytesWithin(text, limit-1))], isNoWord) + "…"
}

// bytesWithin is how many bytes from the start of text, whole runes, make at most limit units.
func bytesWithin(text string, limit int) int {
	n := 0
	for i, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
		if n > limit {
			return i
		}
	}
	return len(text)
}

// cutBytes is the longest start of text, in whole runes, of at most limit bytes.
func cutBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:max(limit, 0)]
}

// wordEnd is at, or a place before it where a word ends, unless the word is longer than 40 bytes.
func wordEnd(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	if i := strings.LastIndexFunc(text[:at], unicode.IsSpace); i > at-40 && i > 0 {
		return i
	}
	return at
}

// wordStart is at, or a place after it where a word starts, unless the word is longer than 40 bytes.
func wordStart(text string, at int) int {
	if at <= 0 {
		return 0
	}
	if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 && i < 40 {
		_, size := utf8.DecodeRuneInString(text[at+i:])
		return at + i + size
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

func isNoWord(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }

// window is a part of text of at most limit bytes, cut at words, that shows the first of spans if it can.
func window(text string, spans []corpus.Span, limit int) corpus.Span {
	if len(text) <= limit {
		return corpus.Span{Start: 0, End: len(text)}
	}
	start := 0
	if len(spans) > 0 && spans[0].End > limit {
		start = wordStart(text, min(max(spans[0].Start-limit/4, 0), len(text)-limit))
	}
	end := min(start+limit, len(text))
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	end = wordEnd(text, end)
	return corpus.Span{Start: start, End: max(end, start)}
}

// around is text on one line of at most limit units, cut at words so that the first of spans is seen, with … for what is
// left out. Discord reads no markdown where it stands.
func around(text string, spans []corpus.Span, limit int) string {
	for size := limit; ; size = size * 7 / 8 {
		w := window(text, spans, size)
		line := strings.Join(strings.Fields(plain(text[w.Start:w.End])), " ")
		if w.Start > 0 {
			line = "…" + line
		}
		if w.End < len(text) {
			line = strings.TrimRightFunc(line, isNoWord) + "…"
		}
		if units(line) <= limit || size < 16 {
			return label(line, limit)
		}
	}
}
