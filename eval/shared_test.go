package eval_test

import (
	"os"
	"path/filepath"
	"testing"

	"citebot/eval"
)

// shared is the path of a file of evaluation data, which is kept beside the repository as its licences forbid to pass it on.
func shared(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("CITEBOT_SHARED")
	if folder == "" {
		folder = "../../shared"
	}
	path := filepath.Join(folder, "eval", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs the evaluation data: %v; CITEBOT_SHARED names the folder that holds eval", err)
	}
	return path
}

// The least that the program must reach on published questions. So that it takes seconds, only some of the many questions
// about each article of squad11 are asked; CITEBOT_EVAL=1 asks them all, and from the library of all articles too.
func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	thorough := os.Getenv("CITEBOT_EVAL") != ""
	tests := []struct {
		file      string
		scope     eval.Scope
		every     int     // how many dialogs of an article to go on by
		p1, mrr   float64 // 0 for no floor
		sentences float64 // F1
		slow      bool
	}{
		{file: "open/squad11.jsonl", scope: eval.InArticle, every: 4, p1: .72, sentences: .96},
		{file: "open/newsqa.jsonl", scope: eval.InArticle, every: 1, p1: .46},
		{file: "open/nqqed.jsonl", scope: eval.InArticle, every: 1, p1: .52, sentences: .96},
		{file: "corpus/gumnews.jsonl", scope: eval.InArticle, every: 1, sentences: .96},
		{file: "open/squad11.jsonl", scope: eval.InArticle, every: 1, p1: .72, slow: true},
		{file: "open/squad11.jsonl", scope: eval.InLibrary, every: 1, mrr: .77, slow: true},
	}
	for _, test := range tests {
		t.Run(string(test.scope)+" "+test.file, func(t *testing.T) {
			if test.slow && !thorough {
				t.Skip("takes minutes; set CITEBOT_EVAL=1")
			}
			articles := read(t, shared(t, test.file))
			for i := range articles {
				var some []eval.Dialog
				for j := 0; j < len(articles[i].Dialogs); j += test.every {
					some = append(some, articles[i].Dialogs[j])
				}
				articles[i].Dialogs = some
			}
			settings := eval.Settings{Scope: test.scope, History: eval.Own}
			var predictions []eval.Prediction
			err := eval.Run(t.Context(), articles, settings, eval.Citebot, func(_ *eval.Article, ps []eval.Prediction) error {
				predictions = append(predictions, ps...)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			score := eval.NewScore(test.file, settings, articles, predictions)
			if len(score.Ranking) > 0 {
				all := score.Ranking[0]
				t.Logf("P@1 %.3f, MRR@10 %.3f of %d turns", all.P1, all.MRR10, all.Turns)
				if all.P1 < test.p1 || all.MRR10 < test.mrr {
					t.Errorf("P@1 is %.3f, MRR@10 %.3f; want at least %.2f, %.2f", all.P1, all.MRR10, test.p1, test.mrr)
				}
			}
			if test.sentences > 0 && score.Sentences.F1 < test.sentences {
				t.Errorf("F1 of sentence boundaries is %.3f; want at least %.2f", score.Sentences.F1, test.sentences)
			}
			if score.Verbatim != nil && score.Verbatim.Broken > 0 {
				t.Errorf("%d passages are not slices of their article", score.Verbatim.Broken)
			}
		})
	}
}
