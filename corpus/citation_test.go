package corpus_test

import (
	"net/url"
	"strings"
	"testing"

	"citebot/corpus"
)

func TestCitationString(t *testing.T) {
	cases := []struct {
		citation corpus.Citation
		want     string
	}{
		{corpus.Citation{Title: "Talks", Published: "2025-08-07", Block: 6, Sentence: 2}, "“Talks”, 7 August 2025, ¶6 s2"},
		{corpus.Citation{Title: "Talks\nresume", Published: "2025-08", Block: 1, Sentence: 1}, "“Talks resume”, August 2025, ¶1 s1"},
		{corpus.Citation{Title: "Talks", Published: "last summer", Block: 1, Sentence: 1}, "“Talks”, last summer, ¶1 s1"},
		{corpus.Citation{Title: "Talks", Block: 1, Sentence: 10}, "“Talks”, ¶1 s10"},
		{corpus.Citation{Title: "Talks", Headings: []string{"Day one", "The evening"}, Published: "2025-08-07", Block: 6, Sentence: 2},
			"“Talks” › The evening, 7 August 2025, ¶6 s2"},
		{corpus.Citation{Title: "Talks", Headings: []string{"Who was invited to the second round of talks, and who was left out?"}, Block: 1, Sentence: 1},
			"“Talks” › Who was invited to the second round of talks, and who was…, ¶1 s1"},
		{corpus.Citation{Title: "Talks", Headings: []string{strings.Repeat("停战", 40)}}, "“Talks” › " + strings.Repeat("停战", 29) + "停…"},
		{corpus.Citation{Headings: []string{"Day one"}, Block: 1, Sentence: 1}, "› Day one, ¶1 s1"},
		{corpus.Citation{Published: "2025"}, "2025"},
		{corpus.Citation{}, ""},
	}
	for _, c := range cases {
		if got := c.citation.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestByline(t *testing.T) {
	for want, a := range map[string]corpus.Article{
		"“Ice”": {Title: "Ice"},
		"“Ice on the sound”, by Ann Lee, The Post, 7 August 2025": {Title: "Ice\non the sound", Author: "Ann Lee", Source: "The Post", Published: "2025-08-07"},
		"“Ice”, The Post, last winter":                            {Title: "Ice", Source: "The Post", Published: "last winter"},
	} {
		if got := a.Byline(); got != want {
			t.Errorf("Byline() = %s, want %s", got, want)
		}
	}
}

func TestCitationURL(t *testing.T) {
	const page = "https://example.org/news"
	long := "On Monday, the well-known A&B ferry to Elwood and its crew were given a prize by people who had sailed on her."
	cases := []struct {
		name, url  string
		paragraphs []string
		place      corpus.Place
		want       string // after url
	}{
		{"short", page, []string{"It is saved."}, corpus.Place{}, "#:~:text=It%20is%20saved"},
		{"long", page, []string{long}, corpus.Place{},
			"#:~:text=On%20Monday%2C%20the%20well%2Dknown%20A%26B%20ferry%20to%20Elwood,prize%20by%20people%20who%20had%20sailed%20on%20her"},
		{"quotation marks and white space", page, []string{"“It is\n saved!”"}, corpus.Place{}, "#:~:text=It%20is%20saved"},
		{"an own fragment", page + "#top", []string{"It is saved."}, corpus.Place{}, ":~:text=It%20is%20saved"},
		{"said before", page, []string{"It is saved.", "She cried. It is saved."}, corpus.Place{Block: 1, Sentence: 1},
			"#:~:text=She%20cried-,It%20is%20saved"},
		{"a row of a table", page, []string{"Honey\t€7\tsweet"}, corpus.Place{}, "#:~:text=Honey,sweet"},
		{"no letters", page, []string{"…"}, corpus.Place{}, ""},
		{"a footnote set high", page, []string{"It is saved.¹"}, corpus.Place{}, "#:~:text=It%20is%20saved"},
		{"very long address", page + strings.Repeat("/a", 220), []string{"It is saved."}, corpus.Place{}, "#:~:text=It%20is%20saved"},
		{"address that leaves no room", page + strings.Repeat("/a", 250), []string{"It is saved."}, corpus.Place{}, ""},
		{"no address", "", []string{"It is saved."}, corpus.Place{}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := corpus.New(corpus.Article{URL: c.url}, c.paragraphs)
			if got := a.Cite(c.place).URL; got != c.url+c.want {
				t.Errorf("\n got %s\nwant %s", got, c.url+c.want)
			}
		})
	}

	a := corpus.New(corpus.Article{URL: page + "#:~:text=old"}, []string{"It is saved."})
	if got, want := a.Cite(corpus.Place{}).URL, page+"#:~:text=It%20is%20saved"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := a.Cite(corpus.Place{Block: 7}).URL; got != "" {
		t.Errorf("a place that does not exist: %s", got)
	}
}

// A browser shows the number of a list item, but does not find it.
func TestCitationURLOfItem(t *testing.T) {
	a, err := corpus.Parse("a.md", []byte("---\nurl: https://example.org/\n---\n# Tea\n\n## How\n\n1. Boil water.\n2. Boil water. Add *tea*."))
	if err != nil {
		t.Fatal(err)
	}
	for place, want := range map[corpus.Place]string{
		{Block: 0}:              "Boil%20water",
		{Block: 1}:              "Boil%20water",
		{Block: 1, Sentence: 1}: "Add%20tea",
	} {
		c := a.Cite(place)
		if got := strings.TrimPrefix(c.URL, "https://example.org/#:~:text="); got != want {
			t.Errorf("%+v: %s, want %s", place, got, want)
		}
		if len(c.Headings) != 1 || c.Headings[0] != "How" {
			t.Errorf("%+v: headings %q", place, c.Headings)
		}
	}
}

// Every citation's URL is one that Discord takes, whatever the script.
func TestCitationURLIsShort(t *testing.T) {
	for _, word := range []string{"word ", "перемирие ", "停战协议", "🙂", "a-b,c&d "} {
		a := corpus.New(corpus.Article{URL: "https://example.org/"}, []string{strings.Repeat(word, 100) + "."})
		got := a.Cite(corpus.Place{}).URL
		if u, err := url.Parse(got); err != nil || u.Host != "example.org" || len(got) > 512 {
			t.Errorf("%s: %d bytes, %v: %s", word, len(got), err, got)
		}
		if word != "🙂" && !strings.Contains(got, "#:~:text=") {
			t.Errorf("%s: no text fragment", word)
		}
	}
}
