package corpus

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table is where a table is being read.
type table struct {
	lead int // number of the block that leads in; -1 for none
	head int // number of the row that names the columns; -1 for none
	rows int
}

func (r *blockReader) readTable(n *html.Node) {
	r.flush()
	outer := r.table
	r.table = table{lead: lastProse(r.blocks), head: -1}
	if lead := r.table.lead; lead >= 0 && r.blocks[lead].kind == Item && r.first < 0 {
		r.table.lead = -1 // the list before it has ended
	}
	r.set(n)
	r.table = outer
}

// tableRow reads a row as one block if it holds data; a table that only lays out a page has blocks in its cells.
func (r *blockReader) tableRow(row *html.Node) {
	if hasBlocks(row) {
		r.children(row)
		return
	}
	r.flush()
	outer := r.container
	r.container = container{kind: Row, first: -1, listLead: -1}
	if r.table.rows == 0 && isHead(row) {
		r.kind = TableHead
	} else {
		r.table.rows++
	}
	r.row = true
	for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
		if cell.Type != html.ElementNode || isUnseen(cell) {
			continue
		}
		if r.text.Len() > 0 {
			r.text.WriteByte('\t')
			r.space = false
		}
		r.children(cell)
	}
	r.row = false
	before := len(r.blocks)
	r.flush()
	if r.kind == TableHead && len(r.blocks) > before {
		r.table.head = before
	}
	r.container = outer
}

// rowLead is the number of the block that leads in to a row: the one that names the columns, or the line before the table.
func (r *blockReader) rowLead() int {
	if r.table.head >= 0 && r.kind == Row {
		return r.table.head
	}
	return r.table.lead
}

// isHead reports whether a row names the columns: it stands in the table's head, or each of its cells, more than one, is a heading.
func isHead(row *html.Node) bool {
	if tag(row.Parent) == atom.Thead {
		return true
	}
	heads := 0
	for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
		switch {
		case cell.Type != html.ElementNode:
		case tag(cell) == atom.Th:
			heads++
		default:
			return false
		}
	}
	return heads > 1
}

// hasBlocks reports whether a cell of the row holds blocks of its own.
func hasBlocks(row *html.Node) bool {
	for n := range row.Descendants() {
		if n.Type == html.ElementNode && tag(n) != atom.Td && tag(n) != atom.Th && isBlock(tag(n)) {
			return true
		}
	}
	return false
}
