package answer

import (
	"math"
	"math/bits"
	"strings"
)

// feature is one thing about a candidate that may speak for it. Values are about 0..1; weights are fitted, see weights.go.
type feature struct {
	name  string
	value func(*view) float64
}

// features are the features of every candidate, whatever is asked.
var features = [...]feature{
	{"coverage", coverage},
	{"coverage squared", func(v *view) float64 { c := coverage(v); return c * c }},
	{"coverage beyond the title", coverageBeyondTitle},
	{"names matched", namesMatched},
	{"numbers matched", numbersMatched},
	{"coverage of all terms", coverageOfAll},
	{"focus matched", focusMatched},
	{"term density", density},
	{"paragraph", paragraphCoverage},
	{"paragraph density", paragraphDensity},
	{"related words", relatedWords},
	{"similar words", similarWords},
	{"similar or related beyond neighbours", closeBeyondNeighbours},
	{"affinity", affinity},
	{"ordered pairs", orderedPairs},
	{"longest run", longestRun},
	{"in the sentence before", func(v *view) float64 { return v.q.weightOf(v.nearExact(-1)&v.own()&^v.ms.exact) / v.weight }},
	{"in the sentence after", func(v *view) float64 { return v.q.weightOf(v.nearExact(1)&v.own()&^v.ms.exact) / v.weight }},
	{"two sentences before", func(v *view) float64 {
		return v.q.weightOf(v.nearExact(-2)&v.own()&^v.ms.exact&^v.nearExact(-1)) / v.weight
	}},
	{"refers back to a match", refersBack},
	{"shared prefix", sharedPrefix},
	{"position", position},
	{"position where something matches well", func(v *view) float64 { return v.best * position(v) }},
	{"position after a long question", func(v *view) float64 {
		return math.Min(1, float64(v.base)/8) * position(v)
	}},
	{"first where something matches well", func(v *view) float64 { return v.best * firstSentence(v) }},
	{"best coverage of all", func(v *view) float64 { return truth(v.best > 0 && coverage(v) >= v.best) }},
	{"coverage behind the best", func(v *view) float64 { return v.best - coverage(v) }},
	{"position in news", func(v *view) float64 { return v.facts.news[v.s.Article.ID] * position(v) }},
	{"first sentence of news", func(v *view) float64 { return v.facts.news[v.s.Article.ID] * firstSentence(v) }},
	{"first sentence", firstSentence},
	{"opens its paragraph", func(v *view) float64 { return truth(v.s.Place.Sentence == 0) }},
	{"very short", func(v *view) float64 { return truth(len(v.s.Words) < 6) }},
	{"length", func(v *view) float64 { return math.Log(1+float64(len(v.s.Words))) / 4 }},
	{"a question itself", func(v *view) float64 { return truth(strings.HasSuffix(v.s.Text, "?")) }},
	{"quotes the one asked about", quotesNamed},
	{"nothing new", nothingNew},
	{"somebody of the gender asked about", rightGender},
	{"only the other gender", wrongGender},
	{"a pronoun for a name asked about", pronounForName},
	{"a kind of what is asked for", kindOfFocus},
	{"matched weight", matchedWeight},
	{"small words shared", smallWords},
	{"a number of what is counted", countsFocus},
	{"matches near what is expected", func(v *view) float64 { return v.nearExpected(8) }},
	{"first term leads", firstTermLeads},
	{"repeats the title", repeatsTitle},
	{"article coverage", articleCoverage},
	{"article title", articleTitle},
	{"window coverage", windowCoverage},
	{"pairs in other words", pairsInOtherWords},
	{"matched as written", asWritten},
	{"starts alike", startsAlike},
	{"matches just by what is expected", func(v *view) float64 { return v.nearExpected(3) }},
	{"spells out an abbreviation", spellsOut},
	{"somebody does what is asked about", somebodyDoes},
	{"the last term", lastTerm},
	{"modal verb as asked", moodAsked},
	{"denies what is asked", deniesMatch},
	{"by whom", byWhom},
	{"defines", defines},
	{"several of what is asked for", several},
	{"position beyond the lead", func(v *view) float64 { return coverageBeyondLead(v) * position(v) }},
	{"coverage of the first sentence", func(v *view) float64 { return coverageOfAll(v) * firstSentence(v) }},
	{"quoted coverage", quotedCoverage},
	{"says, and quotes the one asked about", func(v *view) float64 { return truth(v.q.says) * quotesNamed(v) }},
}

// asWritten is the share of the question's weight that the candidate has letter by letter, not only in another form.
func asWritten(v *view) float64 {
	var set uint64
	for i, w := range v.s.Words {
		if at := v.exact[w.Term]; at >= 0 && !w.Stop && v.lower(i) == v.q.terms[at].word {
			set |= 1 << at
		}
	}
	return v.q.weightOf(set&v.own()) / v.weight
}

// spellsOut is 1 where the candidate has capitalised words whose initials are an abbreviation in the question.
func spellsOut(v *view) float64 {
	if len(v.abbreviations) == 0 {
		return 0
	}
	var initials strings.Builder
	for i, w := range v.s.Words {
		switch word := surface(v.s, i); {
		case startsUpper(word) && len(word) > 1 && !startsUpper(word[1:]):
			initials.WriteByte(word[0])
		case !w.Stop:
			initials.WriteByte(' ')
		}
	}
	for _, a := range v.abbreviations {
		if strings.Contains(initials.String(), a) {
			return 1
		}
	}
	return 0
}

// startsAlike is how much of the question the candidate lacks, but has words that start alike.
func startsAlike(v *view) float64 {
	return v.madeUp(v.own()&^v.ms.exact, func(i int) float64 { return float64(v.ms.alike[i]) })
}

// madeUp is the share of the question's weight that a set of terms has, each as far as something else makes up for it, 0..1.
func (v *view) madeUp(set uint64, strength func(term int) float64) float64 {
	sum := 0.0
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set)
		sum += strength(i) * v.q.terms[i].idf
	}
	return sum / v.all
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// position is how far into its article the candidate stands, on a scale that slackens.
func position(v *view) float64 { return math.Log(1+float64(v.s.Index)) / 4 }

func firstSentence(v *view) float64 { return truth(v.s.Index == 0) }

// coverage is the share of the question's weight that the candidate's own words have.
func coverage(v *view) float64 { return v.matchedTerms / v.weight }

// coverageOfAll counts the terms that the scope lacks too.
func coverageOfAll(v *view) float64 { return v.matchedTerms / v.all }

// matchedWeight is coverage in absolute terms: what little a short question asks for says little.
func matchedWeight(v *view) float64 { return math.Min(1, v.matchedTerms/12) }

func coverageBeyondTitle(v *view) float64 {
	return v.shareOf(func(t term) bool { return !t.title })
}

// coverageBeyondLead counts only terms that neither the title nor the first sentence of the article has.
func coverageBeyondLead(v *view) float64 {
	lead := v.exactIn(v.s.Article.Sentences[0]) | v.titleTerms
	beyond := 0.0
	for i, t := range v.q.terms[:v.base] {
		if lead&(1<<i) == 0 && v.sc.has(t) {
			beyond += t.idf
		}
	}
	return v.q.weightOf(v.ms.exact&v.own()&^lead) / positive(beyond)
}

// lastTerm is 1 where the candidate has the last term of the question, which is often the one that matters.
func lastTerm(v *view) float64 {
	return truth(v.base > 0 && v.ms.exact&(1<<(v.base-1)) != 0)
}

// quotedCoverage is coverage by a candidate that quotes, where the question does not ask what somebody says.
func quotedCoverage(v *view) float64 {
	return truth(!v.q.says && v.facts.quoted[v.s.Number]) * coverage(v)
}

func namesMatched(v *view) float64   { return v.shareOf(func(t term) bool { return t.name }) }
func numbersMatched(v *view) float64 { return v.shareOf(func(t term) bool { return t.number }) }
func focusMatched(v *view) float64   { return v.shareOf(func(t term) bool { return t.focus }) }

// shareOf is the weighted share of the question's terms of some sort that the candidate has; 0 if the question has none.
func (v *view) shareOf(sort func(term) bool) float64 {
	have, all := 0.0, 0.0
	for i, t := range v.q.terms[:v.base] {
		if t.id < 0 || !sort(t) {
			continue
		}
		all += t.idf
		if v.ms.exact&(1<<i) != 0 {
			have += t.idf
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// density is coverage per length: the weight that the matched words have among the candidate's own.
func density(v *view) float64 {
	return coverage(v) * 12 / (12 + float64(len(v.s.Words)))
}

func paragraphCoverage(v *view) float64 { return v.q.weightOf(v.paragraph&v.own()) / v.weight }

// paragraphDensity favours matches in short paragraphs.
func paragraphDensity(v *view) float64 {
	return paragraphCoverage(v) * 5 / (5 + float64(len(v.s.Article.Paragraphs[v.s.Place.Paragraph].Sentences)))
}

func relatedWords(v *view) float64 {
	return v.madeUp(v.own()&^v.ms.exact, func(i int) float64 { return float64(v.ms.related[i]) })
}

func similarWords(v *view) float64 {
	return v.madeUp(v.own()&^v.ms.exact, func(i int) float64 { return max(0, float64(v.ms.soft[i])-softFloor) / (1 - softFloor) })
}

// closeBeyondNeighbours is how much of the question neither the candidate nor its neighbours have, but words close in meaning do.
func closeBeyondNeighbours(v *view) float64 {
	return v.madeUp(v.own()&^v.ms.exact&^v.nearExact(-1)&^v.nearExact(1), func(i int) float64 { return float64(max(v.ms.soft[i], v.ms.related[i])) })
}

// refersBack is what the sentence before has of the question where the candidate starts with a word that refers to it.
func refersBack(v *view) float64 {
	if len(v.s.Words) == 0 || !pronoun(v.lower(0)) {
		return 0
	}
	return v.q.weightOf(v.nearExact(-1)&v.own()&^v.ms.exact) / v.weight
}

func pronoun(lower string) bool {
	switch lower {
	case "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "that", "those", "such", "him", "them":
		return true
	}
	return false
}

// sharedPrefix looks for words that start like a term that the whole scope lacks.
func sharedPrefix(v *view) float64 {
	sum := 0.0
	for _, t := range v.q.terms[:v.base] {
		if t.id >= 0 || len(t.text) < 5 {
			continue
		}
		best := 0.0
		for i := range v.s.Words {
			best = max(best, prefixShare(t.word, v.lower(i)))
		}
		sum += best * t.idf
	}
	return sum / v.all
}

// prefixShare is how much of the longer word two words share at their starts, if that is at least four bytes and most of it.
func prefixShare(a, b string) float64 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	share := float64(n) / float64(max(len(a), len(b)))
	if n < 4 || share < 0.5 {
		return 0
	}
	return share
}

// quotesNamed is 1 where somebody is quoted whom the question names.
func quotesNamed(v *view) float64 {
	for _, speaker := range v.facts.speakers[v.s.Number] {
		if r := v.reach(speaker); r.exact >= 0 && r.exact < v.base && v.q.terms[r.exact].name {
			return 1
		}
	}
	return 0
}

// nothingNew is 1 where the candidate hardly has a word that is not in the question: it cannot answer.
func nothingNew(v *view) float64 {
	fresh := 0
	for _, w := range v.s.Words {
		if !w.Stop && v.reach(w.Term).exact < 0 {
			fresh++
		}
	}
	return truth(fresh < 2)
}

// firstTermLeads is 1 where the candidate's first content word is in the question: it is likely about it.
func firstTermLeads(v *view) float64 {
	for _, w := range v.s.Words {
		if !w.Stop {
			return truth(v.reach(w.Term).exact >= 0)
		}
	}
	return 0
}

// repeatsTitle is 1 for a sentence that is hardly more than the title.
func repeatsTitle(v *view) float64 {
	title := v.facts.titles[v.s.Article.ID]
	fresh := 0
	for _, w := range v.s.Words {
		if !w.Stop && !title[w.Term] {
			fresh++
		}
	}
	return truth(fresh <= 1)
}

// articleCoverage is the share of the question's weight that the candidate's article has anywhere (libraries only).
func articleCoverage(v *view) float64 {
	if v.sc.article != nil {
		return 0
	}
	return v.q.weightOf(v.articleTerms(v.s.Article)&v.own()) / v.weight
}

// articleTitle is the share of the question's weight that the title of the candidate's article has (libraries only).
func articleTitle(v *view) float64 {
	if v.sc.article != nil {
		return 0
	}
	title, sum := v.facts.titles[v.s.Article.ID], 0.0
	for _, t := range v.q.terms[:v.base] {
		if t.id >= 0 && title[t.id] {
			sum += t.idf
		}
	}
	return sum / v.weight
}

// windowCoverage is coverage by the candidate, its neighbours and the title together.
func windowCoverage(v *view) float64 {
	return v.q.weightOf((v.ms.exact|v.nearExact(-1)|v.nearExact(1)|v.titleTerms)&v.own()) / v.weight
}

// pronounForName is the share of the question's weight that names of people have which are not in the candidate, but in one of the three
// sentences before, where the candidate has a pronoun that can stand for them.
func pronounForName(v *view) float64 {
	if v.facts.gender[v.s.Number]&(male|female) == 0 {
		return 0
	}
	var missing uint64
	for i, t := range v.q.terms[:v.base] {
		if v.facts.people[t.id] && v.ms.exact&(1<<i) == 0 {
			missing |= 1 << i
		}
	}
	if missing == 0 {
		return 0
	}
	return v.q.weightOf(missing&(v.nearExact(-1)|v.nearExact(-2)|v.nearExact(-3))) / v.weight
}

// kindOfFocus is 1 where the candidate has a new word that is a kind of the noun asked for: a violin where an instrument is.
func kindOfFocus(v *view) float64 {
	if v.focus == "" {
		return 0
	}
	for i, w := range v.s.Words {
		if w.Stop || v.reach(w.Term).exact >= 0 {
			continue
		}
		is, known := v.focused[w.Term]
		if !known {
			is = v.words.IsA(v.lower(i), v.focus)
			v.focused[w.Term] = is
		}
		if is {
			return 1
		}
	}
	return 0
}

// smallWords is the share of the question's small words that tell something (before, against, first, not) that the candidate has.
func smallWords(v *view) float64 {
	if len(v.small) == 0 {
		return 0
	}
	n := 0
	for _, id := range v.small {
		for _, w := range v.s.Words {
			if w.Term == id && w.Stop {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(v.small))
}

// countsFocus is 1 where a number stands just before the noun that is counted: "how many homes", "40,000 homes".
func countsFocus(v *view) float64 {
	if v.q.kind != kindHowMany || v.focus == "" {
		return 0
	}
	for _, m := range v.facts.mentions[v.s.Number] {
		switch m.kind {
		case mentionNumber, mentionPercent, mentionMoney, mentionDuration, mentionYear, mentionDate:
		default:
			continue
		}
		for i := m.first; i < min(m.last+4, len(v.s.Words)); i++ {
			if at := v.exact[v.s.Words[i].Term]; at >= 0 && v.q.terms[at].focus {
				return 1
			}
		}
	}
	return 0
}
