package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

func TestLabel(t *testing.T) {
	tests := []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"two words", 8, "two…"},
		{"two, words", 8, "two…"},
		{"Donaudampfschifffahrt", 6, "Donau…"},
		{"ééééé", 4, "ééé…"},
		{"😀😀😀", 5, "😀😀…"}, // each counts as two
		{"😀😀😀", 4, "😀…"},
		{"", 3, ""},
	}
	for _, tt := range tests {
		if got := label(tt.text, tt.limit); got != tt.want || units(got) > tt.limit {
			t.Errorf("label(%q, %d) = %q, want %q", tt.text, tt.limit, got, tt.want)
		}
	}
}

func TestLongSentenceShowsTheWordsThatAnswer(t *testing.T) {
	text := strings.Repeat("Words before. ", 300) + "The answer is here. " + strings.Repeat("Words after. ", 300)
	at := strings.Index(text, "answer")
	got := quotation(text, []corpus.Span{{Start: at, End: at + 6}}, 500)
	if units(got) > 500 || !strings.Contains(got, "**answer**") || !strings.HasPrefix(got, "> […] ") || !strings.HasSuffix(got, " […]") {
		t.Errorf("%d units: %s", units(got), got)
	}
}

// FuzzAnswerIsVerbatim holds that whatever an article holds and wherever its words are emphasised, what is shown as a quotation is a
// slice of the article, but for marks where words are left out, and fits Discord.
func FuzzAnswerIsVerbatim(f *testing.F) {
	f.Add("One sentence. *Another* one, with <@1> in it.\nAnd a third.", "A title", 3, 9)
	f.Add(strings.Repeat("word ", 1500), "[T](http://x)", 7000, 7004)
	f.Add(strings.Repeat("*_", 2500), strings.Repeat("\u202E", 300), 0, 5)
	f.Add(strings.Repeat("\u200B", 2000), "", 0, 0)
	f.Fuzz(func(t *testing.T, text, title string, start, end int) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, omitted, ""), "")
		if strings.TrimSpace(text) == "" || len(text)+len(title) > 12_000 { // more makes the test's reader slow, not the renderer
			return
		}
		half := len(text) / 2
		for half > 0 && !utf8.RuneStart(text[half]) {
			half--
		}
		sentences := []string{text[:half], text[half:], text}
		a := article(corpus.Article{ID: "a", Title: title, Published: title, Author: title, URL: "https://x.example/" + strings.Repeat("a", len(title))}, sentences)
		var passages []answer.Passage
		for i := range sentences {
			p := answer.PassageAt(a, corpus.Place{Block: 0, Sentence: i})
			p.Highlights = []corpus.Span{{Start: start, End: end}}
			passages = append(passages, p)
		}
		for _, verdict := range []answer.Verdict{answer.Answered, answer.Closest} {
			r := renderAnswer(answer.Answer{Verdict: verdict, Reason: title, Passages: passages}, asked{question: text})
			checkLimits(t, r)
			checkVerbatim(t, a, r)
		}
		checkLimits(t, renderContext(passages[1], pointersTo(passages)[1], noteElsewhere, asked{question: title}))
		checkVerbatim(t, a, renderContext(passages[1], pointersTo(passages)[1], "", asked{}))
		checkLimits(t, renderSource(a, noteElsewhere))
		checkLimits(t, renderArticles([]*corpus.Article{a, a, a, a, a, a}, 0))
		checkLimits(t, renderSpeakers([]quote.Speaker{{Name: text, Quotations: 3}, {Name: title, Quotations: 1}}, 0))
		found := quote.Quote{Article: a, Quotation: corpus.Quotation{Speaker: title, Partial: true}, Text: text, Citation: passages[0].Citation}
		r := renderQuote([]quote.Quote{found, found}, 0, noteElsewhere, quoteAsked{about: cutBytes(title, aboutLength), speaker: text})
		checkLimits(t, r)
		for _, r := range renderCheck([]answer.Answer{{Question: text, Verdict: answer.Answered, Passages: passages}, {Question: title}}, 2, 2) {
			checkLimits(t, r)
		}
	})
}

// FuzzPartsAreVerbatim holds that of lists, tables, code and whatever else an article has, what is shown are its own lines.
func FuzzPartsAreVerbatim(f *testing.F) {
	f.Add("You need:\n\n- one\n  - nested **thing**\n- two, or\n  three\n\nRun:\n\n```\n$ rm -r `x` | cat\n\n  y\n```\n\n| A | B |\n|---|---|\n| 1 | *2* |\n")
	f.Add("Run:\n\n    a ``` b\n    @everyone\u202E\n\n1. Stop.\n2. Go:\n\n   > quoted\n")
	f.Add("- " + strings.Repeat("word ", 500) + "\n- " + strings.Repeat("*_", 100) + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 3_000 {
			return // more makes the test's reader slow, not the renderer
		}
		a, err := corpus.Parse("a.md", []byte(strings.ReplaceAll(text, omitted, "")))
		if err != nil || a.SentenceCount() > 20 {
			return
		}
		whole := strings.Builder{}
		for _, b := range a.Blocks {
			whole.WriteString(visibleLines(b.Text) + "\n")
		}
		for i, b := range a.Blocks {
			for j := range b.Sentences {
				p := answer.PassageAt(a, corpus.Place{Block: i, Sentence: j})
				p.Highlights = []corpus.Span{{Start: 0, End: min(7, len(p.Text))}}
				r := renderAnswer(answer.Answer{Verdict: answer.Answered, Best: 1, Passages: []answer.Passage{p}}, asked{})
				checkLimits(t, r)
				checkLines(t, whole.String(), r)
				r = renderContext(p, pointersTo([]answer.Passage{p})[0], "", asked{})
				checkLimits(t, r)
				checkLines(t, whole.String(), r)
			}
		}
	})
}

// checkLines fails the test if a line that r quotes or shows as code is not in whole.
func checkLines(t *testing.T, whole string, r reply) {
	t.Helper()
	for _, n := range readMarkdown(r.embed.Description) {
		if n.kind != "quote" && n.kind != "code block" {
			continue
		}
		for _, part := range strings.FieldsFunc(strings.ReplaceAll(n.text+n.in.text(), omitted, "\n"), func(r rune) bool { return r == '\n' }) {
			if part = strings.TrimSpace(part); !strings.Contains(whole, part) {
				t.Errorf("%q is not in the article %q, shown as %q", part, whole, r.embed.Description)
			}
		}
	}
}

// checkVerbatim fails the test if a quotation in r is not the article's.
func checkVerbatim(t *testing.T, a *corpus.Article, r reply) {
	t.Helper()
	lines := strings.Split(a.Blocks[0].Text, "\n")
	for i := range lines {
		lines[i] = plain(lines[i])
	}
	whole := strings.Join(lines, "\n")
	for _, n := range readMarkdown(r.embed.Description) {
		if n.kind != "quote" {
			continue
		}
		for _, part := range strings.Split(n.in.text(), omitted) {
			if part = strings.TrimSpace(part); !strings.Contains(whole, part) {
				t.Errorf("%q is not in the article %q", part, whole)
			}
		}
	}
}
