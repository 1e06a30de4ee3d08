package corpus_test

import (
	"fmt"
	"strings"
	"testing"

	"citebot/corpus"
)

// waves is a sentence of n words.
func waves(n int) string { return strings.TrimSpace(strings.Repeat("Wave ", n-1)) + " end." }

// Windows of Markdown in which each sentence costs its words and one. N words are written as <N>.
func TestWindows(t *testing.T) {
	cases := []struct{ name, markdown, want string }{
		{"one section", "<10>\n\n<20> <30>", "1.1 2.1 2.2"},
		{"full", "<50>\n\n<60>", "1.1 2.1"},
		{"overfull", "<50>\n\n<61>", "1.1 | 2.1"},
		{"a short sentence before is the context", "<60>\n\n<39>\n\n<60>", "1.1 2.1 | (2.1) 3.1"},
		{"a long one is not", "<60>\n\n<40>\n\n<60>", "1.1 2.1 | 3.1"},
		{"the context counts", "<60>\n\n<30>\n\n<70>\n\n<20>", "1.1 2.1 | (2.1) 3.1 | 4.1"},
		{"a sentence longer than a window", "<10>\n\n<200>\n\n<10>", "1.1 | 2.1 | 3.1"},
		{"sections are not crossed", "<10>\n\n## A\n\n<10>\n\n## B\n\n<10>", "1.1 | 2.1 | 3.1"},
		{"a short list stays whole", "<60>\n\n<9>\n\n- <20>\n- <30>\n- <10>\n\n<9>", "1.1 2.1 | (2.1) 3.1 4.1 5.1 6.1"},
		{"a list that fits nowhere does not", "<60>\n\n<9>\n\n- <20>\n- <60>\n- <60>", "1.1 2.1 3.1 | (2.1) 4.1 | (2.1) 5.1"},
		{"nested items belong to the list", "<60>\n\n<9>\n\n- <20>\n  - <20>\n- <20>", "1.1 2.1 | (2.1) 3.1 4.1 5.1"},
		{"an item's lead is what it is nested in", "- <9>\n  - <60>\n  - <60>", "1.1 2.1 | (1.1) 3.1"},
		{"within an item the sentence before", "<9>\n\n- <60> <30> <60>", "1.1 2.1 2.2 | (2.2) 2.3"},
		{"code stays whole", "<70>\n\n<9>\n\n```\n<20>\n<20>\n```", "1.1 2.1 | (2.1) 3.1 3.2"},
		{"the lead of code", "<9>\n\n```\n<60>\n<60>\n```", "1.1 2.1 | (1.1) 2.2"},
		{"a table begins a window", "<9>\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n<9>", "1.1 | (2.1) 3.1 4.1 5.1"},
		{"each part of a table has its head", "| a | b |\n|---|---|\n| <60> | d |\n| <60> | f |", "(1.1) 2.1 | (1.1) 3.1"},
		{"a head alone", "<9>\n\n| a | b |\n|---|---|\n\n<9>", "1.1 3.1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := c.markdown
			for n := 200; n > 1; n-- {
				text = strings.ReplaceAll(text, fmt.Sprintf("<%d>", n), waves(n))
			}
			a, err := corpus.Parse("a.md", []byte("---\ntitle: T\n---\n"+text))
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
			var got []string
			for _, w := range a.Windows(countWords) {
				line := numbers(w.Sentences)
				if len(w.Context) > 0 {
					line = "(" + numbers(w.Context) + ") " + line
				}
				got = append(got, line)
			}
			if got := strings.Join(got, " | "); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func numbers(places []corpus.Place) string {
	var all []string
	for _, p := range places {
		all = append(all, fmt.Sprintf("%d.%d", p.Block+1, p.Sentence+1))
	}
	return strings.Join(all, " ")
}

func TestWindowHeading(t *testing.T) {
	for markdown, want := range map[string]string{
		"# Tern\n\nText.":                                      "Tern",
		"# Tern\n\n## Install\n\nText.":                        "Tern > Install",
		"# Tern\n\n## Install\n\n### Linux\n\n#### A\n\nText.": "Install > Linux > A",
		"# Tern\n\n## A\n\n### Tern\n\n#### A\n\nText.":        "Tern > A",
	} {
		a, err := corpus.Parse("a.md", []byte(markdown))
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Windows(countWords)[0].Heading; got != want {
			t.Errorf("%q: heading %q, want %q", markdown, got, want)
		}
	}
}

// checkWindows fails unless every sentence that may answer is in exactly one window, in order, with the others of its section,
// and no window but one of a single sentence is longer than 112 pieces with its context.
func checkWindows(t *testing.T, a *corpus.Article) {
	t.Helper()
	seen := map[corpus.Place]bool{}
	last := corpus.Place{Block: -1}
	for _, w := range a.Windows(countWords) {
		if len(w.Sentences) == 0 || len(w.Context) > 1 {
			t.Fatalf("window %+v", w)
		}
		section, pieces := a.Blocks[w.Sentences[0].Block].Section, 0
		for _, p := range append(w.Context, w.Sentences...) {
			if !a.Has(p) || a.Blocks[p.Block].Section != section {
				t.Fatalf("%+v does not belong in a window of section %d", p, section)
			}
			pieces += countWords(a.Sentence(p)) + 1
		}
		if pieces > 112 && len(w.Context)+len(w.Sentences) > 1 {
			t.Errorf("%d pieces in %+v", pieces, w)
		}
		for _, c := range w.Context {
			if first := w.Sentences[0]; c.Block > first.Block || c.Block == first.Block && c.Sentence >= first.Sentence {
				t.Errorf("context %+v does not stand before %+v", c, first)
			}
		}
		for _, p := range w.Sentences {
			if seen[p] || p.Block < last.Block || p.Block == last.Block && p.Sentence <= last.Sentence {
				t.Errorf("%+v follows %+v", p, last)
			}
			if a.Blocks[p.Block].Kind == corpus.TableHead {
				t.Errorf("%+v is a table's head", p)
			}
			seen[p], last = true, p
		}
	}
	want := 0
	for _, b := range a.Blocks {
		if b.Kind != corpus.TableHead {
			want += len(b.Sentences)
		}
	}
	if len(seen) != want {
		t.Errorf("%d sentences in windows, want %d", len(seen), want)
	}
}
