// Package answer turns a question into an answer: it interprets the question in the light of the conversation, ranks the
// sentences that the index proposes, and decides whether they answer, come close, or whether to refuse.
package answer

import "citebot/corpus"

// Question is what somebody asks.
type Question struct {
	Text    string // as typed; anything at all
	Article string // the ID of the only article to answer from; "" for the whole library
	Top     int    // how many passages at most; 0 means 3
}

// Conversation is what was asked and shown before a question, oldest turn first. It is all the state there is: whoever
// asks keeps it (the terminal in memory, Discord in its reply chain) and hands it over with the next question.
type Conversation []Turn

// Turn is one earlier question and what was shown in answer to it.
type Turn struct {
	Question string
	Article  string  // ID of the article of the passage shown; "" if nothing was shown or it is not known
	Shown    []Shown // passages shown, best first; empty after a refusal
}

// Shown points at a sentence that somebody was shown.
type Shown struct {
	Article string // ID
	Place   corpus.Place
}

// Verdict says what kind of answer an Answer is.
type Verdict int

const (
	Refused  Verdict = iota // the articles do not answer; Passages holds the closest ones all the same
	Closest                 // perhaps: the closest passages, without a claim that they answer
	Answered                // the first passage answers
)

// String is the verdict in lower case, as in JSON output.
func (v Verdict) String() string {
	switch v {
	case Answered:
		return "answered"
	case Closest:
		return "closest"
	default:
		return "refused"
	}
}

// Answer is everything a renderer needs to show. It holds no text of its own making but Reason.
type Answer struct {
	Question   string
	Verdict    Verdict
	Reason     string    // for a person, one plain sentence: why closest or refused; "" when answered
	Confidence float64   // 0..1: the estimated probability that the articles answer the question
	Passages   []Passage // best first; may be empty
}

// Passage is a sentence of an article, with where it stands.
type Passage struct {
	Article    *corpus.Article
	Place      corpus.Place
	Text       string        // the sentence: a slice of the article
	Before     string        // what stands before it in its paragraph, up to the sentence's first byte; may be ""
	After      string        // what stands after it in its paragraph; may be ""
	Highlights []corpus.Span // byte ranges of Text: the words that answer, else the words that match
	Citation   corpus.Citation
	Score      float64 // comparable within one Answer only; higher is better
}
