package answer

import (
	"context"
	"strings"

	"citebot/corpus"
)

// Check looks, for each statement in text, for the passage that speaks to it: one answer a sentence of text, in order.
func (e *Engine) Check(ctx context.Context, text string) ([]Answer, error) {
	statements := corpus.New(corpus.Article{}, strings.Split(text, "\n"))
	var answers []Answer
	for i, b := range statements.Blocks {
		for j := range b.Sentences {
			statement := statements.Sentence(corpus.Place{Block: i, Sentence: j})
			a, err := e.Ask(ctx, Question{Text: statement, Top: 1}, nil)
			if err != nil {
				return nil, err
			}
			answers = append(answers, a)
		}
	}
	return answers, nil
}
