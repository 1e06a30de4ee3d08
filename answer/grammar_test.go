package answer_test

import (
	"slices"
	"testing"

	"citebot/answer"
)

// TestHowItIsSaidCounts: what a sentence does with the words of the question shows in the features that count for it.
func TestHowItIsSaidCounts(t *testing.T) {
	for _, c := range []struct{ feature, question, with, without string }{
		{"by whom", "Who built the mill?", "The mill was built by Orlin Varr.", "Orlin Varr sold the mill."},
		{"by whom", "Who built the mill?", "The mill was built by the mayor.", "The mill by the river was sold."},
		{"defines", "What is a mill?", "A mill is a house for grinding.", "The mill stood by the river."},
		{"defines", "What is Zarvetia?", "They met in Zarvetia, a region in the hills.", "They met in Zarvetia for a week."},
		{"modal verb as asked", "What could the mill grind?", "The mill can grind oats.", "The mill will grind oats."},
		{"denies what is asked", "Was the mill sold?", "The mill hasn’t been sold.", "The mill was sold."},
		{"several of what is asked for", "Which cities have mills?", "Paris, London and Berlin bought mills.", "The mills were bought up."},
		{"the last term", "What did the mayor grind?", "They all grind oats.", "The mayor was late."},
		{"related words", "Who lives in the valley?", "Millers populate the valley.", "The valley has mills."},
	} {
		why, err := engineFor(t, c.with+" "+c.without).Explain(t.Context(), answer.Question{Text: c.question}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range why {
			counts := slices.ContainsFunc(e.Parts, func(p answer.Part) bool { return p.Feature == c.feature })
			if want := e.Passage.Text == c.with; counts != want {
				t.Errorf("%s %q counts for %q: %v, want %v", c.question, c.feature, e.Passage.Text, counts, want)
			}
		}
	}
}

// TestDatesWithAYearCountAsBoth: they tell what was asked for where a year is, too.
func TestDatesWithAYearCountAsBoth(t *testing.T) {
	why, err := engineFor(t, "The mill burned down in September 1923.").Explain(t.Context(), answer.Question{Text: "When did the mill burn down?"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, feature := range []string{"when and a date", "when and a year"} {
		if !slices.ContainsFunc(why[0].Parts, func(p answer.Part) bool { return p.Feature == feature }) {
			t.Errorf("it does not count as %q", feature)
		}
	}
}
