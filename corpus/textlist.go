package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listLevel is one of the lists, in each other, that are being read.
type listLevel struct {
	indent  int // of its marks, in columns
	content int // of the text after the mark
	lead    int // number of the block that leads in
	item    int // number of the first block of its last item
	ordered bool
}

// item reads an item of a list and reports whether there was one.
func (r *textReader) item() bool {
	l := r.lines[r.at]
	mark := bullet(l.bare)
	from := mark
	if mark == 0 {
		number, n := ordinal(l.bare)
		if n == 0 || number != 1 && number != r.counted+1 && !r.counts(r.at, number+1) {
			return false
		}
		r.counted = number
		mark = n
	}
	start := r.at
	r.at++
	for !r.single && r.at < len(r.lines) && r.continues(l) {
		r.at++
	}
	at := l.start + strings.Index(r.text[l.start:l.end], l.bare) + from
	b := r.blockAt(at, r.at)
	b.kind, b.lead = Item, r.enterList(l.indent, l.indent+mark, from == 0)
	for _, line := range r.lines[start+1 : r.at] {
		b.lines = append(b.lines, line.start-b.at)
	}
	r.literal = -1
	if strings.HasSuffix(b.text, "::") {
		r.literal = l.indent
	}
	r.list[len(r.list)-1].item = len(r.blocks)
	r.addProse(b)
	r.list[len(r.list)-1].item = max(0, len(r.blocks)-1)
	return true
}

// continues reports whether line r.at goes on with the item that began with line l.
func (r *textReader) continues(l textLine) bool {
	line := r.lines[r.at]
	if line.bare == "" || bullet(line.bare) > 0 || r.underlined(r.at) == exactly || strings.HasPrefix(line.bare, "```") {
		return false
	}
	if r.marked && strings.HasPrefix(line.bare, ".. ") || strings.HasPrefix(line.bare, "# ") {
		return false
	}
	number, n := ordinal(line.bare)
	return n == 0 || number != r.counted+1 && (number != 1 || line.indent <= l.indent)
}

// enterList finds the list that a mark at column indent belongs to, or begins one, and returns what leads in to it.
func (r *textReader) enterList(indent, content int, ordered bool) int {
	for n := len(r.list); n > 0 && indent < r.list[n-1].indent; n-- {
		r.list = r.list[:n-1]
	}
	if n := len(r.list); n > 0 && indent < r.list[n-1].content && indent <= r.list[n-1].indent+1 {
		if r.list[n-1].ordered == ordered {
			r.list[n-1].content = content
			return r.list[n-1].lead
		}
		r.list = r.list[:n-1]
	}
	level := listLevel{indent: indent, content: content, lead: lastProse(r.blocks), ordered: ordered}
	switch n := len(r.list); {
	case n > 0:
		level.lead = r.list[n-1].item
	case level.lead >= 0 && r.blocks[level.lead].kind == Item:
		level.lead = -1
	}
	r.list = append(r.list, level)
	return level.lead
}

// startsList reports whether a list begins at line r.at, within the paragraph that began at line start.
func (r *textReader) startsList(start int) bool {
	l := r.lines[r.at]
	mark := bullet(l.bare) > 0
	number, n := ordinal(l.bare)
	if !mark && (n == 0 || number != 1) {
		return false
	}
	if strings.HasSuffix(r.lines[r.at-1].bare, ":") {
		return true
	}
	if !mark {
		return r.counts(r.at, 2)
	}
	for _, next := range r.soon(r.at) {
		if next.bare == "" {
			break
		}
		if next.indent == l.indent && bullet(next.bare) > 0 {
			return true
		}
	}
	return false
}

// soon is the lines soon after line i.
func (r *textReader) soon(i int) []textLine {
	const lines = 40
	return r.lines[i+1 : min(i+1+lines, len(r.lines))]
}

// counts reports whether a line soon after line i begins with number.
func (r *textReader) counts(i, number int) bool {
	for _, l := range r.soon(i) {
		if k, n := ordinal(l.bare); n > 0 && k == number {
			return true
		}
	}
	return false
}

// bullet is how long the mark of a list item is that line begins with, the space after it included; 0 without one.
func bullet(line string) int {
	mark, size := utf8.DecodeRuneInString(line)
	switch mark {
	case '-', '*', '+', '•', '‣', '◦', '▪', '●':
		rest := strings.TrimLeft(line[size:], " \t")
		if len(rest) < len(line)-size && rest != "" {
			return len(line) - len(rest)
		}
	}
	return 0
}

// ordinal is the number of a numbered item that line begins with (1 for the first, also of letters), and how long it is with
// the space after it: "3. ", "3) ", "(3) ", "c) ", "(c) ". n is 0 without one.
func ordinal(line string) (number, n int) {
	rest := strings.TrimPrefix(line, "(")
	opened := len(rest) < len(line)
	digits := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsDigit(r) || r > 'z' })
	switch {
	case digits > 0 && digits <= 3:
		for _, c := range rest[:digits] {
			number = 10*number + int(c-'0')
		}
		rest = rest[digits:]
	case digits == 0 && rest[0] >= 'a' && rest[0] <= 'z':
		number = int(rest[0]-'a') + 1
		rest = rest[1:]
		if !strings.HasPrefix(rest, ")") {
			return 0, 0
		}
	default:
		return 0, 0
	}
	if !strings.HasPrefix(rest, ")") && (opened || !strings.HasPrefix(rest, ".")) {
		return 0, 0
	}
	rest = rest[1:]
	after := strings.TrimLeft(rest, " \t")
	if len(after) == len(rest) || after == "" {
		return 0, 0
	}
	return number, len(line) - len(after)
}
