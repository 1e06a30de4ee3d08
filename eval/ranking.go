package eval

// Ranking is where right sentences stand among an engine's passages, over the turns that can be scored.
type Ranking struct {
	Of    string  `json:"of"` // which turns: "all", "single", "first", "follow-up", or about which articles: "kind faq"
	Turns int     `json:"turns"`
	P1    float64 `json:"p1"`    // share whose first passage is right
	R3    float64 `json:"r3"`    // share with a right passage among three
	MRR10 float64 `json:"mrr10"` // mean of 1/rank of the first right passage; 0 if it is not among ten
	R5    float64 `json:"r5"`
	R10   float64 `json:"r10"`
}

// scoreRanking scores each group that has something to be scored by.
func scoreRanking(groups []group) []Ranking {
	var rows []Ranking
	for _, g := range groups {
		if r := newRanking(g); r.Turns > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

func newRanking(g group) Ranking {
	r := Ranking{Of: g.of}
	var within [top + 1]int // by rank: how many turns have a right passage there or before
	var reciprocal float64
	for _, j := range g.predictions {
		if !j.Turn.Scored() {
			continue
		}
		r.Turns++
		if j.rank == 0 {
			continue
		}
		reciprocal += 1 / float64(j.rank)
		for k := j.rank; k <= top; k++ {
			within[k]++
		}
	}
	r.P1, r.R3 = share(within[1], r.Turns), share(within[3], r.Turns)
	r.R5, r.R10 = share(within[5], r.Turns), share(within[10], r.Turns)
	r.MRR10 = rounded(reciprocal / max(float64(r.Turns), 1))
	return r
}
