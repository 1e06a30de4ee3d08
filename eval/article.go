// Package eval measures how good the answers are: it reads articles with questions whose answers people have marked, lets
// an engine answer them, and scores what it says.
//
// Several formats are read (see [Read]). Where they give positions, they count Unicode code points; everything in this
// package, as in corpus, counts bytes. The conversion happens in two places only: when a file is read, and when a prediction
// is written ([Row]).
package eval

import (
	"slices"

	"citebot/corpus"
)

// Article is an article with what people have marked in it.
type Article struct {
	*corpus.Article
	Kind         string   // of text, as "faq" or "story"; "" where the data does not say
	LeftOut      []string // annotations of a published data set that point nowhere, a sentence each
	Dialogs      []Dialog
	Sentences    [][]corpus.Span // reference boundaries, one list a paragraph; nil where the data has none
	Attributions []Attribution   // who said what; nil where the data has none
}

// Dialog is a conversation about an article. A single question is a dialog of one turn.
type Dialog struct {
	Turns []Turn
}

// Turn is one question of a dialog.
type Turn struct {
	QID        string
	Question   string
	Answerable bool         // whether the article answers it
	NoSpan     bool         // answerable or not, there is nothing in the article to compare with: asked, but not scored
	Answers    []Annotation // each is right by itself; empty if there is none, or if the data gives texts
	Golds      []Gold       // the same where the data gives right answers as texts, not as positions
}

// Annotation is a stretch of an article that somebody has marked.
type Annotation struct {
	Text      string // as the data has it
	Paragraph int    // from 0
	corpus.Span
}

// Attribution is words that an article attributes to somebody, each part in text order.
type Attribution struct {
	Source, Cue, Content []Annotation
	Direct               bool // the content stands in quotation marks
}

// Scored reports whether a ranking can be judged by t: it is answerable, and the answer is marked.
func (t Turn) Scored() bool { return t.Answerable && !t.NoSpan && len(t.Answers)+len(t.Golds) > 0 }

// Place is the sentence that holds the first byte of n. There is none where n starts between two sentences.
func (a Article) Place(n Annotation) (corpus.Place, bool) {
	if n.Paragraph < 0 || n.Paragraph >= len(a.Blocks) {
		return corpus.Place{}, false
	}
	for i, s := range a.Blocks[n.Paragraph].Sentences {
		if s.Start <= n.Start && n.Start < s.End {
			return corpus.Place{Block: n.Paragraph, Sentence: i}, true
		}
	}
	return corpus.Place{}, false
}

// Places are the sentences that are right answers to t, each once, in text order. They are sentences of our own splitting,
// whatever the data's reference boundaries are.
func (a Article) Places(t Turn) []corpus.Place {
	var places []corpus.Place
	for i, b := range a.Blocks {
		for j := range b.Sentences {
			if p := (corpus.Place{Block: i, Sentence: j}); a.Right(t, p) {
				places = append(places, p)
			}
		}
	}
	return places
}

// Right reports whether the sentence at p, which must exist, is a right answer to t: it holds the first byte of an annotated
// answer, or the text of one (see [Gold.In]).
func (a Article) Right(t Turn, p corpus.Place) bool {
	return slices.ContainsFunc(t.Answers, func(n Annotation) bool {
		place, ok := a.Place(n)
		return ok && place == p
	}) || slices.ContainsFunc(t.Golds, func(g Gold) bool { return g.In(a.Sentence(p)) })
}
