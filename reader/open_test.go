package reader

import (
	"strings"
	"testing"
)

func open(t testing.TB) *Model {
	t.Helper()
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The model that is part of the program knows enough for plain cases.
func TestEmbeddedModel(t *testing.T) {
	m := open(t)
	w := Window{Heading: "Harbour > Ferries", Shown: -1, Sentences: []string{
		"The harbour was built in 1880.", "The last ferry leaves at ten at night.", "Dogs are welcome on board."}}
	for question, want := range map[string]struct {
		sentence int
		words    string
	}{
		"when does the last ferry go?":      {1, "ten"},
		"How old is the harbour":            {0, "1880"},
		"can i bring my dog onto the boat?": {2, "welcome"},
	} {
		scores, err := m.Read(t.Context(), Question{Text: question}, []Window{w})
		if err != nil {
			t.Fatal(err)
		}
		best := 0
		for i, s := range scores[0] {
			if s.LogOdds > scores[0][best].LogOdds {
				best = i
			}
		}
		s := scores[0][best]
		if words := w.Sentences[best][s.Start:s.End]; best != want.sentence || !strings.Contains(words, want.words) {
			t.Errorf("%s: sentence %d, “%s”", question, best, words)
		}
	}
	vectors, err := m.Embed(t.Context(), []string{"When does the boat leave?", w.Sentences[1], "Cheese is made of milk."})
	if err != nil {
		t.Fatal(err)
	}
	if near, far := vectors[0].Dot(vectors[1]), vectors[0].Dot(vectors[2]); near < far+0.2 {
		t.Errorf("a question is at %.2f to its answer, and at %.2f to something else", near, far)
	}
	if a, b := m.Fingerprint(), tiny(t).Fingerprint(); a == b || a == "" {
		t.Errorf("the fingerprints of two models are %q and %q", a, b)
	}
	if n := m.Pieces("Ferries, unaffably."); n != 6 {
		t.Errorf("%d pieces", n)
	}
}
