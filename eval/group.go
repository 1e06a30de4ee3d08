package eval

import (
	"maps"
	"slices"
)

// judged is a prediction and where the first right passage stands.
type judged struct {
	Prediction
	rank int // from 1; 0 if none of the first ten is right, or nothing is marked
}

// right reports whether the first passage answers, which it never does where nothing is marked.
func (j judged) right() bool { return j.rank == 1 }

func judge(predictions []Prediction) []judged {
	all := make([]judged, len(predictions))
	for i, p := range predictions {
		all[i] = judged{p, p.rank()}
	}
	return all
}

// rank is that of the first right passage, from 1, or 0 if none of the first ten is right or nothing is marked. The sentence
// is what counts, not what is shown around it.
func (p Prediction) rank() int {
	if !p.Turn.Scored() {
		return 0
	}
	for i, passage := range p.Answer.Passages[:min(top, len(p.Answer.Passages))] {
		if passage.Article == nil || passage.Article.ID != p.Article.ID || !p.Article.Has(passage.Place) {
			continue
		}
		if p.Article.Right(p.Turn, passage.Place) {
			return i + 1
		}
	}
	return 0
}

// group is predictions that have something in common.
type group struct {
	of          string
	predictions []judged
}

// groups are all predictions; then, if there are conversations, single questions, the first ones of conversations, and
// follow-ups; then, where the data says so, those about each kind of article. None is empty but the first.
func groups(all []judged) []group {
	byTurn, byKind := map[string][]judged{}, map[string][]judged{}
	for _, j := range all {
		byTurn[j.turn()] = append(byTurn[j.turn()], j)
		if kind := j.Article.Kind; kind != "" {
			byKind[kind] = append(byKind[kind], j)
		}
	}
	result := []group{{"all", all}}
	if len(byTurn["single"]) < len(all) {
		for _, of := range []string{"single", "first", "follow-up"} {
			if len(byTurn[of]) > 0 {
				result = append(result, group{of, byTurn[of]})
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		result = append(result, group{"kind " + kind, byKind[kind]})
	}
	return result
}

func (p Prediction) turn() string {
	switch {
	case p.Turns == 1:
		return "single"
	case p.Number == 1:
		return "first"
	}
	return "follow-up"
}
