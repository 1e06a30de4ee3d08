package eval

import (
	"strings"
	"unicode"

	"citebot/corpus"
)

// scoreSentences compares boundaries inside paragraphs: where every sentence but the first starts.
func scoreSentences(articles []Article) *Overlap {
	var reference, found, right int
	for _, a := range articles {
		for i, spans := range a.Sentences {
			paragraph := a.Blocks[i]
			want, have := boundaries(paragraph.Text, spans), boundaries(paragraph.Text, paragraph.Sentences)
			reference += len(want)
			found += len(have)
			for at := range have {
				if want[at] {
					right++
				}
			}
		}
	}
	if reference == 0 {
		return nil
	}
	o := newOverlap(reference, found, right)
	return &o
}

// boundaries are the bytes at which sentences but the first start, white space skipped, as data sets differ in which
// sentence it belongs to.
func boundaries(text string, sentences []corpus.Span) map[int]bool {
	starts := map[int]bool{}
	for i, s := range sentences {
		at := len(text) - len(strings.TrimLeftFunc(text[s.Start:], unicode.IsSpace))
		if i > 0 && at < len(text) {
			starts[at] = true
		}
	}
	return starts
}
