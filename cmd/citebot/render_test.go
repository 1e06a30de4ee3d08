package main

import (
	"bytes"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// harbour is an article whose sentences and quotations are marked by hand, so that what is tested is only how it is shown.
func harbour() *corpus.Article {
	first := "The harbour of Lüderhaven froze in January. It stayed shut for 41 days, longer than in any winter since 1963, and " +
		"the ferries to the islands were moored until the ice broke. “Nobody was hungry,” said Inge Tamm, “but everybody was bored.”"
	second := "A line that\nis broken\tin two, then \x1b[31mred\x1b[0m, \u202Ereversed\u202C and 氷の港 at the end."
	return &corpus.Article{
		ID:        "harbour",
		Title:     "The winter that shut the harbour",
		Author:    "R. Okafor",
		Source:    "Island Post",
		URL:       "https://example.org/harbour",
		Published: "2024-03-09",
		Language:  "en",
		Sections:  []corpus.Section{{End: 2}},
		Blocks: []corpus.Block{
			{Lead: -1, Text: first, Sentences: spans(first, "The harbour", "It stayed", "“Nobody")},
			{Lead: -1, Text: second, Sentences: spans(second, "A line")},
		},
		Quotations: []corpus.Quotation{{
			Speaker: "Inge Tamm", Cue: "said",
			Start: strings.Index(first, "“Nobody"), End: len(first),
		}},
		Warnings: []string{"The date is written in two ways."},
	}
}

// guide has lists, code and a table.
func guide(t *testing.T) *corpus.Article {
	t.Helper()
	a, err := corpus.Parse("guide.md", []byte("---\ntitle: Nimbus server guide\n---\n\n## Installing\n\n"+
		"It takes a minute. Before you begin, you need:\n\n- a 64-bit machine\n- these programs:\n"+
		"  - Java 17 or later, and it must be the one that came with your computer. Older versions crash.\n  - Git\n- 2 GB of memory\n\n"+
		"Start the server with this command:\n\n```sh\nnimbus start \\\n    --port 8080 --name a-name-that-is-longer-than-the-line\n\nnimbus \x1b[31mstatus\n```\n\n"+
		"## Plans\n\n| Plan | Players | Price |\n|---|---|---|\n| Free | 10 | nothing |\n| Pro | 100 | 9 crowns |\n\n"+
		"## Upgrading\n\n1. Stop the server.\n2. Unpack the new version over the old one.\n"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// spans are the sentences of text that begin with these words.
func spans(text string, beginnings ...string) []corpus.Span {
	var spans []corpus.Span
	for _, beginning := range beginnings {
		start := strings.Index(text, beginning)
		if n := len(spans); n > 0 {
			spans[n-1].End = start - 1
		}
		spans = append(spans, corpus.Span{Start: start, End: len(text)})
	}
	return spans
}

// passage is the sentence at a place, with these words of it highlighted.
func passage(a *corpus.Article, paragraph, sentence int, highlights ...string) answer.Passage {
	place := corpus.Place{Block: paragraph, Sentence: sentence}
	par := a.Blocks[paragraph]
	span := par.Sentences[sentence]
	p := answer.Passage{
		Article: a, Place: place, First: place, Last: place, Text: a.Sentence(place), Before: par.Text[:span.Start], After: par.Text[span.End:],
		Citation: corpus.Citation{Title: a.Title, Headings: a.Headings(place), Published: a.Published, Block: paragraph + 1, Sentence: sentence + 1, URL: a.URL},
		Score:    2.123456, Probability: 0.876543,
	}
	for _, words := range highlights {
		start := strings.Index(p.Text, words)
		p.Highlights = append(p.Highlights, corpus.Span{Start: start, End: start + len(words)})
	}
	return p
}

func TestRender(t *testing.T) {
	a := harbour()
	answered := answer.Answer{
		Question: "How long was it shut?", Verdict: answer.Answered, Confidence: .93217, Best: 1,
		Passages: []answer.Passage{passage(a, 0, 1, "41 days", "longer than in any winter since 1963"), passage(a, 0, 0)},
	}
	closest := answer.Answer{
		Question: "Who was bored?", Verdict: answer.Closest, Confidence: .4, Reason: "This may answer; I am not sure.",
		Passages: []answer.Passage{passage(a, 0, 2, "everybody", "bored"), passage(a, 1, 0, "broken")},
	}
	refused := answer.Answer{
		Question: "Who is the mayor?", Verdict: answer.Refused, Reason: "The article never mentions a \x1b[2Jmayor.",
		Passages: []answer.Passage{passage(a, 0, 0, "harbour")},
	}
	nothing := answer.Answer{Question: "?", Verdict: answer.Refused, Reason: "There is no word in this question."}
	either := answered
	either.Best = 2
	g := guide(t)
	list := passage(g, 3, 0, "Java 17 or later")
	list.First, list.Last = corpus.Place{Block: 0, Sentence: 1}, corpus.Place{Block: 5}
	item := passage(g, 5, 0, "2 GB")
	code := answer.PassageAt(g, corpus.Place{Block: 7, Sentence: 0})
	code.Highlights = []corpus.Span{{Start: 0, End: len("nimbus start")}}
	row := passage(g, 10, 0, "9 crowns")
	untitled := corpus.Article{ID: "x", Title: "Untitled", Blocks: a.Blocks[1:]}
	quotes := []quote.Quote{
		{Article: a, Quotation: a.Quotations[0], Text: a.QuotationText(a.Quotations[0]), Place: corpus.Place{Sentence: 2}, Citation: passage(a, 0, 2).Citation},
		{Article: a, Text: "“Ice,”", Citation: corpus.Citation{Title: "Elsewhere", Block: 1, Sentence: 1}},
	}

	terminal := screen{width: 60, styled: true}
	monochrome := screen{width: 60}
	pipe := screen{}
	for _, test := range []struct {
		name   string
		screen screen
		show   func(s screen)
	}{
		{"answered.terminal", terminal, func(s screen) { s.answer(answered, answered.Passages[:1]) }},
		{"answered.monochrome", monochrome, func(s screen) { s.answer(answered, answered.Passages[:1]) }},
		{"answered.pipe", pipe, func(s screen) { s.answer(answered, answered.Passages[:1]) }},
		{"answered-top-2.terminal", terminal, func(s screen) { s.answer(answered, answered.Passages) }},
		{"either.terminal", terminal, func(s screen) { s.answer(either, either.Passages) }},
		{"either.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(either, either.Passages)) }},
		{"list.terminal", terminal, func(s screen) { s.passages([]answer.Passage{list}, answer.Answered, 0) }},
		{"list.pipe", pipe, func(s screen) { s.passages([]answer.Passage{list}, answer.Answered, 0) }},
		{"list.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(answer.Answer{Best: 1}, []answer.Passage{list})) }},
		{"parts.terminal", terminal, func(s screen) { s.passages([]answer.Passage{item, code, row}, answer.Answered, 0) }},
		{"parts.pipe", pipe, func(s screen) { s.passages([]answer.Passage{item, code, row}, answer.Answered, 0) }},
		{"parts-refused.terminal", terminal, func(s screen) { s.passages([]answer.Passage{item, code, row}, answer.Refused, 0) }},
		{"parts.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(answer.Answer{}, []answer.Passage{item, code, row})) }},
		{"context-list.terminal", terminal, func(s screen) { s.context(list) }},
		{"context-code.terminal", terminal, func(s screen) { s.context(code) }},
		{"context-row.terminal", terminal, func(s screen) { s.context(row) }},
		{"closest.terminal", terminal, func(s screen) { s.answer(closest, closest.Passages) }},
		{"closest.pipe", pipe, func(s screen) { s.answer(closest, closest.Passages) }},
		{"refused.terminal", terminal, func(s screen) { s.answer(refused, refused.Passages) }},
		{"refused.pipe", pipe, func(s screen) { s.answer(refused, refused.Passages) }},
		{"refused-without-passages.terminal", terminal, func(s screen) { s.answer(nothing, nil) }},
		{"more.terminal", terminal, func(s screen) { s.passages(answered.Passages, answer.Closest, 3) }},
		{"context.terminal", terminal, func(s screen) { s.context(answered.Passages[0]) }},
		{"context.pipe", pipe, func(s screen) { s.context(closest.Passages[1]) }},
		{"quotes.terminal", terminal, func(s screen) { s.quotes(quotes) }},
		{"quotes.pipe", pipe, func(s screen) { s.quotes(quotes) }},
		{"speakers.pipe", pipe, func(s screen) {
			s.speakers([]quote.Speaker{{Name: "Inge Tamm", Quotations: 12}, {Name: "A. \u202EB", Quotations: 1}, {Quotations: 3}})
		}},
		{"articles.terminal", terminal, func(s screen) { s.articles([]*corpus.Article{a, &untitled}) }},
		{"answered.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(answered, answered.Passages)) }},
		{"closest.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(closest, closest.Passages)) }},
		{"nothing.json", pipe, func(s screen) { writeJSON(s.out, asAnswerJSON(nothing, nil)) }},
		{"quotes.json", pipe, func(s screen) {
			writeJSON(s.out, asQuotesJSON(quotes, []quote.Speaker{{Name: "Inge Tamm", Quotations: 1}}))
		}},
		{"no-quotes.json", pipe, func(s screen) { writeJSON(s.out, asQuotesJSON(nil, nil)) }},
		{"articles.json", pipe, func(s screen) { writeJSON(s.out, asArticlesJSON([]*corpus.Article{a, &untitled})) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			test.screen.out = &out
			test.show(test.screen)
			got := strings.ReplaceAll(out.String(), "\x1b", "␛") // so that the file can be read, and not obeyed
			golden(t, "render/"+test.name+".txt", got)
		})
	}
}

// Whatever an article says, a terminal gets no control character but line ends, tabs and our own styles, no line wider
// than it unless a word is, and every character that can be seen.
func FuzzParagraph(f *testing.F) {
	f.Add("It stayed shut for 41 days", 10, 15, 30)
	f.Add("\x1b]0;title\x07 \u202Eabc\u2066 \r\n\r \x9b31m", 3, 4, 20)
	f.Add("氷の港 e\u0301 👩‍👩‍👧‍👦  two spaces", 1, 9, 24)
	f.Fuzz(func(t *testing.T, text string, start, end, width int) {
		text = strings.ToValidUTF8(text, "?")
		start = len(strings.ToValidUTF8(text[:min(max(start, 0), len(text))], "")) // highlights never cut a character
		end = len(strings.ToValidUTF8(text[:min(max(end, start), len(text))], ""))
		width = min(max(width, 20), 100)
		stretches := emphasised(text, []corpus.Span{{Start: start, End: end}}, answer.Answered)
		var out bytes.Buffer
		screen{out: &out, width: width, styled: true}.paragraph("", "", stretches...)
		shown := out.String()
		for _, ours := range []style{bold, dim, reset} {
			shown = strings.ReplaceAll(shown, string(ours), "")
		}
		if i := strings.IndexFunc(shown, harmful); i >= 0 {
			t.Errorf("%q reaches the terminal", shown[i:])
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		var pieces strings.Builder
		for _, s := range stretches {
			pieces.WriteString(visible(s.text))
		}
		if squeeze(shown) != squeeze(pieces.String()) {
			t.Errorf("%q is shown as %q", text, shown)
		}
		var piped bytes.Buffer
		screen{out: &piped}.paragraph("", "", stretches...)
		if piped.String() != pieces.String()+"\n" {
			t.Errorf("%q is piped as %q", text, piped.String())
		}
	})
}
