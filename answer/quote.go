package answer

import "citebot/corpus"

// QuoteQuery selects quotations. Zero values select all.
type QuoteQuery struct {
	Speaker string // who said it: any part of the name, upper and lower case and diacritics alike
	About   string // words the quotation, or else its sentence, must speak of
	Article string // article ID
}

// Quote is a quotation that was found, with what is needed to show it.
type Quote struct {
	Article   *corpus.Article
	Quotation corpus.Quotation
	Text      string // a slice of the article, marks included
	Place     corpus.Place
	Citation  corpus.Citation
}

// Speaker is somebody who is quoted, and how often.
type Speaker struct {
	Name       string
	Quotations int
}

// Quotes are the quotations that fit q, best match first, else in text order.
func (e *Engine) Quotes(q QuoteQuery) []Quote { return nil }

// Speakers lists who is quoted in the article with that ID ("" for all), most quoted first, then by name.
func (e *Engine) Speakers(article string) []Speaker { return nil }
