package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"citebot/answer"
	"citebot/eval"
)

// The shares of answerable questions that the verdicts may cost, which set the thresholds.
const (
	refusedAnswerable = 0.01 // of newsqa_x's answerable questions, refused
	closestRight      = 0.12 // of right answers, given only as the closest passage
)

// decision is what is fitted: whether the scope answers a question, and if so whether the first passage does, and the thresholds.
type decision struct {
	answerable, right         []float64
	refuseBelow, closestBelow float64
}

// fitDecisions puts the decision fitted on questions into table, if they have any to fit it on.
func fitDecisions(questions []question, table map[string]any) {
	d, ok := newDecision(questions)
	if !ok {
		return
	}
	table["answerable"], table["right"] = named(answer.DecisionNames(), d.answerable), named(answer.DecisionNames(), d.right)
	table["refuse below"], table["closest below"] = d.refuseBelow, d.closestBelow
}

func newDecision(questions []question) (d decision, ok bool) {
	var answerable, right []observation
	for _, q := range questions {
		if q.Decision == nil || strings.HasSuffix(q.file, "/switched") {
			continue
		}
		if weight := answerableWeight(q); weight > 0 {
			answerable = append(answerable, observation{q.Decision, q.answerable, weight})
		}
		if q.answerable {
			right = append(right, observation{q.Decision, len(q.right) > 0 && q.right[0], 1})
		}
	}
	if len(answerable) == 0 || len(right) == 0 {
		return decision{}, false
	}
	d.answerable, d.right = fitLogistic(answerable, 1), fitLogistic(right, 1)
	var news, good []float64
	for _, q := range questions {
		if q.Decision == nil || !q.answerable {
			continue
		}
		if q.file == "newsqa_x" {
			news = append(news, d.answers(q))
		}
		if len(q.right) > 0 && q.right[0] && !strings.Contains(q.file, "/") {
			good = append(good, d.answers(q)*d.first(q))
		}
	}
	d.refuseBelow, d.closestBelow = quantile(news, refusedAnswerable), quantile(good, closestRight)
	return d, true
}

// answers is the probability that the scope answers, first that then its first passage does.
func (d decision) answers(q question) float64 { return sigmoid(dot(d.answerable, q.Decision)) }
func (d decision) first(q question) float64   { return sigmoid(dot(d.right, q.Decision)) }

// reportDecisions prints, by file that has questions without an answer, how well the two are told apart by decisions fitted on
// the articles of the other parts: the area under the ROC curve of the probability that the article answers, and of its product with
// the one that the first passage does; and what the threshold refuses.
func reportDecisions(questions []question, folds int) {
	type sums struct {
		answers, products [2][]float64 // unanswerable, answerable
		refused           [2]float64
	}
	by := map[string]*sums{}
	for k := range folds {
		d, ok := newDecision(outside(questions, k, folds))
		if !ok {
			return
		}
		for _, q := range questions {
			if q.Decision == nil || fold(q.article, folds) != k {
				continue
			}
			s := by[q.file]
			if s == nil {
				s = &sums{}
				by[q.file] = s
			}
			of, p := 0, d.answers(q)
			if q.answerable {
				of = 1
			}
			s.answers[of] = append(s.answers[of], p)
			s.products[of] = append(s.products[of], p*d.first(q))
			if p < d.refuseBelow {
				s.refused[of]++
			}
		}
	}
	fmt.Println("decisions, cross-validated (what is refused: by the fitted threshold alone, without the rules)")
	for _, file := range slices.Sorted(maps.Keys(by)) {
		s := by[file]
		if len(s.answers[0]) == 0 || len(s.answers[1]) == 0 {
			continue
		}
		fmt.Printf("  %-18s n %5d  AUROC that it answers %.4f  times that the first does %.4f  refused %4.1f of answerable, %4.1f of unanswerable\n", file,
			len(s.answers[0])+len(s.answers[1]), eval.AUROC(s.answers[1], s.answers[0]), eval.AUROC(s.products[1], s.products[0]),
			100*s.refused[1]/float64(len(s.answers[1])), 100*s.refused[0]/float64(len(s.answers[0])))
	}
}

// answerableWeight is what a question counts for in the fit of what is answerable: the data sets that have unanswerable
// questions count most, twisted ones double, the others' answerable ones a little, so that they are not refused. Pieces, whose
// borrowed questions are easily told, would drown the twisted ones.
func answerableWeight(q question) float64 {
	switch q.file {
	case "squad20":
		return 2
	case "newsqa_x":
		return 1
	case "squad11/pieces":
		return 0.1
	case "squad11", "nqqed", "abgcoqa", "newsqa/library":
		return 0.25
	}
	return 0
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func dot(w, x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

// quantile is the value below which a share of values lies.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sort.Float64s(values)
	return math.Round(values[int(share*float64(len(values)))]*1000) / 1000
}

// fitEmphasis fits which span of a right sentence answers: a conditional logit over its spans.
func fitEmphasis(questions []question) map[string]float64 {
	var rows []question
	for _, q := range questions {
		if len(q.spans) == 0 {
			continue
		}
		row := question{file: q.file, article: q.article, right: q.overlaps, scored: true, none: true}
		for i, s := range q.spans {
			row.Candidates = append(row.Candidates, answer.ExampleCandidate{Features: s.Features, Values: s.Values})
			row.none = row.none && !q.overlaps[i]
		}
		rows = append(rows, row)
	}
	f := newFitter(answer.SpanFeatureNames(), 1, never, 1, 1, never, nil)
	return f.table(f.fit(rows))["common"]
}
