package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
	"citebot/reader"
)

// contestant is an engine that takes part, by name.
type contestant struct {
	name string
	open eval.Open
}

// contestants are the engines compared. The first is the program itself: its answers make the conversation, and latencies
// are related to its.
func contestants(model *reader.Model) []contestant {
	return []contestant{
		{"citebot", eval.Citebot(model)},
		{"Bleve, tf-idf", openTFIDF},
		{"Bleve, bm25", openBM25},
		{"SQLite FTS5, porter", openSQLite},
	}
}

// result is how a contestant did.
type result struct {
	name  string
	score eval.Score
}

// compare asks all contestants all questions of articles.
func compare(ctx context.Context, file string, articles []eval.Article, scope eval.Scope, of []contestant) ([]result, error) {
	settings := eval.Settings{Scope: scope, History: eval.Own}
	answers := make([][]reply, len(of))
	open := func(ctx context.Context, as []*corpus.Article) (eval.Engine, error) {
		return openRace(ctx, of, as, answers)
	}
	predictions := make([][]eval.Prediction, len(of))
	err := eval.Run(ctx, articles, settings, open, func(_ *eval.Article, ps []eval.Prediction) error {
		for i := range of {
			for n, p := range ps { // one reply of each contestant to one prediction
				p.Answer, p.Took = answers[i][n].answer, answers[i][n].took
				predictions[i] = append(predictions[i], p)
			}
			answers[i] = answers[i][:0]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var results []result
	for i, c := range of {
		results = append(results, result{c.name, eval.NewScore(file, settings, articles, predictions[i])})
	}
	return results, nil
}

// reply is what an engine answered, and how long that took it.
type reply struct {
	answer answer.Answer
	took   time.Duration
}

// race is an engine that asks several, notes what each answers, and answers what the first does.
type race struct {
	engines []eval.Engine
	replies [][]reply // by engine
	asked   int
}

func openRace(ctx context.Context, of []contestant, articles []*corpus.Article, replies [][]reply) (eval.Engine, error) {
	r := &race{replies: replies}
	for _, c := range of {
		engine, err := c.open(ctx, articles)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open %s: %w", c.name, err), r.Close())
		}
		r.engines = append(r.engines, engine)
	}
	return r, nil
}

// Ask asks the engines one after another, every time another one first, so that none always finds the caches warm.
func (r *race) Ask(ctx context.Context, q answer.Question, c answer.Conversation) (answer.Answer, error) {
	var first answer.Answer
	for n := range r.engines {
		i := (r.asked + n) % len(r.engines)
		started := time.Now()
		a, err := r.engines[i].Ask(ctx, q, c)
		if err != nil {
			return answer.Answer{}, err
		}
		r.replies[i] = append(r.replies[i], reply{a, time.Since(started)})
		if i == 0 {
			first = a
		}
	}
	r.asked++
	return first, nil
}

func (r *race) Close() error {
	var errs []error
	for _, e := range r.engines {
		errs = append(errs, e.Close())
	}
	return errors.Join(errs...)
}
