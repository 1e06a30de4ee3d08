package answer

import (
	"slices"
	"strings"
	"unicode"

	"citebot/index"
)

// Supports reports whether p's sentence says what the statement does, as far as words can tell: it has all words of the
// statement but stop words, its names in the same order, and is as often turned into its opposite. That it is true of every
// such pair nobody can promise; that what lacks a word, a figure or a "not" is no support, is what this is for.
func (p Passage) Supports(statement string) bool {
	analyzer, err := index.NewAnalyzer(p.Article.Language)
	if err != nil {
		return false
	}
	said := contentOf(analyzer, p.Text)
	around := contentOf(analyzer, p.Citation.Title+"\n"+strings.Join(p.Citation.Headings, "\n"))
	claimed := contentOf(analyzer, statement)
	if len(claimed.words) == 0 || claimed.turns != said.turns {
		return false
	}
	inSentence := 0
	for _, w := range claimed.words {
		switch {
		case slices.Contains(said.words, w):
			inSentence++
		case strings.ContainsFunc(w, unicode.IsDigit) || !slices.Contains(around.words, w):
			return false
		}
	}
	return inSentence > 0 && inOrder(claimed.names, said.names)
}

// content is what a text says, in words as they are indexed.
type content struct {
	words []string // without stop words
	names []string // those of the words that are capitalised
	turns int      // how many words turn what is said into its opposite, or leave it open
}

func contentOf(analyzer *index.Analyzer, text string) content {
	var c content
	for _, t := range analyzer.Tokens(text) {
		word := text[t.Start:t.End]
		switch {
		case turning(word):
			c.turns++
		case t.Stop:
		default:
			c.words = append(c.words, t.Term)
			if first := []rune(word)[0]; unicode.IsUpper(first) {
				c.names = append(c.names, t.Term)
			}
		}
	}
	return c
}

// turning reports whether a word turns what a sentence says into its opposite, or leaves it open.
func turning(word string) bool {
	word = strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	if strings.HasSuffix(word, "n't") {
		return true
	}
	switch word {
	case "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "hardly",
		"if", "unless", "denied", "denies", "deny", "false", "falsely", "refused", "refuses", "failed", "fails":
		return true
	}
	return false
}

// inOrder reports whether those of the names that both lists have come in the same order: who did it is not whom it was done to.
func inOrder(claimed, said []string) bool {
	at := -1
	for _, name := range claimed {
		next := slices.Index(said, name)
		if next < 0 {
			continue
		}
		if next < at {
			return false
		}
		at = next
	}
	return true
}
