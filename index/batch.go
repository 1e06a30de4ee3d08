package index

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// batchSize is how many documents are indexed at once: Bleve is slow with few, and memory grows with many.
const batchSize = 2000

// batches writes documents to a Bleve index that lives in memory: scorch without a path.
type batches struct {
	bleve bleve.Index
	next  *bleve.Batch
}

func newBatches() (*batches, error) {
	ix, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create the index: %w", err)
	}
	return &batches{ix, ix.NewBatch()}, nil
}

// add writes doc, now or with those that follow.
func (b *batches) add(doc *document.Document) error {
	if err := b.next.IndexAdvanced(doc); err != nil {
		return fmt.Errorf("index %s: %w", doc.ID(), err)
	}
	if b.next.Size() < batchSize {
		return nil
	}
	return b.flush()
}

// flush writes what has been added and not been written.
func (b *batches) flush() error {
	if b.next.Size() == 0 {
		return nil
	}
	if err := b.bleve.Batch(b.next); err != nil {
		return fmt.Errorf("index %d documents: %w", b.next.Size(), err)
	}
	b.next.Reset()
	return nil
}

// addField gives doc a field of tokens.
func addField(doc *document.Document, name string, tokens analysis.TokenStream) {
	doc.AddField(document.NewTextFieldCustom(name, nil, nil, bleveindex.IndexField, analyzed(tokens)))
}

// analyzed is a field's text that is analyzed already.
type analyzed analysis.TokenStream

func (a analyzed) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(a) }

// keywords are texts as tokens, each a whole.
func keywords(texts ...string) analysis.TokenStream {
	var stream analysis.TokenStream
	for i, text := range texts {
		stream = append(stream, &analysis.Token{Term: []byte(text), Position: i + 1})
	}
	return stream
}
