// Package corpus holds what is read: articles, their paragraphs and sentences, and the quotations in them.
//
// An [Article] keeps every paragraph's text exactly as a reader of the source sees it, and everything else (sentences,
// quotations, citations) points into that text with byte offsets. Nothing downstream ever builds a passage from pieces:
// what is shown is a slice of [Paragraph.Text].
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
	Paragraphs []Paragraph
	Quotations []Quotation // in text order
	Warnings   []string    // what was odd about the source, one sentence each; the article is usable all the same
}

// Paragraph is a run of text without paragraph breaks, and the sentences in it.
type Paragraph struct {
	Text      string // valid UTF-8, as in the source
	Sentences []Span // in order, not overlapping; white space between them belongs to none
}

// Span is a range of bytes, [Start, End), in the text of one paragraph.
type Span struct {
	Start, End int
}

// Place names one sentence of an article: both numbers count from 0. People are shown 1-based numbers; see [Citation].
type Place struct {
	Paragraph, Sentence int
}

// New makes an article of paragraphs that are in memory already: it finds sentences and quotations. Only meta's ID, Title,
// Author, Source, URL, Published and Language are used. Invalid UTF-8 is replaced, with a warning.
func New(meta Article, paragraphs []string) *Article {
	a := &Article{
		ID:        meta.ID,
		Title:     meta.Title,
		Author:    meta.Author,
		Source:    meta.Source,
		URL:       meta.URL,
		Published: meta.Published,
		Language:  meta.Language,
	}
	a.Paragraphs = make([]Paragraph, len(paragraphs))
	replaced := false
	for i, raw := range paragraphs {
		text := strings.ToValidUTF8(raw, "\uFFFD")
		replaced = replaced || text != raw
		a.Paragraphs[i] = Paragraph{Text: text, Sentences: splitSentences(text)}
	}
	if replaced {
		a.Warnings = append(a.Warnings, "Some bytes are not valid UTF-8; they show as \uFFFD.")
	}
	a.Quotations = findQuotations(a)
	return a
}

// Sentence is the text of the sentence at p, which must exist.
func (a *Article) Sentence(p Place) string {
	par := a.Paragraphs[p.Paragraph]
	s := par.Sentences[p.Sentence]
	return par.Text[s.Start:s.End]
}

// Has reports whether the article has a sentence at p.
func (a *Article) Has(p Place) bool {
	return p.Paragraph >= 0 && p.Paragraph < len(a.Paragraphs) &&
		p.Sentence >= 0 && p.Sentence < len(a.Paragraphs[p.Paragraph].Sentences)
}

// SentenceCount is the number of sentences in the whole article.
func (a *Article) SentenceCount() int {
	n := 0
	for _, p := range a.Paragraphs {
		n += len(p.Sentences)
	}
	return n
}

// SentenceAt is the number (from 0) of the sentence of paragraph p that holds the byte at offset, or the last one that
// starts before it. A paragraph without sentences yields 0.
func (p Paragraph) SentenceAt(offset int) int {
	at := 0
	for i, s := range p.Sentences {
		if s.Start > offset {
			break
		}
		at = i
	}
	return at
}
