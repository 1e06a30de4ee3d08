package corpus

import (
	"fmt"
	"strings"
)

// Citation is what a reader needs to find a passage again.
type Citation struct {
	Title     string
	Published string // as in Article
	Paragraph int    // 1-based, as people count
	Sentence  int    // 1-based within the paragraph
	URL       string // opens the source scrolled to the passage (a text fragment); "" without an article URL
}

// Cite makes the citation of the sentence at p.
func (a *Article) Cite(p Place) Citation {
	c := Citation{Title: a.Title, Published: a.Published, Paragraph: p.Paragraph + 1, Sentence: p.Sentence + 1}
	if a.URL != "" && a.Has(p) {
		c.URL = a.fragmentURL(p)
	}
	return c
}

// Byline is what the source says of the article itself, on one line and without what is not known: “Title”, by Author, Source, 7 August 2025.
func (a *Article) Byline() string {
	parts := []string{"“" + oneLine(a.Title) + "”"}
	if author := oneLine(a.Author); author != "" {
		parts = append(parts, "by "+author)
	}
	if source := oneLine(a.Source); source != "" {
		parts = append(parts, source)
	}
	if date := oneLine(a.Published); date != "" {
		parts = append(parts, longDate(date))
	}
	return strings.Join(parts, ", ")
}

// String is the citation on one line, without what is not known: “Title”, 7 August 2025, ¶6 s2.
func (c Citation) String() string {
	var parts []string
	if title := oneLine(c.Title); title != "" {
		parts = append(parts, "“"+title+"”")
	}
	if date := oneLine(c.Published); date != "" {
		parts = append(parts, longDate(date))
	}
	if c.Paragraph > 0 && c.Sentence > 0 {
		parts = append(parts, fmt.Sprintf("¶%d s%d", c.Paragraph, c.Sentence))
	}
	return strings.Join(parts, ", ")
}
