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
	shown := make([]stretch, len(stretches))
	for i, t := range stretches {
		shown[i] = stretch{visible(t.text), t.style}
	}
	if s.width > 0 {
		shown = wrap(shown, s.width, first, rest)
	}
	var b strings.Builder
	b.WriteString(first)
	for _, t := range shown {
		b.WriteString(s.paint(t))
	}
	b.WriteByte('\n')
	io.WriteString(s.out, b.String())
}

// code prints stretches line by line as they are, the first line after first, the others after rest.
func (s screen) code(first, rest string, stretches ...stretch) {
	var b strings.Builder
	b.WriteString(first)
	for _, t := range stretches {
		lines := strings.Split(visible(t.text), "\n")
		for i := 1; i < len(lines); i++ {
			if lines[i] != "" || i == len(lines)-1 { // a line of the next stretch begins with the last one
				lines[i] = rest + lines[i]
			}
		}
		b.WriteString(s.paint(stretch{strings.Join(lines, "\n"), t.style}))
	}
	b.WriteByte('\n')
	io.WriteString(s.out, b.String())
}

// wrap breaks lines at white space. A word may be made of several stretches, so it is held back until its end is known.
func wrap(stretches []stretch, width int, first, rest string) []stretch {
	var laid []stretch
	add := func(t stretch) {
		if n := len(laid); n > 0 && laid[n-1].style == t.style {
			laid[n-1].text += t.text
		} else {
			laid = append(laid, t)
		}
	}

	var word []stretch
	column, fresh := runewidth.StringWidth(first), true // fresh: nothing but the indentation is on this line
	put := func(gap style) {
		wide := 0
		for _, part := range word {
			wide += runewidth.StringWidth(part.text)
		}
		switch {
		case !fresh && column+1+wide > width:
			add(stretch{"\n" + rest, plain})
			column = runewidth.StringWidth(rest)
		case !fresh:
			add(stretch{" ", gap})
			column++
		}
		for _, part := range word {
			add(part)
		}
		column, fresh, word = column+wide, false, word[:0]
	}

	gap := plain
	for _, t := range stretches {
		for i, part := range strings.Split(spaces(t.text), " ") {
			if i > 0 {
				put(gap)
				gap = t.style
			}
			if part != "" {
				word = append(word, stretch{part, t.style})
			}
		}
	}
	put(gap)
	return laid
}

// paint is the text in its style.
func (s screen) paint(t stretch) string {
	if !s.styled || t.style == plain || t.text == "" {
		return t.text
	}
	return string(t.style) + t.text + reset
}

// spaces makes every line break and tab a space, as where lines are broken is up to the terminal.
func spaces(text string) string {
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(text)
}

// visible spells out the characters with which a text could take over the terminal or pass for another text: controls,
// escape sequences' first byte among them, and what changes the direction of writing.
func visible(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD")
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
