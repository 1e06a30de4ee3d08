package corpus

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestURL is how many bytes a URL with a text fragment may have; Discord takes 512 characters in a button.
const longestURL = 511

// fragmentURL is the article's URL with a text fragment, which makes a browser scroll to the sentence at p and highlight it
// (WICG, "URL Fragment Text Directives"): #:~:text=prefix-,start,end. Without a fragment that fits in longestURL it is the
// article's URL alone.
func (a *Article) fragmentURL(p Place) string {
	base, _, _ := strings.Cut(a.URL, ":~:")
	if !strings.Contains(base, "#") {
		base += "#"
	}
	for _, words := range []int{8, 6, 4, 3} { // at either end of a long sentence
		directive := a.textDirective(p, words)
		if u := base + ":~:text=" + directive; directive != "" && len(u) <= longestURL {
			return u
		}
	}
	return a.URL
}

// textDirective is the value of the directive that finds the sentence at p by that many words at its beginning and end, or
// by all of it, if it is short. It is "" if there is no letter or digit to go by.
func (a *Article) textDirective(p Place, words int) string {
	par := a.Blocks[p.Block]
	span := par.Sentences[p.Sentence]
	sentence := par.Text[span.Start:span.End]

	marker := 0 // a browser does not look for the number of a list item
	if par.Kind == Item {
		_, marker = ordinal(par.Text)
	}
	if span.Start < marker {
		sentence = par.Text[min(marker, span.End):span.End]
	}
	start, end := bare(sentence), ""
	if strings.Contains(sentence, "\t") || len(firstWords(start, 2*words)) < len(start) {
		// A browser looks for either end in one cell of a table only.
		first, _, _ := strings.Cut(start, "\t")
		last := start[strings.LastIndexByte(start, '\t')+1:]
		start, end = bare(firstWords(first, words)), bare(lastWords(last, words))
	}
	if start == "" {
		return ""
	}
	directive := escape(start)
	if end != "" {
		directive += "," + escape(end)
	}
	if prefix := bare(lastWords(par.Text[min(marker, span.Start):span.Start], 3)); prefix != "" && a.standsBefore(start, p) {
		directive = escape(prefix) + "-," + directive
	}
	return directive
}

// standsBefore reports whether words stand in the article before the sentence at p, so that a browser would stop there.
func (a *Article) standsBefore(words string, p Place) bool {
	for _, par := range a.Blocks[:p.Block] {
		if strings.Contains(par.Text, words) {
			return true
		}
	}
	par := a.Blocks[p.Block]
	return strings.Contains(par.Text[:par.Sentences[p.Sentence].Start], words)
}

// longestWord is where a word is cut, in characters: scripts without spaces have no end of word to wait for.
const longestWord = 20

// firstWords is the beginning of s, up to n words long.
func firstWords(s string, n int) string {
	words, run := 0, 0
	for i, r := range s {
		if !unicode.IsSpace(r) {
			run++
		} else if run > 0 {
			words++
			run = 0
		}
		if words == n || run > longestWord {
			return s[:i]
		}
	}
	return s
}

// lastWords is the end of s, up to n words long.
func lastWords(s string, n int) string {
	words, run := 0, 0
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsSpace(r) {
			run++
		} else if run > 0 {
			words++
			run = 0
		}
		if words == n || run > longestWord {
			return s[i:]
		}
		i -= size
	}
	return s
}

// bare is s without marks and white space around it: a browser matches whole words all the same, and the page may have
// other quotation marks than the article.
func bare(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// escape writes s for a text directive, where hyphens, commas and ampersands have a meaning of their own.
func escape(s string) string {
	var b strings.Builder
	s = oneLine(s)
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
