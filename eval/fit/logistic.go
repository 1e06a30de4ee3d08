package main

import (
	"math"
	"strings"

	"citebot/answer"
)

// observation is one row of a logistic regression.
type observation struct {
	x      []float64
	y      bool
	weight float64
}

// fitLogistic maximises the penalised likelihood of the observations; the first feature is the bias, which is not penalised.
func fitLogistic(rows []observation, l2 float64) []float64 {
	loss := func(w, gradient []float64) float64 {
		total := 0.0
		for i := range w {
			gradient[i] = 0
			if i > 0 {
				gradient[i] = l2 * w[i]
				total += l2 * w[i] * w[i] / 2
			}
		}
		for _, r := range rows {
			z := 0.0
			for i, x := range r.x {
				z += w[i] * x
			}
			p, y := 1/(1+math.Exp(-z)), 0.0
			if r.y {
				y = 1
				total += r.weight * math.Log1p(math.Exp(-z))
			} else {
				total += r.weight * math.Log1p(math.Exp(z))
			}
			for i, x := range r.x {
				gradient[i] += r.weight * (p - y) * x
			}
		}
		return total
	}
	return minimise(loss, len(rows[0].x), 200)
}

// fitGate fits when a question leans on the conversation: the later turns of dialogs do, questions after an unrelated one do not.
func fitGate(questions []question) map[string]float64 {
	var rows []observation
	leaning := 0.0
	for _, q := range questions {
		if q.Gate != nil {
			leans := !strings.HasSuffix(q.file, "/switched")
			rows = append(rows, observation{q.Gate, leans, 1})
			if leans {
				leaning++
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	for i, r := range rows { // both sides weigh the same, however many files there are of each
		if n := float64(len(rows)); r.y {
			rows[i].weight = n / 2 / leaning
		} else {
			rows[i].weight = n / 2 / (n - leaning)
		}
	}
	return named(answer.GateNames(), fitLogistic(rows, 1))
}

// named is weights by name, rounded.
func named(names []string, w []float64) map[string]float64 {
	table := map[string]float64{}
	for i, name := range names {
		table[name] = math.Round(w[i]*100) / 100
	}
	return table
}
