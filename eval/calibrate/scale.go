package main

import "math"

// scale turns log-odds into probabilities as package answer does: it takes slope × log-odds + offset of each sentence, and of
// these and a constant 0, which stands for "none of them", the softmax. The slope is 1 / temperature.
type scale struct{ slope, offset float64 }

// target is something that happens or not, with a probability.
type target struct {
	logit    float64    // of its probability
	gradient [2]float64 // of the logit, by slope and offset
	happens  bool
}

// probability is that of t.
func (t target) probability() float64 { return 1 / (1 + math.Exp(-t.logit)) }

// loss is minus the logarithm of the probability of what happens.
func (t target) loss() float64 {
	x := t.logit
	if t.happens {
		x = -x
	}
	return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}

// exists is that one of the sentences answers q. The target of the fit is that q is answerable.
func (s scale) exists(q question) target {
	t := s.sum(q.scores, false)
	t.happens = q.answerable
	return t
}

// isFirst is that the first sentence answers q.
func (s scale) isFirst(q question) target {
	// The logit of the first one's share: what speaks for it against all that speaks for others or none.
	others := s.sum(q.scores[1:], true)
	first := q.scores[0]
	return target{
		logit:    s.slope*first + s.offset - others.logit,
		gradient: [2]float64{first - others.gradient[0], 1 - others.gradient[1]},
		happens:  q.first,
	}
}

// sum is the logarithm of the sum of the exponentials of the scaled log-odds, and of 0 too if none is set.
func (s scale) sum(scores []float64, none bool) target {
	highest := math.Inf(-1)
	if none {
		highest = 0
	}
	for _, l := range scores {
		highest = max(highest, s.slope*l+s.offset)
	}
	total, bySlope, byOffset := 0.0, 0.0, 0.0
	if none {
		total = math.Exp(-highest)
	}
	for _, l := range scores {
		e := math.Exp(s.slope*l + s.offset - highest)
		total += e
		bySlope += e * l
		byOffset += e
	}
	return target{logit: highest + math.Log(total), gradient: [2]float64{bySlope / total, byOffset / total}}
}

// aim is what a scale is fitted for: its targets for one question.
type aim func(s scale, q question) []target

func forExists(s scale, q question) []target { return []target{s.exists(q)} }
func forFirst(s scale, q question) []target  { return []target{s.isFirst(q)} }
func forBoth(s scale, q question) []target   { return []target{s.exists(q), s.isFirst(q)} }

// pull keeps the fit from running away where the questions say little: it counts as much as this many of them would.
const pull = 1.0

// loss is what fit minimises: the sum over questions, and what pulls to the reader's own log-odds.
func (a aim) loss(s scale, questions []question) float64 {
	sum := pull / 2 * ((s.slope-1)*(s.slope-1) + s.offset*s.offset)
	for _, q := range questions {
		for _, t := range a(s, q) {
			sum += t.loss()
		}
	}
	return sum
}

// fit minimises the loss with Newton's method, in the form of Fisher's scoring. A step that would not make it smaller is halved.
func (a aim) fit(questions []question) scale {
	s := scale{1, 0}
	loss := a.loss(s, questions)
	for range 50 {
		gradient := [2]float64{pull * (s.slope - 1), pull * s.offset}
		h00, h01, h11 := pull, 0.0, pull // the Hessian, as expected
		for _, q := range questions {
			for _, t := range a(s, q) {
				p, d := t.probability(), t.gradient
				off := p
				if t.happens {
					off--
				}
				gradient[0] += off * d[0]
				gradient[1] += off * d[1]
				h00 += p * (1 - p) * d[0] * d[0]
				h01 += p * (1 - p) * d[0] * d[1]
				h11 += p * (1 - p) * d[1] * d[1]
			}
		}
		det := h00*h11 - h01*h01
		step := scale{(h11*gradient[0] - h01*gradient[1]) / det, (h00*gradient[1] - h01*gradient[0]) / det}
		next, better := s, loss
		for size := 1.0; size > 1e-6; size /= 2 {
			next = scale{max(s.slope-size*step.slope, .05), s.offset - size*step.offset}
			if better = a.loss(next, questions); better < loss {
				break
			}
		}
		if loss-better < 1e-9*loss {
			return s
		}
		s, loss = next, better
	}
	return s
}
