package corpus

import "strings"

// sentencesOf finds the sentences of a block: those of its prose, or the lines of code, or a row as a whole.
func sentencesOf(k Kind, text string) []Span {
	switch k {
	case Code:
		return lineSpans(text)
	case Row, TableHead:
		return rowSpans(text)
	}
	return splitSentences(text)
}

// lineSpans are the lines of text that are not blank, without white space around them.
func lineSpans(text string) []Span {
	var spans []Span
	for i := 0; i < len(text); {
		line, next := cutLine(text, i)
		spans = appendSpans(spans, text, i, i+len(line))
		i = next
	}
	return spans
}

func rowSpans(text string) []Span { return appendSpans(nil, text, 0, len(text)) }

// appendSpans adds text[start:end] without white space around it to spans, in pieces if it is longer than longestSentence.
func appendSpans(spans []Span, text string, start, end int) []Span {
	s := splitter{text: text[:end], start: skipSpace(text[:end], start), spans: spans}
	s.add(start + len(strings.TrimRight(text[start:end], " \t")))
	return s.spans
}
