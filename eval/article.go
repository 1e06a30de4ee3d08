// Package eval measures how good the answers are: it reads articles with questions whose answers people have marked, lets
// an engine answer them, and scores what it says.
//
// Three formats are read (see [Read]). All of them count Unicode code points; everything in this package, as in corpus,
// counts bytes. The conversion happens in two places only: when a file is read, and when a prediction is written ([Row]).
package eval

import "citebot/corpus"

// Article is an article with what people have marked in it.
type Article struct {
	*corpus.Article
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
	Answers    []Annotation // each is right by itself; empty if there is none
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
func (t Turn) Scored() bool { return t.Answerable && !t.NoSpan && len(t.Answers) > 0 }

// Place is the sentence that holds the first byte of n. There is none where n starts between two sentences.
func (a Article) Place(n Annotation) (corpus.Place, bool) {
	if n.Paragraph < 0 || n.Paragraph >= len(a.Paragraphs) {
		return corpus.Place{}, false
	}
	for i, s := range a.Paragraphs[n.Paragraph].Sentences {
		if s.Start <= n.Start && n.Start < s.End {
			return corpus.Place{Paragraph: n.Paragraph, Sentence: i}, true
		}
	}
	return corpus.Place{}, false
}

// Places are the sentences that are right answers to t, each once, in the order of its annotations. They are sentences of
// our own splitting, whatever the data's reference boundaries are.
func (a Article) Places(t Turn) []corpus.Place {
	var places []corpus.Place
	seen := map[corpus.Place]bool{}
	for _, n := range t.Answers {
		if p, ok := a.Place(n); ok && !seen[p] {
			seen[p] = true
			places = append(places, p)
		}
	}
	return places
}
