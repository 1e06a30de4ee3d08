// Command fit fits the weights of the ranking to evaluation files and writes answer/weights.json.
//
//	go run ./eval/fit [-folds 3] [-ablate] [-write answer/weights.json] FILE.jsonl…
//
// It prints P@1 and MRR by cross-validation: every question is answered with weights fitted without its article, and so are those
// before it in its conversation; and how well it is told, by cross-validation too, what the articles do not answer.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
	"citebot/index"
)

// question is a question's candidates, and which of them are right.
type question struct {
	file    string
	article string
	answer.Example
	right      []bool
	none       bool // the right sentence is not among the candidates
	answerable bool
	scored     bool
	spans      []answer.ExampleSpan // of a right sentence
	overlaps   []bool               // by span: whether it overlaps the marked answer
}

// weight is what a question counts for in the fit. What people ask of news, in conversations and in search is worth more than its
// number; pieces and libraries ask again what whole articles were asked.
func (q question) weight() float64 {
	switch name, again, _ := strings.Cut(q.file, "/"); {
	case again == "pieces":
		return 0.2
	case again == "library":
		return 0.5
	case name == "abgcoqa" || name == "inscit":
		return 3
	case again == "" && (name == "newsqa" || name == "nqqed"):
		return 2
	case name == "squad20":
		return 0.5
	}
	return 1
}

func main() {
	folds := flag.Int("folds", 3, "parts of the articles for cross-validation, and for the rankings that decisions are fitted on; 0 skips it")
	l2 := flag.Float64("l2", 2, "ridge penalty on the common weights")
	delta := flag.Float64("delta", 5, "ridge penalty on what a profile adds")
	mentions := flag.Float64("mentions", 8, "ridge penalty on pairs of a kind of question and a kind of mention, times the others'")
	cues := flag.Float64("cues", 60, "ridge penalty on pairs of a kind of question and a cue, times the others'")
	form := flag.Float64("form", 3, "ridge penalty on the bilinear form of meanings")
	ablation := flag.Bool("ablate", false, "cross-validate without each part of the ranking in turn")
	write := flag.String("write", "", "file to write the weights to")
	library := flag.String("library", "squad11,newsqa", "files (names without folder and ending) that are also ranked as a whole library")
	pieces := flag.String("pieces", "squad11,squad20", "files whose articles are also cut into short ones, so that short articles are not only news")
	split := flag.String("split", "", "folder to divide the files into: a part of -folds of their articles to FOLDER/test, the others to FOLDER/train; nothing is fitted")
	flag.Parse()
	if *split != "" {
		for _, path := range flag.Args() {
			if err := splitFile(path, *split, *folds); err != nil {
				fail(err)
			}
		}
		return
	}
	var files []file
	for _, path := range flag.Args() {
		name := strings.TrimSuffix(filepath.Base(path), ".jsonl")
		articles, err := eval.Read(path)
		if err != nil {
			fail(err)
		}
		files = append(files, file{name, articles, false})
		if strings.Contains(","+*pieces+",", ","+name+",") {
			files = append(files, file{name + "/pieces", cut(articles), false})
		}
		if strings.Contains(","+*library+",", ","+name+",") {
			files = append(files, file{name + "/library", articles, true})
		}
	}
	questions, err := collectAll(files, nil)
	if err != nil {
		fail(err)
	}
	fresh := func(without []string) *fitter {
		return newFitter(answer.FeatureNames(), *l2, *delta, *mentions, *cues, *form, without)
	}
	f := fresh(nil)
	report("present weights", questions, nil)
	if *ablation {
		ablate(questions, *folds, fresh)
		return
	}
	answered := questions // as people get them answered
	if *folds > 1 {
		parts, err := f.fitParts(questions, *folds)
		if err != nil {
			fail(err)
		}
		if answered, err = collectAll(files, parts); err != nil {
			fail(err)
		}
		report("cross-validated", answered, nil)
		reportDecisions(answered, *folds)
	}
	if *write == "" {
		return
	}
	fitted, err := f.fitAll(questions, answered)
	if err != nil {
		fail(err)
	}
	if err := fitted.write(*write); err != nil {
		fail(err)
	}
}

// weights are what is fitted, as files.
type weights struct {
	table   []byte // weights.json
	meaning []byte // meaning.bin
}

// write writes weights.json to path, and meaning.bin beside it.
func (w weights) write(path string) error {
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "meaning.bin"), w.meaning, 0o644); err != nil {
		return err
	}
	return os.WriteFile(path, w.table, 0o644)
}

// fitParts fits weights for each part of the articles: on the articles of the other parts.
func (f *fitter) fitParts(questions []question, folds int) ([]weights, error) {
	parts := make([]weights, folds)
	for k := range folds {
		var err error
		if parts[k], err = f.fitAll(outside(questions, k, folds), nil); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// fitAll fits the ranking to questions, and the decisions, if any, to answered: the same as ranked by weights that have not seen their
// articles. Else confidence would be learned from rankings that are better than any that people get.
func (f *fitter) fitAll(questions, answered []question) (weights, error) {
	w := f.fit(questions)
	rank := f.table(w)
	rank["common"]["affinity"] = 1 // the scale is in the form
	table := map[string]any{"rank": rank, "gate": fitGate(questions), "emphasis": fitEmphasis(questions)}
	fitDecisions(answered, table)
	data, err := json.MarshalIndent(table, "", " ")
	return weights{append(data, '\n'), f.meaningFile(w)}, err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "fit:", err)
	os.Exit(2)
}

// file is an evaluation file, to be asked article by article or as one library.
type file struct {
	name     string
	articles []eval.Article
	library  bool
}

// collectAll examines every question of files, in the light of the answers that the present weights give to those before it. With parts,
// those are the weights that were fitted without its article: so it looks as it does to people, who ask about articles that nothing was
// fitted on.
func collectAll(files []file, parts []weights) ([]question, error) {
	var all []question
	for _, file := range files {
		questions, err := collect(file, parts)
		if err != nil {
			return nil, err
		}
		all = append(all, questions...)
	}
	return all, nil
}

// collect examines every question of a file: each in its own article, or in all of them as one library.
func collect(file file, parts []weights) ([]question, error) {
	groups := [][]eval.Article{file.articles}
	if !file.library {
		groups = nil
		for i := range file.articles {
			groups = append(groups, file.articles[i:i+1])
		}
	}
	results := make([][]question, len(groups))
	errs := make([]error, len(groups))
	var wg sync.WaitGroup
	slots := make(chan bool, 2)
	for i, g := range groups {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- true
			results[i], errs[i] = collectGroup(file.name, g, parts)
			<-slots
		}()
	}
	wg.Wait()
	var questions []question
	for i := range groups {
		if errs[i] != nil {
			return nil, errs[i]
		}
		questions = append(questions, results[i]...)
	}
	return questions, nil
}

// collectGroup examines every question about some articles in all of them.
func collectGroup(file string, group []eval.Article, parts []weights) ([]question, error) {
	var all []*corpus.Article
	for _, a := range group {
		all = append(all, a.Article)
	}
	library, err := index.New(all)
	if err != nil {
		return nil, err
	}
	defer library.Close()
	present, err := answer.New(library)
	if err != nil {
		return nil, err
	}
	var questions []question
	for _, a := range group {
		engine := present
		if parts != nil {
			part := parts[fold(a.ID, len(parts))]
			if engine, err = present.WithWeights(part.table, part.meaning); err != nil {
				return nil, err
			}
		}
		found, err := collectArticle(file, engine, a, len(group) > 1)
		if err != nil {
			return nil, err
		}
		questions = append(questions, found...)
	}
	return questions, nil
}

// collectArticle examines every question about an article.
func collectArticle(file string, engine *answer.Engine, a eval.Article, library bool) ([]question, error) {
	var questions []question
	for i, d := range a.Dialogs {
		var conversation answer.Conversation
		for _, t := range d.Turns {
			ex, err := engine.Examine(context.Background(), answer.Question{Text: t.Question}, conversation)
			if err != nil {
				return nil, err
			}
			q := label(file, a, t, ex)
			if !library && len(d.Turns) == 1 && t.Scored() {
				if err := q.addSpans(engine, a, t); err != nil {
					return nil, err
				}
			}
			if q.scored || !t.Answerable {
				questions = append(questions, q)
			}
			conversation = append(conversation, remember(t, ex))
		}
		if library || strings.Contains(file, "/") || len(d.Turns) > 1 || i%3 != 0 || len(a.Dialogs) < 2 || !d.Turns[0].Scored() {
			continue
		}
		// The same question after another one that has nothing to do with it.
		other := a.Dialogs[(i+len(a.Dialogs)/2)%len(a.Dialogs)].Turns[0]
		before, err := engine.Examine(context.Background(), answer.Question{Text: other.Question}, nil)
		if err != nil {
			return nil, err
		}
		ex, err := engine.Examine(context.Background(), answer.Question{Text: d.Turns[0].Question}, answer.Conversation{remember(other, before)})
		if err != nil {
			return nil, err
		}
		questions = append(questions, label(file+"/switched", a, d.Turns[0], ex))
	}
	return questions, nil
}

// remember is a turn as a person saw it: the first passage.
func remember(t eval.Turn, ex answer.Example) answer.Turn {
	turn := answer.Turn{Question: t.Question}
	if len(ex.Candidates) > 0 {
		c := ex.Candidates[0]
		turn.Article, turn.Shown = c.Article, []answer.Shown{{Article: c.Article, Place: c.Place}}
	}
	return turn
}

// addSpans adds the spans of the first right sentence.
func (q *question) addSpans(engine *answer.Engine, a eval.Article, t eval.Turn) error {
	gold := t.Answers[0]
	place, ok := a.Place(gold)
	if !ok {
		return nil
	}
	spans, err := engine.Spans(context.Background(), answer.Question{Text: t.Question}, a.ID, place)
	if err != nil {
		return err
	}
	start := a.Paragraphs[place.Paragraph].Sentences[place.Sentence].Start
	for _, s := range spans {
		q.spans = append(q.spans, s)
		q.overlaps = append(q.overlaps, start+s.Start < gold.End && start+s.End > gold.Start)
	}
	return nil
}

// keep is how many candidates of a question are kept for fitting: the best by the present weights.
const keep = 60

func label(file string, a eval.Article, t eval.Turn, ex answer.Example) question {
	gold := map[corpus.Place]bool{}
	for _, n := range t.Answers {
		if p, ok := a.Place(n); ok {
			gold[p] = true
		}
	}
	q := question{file: file, article: a.ID, Example: ex, none: true, answerable: t.Answerable, scored: t.Scored()}
	var kept []answer.ExampleCandidate
	for i, c := range ex.Candidates {
		right := c.Article == a.ID && gold[c.Place]
		if right && file != "newsqa_x" { // its answerable questions are newsqa's
			q.none = false
		}
		if right || i < keep {
			kept = append(kept, c)
			q.right = append(q.right, right)
		}
	}
	q.Candidates = kept
	return q
}

// report prints P@1, MRR and the mean loss by file under the scores given (nil: those of the present weights). The loss is what is
// minimised, minus the logarithm of the probability of the right sentences: of two fits it tells the better one sooner than P@1.
func report(title string, questions []question, scores [][]float64) {
	type sums struct{ n, first, reciprocal, found, loss float64 }
	by := map[string]*sums{}
	for i, q := range questions {
		if !q.scored {
			continue
		}
		s := by[q.file]
		if s == nil {
			s = &sums{}
			by[q.file] = s
		}
		s.n++
		if q.none {
			continue
		}
		s.found++
		own := make([]float64, len(q.Candidates))
		order := make([]int, len(q.Candidates))
		for j, c := range q.Candidates {
			own[j], order[j] = c.Score, j
		}
		if scores != nil {
			own = slices.Clone(scores[i])
		}
		sort.SliceStable(order, func(x, y int) bool { return own[order[x]] > own[order[y]] })
		all, right := exponentiate(own, q.right)
		s.loss += math.Log(all / right)
		for rank, j := range order {
			if q.right[j] {
				if rank == 0 {
					s.first++
				}
				if rank < 10 {
					s.reciprocal += 1 / float64(rank+1)
				}
				break
			}
		}
	}
	var files []string
	for file := range by {
		files = append(files, file)
	}
	sort.Strings(files)
	fmt.Println(title)
	for _, file := range files {
		s := by[file]
		if s.found == 0 { // its questions are another file's
			continue
		}
		fmt.Printf("  %-18s n %5.0f  P@1 %5.1f  MRR@10 %5.1f  among candidates %5.1f  loss %.4f\n", file, s.n, 100*s.first/s.n, 100*s.reciprocal/s.n, 100*s.found/s.n, s.loss/s.found)
	}
}
