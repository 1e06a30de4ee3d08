package answer

import (
	"strings"
	"unicode"

	"citebot/corpus"
)

// query is a question as understood in the light of the conversation before it.
type query struct {
	question  Question
	text      string          // what to look for: the question, or for "more" the one that there is to be more about
	before    string          // the last two questions before it; "" without a conversation
	shown     *Shown          // the passage shown last, in answer to the question before; nil if nothing was shown
	shownText string          // its sentence
	seen      []Shown         // what has been shown of the same question, and is not to be shown again
	article   *corpus.Article // the only one to answer from; nil for the whole library
}

// turnMark stands between the two questions before, as in what the reader was trained on.
const turnMark = " / "

// understand resolves a question: "more" asks the last question again, without what it has shown; the question that was
// asked before is understood as it was then, so that it gets the same answer; any other one follows on the last.
func (e *Engine) understand(q Question, c Conversation) query {
	asked := query{question: q, text: q.Text, article: e.only(q.Article)}
	if asksForMore(q.Text) {
		if i := lastQuestion(c); i >= 0 {
			asked.text = c[i].Question
			for _, turn := range c[i:] {
				asked.seen = append(asked.seen, turn.Shown...)
			}
			c = c[:i]
		}
	}
	c = questions(c)
	c = c[:askedBefore(asked.text, c)]
	if len(c) == 0 {
		return asked
	}
	last := c[len(c)-1]
	asked.before = last.Question
	if len(c) > 1 {
		asked.before = c[len(c)-2].Question + turnMark + last.Question
	}
	if len(last.Shown) > 0 {
		if a := e.Article(last.Shown[0].Article); a != nil && a.Has(last.Shown[0].Place) {
			asked.shown = &last.Shown[0]
			asked.shownText = a.Sentence(last.Shown[0].Place)
		}
	}
	return asked
}

// only is the article with that ID, or the library's only one; nil if there are several to answer from.
func (e *Engine) only(id string) *corpus.Article {
	if id == "" && len(e.Articles()) == 1 {
		return e.Articles()[0]
	}
	return e.Article(id)
}

// asksForMore reports whether somebody wants what has not been shown yet of the last question.
func asksForMore(text string) bool {
	switch spoken(text) {
	case "more", "more please", "show more", "any more", "anything more", "anything else", "what else", "else", "and else", "others",
		"the others", "and the others", "and others", "any others", "and the rest", "the rest", "another", "another one", "next",
		"the next one", "is there more", "is that all", "thats all":
		return true
	}
	return false
}

// lastQuestion is the number of the last turn that asked for something else than more, and got something; -1 if there is none.
func lastQuestion(c Conversation) int {
	for i := len(c) - 1; i >= 0; i-- {
		if !asksForMore(c[i].Question) && !asksNothing(c[i].Question) {
			return i
		}
	}
	return -1
}

// questions is c as a follow-up follows on it: without remarks, and with what "more" has shown as what was shown last.
func questions(c Conversation) Conversation {
	var kept Conversation
	for _, turn := range c {
		switch {
		case asksForMore(turn.Question) && len(kept) > 0:
			if len(turn.Shown) > 0 {
				kept[len(kept)-1].Shown = turn.Shown
			}
		case len(turn.Shown) > 0 || !asksNothing(turn.Question) && !asksForMore(turn.Question):
			kept = append(kept, turn)
		}
	}
	return kept
}

// standsAlone is how many words a question has that is taken to mean the same wherever in a conversation it is asked.
const standsAlone = 4

// askedBefore is the number of the turn in which text was asked before, or the number of turns if it was not. A short
// question ("and when?") counts only if it was the last one, since in between it has come to mean something else.
func askedBefore(text string, c Conversation) int {
	plain := spoken(text)
	for i, turn := range c {
		if spoken(turn.Question) == plain && (i == len(c)-1 || len(strings.Fields(plain)) >= standsAlone) {
			return i
		}
	}
	return len(c)
}

// spoken is text as it sounds: in lower case, with single spaces, without punctuation and apostrophes.
func spoken(text string) string {
	text = strings.ToLower(strings.NewReplacer("'", "", "’", "").Replace(text))
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !unicode.IsSymbol(r)
	}), " ")
}
