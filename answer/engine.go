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
	r, err := e.rank(ctx, q, c)
	if err != nil {
		return Answer{}, err
	}
	list := r.list
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

// ranking is a question as understood, and the candidates to answer it, best first.
type ranking struct {
	question *question
	scope    *scope
	matcher  *matcher
	list     []ranked
}

func (e *Engine) rank(ctx context.Context, q Question, c Conversation) (*ranking, error) {
	past, err := e.recall(ctx, q, c)
	if err != nil {
		return nil, err
	}
	return e.rankAfter(ctx, q, past)
}

// rankAfter interprets a question, finds candidates and ranks them.
func (e *Engine) rankAfter(ctx context.Context, q Question, past *history) (*ranking, error) {
	sc := newScope(e.library, e.facts, e.library.Article(q.Article))
	asked := interpret(q.Text, e.analyzer(sc))
	asked.weigh(sc)
	asked.follow(past, e.weights)
	asked.carry(past, sc)
	m := newMatcher(asked, sc, past, e.weights)
	sentences, err := candidates(ctx, m, sc, past.around())
	if err != nil {
		return nil, err
	}
	return &ranking{asked, sc, m, rank(sentences, m, sc, e.weights)}, nil
}

// analyzer is the one to read a question with: the scope's article's, else that of most of the library's articles.
func (e *Engine) analyzer(sc *scope) *index.Analyzer {
	if sc.article != nil {
		return sc.article.Analyzer
	}
	count, best := map[*index.Analyzer]int{}, e.library.Articles()[0].Analyzer
	for _, a := range e.library.Articles() {
		if count[a.Analyzer]++; count[a.Analyzer] > count[best] {
			best = a.Analyzer
		}
	}
	return best
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
