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
		return f.first(q, limit), nil
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

// first are the first quotations by q.Speaker, a whole name, in q.Article.
func (f *Finder) first(q Query, limit int) []Typed {
	var first []Typed
	for _, a := range f.library.Articles() {
		if q.Article != "" && a.ID != q.Article {
			continue
		}
		for _, quotation := range a.Quotations {
			if len(first) == limit {
				return first
			}
			if q.Speaker == "" || quotation.Speaker == q.Speaker {
				first = append(first, Typed{Quote: newQuote(a, quotation)})
			}
		}
	}
	return first
}

// Prepare makes what [Finder.Typed] and [Finder.TypedSpeakers] need, which the first of them does otherwise: with many articles
// it takes seconds.
func (f *Finder) Prepare() error { return f.library.PrepareSpoken() }

// TypedSpeakers are the names of those quoted whose names fit what somebody is typing, at most limit and best first.
func (f *Finder) TypedSpeakers(ctx context.Context, text, article string, limit int) ([]string, error) {
	return f.library.Speakers(ctx, index.Typed{Text: text, Article: article, Limit: limit})
}
