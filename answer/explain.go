package answer

import (
	"context"
	"math"
	"sort"
)

// Explanation is why a passage stands where it stands.
type Explanation struct {
	Passage Passage
	Share   float64 // 0..1: the probability of this sentence among the candidates
	Parts   []Part  // of Passage.Score, the weightiest first; they add up to it
}

// Part is what one feature adds to a score, in log-odds.
type Part struct {
	Feature string
	Value   float64
	Weight  float64
	Adds    float64 // Value times Weight
}

// Explain is how the candidates for q are ranked, and why: the first q.Top of them. It is empty where Ask answers by rule.
func (e *Engine) Explain(ctx context.Context, q Question, c Conversation) ([]Explanation, error) {
	r, err := e.rank(ctx, q, c)
	if err != nil {
		return nil, err
	}
	var explanations []Explanation
	for _, x := range r.list[:min(passagesWanted(q), len(r.list))] {
		why := Explanation{Passage: e.passage(x), Share: x.share}
		for _, f := range x.entries {
			weight := e.weights.common[f.feature] + e.weights.profiles[r.scope.profile()][f.feature]
			if adds := weight * float64(f.value); adds != 0 {
				why.Parts = append(why.Parts, Part{featureName(int(f.feature)), float64(f.value), weight, adds})
			}
		}
		sort.SliceStable(why.Parts, func(i, j int) bool { return math.Abs(why.Parts[i].Adds) > math.Abs(why.Parts[j].Adds) })
		explanations = append(explanations, why)
	}
	return explanations, nil
}
