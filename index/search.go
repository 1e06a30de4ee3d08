package index

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"citebot/corpus"
)

// The two fields of a sentence in the Bleve index.
const (
	fieldText    = "text"
	fieldArticle = "article"
)

// batchSize is how many sentences are indexed at once: Bleve is slow with few, and memory grows with many.
const batchSize = 2000

// build makes the Bleve index of l's sentences. It lives in memory: scorch without a path.
func build(l *Library) (bleve.Index, error) {
	ix, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create the index: %w", err)
	}
	batch := ix.NewBatch()
	for i, s := range l.sentences {
		if err := batch.IndexAdvanced(toDocument(s, l.texts)); err != nil {
			return nil, fmt.Errorf("index sentence %d: %w", i, err)
		}
		if batch.Size() < batchSize && i < len(l.sentences)-1 {
			continue
		}
		if err := ix.Batch(batch); err != nil {
			return nil, fmt.Errorf("index %d sentences: %w", batch.Size(), err)
		}
		batch.Reset()
	}
	return ix, nil
}

// toDocument hands a sentence to Bleve as it was analyzed: positions and terms are the same for Bleve and for whoever ranks.
func toDocument(s *Sentence, terms []string) *document.Document {
	doc := document.NewDocument(documentID(s.Number))
	doc.AddField(document.NewTextFieldCustom(fieldText, nil, []byte(s.Text), bleveindex.IndexField, analyzed{s, terms}))
	doc.AddField(document.NewTextFieldCustom(fieldArticle, nil, []byte(s.Article.ID), bleveindex.IndexField, verbatim{}))
	return doc
}

// documentID keeps the order of numbers, so that equal scores come out in text order.
func documentID(number int) string { return fmt.Sprintf("%09d", number) }

// analyzed is Bleve's view of a sentence that is analyzed already.
type analyzed struct {
	sentence *Sentence
	terms    []string // by TermID
}

func (a analyzed) Analyze([]byte) analysis.TokenStream {
	stream := make(analysis.TokenStream, 0, len(a.sentence.Words))
	for i, w := range a.sentence.Words {
		if !w.Stop {
			stream = append(stream, &analysis.Token{Term: []byte(a.terms[w.Term]), Start: int(w.Start), End: int(w.End), Position: i + 1})
		}
	}
	return stream
}

// verbatim is the analyzer of a field that is one term.
type verbatim struct{}

func (verbatim) Analyze(value []byte) analysis.TokenStream {
	return analysis.TokenStream{&analysis.Token{Term: value, End: len(value), Position: 1}}
}

// Query is what to look for: any of the terms, the heavier the better.
type Query struct {
	Terms   []Term
	Article string // ID of the only article to search; "" for all
	Limit   int    // how many candidates at most
}

// Term is an analyzed word to look for, with its weight (1 is neutral).
type Term struct {
	Text   string
	Weight float64
}

// Candidate is a sentence that has some of a query's terms.
type Candidate struct {
	Sentence *Sentence
	Score    float64 // Bleve's; only the order it makes within one search means anything
	Matches  []Match // in text order
}

// Match is an occurrence of a query's term.
type Match struct {
	Term int         // position in Query.Terms
	Span corpus.Span // bytes of the sentence's text
}

// Search finds the sentences that best fit q by Bleve's scoring (tf-idf), best first, equal ones in text order. A query without
// terms finds nothing.
func (l *Library) Search(ctx context.Context, q Query) ([]Candidate, error) {
	if len(q.Terms) == 0 || q.Limit <= 0 {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(toBleve(q), q.Limit, 0, false)
	request.SortBy([]string{"-_score", "_id"})
	result, err := l.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search the index: %w", err)
	}
	wanted := map[TermID]int{}
	for i, t := range q.Terms {
		if id := l.Term(t.Text); id >= 0 {
			wanted[id] = i
		}
	}
	candidates := make([]Candidate, 0, len(result.Hits))
	for _, hit := range result.Hits {
		number, err := strconv.Atoi(hit.ID)
		if err != nil || number >= len(l.sentences) {
			return nil, fmt.Errorf("search the index: it returned an unknown sentence %q", hit.ID)
		}
		s := l.sentences[number]
		candidates = append(candidates, Candidate{Sentence: s, Score: hit.Score, Matches: matches(s, wanted)})
	}
	return candidates, nil
}

// toBleve builds the query from terms, never from text: Bleve's query syntax must not be reachable from a question.
func toBleve(q Query) query.Query {
	any := bleve.NewBooleanQuery()
	for _, t := range q.Terms {
		term := bleve.NewTermQuery(t.Text)
		term.SetField(fieldText)
		term.SetBoost(t.Weight)
		any.AddShould(term)
	}
	if q.Article != "" {
		article := bleve.NewTermQuery(q.Article)
		article.SetField(fieldArticle)
		any.AddFilter(article)
	}
	return any
}

func matches(s *Sentence, wanted map[TermID]int) []Match {
	var found []Match
	for _, w := range s.Words {
		if term, ok := wanted[w.Term]; ok && !w.Stop {
			found = append(found, Match{Term: term, Span: corpus.Span{Start: int(w.Start), End: int(w.End)}})
		}
	}
	return found
}
