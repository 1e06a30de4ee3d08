package quote

import (
	"context"

	"citebot/corpus"
	"citebot/index"
)

// Typed is a quotation that fits what somebody is typing.
type Typed struct {
	Quote
	Matches []corpus.Span // bytes of Text: the words that fit
}

// Typed are the quotations that fit what somebody is typing, at most limit and best first: words of theirs or of the speaker's
// name in any order, the last perhaps without its end. q.About is what is typed, q.Speaker a whole name. With nothing typed,
// they are the first that fit q.
func (f *Finder) Typed(ctx context.Context, q Query, limit int) ([]Typed, error) {
	var typed []Typed
	if q.About == "" {
		quotes := f.Quotes(q)
		for _, found := range quotes[:min(limit, len(quotes))] {
			typed = append(typed, Typed{Quote: found})
		}
		return typed, nil
	}
	found, err := f.library.Quotations(ctx, index.Typed{Text: q.About, Article: q.Article, Limit: limit}, q.Speaker)
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		t := Typed{Quote: newQuote(s.Article, s.Article.Quotations[s.Number])}
		t.Matches = f.library.TypedIn(t.Text, q.About)
		typed = append(typed, t)
	}
	return typed, nil
}

// Prepare makes what [Finder.Typed] and [Finder.TypedSpeakers] need, which the first of them does otherwise: with many articles
// it takes seconds.
func (f *Finder) Prepare() error { return f.library.PrepareSpoken() }

// TypedSpeakers are the names of those quoted whose names fit what somebody is typing, at most limit and best first.
func (f *Finder) TypedSpeakers(ctx context.Context, text, article string, limit int) ([]string, error) {
	return f.library.Speakers(ctx, index.Typed{Text: text, Article: article, Limit: limit})
}
