package eval

import (
	"slices"
	"time"
)

// Latency is how long Ask took, in milliseconds, measured one question at a time.
type Latency struct {
	Questions int     `json:"questions"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

func scoreLatency(predictions []judged) *Latency {
	if len(predictions) == 0 {
		return nil
	}
	var took []time.Duration
	for _, j := range predictions {
		took = append(took, j.Took)
	}
	slices.Sort(took)
	return &Latency{len(took), percentile(took, 50), percentile(took, 99)}
}

// percentile is the smallest of sorted, in milliseconds, that at least p of 100 do not exceed (the nearest rank).
func percentile(sorted []time.Duration, p int) float64 {
	rank := (p*len(sorted) + 99) / 100
	return milliseconds(sorted[rank-1])
}
