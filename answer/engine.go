package answer

import (
	"context"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// Engine answers questions from one library. It is safe for concurrent use.
type Engine struct {
	library *index.Library
	model   *reader.Model // nil: nobody reads, and Bleve's order stands
	windows windows
}

// New makes an engine that answers from library. Without a model the order is Bleve's, and no verdict is better than closest.
func New(library *index.Library, model *reader.Model) *Engine {
	return &Engine{library: library, model: model, windows: windowsFor(model)}
}

// Articles lists what can be asked about, in the library's order.
func (e *Engine) Articles() []*corpus.Article { return e.library.Articles() }

// Article is the article with that ID, or nil.
func (e *Engine) Article(id string) *corpus.Article { return e.library.Article(id) }

// Ask answers q in the light of the conversation before it. Every question gets an answer, if only a refusal; an error
// means that the index failed or ctx ended.
func (e *Engine) Ask(ctx context.Context, q Question, c Conversation) (Answer, error) {
	t, err := e.Trace(ctx, q, c)
	return t.Answer, err
}

// Trace answers q as Ask does, and tells how the answer came about.
func (e *Engine) Trace(ctx context.Context, q Question, c Conversation) (Trace, error) {
	asked := e.understand(q, c)
	if a, ok := e.reply(asked); ok {
		return Trace{Answer: a}, nil
	}
	t := Trace{Question: asked.text, Before: asked.before, Shown: asked.shownText}
	var err error
	if t.Windows, err = e.retrieve(ctx, asked); err != nil {
		return Trace{}, err
	}
	if t.Sentences, t.Read, err = e.read(ctx, asked, t.Windows); err != nil {
		return Trace{}, err
	}
	if t.Read {
		c := calibrationOf(asked.article != nil)
		t.RefuseBelow, t.AnswerFrom = c.refuse, c.answer
	}
	t.Answer = e.decide(asked, t.Sentences, t.Read)
	return t, nil
}
