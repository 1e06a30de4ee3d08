package answer

import (
	"math"
	"strings"

	"citebot/corpus"
)

// TossUp is the share of the first passage's probability that the second one must have for both to be shown as the answer.
const TossUp = 0.8

// decide turns judged sentences, best first, into an answer. The probability that the articles answer decides whether to
// refuse; the probability that the passages shown do, whether to call them an answer. No other rule has a say.
func (e *Engine) decide(q query, sentences []Sentence, read bool) Answer {
	a := Answer{Question: q.question.Text}
	if !read || len(sentences) == 0 {
		a.Passages = cite(q, sentences, passagesWanted(q.question))
		a.Verdict, a.Reason = Closest, "I cannot read this well enough to say what answers; these passages have most of its words."
		a.Confidence = unreadConfidence
		if len(a.Passages) == 0 {
			a.Verdict, a.Confidence, a.Reason, a.Sought = Refused, 0, e.refusal(q), e.sought(q)
		}
		return a
	}
	c := calibrationOf(q.article != nil)
	a.Confidence = c.probabilities(sentences)
	passages := cite(q, sentences, max(passagesWanted(q.question), 2)) // two, so that the verdict does not depend on how many are wanted
	a.Passages = passages[:min(passagesWanted(q.question), len(passages))]
	best, probability := 1, passages[0].Probability
	if len(passages) > 1 && passages[1].Probability >= TossUp*probability {
		best, probability = min(2, len(a.Passages)), probability+passages[1].Probability
	}
	switch {
	case a.Confidence < c.refuse:
		a.Verdict, a.Reason, a.Sought = Refused, e.refusal(q), e.sought(q)
	case probability >= c.answer:
		a.Verdict, a.Best = Answered, best
	default:
		a.Verdict, a.Reason = Closest, "It is not certain that this is answered. What comes closest:"
	}
	return a
}

// unreadConfidence is the confidence where nobody has read the passages: it may be, or not.
const unreadConfidence = 0.5

// refusal says that there is no answer.
func (e *Engine) refusal(q query) string {
	switch {
	case len(q.seen) > 0:
		return "There is no more about that."
	case q.article != nil:
		return "The article does not answer that."
	}
	return "None of the articles answers that."
}

// sought are the words that were looked for, without stop words: those that stand together in the question in one, each once.
func (e *Engine) sought(q query) []string {
	article := q.article
	if article == nil && len(e.Articles()) > 0 {
		article = e.Articles()[0]
	}
	if article == nil {
		return nil
	}
	var together []corpus.Span // in the question
	goesOn := false
	for _, t := range e.library.Analyzer(article).Tokens(q.text) {
		n := len(together)
		switch {
		case t.Stop:
			goesOn = false
			continue
		case goesOn && strings.TrimSpace(q.text[together[n-1].End:t.Start]) == "":
			together[n-1].End = t.End
		default:
			together = append(together, corpus.Span{Start: t.Start, End: t.End})
		}
		goesOn = true
	}
	var sought []string
	known := map[string]bool{}
	for _, s := range together {
		if words := q.text[s.Start:s.End]; !known[words] {
			known[words] = true
			sought = append(sought, words)
		}
	}
	return sought
}

// probabilities fills in the sentences' probabilities, and is their sum: the probability that one of them answers. They are
// the softmax of the scaled log-odds and of a constant 0 that stands for "none of them", which is what the reader was
// trained for; scale and offset calibrate it (after Guo et al., On Calibration of Modern Neural Networks, 2017).
func (c calibration) probabilities(sentences []Sentence) float64 {
	highest := 0.0
	for _, s := range sentences {
		highest = max(highest, c.scaled(s))
	}
	total := math.Exp(-highest)
	for _, s := range sentences {
		total += math.Exp(c.scaled(s) - highest)
	}
	sum := 0.0
	for i := range sentences {
		sentences[i].Probability = math.Exp(c.scaled(sentences[i])-highest) / total
		sum += sentences[i].Probability
	}
	return min(sum, 1)
}

func (c calibration) scaled(s Sentence) float64 { return s.Score/c.temperature + c.offset }
