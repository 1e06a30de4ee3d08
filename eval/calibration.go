package eval

import "math"

// Calibration is how far probabilities can be taken at their word. Confidence is the probability that the articles answer: of
// the turns with a confidence around .7, seven in ten should be answerable. That the first passage is the answer has a
// probability of its own.
type Calibration struct {
	Turns    int     `json:"turns"`
	ECE      float64 `json:"ece"`       // calibration error of confidence
	ECEFirst float64 `json:"ece_first"` // calibration error of the first passage's probability
	ECERight float64 `json:"ece_right"` // what that of confidence would be if it stood for the first passage's being right
	Bins     []Bin   `json:"bins"`      // ten of equal width, those without turns left out
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

// bins is into how many parts probabilities are divided.
const bins = 10

// bin is the number of the part that p belongs to.
func bin(p float64) int { return min(max(int(p*bins), 0), bins-1) }

// CalibrationError is the expected calibration error of probabilities, given what happened: how far the mean of those in a
// bin is from the share that happened, on average over all (Naeini et al., Obtaining Well Calibrated Probabilities Using
// Bayesian Binning, 2015). It is 0 of nothing.
func CalibrationError(probabilities []float64, happened []bool) float64 {
	var off [bins]float64 // by bin: how much more is expected than happened
	for i, p := range probabilities {
		off[bin(p)] += p
		if happened[i] {
			off[bin(p)]--
		}
	}
	sum := 0.0
	for _, x := range off {
		sum += math.Abs(x)
	}
	return sum / max(float64(len(probabilities)), 1)
}

func scoreCalibration(predictions []judged) *Calibration {
	var confidence, first []float64
	var answerable, right []bool
	for _, j := range predictions {
		if j.Turn.NoSpan || j.Turn.Answerable && !j.Turn.Scored() {
			continue
		}
		confidence = append(confidence, j.Answer.Confidence)
		probability := 0.0
		if len(j.Answer.Passages) > 0 {
			probability = j.Answer.Passages[0].Probability
		}
		first = append(first, probability)
		answerable = append(answerable, j.Turn.Answerable)
		right = append(right, j.right())
	}
	if len(confidence) == 0 {
		return nil
	}
	return &Calibration{
		Turns:    len(confidence),
		ECE:      rounded(CalibrationError(confidence, answerable)),
		ECEFirst: rounded(CalibrationError(first, right)),
		ECERight: rounded(CalibrationError(confidence, right)),
		Bins:     newBins(confidence, answerable, right),
	}
}

func newBins(confidence []float64, answerable, right []bool) []Bin {
	var all []Bin
	for n := range bins {
		var turns, answers, rights int
		sum := 0.0
		for i, c := range confidence {
			if bin(c) != n {
				continue
			}
			turns++
			sum += c
			if answerable[i] {
				answers++
			}
			if right[i] {
				rights++
			}
		}
		if turns == 0 {
			continue
		}
		all = append(all, Bin{
			From:       float64(n) / bins,
			To:         float64(n+1) / bins,
			Turns:      turns,
			Confidence: rounded(sum / float64(turns)),
			Answerable: share(answers, turns),
			Right:      share(rights, turns),
		})
	}
	return all
}
