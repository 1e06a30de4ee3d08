package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/search/query"

	"citebot/corpus"
)

// spoken is an index of a library's quotations and of who is quoted, for whoever is typing. A document is a quotation (fields
// said, name, by and article) or a speaker (speaker, and article for each that quotes them).
type spoken struct {
	bleve      bleve.Index
	quotations []Spoken
	speakers   []string // most quoted first, then by name
	vocabulary vocabulary
}

// Spoken is a quotation.
type Spoken struct {
	Article *corpus.Article
	Number  int // among the article's quotations, from 0
}

const (
	fieldSaid    = "said"    // the words between a quotation's marks, its attribution included
	fieldName    = "name"    // words of its speaker's name
	fieldBy      = "by"      // its speaker's whole name
	fieldSpeaker = "speaker" // words of a speaker's name
)

// newSpoken indexes the quotations of articles in memory.
func newSpoken(articles []*corpus.Article, a *Analyzer) (*spoken, error) {
	documents, err := newBatches()
	if err != nil {
		return nil, err
	}
	s := &spoken{bleve: documents.bleve}
	memory, counts := known{}, map[string]int{}
	words := func(text string) analysis.TokenStream {
		stream := wordStream(a, text, memory, nil)
		for _, t := range stream {
			counts[string(t.Term)]++
		}
		return stream
	}
	quotedIn, times := map[string][]string{}, map[string]int{}
	for _, article := range articles {
		for n, q := range article.Quotations {
			doc := document.NewDocument(fmt.Sprintf("q%09d", len(s.quotations)))
			addField(doc, fieldSaid, words(article.QuotationText(q)))
			addField(doc, fieldName, words(q.Speaker))
			addField(doc, fieldBy, keywords(q.Speaker))
			addField(doc, fieldArticle, keywords(article.ID))
			if err := documents.add(doc); err != nil {
				return nil, err
			}
			s.quotations = append(s.quotations, Spoken{article, n})
			if in := quotedIn[q.Speaker]; q.Speaker != "" && (len(in) == 0 || in[len(in)-1] != article.ID) {
				quotedIn[q.Speaker] = append(in, article.ID)
			}
			times[q.Speaker]++
		}
	}
	for name := range quotedIn {
		s.speakers = append(s.speakers, name)
	}
	slices.SortFunc(s.speakers, func(a, b string) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	for i, name := range s.speakers {
		doc := document.NewDocument(fmt.Sprintf("s%09d", i))
		addField(doc, fieldSpeaker, words(name))
		addField(doc, fieldArticle, keywords(quotedIn[name]...))
		if err := documents.add(doc); err != nil {
			return nil, err
		}
	}
	s.vocabulary = newVocabulary(counts)
	return s, documents.flush()
}

// number is what stands after the letter of a document's ID.
func number(id string, of int) (int, error) {
	n, err := strconv.Atoi(id[1:])
	if err != nil || n >= of {
		return 0, fmt.Errorf("the index returned an unknown quotation %q", id)
	}
	return n, nil
}

func inArticle(id string) []query.Query {
	if id == "" {
		return nil
	}
	return []query.Query{termQuery(fieldArticle, id, 1)}
}

// PrepareSpoken indexes the quotations, unless that has been done.
func (l *Library) PrepareSpoken() error {
	_, err := l.spoken()
	return err
}

// Quotations are the quotations whose words or whose speaker's name fit what is typed, best first; with a speaker's whole name,
// that speaker's only. The first call indexes them.
func (l *Library) Quotations(ctx context.Context, typed Typed, speaker string) ([]Spoken, error) {
	s, err := l.spoken()
	if err != nil {
		return nil, err
	}
	filters := inArticle(typed.Article)
	if speaker != "" {
		filters = append(filters, termQuery(fieldBy, speaker, 1))
	}
	words := typedWords(l.spelled, typed.Text, l.stop)
	ids, err := searchTyped(ctx, s.bleve, words, s.vocabulary, l.stop, typed.Limit, []string{fieldSaid, fieldName}, filters...)
	if err != nil {
		return nil, err
	}
	found := make([]Spoken, len(ids))
	for i, id := range ids {
		n, err := number(id, len(s.quotations))
		if err != nil {
			return nil, err
		}
		found[i] = s.quotations[n]
	}
	return found, nil
}

// Speakers are the names of those quoted whose names fit what is typed, best first, equal ones the most quoted first. The first
// call indexes them.
func (l *Library) Speakers(ctx context.Context, typed Typed) ([]string, error) {
	s, err := l.spoken()
	if err != nil {
		return nil, err
	}
	words := typedWords(l.spelled, typed.Text, nil)
	ids, err := searchTyped(ctx, s.bleve, words, s.vocabulary, nil, typed.Limit, []string{fieldSpeaker}, inArticle(typed.Article)...)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		n, err := number(id, len(s.speakers))
		if err != nil {
			return nil, err
		}
		names[i] = s.speakers[n]
	}
	return names, nil
}
