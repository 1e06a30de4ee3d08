package answer

import (
	"slices"
	"strings"

	"citebot/index"
	"citebot/lexicon"
)

// relatedFloor is the weight from which WordNet's relations count: weaker ones are many, and say little.
const relatedFloor = 0.2

// derived is the weight of WordNet's relation between a name and what is derived from it.
const derived = 0.9

// softFloor is the cosine from which two words count as close in meaning.
const softFloor = 0.4

// matcher tells how a question's terms are met by words of the library. It belongs to one question and is not safe for
// concurrent use.
type matcher struct {
	q             *question
	facts         *facts
	words         *lexicon.Lexicon
	sc            *scope
	related       map[index.TermID][]reach // WordNet relatives of the question's terms
	memo          []*reached               // by TermID; nil until asked for
	sets          map[int]uint64           // by sentence number; see exactIn
	bySent        map[int]*matches
	exact         []int8 // by TermID: the position of the question's term that it is, -1 for none
	byArticle     map[*index.Article]uint64
	vectors       []int                 // of the question's terms; -1 for none
	toward        []float64             // the question's meaning, turned towards its answers'; nil for other languages
	base          int                   // terms of the question itself; those after it are carried from the conversation
	focus         string                // the noun asked for, in lower case; "" for none
	focused       map[index.TermID]bool // whether a word is a kind of it
	small         []index.TermID        // the question's small words that tell something
	doing         int                   // the question's term that says what is done in "who governed", -1 for none
	abbreviations []string              // of the question
	past          *history              // nil without a conversation
	emphasis      linear                // weights of spans
}

// reach is a term of the question and how strongly a word reaches it, 0..1.
type reach struct {
	term   int
	weight float32
}

// reached is what one word of the library reaches.
type reached struct {
	exact    int // term of this question or the last, -1 for none
	related  []reach
	soft     []reach
	alike    []reach // terms that start like it
	affinity float64 // how well the word goes with the question as a whole, see meaning
}

// matches is how a sentence meets the question's terms. Sets of terms are bits.
type matches struct {
	exact   uint64
	related []float32 // by term: the strongest relation of a word to it
	soft    []float32 // by term: the closest word's likeness
	alike   []float32 // by term: the word that starts most like it
	at      []int32   // by term: the first word that is it, -1 for none
}

func newMatcher(q *question, sc *scope, past *history, w *weights) *matcher {
	m := &matcher{
		q:             q,
		facts:         sc.facts,
		words:         sc.library.Lexicon(),
		sc:            sc,
		related:       map[index.TermID][]reach{},
		memo:          make([]*reached, sc.library.TermCount()),
		sets:          map[int]uint64{},
		bySent:        map[int]*matches{},
		exact:         make([]int8, sc.library.TermCount()),
		byArticle:     map[*index.Article]uint64{},
		vectors:       make([]int, len(q.terms)),
		base:          q.base,
		focused:       map[index.TermID]bool{},
		doing:         q.doing(),
		abbreviations: q.abbreviations(),
		past:          past,
		emphasis:      w.emphasis,
	}
	for i := range m.exact {
		m.exact[i] = -1
	}
	for i, t := range q.tokens {
		if t.Stop && tellingSmallWord(q.words[i]) && q.ids[i] >= 0 {
			m.small = append(m.small, q.ids[i])
		}
	}
	for _, t := range q.terms[:q.base] {
		if t.focus {
			m.focus = t.word
		}
	}
	for i, t := range q.terms {
		m.vectors[i] = -1
		if t.id >= 0 {
			m.exact[t.id] = int8(i)
		}
		if !q.english {
			continue
		}
		if id, ok := m.words.Vector(t.word); ok && !t.contrasts() {
			m.vectors[i] = id
		}
		for _, r := range m.words.Relatives(t.word) {
			if r.Weight < relatedFloor {
				continue
			}
			id := sc.library.Term(sc.english().Term(r.Word))
			if id < 0 || id == t.id {
				continue
			}
			m.related[id] = append(m.related[id], reach{i, float32(r.Weight)})
			if t.name && sc.has(t) && r.Weight >= derived && sc.facts.names.isName(id) && m.exact[id] < 0 {
				m.exact[id] = int8(i) // the Azerbaijani president is Azerbaijan's
			}
		}
	}
	if q.english {
		m.toward = w.meaning.toward(questionVector(q, m.words), q.kind, sc.profile())
	}
	return m
}

// reach is what a word reaches.
func (m *matcher) reach(id index.TermID) *reached {
	if r := m.memo[id]; r != nil {
		return r
	}
	r := &reached{exact: int(m.exact[id]), related: m.related[id]}
	if r.exact >= m.q.carriedEnd {
		r.exact = -1 // what the last answer says is not in the questions: it may answer this one too
	}
	if v := m.facts.vectors[id]; v >= 0 && m.q.english {
		r.affinity = m.words.Dot(m.toward, int(v))
		for i, own := range m.vectors[:m.base] {
			if own < 0 || r.exact == i {
				continue
			}
			if cosine := m.words.Cosine(own, int(v)); cosine > softFloor {
				r.soft = append(r.soft, reach{i, float32(cosine)})
			}
		}
	}
	for i, t := range m.q.terms[:m.base] {
		if i == r.exact || t.number {
			continue
		}
		if share := prefixShare(t.text, m.sc.library.Text(id)); share > 0 {
			r.alike = append(r.alike, reach{i, float32(share)})
		}
	}
	m.memo[id] = r
	return r
}

// matches are those of a sentence.
func (m *matcher) matches(s *index.Sentence) *matches {
	if ms := m.bySent[s.Number]; ms != nil {
		return ms
	}
	n := len(m.q.terms)
	strengths := make([]float32, 3*n)
	ms := &matches{related: strengths[:n], soft: strengths[n : 2*n], alike: strengths[2*n:], at: make([]int32, n)}
	for i := range ms.at {
		ms.at[i] = -1
	}
	for i, w := range s.Words {
		if w.Stop {
			continue
		}
		if at := m.exact[w.Term]; at >= 0 {
			ms.exact |= 1 << at
			if ms.at[at] < 0 {
				ms.at[at] = int32(i)
			}
		}
		r := m.reach(w.Term)
		for _, x := range r.related {
			ms.related[x.term] = max(ms.related[x.term], x.weight)
		}
		for _, x := range r.alike {
			ms.alike[x.term] = max(ms.alike[x.term], x.weight)
		}
		for _, x := range r.soft {
			ms.soft[x.term] = max(ms.soft[x.term], x.weight)
		}
	}
	m.bySent[s.Number] = ms
	return ms
}

// exactIn is the set of the question's terms that a sentence has: matches without what costs time.
func (m *matcher) exactIn(s *index.Sentence) uint64 {
	if set, known := m.sets[s.Number]; known {
		return set
	}
	var set uint64
	for _, w := range s.Words {
		if i := m.exact[w.Term]; i >= 0 && !w.Stop {
			set |= 1 << i
		}
	}
	m.sets[s.Number] = set
	return set
}

// view is a candidate sentence as the features see it.
type view struct {
	*matcher
	s  *index.Sentence
	ms *matches

	weight       float64         // of all the question's own terms that occur in the scope; never 0
	all          float64         // of all the question's own terms; never 0
	matchedTerms float64         // weight of those that the candidate's own words have
	best         float64         // the best coverage of any candidate
	paragraph    uint64          // terms met anywhere in the paragraph
	titleTerms   uint64          // terms in the article's title
	otherwise    map[int]float64 // by term: see foundOtherwise; filled as asked for
}

// nearExact is the set of the question's terms in the sentence that stands by places after (or, negative, before) the candidate in
// its article.
func (v *view) nearExact(by int) uint64 {
	i := v.s.Index + by
	if i < 0 || i >= len(v.s.Article.Sentences) {
		return 0
	}
	return v.exactIn(v.s.Article.Sentences[i])
}

// articleTerms is the set of terms met anywhere in the candidate's article.
func (m *matcher) articleTerms(a *index.Article) uint64 {
	if set, known := m.byArticle[a]; known {
		return set
	}
	var set uint64
	vocabulary := m.facts.vocabulary[a.ID]
	for i, t := range m.q.terms {
		if _, has := slices.BinarySearch(vocabulary, t.id); has {
			set |= 1 << i
		}
	}
	m.byArticle[a] = set
	return set
}

// own is the set of the terms of the question itself.
func (v *view) own() uint64 { return 1<<v.base - 1 }

// lower is a word of the candidate in lower case.
func (v *view) lower(i int) string { return strings.ToLower(surface(v.s, i)) }

// tellingSmallWord reports whether a stop word tells something.
func tellingSmallWord(w string) bool {
	switch w {
	case "before", "after", "against", "between", "during", "under", "over", "above", "below", "up", "down", "out", "off", "into", "through",
		"from", "with", "about", "only", "no", "not", "most", "more", "few", "same", "both", "all", "each", "again", "once", "until", "while",
		"because", "if", "any", "other", "such", "very", "own", "further", "on", "by", "at", "for":
		return true
	}
	return false
}
