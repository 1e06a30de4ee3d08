package index_test

import (
	"slices"
	"testing"

	"citebot/corpus"
	"citebot/index"
)

// TestSentences finds sentences while they are typed.
func TestSentences(t *testing.T) {
	l, err := index.New([]*corpus.Article{
		corpus.New(corpus.Article{ID: "harbour", Title: "The harbour"}, []string{
			"The harbour froze in January. Tugs broke the ice.", "Nobody in Türkiye can’t swim.",
		}),
		corpus.New(corpus.Article{ID: "hafen", Title: "Der Hafen", Language: "de"}, []string{"Der Hafen gefror im Januar."}),
	}, nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	const froze, tugs, swim, german = "The harbour froze in January.", "Tugs broke the ice.", "Nobody in Türkiye can’t swim.", "Der Hafen gefror im Januar."
	tests := []struct {
		typed, article string
		want           []string
	}{
		{"harb", "", []string{froze}},
		{"january FROZE har", "", []string{froze}},
		{"jan", "", []string{froze, german}},
		{"jan", "hafen", []string{german}},
		{"turki", "", []string{swim}},
		{"ice the", "", []string{tugs}},                     // a stop word need not be there
		{"ice zebra", "", []string{tugs}},                   // no sentence has both
		{"bor", "", nil},                                    // not within a word
		{"har january", "harbour", []string{froze}},         // only the last word may lack its end, but some words are better than none
		{"  ", "", nil}, {"?!", "", nil}, {"\xff", "", nil}, // nothing typed yet
		{"ice", "moon", nil},
	}
	for _, test := range tests {
		found, err := l.Sentences(t.Context(), index.Typed{Text: test.typed, Article: test.article, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Article.Sentence(f.Place))
		}
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q in %q finds %q, want %q", test.typed, test.article, got, test.want)
		}
	}
	var in []string
	for _, s := range l.TypedIn(froze, "froze HARB") {
		in = append(in, froze[s.Start:s.End])
	}
	if !slices.Equal(in, []string{"harbour", "froze"}) {
		t.Errorf("what fits is %q", in)
	}
}
