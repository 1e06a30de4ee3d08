package corpus

import (
	"slices"
	"strings"
)

const (
	// windowPieces is how many word pieces a window holds at most, one for each sentence's marker included. The reader was
	// trained with windows of this size.
	windowPieces = 112
	// contextPieces is how many word pieces the sentence before a window must stay below to be its context.
	contextPieces = 40
)

// Window is what is embedded and read as a whole: consecutive sentences of one section.
type Window struct {
	Heading   string  // the last three of title and headings, outermost first: "Title > Heading > Sub-heading"
	Context   []Place // at most one sentence, which stands before the others and helps to understand them
	Sentences []Place // in text order; each sentence that may answer is in exactly one window of the article
}

// Windows cuts the article into windows of at most 112 word pieces, context and a marker for each sentence included; only a
// sentence that is longer than that by itself makes a longer window. pieces counts the word pieces of a text.
//
// Each section is filled from its start. A table begins a window, so that its head row can be the context, and a list or a
// block of code that does not fit into what is left of a window does so too if that keeps it whole.
func (a *Article) Windows(pieces func(text string) int) []Window {
	var all []Window
	for _, s := range a.Sections {
		c := cutter{article: a, heading: a.headingLine(s), pieces: pieces}
		c.collect(s)
		for at := 0; at < len(c.places); {
			w, next := c.window(at)
			all = append(all, w)
			at = next
		}
	}
	return all
}

// headingLine is what a window says of where it stands.
func (a *Article) headingLine(s Section) string {
	const most, longest = 3, 600 // headings; bytes of one
	var path []string
	for _, h := range append([]string{oneLine(a.Title)}, s.Headings...) {
		h = strings.ToValidUTF8(h[:min(len(h), longest)], "")
		if h != "" && !slices.Contains(path, h) {
			path = append(path, h)
		}
	}
	return strings.Join(path[max(0, len(path)-most):], " > ")
}

// cutter cuts one section into windows.
type cutter struct {
	article *Article
	heading string
	pieces  func(text string) int
	places  []Place // of the section's sentences that may answer
	costs   []int   // of each in word pieces, its marker included
}

// collect finds the sentences of s that may answer.
func (c *cutter) collect(s Section) {
	for i := s.Start; i < s.End; i++ {
		b := c.article.Blocks[i]
		if b.Kind == TableHead {
			continue
		}
		for j := range b.Sentences {
			p := Place{i, j}
			c.places = append(c.places, p)
			c.costs = append(c.costs, c.cost(p))
		}
	}
}

func (c *cutter) cost(p Place) int { return c.pieces(c.article.Sentence(p)) + 1 }

// window is the window that starts with sentence number at of the section, and the number of the one after it.
func (c *cutter) window(at int) (w Window, next int) {
	w.Heading = c.heading
	var used int
	w.Context, used = c.context(at)
	for next = at; next < len(c.places); next++ {
		if next > at && (used+c.costs[next] > windowPieces || c.startsAnew(next, used)) {
			break
		}
		used += c.costs[next]
	}
	w.Sentences = c.places[at:next:next]
	return w, next
}

// context is the sentence that helps to understand a window that starts with sentence number at, and what it costs: what
// leads in to an item, a row or code, else the sentence before if it is short.
func (c *cutter) context(at int) ([]Place, int) {
	room := windowPieces - c.costs[at]
	if p, ok := c.lead(c.places[at]); ok {
		if cost := c.cost(p); cost <= room {
			return []Place{p}, cost
		}
	}
	if at > 0 && c.costs[at-1] <= min(contextPieces, room) {
		return []Place{c.places[at-1]}, c.costs[at-1]
	}
	return nil, 0
}

// lead is the last sentence of the block that leads in to the sentence at p.
func (c *cutter) lead(p Place) (Place, bool) {
	b := c.article.Blocks[p.Block]
	goesOn := b.Kind != Code && p.Sentence > 0
	if b.Lead < 0 || goesOn || len(c.article.Blocks[b.Lead].Sentences) == 0 {
		return Place{}, false
	}
	return Place{b.Lead, len(c.article.Blocks[b.Lead].Sentences) - 1}, true
}

// startsAnew reports whether sentence number at is the first of a list, a table or a block of code that had better start
// a window, where used is what the window before holds already.
func (c *cutter) startsAnew(at, used int) bool {
	p := c.places[at]
	if p.Sentence > 0 || !c.begins(p.Block) {
		return false
	}
	b := c.article.Blocks[p.Block]
	if b.Kind == Row && b.Lead >= 0 {
		return true
	}
	_, whole := c.context(at)
	for i := at; i < len(c.places) && c.belongs(c.places[i].Block, p.Block); i++ {
		if whole += c.costs[i]; whole > windowPieces {
			return false
		}
		used += c.costs[i]
	}
	return used > windowPieces
}

// begins reports whether block i is the first of a list, a table or a block of code.
func (c *cutter) begins(i int) bool {
	blocks := c.article.Blocks
	b := blocks[i]
	switch {
	case b.Kind == Code:
		return true
	case b.Kind != Item && b.Kind != Row:
		return false
	case b.Lead >= 0:
		return b.Lead == i-1
	}
	return i == 0 || blocks[i-1].Section != b.Section || blocks[i-1].Kind != b.Kind
}

// belongs reports whether block i belongs to the list, table or block of code that begins with block first.
func (c *cutter) belongs(i, first int) bool {
	b, f := c.article.Blocks[i], c.article.Blocks[first]
	switch {
	case i == first:
		return true
	case f.Kind == Code:
		return false
	case b.Lead >= first:
		return true // nested in it
	}
	return b.Kind == f.Kind && b.Lead == f.Lead
}
