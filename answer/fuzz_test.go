package answer_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// FuzzAsk: whatever the article and the questions are, every passage is a slice of the article, and its highlights are ordered
// ranges of it.
func FuzzAsk(f *testing.F) {
	f.Add("The U.S. President left.\n\nHe said: “No.” Then, in 1991, 100,000 people came.", "Who left the United States?", "And when?")
	f.Add("", "", "")
	f.Add("a", "?!", "…")
	f.Add("Привет, мир. 你好。世界！", "你好?", "Кто?")
	f.Add("x\xff\xfey \u202e abc.", "\xff", "\u202ewho")
	f.Add("United States of U.S. USA. The United Arab Emirates.", "What did the UAE, the U.S. And The United States Of America Say To Zzyzx United Nations?", "How many more?")
	f.Fuzz(func(t *testing.T, text, first, second string) {
		if len(text) > 20_000 || len(first)+len(second) > 20_000 {
			t.Skip("long ones are slow to make, and nothing new")
		}
		a := corpus.New(corpus.Article{ID: "a", Title: "A title"}, strings.Split(text, "\n\n"))
		engine := newEngine(t, a)
		one := ask(t, engine, first, nil)
		turn := answer.Turn{Question: first}
		for _, p := range one.Passages {
			turn.Article = "a"
			turn.Shown = append(turn.Shown, answer.Shown{Article: "a", Place: p.Place})
		}
		ask(t, engine, second, answer.Conversation{turn})
	})
}

// ask asks, and checks that nothing of the answer is made up.
func ask(t *testing.T, engine *answer.Engine, question string, c answer.Conversation) answer.Answer {
	t.Helper()
	got, err := engine.Ask(context.Background(), answer.Question{Text: question, Top: 10}, c)
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict == answer.Answered && len(got.Passages) == 0 {
		t.Errorf("%q is answered without a passage", question)
	}
	if got.Verdict != answer.Answered && got.Reason == "" {
		t.Errorf("%q is %s without a reason", question, got.Verdict)
	}
	if got.Confidence < 0 || got.Confidence > 1 || got.Confidence != got.Confidence {
		t.Errorf("%q has confidence %v", question, got.Confidence)
	}
	for _, p := range got.Passages {
		whole := p.Article.Blocks[p.Place.Block].Text
		if p.Before+p.Text+p.After != whole {
			t.Errorf("%q is not a slice of %q", p.Text, whole)
		}
		if !slices.Contains(p.Shown(), answer.Shown{Article: p.Article.ID, Place: p.Place}) || before(p.Place, p.First) || before(p.Last, p.Place) {
			t.Fatalf("%v is not among what is shown, %v to %v", p.Place, p.First, p.Last)
		}
		at := 0
		for _, h := range p.Highlights {
			if h.Start < at || h.End <= h.Start || h.End > len(p.Text) {
				t.Fatalf("%q has highlights %v", p.Text, p.Highlights)
			}
			at = h.End
		}
	}
	return got
}

// before reports whether a stands before b in an article.
func before(a, b corpus.Place) bool {
	return a.Block < b.Block || a.Block == b.Block && a.Sentence < b.Sentence
}
