package index_test

import (
	"context"
	"strings"
	"testing"

	"citebot/corpus"
	"citebot/index"
)

func library(t testing.TB, language string, paragraphs ...string) *index.Library {
	t.Helper()
	l, err := index.New([]*corpus.Article{corpus.New(corpus.Article{ID: "a", Language: language}, paragraphs)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func query(l *index.Library, language, question string) index.Query {
	q := index.Query{Limit: 10}
	for _, token := range l.Analyzers()[language].Tokens(question) {
		if !token.Stop {
			q.Terms = append(q.Terms, index.Term{Text: token.Term, Weight: 1})
		}
	}
	return q
}

// TestSpellings: whichever spelling the article has, any other finds it.
func TestSpellings(t *testing.T) {
	groups := [][]string{
		{"US", "U.S.", "USA", "U.S.A.", "United States", "the United States"},
		{"UN", "U.N.", "United Nations"},
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
				found, err := l.Search(context.Background(), query(l, "en", question))
				if err != nil {
					t.Fatal(err)
				}
				if len(found) != 1 || len(found[0].Matches) == 0 {
					t.Errorf("%q does not find %q: %v", question, text, found)
				}
			}
		}
	}
}

// TestPronounIsNotACountry: "us" must not find the United States.
func TestPronounIsNotACountry(t *testing.T) {
	l := library(t, "en", "He told us everything.", "The United States agreed.")
	found, err := l.Search(context.Background(), query(l, "en", "Did he tell us?"))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Sentence.Place.Paragraph != 0 {
		t.Errorf("found %v, want the first paragraph alone", found)
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
		{"xx", "Blorp snarg wibble.", "SNARG"},
	}
	for _, test := range tests {
		l := library(t, test.language, test.text, "1 2 3")
		name := strings.Split(test.language, "-")[0]
		found, err := l.Search(context.Background(), query(l, name, test.question))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 || found[0].Sentence.Place.Paragraph != 0 || len(found[0].Matches) == 0 {
			t.Errorf("%s: %q does not find %q", test.language, test.question, test.text)
		}
	}
}

// TestMatches: matches are the bytes of the words as the sentence has them.
func TestMatches(t *testing.T) {
	l := library(t, "en", "In Türkiye, the ministers’ 100,000 letters arrived.")
	found, err := l.Search(context.Background(), query(l, "en", "Turkiye minister 100000"))
	if err != nil || len(found) != 1 {
		t.Fatalf("found %v, %v", found, err)
	}
	var words []string
	for _, m := range found[0].Matches {
		words = append(words, found[0].Sentence.Text[m.Span.Start:m.Span.End])
	}
	if got := strings.Join(words, "|"); got != "Türkiye|ministers|100,000" && got != "Türkiye|ministers’|100,000" {
		t.Errorf("matched %s", got)
	}
}

// TestSameID: two articles cannot be told apart by one id.
func TestSameID(t *testing.T) {
	a := corpus.New(corpus.Article{ID: "a"}, []string{"One."})
	if _, err := index.New([]*corpus.Article{a, a}); err == nil {
		t.Error("two articles with one id are indexed")
	}
}
