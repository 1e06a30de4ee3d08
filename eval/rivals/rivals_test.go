package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
	"citebot/reader"
)

// Where each rival has the right sentence, worked out by hand: a word that nothing else has is found first; where no word is
// found (Bleve's English analyzer drops "who is she"), the sentences come in the order of the text.
func TestRivals(t *testing.T) {
	articles, err := eval.Read("testdata/bakery.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := contestants(open(t))
	tests := []struct {
		scope         eval.Scope
		bleve, sqlite eval.Ranking
	}{
		// Bleve: 1 1/3 1 1 1 1. SQLite finds "is" in three sentences about the bakery, and the shortest is the right one.
		{eval.InArticle, eval.Ranking{Of: "all", Turns: 6, P1: 5. / 6, MRR10: (5 + 1./3) / 6, R3: 1, R5: 1, R10: 1},
			eval.Ranking{Of: "all", Turns: 6, P1: 1, MRR10: 1, R3: 1, R5: 1, R10: 1}},
		{eval.InLibrary, eval.Ranking{Of: "all", Turns: 6, P1: 5. / 6, MRR10: (5 + 1./3) / 6, R3: 1, R5: 1, R10: 1},
			eval.Ranking{Of: "all", Turns: 6, P1: 1, MRR10: 1, R3: 1, R5: 1, R10: 1}},
	}
	for _, test := range tests {
		t.Run(string(test.scope), func(t *testing.T) {
			results, err := compare(t.Context(), "bakery", articles, test.scope, all)
			if err != nil {
				t.Fatal(err)
			}
			wants := []eval.Ranking{{}, test.bleve, test.bleve, test.sqlite}
			for i, r := range results {
				got := r.score.Ranking[0]
				if r.name != all[i].name || got.Turns != 6 || r.score.Verbatim.Broken > 0 {
					t.Errorf("%s: %+v, %+v", r.name, got, r.score.Verbatim)
				}
				if want := wants[i]; i > 0 && fmt.Sprintf("%.3f", []any{got.P1, got.R3, got.MRR10, got.R5, got.R10}) !=
					fmt.Sprintf("%.3f", []any{want.P1, want.R3, want.MRR10, want.R5, want.R10}) {
					t.Errorf("%s: got %+v, want %+v", r.name, got, want)
				}
			}
		})
	}
}

func open(t *testing.T) *reader.Model {
	t.Helper()
	model, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// Whatever text is asked, rivals answer, and with no more than was asked for.
func FuzzAsk(f *testing.F) {
	articles, err := eval.Read("testdata/bakery.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	rivals := contestants(nil)[1:]
	replies := make([][]reply, len(rivals))
	engine, err := openRace(f.Context(), rivals, []*corpus.Article{articles[0].Article}, replies)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { engine.Close() })
	for _, text := range []string{"", "bread", `"`, `bread" OR "`, "text: NEAR(a b, 2) ^ * -x", "a\x00b", "\xff", strings.Repeat("bread ", 2000)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := engine.(*race)
		for i := range r.replies {
			r.replies[i] = nil
		}
		if _, err := r.Ask(context.Background(), answer.Question{Text: text, Top: 2}, nil); err != nil {
			t.Fatal(err)
		}
		for i, asked := range r.replies {
			if n := len(asked[0].answer.Passages); n < 1 || n > 2 {
				t.Errorf("%s gives %d passages", rivals[i].name, n)
			}
		}
	})
}

func TestRun(t *testing.T) {
	var b bytes.Buffer
	if err := run(t.Context(), &b, eval.InArticle, []string{"testdata/bakery.jsonl", "testdata/bakery.jsonl"}); err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(b.String(), "\n\n")
	lines := strings.Split(table, "\n")
	if len(lines) != 2+len(contestants(nil)) || lines[0] != "testdata/bakery.jsonl: 2 articles, 6 questions, answered from the article" ||
		!strings.HasPrefix(lines[2], "citebot ") || !strings.HasSuffix(lines[2], " 1.00x") {
		t.Errorf("got\n%s", table)
	}
	for _, test := range []struct {
		scope eval.Scope
		files []string
		want  string
	}{
		{eval.InArticle, nil, "name at least one evaluation file"},
		{"town", []string{"testdata/bakery.jsonl"}, `testdata/bakery.jsonl: there is no scope "town"; use article or library`},
	} {
		if err := run(t.Context(), &b, test.scope, test.files); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}
