package eval

// Score is how good an engine was on one file. Shares are 0..1. What a file has nothing to score by is nil.
type Score struct {
	File        string       `json:"file"`
	Scope       Scope        `json:"scope"`
	History     History      `json:"history"`
	Articles    int          `json:"articles"`
	Questions   int          `json:"questions"`
	Ranking     []Ranking    `json:"ranking,omitempty"`
	Verdicts    []Verdicts   `json:"verdicts,omitempty"`
	Calibration *Calibration `json:"calibration,omitempty"`
	Emphasis    *Emphasis    `json:"emphasis,omitempty"`
	Quotations  *Quotations  `json:"quotations,omitempty"`
	Sentences   *Overlap     `json:"sentences,omitempty"`
	Verbatim    *Verbatim    `json:"verbatim,omitempty"`
	Latency     *Latency     `json:"latency,omitempty"`
}

// NewScore scores predictions, which must be about articles. File and settings are copied for whoever reads the score.
func NewScore(file string, s Settings, articles []Article, predictions []Prediction) Score {
	all := judge(predictions)
	parts := groups(all)
	return Score{
		File:        file,
		Scope:       s.Scope,
		History:     s.History,
		Articles:    len(articles),
		Questions:   len(predictions),
		Ranking:     scoreRanking(parts),
		Verdicts:    scoreVerdicts(parts),
		Calibration: scoreCalibration(all),
		Emphasis:    scoreEmphasis(all),
		Quotations:  scoreQuotations(articles),
		Sentences:   scoreSentences(articles),
		Verbatim:    scoreVerbatim(all),
		Latency:     scoreLatency(all),
	}
}

// Overlap compares what was found with what annotators have marked.
type Overlap struct {
	Reference int     `json:"reference"` // how many are marked
	Found     int     `json:"found"`
	Right     int     `json:"right"` // how many of those found are marked
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func newOverlap(reference, found, right int) Overlap {
	return Overlap{
		Reference: reference,
		Found:     found,
		Right:     right,
		Precision: share(right, found),
		Recall:    share(right, reference),
		F1:        share(2*right, reference+found),
	}
}

// share is n of all, or 0 of nothing.
func share(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return rounded(float64(n) / float64(all))
}
