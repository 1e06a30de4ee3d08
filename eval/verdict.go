package eval

import (
	"cmp"
	"slices"

	"citebot/answer"
)

// Verdicts is what an engine makes of what its articles answer, and of what they do not. Turns that are answerable without
// anything marked to compare with are left out.
type Verdicts struct {
	Of           string  `json:"of"` // as in [Ranking]
	Answerable   *Shares `json:"answerable,omitempty"`
	Unanswerable *Shares `json:"unanswerable,omitempty"`
	// Right is, of the turns that are called answered, answerable or not, the share whose first passage is right; nil if
	// none is called so.
	Right *float64 `json:"right,omitempty"`
	// AUROC is the probability that a random answerable turn gets a higher confidence than a random unanswerable one, a
	// tie counting half. It is nil where there are turns of one kind only.
	AUROC *float64 `json:"auroc,omitempty"`
}

// Shares are the shares of turns with each verdict.
type Shares struct {
	Turns    int     `json:"turns"`
	Answered float64 `json:"answered"`
	Closest  float64 `json:"closest"`
	Refused  float64 `json:"refused"`
}

func scoreVerdicts(groups []group) []Verdicts {
	var rows []Verdicts
	for _, g := range groups {
		if v := newVerdicts(g); v.Answerable != nil || v.Unanswerable != nil {
			rows = append(rows, v)
		}
	}
	return rows
}

func newVerdicts(g group) Verdicts {
	var answerable, unanswerable []judged
	var answered, right int
	for _, j := range g.predictions {
		switch {
		case j.Turn.NoSpan:
			continue
		case j.Turn.Answerable:
			answerable = append(answerable, j)
		default:
			unanswerable = append(unanswerable, j)
		}
		if j.Answer.Verdict == answer.Answered {
			answered++
			if j.right() {
				right++
			}
		}
	}
	v := Verdicts{Of: g.of, Answerable: newShares(answerable), Unanswerable: newShares(unanswerable)}
	if answered > 0 {
		x := share(right, answered)
		v.Right = &x
	}
	if len(answerable) > 0 && len(unanswerable) > 0 {
		area := rounded(AUROC(confidences(answerable), confidences(unanswerable)))
		v.AUROC = &area
	}
	return v
}

func newShares(predictions []judged) *Shares {
	if len(predictions) == 0 {
		return nil
	}
	n := map[answer.Verdict]int{}
	for _, j := range predictions {
		n[j.Answer.Verdict]++
	}
	all := len(predictions)
	return &Shares{all, share(n[answer.Answered], all), share(n[answer.Closest], all), share(n[answer.Refused], all)}
}

func confidences(predictions []judged) []float64 {
	var cs []float64
	for _, j := range predictions {
		cs = append(cs, j.Answer.Confidence)
	}
	return cs
}

// AUROC is the area under the ROC curve, as the Mann-Whitney statistic: the sum of the positives' ranks, equal values
// sharing the mean of their ranks. There must be some of both.
func AUROC(positives, negatives []float64) float64 {
	type value struct {
		x        float64
		positive bool
	}
	var values []value
	for _, x := range positives {
		values = append(values, value{x, true})
	}
	for _, x := range negatives {
		values = append(values, value{x, false})
	}
	slices.SortFunc(values, func(a, b value) int { return cmp.Compare(a.x, b.x) })
	sum := 0.0
	for from := 0; from < len(values); {
		to, tied := from, 0
		for to < len(values) && values[to].x == values[from].x {
			if values[to].positive {
				tied++
			}
			to++
		}
		sum += float64(tied) * float64(from+1+to) / 2
		from = to
	}
	p, n := float64(len(positives)), float64(len(negatives))
	return (sum - p*(p+1)/2) / (p * n)
}
