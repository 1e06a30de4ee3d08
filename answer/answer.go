// Package answer turns a question into an answer: the index finds windows of the articles, the reader reads them, and one
// calibrated probability decides whether what it found is an answer, comes close, or whether to refuse.
//
// The files follow a question on its way: conversation.go (what is asked, in the light of what was said before), retrieve.go
// (which windows to read), read.go (how probable it is that each of their sentences answers), decide.go (the verdict),
// cite.go (what is shown of it).
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
	Answered                // the first passages answer, see Answer.Best
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
	Confidence float64   // 0..1: the estimated probability that the articles answer the question, in whichever sentence
	Passages   []Passage // best first; may be empty
	Best       int       // how many of the first passages are the answer: 1, or 2 between which it is a toss-up; 0 unless answered
	Remark     bool      // it was no question, but thanks or a greeting: Reason is all there is to say, and no refusal
	Sought     []string  // when refused: the words that were looked for, as asked, those that stand together in one
}

// Passage is a sentence that answers, and the consecutive sentences around it that are shown with it.
type Passage struct {
	Article     *corpus.Article
	Place       corpus.Place  // of the sentence
	First, Last corpus.Place  // of what is shown: Place itself, or a list with its items, a step with its command, a block of code
	Text        string        // the sentence: a slice of the article
	Before      string        // what stands before it in its block, up to the sentence's first byte; may be ""
	After       string        // what stands after it in its block; may be ""
	Highlights  []corpus.Span // byte ranges of Text: the words that answer, else the words that match
	Citation    corpus.Citation
	Score       float64 // log-odds of the sentence, with what speaks for its place; comparable within one Answer only; higher is better
	Probability float64 // 0..1: the estimated probability that this passage answers; 0 where nobody has read it
}
