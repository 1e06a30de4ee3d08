package answer

// Features of where the matches stand in the candidate: next to each other, and next to what may be the answer.

// orderedPairs is the share of neighbouring terms of the question that stand in the same order within three words.
func orderedPairs(v *view) float64 {
	have, all := 0.0, 0.0
	for i := 1; i < v.base; i++ {
		a, b := v.q.terms[i-1], v.q.terms[i]
		pair := (a.idf + b.idf) / 2
		all += pair
		if at, to := v.ms.at[i-1], v.ms.at[i]; at >= 0 && to > at && to <= at+3 {
			have += pair
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// pairsInOtherWords is the share of neighbouring terms of the question that stand within three words in either order, as they are or
// as relatives: "Azerbaijani President" for "the president of Azerbaijan".
func pairsInOtherWords(v *view) float64 {
	if v.base < 2 {
		return 0
	}
	have, all := make([]float64, v.base), 0.0
	type met struct {
		at, term int
		weight   float64
	}
	var recent []met
	for i, w := range v.s.Words {
		if w.Stop {
			continue
		}
		for len(recent) > 0 && i-recent[0].at > 3 {
			recent = recent[1:]
		}
		r := v.reach(w.Term)
		add := func(term int, weight float64) {
			for _, m := range recent {
				if m.at == i {
					continue
				}
				switch term - m.term {
				case 1:
					have[term] = max(have[term], weight*m.weight)
				case -1:
					have[m.term] = max(have[m.term], weight*m.weight)
				}
			}
			recent = append(recent, met{i, term, weight})
		}
		if r.exact >= 0 && r.exact < v.base {
			add(r.exact, 1)
		}
		for _, x := range r.related {
			if x.term < v.base && x.weight >= 0.5 {
				add(x.term, float64(x.weight))
			}
		}
	}
	sum := 0.0
	for i := 1; i < v.base; i++ {
		pair := v.q.terms[i-1].idf + v.q.terms[i].idf
		all += pair
		sum += have[i] * pair
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// longestRun is the longest run of the question's words, stop words included, that the candidate has, as a share of the question.
func longestRun(v *view) float64 {
	tokens := v.q.ids
	longest := 0
	for i := range v.s.Words {
		for j := range tokens {
			n := 0
			for i+n < len(v.s.Words) && j+n < len(tokens) && tokens[j+n] >= 0 && v.s.Words[i+n].Term == tokens[j+n] {
				n++
			}
			longest = max(longest, n)
		}
	}
	if longest < 2 {
		return 0
	}
	return float64(longest) / float64(len(tokens))
}

// nearExpected is the greatest share of the question's weight that stands within some words of something new that is of the
// expected kind.
func (v *view) nearExpected(within int) float64 {
	if !v.q.kind.expectsMention() {
		return 0
	}
	best := 0.0
	for _, m := range v.facts.mentions[v.s.Number] {
		if !v.q.kind.expects(m.kind) || !v.isNew(m) {
			continue
		}
		var set uint64
		for i := max(0, m.first-within); i < min(len(v.s.Words), m.last+1+within); i++ {
			if at := v.exact[v.s.Words[i].Term]; at >= 0 && !v.s.Words[i].Stop {
				set |= 1 << at
			}
		}
		best = max(best, v.q.weightOf(set&v.own()))
	}
	return best / v.weight
}
