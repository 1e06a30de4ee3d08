package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"citebot/eval"
)

// made makes questions whose outcomes have the probabilities that truth gives: which sentence answers, or none, is drawn.
func made(n int, truth scale) []question {
	random := rand.New(rand.NewPCG(1, 2))
	var questions []question
	for i := range n {
		q := question{article: string(rune('a' + i%9))}
		for range 4 {
			q.scores = append(q.scores, 3*random.NormFloat64()-1)
		}
		slices.SortFunc(q.scores, func(a, b float64) int { return cmp.Compare(b, a) })
		draw := random.Float64()
		total := 1.0
		for _, l := range q.scores {
			total += math.Exp(truth.slope*l + truth.offset)
		}
		for j, l := range q.scores {
			draw -= math.Exp(truth.slope*l+truth.offset) / total
			if draw < 0 {
				q.answerable, q.any, q.first = true, true, j == 0
				break
			}
		}
		questions = append(questions, q)
	}
	return questions
}

func TestFitFindsTheScale(t *testing.T) {
	truth := scale{slope: .6, offset: -.8}
	questions := made(20_000, truth)
	for name, a := range map[string]aim{"exists": forExists, "first": forFirst, "both": forBoth} {
		got := a.fit(questions)
		if math.Abs(got.slope-truth.slope) > .03 || math.Abs(got.offset-truth.offset) > .08 {
			t.Errorf("%s: got %+v, want %+v", name, got, truth)
		}
	}
}

// The probabilities must be those of package answer, for which they are fitted.
func TestProbabilitiesAreOfTheSoftmax(t *testing.T) {
	s, q := scale{.5, 1}, question{scores: []float64{2, 1.9, -4}}
	z := []float64{math.Exp(2), math.Exp(1.95), math.Exp(-1)}
	total := 1 + z[0] + z[1] + z[2]
	j := s.judge(q)
	for _, p := range []struct {
		what      string
		got, want float64
	}{{"exists", j.exists, 1 - 1/total}, {"first", j.first, z[0] / total}, {"shown", j.shown, (z[0] + z[1]) / total}} {
		if math.Abs(p.got-p.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", p.what, p.got, p.want)
		}
	}
	if one := s.judge(question{scores: []float64{-1}}); math.Abs(one.shown-one.exists) > 1e-12 {
		t.Errorf("of one sentence: %+v", one)
	}
	huge := s.judge(question{scores: []float64{2000, -2000}})
	if huge.exists != 1 || huge.first != 1 || s.isFirst(huge.question).loss() < 500 {
		t.Errorf("of great log-odds: %+v", huge)
	}
}

// Where all questions are answerable, or none is, the fit ends all the same.
func TestFitOfOneKind(t *testing.T) {
	for _, answerable := range []bool{true, false} {
		questions := made(50, scale{1, 0})
		for i := range questions {
			questions[i].answerable, questions[i].first = answerable, answerable
		}
		if got := aim(forBoth).fit(questions); math.IsNaN(got.slope) || math.IsNaN(got.offset) || math.Abs(got.offset) > 50 {
			t.Errorf("got %+v", got)
		}
	}
}

func TestReport(t *testing.T) {
	r := newReport(eval.InArticle, made(2000, scale{.6, -.8}), goals{refused: .1, right: .75, given: .2})
	if got := r.refused(true, r.refuse); got > .1 || r.refused(true, r.refuse+.03) <= .1 {
		t.Errorf("below %.2f, %.3f of the answerable are refused", r.refuse, got)
	}
	if right, given := r.answered(r.answer); right < .75 || given < .2 {
		t.Errorf("from %.2f, %.3f of the answered are right, and %.3f of the answerable are answered", r.answer, right, given)
	}
	r = newReport(eval.InArticle, made(2000, scale{.6, -.8}), goals{refused: .1, right: 1, given: .5})
	if right, given := r.answered(r.answer); right < .5 || given < .5 {
		t.Errorf("too much is wanted: from %.2f, %.3f of the answered are right, and %.3f of the answerable are answered", r.answer, right, given)
	}
	for _, want := range []string{"article: 2000 questions, ", "\n  fitted to both ", "\nRefuse below ", "\nAnswer from ", " < "} {
		if !strings.Contains(r.String(), want) {
			t.Errorf("%q is not in\n%s", want, r)
		}
	}
	if err := calibrationError(r.heldOut, existing); err > .04 {
		t.Errorf("calibration error %.3f on articles that were kept apart", err)
	}
}

// Five of the bakery's six questions have words to look for.
func TestRun(t *testing.T) {
	var b strings.Builder
	if err := run(t.Context(), &b, goals{.08, .8, .6}, []string{"../rivals/testdata/bakery.jsonl"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"article: 5 questions, 5 answerable; ", "\nlibrary: 5 questions, ", "\narticle  calibration{temperature: ", "\nlibrary  calibration{"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if err := run(t.Context(), &b, goals{}, nil); err == nil || err.Error() != "name at least one evaluation file" {
		t.Errorf("got %v", err)
	}
	if err := run(t.Context(), &b, goals{}, []string{"none.jsonl"}); err == nil || !strings.Contains(err.Error(), "none.jsonl") {
		t.Errorf("got %v", err)
	}
}
