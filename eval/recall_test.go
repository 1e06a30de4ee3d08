package eval_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"citebot/corpus"
	"citebot/eval"
	"citebot/index"
	"citebot/reader"
)

// TestRecall prints how often the window with the answer is among the first candidates for questions as people ask them,
// and holds the least that it must be.
func TestRecall(t *testing.T) {
	if os.Getenv("CITEBOT_EVAL") == "" {
		t.Skip("takes a minute; set CITEBOT_EVAL=1")
	}
	asked, err := eval.Read(shared(t, "register/questions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	model, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	var articles []*corpus.Article
	for _, a := range asked {
		articles = append(articles, a.Article)
	}
	l, err := index.New(articles, model, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []struct {
		name    string
		library bool
		least   float64 // share among the first 16 of both
	}{{"in-article", false, .96}, {"library", true, .85}} {
		var lexical, vector, fused recall
		for _, a := range asked {
			for _, d := range a.Dialogs {
				before, shown := "", "" // a right answer is shown before a follow-up
				for _, turn := range d.Turns {
					q := index.Query{Text: turn.Question, Before: before, Shown: shown, Limit: 1000}
					before, shown = turn.Question, ""
					if len(turn.Golds) > 0 {
						shown = turn.Golds[0].Text
					}
					if !turn.Answerable {
						continue
					}
					if !scope.library {
						q.Article = a.ID
					}
					found, err := l.Find(t.Context(), q)
					if err != nil {
						t.Fatal(err)
					}
					gold := func(c index.Candidate) bool { return isAnswered(a, turn, c.Window) }
					fused.add(found, gold, func(_ index.Candidate, i int) int { return i + 1 })
					lexical.add(found, gold, func(c index.Candidate, _ int) int { return c.Lexical })
					vector.add(found, gold, func(c index.Candidate, _ int) int { return c.Vector })
				}
			}
		}
		t.Logf("%-10s  among the first %5d of %d windows", scope.name, firsts, len(l.Windows("")))
		t.Logf("%-10s  Bleve            %v", scope.name, &lexical)
		t.Logf("%-10s  vectors          %v", scope.name, &vector)
		t.Logf("%-10s  both             %v", scope.name, &fused)
		if got := fused.share(slices.Index(firsts[:], 16)); got < scope.least {
			t.Errorf("%s: the answer is among the first 16 windows for %.3f of the questions; want at least %.2f", scope.name, got, scope.least)
		}
	}
}

// firsts are the numbers of candidates that recall is counted among.
var firsts = [...]int{4, 6, 8, 12, 16, 24}

// recall counts how often a right window is among the first.
type recall struct {
	asked int
	found [len(firsts)]int
}

// add counts one question; rank is a candidate's, 0 for none.
func (r *recall) add(found []index.Candidate, gold func(index.Candidate) bool, rank func(c index.Candidate, i int) int) {
	best := 0
	for i, c := range found {
		if n := rank(c, i); n > 0 && (best == 0 || n < best) && gold(c) {
			best = n
		}
	}
	r.asked++
	for i, n := range firsts {
		if best > 0 && best <= n {
			r.found[i]++
		}
	}
}

func (r *recall) share(i int) float64 { return float64(r.found[i]) / float64(r.asked) }

func (r *recall) String() string {
	var s strings.Builder
	for i := range firsts {
		fmt.Fprintf(&s, "%6.1f", 100*r.share(i))
	}
	return s.String()
}

// isAnswered reports whether a window holds a sentence that is a right answer to turn.
func isAnswered(a eval.Article, turn eval.Turn, w *index.Window) bool {
	return w.Article == a.Article && slices.ContainsFunc(w.Sentences, func(p corpus.Place) bool { return a.Right(turn, p) })
}
