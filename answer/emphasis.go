package answer

import (
	"math"
	"sort"

	"citebot/corpus"
	"citebot/index"
)

// How much of a sentence is emphasised: spans are added, likeliest first, until they answer with this probability, but no
// more than this share of the sentence's words.
const (
	emphasisEnough = 0.72
	emphasisShare  = 0.34
	// Of two spans as likely, the shorter one first: likelihood is divided by the number of words to this power.
	emphasisBrevity = 0.5
)

// spanKind says what a span is made of: a mention of some kind, or one of these.
const (
	spanRun    = int(mentionKinds) + iota // content words in a row
	spanPhrase                            // two runs joined by one or two stop words: "the end of the war"
	spanClause                            // from a conjunction or preposition to the end of the clause
	spanKinds
)

// span is a stretch of a sentence that may be the answer: words [first, last].
type span struct {
	first, last, kind int
	entries           []entry
	share             float64
}

// spans lists a candidate's spans that have something new, with their features.
func (v *view) spans() []span {
	var list []span
	add := func(first, last, kind int) {
		for _, s := range list {
			if s.first == first && s.last == last {
				return
			}
		}
		if m := (mention{first: first, last: last}); v.isNew(m) {
			list = append(list, span{first: first, last: last, kind: kind})
		}
	}
	for _, m := range v.facts.mentions[v.s.Number] {
		add(m.first, m.last, int(m.kind))
	}
	runs := v.runs()
	for i, r := range runs {
		add(r[0], r[1], spanRun)
		if i+1 < len(runs) && runs[i+1][0]-r[1] <= 3 && v.gapless(r[1], runs[i+1][0]) {
			add(r[0], runs[i+1][1], spanPhrase)
		}
	}
	for i, w := range v.s.Words {
		if w.Stop && i+1 < len(v.s.Words) && opensClause(v.lower(i)) {
			last := v.clauseEnd(i)
			if last > i {
				add(i, last, spanClause)
			}
		}
	}
	for i := range list {
		list[i].entries = v.spanFeatures(list[i])
	}
	return list
}

// runs are the maximal rows of words that are neither stop words nor in the question, unbroken by punctuation.
func (v *view) runs() [][2]int {
	var runs [][2]int
	start := -1
	for i, w := range v.s.Words {
		in := !w.Stop && v.reach(w.Term).exact < 0
		if in && start >= 0 && !v.gapless(i-1, i) {
			runs = append(runs, [2]int{start, i - 1})
			start = i
		}
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			runs = append(runs, [2]int{start, i - 1})
			start = -1
		}
	}
	if start >= 0 {
		runs = append(runs, [2]int{start, len(v.s.Words) - 1})
	}
	return runs
}

// gapless reports whether no punctuation but hyphens and apostrophes stands between words i and j.
func (v *view) gapless(i, j int) bool {
	for ; i < j; i++ {
		if !adjoins(v.s, i) {
			return false
		}
	}
	return true
}

func opensClause(lower string) bool {
	switch lower {
	case "because", "to", "by", "that", "which", "who", "for", "with", "in", "after", "when", "if", "as", "from", "on", "at", "due", "into", "about":
		return true
	}
	return false
}

// clauseEnd is the last word before the next comma, semicolon or dash after word i, at most 14 words on.
func (v *view) clauseEnd(i int) int {
	last := i
	for last+1 < len(v.s.Words) && last < i+14 && adjoins(v.s, last) {
		last++
	}
	return last
}

// spanFeatureNames are those of the features that do not depend on the kind of question.
var spanFeatureNames = [...]string{"words", "share of the sentence", "near a match", "right after a match", "right before a match", "question words in it",
	"starts the sentence", "ends the sentence", "rarity", "is similar", "a single common word"}

const spanFeatureCount = len(spanFeatureNames) + int(kinds)*spanKinds + int(kinds)*len(cues)

func spanFeatureName(n int) string {
	if n < len(spanFeatureNames) {
		return spanFeatureNames[n]
	}
	if n -= len(spanFeatureNames); n < int(kinds)*spanKinds {
		k, s := kind(n/spanKinds), n%spanKinds
		if s < int(mentionKinds) {
			return k.String() + ": " + mentionKind(s).String()
		}
		return k.String() + ": " + [...]string{"run", "phrase", "clause"}[s-int(mentionKinds)]
	}
	n -= int(kinds) * spanKinds
	return kind(n/len(cues)).String() + ": after “" + cues[n%len(cues)] + "”"
}

func (v *view) spanFeatures(s span) []entry {
	var entries []entry
	emit := func(n int, x float64) {
		if x != 0 {
			entries = append(entries, entry{int32(n), float32(x)})
		}
	}
	words := v.s.Words
	length := s.last - s.first + 1
	inside, rare, close := 0, 0.0, 0.0
	for _, w := range words[s.first : s.last+1] {
		r := v.reach(w.Term)
		if !w.Stop && r.exact >= 0 {
			inside++
		}
		if !w.Stop {
			rare += inverseDocumentFrequency(v.sc.size, min(v.sc.size, v.sc.library.DocumentFrequency(w.Term)))
			close += r.affinity
		}
	}
	distance := v.distance(s)
	emit(0, math.Log(float64(length)))
	emit(1, float64(length)/float64(len(words)))
	emit(2, 1/float64(1+distance))
	emit(3, truth(s.first > 0 && v.matched(s.first-1) || s.first > 1 && words[s.first-1].Stop && v.matched(s.first-2)))
	emit(4, truth(s.last+1 < len(words) && v.matched(s.last+1)))
	emit(5, float64(inside)/float64(length))
	emit(6, truth(s.first == 0))
	emit(7, truth(s.last == len(words)-1))
	emit(8, rare/float64(length)/8)
	emit(9, close/float64(length))
	emit(10, truth(length == 1 && s.kind == spanRun))
	emit(len(spanFeatureNames)+int(v.q.kind)*spanKinds+s.kind, 1)
	for back := 1; back <= 2 && s.first-back >= 0; back++ {
		if c, ok := v.facts.cues[words[s.first-back].Term]; ok {
			emit(len(spanFeatureNames)+int(kinds)*spanKinds+int(v.q.kind)*len(cues)+c, 1/float64(back))
			break
		}
	}
	return entries
}

// matched reports whether word i is one of the question's.
func (v *view) matched(i int) bool {
	w := v.s.Words[i]
	return !w.Stop && v.reach(w.Term).exact >= 0
}

// distance is how many words are between a span and the nearest word of the question outside it.
func (v *view) distance(s span) int {
	for d := 1; d < len(v.s.Words); d++ {
		if i := s.first - d; i >= 0 && v.matched(i) {
			return d
		}
		if i := s.last + d; i < len(v.s.Words) && v.matched(i) {
			return d
		}
	}
	return len(v.s.Words)
}

// weighedSpans are the spans with shares: exp(score − top), which add up to sum; top is the best score.
func (v *view) weighedSpans() (list []span, top, sum float64) {
	list, top = v.spans(), math.Inf(-1)
	for i := range list {
		for _, e := range list[i].entries {
			list[i].share += v.emphasis[e.feature] * float64(e.value)
		}
		top = max(top, list[i].share)
	}
	for i := range list {
		list[i].share = math.Exp(list[i].share - top)
		sum += list[i].share
	}
	return list, top, sum
}

// emphasise picks the byte ranges of the candidate's text that answer, in text order; what matches the question where nothing does.
func (v *view) emphasise() []corpus.Span {
	list, _, sum := v.weighedSpans()
	if len(list) == 0 || !v.q.english {
		return v.matchedSpans()
	}
	worth := func(s span) float64 { return s.share / math.Pow(float64(s.last-s.first+1), emphasisBrevity) }
	sort.SliceStable(list, func(i, j int) bool { return worth(list[i]) > worth(list[j]) })
	taken := make([]bool, len(v.s.Words))
	count, mass := 0, 0.0
	for n, s := range list {
		fresh := 0
		for i := s.first; i <= s.last; i++ {
			fresh += int(1 - truth(taken[i]))
		}
		if n > 0 && float64(count+fresh) > emphasisShare*float64(len(taken)) {
			mass += s.share / sum
			continue
		}
		for i := s.first; i <= s.last; i++ {
			taken[i] = true
		}
		count += fresh
		if mass += s.share / sum; mass > emphasisEnough {
			break
		}
	}
	return join(v.s, func(i int) bool { return taken[i] })
}

func (v *view) matchedSpans() []corpus.Span { return join(v.s, v.matched) }

// join turns picked words into byte ranges; neighbours become one.
func join(s *index.Sentence, picked func(int) bool) []corpus.Span {
	var spans []corpus.Span
	for i, w := range s.Words {
		if !picked(i) {
			continue
		}
		// The token of an abbreviation overlaps the words it stands for.
		if n := len(spans) - 1; n >= 0 && (picked(i-1) || int(w.Start) < spans[n].End) {
			spans[n] = corpus.Span{Start: min(spans[n].Start, int(w.Start)), End: max(spans[n].End, int(w.End))}
			continue
		}
		spans = append(spans, corpus.Span{Start: int(w.Start), End: int(w.End)})
	}
	return spans
}
