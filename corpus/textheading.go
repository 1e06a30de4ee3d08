package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// underlining says how sure it is that a line is underlined.
type underlining int

const (
	not     underlining = iota
	roughly             // the line below is a rule of another length
	exactly             // it is as long as the text
)

// heading reads a heading that is marked as one and reports whether there was one: underlined, perhaps with a rule above it
// too, or with number signs before it.
func (r *textReader) heading() bool {
	l := r.lines[r.at]
	over := isRuled(l.bare) && r.at+2 < len(r.lines) && r.lines[r.at+2].bare != "" &&
		isRuled(r.lines[r.at+2].bare) && r.lines[r.at+2].bare[0] == l.bare[0] && r.underlined(r.at+1) != not
	switch {
	case over:
		r.addHeading(r.lines[r.at+1].bare, r.level(l.bare[:1]+l.bare[:1]))
		r.at += 3
	case !isRuled(l.bare) && r.underlined(r.at) != not:
		r.addHeading(l.bare, r.level(r.lines[r.at+1].bare[:1]))
		r.at += 2
	default:
		text := strings.TrimLeft(l.bare, "#")
		signs := len(l.bare) - len(text)
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \t"))
		if signs == 0 || signs > 6 || !strings.HasPrefix(text, " ") || l.indent > 3 || len(text) > 120 || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
			return false
		}
		r.addHeading(strings.TrimSpace(strings.TrimRight(text, "#")), min(len(r.styles)+signs, 6))
		r.at++
	}
	return true
}

func (r *textReader) addHeading(text string, level int) {
	r.literal, r.list = -1, nil
	r.add(block{text: text, lead: -1, level: level})
}

// level is the level of headings that are underlined in a style: the styles are levels in the order in which they come up.
func (r *textReader) level(style string) int {
	i := slices.Index(r.styles, style)
	if i < 0 {
		r.styles = append(r.styles, style)
		i = len(r.styles) - 1
	}
	return min(i+1, 6)
}

// underlined reports whether line i is a heading by the line below it.
func (r *textReader) underlined(i int) underlining {
	const longest = 200 // bytes
	if i+1 >= len(r.lines) {
		return not
	}
	title, rule := r.lines[i].bare, r.lines[i+1].bare
	if title == "" || rule == "" || len(title) > longest || !isRuled(rule) || !strings.ContainsFunc(title, isWordRune) || bullet(title) > 0 {
		return not
	}
	long := utf8.RuneCountInString(title)
	off := len(rule) - long
	end, _ := utf8.DecodeLastRuneInString(title)
	statement := end == '.' || end == '!' || end == ',' || statesFigure(title)
	switch {
	case strings.Contains(rule, " ") && (strings.Contains(title, "  ") || off < -3 || off > 3):
		return not // a ruled table
	case off >= -1 && off <= 1:
		return exactly
	case statement, off < -3 && len(rule) < 4:
		return not
	}
	return roughly
}

// isRuled reports whether a line is a rule: three or more of one mark, perhaps with spaces between them.
func isRuled(line string) bool {
	const longest = 200
	if len(line) < 3 || len(line) > longest || strings.IndexByte("=-~^\"'`#*+.:_<>", line[0]) < 0 {
		return false
	}
	return strings.Count(line, line[:1]) > 2 && strings.Trim(line, line[:1]+" ") == ""
}

// isTerm reports whether line i is a short line with a paragraph below it that is indented: a word and what it means.
func (r *textReader) isTerm(i int) bool {
	const longest, line = 60, 45 // bytes; lines of verse are shorter
	l := r.lines[i]
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.bare, "`*"))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.bare, "`*"))
	if len(l.bare) > longest || l.indent > 0 || i > 0 && r.lines[i-1].bare != "" && r.lines[i-1].indent < 2 {
		return false
	}
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) || !unicode.IsLetter(last) && last != ')' {
		return false
	}
	long, n := 0, i+1
	for ; n < len(r.lines) && r.lines[n].bare != "" && r.lines[n].indent >= 2; n++ {
		if bullet(r.lines[n].bare) > 0 {
			return false
		}
		long = max(long, len(r.lines[n].bare))
	}
	alone := n == len(r.lines) || r.lines[n].bare == "" || n+1 < len(r.lines) && r.lines[n+1].indent >= 2
	return alone && n > i+1 && long >= line && endsSentence(r.lines[n-1].bare)
}

// endsSentence reports whether text ends with a terminal mark, closing marks aside.
func endsSentence(text string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, func(r rune) bool { return isCloser(r) || r == ' ' }))
	return isTerminal(end)
}

// readShortLines makes headings of short lines without a full stop that stand alone before a longer paragraph or a list. It takes
// prose around them: the lines of a poem, an address or a list of names are left alone.
func readShortLines(blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		if i+1 == len(blocks) || b.level > 0 || blocks[i+1].level > 0 || !b.isShortLine() {
			continue
		}
		afterProse := i == 0 || blocks[i-1].level > 0 || blocks[i-1].kind != Paragraph || endsSentence(blocks[i-1].text)
		if b.kind == Item && (i > 0 && blocks[i-1].kind == Item && blocks[i-1].level == 0 || blocks[i+1].kind == Item) {
			continue
		}
		if afterProse && blocks[i+1].standsUnder(b.text) {
			*b = block{text: b.text, lead: -1, level: levelLine + min(2, strings.Count(numberOf(b.text), "."))}
			for k := i + 1; k < len(blocks) && blocks[k].lead == i; k++ {
				blocks[k].lead = -1
			}
		}
	}
}

// isShortLine reports whether b is one line that reads like a heading.
func (b *block) isShortLine() bool {
	const longest, words = 70, 10
	if len(b.lines) > 0 || len(b.text) > longest || b.kind != Paragraph && numberOf(b.text) == "" || b.kind != Paragraph && b.kind != Item {
		return false
	}
	first, _ := utf8.DecodeRuneInString(b.text)
	last, _ := utf8.DecodeLastRuneInString(b.text)
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) &&
		(unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')' || last == '?' && b.kind == Item) &&
		!statesFigure(b.text) && !strings.ContainsAny(b.text, "\t|“\"«") && !strings.Contains(b.text, "  ") && len(strings.Fields(b.text)) <= words
}

// numberOf is the number that a heading begins with: "2.1" of "2.1 Reporting bugs".
func numberOf(text string) string {
	n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' })
	if n <= 0 {
		return ""
	}
	return strings.TrimRight(text[:n], ".")
}

// standsUnder reports whether b is a paragraph of prose that is longer than line, or the first item of a list.
func (b *block) standsUnder(line string) bool {
	const shortest, width = 80, 45 // bytes of a paragraph, and of its longest line: verse has shorter ones
	if b.kind == Item {
		return true
	}
	if b.kind != Paragraph || len(b.text) < max(shortest, len(line)*3/2) || !endsSentence(b.text) {
		return false
	}
	longest := 0
	for _, l := range b.sourceLines() {
		longest = max(longest, len(l))
	}
	return longest >= width
}
