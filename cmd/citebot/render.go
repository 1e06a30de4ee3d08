package main

import (
	"cmp"
	"fmt"
	"strings"

	"citebot/answer"
	"citebot/corpus"
)

// answer prints a, with those of its passages that are to be shown.
func (s screen) answer(a answer.Answer, shown []answer.Passage) {
	if a.Reason != "" {
		s.paragraph("", "", stretch{a.Reason, plain})
	}
	if a.Verdict == answer.Refused && len(shown) > 0 {
		s.paragraph("", "", stretch{"The closest passages:", dim})
	}
	if a.Reason != "" && len(shown) > 0 {
		s.line("")
	}
	s.passages(shown, a.Verdict, 0)
}

// passages prints ps, which follow skipped others. They are numbered unless there is just one. A terminal also gets,
// dimmed, the sentence before one that answers, as that is where "he" and "it" are named.
func (s screen) passages(ps []answer.Passage, verdict answer.Verdict, skipped int) {
	for i, p := range ps {
		if i > 0 {
			s.line("")
		}
		first, rest := "", "  "
		if len(ps)+skipped > 1 {
			first = fmt.Sprintf("%d. ", skipped+i+1)
			rest = strings.Repeat(" ", len(first))
		}
		text := emphasised(p.Text, p.Highlights, verdict)
		if s.styled && verdict == answer.Answered {
			text = append([]stretch{{sentenceBefore(p), dim}}, text...)
		}
		s.paragraph(first, strings.Repeat(" ", len(first)), text...)
		s.citation(rest, p.Citation)
	}
}

// citation prints where a passage stands, and under it the address that opens it there.
func (s screen) citation(indent string, c corpus.Citation) {
	s.paragraph(indent+"— ", indent+"  ", stretch{c.String(), dim})
	if c.URL != "" {
		s.line("%s  %s", indent, c.URL)
	}
}

// emphasised is text with highlights in bold; all of it is dim in a refusal.
func emphasised(text string, highlights []corpus.Span, verdict answer.Verdict) []stretch {
	if verdict == answer.Refused {
		return []stretch{{text, dim}}
	}
	var stretches []stretch
	at := 0
	for _, h := range highlights {
		stretches = append(stretches, stretch{text[at:h.Start], plain}, stretch{text[h.Start:h.End], bold})
		at = h.End
	}
	return append(stretches, stretch{text[at:], plain})
}

// sentenceBefore is the sentence before p in its paragraph with the space between them, or "".
func sentenceBefore(p answer.Passage) string {
	if p.Place.Sentence == 0 {
		return ""
	}
	before := p.Article.Paragraphs[p.Place.Paragraph].Sentences[p.Place.Sentence-1]
	return p.Before[before.Start:]
}

// context prints the paragraph of p, with p in bold, and dimmed the paragraphs around it: in news, one is often but a sentence.
func (s screen) context(p answer.Passage) {
	paragraphs := p.Article.Paragraphs
	if before := p.Place.Paragraph - 1; before >= 0 {
		s.paragraph("", "", stretch{paragraphs[before].Text, dim})
		s.line("")
	}
	s.paragraph("", "", stretch{p.Before, plain}, stretch{p.Text, bold}, stretch{p.After, plain})
	s.citation("  ", p.Citation)
	if after := p.Place.Paragraph + 1; after < len(paragraphs) {
		s.line("")
		s.paragraph("", "", stretch{paragraphs[after].Text, dim})
	}
}

// quoted prints the quotations that query found. If it asked for nothing in particular, or nothing was found: who is quoted.
func (s screen) quoted(engine *answer.Engine, query answer.QuoteQuery, found []answer.Quote) {
	if len(found) > 0 && query != (answer.QuoteQuery{}) {
		s.quotes(found)
		return
	}
	speakers := engine.Speakers("")
	switch {
	case len(speakers) == 0:
		s.line("Nobody is quoted.")
	case len(found) == 0:
		s.line("No quotation fits. Quoted are:")
	}
	s.speakers(speakers)
}

// quotes prints quotations, each with its speaker and its place.
func (s screen) quotes(qs []answer.Quote) {
	for i, q := range qs {
		if i > 0 {
			s.line("")
		}
		s.paragraph("", "", stretch{q.Text, plain})
		speaker := stretch{q.Quotation.Speaker, bold}
		if speaker.text == "" {
			speaker = stretch{unnamed, dim}
		}
		s.paragraph("  — ", "    ", speaker, stretch{", " + q.Citation.String(), dim})
		if q.Citation.URL != "" {
			s.line("    %s", q.Citation.URL)
		}
	}
}

// unnamed stands for the speaker where the article does not say who speaks, or not clearly.
const unnamed = "speaker not named"

// speakers prints who is quoted, and how often.
func (s screen) speakers(speakers []answer.Speaker) {
	for _, speaker := range speakers {
		s.line("%4d  %s", speaker.Quotations, cmp.Or(speaker.Name, unnamed))
	}
}

// articles prints what is known of each article.
func (s screen) articles(articles []*corpus.Article) {
	for i, a := range articles {
		if i > 0 {
			s.line("")
		}
		s.paragraph("", "", stretch{a.Title, bold})
		if by := joined(a.Author, a.Source, a.Published); by != "" {
			s.paragraph("  ", "  ", stretch{by, plain})
		}
		s.paragraph("  ", "  ", stretch{joined(
			count(len(a.Paragraphs), "paragraph"),
			count(a.SentenceCount(), "sentence"),
			count(len(a.Quotations), "quotation"),
		), plain})
		if a.URL != "" {
			s.line("  %s", a.URL)
		}
		for _, warning := range a.Warnings {
			s.paragraph("  ", "  ", stretch{"Warning: " + warning, plain})
		}
	}
}

// joined lists the parts that are not empty.
func joined(parts ...string) string {
	var some []string
	for _, part := range parts {
		if part != "" {
			some = append(some, part)
		}
	}
	return strings.Join(some, ", ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
