package answer

import (
	"slices"
	"strings"

	"citebot/index"
)

// Features of how the candidate says it: who does it, what something is, whether it may be or is denied.

// somebodyDoes is 1 where somebody or something with a name stands up to three words before the verb that follows who in the
// question: "Armenia governed it" for "who governed the territory".
func somebodyDoes(v *view) float64 {
	if v.doing < 0 {
		return 0
	}
	for _, m := range v.facts.mentions[v.s.Number] {
		if !m.kind.acting() {
			continue
		}
		after := v.s.Words[m.last+1 : min(m.last+4, len(v.s.Words))]
		if slices.ContainsFunc(after, v.saysWhatIsDone) && v.isNew(m) {
			return 1
		}
	}
	return 0
}

// saysWhatIsDone reports whether a word is that verb, or a close relative of it.
func (v *view) saysWhatIsDone(w index.Word) bool {
	if w.Stop {
		return false
	}
	r := v.reach(w.Term)
	return r.exact == v.doing || slices.ContainsFunc(r.related, func(x reach) bool { return x.term == v.doing && x.weight >= 0.5 })
}

// byWhom is 1 where who is asked and somebody stands after "by", at most five words after a word of the question.
func byWhom(v *view) float64 {
	if v.q.kind != kindWho {
		return 0
	}
	for _, m := range v.facts.mentions[v.s.Number] {
		if !m.kind.acting() {
			continue
		}
		by := m.first - 1
		if by > 0 && v.lower(by) != "by" {
			by-- // "by the minister"
		}
		if by < 0 || v.lower(by) != "by" {
			continue
		}
		for i := max(0, m.first-5); i < by; i++ {
			if v.matched(i) {
				return 1
			}
		}
	}
	return 0
}

// defines is 1 where what or who is asked, and the candidate goes on after a word of the question as definitions and appositions do:
// "Karabakh is a region", "Karabakh, a region".
func defines(v *view) float64 {
	if k := v.q.kind; k != kindWhatIs && k != kindWho && k != kindWhat {
		return 0
	}
	for i := range v.s.Words[:max(0, len(v.s.Words)-2)] {
		if !v.matched(i) {
			continue
		}
		next := v.lower(i + 1)
		apposition := determiner(next) && strings.Contains(v.s.Text[v.s.Words[i].End:v.s.Words[i+1].Start], ",")
		if apposition || copula(next) && determiner(v.lower(i+2)) {
			return 1
		}
	}
	return 0
}

func determiner(word string) bool { return word == "a" || word == "an" || word == "the" }

// mood is what a modal verb says of how sure or wanted something is, a set; none is 0. Will and may are too common to tell much.
type mood uint8

const (
	moodConditional mood = 1 << iota
	moodAble
	moodDue
)

func moodOf(word string) mood {
	switch strings.TrimSuffix(word, "n't") {
	case "would":
		return moodConditional
	case "can", "could", "cannot", "ca":
		return moodAble
	case "should":
		return moodDue
	}
	return 0
}

// moodAsked is 1 where the question has a modal verb, and the candidate has one that says the same.
func moodAsked(v *view) float64 {
	if v.q.mood == 0 {
		return 0
	}
	for i := range v.s.Words {
		if moodOf(v.lower(i))&v.q.mood != 0 {
			return 1
		}
	}
	return 0
}

// deniesMatch is 1 where the candidate has a not or never around a word of the question that is no name, and the question has none.
func deniesMatch(v *view) float64 {
	if v.q.denies {
		return 0
	}
	for i := range v.s.Words {
		if !negates(strings.ReplaceAll(v.lower(i), "’", "'")) {
			continue
		}
		for j := max(0, i-2); j < min(i+5, len(v.s.Words)); j++ {
			if v.matched(j) && !v.q.terms[v.exact[v.s.Words[j].Term]].name {
				return 1
			}
		}
	}
	return 0
}

// several is how many new things of the type that is asked for the candidate mentions, up to four, where the question asks for more
// than one: "which countries".
func several(v *view) float64 {
	if !v.q.several || !v.q.wantsMention() {
		return 0
	}
	n := 0
	for _, m := range v.facts.mentions[v.s.Number] {
		if v.q.wants(m.kind) && v.isNew(m) {
			n++
		}
	}
	return float64(min(n, 4)) / 4
}
