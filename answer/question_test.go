package answer_test

import (
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// TestQuestionsAreReadAs: the kind of a question shows in the features that count for its passages.
func TestQuestionsAreReadAs(t *testing.T) {
	engine := newEngine(t, corpus.Bundled())
	for question, kind := range map[string]string{
		"When did Karabakh break away?":                        "when",
		"Did the leaders smile when they met in Washington?":   "yes/no",
		"And was Armenia supported where it fought?":           "yes/no",
		"Which drummer played at the meeting in Washington?":   "who",
		"Name the president of Azerbaijan":                     "who",
		"What state did the leaders meet in?":                  "where",
		"Number of Armenians who fled Karabakh":                "how many",
		"How cold is Armenia in October?":                      "how much",
		"How come the leaders meet on Friday?":                 "why",
		"What is the president doing on Friday in Washington?": "what",
		"What did Trump say about the peace agreement?":        "say",
		"What could be announced after the talks on Friday?":   "what",
	} {
		found, err := engine.Explain(t.Context(), answer.Question{Text: question, Top: 10}, nil)
		if err != nil {
			t.Fatal(err)
		}
		read := map[string]bool{}
		for _, e := range found {
			for _, p := range e.Parts {
				if k, ok := strings.CutSuffix(p.Feature, ": position"); ok {
					read[k] = true
				}
			}
		}
		if len(read) != 1 || !read[kind] {
			t.Errorf("%q is read as %v, want %s", question, read, kind)
		}
	}
}
