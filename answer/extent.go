package answer

import (
	"strings"

	"citebot/corpus"
)

// How much is shown with a sentence at most.
const (
	longestList = 15 // items
	longestCode = 25 // lines
)

// wholeList is how much of the probability of a list its lead-in and its items beside the best one must have for the list
// to be shown as a whole: then it is the list that was asked for, and not one of its items.
const wholeList = 0.4

// extent is the consecutive sentences that are shown with s: a list with the line that leads in, if it was asked for as a
// whole; a block of code whole; a line that leads in to code, with the code. probable has the probabilities of sentences.
func extent(s Sentence, probable map[Shown]float64) (first, last corpus.Place) {
	a, at := s.Article, s.Place
	block := a.Blocks[at.Block]
	switch {
	case block.Kind == corpus.Code && len(block.Sentences) <= longestCode:
		return corpus.Place{Block: at.Block}, lastOf(a, at.Block)
	case block.Kind == corpus.Item && block.Lead >= 0 && leadsIn(a, block.Lead):
		if end := lastItem(a, block.Lead); end >= at.Block && sharesList(s, block.Lead, end, probable) {
			return lastOf(a, block.Lead), lastOf(a, end)
		}
	}
	if at != lastOf(a, at.Block) {
		return at, at
	}
	if end := lastItem(a, at.Block); end > 0 && leadsIn(a, at.Block) {
		return at, lastOf(a, end)
	}
	if code := at.Block + 1; code < len(a.Blocks) && a.Blocks[code].Kind == corpus.Code && a.Blocks[code].Lead == at.Block &&
		len(a.Blocks[code].Sentences) <= longestCode {
		return at, lastOf(a, code)
	}
	return at, at
}

// leadsIn reports whether a block ends as a line does that promises what follows: with a colon.
func leadsIn(a *corpus.Article, block int) bool {
	return strings.HasSuffix(strings.TrimSpace(a.Sentence(lastOf(a, block))), ":")
}

// lastOf is the last sentence of a block.
func lastOf(a *corpus.Article, block int) corpus.Place {
	return corpus.Place{Block: block, Sentence: len(a.Blocks[block].Sentences) - 1}
}

// lastItem is the last block of the list that the block lead leads in to, nested ones included; 0 if it leads in to none, or
// to one that is too long to be shown.
func lastItem(a *corpus.Article, lead int) int {
	end := lead
	for i := lead + 1; i < len(a.Blocks) && a.Blocks[i].Kind == corpus.Item && a.Blocks[i].Lead >= lead; i++ {
		end = i
	}
	if end == lead || end-lead > longestList {
		return 0
	}
	return end
}

// sharesList reports whether the list from block lead to block end was asked for as a whole, s being its likeliest sentence.
func sharesList(s Sentence, lead, end int, probable map[Shown]float64) bool {
	all := 0.0
	for _, p := range between(s.Article, lastOf(s.Article, lead), lastOf(s.Article, end)) {
		all += probable[Shown{s.Article.ID, p}]
	}
	return all-s.Probability > wholeList*all
}

// between are the sentences from first to last, both included.
func between(a *corpus.Article, first, last corpus.Place) []corpus.Place {
	places := []corpus.Place{first}
	for p := first; p != last; {
		if p.Sentence++; p.Sentence >= len(a.Blocks[p.Block].Sentences) {
			p = corpus.Place{Block: p.Block + 1}
		}
		places = append(places, p)
	}
	return places
}
