package index

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"

	"citebot/corpus"
)

// A document of the Bleve index is a sentence of a window. Its ID is the window's number and the sentence's place in it; its
// fields are these. Text, headings and title are in a field for each language, so that one question can search articles
// of several languages, each in its own words.
const (
	fieldText    = "text"
	fieldHeading = "heading" // the headings above the sentence
	fieldTitle   = "title"   // the article's
	fieldArticle = "article" // the article's ID
)

// Beside these, fieldWord has the sentence as it is spelled, for whoever is typing.

// inLanguage is the name of the field for text of a language.
func inLanguage(field, language string) string { return field + "." + language }

// documentID keeps the order of the text, so that equal scores come out in it.
func documentID(window, sentence int) string { return fmt.Sprintf("%08d.%04d", window, sentence) }

// parseID is the reverse of documentID.
func parseID(id string) (window, sentence int, err error) {
	w, s, _ := strings.Cut(id, ".")
	window, err = strconv.Atoi(w)
	if err == nil {
		sentence, err = strconv.Atoi(s)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("the index returned an unknown sentence %q", id)
	}
	return window, sentence, nil
}

// build makes the Bleve index of l's sentences, and their vocabulary.
func build(l *Library) (bleve.Index, error) {
	documents, err := newBatches()
	if err != nil {
		return nil, err
	}
	memory, counts := map[*Analyzer]known{l.spelled: {}}, map[string]int{}
	for _, w := range l.windows {
		writer := newWriter(w, l.Analyzer(w.Article), memory)
		for i, p := range w.Sentences {
			words := wordStream(l.spelled, w.Article.Sentence(p), memory[l.spelled], l.stop)
			for _, t := range words {
				counts[string(t.Term)]++
			}
			if err := documents.add(writer.document(i, p, words)); err != nil {
				return nil, err
			}
		}
	}
	l.vocabulary = newVocabulary(counts)
	return documents.bleve, documents.flush()
}

// writer makes the documents of one window.
type writer struct {
	window         Window
	analyzer       *Analyzer
	memory         known
	headings       analysis.TokenStream
	title, article analysis.TokenStream
}

func newWriter(w Window, a *Analyzer, memory map[*Analyzer]known) *writer {
	if memory[a] == nil {
		memory[a] = known{}
	}
	wr := &writer{window: w, analyzer: a, memory: memory[a]}
	if len(w.Sentences) > 0 {
		for _, h := range w.Article.Headings(w.Sentences[0]) {
			wr.headings = append(wr.headings, wr.stream(h)...)
		}
	}
	wr.title = wr.stream(w.Article.Title)
	wr.article = keywords(w.Article.ID)
	return wr
}

// stream is Bleve's view of text: the tokens that are indexed.
func (w *writer) stream(text string) analysis.TokenStream {
	var stream analysis.TokenStream
	for i, t := range w.analyzer.tokens(text, w.memory) {
		if !t.Stop {
			stream = append(stream, &analysis.Token{Term: []byte(t.Term), Start: t.Start, End: t.End, Position: i + 1})
		}
	}
	return stream
}

func (w *writer) document(i int, p corpus.Place, words analysis.TokenStream) *document.Document {
	doc := document.NewDocument(documentID(w.window.Number, i))
	language := w.analyzer.Language()
	addField(doc, inLanguage(fieldText, language), w.stream(w.window.Article.Sentence(p)))
	addField(doc, inLanguage(fieldHeading, language), w.headings)
	addField(doc, inLanguage(fieldTitle, language), w.title)
	addField(doc, fieldArticle, w.article)
	addField(doc, fieldWord, words)
	return doc
}
