package corpus

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	render "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// readMarkdown makes blocks of Markdown (CommonMark with tables, footnotes and struck text). It is rendered to HTML first,
// so that both formats are read the same way and HTML inside Markdown is too. Markdown whose shape would take the library
// more than linear time is read as plain text instead, and so is reStructuredText.
func (d *document) readMarkdown() error {
	plainly := func() error {
		d.warnings = append(d.warnings, "The Markdown is nested too deeply or has too long a block; it is read as plain text.")
		d.blocks = textBlocks(d.body)
		return nil
	}
	if isRestructured(d.body) {
		d.blocks = textBlocks(d.body)
		return nil
	}
	if !isTame(d.body) {
		return plainly()
	}
	library := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()), // {#name} after a heading is not seen
		goldmark.WithRendererOptions(render.WithUnsafe()),         // HTML inside is never shown, only read
	)
	var rendered bytes.Buffer
	if err := library.Convert([]byte(plainMarkdown(d.body)), &rendered); err != nil {
		return plainly()
	}
	root, err := html.Parse(&rendered)
	if err != nil {
		return plainly()
	}
	d.blocks = pageBlocks(root)
	return nil
}

// isRestructured reports whether a text is reStructuredText under a name that says Markdown: it has several directives.
func isRestructured(text string) bool {
	const fewest = 3
	directives := 0
	for i := 0; i < len(text); {
		line, next := cutLine(text, i)
		i = next
		if name, found := strings.CutPrefix(line, ".. "); found && strings.Contains(name, "::") {
			directives++
		}
	}
	return directives >= fewest
}

// isTame reports whether goldmark reads markdown in about linear time. Measured on 100 kB of one repeated mark, it takes
// ten seconds for nested quotations and lists, and twenty for links in links that never end.
func isTame(markdown string) bool {
	const (
		deepest      = 64     // quotations and list items in each other
		mostLinks    = 64     // link targets that are open at a time
		longestBlock = 10_000 // lines without a blank one between them
	)
	links, lines := 0, 0
	for i := 0; i < len(markdown); {
		line, next := cutLine(markdown, i)
		i = next
		lines++
		if strings.TrimSpace(line) == "" {
			links, lines = 0, 0
		}
		for j := range len(line) {
			switch {
			case line[j] == '(' && j > 0 && line[j-1] == ']':
				links++
			case line[j] == ')' && links > 0:
				links--
			}
			if links > mostLinks {
				return false
			}
		}
		if lines > longestBlock || containers(line) > deepest {
			return false
		}
	}
	return true
}

// containers is the number of quotations and list items that line can be in: those it opens at its beginning, and one for
// every two columns that the first of them is indented.
func containers(line string) int {
	opened, columns := 0, 0
	for i := range len(line) {
		c := line[i]
		space := c == ' ' || c == '\t'
		switch {
		case c == '>', space && i > 0 && strings.IndexByte("-+*.)", line[i-1]) >= 0:
			opened++
		case opened == 0 && c == '\t':
			columns += 4
		case opened == 0 && c == ' ':
			columns++
		}
		if !space && strings.IndexByte(">-+*.)0123456789", c) < 0 {
			break
		}
	}
	return opened + min(opened, 1)*columns/2
}
