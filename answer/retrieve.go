package answer

import (
	"context"
	"fmt"

	"citebot/index"
	"citebot/reader"
)

// windows is how many windows are read for one question.
type windows struct {
	article int // when one article is asked
	library int // when many are
	last    int // of the article that the last answer came from, when many are asked
}

// windowsFor is what there is time for on this machine. Chosen on questions as people ask them: more windows of one article
// than six change nothing, and beyond a dozen of a library little.
func windowsFor(model *reader.Model) windows {
	if model != nil && model.Kernel() == "plain" {
		return windows{article: 3, library: 4, last: 2}
	}
	return windows{article: 6, library: 12, last: 4}
}

// retrieve finds the windows to read, best first. What follows on an answer is likely to be about the same article.
func (e *Engine) retrieve(ctx context.Context, q query) ([]index.Candidate, error) {
	find := index.Query{Text: q.text, Before: q.before, Shown: q.shownText, Limit: e.windows.library}
	switch {
	case q.article != nil:
		find.Article, find.Limit = q.article.ID, e.windows.article
	case q.shown != nil:
		find.Near, find.NearLimit = q.shown.Article, e.windows.last
	}
	found, err := e.library.Find(ctx, find)
	if err != nil {
		return nil, fmt.Errorf("find windows: %w", err)
	}
	return found, nil
}
