package corpus

import (
	"fmt"
	"path/filepath"
	"slices"
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
	d.settle()
	d.takeTitle(name)
	a := d.article(name)
	if len(a.Blocks) == 0 {
		return nil, fmt.Errorf("%s has no text in it. Give a .txt, .md or .html file with an article", name)
	}
	return a, nil
}

// document is an article on its way from a file: what is known about it, and its text in blocks.
type document struct {
	meta     Article // only the fields that New takes
	body     string  // the file's text without front matter
	blocks   []block // headings among them
	warnings []string
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

// settle decides what each block is, now that all of them are known.
func (d *document) settle() {
	joinLabels(d.blocks, d.body)
	settleSoft(d.blocks)
	dropContents(d.blocks)
	markQuestions(d.blocks)
}

func (d *document) article(name string) *Article {
	d.meta.ID = slug(d.meta.ID)
	if d.meta.ID == "" {
		d.meta.ID = slug(stem(name))
	}
	if d.meta.ID == "" {
		d.meta.ID = "article"
	}
	sections, blocks := outline(d.blocks)
	a := assemble(d.meta, sections, blocks)
	a.Warnings = append(d.warnings, a.Warnings...)
	return a
}

// takeTitle finds the title if there is none yet, and takes it out of the text.
func (d *document) takeTitle(name string) {
	at := -1
	if title := d.meta.Title; title == "" {
		at = d.titleBlock()
	} else {
		at = slices.IndexFunc(d.blocks, func(b block) bool {
			return b.level > 0 && b.level <= levelBold && strings.EqualFold(oneLine(b.text), title)
		})
	}
	switch {
	case at >= 0:
		d.meta.Title = oneLine(d.blocks[at].text)
		d.blocks[at].drop()
	case d.meta.Title == "":
		d.meta.Title = nameTitle(name)
	}
}

// titleBlock is the number of the block that is the title: a first line that reads like a headline, or the first heading of
// the first level. It is -1 if there is none, as in a list of releases, whose headings are all of one kind.
func (d *document) titleBlock() int {
	top, at := 0, -1 // how many headings of the first level, and the first of them
	releases := true
	for i, b := range d.blocks {
		if b.level == 1 && b.until == 0 && !isContentsHeading(b.text) {
			if top == 0 {
				at = i
			}
			top++
			releases = releases && strings.ContainsFunc(b.text, unicode.IsDigit)
		}
	}
	first := slices.IndexFunc(d.blocks, func(b block) bool { return b.text != "" })
	switch {
	case first < 0:
		return -1
	case top != 1 && opensWithHeadline(d.blocks[first:]):
		return first
	case top > 1 && releases:
		return -1
	case at >= 0:
		return at
	case d.blocks[first].level > 0 && !asks(d.blocks[first].text):
		return first
	}
	return -1
}

// opensWithHeadline reports whether the first block reads like the headline of the others: one short line without a full stop,
// before a heading or a longer paragraph that ends like a sentence. Lines as short may stand between: who wrote it, and when.
func opensWithHeadline(blocks []block) bool {
	const between, shortest = 3, 80 // lines; bytes of the paragraph after them
	if len(blocks) < 2 || !isHeadlike(blocks[0]) || statesFigure(blocks[0].text) {
		return false
	}
	first := blocks[0].text
	for i, b := range blocks[1:min(len(blocks), between+2)] {
		switch {
		case b.level > 0:
			return i == 0
		case b.kind != Paragraph:
			return false
		case len(b.text) > len(first) && endsSentence(b.text):
			return i == 0 || len(b.text) >= shortest
		case !isHeadlike(b):
			return false
		}
	}
	return false
}

func isHeadlike(b block) bool {
	const longest = 100 // characters
	if b.level > 0 || b.kind != Paragraph || strings.ContainsAny(b.text, "\r\n\t") || utf8.RuneCountInString(b.text) > longest {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(b.text)
	open := last == '?' || last == '!' || last == '"' || last == '”' || last == '’' || last == '\'' || last == ')' || last == '%'
	return strings.ContainsFunc(b.text, unicode.IsLetter) && (open || unicode.IsLetter(last) || unicode.IsNumber(last))
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
