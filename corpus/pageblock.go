package corpus

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageBlocks are the blocks that a reader of the HTML below root sees, with white space as a browser shows it. A list item
// and a row of a table are a block each; a row's cells have tabs between them. Pictures and their descriptions, scripts,
// forms and hidden elements are left out.
//
// It recurses as deep as elements nest, which html.Parse limits to 512.
func pageBlocks(root *html.Node) []block {
	var r blockReader
	r.read(root)
	r.flush()
	return r.blocks
}

type blockReader struct {
	blocks []block
	text   strings.Builder
	level  int  // of the heading being read
	pre    bool // white space is shown as it stands
	row    bool // in a row of a table whose cells are one block
	space  bool // white space was read that is shown if a word follows
}

// flush ends the block being read.
func (r *blockReader) flush() {
	if text := strings.TrimSpace(r.text.String()); text != "" {
		r.blocks = append(r.blocks, block{text: text, level: r.level})
	}
	r.text.Reset()
	r.space = false
}

func (r *blockReader) read(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.write(strings.ReplaceAll(n.Data, "\u00ad", "")) // a soft hyphen is not seen
		return
	case html.DocumentNode:
		r.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	if isUnseen(n) {
		return
	}
	switch tag(n) {
	case atom.Br:
		r.lineBreak()
	case atom.Q:
		r.write("“")
		r.children(n)
		r.write("”")
	case atom.Sup:
		r.superscript(n)
	case atom.Tr:
		r.tableRow(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		outer := r.level
		r.flush()
		r.level = int(n.Data[1] - '0')
		r.children(n)
		r.flush()
		r.level = outer
	case atom.Pre, atom.Listing, atom.Xmp:
		outer := r.pre
		r.flush()
		r.pre = true
		r.children(n)
		r.flush()
		r.pre = outer
	default:
		set := isBlock(tag(n))
		if set {
			r.flush()
		}
		r.children(n)
		if set {
			r.flush()
		}
	}
}

func (r *blockReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c)
	}
}

func (r *blockReader) write(s string) {
	if r.pre {
		r.text.WriteString(s)
		return
	}
	for s != "" {
		n := strings.IndexAny(s, " \t\r\n\f")
		if n < 0 {
			n = len(s)
		}
		if n > 0 {
			if r.space && r.text.Len() > 0 && !endsIn(&r.text, '\n') && !endsIn(&r.text, '\t') {
				r.text.WriteByte(' ')
			}
			r.space = false
			r.text.WriteString(s[:n])
			s = s[n:]
			continue
		}
		r.space = true
		s = strings.TrimLeft(s, " \t\r\n\f")
	}
}

// lineBreak writes a line end; two in a row end the block.
func (r *blockReader) lineBreak() {
	switch {
	case r.row:
		r.space = true
	case r.pre:
		r.text.WriteByte('\n')
	case endsIn(&r.text, '\n'):
		r.flush()
	case r.text.Len() > 0:
		r.text.WriteByte('\n')
		r.space = false
	}
}

func endsIn(b *strings.Builder, c byte) bool {
	s := b.String()
	return s != "" && s[len(s)-1] == c
}

// superscript writes what is set high. Figures become superscript figures, since 10⁶ must not read as 106.
func (r *blockReader) superscript(n *html.Node) {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	figures := strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "−", "⁻")
	if s := text.String(); s != "" && strings.Trim(s, "0123456789+-−") == "" {
		r.write(figures.Replace(s))
		return
	}
	r.children(n)
}

// tableRow reads a row as one block if it holds data; a table that only lays out a page has blocks in its cells.
func (r *blockReader) tableRow(row *html.Node) {
	if hasBlocks(row) {
		r.children(row)
		return
	}
	r.flush()
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
	r.flush()
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

// tag is n's name. Elements that the readability library has put in carry it as text only.
func tag(n *html.Node) atom.Atom {
	if n.DataAtom != 0 {
		return n.DataAtom
	}
	return atom.Lookup([]byte(n.Data))
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Div, atom.Dl, atom.Dt, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hr, atom.Html,
		atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre,
		atom.Listing, atom.Xmp:
		return true
	}
	return false
}

// isUnseen reports whether a reader does not see n, or sees it as something else than text.
func isUnseen(n *html.Node) bool {
	switch tag(n) {
	case atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Iframe, atom.Object,
		atom.Audio, atom.Video, atom.Canvas, atom.Select, atom.Textarea, atom.Button, atom.Rp, atom.Rt, atom.Nav:
		return true
	}
	for _, a := range n.Attr {
		hidden := a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none")
		if hidden || a.Key == "class" && strings.Contains(a.Val, "footnote-backref") {
			return true
		}
	}
	return false
}
