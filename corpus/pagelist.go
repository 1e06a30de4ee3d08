package corpus

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// container is what the text being read stands in: the page, a block quotation, or an item of a list.
type container struct {
	kind     Kind
	first    int    // number of the first block of the list item; -1 outside
	listLead int    // number of the block that leads in to the list; -1 for none
	marker   string // of the list item, until it is written: "3. "
}

// list reads the items of a list; those of a numbered one begin with their numbers, as a browser shows them.
func (r *blockReader) list(n *html.Node) {
	r.flush()
	outer := r.container
	start := len(r.blocks)
	r.listLead = r.leadOfList()
	lead := r.listLead
	number, numbered := firstNumber(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || tag(c) != atom.Li || isUnseen(c) {
			r.read(c)
			continue
		}
		marker := ""
		if numbered {
			if value, err := strconv.Atoi(attribute(c, "value")); err == nil {
				number = value
			}
			marker = strconv.Itoa(number) + ". "
			number++
		}
		r.item(c, marker)
	}
	r.flush()
	r.container = outer
	r.dropContents(start, lead)
}

// firstNumber is the number of the first item of a list, and whether it is one of decimal numbers.
func firstNumber(list *html.Node) (number int, numbered bool) {
	if tag(list) != atom.Ol {
		return 0, false
	}
	for _, a := range list.Attr {
		switch {
		case a.Key == "reversed", a.Key == "type" && a.Val != "1":
			return 0, false
		case a.Key == "class" && strings.Contains(a.Val, "reference"):
			return 0, false
		}
	}
	number, err := strconv.Atoi(attribute(list, "start"))
	if err != nil {
		number = 1
	}
	return number, true
}

func (r *blockReader) item(n *html.Node, marker string) {
	r.flush()
	outer := r.container
	start := len(r.blocks)
	r.container.kind, r.container.first, r.container.marker = Item, start, marker
	r.set(n)
	r.limit(start)
	r.container = outer
}

// leadOfList is the number of the block that leads in to a list that begins now: the item that it is nested in, or the
// paragraph before it, or before the list that it follows.
func (r *blockReader) leadOfList() int {
	last := lastProse(r.blocks)
	if r.first >= 0 {
		if last >= r.first {
			return last
		}
		return -1
	}
	for last >= 0 && r.blocks[last].kind == Item {
		last = r.blocks[last].lead
	}
	return last
}

// dropContents drops the list from block number start on, and what leads in to it, if it is a table of contents: only links
// within the page.
func (r *blockReader) dropContents(start, lead int) {
	if start == len(r.blocks) {
		return
	}
	for _, b := range r.blocks[start:] {
		if !b.contents || b.level > 0 {
			return
		}
	}
	r.blocks = r.blocks[:start]
	if lead == start-1 && lead >= 0 && r.blocks[lead].kind == Paragraph && strings.HasSuffix(r.blocks[lead].text, ":") {
		r.blocks = r.blocks[:lead]
	}
}

// terms is where a list of definitions is being read.
type terms struct {
	inside    bool
	start     int  // number of its first block
	explained bool // a definition was read since the last term
}

func (r *blockReader) definitions(n *html.Node) {
	r.flush()
	outer := r.terms
	r.terms = terms{inside: true, start: len(r.blocks)}
	r.set(n)
	r.limit(r.terms.start)
	r.terms = outer
}

// term reads a term as the heading of its definition.
func (r *blockReader) term(n *html.Node) {
	r.flush()
	if r.terms.inside && r.terms.explained {
		r.limit(r.terms.start)
		r.terms.explained = false
	}
	r.asHeading(n, levelTerm)
}
