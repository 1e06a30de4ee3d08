package quote

import (
	"cmp"
	"context"
	"math"
	"slices"

	"citebot/corpus"
	"citebot/index"
)

// words are what quotations of one language must be about.
type words struct {
	analyzer *index.Analyzer
	terms    []string
	blocks   map[block]bool // that have one of the terms; nil if any may
}

// block is a block of an article.
type block struct {
	article *corpus.Article
	number  int
}

// about is text in the words of each of the library's languages.
func (f *Finder) about(text string) map[string]words {
	all := map[string]words{}
	for _, a := range f.library.Articles() {
		analyzer := f.library.Analyzer(a)
		if _, met := all[analyzer.Language()]; met {
			continue
		}
		w := words{analyzer: analyzer}
		terms, stops := split(analyzer.Tokens(text))
		if w.terms = terms; len(terms) == 0 {
			w.terms = stops // no sentence is indexed by its stop words
		} else if found, err := f.library.Having(context.Background(), analyzer.Language(), terms); err == nil {
			w.blocks = map[block]bool{}
			for _, x := range found {
				w.blocks[block{x.Article, x.Place.Block}] = true
			}
		}
		all[analyzer.Language()] = w
	}
	return all
}

// split parts the terms of tokens from the stop words, each once.
func split(tokens []index.Token) (terms, stops []string) {
	for _, t := range tokens {
		list := &terms
		if t.Stop {
			list = &stops
		}
		if !slices.Contains(*list, t.Term) {
			*list = append(*list, t.Term)
		}
	}
	return terms, stops
}

// mayBeIn reports whether q, its block or its speaker's name may have one of the words.
func (w words) mayBeIn(a *corpus.Article, q corpus.Quotation) bool {
	if len(w.terms) == 0 {
		return false
	}
	return w.blocks == nil || w.blocks[block{a, q.Block}] || slices.ContainsFunc(w.analyzer.Tokens(q.Speaker), func(t index.Token) bool {
		return slices.Contains(w.terms, t.Term)
	})
}

// nearness says how near to a quotation a word of its block is.
type nearness int

const (
	absent nearness = iota
	inBlock
	around // in a sentence of the quotation, or in the speaker's name
	within
)

// nearnesses are how near to q the words come, one for each.
func (w words) nearnesses(a *corpus.Article, q corpus.Quotation) []nearness {
	nearest := make([]nearness, len(w.terms))
	note := func(term string, near nearness) {
		if i := slices.Index(w.terms, term); i >= 0 {
			nearest[i] = max(nearest[i], near)
		}
	}
	for _, t := range w.analyzer.Tokens(q.Speaker) {
		note(t.Term, around)
	}
	b := a.Blocks[q.Block]
	for _, sentence := range b.Sentences {
		for _, t := range w.analyzer.Tokens(b.Text[sentence.Start:sentence.End]) {
			switch start := sentence.Start + t.Start; {
			case start >= q.Start && start < q.End:
				note(t.Term, within)
			case sentence.Start < q.End && q.Start < sentence.End:
				note(t.Term, around)
			default:
				note(t.Term, inBlock)
			}
		}
	}
	return nearest
}

// match is how much of what was asked for is in a quotation and around it, each word weighed by how rare it is.
type match struct {
	words, around, block float64
	all                  bool // all words are in the quotation
}

// weigh makes matches of nearnesses. A word weighs as the inverse of how many of the quotations have it near.
func weigh(places [][]nearness) []match {
	var near []int // by word: how many quotations have it near
	for _, place := range places {
		for i, n := range place {
			if i == len(near) {
				near = append(near, 0)
			}
			if n != absent {
				near[i]++
			}
		}
	}
	matches := make([]match, len(places))
	for i, place := range places {
		m := match{all: true}
		for j, n := range place {
			switch weight := math.Log(1 + float64(len(places)+1)/float64(near[j]+1)); n {
			case within:
				m.words += weight
			case around:
				m.around += weight
			case inBlock:
				m.block += weight
			}
			m.all = m.all && n == within
		}
		matches[i] = m
	}
	return matches
}

// best are the quotes that match, best first: by their own words if any quote matches so, else by what is around them.
func best(quotes []Quote, places [][]nearness) []Quote {
	matches := weigh(places)
	for _, score := range []func(match) float64{
		func(m match) float64 { return m.words },
		func(m match) float64 { return m.around },
		func(m match) float64 { return m.block },
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
	return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(b.around, a.around), cmp.Compare(b.block, a.block))
}
