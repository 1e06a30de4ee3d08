package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinLabels keeps the names of speakers, each on a line of its own, with the paragraphs that they say: "JANE:" and what follows.
// A label is a short name with a colon that stands before paragraphs more than once. body is the text that the blocks are slices of; if they
// are none, a line end joins the two.
func joinLabels(blocks []block, body string) {
	counts := map[string]int{}
	for i, b := range blocks {
		switch n := speakerLabel(b.text); {
		case n > 0:
			counts[b.text[:n]]++
		case b.isLabel() && i+1 < len(blocks) && blocks[i+1].isSpeech():
			counts[b.text]++
		}
	}
	for i := range blocks {
		b := &blocks[i]
		if counts[b.text] < 2 || !b.isLabel() || i+1 == len(blocks) || !blocks[i+1].isSpeech() {
			continue
		}
		next := &blocks[i+1]
		text := b.text + "\n" + next.text
		if between := next.at - b.at - len(b.text); b.slice && next.slice && between > 0 {
			text = body[b.at : next.at+len(next.text)]
		}
		next.at, next.text, next.lines = b.at, text, nil
		b.drop()
	}
}

func (b *block) isSpeech() bool { return b.kind == Paragraph && b.level == 0 && b.text != "" }

// isLabel reports whether b is a name with a colon, and not a word that leads in to something.
func (b *block) isLabel() bool {
	const longest, words = 40, 4
	name, found := strings.CutSuffix(b.text, ":")
	if !found || b.kind != Paragraph || b.level > 0 && !b.soft || len(name) > longest || name == "" {
		return false
	}
	fields := strings.Fields(name)
	for _, word := range fields {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
			return false
		}
	}
	return len(fields) <= words && strings.Trim(name, " 0123456789") != ""
}

// speakerLabel is how long the name with a colon is that text begins with, as in an interview or a play; 0 without one.
func speakerLabel(text string) int {
	const longest = 40
	n := strings.Index(text[:min(len(text), longest)], ": ")
	if n <= 0 {
		return 0
	}
	b := block{text: text[:n+1]}
	if !b.isLabel() {
		return 0
	}
	return n + 1
}
