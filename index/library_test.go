package index_test

import (
	"context"
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
