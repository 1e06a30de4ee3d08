package answer

import "citebot/index"

// Trace is how an answer came about, step by step.
type Trace struct {
	Question  string            // what was looked for
	Before    string            // the questions before it that it was read with; "" if it stands alone
	Shown     string            // the sentence shown last, which it was read with
	Windows   []index.Candidate // what was found, best first
	Sentences []Sentence        // what they hold, best first
	Read      bool              // whether the reader has judged the sentences
	Answer    Answer
	// The thresholds that made the verdict: refused if the articles answer with a smaller probability than RefuseBelow,
	// answered if the passages shown do with at least AnswerFrom. Both 0 where the reader has not judged.
	RefuseBelow, AnswerFrom float64
}
