package answer_test

import (
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// TestOtherLanguages: in a language that the reader does not know, the sentence with the question's words comes first, they
// are emphasised, and it is not called an answer.
func TestOtherLanguages(t *testing.T) {
	engine := newEngine(t, corpus.New(corpus.Article{ID: "hafen", Title: "Der Hafen", Language: "de"}, []string{
		"Der Rat tagte am Montag.", "Die Fähre fährt um sieben Uhr vom Hafen ab.", "Das Eis schmolz im März.",
	}))
	got, err := engine.Ask(t.Context(), answer.Question{Text: "Wann fährt die Fähre?"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != answer.Closest || len(got.Passages) == 0 || got.Passages[0].Place.Block != 1 || len(got.Passages[0].Highlights) == 0 {
		t.Errorf("got %v", got)
	}
}

// TestTopDoesNotDecide: how many passages somebody wants to see changes nothing about the verdict.
func TestTopDoesNotDecide(t *testing.T) {
	engine := newEngine(t, parse(t, "stall.md", stall))
	for _, question := range []string{"When does the stall open?", "what do i bring", "who may open the drawer", "is there parking"} {
		var verdicts []answer.Verdict
		for _, top := range []int{1, 2, 10} {
			got, err := engine.Ask(t.Context(), answer.Question{Text: question, Top: top}, nil)
			if err != nil {
				t.Fatal(err)
			}
			verdicts = append(verdicts, got.Verdict)
		}
		if verdicts[0] != verdicts[1] || verdicts[1] != verdicts[2] {
			t.Errorf("%s: %v for one, two and ten passages", question, verdicts)
		}
	}
}
