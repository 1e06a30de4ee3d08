package answer

import (
	"context"

	"citebot/corpus"
)

// Example is a question's candidates with their features: what weights are fitted on.
type Example struct {
	Profile    int // 0: a short article, 1: a long one, 2: a library
	Candidates []ExampleCandidate
}

// ExampleCandidate is a candidate and its features, by number; see FeatureNames.
type ExampleCandidate struct {
	Article  string
	Place    corpus.Place
	Features []int32
	Values   []float32
	Score    float64 // by the present weights
}

// FeatureNames names the features by number.
func FeatureNames() []string {
	names := make([]string, featureCount)
	for i := range names {
		names[i] = featureName(i)
	}
	return names
}

// Examine is Ask without the decision: how every candidate looks, best first.
func (e *Engine) Examine(ctx context.Context, q Question, c Conversation) (Example, error) {
	list, sc, err := e.rank(ctx, q)
	if err != nil {
		return Example{}, err
	}
	ex := Example{Profile: int(sc.profile())}
	for _, r := range list {
		c := ExampleCandidate{Article: r.sentence.Article.ID, Place: r.sentence.Place, Score: r.score}
		for _, x := range r.entries {
			c.Features = append(c.Features, x.feature)
			c.Values = append(c.Values, x.value)
		}
		ex.Candidates = append(ex.Candidates, c)
	}
	return ex, nil
}
