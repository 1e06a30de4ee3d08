package index_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// TestRecall prints how often the window with the answer is among the first candidates for questions as people ask them,
// and holds the least that it must be.
func TestRecall(t *testing.T) {
	if os.Getenv("CITEBOT_EVAL") == "" {
		t.Skip("takes a minute; set CITEBOT_EVAL=1")
	}
	asked := readRegister(t)
	model, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	var articles []*corpus.Article
	for _, a := range asked {
		articles = append(articles, a.article)
	}
	l, err := index.New(articles, model, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []struct {
		name    string
		library bool
		least   float64 // share among the first 16 of both
	}{{"in-article", false, .96}, {"library", true, .85}} {
		var lexical, vector, fused recall
		for _, a := range asked {
			for _, turn := range a.turns {
				q := index.Query{Text: turn.question, Before: turn.before, Shown: turn.shown, Limit: 1000}
				if !scope.library {
					q.Article = a.article.ID
				}
				found, err := l.Find(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				gold := func(c index.Candidate) bool {
					return c.Window.Article == a.article && turn.isAnswered(c.Window)
				}
				fused.add(found, gold, func(_ index.Candidate, i int) int { return i + 1 })
				lexical.add(found, gold, func(c index.Candidate, _ int) int { return c.Lexical })
				vector.add(found, gold, func(c index.Candidate, _ int) int { return c.Vector })
			}
		}
		t.Logf("%-10s  among the first %5d of %d windows", scope.name, firsts, len(l.Windows("")))
		t.Logf("%-10s  Bleve            %v", scope.name, &lexical)
		t.Logf("%-10s  vectors          %v", scope.name, &vector)
		t.Logf("%-10s  both             %v", scope.name, &fused)
		if got := fused.share(slices.Index(firsts[:], 16)); got < scope.least {
			t.Errorf("%s: the answer is among the first 16 windows for %.3f of the questions; want at least %.2f", scope.name, got, scope.least)
		}
	}
}

// firsts are the numbers of candidates that recall is counted among.
var firsts = [...]int{4, 6, 8, 12, 16, 24}

// recall counts how often a right window is among the first.
type recall struct {
	asked int
	found [len(firsts)]int
}

// add counts one question; rank is a candidate's, 0 for none.
func (r *recall) add(found []index.Candidate, gold func(index.Candidate) bool, rank func(c index.Candidate, i int) int) {
	best := 0
	for i, c := range found {
		if n := rank(c, i); n > 0 && (best == 0 || n < best) && gold(c) {
			best = n
		}
	}
	r.asked++
	for i, n := range firsts {
		if best > 0 && best <= n {
			r.found[i]++
		}
	}
}

func (r *recall) share(i int) float64 { return float64(r.found[i]) / float64(r.asked) }

func (r *recall) String() string {
	var s strings.Builder
	for i := range firsts {
		fmt.Fprintf(&s, "%6.1f", 100*r.share(i))
	}
	return s.String()
}

// asked is an article with the answerable questions about it.
type asked struct {
	article *corpus.Article
	turns   []turn
}

type turn struct {
	question, before, shown string
	answers                 []string
}

func (q turn) isAnswered(w *index.Window) bool {
	for _, p := range w.Sentences {
		for _, answer := range q.answers {
			if holds(w.Article.Sentence(p), answer) {
				return true
			}
		}
	}
	return false
}

// readRegister reads questions as people ask them, which are kept beside the repository.
func readRegister(t *testing.T) []asked {
	t.Helper()
	folder := os.Getenv("CITEBOT_SHARED")
	if folder == "" {
		folder = "../../shared"
	}
	folder = filepath.Join(folder, "eval", "register")
	file, err := os.Open(filepath.Join(folder, "questions.jsonl"))
	if err != nil {
		t.Skipf("needs the evaluation data: %v; CITEBOT_SHARED names the folder that holds eval", err)
	}
	defer file.Close()
	var all []asked
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var line struct {
			ID, File string
			Dialogs  []struct {
				Turns []struct {
					Question   string
					Answerable bool
					Answers    []struct{ Text string }
				}
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		articles, _, err := corpus.Load(filepath.Join(folder, filepath.FromSlash(line.File)))
		if err != nil {
			t.Fatal(err)
		}
		a := asked{article: articles[0]}
		a.article.ID = line.ID
		for _, d := range line.Dialogs {
			before, shown := "", ""
			for _, x := range d.Turns {
				q := turn{question: x.Question, before: before, shown: shown}
				before, shown = x.Question, ""
				for _, answer := range x.Answers {
					q.answers = append(q.answers, answer.Text)
				}
				if len(q.answers) > 0 {
					shown = q.answers[0]
				}
				if x.Answerable {
					a.turns = append(a.turns, q)
				}
			}
		}
		all = append(all, a)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// holds reports whether a passage has the answer in it, or is the better part of it.
func holds(passage, answer string) bool {
	p, a := plain(passage), plain(answer)
	if strings.Contains(p, a) {
		return true
	}
	inPassage, inAnswer := wordsOf(p), wordsOf(a)
	if strings.Contains(a, p) && 2*len(inPassage) >= len(inAnswer) {
		return true
	}
	of := func(words []string) map[string]bool {
		set := map[string]bool{}
		for _, w := range words {
			set[w] = true
		}
		return set
	}
	ps, as := of(inPassage), of(inAnswer)
	common := 0
	for w := range ps {
		if as[w] {
			common++
		}
	}
	return len(ps) > 0 && len(as) > 0 && 10*common >= 8*len(as) && 2*common >= len(ps)
}

var (
	oneSpelling = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "…", "...",
		"*", " ", "`", " ", "_", " ", "|", " ", "\u00ad", " ")
	word = regexp.MustCompile(`[\p{L}\p{N}_]+`)
)

func plain(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(oneSpelling.Replace(text)), " "))
}

func wordsOf(text string) []string { return word.FindAllString(text, -1) }
