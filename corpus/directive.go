package corpus

import (
	"strings"
	"unicode/utf8"
)

// plainMarkdown is Markdown without what other programs than a reader's understand: marks around a note (":::tip", "!!! warning",
// "[!NOTE]" in a quotation), "[TOC]", "{% tag %}" and "{{ tag }}" are taken out, and what stands within a note stays. Headings that are
// underlined as in reStructuredText (~~~~, ^^^^) get number signs, lest the line opens a block of code.
func plainMarkdown(text string) string {
	m := markdownFilter{text: text, afterBlank: true}
	for m.at < len(text) {
		m.line()
	}
	return m.out.String()
}

type markdownFilter struct {
	text       string
	at         int
	out        strings.Builder
	fence      string // that opened the block of code being read, its first three marks
	note       bool   // in a note that is indented
	afterBlank bool
}

// line copies the next line, or what is left of it.
func (m *markdownFilter) line() {
	line, next := cutLine(m.text, m.at)
	end := m.text[m.at+len(line) : next]
	m.at = next
	bare := strings.TrimSpace(line)
	blank := m.afterBlank
	m.afterBlank = bare == ""
	m.note = m.note && (bare == "" || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t"))
	switch {
	case m.fence != "":
		if strings.HasPrefix(bare, m.fence) {
			m.fence = ""
		}
	case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
		m.fence = bare[:3]
	case isDirective(bare):
		m.note = bare[0] == '!' || bare[0] == '?'
		if line = ""; bare[0] == '>' {
			line = ">"
		}
	case blank && bare != "":
		if rule, after := cutLine(m.text, next); underlines(rule, line) {
			line = "### " + bare
			m.at = after
		}
	}
	if m.note {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "    "), "\t")
	}
	m.out.WriteString(line)
	m.out.WriteString(end)
}

func isDirective(line string) bool {
	switch {
	case strings.HasPrefix(line, ":::"), strings.HasPrefix(line, "!!! "), strings.HasPrefix(line, "??? "),
		strings.HasPrefix(line, "{%") && strings.HasSuffix(line, "%}"), strings.HasPrefix(line, "{{") && strings.HasSuffix(line, "}}"),
		strings.EqualFold(line, "[TOC]"), strings.EqualFold(line, "[[TOC]]"):
		return true
	}
	alert := strings.TrimLeft(line, "> ")
	return strings.HasPrefix(line, ">") && strings.HasPrefix(alert, "[!") && strings.IndexByte(alert, ']') == len(alert)-1
}

// underlines reports whether rule underlines title in a way that Markdown does not know: with as many of one mark.
func underlines(rule, title string) bool {
	const shortest = 4
	rule, title = strings.TrimSpace(rule), strings.TrimSpace(title)
	if len(rule) < shortest || strings.IndexByte("~^\"+", rule[0]) < 0 || strings.Trim(rule, rule[:1]) != "" {
		return false
	}
	longer := len(rule) - utf8.RuneCountInString(title)
	return longer >= -1 && longer <= 1
}
