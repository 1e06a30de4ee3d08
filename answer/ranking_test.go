package answer_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRankingGolden keeps how well five articles are answered from in a file, so that a change in quality is a line in a diff.
func TestRankingGolden(t *testing.T) {
	var got strings.Builder
	for _, name := range []string{"news", "encyclopaedia", "howto", "interview"} {
		article := readArticle(t, filepath.Join("testdata", "ranking", name+".md"))
		takeExam(t, article, filepath.Join("testdata", "ranking", name+".jsonl")).write(&got)
		got.WriteString("\n")
	}
	takeExam(t, corpus.Bundled(), "testdata/bundled.jsonl").write(&got)

	path := filepath.Join("testdata", "ranking", "golden.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Errorf("%s differs from line %d on (go test -update writes it anew), which is now\n%s", path, i+1, line)
			break
		}
	}
}

// TestRankingFloors holds the program to what it must reach on the bundled article, and on the text that this one retells.
func TestRankingFloors(t *testing.T) {
	t.Run("bundled", func(t *testing.T) { checkFloors(t, corpus.Bundled(), floors{right: 28, refused: 9, turns: 14}) })
	t.Run("original", func(t *testing.T) {
		folder := os.Getenv("CITEBOT_SHARED")
		if folder == "" {
			folder = filepath.Join("..", "..", "shared")
		}
		path := filepath.Join(folder, "article", "original.txt")
		if _, err := os.Stat(path); err != nil {
			t.Skip("needs article/original.txt in the folder that CITEBOT_SHARED names")
		}
		checkFloors(t, readArticle(t, path), floors{right: 27, refused: 10, turns: 16})
	})
}

// floors are how many answers must be right at least.
type floors struct {
	right   int // of 30 single questions that the article answers
	refused int // of 10 that it does not
	turns   int // of the 18 turns of six conversations
}

func checkFloors(t *testing.T, article *corpus.Article, fewest floors) {
	t.Helper()
	exam := takeExam(t, article, "testdata/bundled.jsonl")
	var right, refused, turns int
	var failed []string
	for _, r := range exam {
		switch {
		case r.of > 1 && r.rank == 1:
			turns++
		case r.of == 1 && r.answerable() && r.rank == 1 && r.answer.Verdict != answer.Refused:
			right++
		case !r.answerable() && r.answer.Verdict == answer.Refused:
			refused++
		default:
			failed = append(failed, r.String())
		}
	}
	if right < fewest.right || refused < fewest.refused || turns < fewest.turns {
		t.Errorf("%d questions are answered right, want at least %d; %d are refused rightly, want at least %d; %d turns are right, want at least %d\n%s",
			right, fewest.right, refused, fewest.refused, turns, fewest.turns, strings.Join(failed, "\n"))
	}
}

// examined is one turn of a dialog, and how it was answered.
type examined struct {
	article    *corpus.Article
	number, of int // the turn's number in its dialog, from 1, and how many there are
	question   string
	right      []string // places as people read them, "¶6 s2"; none if the article does not answer
	answer     answer.Answer
	rank       int // of the first right passage, from 1; 0 if none is among ten
}

func (e examined) answerable() bool { return len(e.right) > 0 }

// String is one line: the mark, where the first passage stands, the verdict, the question.
func (e examined) String() string {
	mark, first, indent, wanted := "ok   ", "-", "", ""
	switch {
	case !e.answerable() && e.answer.Verdict != answer.Refused:
		mark = "WRONG"
	case e.answerable() && e.rank != 1:
		mark, wanted = "WRONG", fmt.Sprintf("  [%s is at rank %d]", strings.Join(e.right, " or "), e.rank)
		if e.rank == 0 {
			wanted = fmt.Sprintf("  [%s is not among the first ten]", strings.Join(e.right, " or "))
		}
	case e.answerable() && e.answer.Verdict == answer.Refused:
		mark = "WRONG"
	}
	if len(e.answer.Passages) > 0 {
		first = place(e.answer.Passages[0].Place)
	}
	if e.number > 1 {
		indent = "… "
	}
	if !e.answerable() {
		wanted = "  [not in the article]"
	}
	return fmt.Sprintf("%s  %-7s %-8s  %s%s%s", mark, first, e.answer.Verdict, indent, e.question, wanted)
}

func place(p corpus.Place) string { return fmt.Sprintf("¶%d s%d", p.Block+1, p.Sentence+1) }

type exam []examined

// write writes figures over all turns, those of conversations included, and a line for each.
func (e exam) write(b *strings.Builder) {
	var answerable, first, five, given, unanswerable, refused int
	var reciprocal float64
	for _, r := range e {
		if !r.answerable() {
			unanswerable++
			if r.answer.Verdict == answer.Refused {
				refused++
			}
			continue
		}
		answerable++
		if r.answer.Verdict == answer.Refused {
			given++
		}
		if r.rank == 1 {
			first++
		}
		if r.rank > 0 {
			reciprocal += 1 / float64(r.rank)
		}
		if r.rank > 0 && r.rank <= 5 {
			five++
		}
	}
	n := float64(answerable)
	fmt.Fprintf(b, "# %s: %s\n", e[0].article.ID, e[0].article.Title)
	fmt.Fprintf(b, "answerable    %2d: P@1 %.3f  MRR %.3f  recall@5 %.3f  refused %d\n", answerable, float64(first)/n, reciprocal/n, float64(five)/n, given)
	fmt.Fprintf(b, "unanswerable  %2d: refused %d\n", unanswerable, refused)
	for _, r := range e {
		b.WriteString(r.String() + "\n")
	}
}

// takeExam asks an engine that knows article alone the questions of a file, each dialog as a conversation of its own in which
// the first passage of every answer was shown.
func takeExam(t *testing.T, article *corpus.Article, path string) exam {
	t.Helper()
	engine := newEngine(t, article)
	var all exam
	for _, d := range readDialogs(t, path) {
		var conversation answer.Conversation
		for i, turn := range d.Turns {
			a, err := engine.Ask(t.Context(), answer.Question{Text: turn.Question, Top: 10}, conversation)
			if err != nil {
				t.Fatalf("%s: %v", turn.Question, err)
			}
			e := examined{article: article, number: i + 1, of: len(d.Turns), question: turn.Question, right: turn.Right, answer: a}
			e.rank = 1 + slices.IndexFunc(a.Passages, func(p answer.Passage) bool { return slices.Contains(turn.Right, place(p.Place)) })
			all = append(all, e)
			checkPlaces(t, article, turn.Right)
			conversation = append(conversation, remember(a))
		}
	}
	return all
}

func remember(a answer.Answer) answer.Turn {
	turn := answer.Turn{Question: a.Question}
	if a.Verdict != answer.Refused && len(a.Passages) > 0 {
		first := a.Passages[0]
		turn.Article = first.Article.ID
		turn.Shown = []answer.Shown{{Article: first.Article.ID, Place: first.Place}}
	}
	return turn
}

// checkPlaces sees to it that what is said to be right is in the article.
func checkPlaces(t *testing.T, article *corpus.Article, places []string) {
	t.Helper()
	for _, s := range places {
		var p corpus.Place
		if _, err := fmt.Sscanf(s, "¶%d s%d", &p.Block, &p.Sentence); err != nil {
			t.Fatalf("%q is no place: %v", s, err)
		}
		if p.Block, p.Sentence = p.Block-1, p.Sentence-1; !article.Has(p) {
			t.Errorf("%s has no %s", article.ID, s)
		}
	}
}

func readArticle(t *testing.T, path string) *corpus.Article {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	article, err := corpus.Parse(filepath.Base(path), data)
	if err != nil {
		t.Fatal(err)
	}
	return article
}

type dialog struct {
	Turns []struct {
		Question string   `json:"question"`
		Right    []string `json:"right"`
	} `json:"turns"`
}

// readDialogs reads a file of JSON lines, a dialog a line.
func readDialogs(t *testing.T, path string) []dialog {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var dialogs []dialog
	for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var d dialog
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatalf("%s, line %d: %v", path, i+1, err)
		}
		dialogs = append(dialogs, d)
	}
	return dialogs
}
