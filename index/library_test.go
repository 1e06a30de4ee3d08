package index_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"citebot/corpus"
	"citebot/index"
)

// open indexes articles without a model.
func open(t testing.TB, articles ...*corpus.Article) *index.Library {
	t.Helper()
	l, err := index.New(articles, nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func library(t testing.TB, language string, paragraphs ...string) *index.Library {
	t.Helper()
	return open(t, corpus.New(corpus.Article{ID: "a", Language: language}, paragraphs))
}

// parse is an article in Markdown.
func parse(t testing.TB, id, markdown string) *corpus.Article {
	t.Helper()
	a, err := corpus.Parse(id+".md", []byte(markdown))
	if err != nil {
		t.Fatal(err)
	}
	a.ID = id
	return a
}

func find(t testing.TB, l *index.Library, q index.Query) []index.Candidate {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 10
	}
	found, err := l.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// best is the text of the first candidate's best sentence; "" if there is no candidate.
func best(found []index.Candidate) string {
	if len(found) == 0 {
		return ""
	}
	return found[0].Window.Article.Sentence(found[0].Best)
}

// TestSpellings: whichever spelling the article has, any other finds it.
func TestSpellings(t *testing.T) {
	groups := [][]string{
		{"USA", "U.S.A.", "U.S.A"},
		{"UN", "U.N.", "un"},
		{"100,000", "100000"},
		{"Trump’s", "Trump's", "Trump", "TRUMP"},
		{"Türkiye", "Turkiye", "TÜRKİYE", "Tu\u0308rkiye"},
		{"café", "cafe\u0301", "Cafe"},
		{"meeting", "meetings", "meets"},
	}
	for _, group := range groups {
		for _, text := range group {
			l := library(t, "en", "Of "+text+" they told.", "Nothing of the kind stands here.")
			for _, question := range group {
				found := find(t, l, index.Query{Text: question})
				if !strings.HasPrefix(best(found), "Of ") || len(found[0].Matches) != 1 {
					t.Errorf("%q does not find %q: %v", question, text, found)
				}
			}
		}
	}
}

// TestLanguages: an article is found by its language's own inflections; an unknown language by its words as they are.
func TestLanguages(t *testing.T) {
	tests := []struct{ language, text, question string }{
		{"de", "Die Häuser am Hafen brannten.", "haus"},
		{"de-AT", "Die Häuser am Hafen brannten.", "Häusern"},
		{"fr", "Les chevaux couraient dans la plaine.", "courir plaines"},
		{"ru", "Корабли стояли в гавани.", "корабль"},
		{"zh", "港口今天重新开放。", "港口"},
		{"fa", "کشتی\u200cها در بندر ماندند.", "کشتی"},
		{"xx", "Blorp snarg wibble.", "SNARG"},
	}
	var all []*corpus.Article
	for _, test := range tests {
		a := corpus.New(corpus.Article{ID: test.language, Language: test.language}, []string{"1 2 3.", test.text})
		all = append(all, a)
		found := find(t, open(t, a), index.Query{Text: test.question})
		if best(found) != test.text || len(found[0].Matches) == 0 || found[0].Window.English {
			t.Errorf("%s: %q does not find %q", test.language, test.question, test.text)
		}
	}
	l := open(t, all...)
	for _, test := range tests {
		if found := find(t, l, index.Query{Text: test.question}); best(found) != test.text {
			t.Errorf("among articles of many languages, %q finds %q, want %q", test.question, best(found), test.text)
		}
	}
}

// TestMatches: matches are the bytes of the words as the sentence has them.
func TestMatches(t *testing.T) {
	l := library(t, "en", "In Türkiye, the ministers’ 100,000 letters arrived.")
	found := find(t, l, index.Query{Text: "Did the Turkiye minister get 100000?"})
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	var words []string
	for _, m := range found[0].Matches {
		words = append(words, best(found)[m.Start:m.End])
	}
	if got := strings.Join(words, "|"); got != "Türkiye|ministers’|100,000" && got != "Türkiye|ministers|100,000" {
		t.Errorf("matched %s", got)
	}
}

const guide = `# Ferry guide

## Tickets

They are sold on board. Children travel free.

## Dogs

They must be kept on a lead.

## Timetable

| Season | First boat | Last boat |
|---|---|---|
| Summer | 6:00 | 23:00 |
| Winter | 8:00 | 19:00 |
`

// TestFind: what is found, by which words, and which sentence is best.
func TestFind(t *testing.T) {
	l := open(t, parse(t, "guide", guide), corpus.New(corpus.Article{ID: "news", Title: "Harbour news"}, []string{
		"The ferry sank on Monday. Nobody was hurt.", "Tickets are refunded.",
	}))
	tests := []struct {
		name  string
		query index.Query
		want  string // the best sentence of the first candidate
	}{
		{"word of the sentence", index.Query{Text: "do children pay"}, "Children travel free."},
		{"word of the heading alone", index.Query{Text: "are dogs ok", Article: "guide"}, "They must be kept on a lead."},
		{"word of the title alone", index.Query{Text: "news?"}, "The ferry sank on Monday."},
		{"the head of a table is no answer", index.Query{Text: "winter season"}, "Winter\t8:00\t19:00"},
		{"one article", index.Query{Text: "tickets", Article: "news"}, "Tickets are refunded."},
		{"unknown article", index.Query{Text: "tickets", Article: "tunnel"}, ""},
		{"the question before", index.Query{Text: "and when?", Before: "what sank"}, "The ferry sank on Monday."},
		{"the passage shown", index.Query{Text: "and then?", Shown: "It sank."}, "The ferry sank on Monday."},
		{"the question goes first", index.Query{Text: "what about children", Before: "what sank"}, "Children travel free."},
		{"stop words alone", index.Query{Text: "who is it?"}, ""},
		{"no words", index.Query{Text: "?!"}, ""},
		{"no text", index.Query{}, ""},
		{"query syntax is none", index.Query{Text: `+children -travel "free text:lead*`}, "Children travel free."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := find(t, l, test.query)
			if got := best(found); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			for i, c := range found {
				if c.Lexical != i+1 || c.Vector != 0 {
					t.Errorf("candidate %d has rank %d by Bleve and %d by vectors without a model", i+1, c.Lexical, c.Vector)
				}
				if !slices.Contains(c.Window.Sentences, c.Best) {
					t.Errorf("the best sentence %v is not one of the window's %v", c.Best, c.Window.Sentences)
				}
			}
		})
	}
	if found := find(t, l, index.Query{Text: "ferry tickets", Limit: 1}); len(found) != 1 {
		t.Errorf("%d candidates, want 1", len(found))
	}
}

// TestOrder: equal windows come in the order of the text, and the order is the same each time.
func TestOrder(t *testing.T) {
	var articles []*corpus.Article
	for i := range 60 {
		articles = append(articles, corpus.New(corpus.Article{ID: fmt.Sprint(i)}, []string{"The quay is closed on Sunday."}))
	}
	l := open(t, articles...)
	for range 3 {
		found := find(t, l, index.Query{Text: "quay on sunday", Limit: 50})
		for i, c := range found {
			if c.Window.Number != i {
				t.Fatalf("window %d comes at %d", c.Window.Number, i)
			}
		}
		if len(found) != 50 {
			t.Fatalf("%d candidates, want 50", len(found))
		}
	}
}

// TestManySentences: a library of more sentences than are indexed in one go is found in all through.
func TestManySentences(t *testing.T) {
	var paragraphs []string
	for i := range 5000 {
		paragraphs = append(paragraphs, fmt.Sprintf("Berth number%d is free.", i))
	}
	l := library(t, "en", paragraphs...)
	for _, i := range []int{0, 1999, 2000, 4999} {
		if got := best(find(t, l, index.Query{Text: fmt.Sprintf("is number%d free", i)})); got != paragraphs[i] {
			t.Errorf("got %q, want %q", got, paragraphs[i])
		}
	}
}

// TestHaving: sentences are found by a term, in the order of the text.
func TestHaving(t *testing.T) {
	l := library(t, "en", "A crew. Two crews.", "None.", "The crew's boat.")
	found, err := l.Having(t.Context(), "en", []string{"crew"})
	if err != nil {
		t.Fatal(err)
	}
	var places []corpus.Place
	for _, x := range found {
		places = append(places, x.Place)
	}
	if want := []corpus.Place{{Block: 0, Sentence: 0}, {Block: 0, Sentence: 1}, {Block: 2, Sentence: 0}}; !slices.Equal(places, want) {
		t.Errorf("got %v, want %v", places, want)
	}
	if found, err := l.Having(t.Context(), "de", []string{"crew"}); err != nil || len(found) > 0 {
		t.Errorf("in another language: %v, %v", found, err)
	}
}

// TestWindows: a library's windows are its articles', numbered through.
func TestWindows(t *testing.T) {
	l := open(t, parse(t, "guide", guide), corpus.New(corpus.Article{ID: "news"}, []string{"The ferry sank."}), corpus.New(corpus.Article{ID: "empty"}, nil))
	for i, w := range l.Windows("") {
		if w.Number != i {
			t.Errorf("window %d has number %d", i, w.Number)
		}
	}
	news := l.Windows("news")
	if len(news) != 1 || news[0].Article.ID != "news" || !news[0].English {
		t.Errorf("got %v", news)
	}
	if len(l.Windows("empty")) > 0 || len(l.Windows("tunnel")) > 0 {
		t.Error("there are windows where there is no text")
	}
	if l.Article("guide") != l.Articles()[0] || l.Article("tunnel") != nil {
		t.Error("articles are mixed up")
	}
}

// TestSameID: two articles cannot be told apart by one id.
func TestSameID(t *testing.T) {
	a := corpus.New(corpus.Article{ID: "a"}, []string{"One."})
	if _, err := index.New([]*corpus.Article{a, a}, nil, index.Options{}); err == nil {
		t.Error("two articles with one id are indexed")
	}
}

// TestNoArticles: an empty library finds nothing and is no error.
func TestNoArticles(t *testing.T) {
	l := open(t)
	if found := find(t, l, index.Query{Text: "anything"}); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// TestConcurrentUse is of use with the race detector.
func TestConcurrentUse(t *testing.T) {
	l := open(t, parse(t, "guide", guide))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				find(t, l, index.Query{Text: "first boat in winter"})
			}
		})
	}
	all.Wait()
}

// FuzzFind: no question makes the index fail.
func FuzzFind(f *testing.F) {
	for _, text := range spoken {
		f.Add(text, "what?")
	}
	f.Add(strings.Repeat("every word is another ", 5000), "\x00\xff")
	l := open(f, parse(f, "guide", guide), corpus.New(corpus.Article{ID: "fa", Language: "fa"}, []string{spoken["fa"]}))
	f.Fuzz(func(t *testing.T, text, before string) {
		for _, c := range find(t, l, index.Query{Text: text, Before: before}) {
			sentence := c.Window.Article.Sentence(c.Best)
			for _, m := range c.Matches {
				if m.Start < 0 || m.End > len(sentence) || m.Start >= m.End {
					t.Errorf("%v is no place in %q", m, sentence)
				}
			}
		}
	})
}
