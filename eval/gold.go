package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// Gold is a right answer given as text: sentences of a file are split in ways of its reader, so positions would not agree.
type Gold struct {
	Text    string // a sentence that answers, word for word
	Short   string // the part of it that answers; "" where the data does not say
	Partial bool   // it helps, but does not answer all of the question; it counts as right all the same
}

// In reports whether a passage of that text holds g, or is the better part of it: one holds the other, the passage with at
// least half as many words; or the passage has four fifths of g's different words, and they are at least half of its own.
// Case, white space, the form of quotation marks and the marks of Markdown make no difference.
func (g Gold) In(passage string) bool {
	have, want := plainText(passage), plainText(g.Text)
	if strings.Contains(have, want) {
		return true
	}
	haveWords, wantWords := plainWords(have), plainWords(want)
	if strings.Contains(want, have) && 2*len(haveWords) >= len(wantWords) {
		return true
	}
	if len(haveWords) == 0 || len(wantWords) == 0 {
		return false
	}
	haveSet, wantSet := setOf(haveWords), setOf(wantWords)
	common := 0
	for w := range wantSet {
		if haveSet[w] {
			common++
		}
	}
	return float64(common) >= .8*float64(len(wantSet)) && 2*common >= len(haveSet)
}

// plainText is text as it is compared: in lower case, with single spaces, plain quotation marks and no marks of Markdown.
func plainText(text string) string {
	text = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "…", "...",
		"*", " ", "`", " ", "_", " ", "|", " ", "\u00ad", " ").Replace(text)
	text = strings.Join(strings.FieldsFunc(text, isSpace), " ")
	return cases.Lower(language.Und).String(text)
}

// isSpace reports whether r is white space; the separators of ASCII are, which package unicode leaves out.
func isSpace(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' }

// plainWords are the runs of letters and digits of a text.
func plainWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func setOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
