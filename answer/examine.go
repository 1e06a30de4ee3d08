package answer

import (
	"context"

	"citebot/corpus"
)

// Example is a question's candidates with their features: what weights are fitted on.
type Example struct {
	Profile    int       // 0: a short article, 1: a long one, 2: a library
	Question   []float32 // mean word vector of the question; see bilinear
	Gate       []float64 // features of the gate, see GateNames; nil without a conversation
	Candidates []ExampleCandidate
}

// ExampleCandidate is a candidate and its features, by number; see FeatureNames.
type ExampleCandidate struct {
	Article  string
	Place    corpus.Place
	Features []int32
	Values   []float32
	Vector   []float32 // mean word vector of what is not in the question
	Score    float64   // by the present weights
}

// FeatureNames names the features by number.
func FeatureNames() []string {
	names := make([]string, featureCount)
	for i := range names {
		names[i] = featureName(i)
	}
	return names
}

// GateNames names the gate's features in order.
func GateNames() []string { return gateNames[:] }

// Examine is Ask without the decision: how every candidate looks, best first.
func (e *Engine) Examine(ctx context.Context, q Question, c Conversation) (Example, error) {
	r, err := e.rank(ctx, q, c)
	if err != nil {
		return Example{}, err
	}
	ex := Example{Profile: int(r.scope.profile())}
	if r.matcher.past != nil && r.question.english {
		ex.Gate = gateFeatures(r.question.own(), r.matcher.past)
	}
	for i, r := range r.list {
		if i == 0 {
			for _, x := range questionVector(r.view.q, r.view.words) {
				ex.Question = append(ex.Question, float32(x))
			}
		}
		c := ExampleCandidate{Article: r.sentence.Article.ID, Place: r.sentence.Place, Score: r.score, Vector: answerVector(r.view)}
		for _, x := range r.entries {
			c.Features = append(c.Features, x.feature)
			c.Values = append(c.Values, x.value)
		}
		ex.Candidates = append(ex.Candidates, c)
	}
	return ex, nil
}
