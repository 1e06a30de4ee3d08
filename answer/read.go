package answer

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// Sentence is a sentence that may answer, as it was judged.
type Sentence struct {
	Article     *corpus.Article
	Place       corpus.Place
	LogOdds     float64       // the reader's, of answering against not; 0 where nobody has read it
	Score       float64       // the log-odds with what speaks for the place: the higher, the better; 0 where nobody has read it
	Span        corpus.Span   // bytes of the sentence: the words that answer, as the reader marks them; empty if none
	Matches     []corpus.Span // bytes of the sentence, in order: the words it shares with the question, where nobody has read it
	Probability float64       // 0..1, calibrated; 0 where nobody has read it
}

// read judges the sentences of windows, best first. It reports false where nobody could read them: without a model, or in a
// language that the model does not know. Then their order is that of the windows, the sentence that has most of the
// question's words first.
func (e *Engine) read(ctx context.Context, q query, found []index.Candidate) ([]Sentence, bool, error) {
	var read []index.Candidate
	for _, c := range found {
		if c.Window.English {
			read = append(read, c)
		}
	}
	if e.model == nil || len(read) == 0 {
		return unread(q, found), false, nil
	}
	inputs := make([]reader.Window, len(read))
	for i, c := range read {
		inputs[i] = input(c.Window, q.shown)
	}
	scores, err := e.model.Read(ctx, reader.Question{Text: q.text, Before: q.before, Shown: q.shownText}, inputs)
	if err != nil {
		return nil, false, fmt.Errorf("read windows: %w", err)
	}
	sentences := gather(read, scores)
	sentences = slices.DeleteFunc(sentences, func(s Sentence) bool { return slices.Contains(q.seen, Shown{s.Article.ID, s.Place}) })
	if q.article == nil && q.shown != nil {
		stay(sentences, q.shown.Article)
	}
	slices.SortStableFunc(sentences, func(a, b Sentence) int { return cmp.Compare(b.Score, a.Score) })
	return sentences, true, nil
}

// input is a window as the reader is given it.
func input(w *index.Window, shown *Shown) reader.Window {
	in := reader.Window{Heading: w.Heading, Shown: -1}
	for i, p := range slices.Concat(w.Context, w.Sentences) {
		in.Sentences = append(in.Sentences, w.Article.Sentence(p))
		if shown != nil && shown.Article == w.Article.ID && shown.Place == p {
			in.Shown = i
		}
	}
	return in
}

// gather is each sentence once, in the order in which the windows have them. A sentence that was read in its own window and
// as another's context counts as in its own.
//
// The odds of a sentence are divided by the rank of its window's vector: finding is evidence of its own beside reading (as in
// Yang et al., End-to-End Open-Domain Question Answering with BERTserini, 2019, but by ranks, which need no scale).
func gather(windows []index.Candidate, scores [][]reader.Score) []Sentence {
	far := farthest(windows)
	at := map[Shown]int{}
	own := map[Shown]bool{}
	var sentences []Sentence
	for i, c := range windows {
		w := c.Window
		for j, p := range slices.Concat(w.Context, w.Sentences) {
			score, key, inside := scores[i][j], Shown{w.Article.ID, p}, j >= len(w.Context)
			if w.Article.Blocks[p.Block].Kind == corpus.TableHead || math.IsInf(score.LogOdds, -1) {
				continue
			}
			s := Sentence{Article: w.Article, Place: p, LogOdds: score.LogOdds, Span: corpus.Span{Start: score.Start, End: score.End}}
			s.Score = s.LogOdds - math.Log(float64(cmp.Or(c.Vector, far)))
			known, seen := at[key]
			switch {
			case !seen:
				at[key] = len(sentences)
				sentences = append(sentences, s)
			case inside && !own[key]:
				sentences[known] = s
			}
			own[key] = own[key] || inside
		}
	}
	return sentences
}

// farthest is the rank of windows without a vector's rank: one behind the last of those that have one.
func farthest(windows []index.Candidate) int {
	last := 0
	for _, c := range windows {
		last = max(last, c.Vector)
	}
	return last + 1
}

// staying is how much likelier, in log-odds, a follow-up is answered by the article that answered before than the reader
// sees by itself. Chosen on the follow-ups of the questions that calibration.go is fitted on, asked of a library.
const staying = 1.5

// stay raises the sentences of the article that answered before.
func stay(sentences []Sentence, article string) {
	for i := range sentences {
		if sentences[i].Article.ID == article {
			sentences[i].Score += staying
		}
	}
}

// unread are the sentences of windows in the index's order.
func unread(q query, found []index.Candidate) []Sentence {
	var sentences []Sentence
	for _, c := range found {
		s := Sentence{Article: c.Window.Article, Place: c.Best, Matches: c.Matches}
		if !slices.Contains(q.seen, Shown{s.Article.ID, s.Place}) {
			sentences = append(sentences, s)
		}
	}
	return sentences
}
