package answer

import (
	"context"
	"strings"

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
	return (&Engine{library: library, facts: gather(library)}).WithWeights(weightsFile, meaningFile)
}

// WithWeights is an engine for the same library that goes by other weights: what weights.json and meaning.bin would hold.
func (e *Engine) WithWeights(weights, meaning []byte) (*Engine, error) {
	w, err := parseWeights(weights, meaning)
	if err != nil {
		return nil, err
	}
	return &Engine{library: e.library, facts: e.facts, weights: w}, nil
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
	past, err := e.recall(ctx, q, c)
	if err != nil {
		return Answer{}, err
	}
	sc := newScope(e.library, e.facts, e.library.Article(q.Article))
	if sc.size == 0 {
		return Answer{Question: q.Text, Reason: "There is no text to answer from."}, nil
	}
	if in := e.intent(q.Text, sc, past == nil); in != intentFact {
		return e.byRule(in, q, sc, past), nil
	}
	r, err := e.rankAfter(ctx, q, past)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Question: q.Text}
	a.Verdict, a.Confidence, a.Reason = e.weights.decide(r)
	for _, x := range r.list[:min(passagesWanted(q), len(r.list))] {
		a.Passages = append(a.Passages, e.passage(x))
	}
	return a, nil
}

// intent is what somebody wants who asks text; alone says that nothing was asked before.
func (e *Engine) intent(text string, sc *scope, alone bool) intent {
	return intentOf(interpret(text, e.analyzer(sc), e.library.Lexicon()), alone)
}

// Check looks, for each statement in text, for the passage that speaks to it: one answer a sentence of text, in order.
func (e *Engine) Check(ctx context.Context, text string) ([]Answer, error) {
	statements := corpus.New(corpus.Article{}, strings.Split(text, "\n"))
	var answers []Answer
	for p, par := range statements.Paragraphs {
		for s := range par.Sentences {
			statement := statements.Sentence(corpus.Place{Paragraph: p, Sentence: s})
			a, err := e.Ask(ctx, Question{Text: statement, Top: 1}, nil)
			if err != nil {
				return nil, err
			}
			answers = append(answers, a)
		}
	}
	return answers, nil
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
	asked := interpret(q.Text, e.analyzer(sc), e.library.Lexicon())
	asked.weigh(sc)
	asked.follow(past, e.weights)
	asked.carry(past, sc)
	m := newMatcher(asked, sc, past, e.weights)
	sentences, err := candidates(ctx, m, past.around())
	if err != nil {
		return nil, err
	}
	return &ranking{asked, sc, m, rank(past.unread(asked, sentences), m, e.weights)}, nil
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

// passage is a candidate as it is shown.
func (e *Engine) passage(r ranked) Passage {
	p := plainPassage(r.sentence)
	p.Highlights, p.Score = r.view.emphasise(), r.score
	return p
}
