package main

import (
	"context"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
	"citebot/reader"
)

// question is one that the reader has looked for an answer to.
type question struct {
	article    string    // ID: articles are what cross-validation keeps apart
	scores     []float64 // of the sentences read, best first: log-odds
	answerable bool
	first      bool // whether the first sentence is right
	any        bool // whether any sentence read is right
}

// recorder is the program's engine, and keeps how its answers came about.
type recorder struct {
	*eval.Tracer
	traces *[]answer.Trace
}

func (r recorder) Ask(ctx context.Context, q answer.Question, c answer.Conversation) (answer.Answer, error) {
	t, err := r.Trace(ctx, q, c)
	*r.traces = append(*r.traces, t)
	return t.Answer, err
}

// collect asks all questions of a file. Those that nothing is marked for are left out, and those that nobody read for.
func collect(ctx context.Context, model *reader.Model, file string, scope eval.Scope) ([]question, error) {
	articles, err := eval.Read(file)
	if err != nil {
		return nil, err
	}
	var traces []answer.Trace
	open := func(ctx context.Context, articles []*corpus.Article) (eval.Engine, error) {
		tracer, err := eval.NewTracer(ctx, articles, model)
		return recorder{tracer, &traces}, err
	}
	var questions []question
	err = eval.Run(ctx, articles, eval.Settings{Scope: scope, History: eval.Own}, open, func(a *eval.Article, ps []eval.Prediction) error {
		for i, p := range ps { // one trace of each prediction
			if q, ok := newQuestion(a, p.Turn, traces[i]); ok {
				questions = append(questions, q)
			}
		}
		traces = traces[:0]
		return nil
	})
	return questions, err
}

func newQuestion(a *eval.Article, turn eval.Turn, t answer.Trace) (question, bool) {
	if turn.Answerable && !turn.Scored() || turn.NoSpan || !t.Read || len(t.Sentences) == 0 {
		return question{}, false
	}
	q := question{article: a.ID, answerable: turn.Answerable}
	for i, s := range t.Sentences {
		q.scores = append(q.scores, s.Score)
		if turn.Answerable && s.Article.ID == a.ID && a.Right(turn, s.Place) {
			q.any = true
			q.first = q.first || i == 0
		}
	}
	return q, true
}
