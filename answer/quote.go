package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"citebot/corpus"
	"citebot/index"
)

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
	Name       string // as corpus.Quotation has it; "" for quotations of nobody in particular
	Quotations int
}

// Quotes are the quotations that fit q, best match first, else in text order.
//
// A speaker fits if every word of q.Speaker begins a word of the name. Words to speak of are looked for in the quoted words;
// only if none of them is in any quotation, in its sentences and its speaker's name; then in its paragraph. Those with all
// words come before those with some. Stop words count only if there are no others.
func (e *Engine) Quotes(q QuoteQuery) []Quote {
	speaker := nameWords(q.Speaker)
	if q.Speaker != "" && len(speaker) == 0 {
		return nil // no letter of a name
	}
	var found []Quote
	var matches []match
	for _, a := range e.library.Articles() {
		if q.Article != "" && a.ID != q.Article {
			continue
		}
		about := e.aboutTerms(a.Analyzer, q.About)
		for _, quotation := range a.Quotations {
			if !isSpeaker(quotation.Speaker, speaker) {
				continue
			}
			found = append(found, newQuote(a.Article, quotation))
			if len(about) > 0 {
				matches = append(matches, e.match(a, quotation, about))
			}
		}
	}
	if strings.TrimSpace(q.About) == "" {
		return found
	}
	return best(found, matches)
}

// Speakers lists who is quoted in the article with that ID ("" for all), most quoted first, then by name; quotations that
// nobody is named for come last, under no name.
func (e *Engine) Speakers(article string) []Speaker {
	counts := map[string]int{}
	for _, a := range e.library.Articles() {
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

// aboutTerms are the terms that a quotation must have to be about text: without stop words, unless there is nothing else.
func (e *Engine) aboutTerms(analyzer *index.Analyzer, text string) []index.TermID {
	var terms, stops []index.TermID
	for _, t := range analyzer.Tokens(text) {
		if id := e.library.Term(t.Term); t.Stop {
			stops = append(stops, id)
		} else if id < 0 || !slices.Contains(terms, id) {
			terms = append(terms, id)
		}
	}
	if len(terms) == 0 {
		return stops
	}
	return terms
}

// match is how much of what was asked for is in a quotation and around it, each word weighed by how rare it is.
type match struct {
	words, around, paragraph float64
	all                      bool // all words are in the quotation
}

// nearness says how near to a quotation a word of its paragraph is.
type nearness int

const (
	absent nearness = iota
	inParagraph
	around // in a sentence of the quotation, or in the speaker's name
	within
)

func (e *Engine) match(a *index.Article, q corpus.Quotation, about []index.TermID) match {
	m := match{all: true}
	for i, near := range e.nearnesses(a, q, about) {
		switch weight := e.rarity(about[i]); near {
		case within:
			m.words += weight
		case around:
			m.around += weight
		case inParagraph:
			m.paragraph += weight
		}
		m.all = m.all && near == within
	}
	return m
}

// nearnesses are how near to q the terms come that it should be about, one for each.
func (e *Engine) nearnesses(a *index.Article, q corpus.Quotation, about []index.TermID) []nearness {
	nearest := make([]nearness, len(about))
	note := func(term index.TermID, near nearness) {
		for i, id := range about {
			if id == term && id >= 0 {
				nearest[i] = max(nearest[i], near)
			}
		}
	}
	for _, t := range a.Analyzer.Tokens(q.Speaker) {
		note(e.library.Term(t.Term), around)
	}
	par := a.Paragraphs[q.Paragraph]
	for i, at := range par.Sentences {
		for _, w := range a.At(corpus.Place{Paragraph: q.Paragraph, Sentence: i}).Words {
			switch start := at.Start + int(w.Start); {
			case start >= q.Start && start < q.End:
				note(w.Term, within)
			case at.Start < q.End && q.Start < at.End:
				note(w.Term, around)
			default:
				note(w.Term, inParagraph)
			}
		}
	}
	return nearest
}

// rarity is the inverse document frequency of a term among the library's sentences.
func (e *Engine) rarity(term index.TermID) float64 {
	return math.Log(1 + float64(len(e.library.Sentences())+1)/float64(e.library.DocumentFrequency(term)+1))
}

// best are the quotes that match, best first: by their own words if any quote matches so, else by what is around them.
func best(quotes []Quote, matches []match) []Quote {
	for _, score := range []func(match) float64{
		func(m match) float64 { return m.words },
		func(m match) float64 { return m.around },
		func(m match) float64 { return m.paragraph },
	} {
		var order []int
		for i, m := range matches {
			if score(m) > 0 {
				order = append(order, i)
			}
		}
		if len(order) == 0 {
			continue
		}
		slices.SortStableFunc(order, func(a, b int) int { return compareMatches(matches[a], matches[b]) })
		found := make([]Quote, 0, len(order))
		for _, i := range order {
			found = append(found, quotes[i])
		}
		return found
	}
	return nil
}

func compareMatches(a, b match) int {
	if a.all != b.all {
		if a.all {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(b.around, a.around), cmp.Compare(b.paragraph, a.paragraph))
}
