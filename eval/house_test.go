package eval_test

import (
	"bytes"
	"testing"

	"citebot/eval"
	"citebot/reader"
)

const house = "testdata/house/questions.jsonl"

// How good the answers are to questions as people type them in a channel, about articles of our own: an FAQ, rules, a guide, a
// changelog, an interview and a story. What a change does to the figures is a line in the golden file's difference. They are
// the same on every machine, as the reader's judgements are; only without its fast instructions fewer windows are read.
func TestHouse(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	model, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	if model.Kernel() == "plain" {
		t.Skip("reads fewer windows on a processor without the instructions for it")
	}
	articles := read(t, house)
	var b bytes.Buffer
	for _, scope := range []eval.Scope{eval.InArticle, eval.InLibrary} {
		settings := eval.Settings{Scope: scope, History: eval.Own}
		var predictions []eval.Prediction
		err := eval.Run(t.Context(), articles, settings, eval.Citebot(model), func(_ *eval.Article, ps []eval.Prediction) error {
			predictions = append(predictions, ps...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		score := eval.NewScore(house, settings, articles, predictions)
		score.Latency = nil // differs from run to run
		if err := score.Write(&b); err != nil {
			t.Fatal(err)
		}
		if score.Verbatim.Broken > 0 {
			t.Errorf("%d passages are not slices of their article", score.Verbatim.Broken)
		}
		b.WriteString("\n")
	}
	golden(t, "house.golden", b.String())
}

// Every question of the house can be answered right: its gold is a sentence of the article, and so is the short answer in it.
func TestHouseGold(t *testing.T) {
	for _, a := range read(t, house) {
		for _, d := range a.Dialogs {
			for _, turn := range d.Turns {
				if places := a.Places(turn); turn.Answerable != (len(places) > 0) {
					t.Errorf("%s: answerable %v, and %d sentences answer", turn.QID, turn.Answerable, len(places))
				}
				for _, g := range turn.Golds {
					if !(eval.Gold{Text: g.Short}).In(g.Text) || g.Short == "" {
						t.Errorf("%s: %q is no part of %q", turn.QID, g.Short, g.Text)
					}
				}
			}
		}
	}
}
