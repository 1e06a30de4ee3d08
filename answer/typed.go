package answer

import (
	"context"

	"citebot/index"
)

// Typed are the sentences that fit what somebody is typing, at most limit and best first, with what fits emphasised: words in
// any order, the last perhaps without its end. article is the ID of the only one to look in; "" for all.
func (e *Engine) Typed(ctx context.Context, text, article string, limit int) ([]Passage, error) {
	found, err := e.library.Sentences(ctx, index.Typed{Text: text, Article: article, Limit: limit})
	if err != nil {
		return nil, err
	}
	passages := make([]Passage, len(found))
	for i, f := range found {
		passages[i] = PassageAt(f.Article, f.Place)
		passages[i].Highlights = e.library.TypedIn(passages[i].Text, text)
	}
	return passages, nil
}
