package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// asks reports whether text reads like the question of a page of questions: it ends with a question mark, or is marked "Q:".
func asks(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, " *_\u00a0"))
	return r == '?' || r == '？' || r == '؟' || markLength(text, "Q", "Question") > 0
}

// markLength is how long the mark is, with the space after it, that text begins with if it is one of names with a colon, or
// with a full stop before a space: "Q: ", "Q2. ", "Answer:". It is 0 without one.
func markLength(text string, names ...string) int {
	for _, name := range names {
		if len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
			continue
		}
		rest := strings.TrimLeft(text[len(name):], " #")
		rest = strings.TrimLeft(rest, "0123456789")
		after := strings.TrimLeft(rest, ":.")
		marked := strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, ". ") && len(name) == 1 && text[0] == name[0]
		if marked && len(rest)-len(after) == 1 {
			return len(text) - len(strings.TrimLeft(after, " \t\r\n"))
		}
	}
	return 0
}

func answerMark(text string) int { return markLength(text, "A", "Answer") }

// splitQuestion cuts a paragraph in which a question and its answer stand together: "Q: May I? A: Yes.", a marked question on
// a line of its own before the answer, or one in bold. bold is how much of the beginning is bold. n is the length of the
// question and at where the answer begins; both are 0 if the paragraph is not of that kind, and at is len(text) if it is a
// question alone.
func splitQuestion(text string, lines []int, bold int) (n, at int) {
	if bold = min(bold, len(text)); strings.HasSuffix(text[:bold], "?") && strings.ContainsFunc(text[bold:], isWordRune) {
		answer := strings.TrimLeft(text[bold:], ": \t\n–—-")
		return bold, len(text) - len(answer)
	}
	if markLength(text, "Q", "Question") == 0 {
		return 0, 0
	}
	for _, line := range lines {
		head := strings.TrimRightFunc(text[:line], unicode.IsSpace)
		if answerMark(text[line:]) > 0 || strings.HasSuffix(head, "?") {
			return len(head), line
		}
	}
	for _, mark := range []string{"? A:", "? A. ", "? Answer:"} {
		if i := strings.Index(text, mark); i > 0 {
			return i + 1, i + 2
		}
	}
	return len(text), len(text)
}

// isBoldHeading reports whether a paragraph that is bold from end to end reads like a heading rather than like a statement
// that is emphasised: it asks, or it is short and has no full stop.
func isBoldHeading(text string) bool {
	const longest, longestQuestion = 120, 600 // bytes
	if strings.ContainsAny(text, "\n\t") {
		return false
	}
	if asks(text) {
		return len(text) <= longestQuestion
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, isCloser))
	return len(text) <= longest && !isTerminal(end) && end != ',' && end != ';' && !statesFigure(text)
}

// statesFigure reports whether text gives a figure after a colon: "Total: $2,162", "Effective: 3 May 2021".
func statesFigure(text string) bool {
	const longest = 24 // bytes of the value
	label, value, found := strings.Cut(text, ": ")
	return found && len(value) <= longest && strings.ContainsFunc(value, unicode.IsDigit) && !strings.ContainsFunc(label, unicode.IsDigit)
}

// markQuestions makes headings of paragraphs that ask in a text that is made of questions and answers, as an interview is
// that has no other mark: each question stands alone, and they are many.
func markQuestions(blocks []block) {
	const fewest, share = 3, 6 // at least three questions, and one in six of the paragraphs
	var questions []int
	paragraphs := 0
	alone := true // the paragraph before is no question
	for i, b := range blocks {
		switch {
		case b.text == "":
		case b.level > 0 || b.kind != Paragraph:
			alone = true
		case isBareQuestion(b.text):
			if alone {
				questions = append(questions, i)
			}
			paragraphs++
			alone = false
		default:
			paragraphs++
			alone = true
		}
	}
	if len(questions) < fewest || len(questions)*share < paragraphs {
		return
	}
	for _, i := range questions {
		if i+1 < len(blocks) && blocks[i+1].text != "" && blocks[i+1].level == 0 && !isBareQuestion(blocks[i+1].text) {
			blocks[i].level = levelQuestion
		}
	}
}

// isBareQuestion reports whether text is one question of a line or several sentences that end in one, and no dialogue.
func isBareQuestion(text string) bool {
	const longest = 600 // bytes
	first, _ := utf8.DecodeRuneInString(text)
	return len(text) <= longest && strings.HasSuffix(text, "?") && (unicode.IsUpper(first) || unicode.IsDigit(first)) &&
		!strings.ContainsAny(text, "“\"«„\n") && speakerLabel(text) == 0
}
