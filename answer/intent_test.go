package answer_test

import (
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

const ferryText = "The ferry was built in Brandsund in 1951. Its captain is Hanne Vik. It carries 120 passengers."

// TestSmallTalkIsNotLookedUp: what asks for nothing gets a word back and no passage, in a conversation too.
func TestSmallTalkIsNotLookedUp(t *testing.T) {
	engine := engineFor(t, ferryText)
	before := answer.Conversation{{Question: "Where was the ferry built?", Shown: []answer.Shown{{Article: engine.Articles()[0].ID}}}}
	for _, said := range []string{"Hello!", "hi there, citebot", "Who are you?", "What can you do?", "help", "thanks", "OK thanks!", "thank you so much", "no", "lol", "bye"} {
		for _, past := range []answer.Conversation{nil, before} {
			if a := ask(t, engine, said, past); len(a.Passages) > 0 || a.Reason == "" || a.Verdict != answer.Refused {
				t.Errorf("%q after %d turns is %v with %d passages and the reason %q", said, len(past), a.Verdict, len(a.Passages), a.Reason)
			}
		}
	}
	for _, asked := range []string{"Who is the captain?", "How many passengers?", "Is the captain good?", "What does Vik do?"} {
		if a := ask(t, engine, asked, before); len(a.Passages) == 0 {
			t.Errorf("%q gets no passage", asked)
		}
	}
}

// TestBylinesAreTold: who wrote an article stands in no sentence of it.
func TestBylinesAreTold(t *testing.T) {
	ferry := corpus.New(corpus.Article{ID: "ferry", Title: "The Ferry", Author: "Ann Lee", Published: "2025-08-07"}, []string{ferryText})
	tea := corpus.New(corpus.Article{ID: "tea", Title: "Tea"}, []string{"Tea was first grown in the hills of Varrow."})
	const byline = "This is “The Ferry”, by Ann Lee, 7 August 2025."
	if a := ask(t, newEngine(t, ferry), "Who wrote this?", nil); a.Reason != byline || len(a.Passages) > 0 {
		t.Errorf("the only article: %v %q", a.Verdict, a.Reason)
	}
	both := newEngine(t, ferry, tea)
	if a := ask(t, both, "When was this published?", nil); !strings.HasPrefix(a.Reason, "Which article?") {
		t.Errorf("one of two: %q", a.Reason)
	}
	shown := answer.Conversation{{Question: "Who is the captain of the ferry?", Shown: []answer.Shown{{Article: "ferry"}}}}
	if a := ask(t, both, "Who wrote this article?", shown); a.Reason != byline {
		t.Errorf("the one last shown: %q", a.Reason)
	}
}

// TestQuestionsWithoutAWordToLookFor get the likeliest passages, and are told what they lack.
func TestQuestionsWithoutAWordToLookFor(t *testing.T) {
	engine := engineFor(t, ferryText)
	a := ask(t, engine, "When was it?", nil)
	if a.Verdict != answer.Closest || len(a.Passages) == 0 || !strings.Contains(a.Passages[0].Text, "1951") || !strings.Contains(a.Reason, "no word to look for") {
		t.Errorf("When was it? is %v: %q %v", a.Verdict, a.Reason, a.Passages)
	}
	if a := ask(t, engine, "and then so?", nil); a.Verdict != answer.Refused || len(a.Passages) > 0 || !strings.Contains(a.Reason, "no word to look for") {
		t.Errorf("and then so? is %v: %q", a.Verdict, a.Reason)
	}
}

// TestWhatNobodySeesInAQuestion: bytes that are no UTF-8 and invisible marks change no word.
func TestWhatNobodySeesInAQuestion(t *testing.T) {
	engine := engineFor(t, ferryText)
	plain := ask(t, engine, "Where was the ferry built?", nil)
	for _, question := range []string{"Where was \xff the ferry built?", "Where was the fer\u200fry built?", "Where was the \u202eferry\u202c built?",
		"Where was the fer\u00adry built?"} {
		a := ask(t, engine, question, nil)
		if a.Verdict != plain.Verdict || a.Confidence != plain.Confidence || len(a.Passages) == 0 || a.Passages[0].Text != plain.Passages[0].Text {
			t.Errorf("%q is %v, %.3f: %s; without them it is %v, %.3f", question, a.Verdict, a.Confidence, a.Reason, plain.Verdict, plain.Confidence)
		}
	}
}
