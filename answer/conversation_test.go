package answer_test

import (
	"slices"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// told is the turn in which question was asked and the first passage of its answer shown.
func told(t *testing.T, engine *answer.Engine, question string, before answer.Conversation) answer.Turn {
	t.Helper()
	a := ask(t, engine, question, before)
	if a.Verdict == answer.Refused || len(a.Passages) == 0 {
		t.Fatalf("%q is refused", question)
	}
	return remember(a)
}

func TestThanksDoNotCutOffAFollowUp(t *testing.T) {
	engine := newEngine(t, corpus.Bundled())
	asked := answer.Conversation{told(t, engine, "Who was nominated for the Nobel Peace Prize?", nil)}
	want := ask(t, engine, "And when will it be awarded?", asked)
	for _, remark := range []string{"Thanks!", "???", "thank you"} {
		got := ask(t, engine, "And when will it be awarded?", append(asked, answer.Turn{Question: remark}))
		if got.Passages[0].Text != want.Passages[0].Text || got.Confidence != want.Confidence {
			t.Errorf("after %q it is answered with %q, without it with %q", remark, got.Passages[0].Text, want.Passages[0].Text)
		}
	}
}

func TestWhatCameNextIsNotWhatWasShown(t *testing.T) {
	engine := newEngine(t, corpus.Bundled())
	shown := told(t, engine, "What did they agree on in March?", nil)
	for _, question := range []string{"What happened after that?", "And what happened next?"} {
		for _, p := range ask(t, engine, question, answer.Conversation{shown}).Passages {
			if p.Place == shown.Shown[0].Place {
				t.Errorf("%q is answered with what was shown: %q", question, p.Text)
			}
		}
	}
}

// TestNamesAreExplained: what the text calls a region, or says something is in, is a place, whether or not a dictionary has it.
func TestNamesAreExplained(t *testing.T) {
	for text, kind := range map[string]string{
		"The dispute is about Zarvetia, a region in the hills.": "who and a place",
		"The dispute was settled in Zarvetia.":                  "who and a place",
		"The dispute was started by Orlin, a former minister.":  "who and a person",
		"The dispute is about Zarvetia.":                        "who and a name",
	} {
		why, err := engineFor(t, text).Explain(t.Context(), answer.Question{Text: "Who won the dispute?"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(why[0].Parts, func(p answer.Part) bool { return p.Feature == kind }) {
			t.Errorf("%q does not count as %s", text, kind)
		}
	}
}

// TestCountriesAreKnownByTheirAdjectives: the Azerbaijani president is Azerbaijan's.
func TestCountriesAreKnownByTheirAdjectives(t *testing.T) {
	engine := engineFor(t, "Armenia and Azerbaijan met. The Azerbaijani President came last.")
	why, err := engine.Explain(t.Context(), answer.Question{Text: "Who is the president of Azerbaijan?"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(why, func(e answer.Explanation) bool { return e.Passage.Text == "The Azerbaijani President came last." })
	if !slices.ContainsFunc(why[at].Parts, func(p answer.Part) bool { return p.Feature == "names matched" && p.Value == 1 }) {
		t.Error("the Azerbaijani president does not count as one that has the name")
	}
}
