// Package corpus holds what is read: articles, their sections, blocks and sentences, and the quotations in them.
//
// An [Article] keeps every block's text exactly as a reader of the source sees it, and everything else (sentences,
// quotations, citations, windows) points into that text with byte offsets. Nothing downstream ever builds a passage from
// pieces: what is shown is a slice of [Block.Text].
package corpus

import "strings"

// Article is a titled text. It is immutable once loaded and safe for concurrent use.
type Article struct {
	ID         string // unique within a library; from the front matter, else made from the file name
	Title      string
	Author     string // "" if unknown, as are Source, URL, Published and Language
	Source     string // who published it, as "BBC News"
	URL        string // absolute http(s) address of the original
	Published  string // ISO 8601 date ("2025-08-07") where it could be understood, else as the source wrote it
	Language   string // BCP 47 tag in lower case ("en", "pt-br")
	Sections   []Section
	Blocks     []Block
	Quotations []Quotation // in text order
	Warnings   []string    // what was odd about the source, one sentence each; the article is usable all the same
}

// Section is the blocks that stand under one heading path. An article's sections follow each other without gaps, and none is empty.
type Section struct {
	Headings   []string // outermost first, each on one line, the article's title left out; none before the first heading
	Start, End int      // the blocks [Start, End)
}

// Kind is what a block looks like to a reader.
type Kind int

const (
	Paragraph Kind = iota
	Item           // of a list
	Row            // of a table
	Code           // lines set in a fixed width
	Quote          // a paragraph of a block quotation
	TableHead      // the row of a table that names its columns: shown and cited, but never an answer
)

func (k Kind) String() string {
	switch k {
	case Item:
		return "item"
	case Row:
		return "row"
	case Code:
		return "code"
	case Quote:
		return "quote"
	case TableHead:
		return "head"
	}
	return "paragraph"
}

// Block is a run of text that a reader sees set apart, and the sentences in it. Headings are not blocks, see [Section].
type Block struct {
	Kind    Kind
	Section int // its number in the article, from 0
	// Lead is the number of the block that leads in, an earlier one of the same section: the line before a list, the item
	// that a list is nested in, the head row of a table, the line before code. -1 if there is none.
	Lead int
	Text string // valid UTF-8, as a reader of the source sees it
	// Sentences are in order and do not overlap; white space between them belongs to none. A line of code is one, and a
	// row of a table.
	Sentences []Span
}

// Span is a range of bytes, [Start, End), in the text of one block.
type Span struct {
	Start, End int
}

// Place names one sentence of an article: both numbers count from 0. People are shown 1-based numbers; see [Citation].
type Place struct {
	Block, Sentence int
}

// New makes an article of paragraphs that are in memory already: it finds sentences and quotations, and guesses no
// headings, lists or tables. Only meta's ID, Title, Author, Source, URL, Published and Language are used. Invalid UTF-8 is
// replaced, with a warning.
func New(meta Article, paragraphs []string) *Article {
	blocks := make([]Block, len(paragraphs))
	for i, text := range paragraphs {
		blocks[i] = Block{Lead: -1, Text: text}
	}
	sections := []Section{{End: len(blocks)}}
	if len(blocks) == 0 {
		sections = nil
	}
	return assemble(meta, sections, blocks)
}

// assemble makes an article of blocks whose sentences are not known yet.
func assemble(meta Article, sections []Section, blocks []Block) *Article {
	a := &Article{
		ID:        meta.ID,
		Title:     meta.Title,
		Author:    meta.Author,
		Source:    meta.Source,
		URL:       meta.URL,
		Published: meta.Published,
		Language:  meta.Language,
		Sections:  sections,
		Blocks:    blocks,
	}
	replaced := false
	for i := range blocks {
		b := &blocks[i]
		text := strings.ToValidUTF8(b.Text, "\uFFFD")
		replaced = replaced || text != b.Text
		b.Text = text
		b.Sentences = sentencesOf(b.Kind, text)
	}
	if replaced {
		a.Warnings = append(a.Warnings, "Some bytes are not valid UTF-8; they show as \uFFFD.")
	}
	a.Quotations = findQuotations(a)
	return a
}

// Sentence is the text of the sentence at p, which must exist.
func (a *Article) Sentence(p Place) string {
	b := a.Blocks[p.Block]
	s := b.Sentences[p.Sentence]
	return b.Text[s.Start:s.End]
}

// Has reports whether the article has a sentence at p.
func (a *Article) Has(p Place) bool {
	return p.Block >= 0 && p.Block < len(a.Blocks) &&
		p.Sentence >= 0 && p.Sentence < len(a.Blocks[p.Block].Sentences)
}

// Headings is the heading path above p, outermost first, without the article's title; nil if there is none.
func (a *Article) Headings(p Place) []string {
	if p.Block < 0 || p.Block >= len(a.Blocks) {
		return nil
	}
	if s := a.Blocks[p.Block].Section; s < len(a.Sections) {
		return a.Sections[s].Headings
	}
	return nil
}

// SentenceCount is the number of sentences in the whole article.
func (a *Article) SentenceCount() int {
	n := 0
	for _, b := range a.Blocks {
		n += len(b.Sentences)
	}
	return n
}

// SentenceAt is the number (from 0) of the sentence of block b that holds the byte at offset, or the last one that starts
// before it. A block without sentences yields 0.
func (b Block) SentenceAt(offset int) int {
	at := 0
	for i, s := range b.Sentences {
		if s.Start > offset {
			break
		}
		at = i
	}
	return at
}
