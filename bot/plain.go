package bot

import (
	"regexp"
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
			lines[i] = fragment.ReplaceAllString(lines[i], "")
		}
	}
	linked := func(line string) bool { return strings.Contains(line, "<http") }
	for _, kept := range []func(line string) bool{
		func(line string) bool { return linked(line) || strings.Contains(line, "**") },
		linked,
		func(string) bool { return false },
	} {
		for over := excess(lines); over > 0; over = excess(lines) {
			i := longest(lines, kept)
			if i < 0 {
				break
			}
			lines[i] = shortened(lines[i], over)
			lines = withoutRepeats(lines)
		}
	}
	return strings.Join(ended(lines), "\n")
}

// excess is how many units the lines have too many; 0 or less if they fit.
func excess(lines []string) int {
	total := len(lines) - 1
	for _, line := range lines {
		total += units(line)
	}
	return total - contentLength
}

// ended are the lines from the start that fit, as where there are more blocks of code than any article has; code is closed.
func ended(lines []string) []string {
	if excess(lines) <= 0 {
		return lines
	}
	for len(lines) > 0 && excess(lines)+1+units(codeFence) > 0 {
		lines = lines[:len(lines)-1]
	}
	code := false
	for _, line := range lines {
		code = code != (line == codeFence)
	}
	if code {
		lines = append(lines, codeFence)
	}
	return lines
}

// bareLinks are the lines of text with the address of each link after its words, but in code, where nothing is a link.
func bareLinks(text string) []string {
	lines := strings.Split(text, "\n")
	code := false
	for i, line := range lines {
		if line == codeFence {
			code = !code
		} else if !code {
			lines[i] = namedLink.ReplaceAllString(line, "$1 <$2>")
		}
	}
	return lines
}

// codeFence is a line before and after code.
const codeFence = "```"

// leastLine is how short a line is, in units, that is left out rather than shortened.
const leastLine = 120

// longest is the number of the longest line that may be shortened; -1 if there is none.
func longest(lines []string, kept func(string) bool) int {
	found := -1
	for i, line := range lines {
		if line == "" || line == codeFence || line == leftOutLine || kept(line) {
			continue
		}
		if found < 0 || units(line) > units(lines[found]) {
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

// withoutRepeats are the lines with one mark where several lines in a row were left out.
func withoutRepeats(lines []string) []string {
	var kept []string
	for i, line := range lines {
		if line == leftOutLine && i > 0 && lines[i-1] == leftOutLine {
			continue
		}
		kept = append(kept, line)
	}
	return kept
}
