package answer

import (
	"context"
	"strings"

	"citebot/corpus"
)

// Check looks, for each of the first statements in text, most at most, for the passage that speaks to it: one answer a
// sentence of text, in order. It also says how many statements there are.
func (e *Engine) Check(ctx context.Context, text string, most int) (answers []Answer, statements int, err error) {
	message := corpus.New(corpus.Article{}, strings.Split(text, "\n"))
	for i, b := range message.Blocks {
		for j := range b.Sentences {
			statements++
			if statements > most {
				continue
			}
			statement := message.Sentence(corpus.Place{Block: i, Sentence: j})
			a, err := e.Ask(ctx, Question{Text: statement, Top: 1}, nil)
			if err != nil {
				return nil, 0, err
			}
			answers = append(answers, a)
		}
	}
	return answers, statements, nil
}
