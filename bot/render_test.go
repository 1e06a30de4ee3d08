package bot

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

var update = flag.Bool("update", false, "write the golden files anew")

// article makes an article of paragraphs that are split into sentences already.
func article(meta corpus.Article, paragraphs ...[]string) *corpus.Article {
	for _, sentences := range paragraphs {
		p := corpus.Block{Lead: -1}
		for i, s := range sentences {
			if i > 0 {
				p.Text += " "
			}
			p.Sentences = append(p.Sentences, corpus.Span{Start: len(p.Text), End: len(p.Text) + len(s)})
			p.Text += s
		}
		meta.Blocks = append(meta.Blocks, p)
	}
	meta.Sections = []corpus.Section{{End: len(meta.Blocks)}}
	return &meta
}

func ferry() *corpus.Article {
	return article(corpus.Article{
		ID: "ferry", Title: "Island ferry to run on batteries from spring", Author: "Ann Example", Source: "The Harbour Post",
		URL: "https://harbour.example/news/ferry", Published: "2025-03-14", Language: "en",
	},
		[]string{
			"The ferry between Northport and Gull Island will run on batteries alone from 2 April, the county said on Friday.",
			"It replaces a diesel ship that has crossed the sound since 1987.",
		},
		[]string{
			"The new ship cost 41 million crowns, of which the state paid a third.",
			"“We have waited ten years for this,” said Ida Holm, who leads the county's transport board, “and nobody will miss the smoke.”",
			"Tickets stay at 60 crowns.",
		},
		[]string{"Charging takes eleven minutes at either end, about as long as it takes to load thirty cars."},
	)
}

// guide has lists, code and a table.
func guide() *corpus.Article {
	a, err := corpus.Parse("guide.md", []byte("---\ntitle: Nimbus server guide\nurl: https://nimbus.example/guide\n---\n\n"+
		"## Installing\n\nIt takes a minute. Before you begin, you need:\n\n- a 64-bit machine\n- these programs:\n"+
		"  - Java 17 or *later*. Older versions crash.\n  - Git\n- 2 GB of memory\n\n"+
		"Start the server with this command:\n\n```sh\nnimbus start \\\n    --port 8080 --name \"_my_ server\"\n\nnimbus status\n```\n\n"+
		"## Plans\n\n| Plan | Players | Price |\n|---|---|---|\n| Free | 10 | nothing |\n| Pro | 100 | 9 crowns |\n\n"+
		"## Upgrading\n\n1. Stop the server.\n2. Unpack the new version over the old one.\n"))
	if err != nil {
		panic(err)
	}
	return a
}

func tricks() *corpus.Article {
	return article(corpus.Article{ID: "tricks.txt", Title: "A *bold* [title] @everyone https://evil.example"},
		[]string{
			"Ping <@123> and @everyone at https://evil.example/x_y or discord.gg/abc.",
			"# Not a heading, with **stars**, `code`, ||spoilers|| and an evil \u202Eoverride.",
			"Zero\u200Bwidth.",
		})
}

func long() *corpus.Article {
	var sentences []string
	for i := range 60 {
		sentences = append(sentences, fmt.Sprintf("Sentence number %d of a long paragraph tells at some length how the harbour was built, dug out and built again.", i+1))
	}
	giant := "The list of names begins here: " + strings.Repeat("Ann Example of Northport, ", 400) + "and Zoe Last of Gull Island."
	return article(corpus.Article{ID: "long", Title: strings.TrimSpace(strings.Repeat("A very long title ", 30)), Published: "spring 1987"},
		sentences, []string{giant})
}

// passage is the sentence of a at ¶paragraph s sentence, as people count, with words emphasised.
func passage(a *corpus.Article, paragraph, sentence int, words ...string) answer.Passage {
	p := answer.PassageAt(a, corpus.Place{Block: paragraph - 1, Sentence: sentence - 1})
	for _, w := range words {
		if i := strings.Index(p.Text, w); i >= 0 {
			p.Highlights = append(p.Highlights, corpus.Span{Start: i, End: i + len(w)})
		}
	}
	return p
}

func ferryAnswer() answer.Answer {
	a := ferry()
	return answer.Answer{
		Question: "When will the ferry run on batteries?", Verdict: answer.Answered, Confidence: .93,
		Passages: []answer.Passage{passage(a, 1, 1, "from 2 April"), passage(a, 3, 1), passage(a, 2, 1), passage(a, 1, 2), passage(a, 2, 3)},
	}
}

func quotes() []quote.Quote {
	a := ferry()
	text := a.Blocks[1].Text
	start, end := strings.Index(text, "“We"), strings.Index(text, "smoke.”")+len("smoke.”")
	place := corpus.Place{Block: 1, Sentence: 1}
	whole := quote.Quote{
		Article: a, Quotation: corpus.Quotation{Speaker: "Ida Holm", Cue: "said", Block: 1, Start: start, End: end},
		Text: text[start:end], Place: place, Citation: a.Cite(place),
	}
	start = strings.Index(text, "nobody")
	part := whole
	part.Quotation.Speaker, part.Quotation.Partial, part.Text = "", true, text[start:end]
	return []quote.Quote{whole, part}
}

type look struct {
	name, title string
	reply       reply
}

// looks are all the ways in which the bot speaks.
func looks() []look {
	f, tr, l := ferry(), tricks(), long()
	slash := asked{question: "When will the ferry run on batteries?", scope: hashOf("ferry")}
	ans := ferryAnswer()
	pointers := pointersTo(ans.Passages)
	closest := ans
	closest.Verdict, closest.Reason = answer.Closest, "None of these says it outright."
	middle := answer.Answer{Verdict: answer.Answered, Passages: []answer.Passage{passage(f, 2, 2, "nobody will miss the smoke")}}
	refused := answer.Answer{Verdict: answer.Refused, Reason: "The article does not answer that.", Sought: []string{"submarine", "dive deep"}, Passages: ans.Passages}
	nothing := answer.Answer{Verdict: answer.Refused}
	evil := answer.Answer{Verdict: answer.Answered, Passages: []answer.Passage{passage(tr, 1, 2, "**stars**", "evil \u202Eoverride")}}
	giant := answer.Answer{Verdict: answer.Answered, Passages: []answer.Passage{passage(l, 2, 1, "Zoe Last")}}
	g := guide()
	offering := answer.Answer{Verdict: answer.Refused, Reason: "The article does not answer that.", Sought: []string{"refund"},
		Passages: []answer.Passage{passage(g, 11, 1), passage(g, 13, 1), passage(g, 6, 1)}}
	library := offering
	library.Reason, library.Passages = "None of the articles answers that.", append(library.Passages, ans.Passages[:2]...)
	either := answer.Answer{Verdict: answer.Answered, Best: 2, Passages: ans.Passages}
	list := passage(g, 4, 1, "Java 17 or later")
	list.First, list.Last = corpus.Place{Block: 0, Sentence: 1}, corpus.Place{Block: 5}
	list.Citation = g.Cite(list.Place)
	one := func(p answer.Passage) answer.Answer {
		return answer.Answer{Verdict: answer.Answered, Best: 1, Passages: []answer.Passage{p}}
	}
	pages := make([]*corpus.Article, 7)
	for i := range pages {
		pages[i] = article(corpus.Article{ID: fmt.Sprint(i), Title: fmt.Sprintf("Article number %d", i+1), Published: "2024-01-02"}, []string{"One sentence."})
	}
	q := quoteAsked{about: "smoke", speaker: "Ida Holm"}
	check := renderCheck([]answer.Answer{
		{Question: "The ferry will run\non batteries.", Verdict: answer.Answered, Passages: []answer.Passage{passage(f, 1, 1, "run on batteries")}},
		{Question: "It will run on diesel.", Verdict: answer.Closest, Passages: []answer.Passage{passage(f, 1, 1, "run on batteries")}},
		{Question: "And it's *free* for everyone, says <@5>!", Verdict: answer.Refused},
	}, 2, 3)
	return []look{
		{"answered", "An answer to a mention", renderAnswer(ans, asked{})},
		{"answered_slash", "An answer to /ask, with an article", renderAnswer(ans, slash)},
		{"answered_middle", "An answer from the middle of a paragraph, the only one", renderAnswer(middle, asked{private: true})},
		{"answered_either", "A toss-up between two answers", renderAnswer(either, asked{})},
		{"answered_list", "A list", renderAnswer(one(list), asked{})},
		{"answered_item", "An item of a list", renderAnswer(one(passage(g, 6, 1, "2 GB")), asked{})},
		{"answered_code", "A command", renderAnswer(one(passage(g, 8, 1)), asked{})},
		{"answered_row", "A row of a table", renderAnswer(one(passage(g, 11, 1, "9 crowns")), asked{})},
		{"context_list", "Context of a list", renderContext(list, pointersTo([]answer.Passage{list})[0], "", asked{})},
		{"context_code", "Context of a command", renderContext(passage(g, 7, 1), pointersTo([]answer.Passage{passage(g, 7, 1)})[0], "", asked{})},
		{"closest", "The closest passages", renderAnswer(closest, asked{})},
		{"refused", "A refusal", renderAnswer(refused, asked{})},
		{"refused_sections", "A refusal that offers sections", renderAnswer(offering, asked{})},
		{"refused_library", "A refusal of several articles", renderAnswer(library, slash)},
		{"refused_empty", "A refusal with nothing close", renderAnswer(nothing, slash)},
		{"tricks", "An article full of markup", renderAnswer(evil, asked{question: "What *is* <@1> \u202Ehere?"})},
		{"giant", "A sentence too long for Discord", renderAnswer(giant, asked{question: strings.Repeat("And then ", 60)})},
		{"passages", "The next passage", renderPassage(ans.Passages[1], action{page: 1, pointers: pointers}, "", asked{private: true})},
		{"passages_changed", "The last passage, the article changed", renderPassage(ans.Passages[4], action{page: 4, pointers: pointers}, noteUnchanged, asked{private: true})},
		{"remark", "Thanks", renderAnswer(answer.Answer{Remark: true, Reason: "You are welcome. Ask on whenever you like."}, asked{})},
		{"context", "Context", renderContext(ans.Passages[2], pointers[2], "", asked{private: true})},
		{"context_long", "Context in a long paragraph, moved", renderContext(passage(l, 1, 30), pointersTo([]answer.Passage{passage(l, 1, 30)})[0], noteElsewhere, asked{private: true})},
		{"source", "Source of an article without an address", renderSource(tr, "")},
		{"quote", "A quotation", renderQuote(quotes(), 0, "", q)},
		{"quote_partial", "A part of a quotation, speaker unknown", renderQuote(quotes(), 1, noteUnchanged, q)},
		{"speakers", "Who is quoted", renderSpeakers([]quote.Speaker{{Name: "Ida Holm", Quotations: 4}, {Name: "Mr *X*", Quotations: 1}}, 0)},
		{"articles", "Articles", renderArticles([]*corpus.Article{f, tr, l}, 0)},
		{"articles_page", "Articles, second page", renderArticles(pages, 1)},
		{"help", "Help", renderHelp("42", 2, commandIDs{"ask": "7", "quote": "8"})},
		{"check", "A message checked", check[0]},
	}
}

func TestLooks(t *testing.T) {
	for _, l := range looks() {
		t.Run(l.name, func(t *testing.T) {
			body, err := json.MarshalIndent(l.reply.message(nil), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, l.name+".json", string(body)+"\n")
			checkLimits(t, l.reply)
		})
	}
}

// TestLookPage keeps testdata/look.html, which shows in a browser how all of this looks, testdata/look.txt, which says what a
// person reads of it, and testdata/readme.html, of which the README has a picture. testdata/picture.sh takes pictures.
func TestLookPage(t *testing.T) {
	var titles, readmeTitles []string
	var replies, readmeReplies []reply
	var read strings.Builder
	for _, l := range looks() {
		titles, replies = append(titles, l.title), append(replies, l.reply)
		fmt.Fprintf(&read, "== %s\n%s\n", l.title, readOf(l.reply))
		if slices.Contains([]string{"answered_slash", "refused_sections"}, l.name) {
			readmeTitles, readmeReplies = append(readmeTitles, l.title), append(readmeReplies, l.reply)
		}
	}
	golden(t, "look.html", lookPage(titles, replies))
	golden(t, "look.txt", read.String())
	golden(t, "readme.html", lookPage(readmeTitles, readmeReplies))
}

// readOf is what a person reads of a reply, line by line: buttons in brackets, options of a menu after a mark.
func readOf(r reply) string {
	var lines []string
	add := func(text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			lines = append(lines, text)
		}
	}
	add(readMarkdown(r.text).text())
	if e := r.embed; e != nil {
		if e.Author != nil {
			add(e.Author.Name)
		}
		add(readMarkdown(e.Title).text())
		add(readMarkdown(e.Description).text())
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	if r.menu != nil {
		add("[" + r.menu.Placeholder + "]")
		for _, o := range r.menu.Options {
			add("  ▸ " + strings.TrimSuffix(o.Label+" — "+o.Description, " — "))
		}
	}
	for _, row := range r.rows {
		var names []string
		for _, b := range row {
			names = append(names, "["+b.Label+"]")
		}
		add(strings.Join(names, " "))
	}
	return strings.Join(lines, "\n") + "\n"
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./bot -update makes it)", err)
	}
	if got == string(want) {
		return
	}
	line := 1
	for g, w := got, string(want); g != "" && w != ""; line++ {
		var gotLine, wantLine string
		gotLine, g, _ = strings.Cut(g, "\n")
		wantLine, w, _ = strings.Cut(w, "\n")
		if gotLine != wantLine {
			t.Fatalf("%s differs at line %d (go test ./bot -update, then read the difference)\n got %s\nwant %s", path, line, gotLine, wantLine)
		}
	}
	t.Fatalf("%s differs in length, at line %d", path, line)
}

// checkLimits holds a reply against Discord's limits.
func checkLimits(t *testing.T, r reply) {
	t.Helper()
	within := func(what, text string, limit int) {
		if n := units(text); n > limit {
			t.Errorf("%s has %d units, more than %d", what, n, limit)
		}
	}
	within("content", r.text, 2000)
	if e := r.embed; e != nil {
		total := e.Title + e.Description
		within("title", e.Title, 256)
		within("description", e.Description, 4096)
		if e.Author != nil {
			within("author", e.Author.Name, 256)
			total += e.Author.Name
		}
		if e.Footer != nil {
			within("footer", e.Footer.Text, 2048)
			total += e.Footer.Text
		}
		within("embed", total, 6000)
	}
	if len(r.rows) > 5 {
		t.Errorf("%d rows of buttons", len(r.rows))
	}
	ids := map[string]bool{}
	for _, row := range r.rows {
		if len(row) > 5 {
			t.Errorf("%d buttons in a row", len(row))
		}
		for _, b := range row {
			within("label", b.Label, 80)
			within("url", b.URL, 512)
			if len(b.CustomID) > 100 || b.CustomID != "" && ids[b.CustomID] || (b.CustomID == "") != (b.Style == discordgo.LinkButton) {
				t.Errorf("button %q has custom_id %q", b.Label, b.CustomID)
			}
			ids[b.CustomID] = true
		}
	}
}
