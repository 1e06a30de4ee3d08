package answer

import (
	"context"

	"citebot/corpus"
)

// Example is a question's candidates with their features: what weights are fitted on.
type Example struct {
	Profile    int       // see Profiles
	Kind       int       // of question, from 0
	Question   []float32 // mean word vector of the question; see meaning
	Gate       []float64 // features of the gate, see GateNames; nil without a conversation
	Decision   []float64 // features of the decision, see DecisionNames
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
	return numbered(featureCount, featureName)
}

// SpanFeatureNames names the features of spans by number.
func SpanFeatureNames() []string { return numbered(spanFeatureCount, spanFeatureName) }

// DecisionNames names the features of decisions in order.
func DecisionNames() []string { return numbered(decisionCount, decisionName) }

// Profiles names the situations that have weights of their own; the first has only the common ones.
func Profiles() []string { return profileNames[:] }

// GateNames names the gate's features in order.
func GateNames() []string { return gateNames[:] }

// Examine is Ask without the decision: how every candidate looks, best first.
func (e *Engine) Examine(ctx context.Context, q Question, c Conversation) (Example, error) {
	r, err := e.rank(ctx, q, c)
	if err != nil {
		return Example{}, err
	}
	ex := Example{Profile: int(r.scope.profile()), Kind: int(r.question.kind)}
	if r.matcher.past != nil && r.question.english {
		ex.Gate = gateFeatures(r.question.own(), r.matcher.past)
	}
	if len(r.list) > 0 {
		ex.Decision = decisionFeatures(r)
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

// ExampleSpan is a stretch of a sentence that may be what answers, and its features, by number; see SpanFeatureNames.
type ExampleSpan struct {
	corpus.Span // bytes of the sentence's text
	Features    []int32
	Values      []float32
}

// Spans are the spans of a sentence as an answer to q.
func (e *Engine) Spans(ctx context.Context, q Question, article string, place corpus.Place) ([]ExampleSpan, error) {
	r, err := e.rank(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	var spans []ExampleSpan
	for _, x := range r.list {
		if x.sentence.Article.ID != article || x.sentence.Place != place {
			continue
		}
		for _, s := range x.view.spans() {
			span := ExampleSpan{Span: mention{first: s.first, last: s.last}.span(x.sentence)}
			for _, f := range s.entries {
				span.Features = append(span.Features, f.feature)
				span.Values = append(span.Values, f.value)
			}
			spans = append(spans, span)
		}
	}
	return spans, nil
}
