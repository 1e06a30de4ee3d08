package answer

import (
	"context"

	"citebot/corpus"
	"citebot/index"
)

// Engine answers questions from one library. It is safe for concurrent use.
type Engine struct {
	library *index.Library
}

// New makes an engine that answers from library.
func New(library *index.Library) *Engine { return &Engine{library: library} }

// Articles lists what can be asked about, in the library's order.
func (e *Engine) Articles() []*corpus.Article {
	var articles []*corpus.Article
	for _, a := range e.library.Articles() {
		articles = append(articles, a.Article)
	}
	return articles
}

// Article is the article with that ID, or nil.
func (e *Engine) Article(id string) *corpus.Article {
	if a := e.library.Article(id); a != nil {
		return a.Article
	}
	return nil
}

// Ask answers q in the light of the conversation before it. Every question gets an answer, if only a refusal; an error
// means that the index failed or ctx ended.
func (e *Engine) Ask(ctx context.Context, q Question, c Conversation) (Answer, error) {
	return Answer{Question: q.Text}, nil
}

// Check looks, for each statement in text, for the passage that speaks to it: one answer a sentence of text, in order.
func (e *Engine) Check(ctx context.Context, text string) ([]Answer, error) {
	return nil, nil
}
