package corpus_test

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/corpus"
)

// Quotations and their speakers against PolNeAR's attributions (Newell, Margolin and Ruths 2018), whose contents, sources and
// cues are spans of code points.
//
// The reference is every stretch between double marks (straight, curly, or doubled apostrophes) more than half of which is in
// the content of an attribution; the smallest such content says whose it is. Stretches of fewer than four words that are less
// than half of their content are left out on both sides: annotators and readers do not agree whether a “plan” is a quotation.
// Each part of a quotation that shares more than half of its bytes with a reference stretch has found it, one for one.
//
// A speaker is right if the last word of the name, or of what a role is called, is in the annotated source. Where the source is
// a pronoun there is nothing to compare with, so it only counts, apart, whether a name was found for it.
func TestQuotationsAgainstReference(t *testing.T) {
	f, err := os.Open(shared(t, "eval/open/polnear.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var reference, found, right, named, namedRight, pronouns, resolved int
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var a attributedArticle
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		stretches := a.stretches()
		reference += len(stretches)
		for i := range stretches {
			if stretches[i].ignored {
				reference--
			}
		}
		for _, q := range corpus.New(corpus.Article{}, a.Paragraphs).Quotations {
			for _, part := range q.Parts {
				s := overlapping(stretches, q.Block, part)
				if s == nil {
					found++
					continue
				}
				if s.ignored || s.found {
					continue
				}
				s.found = true
				found++
				right++
				switch {
				case s.source == "", slip.MatchString(s.source):
				case pronoun.MatchString(s.source):
					pronouns++
					if q.Speaker != "" {
						resolved++
					}
				default:
					named++
					if names(s.source, q.Speaker) {
						namedRight++
					} else if *misses {
						t.Logf("%s ¶%d: %q, want %q", a.ID, q.Block+1, q.Speaker, s.source)
					}
				}
			}
		}
		if *misses {
			for _, s := range stretches {
				if !s.found && !s.ignored {
					t.Logf("- %s ¶%d %s", a.ID, s.paragraph+1, a.Paragraphs[s.paragraph][s.Start:s.End])
				}
			}
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(reference)
	f1 := 2 * precision * recall / (precision + recall)
	speaker := float64(namedRight) / float64(named)
	t.Logf("F1 %.3f, precision %.3f, recall %.3f of %d; speaker right %.3f of %d; pronouns with a name %d of %d",
		f1, precision, recall, reference, speaker, named, resolved, pronouns)
	if f1 < .955 {
		t.Errorf("F1 %.3f, want at least .955", f1)
	}
	if speaker < .945 {
		t.Errorf("speaker right %.3f, want at least .945", speaker)
	}
	if float64(resolved) < .9*float64(pronouns) {
		t.Errorf("%d of %d pronouns have a name, want at least nine tenths", resolved, pronouns)
	}
}

var (
	betweenMarks = regexp.MustCompile(`“[^“”]*”|"[^"]*"|''.+?''`)
	slip         = regexp.MustCompile(`^(said|says|advises)$`) // a cue that was marked as the source
	pronoun      = regexp.MustCompile(`(?i)^(he|she|they|it|i|we|you|who|one|others?|another)$`)
)

type attributedArticle struct {
	ID           string
	Paragraphs   []string
	Attributions []struct {
		Source, Content []struct {
			Text                  string
			Paragraph, Start, End int // code points
		}
	}
}

// stretch is quoted text that an attribution says who said it of.
type stretch struct {
	corpus.Span
	paragraph      int
	source         string
	ignored, found bool
}

func (a attributedArticle) stretches() []stretch {
	var all []stretch
	for i, text := range a.Paragraphs {
		for _, at := range betweenMarks.FindAllStringIndex(text, -1) {
			s := stretch{Span: corpus.Span{Start: at[0], End: at[1]}, paragraph: i}
			smallest := len(text) + 1
			for _, attribution := range a.Attributions {
				for _, c := range attribution.Content {
					content := corpus.Span{Start: byteOffset(text, c.Start), End: byteOffset(text, c.End)}
					shared, size := overlap(s.Span, content), content.End-content.Start
					if c.Paragraph != i || 2*shared <= at[1]-at[0] || size >= smallest {
						continue
					}
					smallest, s.source = size, ""
					for _, source := range attribution.Source {
						s.source = strings.TrimSpace(s.source + " " + source.Text)
					}
					s.ignored = 2*shared < size && len(strings.Fields(text[at[0]:at[1]])) < 4
				}
			}
			if smallest <= len(text) {
				all = append(all, s)
			}
		}
	}
	return all
}

func byteOffset(text string, points int) int {
	at := 0
	for range points {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

func overlap(a, b corpus.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

func overlapping(all []stretch, paragraph int, part corpus.Span) *stretch {
	for i := range all {
		shared := overlap(all[i].Span, part)
		if all[i].paragraph == paragraph && 2*shared > part.End-part.Start && 2*shared > all[i].End-all[i].Start {
			return &all[i]
		}
	}
	return nil
}

func names(source, speaker string) bool {
	words := strings.Fields(strings.ToLower(speaker))
	return len(words) > 0 && strings.Contains(strings.ToLower(source), words[len(words)-1])
}
