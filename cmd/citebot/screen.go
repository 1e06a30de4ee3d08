package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// screen is what people read on: a terminal, or else a pipe or a file, which gets plain text with every paragraph on one line.
type screen struct {
	out    io.Writer
	width  int  // columns to wrap at; 0 leaves the text as it is
	styled bool // bold and dim can be shown
}

// style is the escape sequence that turns it on.
type style string

const (
	plain style = ""
	bold  style = "\x1b[1m"
	dim   style = "\x1b[2m"
	reset       = "\x1b[0m"
)

// stretch is some text in one style.
type stretch struct {
	text  string
	style style
}

// newScreen finds out what stdout is.
func newScreen(out *output, config Config) screen {
	s := screen{out: out}
	s.width, _ = strconv.Atoi(config.Columns)
	if file, ok := out.Writer.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil {
			s.width = width
		}
		s.styled = !config.NoColor && config.Term != "dumb" && enableEscapes(file)
	}
	if s.width > 0 {
		s.width = min(max(s.width, 20), 100) // lines longer than 100 are hard to read
	}
	return s
}

// line prints one line as it is, but for characters that do harm.
func (s screen) line(format string, args ...any) {
	fmt.Fprintln(s.out, visible(fmt.Sprintf(format, args...)))
}

// paragraph prints stretches as one paragraph, its first line after first, the others after rest.
func (s screen) paragraph(first, rest string, stretches ...stretch) {
	var b strings.Builder
	b.WriteString(first)
	if s.width == 0 {
		for _, stretch := range stretches {
			b.WriteString(s.paint(stretch))
		}
	} else {
		s.wrap(&b, first, rest, stretches)
	}
	b.WriteByte('\n')
	io.WriteString(s.out, b.String())
}

// wrap breaks lines at white space. A word may be made of several stretches, so it is held back until its end is known.
func (s screen) wrap(b *strings.Builder, first, rest string, stretches []stretch) {
	column, empty := runewidth.StringWidth(first), true // empty: nothing but the indentation is on this line
	var word []stretch
	put := func() {
		width := 0
		for _, part := range word {
			width += runewidth.StringWidth(visible(part.text))
		}
		switch {
		case !empty && column+1+width > s.width:
			b.WriteString("\n" + rest)
			column, empty = runewidth.StringWidth(rest), true
		case !empty:
			b.WriteByte(' ')
			column++
		}
		for _, part := range word {
			b.WriteString(s.paint(part))
		}
		column, empty, word = column+width, false, word[:0]
	}
	for _, stretch := range stretches {
		for i, part := range strings.Split(spaces(stretch.text), " ") {
			if i > 0 {
				put()
			}
			stretch.text = part
			word = append(word, stretch)
		}
	}
	put()
}

// paint is the text made visible, in its style.
func (s screen) paint(t stretch) string {
	if !s.styled || t.style == plain || t.text == "" {
		return visible(t.text)
	}
	return string(t.style) + visible(t.text) + reset
}

// spaces makes every line break and tab a space, as where lines are broken is up to the terminal.
func spaces(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(text)
}

// visible spells out the characters with which a text could take over the terminal or pass for another text: controls,
// escape sequences' first byte among them, and what changes the direction of writing.
func visible(text string) string {
	if strings.IndexFunc(text, harmful) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if harmful(r) {
			fmt.Fprintf(&b, "‹U+%04X›", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func harmful(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069': // bidirectional embeddings, overrides and isolates
		return true
	}
	return unicode.IsControl(r)
}
