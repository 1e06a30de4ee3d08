package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
	"citebot/reader"
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

// The least that the program must reach on published questions, and on questions as people ask them. So that it does not
// take long, only some are asked, most of them about the same few articles; CITEBOT_EVAL=1 asks them all, and from the
// library of all articles too.
func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	model, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	thorough := os.Getenv("CITEBOT_EVAL") != ""
	tests := []struct {
		file     string
		scope    eval.Scope
		articles int     // asked are the questions about each so manieth article
		dialogs  int     // and of those, each so manieth dialog
		p1, mrr  float64 // 0 for no floor
		slow     bool
	}{
		{file: "register/questions.jsonl", scope: eval.InArticle, articles: 7, dialogs: 1, p1: .35},
		{file: "open/squad11.jsonl", scope: eval.InArticle, articles: 12, dialogs: 10, p1: .70},
		{file: "open/newsqa.jsonl", scope: eval.InArticle, articles: 60, dialogs: 1, p1: .40},
		{file: "open/nqqed.jsonl", scope: eval.InArticle, articles: 15, dialogs: 1, p1: .60},
		{file: "register/questions.jsonl", scope: eval.InArticle, articles: 1, dialogs: 1, p1: .50, slow: true},
		{file: "register/questions.jsonl", scope: eval.InLibrary, articles: 1, dialogs: 1, p1: .40, slow: true},
		{file: "open/squad11.jsonl", scope: eval.InArticle, articles: 1, dialogs: 1, p1: .72, slow: true},
		{file: "open/squad11.jsonl", scope: eval.InLibrary, articles: 1, dialogs: 1, mrr: .75, slow: true},
	}
	for _, test := range tests {
		t.Run(string(test.scope)+" "+test.file, func(t *testing.T) {
			if test.slow && !thorough {
				t.Skip("takes minutes; set CITEBOT_EVAL=1")
			}
			articles := read(t, shared(t, test.file))
			articles = every(articles, test.articles)
			for i := range articles {
				articles[i].Dialogs = every(articles[i].Dialogs, test.dialogs)
			}
			settings := eval.Settings{Scope: test.scope, History: eval.Own}
			var predictions []eval.Prediction
			err := eval.Run(t.Context(), articles, settings, eval.Citebot(model), func(_ *eval.Article, ps []eval.Prediction) error {
				predictions = append(predictions, ps...)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			score := eval.NewScore(test.file, settings, articles, predictions)
			all := score.Ranking[0]
			t.Logf("P@1 %.3f, MRR@10 %.3f of %d turns", all.P1, all.MRR10, all.Turns)
			if all.P1 < test.p1 || all.MRR10 < test.mrr {
				t.Errorf("P@1 is %.3f, MRR@10 %.3f; want at least %.2f, %.2f", all.P1, all.MRR10, test.p1, test.mrr)
			}
			if score.Verbatim.Broken > 0 {
				t.Errorf("%d passages are not slices of their article", score.Verbatim.Broken)
			}
		})
	}
}

// The least that sentence boundaries must agree with those of data that has them.
func TestSentenceFloors(t *testing.T) {
	for _, file := range []string{"open/squad11.jsonl", "open/nqqed.jsonl", "corpus/gumnews.jsonl"} {
		t.Run(file, func(t *testing.T) {
			got := eval.NewScore(file, inArticle, read(t, shared(t, file)), nil).Sentences
			if got.F1 < .96 {
				t.Errorf("F1 of sentence boundaries is %.3f; want at least .96", got.F1)
			}
		})
	}
}

// every is each nth of all.
func every[T any](all []T, n int) []T {
	var some []T
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// lottery is an engine that answers with random sentences, verdicts and confidences, always the same ones.
type lottery struct {
	articles []*corpus.Article
	random   *rand.Rand
}

func (l lottery) Ask(_ context.Context, q answer.Question, _ answer.Conversation) (answer.Answer, error) {
	a := answer.Answer{
		Question:   q.Text,
		Verdict:    answer.Verdict(l.random.IntN(3)),
		Confidence: float64(l.random.IntN(20)) / 20,
	}
	for range l.random.IntN(q.Top + 1) {
		article := l.articles[l.random.IntN(len(l.articles))]
		n := l.random.IntN(len(article.Blocks))
		for len(article.Blocks[n].Sentences) == 0 {
			n = (n + 1) % len(article.Blocks)
		}
		a.Passages = append(a.Passages, passage(article, n))
	}
	return a, nil
}

func (l lottery) Close() error { return nil }

// Questions whose answers are texts come with a program that scores predictions; our figures must be its.
func TestScoresLikeTheProgramOfTheQuestions(t *testing.T) {
	file, program := shared(t, "register/questions.jsonl"), shared(t, "../reader/score.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	articles := read(t, file)
	for _, scope := range []eval.Scope{eval.InArticle, eval.InLibrary} {
		settings := eval.Settings{Scope: scope, History: eval.Own}
		random := rand.New(rand.NewPCG(1, 2))
		open := func(_ context.Context, as []*corpus.Article) (eval.Engine, error) { return lottery{as, random}, nil }
		var predictions []eval.Prediction
		var rows bytes.Buffer
		err = eval.Run(t.Context(), articles, settings, open, func(_ *eval.Article, ps []eval.Prediction) error {
			predictions = append(predictions, ps...)
			for _, p := range ps {
				data, err := json.Marshal(p.Row())
				if err != nil {
					return err
				}
				rows.Write(append(data, '\n'))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "predictions.jsonl")
		if err := os.WriteFile(path, rows.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), python, program, file, path).Output()
		if err != nil {
			t.Fatal(err)
		}
		score := eval.NewScore(file, settings, articles, predictions)
		for i, of := range score.Ranking {
			verdicts := score.Verdicts[i]
			name := map[string]string{"follow-up": "follow"}[of.Of]
			if name == "" {
				name = of.Of
			}
			_, line, _ := strings.Cut("\n"+string(out), "\n"+name+" ")
			line, _, _ = strings.Cut(line, "\n")
			var want struct {
				N               int
				P1, P3, MRR     float64
				AnsweredRight   float64 `json:"answered_right"`
				RefusedWrongly  float64 `json:"refused_wrongly"`
				Unanswerable    int
				Refused         float64
				AnsweredWrongly float64 `json:"answered_wrongly"`
				AUROC           float64
			}
			if err := json.Unmarshal([]byte(line), &want); err != nil {
				t.Fatalf("%s: %q: %v", of.Of, line, err)
			}
			same := func(what string, got, want float64) {
				if math.Abs(100*got-want) > .051 { // rounded to one decimal
					t.Errorf("%s, %s: %s is %.3f, want %.1f", scope, of.Of, what, 100*got, want)
				}
			}
			same("first", of.P1, want.P1)
			same("first three", of.R3, want.P3)
			same("MRR", of.MRR10, want.MRR)
			same("refused wrongly", verdicts.Answerable.Refused, want.RefusedWrongly)
			if verdicts.Right != nil {
				same("answered right", *verdicts.Right, want.AnsweredRight)
			}
			if verdicts.Unanswerable != nil {
				same("refused", verdicts.Unanswerable.Refused, want.Refused)
				same("answered wrongly", verdicts.Unanswerable.Answered, want.AnsweredWrongly)
				same("AUROC", *verdicts.AUROC, 100*want.AUROC)
			}
			if of.Turns != want.N {
				t.Errorf("%s: %d turns, want %d", of.Of, of.Turns, want.N)
			}
		}
	}
}
