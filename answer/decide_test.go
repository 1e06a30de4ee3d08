package answer_test

import (
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
)

// TestConfidenceFallsWithWhatIsTurnedRound: of two questions that differ in a word, the one that says what the article says is
// the likelier to be answered.
func TestConfidenceFallsWithWhatIsTurnedRound(t *testing.T) {
	engine := engineFor(t, "The mill stands on the northern bank of the Varr. Its owner Ilsa Brandt bought the largest wheel in the valley in 1871. "+
		"The wheel increased the output of flour, and the village grew. A dam upstream keeps the water even in summer.")
	for _, c := range []struct{ name, told, turned string }{
		{"antonym", "Who bought the largest wheel in the valley?", "Who bought the smallest wheel in the valley?"},
		{"antonym of a verb", "What increased the output of flour?", "What decreased the output of flour?"},
		{"negation", "What did the wheel increase?", "What did the wheel never increase?"},
	} {
		told, turned := ask(t, engine, c.told, nil), ask(t, engine, c.turned, nil)
		if told.Confidence <= turned.Confidence {
			t.Errorf("%s: %q has a confidence of %.3f, %q of %.3f", c.name, c.told, told.Confidence, c.turned, turned.Confidence)
		}
	}
}

// TestMisspeltNamesAreKnown: nobody is told that the article never mentions a name that it spells with an accent.
func TestMisspeltNamesAreKnown(t *testing.T) {
	engine := engineFor(t, "Father Céloron travelled down the river with his men. In the autumn Céloron buried a plate of lead. The Varrowmen watched him.")
	for _, question := range []string{"What did Celeron bury in the autumn?", "What did Céloronn bury in the autumn?"} {
		if a := ask(t, engine, question, nil); strings.Contains(a.Reason, "mentions") {
			t.Errorf("%s %s", question, a.Reason)
		}
	}
	if a := ask(t, engine, "What did Marquette bury?", nil); a.Verdict == answer.Answered {
		t.Errorf("a name that is nowhere: %v", a.Verdict)
	}
}

// TestRefusesWhatTheArticleOnlySeemsToHave: a place that is populated has a population, which the article need not tell.
func TestRefusesWhatTheArticleOnlySeemsToHave(t *testing.T) {
	for _, c := range []struct {
		text, question string
		refused        bool
	}{
		{"The Varrow hills are populated by shepherds. They keep sheep.", "What is the population of Varrow?", true},
		{"Varrow lies in the hills. Its population is 4,200.", "What is the population of Varrow?", false},
		{"The ferry of Varrow was built in 1951. It crosses the sound daily.", "How much did the ferry cost?", true},
		{"The ferry of Varrow was built in 1951. It cost 9 million kroner.", "How much did the ferry cost?", false},
	} {
		a := ask(t, engineFor(t, c.text), c.question, nil)
		if refused := a.Verdict == answer.Refused; refused != c.refused {
			t.Errorf("%s of %q: refused is %v, want %v", c.question, c.text, refused, c.refused)
		}
	}
}

// engineFor answers from an article of one paragraph.
func engineFor(t *testing.T, text string) *answer.Engine {
	t.Helper()
	return newEngine(t, corpus.New(corpus.Article{ID: "a", Title: "A Day"}, []string{text}))
}

// newEngine answers from articles.
func newEngine(t testing.TB, articles ...*corpus.Article) *answer.Engine {
	t.Helper()
	library, err := index.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { library.Close() })
	engine, err := answer.New(library)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// TestWhereEveryNounHasACapital: German nouns are no names, and what has no word of a question is not its answer.
func TestWhereEveryNounHasACapital(t *testing.T) {
	article := corpus.New(corpus.Article{ID: "hafen", Title: "Der Hafen", Language: "de"}, []string{
		"Der Hafen von Lüderhaven wurde am Donnerstag wieder geöffnet. Der Bürgermeister heißt Karl Müller. Die Kosten betrugen 19 Millionen Kronen."})
	engine := newEngine(t, article)
	for question, want := range map[string]string{
		"Wer ist der Bürgermeister?":   "Der Bürgermeister heißt Karl Müller.",
		"Wie hoch waren die Kosten?":   "Die Kosten betrugen 19 Millionen Kronen.",
		"Wann öffnete der Hafen?":      "Der Hafen von Lüderhaven wurde am Donnerstag wieder geöffnet.",
		"Wer wohnt in Musterstadtdorf": "",
	} {
		a := ask(t, engine, question, nil)
		if want == "" {
			if a.Verdict == answer.Answered {
				t.Errorf("%s is answered with %q", question, a.Passages[0].Text)
			}
			continue
		}
		if a.Verdict == answer.Refused || a.Passages[0].Text != want {
			t.Errorf("%s is %v: %q", question, a.Verdict, a.Passages[0].Text)
		}
	}
}
