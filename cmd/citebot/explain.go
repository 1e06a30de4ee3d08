package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
)

// sentencesExplained is how many sentences an explanation lists, the likeliest.
const sentencesExplained = 10

// trace prints how an answer came about, step by step.
func (s screen) trace(t answer.Trace) {
	a := t.Answer
	if t.Question == "" {
		s.paragraph("", "", stretch{"Not looked up: " + a.Reason, plain})
		return
	}
	s.paragraph("Question: ", "  ", stretch{t.Question, plain})
	if t.Before != "" {
		s.paragraph("  after: ", "    ", stretch{t.Before, plain})
	}
	if t.Shown != "" {
		s.paragraph("  shown then: ", "    ", stretch{t.Shown, plain})
	}
	s.windows(t.Windows)
	s.sentences(t)
	s.line("")
	s.verdict(t)
}

// windows prints which windows were found, best first.
func (s screen) windows(found []index.Candidate) {
	s.line("")
	s.line("%s found, with ranks by words and by meaning", count(len(found), "window"))
	if len(found) == 0 {
		return
	}
	s.line("     lexical  vector   fused")
	for i, c := range found {
		w := c.Window
		heading := cmp.Or(w.Heading, w.Article.ID)
		ranks := fmt.Sprintf("%3d. %7s %7s  %.4f  ", i+1, rank(c.Lexical), rank(c.Vector), c.Fused)
		s.paragraph(ranks, strings.Repeat(" ", len(ranks)), stretch{heading + ", " + extent(w.Sentences), plain})
	}
}

// rank is a rank as text; 0 is none.
func rank(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// extent is from where to where sentences that follow each other stand.
func extent(sentences []corpus.Place) string {
	first, last := sentences[0], sentences[len(sentences)-1]
	text := fmt.Sprintf("¶%d s%d", first.Block+1, first.Sentence+1)
	if last != first {
		text += fmt.Sprintf(" to ¶%d s%d", last.Block+1, last.Sentence+1)
	}
	return text
}

// sentences prints the likeliest sentences with their log-odds and probabilities.
func (s screen) sentences(t answer.Trace) {
	if len(t.Sentences) == 0 {
		return
	}
	s.line("")
	if !t.Read {
		s.line("Nobody has read them: each has the sentence that fits the question's words best")
	} else {
		s.line("%s read", count(len(t.Sentences), "sentence"))
		s.line("     log-odds   score  probability")
	}
	for i, sentence := range t.Sentences[:min(sentencesExplained, len(t.Sentences))] {
		figures := fmt.Sprintf("%3d. ", i+1)
		if t.Read {
			figures += fmt.Sprintf("%8.2f  %6.2f  %11.4f  ", sentence.LogOdds, sentence.Score, sentence.Probability)
		}
		span := []corpus.Span{sentence.Span}
		if sentence.Span.Start >= sentence.Span.End {
			span = nil
		}
		text := emphasised(sentence.Article.Sentence(sentence.Place), span, answer.Answered)
		place := extent([]corpus.Place{sentence.Place})
		if several(t.Windows) {
			place = sentence.Article.ID + " " + place
		}
		s.paragraph(figures, strings.Repeat(" ", len(figures)), append([]stretch{{place + "  ", dim}}, text...)...)
	}
}

// several reports whether the windows are of more than one article.
func several(found []index.Candidate) bool {
	return slices.ContainsFunc(found, func(c index.Candidate) bool { return c.Window.Article != found[0].Window.Article })
}

// verdict prints what was decided, and by which thresholds.
func (s screen) verdict(t answer.Trace) {
	a := t.Answer
	s.line("Verdict: %s", a.Verdict)
	if t.Read {
		s.line("  that the articles answer:        %.4f (refused below %.2f)", a.Confidence, t.RefuseBelow)
		s.line("  that the passages shown answer:  %.4f (answered from %.2f)", probability(a), t.AnswerFrom)
	}
	s.line("")
	s.answer(a, worthShowing(a, 0))
}

// probability is that of the first passages together that are the answer, or might have been.
func probability(a answer.Answer) float64 {
	sum := 0.0
	for _, p := range a.Passages[:min(max(a.Best, 1), len(a.Passages))] {
		sum += p.Probability
	}
	return sum
}
