package answer

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// decisionNames are the features that tell whether the scope answers a question at all, and whether the first passage does.
var decisionNames = [...]string{"bias", "in the article", "in the window", "in the sentence", "names and numbers missing", "best share",
	"margin", "near rivals", "type of answer", "terms", "leans on the conversation", "score", "close in meaning", "one term", "ordered pairs", "longest run",
	"long article", "library", "title", "nothing missing", "two missing", "after a conversation",
	"names not in the sentence", "names not in the paragraph", "numbers not in the sentence", "negation only in the question",
	"heaviest missing around", "focus not in the article", "focus not around", "other words in the article", "in the paragraph",
	"opposite, perhaps", "an age", "affinity", "similar words", "asks in a short question", "best coverage",
	"antonyms", "misspelt", "names swapped", "numbers swapped", "elsewhere in the article", "modifier missing", "modifier swapped", "head missing",
	"reach of the matches", "between the matches", "density of the matches",
	"matched beyond the title", "beyond the title", "heaviest matched beyond the title", "share beyond the title", "nothing beyond the title",
	"one term beyond the title", "terms beyond the title", "no phrase to answer", "best phrase", "all phrases", "likeliness of the best phrase",
	"as written", "pairs in other words", "matches just by what is expected", "starts alike"}

// decisionName names a feature of decisions.
func decisionName(n int) string {
	if n < len(decisionNames) {
		return decisionNames[n]
	}
	if n -= len(decisionNames); n < int(kinds) {
		return "asks " + kind(n).String()
	}
	if n -= int(kinds); n < int(parts) {
		return "missing " + part(n).String()
	}
	if n -= int(parts); n < int(parts) {
		return "far from any " + part(n).String()
	}
	if n -= int(parts); n < bands {
		return fmt.Sprintf("nothing closer than %.2f", closeBands[n])
	}
	return "asks for “" + narrowing[n-bands] + "”"
}

const decisionCount = len(decisionNames) + int(kinds) + 2*int(parts) + bands + narrows

// decisionFeatures are their values, each about 0..1, for a ranking with at least one candidate.
func decisionFeatures(r *ranking) []float64 {
	best := r.list[0]
	v, q := best.view, r.question
	u := newUnmet(v)
	inArticle, inWindow, inSentence, missing, names, close, all, absent := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0
	article, window := v.articleTerms(best.sentence.Article), v.ms.exact|v.nearExact(-1)|v.nearExact(1)|v.titleTerms
	for i, t := range q.terms[:q.base] {
		bit := uint64(1) << i
		all += t.idf
		here := truth((article|v.titleTerms)&bit != 0)
		if here == 0 {
			here = v.foundOtherwise(i)
		}
		inArticle += here * t.idf
		if here < 0.5 {
			absent++
		}
		if window&bit != 0 {
			inWindow += t.idf
		} else {
			inWindow += t.idf * 0.6 * float64(max(v.ms.related[i], v.ms.soft[i]-softFloor))
		}
		if v.ms.exact&bit != 0 {
			inSentence += t.idf
		} else {
			close += t.idf * float64(max(v.ms.related[i], v.ms.soft[i]))
		}
		if t.name || t.number {
			names += t.idf
			missing += t.idf * (1 - here)
		}
	}
	share := func(x, of float64) float64 {
		if of <= 0 {
			return 0
		}
		return x / of
	}
	// Sentences that say the same to the letter are no rivals: they answer together.
	margin, rivals, bestShare := 1.0, 0.0, best.share
	for _, x := range r.list[1:] {
		if x.sentence.Text == best.sentence.Text {
			bestShare += x.share
			continue
		}
		margin = math.Min(margin, (best.score-x.score)/4)
		if x.score > best.score-1 {
			rivals++
		}
	}
	x := []float64{1, share(inArticle, all), share(inWindow, all), share(inSentence, all), share(missing, names), bestShare,
		margin, math.Min(rivals, 10) / 10, truth(v.hasExpected()), math.Min(float64(q.base), 12) / 12, q.lean, best.score / 10, share(close, all),
		truth(q.base <= 1), orderedPairs(v), longestRun(v), truth(r.scope.profile() == profileLong), truth(r.scope.profile() == profileLibrary),
		share(v.q.weightOf(v.titleTerms&v.own()), all), truth(absent == 0), truth(absent >= 2), truth(v.past != nil),
		u.names, u.namesAround, u.numbers, u.negation, u.heaviest, u.focus, u.focusAround, u.others, u.paragraph, u.opposite, u.age,
		affinity(v) / 2, similarWords(v), truth(len(q.tokens) <= 6), v.best,
		u.antonyms, u.misspelt, u.namesSwapped, u.numbersSwapped, u.elsewhere, u.modifiers, u.modifiersSwapped, u.heads,
		u.reach, u.between, u.density,
		u.beyond.matched, u.beyond.all, u.beyond.heaviest, u.beyond.share, u.beyond.none, u.beyond.one, u.beyond.terms,
		u.phrase.none, u.phrase.best, u.phrase.all, u.phrase.likeliness,
		asWritten(v), pairsInOtherWords(v), v.nearExpected(3), startsAlike(v)}
	for k := range kinds {
		x = append(x, truth(q.kind == k))
	}
	return slices.Concat(x, u.missing[:], u.far[:], u.close[:], u.narrow[:])
}

// foundOtherwise is how far the candidate's article has a term in another form: a relative, or a word that starts alike.
func (v *view) foundOtherwise(i int) float64 {
	if best, known := v.otherwise[i]; known {
		return best
	}
	if v.otherwise == nil {
		v.otherwise = map[int]float64{}
	}
	v.otherwise[i] = v.findOtherwise(i)
	return v.otherwise[i]
}

// findOtherwise is foundOtherwise worked out: it looks at every word of the article.
func (v *view) findOtherwise(i int) float64 {
	best := 0.0
	t := v.q.terms[i]
	for _, id := range v.facts.vocabulary[v.s.Article.ID] {
		for _, x := range v.related[id] {
			if x.term == i {
				best = max(best, 0.8*float64(x.weight))
			}
		}
		if !t.number {
			best = max(best, 0.8*prefixShare(t.text, v.sc.library.Text(id)))
			best = max(best, 0.8*truth(t.name && v.facts.names.isName(id) && misspelt(t.text, v.sc.library.Text(id))))
		}
	}
	if t.name && best < 0.6 {
		return best / 2 // a name is the same or another
	}
	return best
}

// hasExpected reports whether the candidate mentions something new of the type that is asked for.
func (v *view) hasExpected() bool {
	return !v.q.wantsMention() || v.mentionsNew(v.q.wants)
}

func (k kind) expects(m mentionKind) bool {
	switch k {
	case kindWhen:
		return m == mentionYear || m == mentionDate || m == mentionDuration
	case kindWho:
		return m == mentionPerson || m == mentionName || m == mentionRole
	case kindWhere:
		return m == mentionPlace || m == mentionName
	case kindHowMany:
		return m == mentionNumber || m == mentionPercent || m == mentionMoney || m == mentionDuration || m == mentionYear
	case kindHowMuch:
		return m == mentionNumber || m == mentionPercent || m == mentionMoney || m == mentionDuration
	}
	return false
}

func (k kind) expectsMention() bool {
	return k == kindWhen || k == kindWho || k == kindWhere || k == kindHowMany || k == kindHowMuch
}

// decide turns a ranking into a verdict, a confidence and, unless it answers, the reason. The confidence is that the scope answers:
// that the first passage is the right one is another matter, on which only the verdict depends too.
func (w *weights) decide(r *ranking) (Verdict, float64, string) {
	if len(r.list) == 0 {
		return Refused, 0, refusal(r, nil)
	}
	x := decisionFeatures(r)
	answerable := logistic(w.answerable.score(x))
	absent := r.asksForWhatIsNotThere()
	if absent {
		answerable = min(answerable, w.refuseBelow/2)
	}
	first := answerable * logistic(w.right.score(x)) // that the first passage answers
	missing := r.missingNames()
	switch {
	case r.question.base == 0 && r.matcher.past == nil:
		return Closest, answerable, "That has no word to look for; these are the likeliest passages."
	case absent || answerable < w.refuseBelow && (r.question.base > 1 || len(missing) > 0):
		return Refused, answerable, refusal(r, missing)
	case len(missing) > 0:
		return Closest, answerable, r.lacks(missing) + "; these are the closest passages."
	case first < w.closestBelow, !r.question.english && r.list[0].view.matchedTerms == 0:
		return Closest, answerable, "The article may not answer this; these are the closest passages."
	}
	return Answered, answerable, ""
}

// asksForWhatIsNotThere reports whether a question that stands alone asks for something of which the scope has no word. The data
// that the decision is fitted on hardly has such questions, people have them all the time: "What is the population of Armenia?"
func (r *ranking) asksForWhatIsNotThere() bool {
	q, v := r.question, r.list[0].view
	if q.lean > 0.5 || !q.english || q.base == 0 {
		return false
	}
	if q.kind == kindHowMuch && q.aspect == aspectMoney && !r.scope.mentions(mentionMoney) {
		return true
	}
	found, others, names, absentNames, close := 0.0, 0.0, 0, 0, float32(0)
	inRow, longestRow, last := 0, 0, -2
	for i, t := range q.terms[:q.base] {
		here := max(truth(r.scope.has(t)), v.foundOtherwise(i))
		if t.focus && !v.hasExpected() && !v.inflected(t) {
			here = 0 // that it is populated does not tell a population
		}
		close = max(close, float32(here), v.ms.soft[i], v.ms.related[i])
		if here < 0.5 && v.ms.soft[i] > 0.75 && !t.name && !t.number {
			here = 0.5
		}
		if t.name || t.number {
			names++
			if here < 0.5 {
				absentNames++
				if t.at != last+1 {
					inRow = 0
				}
				inRow++
				last = t.at
				longestRow = max(longestRow, inRow*int(truth(startsUpper(q.text[q.tokens[t.at].Start:]))))
			}
			continue
		}
		others++
		found += truth(here >= 0.5)
	}
	switch {
	case close < 0.25 && q.kind == kindOther: // no question word, and no word that is there, nor one close to it
		return true
	case longestRow >= 2: // a full name that is nowhere: Vladimir Putin
		return true
	case names > 0 && absentNames == names && found == 0: // 2+2, the capital of France
		return true
	case others == 0:
		return false
	case found > 0 && !(q.kind == kindHowMany && found <= others/3 && v.foundFocus() < 0.5):
		return false
	}
	return q.asksAttribute() && names > absentNames && !(asksAge(q) && givesAge(v.s.Text)) || q.kind == kindHowMany && others > 1
}

// inflected reports whether the candidate has a term as the same word, in whatever inflection.
func (v *view) inflected(t term) bool {
	lemmas := v.words.Lemmas(t.word)
	for i := range v.s.Words {
		if word := v.lower(i); word == t.word || slices.ContainsFunc(v.words.Lemmas(word), func(l string) bool { return slices.Contains(lemmas, l) }) {
			return true
		}
	}
	return false
}

// foundFocus is how far the article has the noun that is asked for.
func (v *view) foundFocus() float64 {
	for i, t := range v.q.terms[:v.base] {
		if t.focus {
			return max(truth(v.sc.has(t)), v.foundOtherwise(i))
		}
	}
	return 1
}

// asksAttribute reports whether a question is for an attribute of somebody or something: "what is the capital of …", "how old is …",
// "where was … born".
func (q *question) asksAttribute() bool {
	if asksAge(q) {
		return true
	}
	for _, t := range q.terms[:q.base] {
		if t.text == "born" || t.text == "bear" || t.text == "die" || t.text == "bury" {
			return true
		}
	}
	lower := strings.ToLower(q.text)
	for _, form := range [...]string{"what is the ", "what's the ", "what was the ", "what are the ", "who is the ", "who was the ", "who's the "} {
		if rest, ok := strings.CutPrefix(lower, form); ok && strings.Contains(rest, " of ") {
			return true
		}
	}
	return false
}

// refusal says why a question is refused: what the scope never mentions, if anything.
func refusal(r *ranking, missing []string) string {
	switch {
	case r.question.base == 0:
		return noWord
	case len(missing) > 0:
		return r.lacks(missing) + "."
	case r.scope.article == nil:
		return "None of the articles answers that."
	}
	return "The article does not answer that."
}

// lacks says which names the scope never mentions, without a full stop.
func (r *ranking) lacks(names []string) string {
	if r.scope.article == nil {
		return "None of the articles mentions " + orList(names)
	}
	return "The article never mentions " + orList(names)
}

func orList(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// missingNames are the question's names, as typed and in full, that the scope lacks a word of.
func (r *ranking) missingNames() []string {
	var names []string
	v, q, end := r.list[0].view, r.question, -1
	for i, t := range q.terms[:q.base] {
		if !t.name || t.at < end || r.scope.has(t) || v.foundOtherwise(i) >= 0.5 || len(names) == 3 {
			continue
		}
		first, last := q.nameAround(t.at)
		end = last + 1
		name := q.text[min(q.tokens[first].Start, q.tokens[last].Start):q.tokens[last].End]
		names = append(names, strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"))
	}
	return names
}

// nameAround is the run of capitalised words around token at, which is one.
func (q *question) nameAround(at int) (first, last int) {
	capital := func(i int) bool {
		return i >= 0 && i < len(q.tokens) && startsUpper(q.text[q.tokens[i].Start:]) && !q.tokens[i].Stop
	}
	joined := func(i int) bool { // an abbreviation's token overlaps the words before it
		end, start := q.tokens[i].End, q.tokens[i+1].Start
		return start <= end || strings.TrimSpace(q.text[end:start]) == ""
	}
	first, last = at, at
	for capital(first-1) && joined(first-1) {
		first--
	}
	for capital(last+1) && joined(last) {
		last++
	}
	return first, last
}
