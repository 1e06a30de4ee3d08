package corpus

import (
	"slices"
	"strings"
)

// block is a piece of text on its way into an article: a heading, or what becomes a [Block].
type block struct {
	text  string // "" if it is dropped
	kind  Kind
	lead  int   // number of the block that leads in, as in [Block]; -1 for none
	level int   // of a heading, 1 the highest; 0 in any other block
	until int   // number of the first block that a heading does not stand above, whatever follows; 0 without such a limit
	soft  bool  // a heading by its looks alone: if nothing stands under it, it is a paragraph
	lines []int // where the source's lines begin in text, the first left out

	contents bool // links within the page, as in a table of contents
	slice    bool // text is a slice of the file's, from at on
	at       int
}

// Levels below those of a page's own headings.
const (
	levelBold     = 7  // a bold line on its own
	levelLine     = 8  // a short line in plain text; numbered ones (2.1) go two further down
	levelTerm     = 11 // a word that is explained
	levelQuestion = 12
)

// isContentsHeading reports whether a table of contents stands under a heading of that text.
func isContentsHeading(text string) bool {
	text = strings.ToLower(strings.Trim(text, " :"))
	return text == "contents" || text == "table of contents"
}

// dropContents drops tables of contents: what stands under their heading and has no sentences.
func dropContents(blocks []block) {
	under := false
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.level > 0:
			under = isContentsHeading(b.text)
		case under && b.hasSentences():
			under = false
		case under:
			b.drop()
		}
	}
}

// hasSentences reports whether a line of b ends like a sentence.
func (b *block) hasSentences() bool { return slices.ContainsFunc(b.sourceLines(), endsSentence) }

// sourceLines are the lines that b's text stands on in the source, without white space around them.
func (b *block) sourceLines() []string {
	var lines []string
	from := 0
	for _, to := range append(b.lines, len(b.text)) {
		lines = append(lines, strings.TrimSpace(b.text[from:to]))
		from = to
	}
	return lines
}

// drop takes the block out of the text. Its number stays, so that others can refer to theirs.
func (b *block) drop() { *b = block{lead: -1} }

// outline makes sections of headings, and blocks of the rest.
func outline(blocks []block) ([]Section, []Block) {
	var (
		sections []Section
		all      []Block
		path     headingPath
		moved    = make([]int, len(blocks)) // where each block goes
		start    = true                     // of a section
	)
	for i, b := range blocks {
		start = path.leave(i) || start
		moved[i] = -1
		switch {
		case b.text == "":
			continue
		case b.level > 0:
			path.enter(b)
			start = true
			continue
		case start:
			sections = append(sections, Section{Headings: path.texts(), Start: len(all)})
			path.used()
			start = false
		}
		section := len(sections) - 1
		lead := -1
		if b.lead >= 0 && moved[b.lead] >= sections[section].Start {
			lead = moved[b.lead]
		}
		moved[i] = len(all)
		all = append(all, Block{Kind: b.kind, Section: section, Lead: lead, Text: b.text})
		sections[section].End = len(all)
	}
	return sections, all
}

// settleSoft makes paragraphs of headings by their looks alone under which nothing stands, and of those that are too long to
// be headings.
func settleSoft(blocks []block) {
	const longest = 600 // bytes
	under := false      // something stands under a heading here
	for i := len(blocks) - 1; i >= 0; i-- {
		b := &blocks[i]
		switch {
		case b.text == "":
		case b.level == 0:
			under = true
		case b.soft && (!under || b.until == i+1) && !isContentsHeading(b.text), len(b.text) > longest:
			b.level, b.until, b.soft = 0, 0, false
			under = true
		case b.level < levelQuestion:
			under = false
		}
	}
}

// headingPath is the headings that the text being read stands under, outermost first.
type headingPath []pathEntry

type pathEntry struct {
	text         string
	level, until int
	used         bool // text stands under it
}

// leave forgets the headings that end before block number i, and reports whether there were any.
func (p *headingPath) leave(i int) bool {
	for k, e := range *p {
		if e.until > 0 && e.until <= i {
			*p = (*p)[:k]
			return true
		}
	}
	return false
}

// enter adds the heading b, which ends those of its level or below within the same limits. A question right after one or
// two others joins them, since they have the same answer.
func (p *headingPath) enter(b block) {
	const most, deepest = 3, 16
	text := oneLine(b.text)
	n := len(*p)
	for n > 0 && (*p)[n-1].level >= b.level && (*p)[n-1].until == b.until {
		n--
	}
	joined := (*p)[n:]
	together := asks(text) && len(joined) < most
	for _, e := range joined {
		together = together && e.level == b.level && !e.used && asks(e.text)
	}
	if together {
		n = len(*p)
	}
	if n == deepest {
		return
	}
	*p = append((*p)[:n], pathEntry{text: text, level: b.level, until: b.until})
}

func (p headingPath) used() {
	for i := range p {
		p[i].used = true
	}
}

func (p headingPath) texts() []string {
	var texts []string
	for _, e := range p {
		texts = append(texts, e.text)
	}
	return texts
}

// lastProse is the number of the last block if it is one that can lead in to something, else -1.
func lastProse(blocks []block) int {
	last := len(blocks) - 1
	if last < 0 || blocks[last].level > 0 || blocks[last].text == "" {
		return -1
	}
	switch b := blocks[last]; b.kind {
	case Paragraph, Item:
		return last
	case Quote:
		if strings.HasSuffix(b.text, ":") {
			return last
		}
	}
	return -1
}

// codeLead is the number of the block that leads in to code that follows blocks: the line before it, or before the code
// that it follows.
func codeLead(blocks []block) int {
	if last := len(blocks) - 1; last >= 0 && blocks[last].kind == Code && blocks[last].level == 0 {
		return blocks[last].lead
	}
	return lastProse(blocks)
}
