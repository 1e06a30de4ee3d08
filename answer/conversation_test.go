package answer_test

import (
	"slices"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// stall is an article with a list, a step and a command, about nothing that exists.
const stall = `# Running the stall

## What do I bring on my first day?

Bring these:

- a warm coat
- your own cup
- a pen that writes in the rain

## When does the stall open?

The stall opens at nine in summer and at ten in winter. On market days it opens at seven.

## How do I start the till?

Switch it on at the wall, then type this:

    till start --float 40

Nobody but the manager may open the drawer by hand.
`

func parse(t testing.TB, name, text string) *corpus.Article {
	t.Helper()
	a, err := corpus.Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// asking keeps a conversation as a program does.
type asking struct {
	*testing.T
	engine       *answer.Engine
	conversation answer.Conversation
}

func (a *asking) ask(question string) answer.Answer {
	a.Helper()
	got, err := a.engine.Ask(a.Context(), answer.Question{Text: question}, a.conversation)
	if err != nil {
		a.Fatal(err)
	}
	turn := answer.Turn{Question: question}
	if got.Verdict != answer.Refused {
		for _, p := range got.Passages[:max(got.Best, min(1, len(got.Passages)))] {
			turn.Article = p.Article.ID
			turn.Shown = append(turn.Shown, answer.Shown{Article: p.Article.ID, Place: p.Place})
		}
	}
	a.conversation = append(a.conversation, turn)
	return got
}

// TestSameQuestion: the same question gets the same answer, whatever was said in between.
func TestSameQuestion(t *testing.T) {
	a := asking{T: t, engine: newEngine(t, parse(t, "stall.md", stall))}
	first := a.ask("When does the stall open?")
	a.ask("and on market days?")
	a.ask("how do I start the till")
	again := a.ask("when does the stall open")
	if len(first.Passages) == 0 || len(again.Passages) == 0 || first.Passages[0].Place != again.Passages[0].Place || first.Verdict != again.Verdict {
		t.Errorf("first %v, then %v", first, again)
	}
}

// TestMore: who asks for more is shown what was not shown yet, in the order in which more passages would have come.
func TestMore(t *testing.T) {
	a := asking{T: t, engine: newEngine(t, parse(t, "stall.md", stall))}
	var shown []corpus.Place
	for _, question := range []string{"When does the stall open?", "anything else?", "more"} {
		got := a.ask(question)
		if len(got.Passages) == 0 {
			t.Fatalf("%s: nothing is shown", question)
		}
		if slices.Contains(shown, got.Passages[0].Place) {
			t.Errorf("%s: %q is shown again", question, got.Passages[0].Text)
		}
		shown = append(shown, got.Passages[0].Place)
	}
}

// TestMoreOfNothing: there is no more of what was never asked.
func TestMoreOfNothing(t *testing.T) {
	a := asking{T: t, engine: newEngine(t, parse(t, "stall.md", stall))}
	if got := a.ask("more"); got.Verdict != answer.Refused || got.Reason == "" || len(got.Passages) > 0 {
		t.Errorf("got %v", got)
	}
}

// TestRemarks: thanks and greetings are not looked up, and do not cut a follow-up off from what it follows on.
func TestRemarks(t *testing.T) {
	a := asking{T: t, engine: newEngine(t, parse(t, "stall.md", stall))}
	a.ask("When does the stall open?")
	for _, remark := range []string{"ok thanks", "hello!", "?!", "🔥🔥", ""} {
		if got := a.ask(remark); got.Verdict != answer.Refused || len(got.Passages) > 0 || got.Reason == "" {
			t.Errorf("%q is looked up: %v", remark, got)
		}
	}
	plain := asking{T: t, engine: a.engine}
	plain.ask("When does the stall open?")
	after, before := a.ask("and on market days?"), plain.ask("and on market days?")
	if after.Passages[0].Place != before.Passages[0].Place || after.Confidence != before.Confidence {
		t.Errorf("after a remark the answer is another: %v, not %v", after, before)
	}
}

// TestExtent: a list that is asked for comes with its items, and a step with its command.
func TestExtent(t *testing.T) {
	engine := newEngine(t, parse(t, "stall.md", stall))
	tests := []struct{ question, first, last string }{
		{"what should i bring on my first day", "Bring these:", "a pen that writes in the rain"},
		{"how do i start the till", "Switch it on at the wall, then type this:", "till start --float 40"},
	}
	for _, test := range tests {
		a := asking{T: t, engine: engine}
		got := a.ask(test.question)
		if len(got.Passages) == 0 {
			t.Fatalf("%s: nothing is shown", test.question)
		}
		p := got.Passages[0]
		if first, last := p.Article.Sentence(p.First), p.Article.Sentence(p.Last); first != test.first && first != test.last || last != test.last {
			t.Errorf("%s: what is shown runs from %q to %q", test.question, first, last)
		}
	}
}
