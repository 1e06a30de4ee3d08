package corpus

import (
	"slices"
	"strings"
	"unicode"
)

// textBlocks are the blocks of plain text, headings among them: slices of text, in which line ends stay. Blank lines separate
// paragraphs; without a blank line every line is one. What people do with marks alone is read as such where it is safe:
// underlined headings, lists, code after "::" or between fences, and the directives of reStructuredText.
func textBlocks(text string) []block {
	r := textReader{text: text, lines: readLines(text), literal: -1}
	r.survey()
	for r.at < len(r.lines) {
		r.next()
	}
	r.limit()
	if !slices.ContainsFunc(r.blocks, func(b block) bool { return b.level == 0 }) { // marks or headings alone
		return []block{{text: strings.TrimSpace(text), lead: -1}}
	}
	readShortLines(r.blocks)
	return r.blocks
}

// textReader reads plain text line by line.
type textReader struct {
	text   string
	lines  []textLine
	at     int // number of the line to read next
	blocks []block

	single  bool // every line is a paragraph
	marked  bool // it is reStructuredText
	terms   bool // words are explained in indented paragraphs below them
	styles  []string
	list    []listLevel
	counted int // number of the last item of a numbered list
	literal int // lines that are indented further are code; -1 if none are
	limits  []lineLimit
}

// textLine is a line of text.
type textLine struct {
	start, end int // without the line end
	indent     int // columns
	bare       string
}

// lineLimit says that a heading ends before a line.
type lineLimit struct {
	heading int // number of its block
	line    int
}

func readLines(text string) []textLine {
	var lines []textLine
	for i := 0; i < len(text); {
		line, next := cutLine(text, i)
		l := textLine{start: i, end: i + len(line), bare: strings.TrimSpace(line)}
		for _, c := range line[:len(line)-len(strings.TrimLeft(line, " \t"))] {
			if l.indent++; c == '\t' {
				l.indent += 3
			}
		}
		lines = append(lines, l)
		i = next
	}
	return lines
}

// survey finds out what kind of text it is.
func (r *textReader) survey() {
	terms := 0
	gap, gaps := false, 0 // blank lines since a line with text, and how many such gaps another line follows
	seen := false
	for i, l := range r.lines {
		switch {
		case l.bare == "":
			gap = seen
			continue
		case strings.HasPrefix(l.bare, ".. ") && (strings.Contains(l.bare, "::") || strings.HasPrefix(l.bare, ".. _")):
			r.marked = true
		case r.isTerm(i):
			terms++
		}
		if gap {
			gaps++
		}
		seen, gap = true, false
	}
	r.single = gaps == 0
	r.terms = terms > 1
}

// next reads what begins at line r.at.
func (r *textReader) next() {
	l := r.lines[r.at]
	r.limit()
	switch {
	case l.bare == "":
		r.at++
	case r.literal >= 0 && l.indent > r.literal:
		r.code()
	case strings.HasPrefix(l.bare, "```"):
		r.fenced(l.bare[:3])
	case r.marked && strings.HasPrefix(l.bare, "..") && (l.bare == ".." || l.bare[2] == ' '):
		r.directive()
	case r.heading():
	case isRuled(l.bare):
		r.literal, r.list = -1, nil
		r.at++
	case r.item():
	case r.terms && r.isTerm(r.at):
		r.add(block{text: l.bare, lead: -1, level: levelTerm})
		r.at++
		r.limits = append(r.limits, lineLimit{len(r.blocks) - 1, r.dedent(r.at, l.indent)})
	default:
		r.paragraph()
	}
}

// limit ends the headings that end before line r.at.
func (r *textReader) limit() {
	for n := len(r.limits) - 1; n >= 0 && r.limits[n].line <= r.at; n-- {
		r.blocks[r.limits[n].heading].until = len(r.blocks)
		r.limits = r.limits[:n]
	}
}

func (r *textReader) add(b block) { r.blocks = append(r.blocks, b) }

// block is what stands in lines [from, to), without white space around it.
func (r *textReader) block(from, to int) block {
	b := r.blockAt(r.lines[from].start, to)
	for _, l := range r.lines[from+1 : to] {
		b.lines = append(b.lines, l.start-b.at)
	}
	return b
}

// blockAt is what stands from byte at on up to line to, without white space around it.
func (r *textReader) blockAt(at, to int) block {
	text := r.text[at:r.lines[to-1].end]
	at += len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	return block{text: strings.TrimSpace(text), lead: -1, slice: true, at: at}
}

// dedent is the number of the first line from i on that is indented by no more than indent columns.
func (r *textReader) dedent(i, indent int) int {
	for i < len(r.lines) && (r.lines[i].bare == "" || r.lines[i].indent > indent) {
		i++
	}
	return i
}

// paragraph reads the lines up to a blank one, a heading or a list.
func (r *textReader) paragraph() {
	start := r.at
	r.at++
	for !r.single && r.at < len(r.lines) && r.lines[r.at].bare != "" && !r.interrupted(start) {
		r.at++
	}
	first := r.lines[start]
	b := r.block(start, r.at)
	if rows := barRows(b.sourceLines(), lastProse(r.blocks), len(r.blocks)); rows != nil {
		r.blocks = append(r.blocks, rows...)
		r.list = nil
		return
	}
	if b.text == "::" {
		r.literal = first.indent
		return
	}
	if top := len(r.list) - 1; top >= 0 && first.indent >= r.list[top].content {
		b.kind, b.lead = Item, r.list[top].item
	} else {
		r.list = nil
	}
	r.literal = -1
	if strings.HasSuffix(b.text, "::") {
		r.literal = first.indent
	}
	if b.kind == Paragraph && r.looksLikeCode(start) {
		r.addCode(start, r.at)
		return
	}
	r.addProse(b)
}

// interrupted reports whether something else than the paragraph that began at line start begins at line r.at.
func (r *textReader) interrupted(start int) bool {
	l := r.lines[r.at]
	switch {
	case r.marked && strings.HasPrefix(l.bare, ".. "), strings.HasPrefix(l.bare, "```"), isRuled(l.bare):
		return true
	case r.underlined(r.at) == exactly && r.at+2 < len(r.lines):
		return true
	case r.terms && l.indent == 0 && r.lines[start].indent > 0 && r.isTerm(r.at):
		return true
	}
	return r.startsList(start)
}

// addProse adds a paragraph or an item, or a question and its answer.
func (r *textReader) addProse(b block) {
	if b.kind == Paragraph || b.kind == Item {
		if n, at := splitQuestion(b.text, b.lines, 0); n > 0 {
			r.add(block{text: b.text[:n], lead: -1, level: levelQuestion})
			b.text, b.at, b.lines = strings.TrimSpace(b.text[at:]), b.at+at, nil
		}
	}
	if b.text != "" && answerMark(b.text) != len(b.text) {
		r.add(b)
	}
}

// cutLine is the line that begins at i, and where the next one begins. Lines end with LF, CR LF or CR.
func cutLine(text string, i int) (line string, next int) {
	rest := text[i:]
	n := strings.IndexAny(rest, "\r\n")
	switch {
	case n < 0:
		return rest, len(text)
	case strings.HasPrefix(rest[n:], "\r\n"):
		return rest[:n], i + n + 2
	}
	return rest[:n], i + n + 1
}
