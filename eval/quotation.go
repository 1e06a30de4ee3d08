package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// Quotations is how well quoted words and their speakers are found, against annotated attributions.
type Quotations struct {
	Overlap
	Attributed int     `json:"attributed"` // right ones whose annotated source can be compared with a speaker
	Speaker    float64 `json:"speaker"`    // share of them with the right speaker
}

// withMarks widens the quoted words at s by the quotation mark on either side, where there is one.
func withMarks(text string, s corpus.Span) corpus.Span {
	if r, size := utf8.DecodeLastRuneInString(text[:s.Start]); isQuotationMark(r) {
		s.Start -= size
		if (r == '\'' || r == '`') && strings.HasSuffix(text[:s.Start], string(r)) {
			s.Start -= size // typed as two single ones
		}
	}
	if r, size := utf8.DecodeRuneInString(text[s.End:]); isQuotationMark(r) {
		s.End += size
		if r == '\'' && strings.HasPrefix(text[s.End:], "'") {
			s.End += size
		}
	}
	return s
}

func isQuotationMark(r rune) bool {
	return unicode.In(r, unicode.Pi, unicode.Pf) || strings.ContainsRune("\"'`„‚「」『』〝〞〟", r)
}

func scoreQuotations(articles []Article) *Quotations {
	return nil
}
