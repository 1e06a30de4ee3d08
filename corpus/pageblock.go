package corpus

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageBlocks are the blocks that a reader of the HTML below root sees, headings among them, with white space as a browser
// shows it. A list item and a row of a table are a block each; a row's cells have tabs between them, and the item of a
// numbered list begins with its number. Pictures and what is written below them, scripts, forms, hidden elements, and
// links that only lead around the site are left out.
//
// It recurses as deep as elements nest, which html.Parse limits to 512.
func pageBlocks(root *html.Node) []block {
	r := blockReader{container: container{first: -1, listLead: -1}, table: table{lead: -1, head: -1}}
	r.read(root)
	r.flush()
	return r.blocks
}

type blockReader struct {
	container
	blocks []block
	limits []int // numbers of the headings that have no limit yet

	text  strings.Builder
	lines []int // where lines of the source begin in text
	space bool  // white space was read that is shown if a word follows
	line  bool  // a line of the source ended in it
	style style

	level int   // of the heading being read
	pre   bool  // white space is shown as it stands
	row   bool  // in a row of a table whose cells are one block
	terms terms // of the list of definitions being read
	table table // being read
}

// flush ends the block being read.
func (r *blockReader) flush() {
	text := r.text.String()
	if r.pre {
		text = strings.TrimRight(strings.TrimLeft(text, "\r\n"), " \t\r\n")
	} else {
		text = strings.TrimSpace(text)
	}
	if text != "" && !r.isNavigation(text) {
		r.add(text)
	}
	r.text.Reset()
	r.lines = r.lines[:0]
	r.space, r.line = false, false
	r.style.reset()
}

// add adds text as a block, or as two if it is a question with its answer.
func (r *blockReader) add(text string) {
	if r.level > 0 {
		r.heading(block{text: text, lead: -1, level: r.level})
		return
	}
	if answerMark(text) == len(text) {
		return // "A:" on a line of its own
	}
	if r.kind == Paragraph && len(r.lines) > 0 && strings.Contains(text, "|") {
		whole := block{text: text, lines: r.lines}
		if rows := barRows(whole.sourceLines(), lastProse(r.blocks), len(r.blocks)); rows != nil {
			r.blocks = append(r.blocks, rows...)
			return
		}
	}
	prose := r.kind == Paragraph || r.kind == Item && r.opensItem() || r.kind == Quote
	if prose {
		switch n, at := splitQuestion(text, r.lines, r.style.boldEnd); {
		case n > 0:
			r.heading(block{text: r.takeMarker() + text[:n], lead: -1, level: levelQuestion})
			text = text[at:]
		case r.kind == Item && r.style.bold() && asks(text) && isBoldHeading(text):
			r.heading(block{text: r.takeMarker() + text, kind: Item, lead: r.listLead, level: levelQuestion, soft: true})
			return
		case r.kind != Item && r.style.bold() && isBoldHeading(text):
			level := levelBold
			if asks(text) {
				level = levelQuestion
			}
			r.heading(block{text: text, kind: r.kind, lead: -1, level: level, soft: level == levelBold})
			return
		}
	}
	if text == "" {
		return
	}
	b := block{text: text, kind: r.kind, lead: -1, contents: r.style.contents()}
	switch {
	case r.kind == Code:
		b.lead = codeLead(r.blocks)
	case r.kind == Row || r.kind == TableHead:
		b.lead = r.rowLead()
	case r.opensItem():
		b.lead = r.listLead
		b.text = r.takeMarker() + text
	case r.first >= 0:
		b.lead = r.first
	}
	r.blocks = append(r.blocks, b)
}

func (r *blockReader) heading(b block) {
	r.limits = append(r.limits, len(r.blocks))
	r.blocks = append(r.blocks, b)
}

// opensItem reports whether the next block is the first of a list item.
func (r *blockReader) opensItem() bool { return r.first == len(r.blocks) }

func (r *blockReader) takeMarker() string {
	marker := r.marker
	r.marker = ""
	return marker
}

// limit ends the headings from block number start on where the next block begins.
func (r *blockReader) limit(start int) {
	for n := len(r.limits); n > 0 && r.limits[n-1] >= start; n-- {
		r.blocks[r.limits[n-1]].until = len(r.blocks)
		r.limits = r.limits[:n-1]
	}
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
	case atom.B, atom.Strong:
		r.style.strong++
		r.children(n)
		r.style.strong--
		r.style.endBold(r.text.Len())
	case atom.A:
		r.anchor(n)
	case atom.Table:
		r.readTable(n)
	case atom.Tr:
		r.tableRow(n)
	case atom.Ul, atom.Ol, atom.Menu:
		r.list(n)
	case atom.Li:
		r.item(n, "")
	case atom.Dl:
		r.definitions(n)
	case atom.Dt:
		r.term(n)
	case atom.Dd:
		r.terms.explained = true
		r.set(n)
	case atom.Details:
		r.scoped(n)
	case atom.Summary:
		r.asHeading(n, 1)
	case atom.Blockquote:
		outer := r.container
		r.flush()
		r.container = container{kind: Quote, first: -1, listLead: -1}
		r.scoped(n)
		r.container = outer
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.asHeading(n, int(n.Data[1]-'0'))
	case atom.Pre, atom.Listing, atom.Xmp:
		r.code(n)
	default:
		switch {
		case attribute(n, "class") == "footnotes":
			r.footnotes(n)
		case isBlock(tag(n)):
			r.set(n)
		default:
			r.children(n)
		}
	}
}

func (r *blockReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c)
	}
}

// set reads an element that is set apart from the text around it.
func (r *blockReader) set(n *html.Node) {
	r.flush()
	r.children(n)
	r.flush()
}

// scoped reads an element whose headings end with it.
func (r *blockReader) scoped(n *html.Node) {
	r.flush()
	start := len(r.blocks)
	r.set(n)
	r.limit(start)
}

// footnotes reads footnotes, which stand under no heading, and which nothing leads in to.
func (r *blockReader) footnotes(n *html.Node) {
	r.flush()
	r.limit(0)
	r.blocks = append(r.blocks, block{lead: -1})
	r.set(n)
}

func (r *blockReader) asHeading(n *html.Node, level int) {
	outer := r.level
	r.flush()
	r.level = level
	r.set(n)
	r.level = outer
}

func (r *blockReader) code(n *html.Node) {
	kind, pre := r.kind, r.pre
	r.flush()
	r.kind, r.pre = Code, true
	r.set(n)
	r.kind, r.pre = kind, pre
}

func (r *blockReader) write(s string) {
	if r.pre {
		r.style.note(s)
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
			if r.line && r.text.Len() > 0 {
				r.lines = append(r.lines, r.text.Len())
			}
			r.space, r.line = false, false
			r.style.note(s[:n])
			r.text.WriteString(s[:n])
			s = s[n:]
			continue
		}
		r.space = true
		rest := strings.TrimLeft(s, " \t\r\n\f")
		r.line = r.line || strings.Contains(s[:len(s)-len(rest)], "\n")
		s = rest
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
		r.space, r.line = false, true
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

// tag is n's name. Elements that the readability library has put in carry it as text only.
func tag(n *html.Node) atom.Atom {
	if n.DataAtom != 0 {
		return n.DataAtom
	}
	return atom.Lookup([]byte(n.Data))
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details,
		atom.Div, atom.Dl, atom.Dt, atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hr, atom.Html,
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
		atom.Audio, atom.Video, atom.Canvas, atom.Select, atom.Textarea, atom.Button, atom.Rp, atom.Rt, atom.Nav, atom.Caption,
		atom.Figcaption:
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
