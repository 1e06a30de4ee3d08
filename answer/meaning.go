package answer

import (
	"citebot/lexicon"
)

// meaning scores how well a sentence's words go with a question's: (Bᵀq + a)·s, where q and s are mean word vectors and a belongs
// to the kind of question. B and a are fitted: they learn what questions are answered by what words, beyond words that are alike.
// See Chechik et al., "Large scale online learning of image similarity through ranking" (2010) for the form qᵀBs.
type meaning struct {
	form   [lexicon.Dim][lexicon.Dim]float32
	byKind [kinds][lexicon.Dim]float32 // for articles of a paragraph, where hardly anything else tells the sentences apart
}

// MeaningSize is how many numbers the meaning's weights are: the form's, row by row, and then a vector for each kind of question.
const MeaningSize = lexicon.Dim * (lexicon.Dim + int(kinds))

// questionVector is the mean of the vectors of a question's words, weighted by how rare they are; words that ask count half.
func questionVector(q *question, words *lexicon.Lexicon) []float64 {
	sum := make([]float64, lexicon.Dim)
	weight := 0.0
	add := func(word string, w float64) {
		if id, ok := words.Vector(word); ok && w > 0 {
			words.AddVector(sum, id, w)
			weight += w
		}
	}
	for _, t := range q.terms[:q.base] {
		add(t.word, t.idf)
	}
	for _, w := range q.asking {
		add(w, 0.5)
	}
	if weight > 0 {
		for i := range sum {
			sum[i] /= weight
		}
	}
	return sum
}

// toward is Bᵀq + a: a word's affinity is its vector's product with it.
func (m *meaning) toward(q []float64, k kind, p profile) []float64 {
	u := make([]float64, lexicon.Dim)
	for i, x := range q {
		for j := range u {
			u[j] += x * float64(m.form[i][j])
		}
	}
	if p == profileTiny {
		for j := range u {
			u[j] += float64(m.byKind[k][j])
		}
	}
	return u
}

// affinity is the mean affinity of the candidate's content words that are not in the question.
func affinity(v *view) float64 {
	sum, n := 0.0, 0
	for _, w := range v.s.Words {
		if w.Stop || v.facts.vectors[w.Term] < 0 {
			continue
		}
		if r := v.reach(w.Term); r.exact < 0 {
			sum += r.affinity
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// answerVector is the mean vector of those words: what the meaning is fitted on.
func answerVector(v *view) []float32 {
	sum, n := make([]float64, lexicon.Dim), 0
	for _, w := range v.s.Words {
		if id := v.facts.vectors[w.Term]; !w.Stop && id >= 0 && v.reach(w.Term).exact < 0 {
			v.words.AddVector(sum, int(id), 1)
			n++
		}
	}
	mean := make([]float32, lexicon.Dim)
	for i := range sum {
		if n > 0 {
			mean[i] = float32(sum[i] / float64(n))
		}
	}
	return mean
}
