package quote_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"citebot/corpus"
	"citebot/index"
	"citebot/quote"
)

// finder looks up the quotations of two small articles.
func finder(t *testing.T) *quote.Finder {
	t.Helper()
	l, err := index.New([]*corpus.Article{
		corpus.New(corpus.Article{ID: "harbour", Title: "The harbour", Published: "2025-03-01", URL: "https://example.org/harbour"}, []string{
			"The town council met on Monday. “We can’t keep the old harbour as it is,” said Mayor Renée Dubois, 52. “It leaks.”",
			"Ships have used the quay since 1881. Olaf van der Berg, who runs the ferry, disagreed. “Nobody asked the crews,” he told reporters.",
			"Dubois called the ferry “a museum with an engine” in a letter about safety.",
			"“The fish will decide in the end,” somebody had painted on the wall.",
		}),
		corpus.New(corpus.Article{ID: "bridge", Title: "The bridge"}, []string{
			"A bridge would cost 40 million, engineers said. “Concrete is cheaper than regret,” said Ana Dubois.",
			"“Old stones keep no ships afloat,” Ms. Dubois added.",
		}),
	}, nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return quote.New(l)
}

func TestQuotes(t *testing.T) {
	quotes := finder(t)
	for _, test := range []struct {
		name  string
		query quote.Query
		want  []string // how the quotations begin, in order
	}{
		{"all, in text order", quote.Query{}, []string{"“We can’t", "“Nobody", "“a museum", "“The fish", "“Concrete", "“Old stones"}},
		{"one article", quote.Query{Article: "bridge"}, []string{"“Concrete", "“Old stones"}},
		{"unknown article", quote.Query{Article: "tunnel"}, nil},
		{"surname of two", quote.Query{Speaker: "dubois"}, []string{"“We can’t", "“a museum", "“Concrete", "“Old stones"}},
		{"first name without its accent", quote.Query{Speaker: "RENEE"}, []string{"“We can’t", "“a museum"}},
		{"decomposed accent", quote.Query{Speaker: "Rene\u0301e Dubois"}, []string{"“We can’t", "“a museum"}},
		{"beginning of a name", quote.Query{Speaker: "ber"}, []string{"“Nobody"}},
		{"words in any order", quote.Query{Speaker: "Berg, Olaf"}, []string{"“Nobody"}},
		{"not inside a word", quote.Query{Speaker: "ubois"}, nil},
		{"one word too many", quote.Query{Speaker: "Olaf Dubois"}, nil},
		{"a word of the quotation", quote.Query{About: "crew"}, []string{"“Nobody"}},
		{"straight apostrophe", quote.Query{About: "can't"}, []string{"“We can’t"}},
		{"all words before some", quote.Query{About: "old ships"}, []string{"“Old stones", "“We can’t"}},
		{"words of the sentence if of no quotation", quote.Query{About: "letter"}, []string{"“a museum"}},
		{"words of the speaker's name", quote.Query{About: "Olaf"}, []string{"“Nobody"}},
		{"words of the paragraph if of no sentence", quote.Query{About: "1881"}, []string{"“Nobody"}},
		{"speaker and words", quote.Query{Speaker: "Ana", About: "old"}, []string{"“Old stones"}},
		{"speaker and words elsewhere", quote.Query{Speaker: "Olaf", About: "engine"}, nil},
		{"stop words alone", quote.Query{About: "in the"}, []string{"“The fish", "“We can’t", "“Nobody"}},
		{"no such word", quote.Query{About: "zeppelins"}, nil},
		{"no word at all", quote.Query{About: "?!"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, q := range quotes.Quotes(test.query) {
				got = append(got, q.Text)
			}
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestQuoteIsCited(t *testing.T) {
	quotes := finder(t).Quotes(quote.Query{About: "crews"})
	if len(quotes) != 1 {
		t.Fatalf("%d quotations, want 1", len(quotes))
	}
	q := quotes[0]
	if q.Text != "“Nobody asked the crews,”" || q.Quotation.Speaker != "Olaf van der Berg" {
		t.Errorf("got %q by %q", q.Text, q.Quotation.Speaker)
	}
	if q.Article.ID != "harbour" || q.Place != (corpus.Place{Block: 1, Sentence: 2}) {
		t.Errorf("got %s %v", q.Article.ID, q.Place)
	}
	if want := q.Article.Cite(q.Place); !reflect.DeepEqual(q.Citation, want) {
		t.Errorf("citation %v, want %v", q.Citation, want)
	}
	joined := finder(t).Quotes(quote.Query{About: "leaks"})
	if want := "“We can’t keep the old harbour as it is,” said Mayor Renée Dubois, 52. “It leaks.”"; len(joined) != 1 || joined[0].Text != want {
		t.Errorf("joined: got %v, want %q", joined, want)
	}
}

func TestSpeakers(t *testing.T) {
	quotes := finder(t)
	for _, test := range []struct {
		article string
		want    []quote.Speaker
	}{
		{"", []quote.Speaker{{"Ana Dubois", 2}, {"Renée Dubois", 2}, {"Olaf van der Berg", 1}, {"", 1}}},
		{"bridge", []quote.Speaker{{"Ana Dubois", 2}}},
		{"tunnel", []quote.Speaker{}},
	} {
		if got := quotes.Speakers(test.article); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.article, got, test.want)
		}
	}
}
