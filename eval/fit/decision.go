package main

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"citebot/answer"
)

// The shares of answerable questions that the verdicts may cost, which set the thresholds.
const (
	refusedAnswerable = 0.006 // of newsqa_x's answerable questions, refused
	closestRight      = 0.12  // of right answers, given only as the closest passage
)

// fitDecisions fits whether the scope answers a question, and if so whether the first passage does, and sets the thresholds.
func fitDecisions(questions []question, table map[string]any) {
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
	if len(answerable) == 0 {
		return
	}
	wa, wr := fitLogistic(answerable, 1), fitLogistic(right, 1)
	table["answerable"], table["right"] = named(answer.DecisionNames(), wa), named(answer.DecisionNames(), wr)
	var news, good []float64
	for _, q := range questions {
		if q.Decision == nil || !q.answerable {
			continue
		}
		a := sigmoid(dot(wa, q.Decision))
		if q.file == "newsqa_x" {
			news = append(news, a)
		}
		if len(q.right) > 0 && q.right[0] && !strings.Contains(q.file, "/") {
			good = append(good, a*sigmoid(dot(wr, q.Decision)))
		}
	}
	table["refuse below"], table["closest below"] = quantile(news, refusedAnswerable), quantile(good, closestRight)
	fmt.Printf("thresholds: refuse below %.3f, closest below %.3f\n", table["refuse below"], table["closest below"])
}

// answerableWeight is what a question counts for in the fit of what is answerable: the two data sets that have unanswerable
// questions count alike, the others' answerable ones a little, so that they are not refused.
func answerableWeight(q question) float64 {
	switch q.file {
	case "newsqa_x", "squad20":
		return 1
	case "squad11/pieces":
		return 0.4
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
	f := newFitter(answer.SpanFeatureNames(), 1, 1e6, 1, 1e6, nil)
	return f.table(f.fit(rows))["common"]
}
