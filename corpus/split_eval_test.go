package corpus_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"unicode"

	"citebot/corpus"
)

var misses = flag.Bool("misses", false, "log each boundary that the splitter and the reference disagree on")

// Boundaries inside paragraphs against reference boundaries. The reference has faults of its own: squad11's was made by a
// machine, and nqqed's and gumnews' hold headlines without a full stop.
func TestSplitAgainstReference(t *testing.T) {
	for _, name := range []string{"eval/corpus/gumnews.jsonl", "eval/open/squad11.jsonl", "eval/open/nqqed.jsonl"} {
		t.Run(name, func(t *testing.T) {
			var right, found, reference int
			for _, a := range readReference(t, shared(t, name)) {
				got := corpus.New(corpus.Article{}, a.Paragraphs)
				for i, p := range got.Blocks {
					want := boundaries(p.Text, a.byteSpans(i))
					have := boundaries(p.Text, p.Sentences)
					found += len(have)
					reference += len(want)
					for b := range p.Text {
						switch {
						case have[b] && want[b]:
							right++
						case have[b] != want[b] && *misses:
							t.Logf("found %t: %q | %q", have[b], p.Text[max(0, b-40):b], p.Text[b:min(len(p.Text), b+30)])
						}
					}
				}
			}
			f1 := 2 * float64(right) / float64(found+reference)
			t.Logf("F1 %.4f, precision %.4f, recall %.4f of %d boundaries", f1,
				float64(right)/float64(found), float64(right)/float64(reference), reference)
			if f1 < .96 {
				t.Errorf("F1 %.4f, want at least .96", f1)
			}
		})
	}
}

// boundaries are the starts of all sentences but the first.
func boundaries(text string, sentences []corpus.Span) map[int]bool {
	starts := map[int]bool{}
	for i, s := range sentences {
		at := s.Start + len(text[s.Start:]) - len(strings.TrimLeftFunc(text[s.Start:], unicode.IsSpace))
		if i > 0 && at < len(text) {
			starts[at] = true
		}
	}
	return starts
}

type referenceArticle struct {
	Paragraphs []string
	Sentences  [][][2]int // code points
}

func (a referenceArticle) byteSpans(paragraph int) []corpus.Span {
	var offsets []int
	text := a.Paragraphs[paragraph]
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	var spans []corpus.Span
	for _, s := range a.Sentences[paragraph] {
		spans = append(spans, corpus.Span{Start: offsets[s[0]], End: offsets[s[1]]})
	}
	return spans
}

func readReference(t *testing.T, path string) []referenceArticle {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var articles []referenceArticle
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var a referenceArticle
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	return articles
}
