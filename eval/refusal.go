package eval

import (
	"cmp"
	"math"
	"slices"

	"citebot/answer"
)

// Refusal is how well an engine tells what its articles answer from what they do not.
type Refusal struct {
	// AUROC is the probability that a random answerable turn gets a higher confidence than a random unanswerable one, a
	// tie counting half. It is nil where there are turns of one kind only.
	AUROC        *float64  `json:"auroc,omitempty"`
	Answerable   *Verdicts `json:"answerable,omitempty"`
	Unanswerable *Verdicts `json:"unanswerable,omitempty"`
}

// Verdicts are shares of turns.
type Verdicts struct {
	Turns    int     `json:"turns"`
	Answered float64 `json:"answered"`
	Closest  float64 `json:"closest"`
	Refused  float64 `json:"refused"`
}

func scoreRefusal(predictions []Prediction) *Refusal {
	var answerable, unanswerable []Prediction
	for _, p := range predictions {
		switch {
		case p.Turn.NoSpan:
		case p.Turn.Answerable:
			answerable = append(answerable, p)
		default:
			unanswerable = append(unanswerable, p)
		}
	}
	if len(answerable)+len(unanswerable) == 0 {
		return nil
	}
	r := &Refusal{Answerable: verdicts(answerable), Unanswerable: verdicts(unanswerable)}
	if len(answerable) > 0 && len(unanswerable) > 0 {
		area := rounded(AUROC(confidences(answerable), confidences(unanswerable)))
		r.AUROC = &area
	}
	return r
}

func confidences(predictions []Prediction) []float64 {
	var cs []float64
	for _, p := range predictions {
		cs = append(cs, p.Answer.Confidence)
	}
	return cs
}

func verdicts(predictions []Prediction) *Verdicts {
	if len(predictions) == 0 {
		return nil
	}
	n := map[answer.Verdict]int{}
	for _, p := range predictions {
		n[p.Answer.Verdict]++
	}
	all := len(predictions)
	return &Verdicts{all, share(n[answer.Answered], all), share(n[answer.Closest], all), share(n[answer.Refused], all)}
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

// Calibration is how far confidence can be taken at its word: of the turns with a confidence around .7, seven in ten should
// be answerable.
type Calibration struct {
	Turns int `json:"turns"`
	// ECE is the expected calibration error: how far a bin's mean confidence is from its share of answerable turns, on average
	// over the turns (Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015).
	ECE  float64 `json:"ece"`
	Bins []Bin   `json:"bins"` // ten of equal width, those without turns left out
}

// Bin is the turns with a confidence of at least From, and less than To, or 1 in the last one.
type Bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Turns      int     `json:"turns"`
	Confidence float64 `json:"confidence"` // mean
	Answerable float64 `json:"answerable"` // share
	Right      float64 `json:"right"`      // share that the first passage answers; an unanswerable turn it never does
}

func scoreCalibration(predictions []Prediction) *Calibration {
	const bins = 10
	var turns, answerable, right [bins]int
	var sum [bins]float64
	all := 0
	for _, p := range predictions {
		if p.Turn.NoSpan || p.Turn.Answerable && !p.Turn.Scored() {
			continue
		}
		c := p.Answer.Confidence
		i := min(max(int(c*bins), 0), bins-1)
		all++
		turns[i]++
		sum[i] += c
		if p.Turn.Answerable {
			answerable[i]++
		}
		if p.Turn.Scored() && p.rank() == 1 {
			right[i]++
		}
	}
	if all == 0 {
		return nil
	}
	result := &Calibration{Turns: all}
	for i := range bins {
		if turns[i] == 0 {
			continue
		}
		b := Bin{
			From:       float64(i) / bins,
			To:         float64(i+1) / bins,
			Turns:      turns[i],
			Confidence: rounded(sum[i] / float64(turns[i])),
			Answerable: share(answerable[i], turns[i]),
			Right:      share(right[i], turns[i]),
		}
		result.Bins = append(result.Bins, b)
		result.ECE += float64(b.Turns) / float64(all) * math.Abs(b.Confidence-b.Answerable)
	}
	result.ECE = rounded(result.ECE)
	return result
}
