package answer_test

import (
	"slices"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// quoteEngine answers from two small articles.
func quoteEngine(t *testing.T) *answer.Engine {
	t.Helper()
	return newEngine(t,
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
	)
}

func TestQuotes(t *testing.T) {
	engine := quoteEngine(t)
	for _, test := range []struct {
		name  string
		query answer.QuoteQuery
		want  []string // how the quotations begin, in order
	}{
		{"all, in text order", answer.QuoteQuery{}, []string{"“We can’t", "“Nobody", "“a museum", "“The fish", "“Concrete", "“Old stones"}},
		{"one article", answer.QuoteQuery{Article: "bridge"}, []string{"“Concrete", "“Old stones"}},
		{"unknown article", answer.QuoteQuery{Article: "tunnel"}, nil},
		{"surname of two", answer.QuoteQuery{Speaker: "dubois"}, []string{"“We can’t", "“a museum", "“Concrete", "“Old stones"}},
		{"first name without its accent", answer.QuoteQuery{Speaker: "RENEE"}, []string{"“We can’t", "“a museum"}},
		{"decomposed accent", answer.QuoteQuery{Speaker: "Rene\u0301e Dubois"}, []string{"“We can’t", "“a museum"}},
		{"beginning of a name", answer.QuoteQuery{Speaker: "ber"}, []string{"“Nobody"}},
		{"words in any order", answer.QuoteQuery{Speaker: "Berg, Olaf"}, []string{"“Nobody"}},
		{"not inside a word", answer.QuoteQuery{Speaker: "ubois"}, nil},
		{"one word too many", answer.QuoteQuery{Speaker: "Olaf Dubois"}, nil},
		{"a word of the quotation", answer.QuoteQuery{About: "crew"}, []string{"“Nobody"}},
		{"straight apostrophe", answer.QuoteQuery{About: "can't"}, []string{"“We can’t"}},
		{"all words before some", answer.QuoteQuery{About: "old ships"}, []string{"“Old stones", "“We can’t"}},
		{"words of the sentence if of no quotation", answer.QuoteQuery{About: "letter"}, []string{"“a museum"}},
		{"words of the speaker's name", answer.QuoteQuery{About: "Olaf"}, []string{"“Nobody"}},
		{"words of the paragraph if of no sentence", answer.QuoteQuery{About: "1881"}, []string{"“Nobody"}},
		{"speaker and words", answer.QuoteQuery{Speaker: "Ana", About: "old"}, []string{"“Old stones"}},
		{"speaker and words elsewhere", answer.QuoteQuery{Speaker: "Olaf", About: "engine"}, nil},
		{"stop words alone", answer.QuoteQuery{About: "in the"}, []string{"“The fish", "“We can’t", "“Nobody"}},
		{"no such word", answer.QuoteQuery{About: "zeppelins"}, nil},
		{"no word at all", answer.QuoteQuery{About: "?!"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, q := range engine.Quotes(test.query) {
				got = append(got, q.Text)
			}
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestQuoteIsCited(t *testing.T) {
	quotes := quoteEngine(t).Quotes(answer.QuoteQuery{About: "crews"})
	if len(quotes) != 1 {
		t.Fatalf("%d quotations, want 1", len(quotes))
	}
	q := quotes[0]
	if q.Text != "“Nobody asked the crews,”" || q.Quotation.Speaker != "Olaf van der Berg" {
		t.Errorf("got %q by %q", q.Text, q.Quotation.Speaker)
	}
	if q.Article.ID != "harbour" || q.Place != (corpus.Place{Paragraph: 1, Sentence: 2}) {
		t.Errorf("got %s %v", q.Article.ID, q.Place)
	}
	if want := q.Article.Cite(q.Place); q.Citation != want {
		t.Errorf("citation %v, want %v", q.Citation, want)
	}
	joined := quoteEngine(t).Quotes(answer.QuoteQuery{About: "leaks"})
	if want := "“We can’t keep the old harbour as it is,” said Mayor Renée Dubois, 52. “It leaks.”"; len(joined) != 1 || joined[0].Text != want {
		t.Errorf("joined: got %v, want %q", joined, want)
	}
}

func TestSpeakers(t *testing.T) {
	engine := quoteEngine(t)
	for _, test := range []struct {
		article string
		want    []answer.Speaker
	}{
		{"", []answer.Speaker{{"Ana Dubois", 2}, {"Renée Dubois", 2}, {"Olaf van der Berg", 1}, {"", 1}}},
		{"bridge", []answer.Speaker{{"Ana Dubois", 2}}},
		{"tunnel", []answer.Speaker{}},
	} {
		if got := engine.Speakers(test.article); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.article, got, test.want)
		}
	}
}
