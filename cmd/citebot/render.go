package main

import (
	"cmp"
	"fmt"
	"strings"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// answer prints a, with those of its passages that are to be shown.
func (s screen) answer(a answer.Answer, shown []answer.Passage) {
	if a.Reason != "" {
		s.paragraph("", "", stretch{a.Reason, plain})
	}
	if a.Verdict == answer.Refused && len(shown) > 0 {
		s.paragraph("", "", stretch{"The closest passages:", dim})
	}
	if a.Best == 2 {
		s.paragraph("", "", stretch{eitherOf(len(shown)), dim})
	}
	if (a.Reason != "" || a.Best == 2) && len(shown) > 0 {
		s.line("")
	}
	s.passages(shown, a.Verdict, 0)
}

// eitherOf says of an answer that shows so many passages that it is a toss-up between the first two.
func eitherOf(shown int) string {
	if shown == 2 {
		return "One of these answers, or both do:"
	}
	return "One of the first two answers, or both do:"
}

// passages prints ps, which follow skipped others. They are numbered unless there is just one. A terminal also gets,
// dimmed, what stands before one that answers, as that is where "he" and "it" are named.
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
		s.passage(first, p, verdict)
		s.citation(rest, p.Citation)
	}
}

// passage prints what p shows, its first line after first.
func (s screen) passage(first string, p answer.Passage, verdict answer.Verdict) {
	rest := strings.Repeat(" ", len(first))
	before := ""
	if s.styled && verdict == answer.Answered {
		before = sentenceBefore(p)
		if lead := leadIn(p); lead != "" {
			s.paragraph(first, rest, stretch{lead, dim})
			first = rest
		}
	}
	s.parts(first, p.Parts(), func(part answer.Part) []stretch {
		text := emphasised(part.Text, part.Highlights, verdict)
		if before != "" {
			text = append([]stretch{{before, dim}}, text...)
			before = ""
		}
		return text
	})
}

// parts prints parts, each as its kind asks for, the first line after first.
func (s screen) parts(first string, parts []answer.Part, styled func(answer.Part) []stretch) {
	rest := strings.Repeat(" ", len(first))
	for i, part := range parts {
		text, from := styled(part), rest
		if i == 0 {
			from = first
		}
		switch {
		case part.Kind == corpus.Code:
			s.code(from+codeIndent, rest+codeIndent, text...)
		case part.Kind == corpus.Row, part.Kind == corpus.TableHead:
			s.paragraph(from, rest, s.cells(text)...)
		case part.Kind == corpus.Item && i > 0:
			indent := strings.Repeat("  ", part.Depth)
			if !part.IsNumbered() {
				from, indent = from+indent+"- ", indent+"  "
			} else {
				from += indent
			}
			s.paragraph(from, rest+indent, text...)
		default:
			s.paragraph(from, rest, text...)
		}
	}
}

// codeIndent stands before each line of code.
const codeIndent = "    "

// cells sets the cells of a row, between which there are tabs, apart where lines are wrapped and tabs would not show.
func (s screen) cells(text []stretch) []stretch {
	if s.width == 0 {
		return text
	}
	var apart []stretch
	for _, t := range text {
		apart = append(apart, stretch{strings.ReplaceAll(t.text, "\t", " | "), t.style})
	}
	return apart
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

// sentenceBefore is the sentence before what p shows, in the same paragraph, with the space between them; or "".
func sentenceBefore(p answer.Passage) string {
	if p.First.Sentence == 0 {
		return ""
	}
	b := p.Article.Blocks[p.First.Block]
	return b.Text[b.Sentences[p.First.Sentence-1].Start:b.Sentences[p.First.Sentence].Start]
}

// leadIn is the sentence that leads in to the item or the code that p shows the beginning of; or "".
func leadIn(p answer.Passage) string {
	b := p.Article.Blocks[p.First.Block]
	if p.First.Sentence > 0 || b.Lead < 0 || b.Kind == corpus.Row {
		return "" // above a row, its head is shown in any case
	}
	lead := p.Article.Blocks[b.Lead]
	last := lead.Sentences[len(lead.Sentences)-1]
	return lead.Text[last.Start:last.End]
}

// context prints the paragraphs of p whole, with its sentence in bold, and dimmed those around them: in news, one is often
// but a sentence.
func (s screen) context(p answer.Passage) {
	blocks := p.Article.Blocks
	if before := p.First.Block - 1; before >= 0 && blocks[before].Kind != corpus.TableHead {
		s.dimmed(blocks[before])
		s.line("")
	}
	p.First.Sentence, p.Last.Sentence = 0, len(blocks[p.Last.Block].Sentences)-1
	s.parts("", p.Parts(), func(part answer.Part) []stretch {
		return []stretch{{part.Text[:part.Sentence.Start], plain}, {part.Text[part.Sentence.Start:part.Sentence.End], bold}, {part.Text[part.Sentence.End:], plain}}
	})
	s.citation("  ", p.Citation)
	if after := p.Last.Block + 1; after < len(blocks) {
		s.line("")
		s.dimmed(blocks[after])
	}
}

// dimmed prints a block in dim letters.
func (s screen) dimmed(b corpus.Block) {
	s.parts("", []answer.Part{{Kind: b.Kind, Text: b.Text}}, func(part answer.Part) []stretch { return []stretch{{part.Text, dim}} })
}

// quoted prints the quotations that query found. If it asked for nothing in particular, or nothing was found: who is quoted.
func (s screen) quoted(finder *quote.Finder, query quote.Query, found []quote.Quote) {
	if len(found) > 0 && query != (quote.Query{}) {
		s.quotes(found)
		return
	}
	speakers := finder.Speakers("")
	switch {
	case len(speakers) == 0:
		s.line("Nobody is quoted.")
	case len(found) == 0:
		s.line("No quotation fits. Quoted are:")
	}
	s.speakers(speakers)
}

// quotes prints quotations, each with its speaker and its place.
func (s screen) quotes(qs []quote.Quote) {
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
func (s screen) speakers(speakers []quote.Speaker) {
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
			count(len(a.Blocks), "paragraph"),
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
