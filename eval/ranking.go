package eval

// Ranking is where right sentences stand among an engine's passages, over the turns that can be scored.
type Ranking struct {
	Of    string  `json:"of"` // which turns: "all", or by number in the dialog "turn 1", "turn 2", "turn 3+"
	Turns int     `json:"turns"`
	P1    float64 `json:"p1"`    // share whose first passage is right
	MRR10 float64 `json:"mrr10"` // mean of 1/rank of the first right passage; 0 if it is not among ten
	R5    float64 `json:"r5"`    // share with a right passage among five
	R10   float64 `json:"r10"`
}

// scoreRanking scores all turns, and by number if there are dialogs of more than one turn.
func scoreRanking(predictions []Prediction) []Ranking {
	names := []string{"all", "turn 1", "turn 2", "turn 3+"}
	ranks := make([][]int, len(names))
	for _, p := range predictions {
		if !p.Turn.Scored() {
			continue
		}
		rank, number := p.rank(), min(p.Number, 3)
		ranks[0] = append(ranks[0], rank)
		ranks[number] = append(ranks[number], rank)
	}
	if len(ranks[0]) == 0 {
		return nil
	}
	rows := []Ranking{newRanking(names[0], ranks[0])}
	if len(ranks[1]) == len(ranks[0]) {
		return rows
	}
	for i := 1; i < len(names); i++ {
		if len(ranks[i]) > 0 {
			rows = append(rows, newRanking(names[i], ranks[i]))
		}
	}
	return rows
}

func newRanking(of string, ranks []int) Ranking {
	r := Ranking{Of: of, Turns: len(ranks)}
	var first, five, ten int
	var reciprocal float64
	for _, rank := range ranks {
		if rank == 0 {
			continue
		}
		ten++
		reciprocal += 1 / float64(rank)
		if rank <= 5 {
			five++
		}
		if rank == 1 {
			first++
		}
	}
	r.P1, r.R5, r.R10 = share(first, r.Turns), share(five, r.Turns), share(ten, r.Turns)
	r.MRR10 = rounded(reciprocal / float64(r.Turns))
	return r
}

// rank is that of the first right passage, from 1, or 0 if none of the first ten is right.
func (p Prediction) rank() int {
	for i, passage := range p.Answer.Passages[:min(top, len(p.Answer.Passages))] {
		if passage.Article.ID != p.Article.ID {
			continue
		}
		for _, n := range p.Turn.Answers {
			if place, ok := p.Article.Place(n); ok && place == passage.Place {
				return i + 1
			}
		}
	}
	return 0
}
