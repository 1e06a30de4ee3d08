package bot

import (
	"regexp"
	"slices"
	"strings"
)

// contentLength is how long a message's text may be, in [units].
const contentLength = 2000

// asText is r for where no embed may be shown: the same words as text, links as bare addresses. Buttons stay.
func (r reply) asText() reply {
	if r.embed == nil {
		return r
	}
	var parts []string
	if r.text != "" {
		parts = append(parts, r.text)
	}
	if a := r.embed.Author; a != nil && a.Name != "" {
		parts = append(parts, "*"+markdown(a.Name, nil, "")+"*")
	}
	if r.embed.Title != "" {
		parts = append(parts, "**"+markdown(r.embed.Title, nil, "")+"**")
	}
	parts = append(parts, r.embed.Description)
	if f := r.embed.Footer; f != nil && f.Text != "" {
		parts = append(parts, dimmed(f.Text))
	}
	r.text = fitContent(strings.Join(parts, "\n"))
	r.embed = nil
	return r
}

var (
	// namedLink is a link with words of its own. Words of an article never make one: markdown puts a backslash before brackets.
	namedLink = regexp.MustCompile(`\[((?:\\.|[^\[\]\\])*)\]\((https?://[^\s()<>]+)\)`)
	fragment  = regexp.MustCompile(`#:~:text=[^\s>]*`)
)

// fitContent is text for a message: with bare links and, where it is too long, with less of it. First the links lead only to
// their page; then the longest lines are shortened, those without a link and emphasis first, then those without a link, then any.
func fitContent(text string) string {
	lines := bareLinks(text)
	if excess(lines) > 0 {
		for i := range lines {
			lines[i] = newLine(fragment.ReplaceAllString(lines[i].text, ""))
		}
	}
	for _, kept := range []func(line) bool{
		func(l line) bool { return l.linked || l.emphasised },
		func(l line) bool { return l.linked },
		func(line) bool { return false },
	} {
		for over := excess(lines); over > 0; over = excess(lines) {
			i := longest(lines, kept)
			if i < 0 {
				break
			}
			lines[i] = newLine(shortened(lines[i].text, over))
			lines = slices.CompactFunc(lines, func(a, b line) bool { return a.text == leftOutLine && b.text == leftOutLine })
		}
	}
	var texts []string
	for _, l := range ended(lines) {
		texts = append(texts, l.text)
	}
	return strings.Join(texts, "\n")
}

// line is a line of text and what is asked about it again and again.
type line struct {
	text       string
	size       int // units
	linked     bool
	emphasised bool
}

func newLine(text string) line {
	return line{text, units(text), strings.Contains(text, "<http"), strings.Contains(text, "**")}
}

// excess is how many units the lines have too many; 0 or less if they fit.
func excess(lines []line) int {
	total := len(lines) - 1
	for _, l := range lines {
		total += l.size
	}
	return total - contentLength
}

// ended are the lines from the start that fit, as where there are more blocks of code than any article has; code is closed.
func ended(lines []line) []line {
	over := excess(lines)
	if over <= 0 {
		return lines
	}
	for over += 1 + units(codeFence); len(lines) > 0 && over > 0; {
		over -= lines[len(lines)-1].size + 1
		lines = lines[:len(lines)-1]
	}
	code := false
	for _, l := range lines {
		code = code != (l.text == codeFence)
	}
	if code {
		lines = append(lines, newLine(codeFence))
	}
	return lines
}

// bareLinks are the lines of text with the address of each link after its words, but in code, where nothing is a link.
func bareLinks(text string) []line {
	var lines []line
	code := false
	for _, l := range strings.Split(text, "\n") {
		if l == codeFence {
			code = !code
		} else if !code {
			l = namedLink.ReplaceAllString(l, "$1 <$2>")
		}
		lines = append(lines, newLine(l))
	}
	return lines
}

// codeFence is a line before and after code.
const codeFence = "```"

// leastLine is how short a line is, in units, that is left out rather than shortened.
const leastLine = 120

// longest is the number of the longest line that may be shortened; -1 if there is none.
func longest(lines []line, kept func(line) bool) int {
	found := -1
	for i, l := range lines {
		if l.text == "" || l.text == codeFence || l.text == leftOutLine || kept(l) {
			continue
		}
		if found < 0 || l.size > lines[found].size {
			found = i
		}
	}
	return found
}

// leftOutLine stands for lines that were left out.
const leftOutLine = omitted

// shortened is line with about so many units less, or the mark for a line that is left out.
func shortened(line string, excess int) string {
	const mark = " " + omitted
	keep := max(units(line)-excess-units(mark)-2, units(line)/2)
	if keep < leastLine {
		return leftOutLine
	}
	cut := strings.TrimRight(line[:wordEnd(line, bytesWithin(line, keep))], ` \*`)
	if i := strings.LastIndex(cut, "<http"); i >= 0 && !strings.Contains(cut[i:], ">") {
		cut = strings.TrimRight(cut[:i], " ") // half an address leads nowhere
	}
	if strings.Count(strings.ReplaceAll(cut, `\*`, ""), "**")%2 == 1 {
		cut += "**"
	}
	return cut + mark
}
