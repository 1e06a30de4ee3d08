package eval

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"citebot/corpus"
)

// coqaFile is CoQA's published format (https://stanfordnlp.github.io/coqa/): a story, and one conversation about it. Spans
// are the rationale of an answer that is itself in free form; -1 where there is none, as for "unknown".
type coqaFile struct {
	Data []struct {
		ID        string `json:"id"`
		Source    string `json:"source"`
		Story     string `json:"story"`
		Questions []struct {
			Text string `json:"input_text"`
			Turn int    `json:"turn_id"`
		} `json:"questions"`
		Answers    []coqaAnswer            `json:"answers"`
		Additional map[string][]coqaAnswer `json:"additional_answers"`
	} `json:"data"`
}

type coqaAnswer struct {
	Start int `json:"span_start"`
	End   int `json:"span_end"`
	Turn  int `json:"turn_id"`
}

func parseCoQA(data []byte) ([]Article, error) {
	var file coqaFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, atOffset(data, err)
	}
	var articles []Article
	ids := map[string]bool{}
	for i, d := range file.Data {
		id := d.ID
		if id == "" || ids[id] {
			id = fmt.Sprintf("%s#%d", d.ID, i)
		}
		ids[id] = true
		lines := storyLines(d.Story)
		var paragraphs []string
		for _, l := range lines {
			paragraphs = append(paragraphs, string(l.text))
		}
		b := newBuilder(corpus.Article{ID: id, Source: d.Source}, paragraphs)
		// Additional answers come as a map; sort its keys so that the answers' order does not change from run to run.
		answers := d.Answers
		for _, key := range slices.Sorted(maps.Keys(d.Additional)) {
			answers = append(answers, d.Additional[key]...)
		}
		var dialog Dialog
		for _, q := range d.Questions {
			turn := Turn{QID: fmt.Sprintf("%s#%d", id, q.Turn), Question: q.Text}
			for _, a := range answers {
				if a.Turn != q.Turn || a.Start < 0 {
					continue
				}
				// The question is answerable if its first annotator found an answer.
				turn.Answerable = turn.Answerable || slices.Contains(d.Answers, a)
				if l, ok := inStory(lines, a.Start, a.End); ok {
					if n, ok := b.annotation("question "+turn.QID, l); ok {
						n.Text = b.paragraphs[n.Paragraph][n.Start:n.End]
						turn.Answers = append(turn.Answers, n)
					}
				} else {
					b.leaveOut("question %s: the story has no code points %d to %d", turn.QID, a.Start, a.End)
				}
			}
			dialog.Turns = append(dialog.Turns, turn)
		}
		b.Dialogs = []Dialog{dialog}
		articles = append(articles, b.Article)
	}
	return articles, nil
}

// storyLine is a line of a story, and the code point of the story with which it starts.
type storyLine struct {
	start int
	text  []rune
}

// storyLines cuts a story into its lines that are not empty, white space at both ends left out.
func storyLines(story string) []storyLine {
	var lines []storyLine
	start := 0
	for line := range strings.SplitSeq(story, "\n") {
		runes := []rune(line)
		from, to := 0, len(runes)
		for from < to && unicode.IsSpace(runes[from]) {
			from++
		}
		for from < to && unicode.IsSpace(runes[to-1]) {
			to--
		}
		if from < to {
			lines = append(lines, storyLine{start + from, runes[from:to]})
		}
		start += len(runes) + 1
	}
	return lines
}

// inStory finds the line in which a rationale starts. Annotators took in the white space around it, so it may start before
// the line does; and they went over line breaks, so it is cut where the line ends.
func inStory(lines []storyLine, start, end int) (lineAnnotation, bool) {
	for i, l := range lines {
		if start >= l.start+len(l.text) {
			continue
		}
		from := max(start-l.start, 0)
		to := min(end-l.start, len(l.text))
		return lineAnnotation{Paragraph: i, Start: from, End: to}, from <= to
	}
	return lineAnnotation{}, false
}
