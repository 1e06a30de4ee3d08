package answer

// A pair feature says that a question of one kind met a sentence of one sort: "when" and a date, "why" and "because". There are
// kinds × (mentionKinds + cues) of them, each 1 or 0, and the data says which matter.

// cues are words that tell what a sentence explains: reasons, means, places, contrast. Most of them are stop words.
var cues = [...]string{"because", "to", "by", "in", "at", "on", "from", "for", "with", "after", "before", "since", "until", "when",
	"where", "who", "which", "that", "as", "was", "is", "were", "are", "will", "would", "can", "may", "not", "no", "but", "if", "so",
	"due", "cause", "result", "reason", "allow", "use", "call", "known", "name", "includ", "like", "such", "between", "near",
	"born", "die", "becom", "began", "found", "won", "kill", "say", "tell", "about", "more", "than", "over", "most", "first", "into",
	"through", "during", "under", "against", "he", "she", "it", "they", "his", "their", "i", "we", "you", "be", "have", "had"}

// pairs calls emit with the number of each pair feature that the candidate has.
func pairs(v *view, emit func(n int, value float64)) {
	base := int(v.q.kind) * pairWidth
	var seen [mentionKinds]bool
	see := func(k mentionKind) {
		if seen[k] {
			return
		}
		seen[k] = true
		emit(base+int(k), 1)
		if v.q.aspect != aspectNone {
			emit(kindPairs+int(v.q.aspect)*int(mentionKinds)+int(k), 1)
		}
	}
	for _, m := range v.facts.mentions[v.s.Number] {
		if !v.isNew(m) {
			continue
		}
		see(m.kind)
		if m.kind == mentionDate && isYear(surface(v.s, m.last)) {
			see(mentionYear) // "September 2023" is both
		}
	}
	emit(kindPlaces+2*int(v.q.kind), position(v))
	emit(kindPlaces+2*int(v.q.kind)+1, matchedWeight(v))
	var met [len(cues)]bool
	for _, w := range v.s.Words {
		if c, ok := v.facts.cues[w.Term]; ok && !met[c] {
			met[c] = true
			emit(base+int(mentionKinds)+c, 1)
		}
	}
}

const (
	pairWidth  = int(mentionKinds) + len(cues)
	kindPairs  = int(kinds) * pairWidth
	kindPlaces = kindPairs + int(aspects)*int(mentionKinds)
	pairCount  = kindPlaces + 2*int(kinds)
)

func pairName(n int) string {
	if n >= kindPlaces {
		return kind((n-kindPlaces)/2).String() + [...]string{": position", ": matched weight"}[(n-kindPlaces)%2]
	}
	if n >= kindPairs {
		n -= kindPairs
		return "asks for " + aspect(n/int(mentionKinds)).String() + " and a " + mentionKind(n%int(mentionKinds)).String()
	}
	k, at := kind(n/pairWidth), n%pairWidth
	if at < int(mentionKinds) {
		return k.String() + " and a " + mentionKind(at).String()
	}
	return k.String() + " and “" + cues[at-int(mentionKinds)] + "”"
}

// isNew reports whether a mention has a word that the question has not: what answers is not in the question.
func (v *view) isNew(m mention) bool {
	for i := m.first; i <= m.last; i++ {
		if w := v.s.Words[i]; !w.Stop && v.reach(w.Term).exact < 0 {
			return true
		}
	}
	return false
}
