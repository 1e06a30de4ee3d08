package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
)

func openTFIDF(_ context.Context, articles []*corpus.Article) (eval.Engine, error) {
	return openBleve("tf-idf", articles)
}

func openBM25(_ context.Context, articles []*corpus.Article) (eval.Engine, error) {
	return openBleve("bm25", articles)
}

// bleveEngine is Bleve as it comes: its English analyzer, its scoring.
type bleveEngine struct {
	sentences sentences
	index     bleve.Index
}

func openBleve(scoring string, articles []*corpus.Article) (eval.Engine, error) {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = en.AnalyzerName
	mapping.ScoringModel = scoring
	// Scorch without a path is in memory; bleve.NewMemOnly would take an older and slower store.
	x, err := bleve.NewUsing("", mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create the index: %w", err)
	}
	b := bleveEngine{newSentences(articles), x}
	if err := b.fill(); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return b, nil
}

// fill indexes the sentences in one batch, which makes one segment: with more, bm25 scores depend on how many there are.
func (b bleveEngine) fill() error {
	batch := b.index.NewBatch()
	for n, s := range b.sentences {
		if err := batch.Index(fmt.Sprintf("%08d", n), map[string]any{"text": s.Text}); err != nil {
			return fmt.Errorf("index sentence %d: %w", n, err)
		}
	}
	if err := b.index.Batch(batch); err != nil {
		return fmt.Errorf("index the sentences: %w", err)
	}
	return nil
}

func (b bleveEngine) Ask(ctx context.Context, q answer.Question, _ answer.Conversation) (answer.Answer, error) {
	query := bleve.NewMatchQuery(q.Text)
	query.SetField("text")
	request := bleve.NewSearchRequestOptions(query, q.Top, 0, false)
	request.SortBy([]string{"-_score", "_id"}) // ties in the order of the text
	hits, err := b.index.SearchInContext(ctx, request)
	if err != nil {
		return answer.Answer{}, fmt.Errorf("search with Bleve: %w", err)
	}
	var found []int
	for _, h := range hits.Hits {
		n, err := strconv.Atoi(h.ID)
		if err != nil {
			return answer.Answer{}, fmt.Errorf("read the number of the sentence found: %w", err)
		}
		found = append(found, n)
	}
	return b.sentences.answer(q, found)
}

func (b bleveEngine) Close() error { return b.index.Close() }
