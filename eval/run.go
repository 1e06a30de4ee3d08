package eval

import (
	"context"
	"fmt"
	"time"

	"citebot/answer"
	"citebot/corpus"
)

// Scope is what the passages that compete to answer are taken from.
type Scope string

const (
	InArticle Scope = "article" // the question's own article; every article gets an index of its own
	InLibrary Scope = "library" // every article of the file
)

// History is what an engine is told to have been said before a question.
type History string

const (
	Own       History = "own"       // the dialog's earlier questions, and what it answered to them itself
	Off       History = "off"       // nothing, ever
	Unrelated History = "unrelated" // as own, and before the dialog one about the next article
	Switched  History = "switched"  // as own, and before the dialog another one about the same article
)

// Settings say how an engine is asked. The zero value is not one; see the constants.
type Settings struct {
	Scope   Scope
	History History
}

// Check is nil if s can be used, else it says what can.
func (s Settings) Check() error {
	switch s.Scope {
	case InArticle, InLibrary:
	default:
		return fmt.Errorf("there is no scope %q; use %s or %s", s.Scope, InArticle, InLibrary)
	}
	switch s.History {
	case Own, Off, Unrelated, Switched:
	default:
		return fmt.Errorf("there is no history %q; use %s, %s, %s or %s", s.History, Own, Off, Unrelated, Switched)
	}
	return nil
}

// Prediction is what an engine answered to one turn.
type Prediction struct {
	Article *Article
	Turn    Turn
	Number  int // of the turn in its dialog, from 1
	Turns   int // that the dialog has
	Answer  answer.Answer
	Took    time.Duration // by Ask alone
}

const (
	top   = 10 // passages asked for: as deep as scores look
	shown = 3  // passages that a person sees, and may refer to
)

// Run asks every question of articles, one after another and in order, and hands over each article's predictions when it
// has them all; an article without questions has none. It ends at the first error, each's included.
func Run(ctx context.Context, articles []Article, s Settings, open Open, each func(*Article, []Prediction) error) error {
	if err := s.Check(); err != nil {
		return err
	}
	r := run{articles: articles, settings: s}
	if s.Scope == InLibrary {
		var all []*corpus.Article
		for _, a := range articles {
			all = append(all, a.Article)
		}
		engine, err := open(ctx, all)
		if err != nil {
			return fmt.Errorf("index the articles: %w", err)
		}
		defer engine.Close()
		r.engine = engine
	}
	for i := range articles {
		a := &articles[i]
		predictions, err := r.article(ctx, i, open)
		if err != nil {
			return fmt.Errorf("article %s: %w", a.ID, err)
		}
		if err := each(a, predictions); err != nil {
			return err
		}
	}
	return nil
}

type run struct {
	articles []Article
	settings Settings
	engine   Engine // of the library, or of one article at a time
}

// article asks all questions about article i.
func (r *run) article(ctx context.Context, i int, open Open) (predictions []Prediction, err error) {
	a := &r.articles[i]
	if len(a.Dialogs) == 0 {
		return nil, nil
	}
	if r.settings.Scope == InArticle {
		r.engine, err = open(ctx, []*corpus.Article{a.Article})
		if err != nil {
			return nil, fmt.Errorf("index it: %w", err)
		}
		defer r.engine.Close()
	}
	for j, dialog := range a.Dialogs {
		var conversation answer.Conversation
		for _, t := range r.borrowed(i, j).Turns {
			answered, _, err := r.ask(ctx, t, conversation)
			if err != nil {
				return nil, err
			}
			conversation = append(conversation, remember(answered))
		}
		for n, t := range dialog.Turns {
			answered, took, err := r.ask(ctx, t, conversation)
			if err != nil {
				return nil, err
			}
			conversation = append(conversation, remember(answered))
			predictions = append(predictions, Prediction{a, t, n + 1, len(dialog.Turns), answered, took})
		}
	}
	return predictions, nil
}

func (r *run) ask(ctx context.Context, t Turn, c answer.Conversation) (answer.Answer, time.Duration, error) {
	if r.settings.History == Off {
		c = nil
	}
	started := time.Now()
	a, err := r.engine.Ask(ctx, answer.Question{Text: t.Question, Top: top}, c)
	took := time.Since(started)
	if err != nil {
		return a, took, fmt.Errorf("question %s: %w", t.QID, err)
	}
	return a, took, nil
}

// remember is what a person has seen of a. The closest passages to a question that is refused are no answer to it.
func remember(a answer.Answer) answer.Turn {
	turn := answer.Turn{Question: a.Question}
	if a.Verdict == answer.Refused || len(a.Passages) == 0 {
		return turn
	}
	turn.Article = a.Passages[0].Article.ID
	for _, p := range a.Passages[:min(shown, len(a.Passages))] {
		turn.Shown = append(turn.Shown, answer.Shown{Article: p.Article.ID, Place: p.Place})
	}
	return turn
}

// borrowed is the dialog that is held before dialog j of article i, to see whether what has nothing to do with a question
// spoils its answer. It is empty where there is none to be had.
func (r *run) borrowed(i, j int) Dialog {
	switch own := r.articles[i].Dialogs; r.settings.History {
	case Switched:
		// Half of the article's dialogs away, as neighbours are often about the same paragraph.
		if k := (j + len(own)/2) % len(own); k != j {
			return own[k]
		}
	case Unrelated:
		for step := 1; step < len(r.articles); step++ {
			if next := r.articles[(i+step)%len(r.articles)].Dialogs; len(next) > 0 {
				return next[j%len(next)]
			}
		}
	}
	return Dialog{}
}
