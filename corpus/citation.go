package corpus

import (
	"fmt"
	"strings"
)

// Citation is what a reader needs to find a passage again.
type Citation struct {
	Title     string
	Headings  []string // of the section, outermost first, without the title
	Published string   // as in Article
	Block     int      // 1-based, as people count
	Sentence  int      // 1-based within the block
	URL       string   // opens the source scrolled to the passage (a text fragment); "" without an article URL
}

// Cite makes the citation of the sentence at p.
func (a *Article) Cite(p Place) Citation {
	c := Citation{Title: a.Title, Headings: a.Headings(p), Published: a.Published, Block: p.Block + 1, Sentence: p.Sentence + 1}
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

// String is the citation on one line, without what is not known: “Title” › Heading, 7 August 2025, ¶6 s2. Of the headings it
// has the last, shortened if it is long.
func (c Citation) String() string {
	var parts []string
	where := ""
	if title := oneLine(c.Title); title != "" {
		where = "“" + title + "”"
	}
	if n := len(c.Headings); n > 0 {
		where = strings.TrimSpace(where + " › " + shortened(oneLine(c.Headings[n-1])))
	}
	if where != "" {
		parts = append(parts, where)
	}
	if date := oneLine(c.Published); date != "" {
		parts = append(parts, longDate(date))
	}
	if c.Block > 0 && c.Sentence > 0 {
		parts = append(parts, fmt.Sprintf("¶%d s%d", c.Block, c.Sentence))
	}
	return strings.Join(parts, ", ")
}

// shortened is s, or its first words and … if it has more than 60 characters.
func shortened(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	head := string(runes[:most-1])
	if i := strings.LastIndexByte(head, ' '); i > len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,.;:–—-") + "…"
}
