package corpus

import "strings"

// textBlocks are the paragraphs of plain text, which blank lines separate; without a blank line every line is one. They
// are slices of text: line ends inside a paragraph stay.
func textBlocks(text string) []block {
	text = strings.TrimSpace(text)
	paragraphs := cutParagraphs(text)
	if len(paragraphs) == 1 {
		paragraphs = cutLines(text)
	}
	blocks := make([]block, len(paragraphs))
	for i, p := range paragraphs {
		blocks[i] = block{text: p}
	}
	return blocks
}

func cutParagraphs(text string) []string {
	var paragraphs []string
	start := 0 // of the paragraph being read
	for i := 0; i < len(text); {
		line, next := cutLine(text, i)
		if strings.TrimSpace(line) == "" {
			paragraphs = appendText(paragraphs, text[start:i])
			start = next
		}
		i = next
	}
	return appendText(paragraphs, text[start:])
}

func cutLines(text string) []string {
	var lines []string
	for i := 0; i < len(text); {
		line, next := cutLine(text, i)
		lines = appendText(lines, line)
		i = next
	}
	return lines
}

func appendText(to []string, s string) []string {
	if s = strings.TrimSpace(s); s != "" {
		to = append(to, s)
	}
	return to
}

// cutLine is the line that begins at i, and where the next one begins. Lines end with LF, CR LF or CR.
func cutLine(text string, i int) (line string, next int) {
	rest := text[i:]
	n := strings.IndexAny(rest, "\r\n")
	switch {
	case n < 0:
		return rest, len(text)
	case strings.HasPrefix(rest[n:], "\r\n"):
		return rest[:n], i + n + 2
	}
	return rest[:n], i + n + 1
}
