// Package quote looks up who said what: the quotations of a library's articles, by speaker and by what they are about.
package quote

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"citebot/corpus"
	"citebot/index"
)

// Query selects quotations. Zero values select all.
type Query struct {
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
	Name       string // as corpus.Quotation has it; "" for quotations of nobody in particular
	Quotations int
}

// Finder looks quotations up in one library. It is safe for concurrent use.
type Finder struct {
	library *index.Library
}

// New makes a finder for library.
func New(library *index.Library) *Finder { return &Finder{library} }

// Quotes are the quotations that fit q, best match first, else in text order.
//
// A speaker fits if every word of q.Speaker begins a word of the name. Words to speak of are looked for in the quoted words;
// only if none of them is in any quotation, in its sentences and its speaker's name; then in its block. Those with all
// words come before those with some. Stop words count only if there are no others.
func (f *Finder) Quotes(q Query) []Quote {
	speaker := nameWords(q.Speaker)
	if q.Speaker != "" && len(speaker) == 0 {
		return nil // no letter of a name
	}
	all := strings.TrimSpace(q.About) == ""
	about := f.about(q.About)
	var found []Quote
	var places [][]nearness
	for _, a := range f.library.Articles() {
		if q.Article != "" && a.ID != q.Article {
			continue
		}
		words := about[f.library.Analyzer(a).Language()]
		for _, quotation := range a.Quotations {
			switch {
			case !isSpeaker(quotation.Speaker, speaker):
			case all:
				found = append(found, newQuote(a, quotation))
			case words.mayBeIn(a, quotation):
				found = append(found, newQuote(a, quotation))
				places = append(places, words.nearnesses(a, quotation))
			}
		}
	}
	if all {
		return found
	}
	return best(found, places)
}

// Speakers lists who is quoted in the article with that ID ("" for all), most quoted first, then by name; quotations that
// nobody is named for come last, under no name.
func (f *Finder) Speakers(article string) []Speaker {
	counts := map[string]int{}
	for _, a := range f.library.Articles() {
		if article != "" && a.ID != article {
			continue
		}
		for _, q := range a.Quotations {
			counts[q.Speaker]++
		}
	}
	speakers := make([]Speaker, 0, len(counts))
	for name, n := range counts {
		speakers = append(speakers, Speaker{name, n})
	}
	slices.SortFunc(speakers, func(a, b Speaker) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(b.Name, a.Name)
		}
		return cmp.Or(cmp.Compare(b.Quotations, a.Quotations), cmp.Compare(a.Name, b.Name))
	})
	return speakers
}

func newQuote(a *corpus.Article, q corpus.Quotation) Quote {
	place := a.QuotationPlace(q)
	return Quote{Article: a, Quotation: q, Text: a.QuotationText(q), Place: place, Citation: a.Cite(place)}
}

// nameWords are the words of a name in the spelling they are compared in.
func nameWords(name string) []string {
	name = cases.Fold().String(norm.NFD.String(name))
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, name)
	return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// isSpeaker reports whether each of the words begins a word of name.
func isSpeaker(name string, words []string) bool {
	parts := nameWords(name)
	for _, word := range words {
		if !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, word) }) {
			return false
		}
	}
	return true
}
