package corpus

import "strings"

// code reads lines that are indented further than r.literal.
func (r *textReader) code() {
	start := r.at
	r.at = r.dedent(start, r.literal)
	r.literal = -1
	r.addCode(start, r.at)
}

// fenced reads code between two lines that begin with fence.
func (r *textReader) fenced(fence string) {
	r.at++
	start := r.at
	for r.at < len(r.lines) && !strings.HasPrefix(r.lines[r.at].bare, fence) {
		r.at++
	}
	r.addCode(start, r.at)
	r.at = min(r.at+1, len(r.lines))
}

func (r *textReader) addCode(from, to int) {
	for from < to && r.lines[from].bare == "" {
		from++
	}
	if from < to {
		text := strings.TrimRight(r.text[r.lines[from].start:r.lines[to-1].end], " \t\r\n")
		r.add(block{text: text, kind: Code, lead: codeLead(r.blocks)})
	}
}

// looksLikeCode reports whether the paragraph of lines [start, r.at) is code: it is indented, after a line that leads in to it,
// and no line of it ends like a sentence.
func (r *textReader) looksLikeCode(start int) bool {
	if len(r.blocks) == 0 || lastProse(r.blocks) < 0 || !strings.HasSuffix(r.blocks[len(r.blocks)-1].text, ":") {
		return false
	}
	for _, l := range r.lines[start:r.at] {
		if l.indent < 4 || endsSentence(l.bare) || strings.HasSuffix(l.bare, ",") {
			return false
		}
	}
	return true
}
