package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"citebot/answer"
	"citebot/eval"
)

// judged is a question with the probabilities that a scale gives.
type judged struct {
	question
	exists float64 // that one of the sentences answers
	first  float64 // that the first does
	shown  float64 // that one of those does that would be shown as the answer
}

func (s scale) judge(q question) judged {
	j := judged{question: q, exists: s.exists(q).probability(), first: s.isFirst(q).probability()}
	j.shown = j.first
	if len(q.scores) > 1 {
		second := j.first * math.Exp(s.slope*(q.scores[1]-q.scores[0]))
		if second >= answer.TossUp*j.first {
			j.shown += second
		}
	}
	return j
}

// report is what is known about the questions of one scope.
type report struct {
	scope     eval.Scope
	questions []question
	fitted    scale
	heldOut   []judged // by scales that were fitted without the question's article
	refuse    float64  // thresholds that reach the goals
	answer    float64
}

func newReport(scope eval.Scope, questions []question, g goals) report {
	r := report{scope: scope, questions: questions, fitted: aim(forBoth).fit(questions), heldOut: crossValidate(questions, forBoth)}
	for t := 0.01; t < 1; t += 0.01 {
		if r.refused(true, t) <= g.refused {
			r.refuse = t
		}
	}
	best := 0.0
	for t := 0.99; t > 0; t -= 0.01 {
		if right, given := r.answered(t); given >= g.given && (right >= g.right || right > best) {
			r.answer, best = t, max(best, right)
		}
	}
	return r
}

// folds is how many parts the articles make for cross-validation.
const folds = 5

// crossValidate judges every question by a scale that was fitted to questions about other articles.
func crossValidate(questions []question, a aim) []judged {
	var articles []string
	for _, q := range questions {
		if !slices.Contains(articles, q.article) {
			articles = append(articles, q.article)
		}
	}
	fold := func(q question) int { return slices.Index(articles, q.article) % folds }
	var all []judged
	for k := range folds {
		var in, out []question
		for _, q := range questions {
			if fold(q) == k {
				out = append(out, q)
			} else {
				in = append(in, q)
			}
		}
		s := a.fit(in)
		for _, q := range out {
			all = append(all, s.judge(q))
		}
	}
	return all
}

// refused is the share of the questions, answerable or not, that a threshold refuses.
func (r report) refused(answerable bool, threshold float64) float64 {
	n, all := 0, 0
	for _, j := range r.heldOut {
		if j.answerable != answerable {
			continue
		}
		all++
		if j.exists < threshold {
			n++
		}
	}
	return share(n, all)
}

// answered is, of the questions that a threshold calls answered, the share that is right; and which share of the answerable
// is called so.
func (r report) answered(threshold float64) (right, given float64) {
	good, answerable, all := 0, 0, 0
	for _, j := range r.called(threshold) {
		all++
		if j.question.first {
			good++
		}
		if j.answerable {
			answerable++
		}
	}
	return share(good, all), share(answerable, r.count(func(j judged) bool { return j.answerable }))
}

// called are the questions that a threshold calls answered.
func (r report) called(threshold float64) []judged {
	var some []judged
	for _, j := range r.heldOut {
		if j.exists >= r.refuse && j.shown >= threshold {
			some = append(some, j)
		}
	}
	return some
}

func (r report) count(which func(judged) bool) int {
	n := 0
	for _, j := range r.heldOut {
		if which(j) {
			n++
		}
	}
	return n
}

func (r report) String() string {
	var b strings.Builder
	answerable := r.count(func(j judged) bool { return j.answerable })
	fmt.Fprintf(&b, "%s: %d questions, %d answerable; a right sentence was read for %d and came first for %d\n", r.scope, len(r.heldOut),
		answerable, r.count(func(j judged) bool { return j.any }), r.count(func(j judged) bool { return j.question.first }))

	fmt.Fprintf(&b, "\n%-40s%11s%8s%20s%20s\n", "Probabilities", "temper-", "", "“answerable”", "“first is right”")
	fmt.Fprintf(&b, "%-40s%11s%8s%10s%10s%10s%10s\n", "", "ature", "offset", "log loss", "error", "log loss", "error")
	asIs := scale{1, 0}
	var plain []judged
	for _, q := range r.questions {
		plain = append(plain, asIs.judge(q))
	}
	line := func(name string, s scale, js []judged) {
		fmt.Fprintf(&b, "  %-38s%11.2f%8.2f%10.3f%10.1f%10.3f%10.1f\n", name, 1/s.slope, s.offset,
			logLoss(js, existing), 100*calibrationError(js, existing), logLoss(js, firsts), 100*calibrationError(js, firsts))
	}
	line("as the reader gives them", asIs, plain)
	line("fitted to both", r.fitted, r.heldOut)
	line("fitted to “answerable” alone", aim(forExists).fit(r.questions), crossValidate(r.questions, forExists))
	line("fitted to “first is right” alone", aim(forFirst).fit(r.questions), crossValidate(r.questions, forFirst))

	fmt.Fprintf(&b, "\n%-16s%24s%24s\n", "Refuse below", "unanswerable refused", "answerable refused")
	for _, t := range thresholds(r.refuse) {
		fmt.Fprintf(&b, "  %-14s%24.1f%24.1f\n", mark(t, r.refuse), 100*r.refused(false, t), 100*r.refused(true, t))
	}
	fmt.Fprintf(&b, "\n%-16s%24s%24s%24s\n", "Answer from", "right of answered", "answerable answered", "unanswerable answered")
	for _, t := range thresholds(r.answer) {
		right, given := r.answered(t)
		wrongly := 0
		for _, j := range r.called(t) {
			if !j.answerable {
				wrongly++
			}
		}
		fmt.Fprintf(&b, "  %-14s%24.1f%24.1f%24.1f\n", mark(t, r.answer), 100*right, 100*given, 100*share(wrongly, len(r.heldOut)-answerable))
	}
	return b.String()
}

// thresholds are those that a table shows: in steps, and the chosen one.
func thresholds(chosen float64) []float64 {
	var ts []float64
	for n := 1; n < 20; n++ {
		ts = append(ts, float64(n)/20)
	}
	ts = append(ts, chosen)
	slices.Sort(ts)
	return slices.CompactFunc(ts, func(a, b float64) bool { return math.Abs(a-b) < .005 })
}

// mark points at the chosen threshold.
func mark(t, chosen float64) string {
	if math.Abs(t-chosen) < .005 {
		return fmt.Sprintf("%.2f <", t)
	}
	return fmt.Sprintf("%.2f", t)
}

// existing and firsts are what a probability is compared with.
func existing(j judged) (float64, bool) { return j.exists, j.answerable }
func firsts(j judged) (float64, bool)   { return j.first, j.question.first }

func logLoss(js []judged, of func(judged) (float64, bool)) float64 {
	sum := 0.0
	for _, j := range js {
		p, happens := of(j)
		if !happens {
			p = 1 - p
		}
		sum -= math.Log(max(p, 1e-12))
	}
	return sum / float64(len(js))
}

// calibrationError is as [eval.CalibrationError] has it.
func calibrationError(js []judged, of func(judged) (float64, bool)) float64 {
	var probabilities []float64
	var happened []bool
	for _, j := range js {
		p, happens := of(j)
		probabilities, happened = append(probabilities, p), append(happened, happens)
	}
	return eval.CalibrationError(probabilities, happened)
}

func share(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}
