package answer

import (
	"context"
	"math"
	"slices"
	"sort"
	"strings"

	"citebot/corpus"
	"citebot/index"
)

// How much of a conversation is taken into account.
const (
	replayed     = 3  // earlier turns whose ranking is worked out again
	carriedTerms = 12 // terms at most from the last question, and as many from the passage it was answered with
)

// history is what a conversation says about where the next answer may stand.
type history struct {
	question *question       // the last one
	prior    map[int]float64 // by sentence number: the probability that it answered the last question
	shown    *index.Sentence // what the person saw; nil if nothing
	terms    map[string]bool // terms of the last question
}

// recall works the conversation out again, turn by turn: nothing of it is stored. It is nil without earlier turns that asked for
// something: "thanks" comes between a question and its follow-up without cutting them apart.
func (e *Engine) recall(ctx context.Context, q Question, c Conversation) (*history, error) {
	var past *history
	sc := newScope(e.library, e.facts, e.library.Article(q.Article))
	c = slices.DeleteFunc(slices.Clone(c), func(t Turn) bool { return len(t.Shown) == 0 && e.intent(t.Question, sc, false) != intentFact })
	for _, turn := range c[max(0, len(c)-replayed):] {
		r, err := e.rankAfter(ctx, Question{Text: turn.Question, Article: q.Article}, past)
		if err != nil {
			return nil, err
		}
		past = &history{question: r.question, prior: map[int]float64{}, terms: map[string]bool{}, shown: e.shown(turn)}
		for _, t := range r.question.terms {
			past.terms[t.text] = true
		}
		for _, x := range r.list {
			if x.share > 0.005 {
				past.prior[x.sentence.Number] = x.share
			}
		}
	}
	return past, nil
}

// shown is the first sentence that a person was shown in a turn, nil if there is none or the article has changed since.
func (e *Engine) shown(turn Turn) *index.Sentence {
	if len(turn.Shown) == 0 {
		return nil
	}
	a := e.library.Article(turn.Shown[0].Article)
	if a == nil || !a.Has(turn.Shown[0].Place) {
		return nil
	}
	return a.At(turn.Shown[0].Place)
}

// around are the sentences near the last one shown: where a follow-up's answer often stands.
func (h *history) around() []*index.Sentence {
	if h == nil || h.shown == nil {
		return nil
	}
	all := h.shown.Article.Sentences
	return all[max(0, h.shown.Index-3):min(len(all), h.shown.Index+6)]
}

// unread are the sentences that can tell what a question asks for: what came after something is not in the sentence about it that
// the person has just read.
func (h *history) unread(q *question, sentences []*index.Sentence) []*index.Sentence {
	if h == nil || h.shown == nil || !q.next || q.lean < 0.5 {
		return sentences
	}
	return slices.DeleteFunc(slices.Clone(sentences), func(s *index.Sentence) bool { return s == h.shown })
}

// follow makes a question lean on the conversation as far as the gate lets it. Where the question has no type of answer of its
// own, it takes the last one's ("And the prime minister of Armenia?").
func (q *question) follow(h *history, w *weights) {
	if h == nil || !q.english {
		return
	}
	q.lean = logistic(w.gate.score(gateFeatures(q, h)))
	if q.kind == kindOther && q.lean > 0.5 {
		q.kind = h.question.kind
	}
}

// carry appends the terms of the conversation that the question lacks, the most telling ones of the last question and of the
// passage that answered it. Own terms must have been weighed.
func (q *question) carry(h *history, sc *scope) {
	q.base, q.carriedEnd = len(q.terms), len(q.terms)
	if h == nil || q.lean < 0.05 {
		return
	}
	have := map[string]bool{}
	for _, t := range q.terms {
		have[t.text] = true
	}
	var last []term
	for _, t := range h.question.terms {
		if !have[t.text] && t.id >= 0 {
			have[t.text] = true
			last = append(last, t)
		}
	}
	q.terms = append(q.terms, telling(last, carriedTerms)...)
	q.carriedEnd = len(q.terms)
	if h.shown != nil {
		q.terms = append(q.terms, telling(shownTerms(h.shown, have, sc), carriedTerms)...)
	}
}

// own is the question without what it carries from the conversation.
func (q *question) own() *question {
	alone := *q
	alone.terms = q.terms[:q.base]
	return &alone
}

// shownTerms are the content words of a sentence that are not in have.
func shownTerms(s *index.Sentence, have map[string]bool, sc *scope) []term {
	var terms []term
	seen := map[index.TermID]bool{}
	for i, w := range s.Words {
		text := sc.library.Text(w.Term)
		if w.Stop || seen[w.Term] || have[text] {
			continue
		}
		seen[w.Term] = true
		t := term{text: text, word: strings.ToLower(surface(s, i)), id: w.Term, name: sc.facts.names.isName(w.Term)}
		t.idf = inverseDocumentFrequency(sc.size, min(sc.size, sc.library.DocumentFrequency(w.Term))) * sc.background(t.word)
		terms = append(terms, t)
	}
	return terms
}

// telling are the n heaviest of terms.
func telling(terms []term, n int) []term {
	sort.SliceStable(terms, func(i, j int) bool { return terms[i].idf > terms[j].idf })
	return terms[:min(n, len(terms))]
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// gateNames are the features of the gate: signs that a question cannot be understood by itself, or can.
var gateNames = [...]string{"bias", "he, she or they", "his or their", "there", "it", "this or that", "no content word", "one content word",
	"two content words", "four or more content words", "a name", "starts by asking", "three words or fewer", "shares a term",
	"other, else or next", "starts with and, but or so", "one or ones", "a term the scope lacks"}

// gateFeatures are their values, each 0 or 1, for a question whose own terms have been weighed.
func gateFeatures(q *question, h *history) []float64 {
	x := make([]float64, len(gateNames))
	x[0] = 1
	for i := range q.tokens {
		switch q.words[i] {
		case "he", "she", "they", "him", "them":
			x[1] = 1
		case "his", "their", "her", "hers", "theirs", "its":
			x[2] = 1
		case "there":
			x[3] = 1
		case "it":
			x[4] = 1
		case "this", "that", "these", "those":
			x[5] = 1
		case "else", "other", "others", "next", "another", "then", "after", "more":
			x[14] = 1
		case "and", "but", "so", "or":
			x[15] = truth(i == 0)
		case "one", "ones":
			x[16] = 1
		}
	}
	switch n := len(q.terms); {
	case n <= 2:
		x[6+n] = 1
	case n >= 4:
		x[9] = 1
	}
	for _, t := range q.terms {
		if t.name {
			x[10] = 1
		}
		if h.terms[t.text] {
			x[13] = 1
		}
		if t.id < 0 {
			x[17] = 1
		}
	}
	if len(q.tokens) > 0 {
		x[11] = truth(questionWord(q.words[0]))
	}
	x[12] = truth(len(q.tokens) <= 3)
	return x
}

// followFeatures are features of a candidate after a conversation. All are multiplied by how far the question leans on it.
var followFeatures = [...]feature{
	{"where the last answer may be", func(v *view) float64 { return v.before(0) }},
	{"one sentence after", func(v *view) float64 { return v.before(1) }},
	{"two sentences after", func(v *view) float64 { return v.before(2) }},
	{"three or four sentences after", func(v *view) float64 { return v.before(3) + v.before(4) }},
	{"five to eight sentences after", func(v *view) float64 { return v.before(5) + v.before(6) + v.before(7) + v.before(8) }},
	{"one sentence earlier", func(v *view) float64 { return v.before(-1) }},
	{"two or three sentences earlier", func(v *view) float64 { return v.before(-2) + v.before(-3) }},
	{"in its paragraph", sameParagraph},
	{"short question, same sentence", func(v *view) float64 { return truth(len(v.q.tokens) <= 3) * v.before(0) }},
	{"asks for more, same sentence", func(v *view) float64 { return truth(v.q.more) * v.before(0) }},
	{"asks for more, one after", func(v *view) float64 { return truth(v.q.more) * v.before(1) }},
	{"asks why or how, one after", func(v *view) float64 { return truth(v.q.kind == kindWhy || v.q.kind == kindHow) * v.before(1) }},
	{"shown", func(v *view) float64 { return v.shown(0) }},
	{"one after what was shown", func(v *view) float64 { return v.shown(1) }},
	{"two after what was shown", func(v *view) float64 { return v.shown(2) }},
	{"one before what was shown", func(v *view) float64 { return v.shown(-1) }},
	{"terms of the last question", func(v *view) float64 { return v.carried(v.base, v.q.carriedEnd) }},
	{"terms of the last answer", func(v *view) float64 { return v.carried(v.q.carriedEnd, len(v.q.terms)) }},
	{"same pronoun", samePronoun},
	{"coverage", coverage},
	{"position", position},
	{"first sentence", firstSentence},
	{"what is expected, same sentence", func(v *view) float64 { return truth(v.mentionsNew(v.q.kind.expects)) * v.before(0) }},
	{"what is expected lacks, same sentence", func(v *view) float64 { return truth(!v.hasExpected()) * v.before(0) }},
	{"no term of its own, same sentence", func(v *view) float64 { return truth(v.base == 0) * v.before(0) }},
	{"unmet terms, same sentence", func(v *view) float64 { return (1 - metTerms(v)) * truth(v.base > 0) * v.before(0) }},
	{"met terms, same sentence", func(v *view) float64 { return metTerms(v) * v.before(0) }},
	{"met terms, one after", func(v *view) float64 { return metTerms(v) * v.before(1) }},
	{"points back, one after", func(v *view) float64 { return pointsBack(v) * v.before(1) }},
}

// before is the probability that the last question was answered by the sentence that stands n before the candidate.
func (v *view) before(n int) float64 {
	i := v.s.Index - n
	if i < 0 || i >= len(v.s.Article.Sentences) {
		return 0
	}
	return v.past.prior[v.s.Article.Sentences[i].Number]
}

// shown is 1 where the sentence that stands n before the candidate was shown last.
func (v *view) shown(n int) float64 {
	s := v.past.shown
	return truth(s != nil && s.Article == v.s.Article && v.s.Index-n == s.Index)
}

func sameParagraph(v *view) float64 {
	sum := 0.0
	for i := range v.s.Article.Paragraphs[v.s.Place.Paragraph].Sentences {
		sum += v.past.prior[v.s.Article.At(corpus.Place{Paragraph: v.s.Place.Paragraph, Sentence: i}).Number]
	}
	return sum
}

// metTerms is coverage of all terms, be it by their relatives.
func metTerms(v *view) float64 { return coverageOfAll(v) + relatedWords(v) }

// pointsBack is 1 where the candidate has this or these: it goes on about what was said before.
func pointsBack(v *view) float64 {
	for i, w := range v.s.Words {
		if w.Stop {
			switch v.lower(i) {
			case "this", "these", "those", "such":
				return 1
			}
		}
	}
	return 0
}

// carried is the share of the weight of terms from..to that the candidate has.
func (v *view) carried(from, to int) float64 {
	have, all := 0.0, 0.0
	for i := from; i < to; i++ {
		all += v.q.terms[i].idf
		if v.ms.exact&(1<<i) != 0 {
			have += v.q.terms[i].idf
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// samePronoun is 1 where the candidate has a pronoun that the question has: they may stand for the same.
func samePronoun(v *view) float64 {
	for i, t := range v.q.tokens {
		word := v.q.words[i]
		if !t.Stop || !pronoun(word) {
			continue
		}
		for i, w := range v.s.Words {
			if w.Stop && v.lower(i) == word {
				return 1
			}
		}
	}
	return 0
}
