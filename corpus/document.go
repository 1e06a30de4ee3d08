package corpus

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse makes an article of a file that is in memory already. Its name's extension says what it holds: plain text (.txt,
// at most 64 MB), Markdown (.md, .markdown, 8 MB) or an HTML page (.html, .htm, 16 MB), each with optional YAML front
// matter (title, author, source, url, published or date, language or lang, id). UTF-8 is expected; UTF-16 with a byte
// order mark, and other encodings that an HTML page declares, are converted.
//
// The title is the one in the front matter or the page's metadata, else the heading, else a first line that reads like a
// headline, else made from the file name; it is no paragraph. Every error is one sentence for the user and names the file.
func Parse(name string, data []byte) (*Article, error) {
	format := formatOf(name)
	if format == unknown {
		return nil, unknownFormat(name)
	}
	if len(data) > format.limit() {
		return nil, fmt.Errorf("%s is too large: a %s may have %d MB. Split it into several", name, format.String(), format.limit()>>20)
	}
	text, warnings, err := decode(name, data, format)
	if err != nil {
		return nil, err
	}
	d, err := cutFrontMatter(name, text)
	if err != nil {
		return nil, err
	}
	d.warnings = append(warnings, d.warnings...)
	if err := d.read(format); err != nil {
		return nil, fmt.Errorf("%s %w", name, err)
	}
	d.takeTitle(name)
	if len(d.blocks) == 0 {
		return nil, fmt.Errorf("%s has no text in it. Give a .txt, .md or .html file with an article", name)
	}
	return d.article(name), nil
}

// document is an article on its way from a file: what is known about it, and its text in blocks.
type document struct {
	meta     Article // only the fields that New takes
	body     string  // the file's text without front matter
	blocks   []block
	warnings []string
}

// block is a piece of text that a reader sees set apart: a paragraph, a heading, a list item, a row of a table.
type block struct {
	text  string
	level int // 1 to 6 in a heading, else 0
}

// read makes blocks of the body.
func (d *document) read(f format) (err error) {
	defer func() {
		// The libraries that read Markdown and HTML may have a fault that only an odd file brings to light; a file that
		// somebody uploads must not end the program.
		if fault := recover(); fault != nil {
			err = fmt.Errorf("brings out a fault in the program (%v). Save it as plain text", fault)
		}
	}()
	switch f {
	case markdown:
		return d.readMarkdown()
	case page:
		return d.readPage()
	}
	d.blocks = textBlocks(d.body)
	return nil
}

func (d *document) article(name string) *Article {
	paragraphs := make([]string, len(d.blocks))
	for i, b := range d.blocks {
		paragraphs[i] = b.text
	}
	d.meta.ID = slug(d.meta.ID)
	if d.meta.ID == "" {
		d.meta.ID = slug(stem(name))
	}
	if d.meta.ID == "" {
		d.meta.ID = "article"
	}
	a := New(d.meta, paragraphs)
	a.Warnings = append(d.warnings, a.Warnings...)
	return a
}

// takeTitle finds the title if there is none yet, and takes the block that holds it out of the text.
func (d *document) takeTitle(name string) {
	at := -1
	for i, b := range d.blocks {
		title := d.meta.Title
		if b.level == 1 && title == "" || b.level > 0 && title != "" && strings.EqualFold(oneLine(b.text), title) {
			at = i
			break
		}
	}
	if at < 0 && d.meta.Title == "" && len(d.blocks) > 0 && (d.blocks[0].level > 0 || opensWithHeadline(d.blocks)) {
		at = 0
	}
	switch {
	case at >= 0:
		d.meta.Title = oneLine(d.blocks[at].text)
		d.blocks = append(d.blocks[:at:at], d.blocks[at+1:]...)
	case d.meta.Title == "":
		d.meta.Title = nameTitle(name)
	}
}

// opensWithHeadline reports whether the first block reads like the headline of the others: one short line without a full stop,
// before a longer paragraph that ends like a sentence.
func opensWithHeadline(blocks []block) bool {
	const longest = 100 // characters
	if len(blocks) < 2 {
		return false
	}
	first, second := blocks[0].text, blocks[1].text
	if strings.ContainsAny(first, "\r\n\t") || utf8.RuneCountInString(first) > longest || len(second) <= len(first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(first)
	open := last == '?' || last == '!' || last == '"' || last == '”' || last == '’' || last == ')' || last == '%'
	if !strings.ContainsFunc(first, unicode.IsLetter) || !open && !unicode.IsLetter(last) && !unicode.IsNumber(last) {
		return false
	}
	ending, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(second, func(r rune) bool { return isCloser(r) || r == ' ' }))
	return isTerminal(ending)
}

// stem is the file name without folder and extension.
func stem(name string) string {
	base := filepath.Base(name)
	return strings.ToValidUTF8(strings.TrimSuffix(base, filepath.Ext(base)), "\uFFFD")
}

// nameTitle makes a title of a file name: "peace-talks_2.txt" becomes "Peace talks 2".
func nameTitle(name string) string {
	title := strings.Join(strings.FieldsFunc(stem(name), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	first, size := utf8.DecodeRuneInString(title)
	if size == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(first)) + title[size:]
}

// slug is s as an ID: letters and digits of any script in lower case, with single hyphens between words, at most 64 bytes.
func slug(s string) string {
	const longest = 64
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		hyphen := !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
		if hyphen {
			r = '-'
		}
		if b.Len()+utf8.RuneLen(r) > longest {
			break
		}
		if !hyphen || b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteRune(r)
		}
	}
	return strings.TrimRight(b.String(), "-")
}

// oneLine is s with every run of white space made one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
