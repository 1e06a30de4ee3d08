package main

import (
	"math/rand"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
)

// TestFitFindsTheFeatureThatTells: of two features, the one that only right candidates have gets the weight.
func TestFitFindsTheFeatureThatTells(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var questions []question
	for range 200 {
		q := question{file: "test"}
		right := random.Intn(5)
		for i := range 5 {
			c := answer.ExampleCandidate{Features: []int32{1}, Values: []float32{random.Float32()}}
			if i == right {
				c.Features, c.Values = append(c.Features, 0), append(c.Values, 1)
			}
			q.Candidates = append(q.Candidates, c)
			q.right = append(q.right, i == right)
		}
		questions = append(questions, q)
	}
	f := newFitter([]string{"telling", "noise"}, 1, 4, 1, 1, 8, nil)
	w := f.fit(questions)
	if w[0] < 2 || w[1] > 1 || w[1] < -1 {
		t.Errorf("weights are %.2f and %.2f, want much and little", w[0], w[1])
	}
	left := newFitter([]string{"telling", "noise"}, 1, 4, 1, 1, 8, []string{"telling"})
	if table := left.table(left.fit(questions)); table["common"]["telling"] != 0 {
		t.Errorf("a feature that is left out has a weight: %v", table)
	}
}

func TestFitLogistic(t *testing.T) {
	var rows []observation
	for i := range 100 {
		x := float64(i%10) / 10
		rows = append(rows, observation{[]float64{1, x}, x > 0.5, 1})
	}
	w := fitLogistic(rows, 0.1)
	if sigmoid(dot(w, []float64{1, 0.9})) < 0.8 || sigmoid(dot(w, []float64{1, 0.1})) > 0.2 {
		t.Errorf("weights %v do not tell the two apart", w)
	}
}

// TestCut: each piece keeps the questions that it answers, and gets others that it does not.
func TestCut(t *testing.T) {
	text := "One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten."
	a := eval.Article{Article: corpus.New(corpus.Article{ID: "a"}, []string{text, text, text, text})}
	for p := range 4 {
		a.Dialogs = append(a.Dialogs, eval.Dialog{Turns: []eval.Turn{{QID: string(rune('0' + p)), Question: "?", Answerable: true,
			Answers: []eval.Annotation{{Text: "One", Paragraph: p, Span: corpus.Span{Start: 0, End: 3}}}}}})
	}
	pieces := cut([]eval.Article{a})
	if len(pieces) != 2 {
		t.Fatalf("%d pieces, want 2 of two paragraphs", len(pieces))
	}
	for _, p := range pieces {
		own, lent := 0, 0
		for _, d := range p.Dialogs {
			if d.Turns[0].Answerable {
				own++
				if _, ok := p.Place(d.Turns[0].Answers[0]); !ok {
					t.Errorf("piece %s has an answer nowhere", p.ID)
				}
			} else {
				lent++
			}
		}
		if own != 2 || lent != 2 {
			t.Errorf("piece %s has %d questions of its own and %d lent, want 2 and 2", p.ID, own, lent)
		}
	}
}
