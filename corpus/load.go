package corpus

import "strings"

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
		a.Warnings = append(a.Warnings, "Some bytes are not valid UTF-8 and show as \uFFFD.")
	}
	a.Quotations = findQuotations(a)
	return a
}
