package main

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"

	"citebot/answer"
	"citebot/lexicon"
)

// fitter fits a conditional logit: the probability that a candidate is right is the softmax of its score among the
// question's candidates (McFadden 1974). The likelihood is maximised with a ridge penalty.
type fitter struct {
	names    []string
	penalty  []float64 // by weight: common first, then what each profile adds, then the meaning's
	profiles int       // how many
	meaning  int       // where the meaning's weights start: how far the form is a multiple of the identity, and then as in meaning.bin
	dead     []bool
}

const dim = lexicon.Dim

// never is a penalty that keeps a weight near 0. A larger one keeps the fit from converging.
const never = 1000

// newFitter makes a fitter with ridge penalties: l2 on the common weights, delta on what a profile adds, both times mentions or cues on
// pair features, and form on the form of meanings. Features with one of without in their names are left out.
func newFitter(names []string, l2, delta, mentions, cues, form float64, without []string) *fitter {
	f := &fitter{names: names, profiles: len(answer.Profiles())}
	n := len(f.names)
	f.penalty = make([]float64, f.profiles*n)
	f.dead = make([]bool, n)
	f.meaning = f.profiles * n
	identity, byKind := 1.0, 1.0
	if slices.Contains(without, "affinity") {
		identity, form, byKind = never, never, never
	}
	f.penalty = append(f.penalty, identity)
	for range dim * dim {
		f.penalty = append(f.penalty, form)
	}
	for range answer.MeaningSize - dim*dim {
		f.penalty = append(f.penalty, byKind)
	}
	for i, name := range f.names {
		p := 1.0
		switch {
		case strings.Contains(name, " and “"):
			p = cues
		case strings.Contains(name, " and a "):
			p = mentions
		}
		f.penalty[i] = l2 * p
		for k := 1; k < f.profiles; k++ {
			f.penalty[k*n+i] = delta * p
		}
		// The meaning is fitted apart: as a feature it would be counted twice.
		f.dead[i] = name == "affinity" || slices.ContainsFunc(without, func(w string) bool { return strings.Contains(name, w) })
	}
	return f
}

// fold is the part of the cross-validation that an article belongs to.
func fold(article string, folds int) int {
	h := fnv.New32a()
	article, _, _ = strings.Cut(article, "#")
	_, name, _ := strings.Cut(article, ":") // the same article in another data set is in the same part
	h.Write([]byte(name))
	return int(h.Sum32()>>3) % folds
}

// outside are the questions on the articles of all parts but k.
func outside(questions []question, k, folds int) []question {
	var others []question
	for _, q := range questions {
		if fold(q.article, folds) != k {
			others = append(others, q)
		}
	}
	return others
}

// cross scores every question with weights fitted on the articles of the other parts.
func (f *fitter) cross(questions []question, folds int) [][]float64 {
	scores := make([][]float64, len(questions))
	for k := range folds {
		w := f.fit(outside(questions, k, folds))
		for i, q := range questions {
			if fold(q.article, folds) == k {
				scores[i] = f.scores(w, q)
			}
		}
	}
	return scores
}

func (f *fitter) scores(w []float64, q question) []float64 {
	scores := make([]float64, len(q.Candidates))
	n := len(f.names)
	toward := f.toward(w, q)
	for j, c := range q.Candidates {
		for i, x := range c.Vector {
			scores[j] += toward[i] * float64(x)
		}
		for x, id := range c.Features {
			if f.dead[id] {
				continue
			}
			v := float64(c.Values[x])
			scores[j] += w[id] * v
			if q.Profile > 0 {
				scores[j] += w[q.Profile*n+int(id)] * v
			}
		}
	}
	return scores
}

// toward is the vector by which a candidate's is multiplied.
func (f *fitter) toward(w []float64, q question) []float64 {
	identity, form := w[f.meaning], w[f.meaning+1:]
	toward := make([]float64, dim)
	for i, x := range q.Question {
		toward[i] += identity * float64(x)
		for j, b := range form[i*dim : (i+1)*dim] {
			toward[j] += float64(x) * b
		}
	}
	if tiny(q) {
		for j, a := range form[(dim+q.Kind)*dim : (dim+q.Kind+1)*dim] {
			toward[j] += a
		}
	}
	return toward
}

// tiny reports whether a question is asked of an article of a paragraph.
func tiny(q question) bool { return answer.Profiles()[q.Profile] == "tiny" }

// fit maximises the penalised likelihood of the right candidates of questions.
func (f *fitter) fit(questions []question) []float64 {
	const workers = 2
	loss := func(w, gradient []float64) float64 {
		parts := make([][]float64, workers)
		losses := make([]float64, workers)
		var wg sync.WaitGroup
		for k := range workers {
			parts[k] = make([]float64, len(w))
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := k; i < len(questions); i += workers {
					losses[k] += f.gradient(w, questions[i], parts[k])
				}
			}()
		}
		wg.Wait()
		total := 0.0
		for i := range gradient {
			gradient[i] = f.penalty[i] * w[i]
			total += f.penalty[i] * w[i] * w[i] / 2
			for k := range workers {
				gradient[i] += parts[k][i]
			}
		}
		for _, l := range losses {
			total += l
		}
		return total
	}
	// Weights are measured in units that are penalised alike: the descent finds its way faster.
	unit := make([]float64, len(f.penalty))
	for i, p := range f.penalty {
		unit[i] = 1 / math.Sqrt(p)
	}
	w := make([]float64, len(unit))
	scaled := func(u, gradient []float64) float64 {
		floats.MulTo(w, u, unit)
		value := loss(w, gradient)
		floats.Mul(gradient, unit)
		return value
	}
	u := minimise(scaled, len(unit), 200)
	return floats.MulTo(w, u, unit)
}

// minimise finds the arguments at which loss is least by L-BFGS (Liu and Nocedal 1989). loss fills in its gradient.
func minimise(loss func(w, gradient []float64) float64, n, rounds int) []float64 {
	cache := make([]float64, n)
	gradient := make([]float64, n)
	value, known := 0.0, false
	at := func(w []float64) {
		if known {
			same := true
			for i := range w {
				if w[i] != cache[i] {
					same = false
					break
				}
			}
			if same {
				return
			}
		}
		copy(cache, w)
		value, known = loss(w, gradient), true
	}
	problem := optimize.Problem{
		Func: func(w []float64) float64 { at(w); return value },
		Grad: func(g, w []float64) { at(w); copy(g, gradient) },
	}
	result, err := optimize.Minimize(problem, make([]float64, n), &optimize.Settings{MajorIterations: rounds, GradientThreshold: 1e-3,
		Converger: &optimize.FunctionConverge{Relative: 1e-6, Iterations: 5}}, &optimize.LBFGS{})
	if result == nil {
		fail(fmt.Errorf("fit: %w", err))
	}
	return result.X
}

// gradient adds a question's gradient to g and returns its loss: minus the log of the probability of its right candidates.
func (f *fitter) gradient(w []float64, q question, g []float64) float64 {
	if q.none || len(q.Candidates) < 2 {
		return 0
	}
	scores := f.scores(w, q)
	weight := q.weight()
	all, right := exponentiate(scores, q.right)
	n := len(f.names)
	sum := make([]float64, dim)
	for j, c := range q.Candidates {
		d := scores[j] / all
		if q.right[j] {
			d -= scores[j] / right
		}
		if d *= weight; math.Abs(d) < 1e-6 {
			continue
		}
		for i, x := range c.Vector {
			sum[i] += d * float64(x)
		}
		for x, id := range c.Features {
			if f.dead[id] {
				continue
			}
			v := d * float64(c.Values[x])
			g[id] += v
			if q.Profile > 0 {
				g[q.Profile*n+int(id)] += v
			}
		}
	}
	form := g[f.meaning+1:]
	for i, x := range q.Question {
		g[f.meaning] += float64(x) * sum[i]
		row := form[i*dim : (i+1)*dim]
		for j := range row {
			row[j] += float64(x) * sum[j]
		}
	}
	if tiny(q) {
		for j := range sum {
			form[(dim+q.Kind)*dim+j] += sum[j]
		}
	}
	return weight * math.Log(all/right)
}

// exponentiate turns scores into multiples of their probabilities, and adds up all of them and those that are right.
func exponentiate(scores []float64, right []bool) (all, ofRight float64) {
	top := slices.Max(scores)
	for j, s := range scores {
		scores[j] = math.Exp(s - top)
		all += scores[j]
		if right[j] {
			ofRight += scores[j]
		}
	}
	return all, ofRight
}

// table is weights by feature name for each profile, rounded; what rounds to 0 is left out.
func (f *fitter) table(w []float64) map[string]map[string]float64 {
	n := len(f.names)
	table := map[string]map[string]float64{}
	for p, key := range answer.Profiles() {
		table[key] = map[string]float64{}
		for i, name := range f.names {
			if v := math.Round(w[p*n+i]*100) / 100; v != 0 && !f.dead[i] {
				table[key][name] = v
			}
		}
	}
	return table
}

// meaningFile is the meaning's weights as answer/meaning.bin has them.
func (f *fitter) meaningFile(w []float64) []byte {
	var file []byte
	for i, x := range w[f.meaning+1:] {
		if i < dim*dim && i/dim == i%dim {
			x += w[f.meaning]
		}
		file = binary.LittleEndian.AppendUint32(file, math.Float32bits(float32(x)))
	}
	return file
}
