package eval

import (
	"context"
	"errors"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// Engine is what is measured.
type Engine interface {
	Ask(context.Context, answer.Question, answer.Conversation) (answer.Answer, error)
	Close() error
}

// Open makes an engine that answers from articles and nothing else.
type Open func(ctx context.Context, articles []*corpus.Article) (Engine, error)

// Citebot opens the engine that the program itself answers with, once it has all its vectors: what it finds before would
// depend on the time. The model may serve any number of engines.
func Citebot(model *reader.Model) Open {
	return func(ctx context.Context, articles []*corpus.Article) (Engine, error) {
		return NewTracer(ctx, articles, model)
	}
}

// Tracer is the program's engine, which also tells how an answer came about.
type Tracer struct {
	*answer.Engine
	library *index.Library
}

// NewTracer is what [Citebot] opens.
func NewTracer(ctx context.Context, articles []*corpus.Article, model *reader.Model) (*Tracer, error) {
	library, err := index.New(articles, model, index.Options{})
	if err != nil {
		return nil, err
	}
	if err := library.Wait(ctx); err != nil {
		return nil, errors.Join(err, library.Close())
	}
	return &Tracer{answer.New(library, model), library}, nil
}

// Close frees what the engine answers from.
func (t *Tracer) Close() error { return t.library.Close() }
