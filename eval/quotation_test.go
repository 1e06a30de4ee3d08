package eval_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/corpus"
	"citebot/eval"
)

// attributed makes an article of paragraphs in which somebody said contents, each in the first paragraph that has it.
func attributed(t *testing.T, paragraphs []string, source string, contents ...string) eval.Article {
	t.Helper()
	mark := func(text string) map[string]any {
		for i, p := range paragraphs {
			if at := strings.Index(p, text); at >= 0 {
				start := utf8.RuneCountInString(p[:at])
				return map[string]any{"text": text, "paragraph": i, "start": start, "end": start + utf8.RuneCountInString(text)}
			}
		}
		t.Fatalf("no paragraph has %q", text)
		return nil
	}
	var content []any
	for _, c := range contents {
		content = append(content, mark(c))
	}
	line, err := json.Marshal(map[string]any{"id": "a", "paragraphs": paragraphs,
		"attributions": []any{map[string]any{"source": []any{mark(source)}, "content": content}}})
	if err != nil {
		t.Fatal(err)
	}
	articles, err := eval.Parse("f", line)
	if err != nil {
		t.Fatal(err)
	}
	return articles[0]
}

// quote makes the quotation of the given words, each in the first paragraph that has them.
func quote(t *testing.T, a eval.Article, speaker string, parts ...string) corpus.Quotation {
	t.Helper()
	q := corpus.Quotation{Speaker: speaker}
	for _, part := range parts {
		found := false
		for i, p := range a.Blocks {
			if at := strings.Index(p.Text, part); at >= 0 && !found {
				q.Block, found = i, true
				q.Parts = append(q.Parts, corpus.Span{Start: at, End: at + len(part)})
			}
		}
		if !found {
			t.Fatalf("no paragraph has %q", part)
		}
	}
	return q
}

func TestQuotations(t *testing.T) {
	type quotation struct {
		speaker string
		parts   []string
	}
	tests := []struct {
		name                    string
		paragraphs              []string
		source                  string
		contents                []string
		quotations              []quotation
		reference, found, right int
		attributed              int
		speaker, precision, f1  float64
	}{
		{
			name:       "interrupted by the attribution",
			paragraphs: []string{"“We grind on Mondays,” said Åse Lund, “and never on Sundays.”"},
			source:     "Åse Lund", contents: []string{"“We grind on Mondays,”", "“and never on Sundays.”"},
			quotations: []quotation{{"Åse Lund", []string{"We grind on Mondays,", "and never on Sundays."}}},
			reference:  2, found: 2, right: 2, attributed: 2, speaker: 1, precision: 1, f1: 1,
		},
		{
			name:       "half of it, and something else",
			paragraphs: []string{"“We grind on Mondays,” said Åse Lund, “and never on Sundays.” The “mill” is old."},
			source:     "Åse Lund", contents: []string{"“We grind on Mondays,”", "“and never on Sundays.”"},
			quotations: []quotation{{"Lund", []string{"We grind on Mondays,"}}, {"", []string{"mill"}}},
			reference:  2, found: 2, right: 1, attributed: 1, speaker: 1, precision: .5, f1: .5,
		},
		{
			name:       "partly reported, other punctuation",
			paragraphs: []string{`Lund said the mill was "never idle," and that it would ''go on grinding''.`},
			source:     "Lund", contents: []string{`the mill was "never idle," and that it would ''go on grinding''`},
			quotations: []quotation{{"Bo Berg", []string{"never idle"}}, {"Åse Lund", []string{"go on grinding"}}},
			reference:  2, found: 2, right: 2, attributed: 2, speaker: .5, precision: 1, f1: 1,
		},
		{
			name:       "content cut at the end of a sentence",
			paragraphs: []string{"“We grind. Not on Sundays,” she said."},
			source:     "she", contents: []string{"“We grind.", "Not on Sundays,”"},
			quotations: []quotation{{"Åse Lund", []string{"We grind. Not on Sundays,"}}},
			reference:  1, found: 1, right: 1, precision: 1, f1: 1, // a pronoun tells nothing about the speaker
		},
		{
			name:       "continued in the next paragraph, with and without a mark",
			paragraphs: []string{"Lund said: “We grind.", "“Not on Sundays.", "Nor at night.” That was all."},
			source:     "Lund", contents: []string{"“We grind.", "“Not on Sundays.", "Nor at night.”"},
			quotations: []quotation{{"Lund", []string{"We grind."}}, {"Lund", []string{"Not on Sundays."}}, {"Lund", []string{"Nor at night."}}},
			reference:  3, found: 3, right: 3, attributed: 3, speaker: 1, precision: 1, f1: 1,
		},
		{
			name:       "closed with an opening mark",
			paragraphs: []string{"Lund called it “mostly true.“"},
			source:     "Lund", contents: []string{"“mostly true.“"},
			quotations: []quotation{{"Lund", []string{"mostly true."}}},
			reference:  1, found: 1, right: 1, attributed: 1, speaker: 1, precision: 1, f1: 1,
		},
		{
			name:       "nobody named",
			paragraphs: []string{"The miller said “no.”"},
			source:     "The miller", contents: []string{"“no.”"},
			quotations: []quotation{{"", []string{"no."}}},
			reference:  1, found: 1, right: 1, precision: 1, f1: 1,
		},
		{
			name:       "no speaker found where one is named",
			paragraphs: []string{"Lund’s wife, Mai Berg, said “no.”"},
			source:     "Lund’s wife, Mai Berg", contents: []string{"“no.”"},
			quotations: []quotation{{"", []string{"no."}}},
			reference:  1, found: 1, right: 1, attributed: 1, speaker: 0, precision: 1, f1: 1,
		},
		{
			name:       "nothing found",
			paragraphs: []string{"Lund said “no.”"},
			source:     "Lund", contents: []string{"“no.”"},
			reference: 1,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := attributed(t, test.paragraphs, test.source, test.contents...)
			a.Quotations = nil
			for _, q := range test.quotations {
				a.Quotations = append(a.Quotations, quote(t, a, q.speaker, q.parts...))
			}
			got := eval.NewScore("f", inArticle, []eval.Article{a}, nil).Quotations
			if got.Reference != test.reference || got.Found != test.found || got.Right != test.right {
				t.Errorf("%d marked, %d found, %d right; want %d, %d, %d",
					got.Reference, got.Found, got.Right, test.reference, test.found, test.right)
			}
			if !near(got.Precision, test.precision) || !near(got.F1, test.f1) {
				t.Errorf("precision %v, F1 %v; want %v, %v", got.Precision, got.F1, test.precision, test.f1)
			}
			if got.Attributed != test.attributed || !near(got.Speaker, test.speaker) {
				t.Errorf("speaker right for %v of %d; want %v of %d", got.Speaker, got.Attributed, test.speaker, test.attributed)
			}
		})
	}
}

// Quotations in an article without annotated attributions are neither right nor wrong.
func TestQuotationsNeedReference(t *testing.T) {
	marked := attributed(t, []string{"Lund said “no.”"}, "Lund", "“no.”")
	articles := read(t, "testdata/harbour.jsonl")
	articles[0].Quotations = []corpus.Quotation{{Parts: []corpus.Span{{Start: 0, End: 3}}}}
	if got := eval.NewScore("f", inArticle, articles, nil).Quotations; got != nil {
		t.Errorf("without attributions: %+v", *got)
	}
	marked.Quotations = nil
	if got := eval.NewScore("f", inArticle, append(articles, marked), nil).Quotations; got.Found != 0 || got.Reference != 1 {
		t.Errorf("next to others: %+v", *got)
	}
}
