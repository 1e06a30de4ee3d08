package answer

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed weights.json
var weightsFile []byte

// weights are what the features of a candidate count for. They are fitted (go run ./eval/fit), never set by hand.
type weights struct {
	common   []float64    // by feature number
	profiles [3][]float64 // by profile and feature number: added to common
}

// weightTable is weights.json: weights by the feature's name; what is 0 is left out.
type weightTable struct {
	Rank map[string]map[string]float64 `json:"rank"` // "common", "long", "library"
}

// featureCount is how many features a candidate can have.
const featureCount = len(features) + pairCount

// featureName names a feature for people and for weights.json.
func featureName(n int) string {
	if n < len(features) {
		return features[n].name
	}
	return pairName(n - len(features))
}

func loadWeights() (*weights, error) {
	var table weightTable
	if err := json.Unmarshal(weightsFile, &table); err != nil {
		return nil, fmt.Errorf("read the embedded weights: %w", err)
	}
	w := &weights{common: make([]float64, featureCount)}
	for p := range w.profiles {
		w.profiles[p] = make([]float64, featureCount)
	}
	for n := range featureCount {
		name := featureName(n)
		w.common[n] = table.Rank["common"][name]
		w.profiles[profileLong][n] = table.Rank["long"][name]
		w.profiles[profileLibrary][n] = table.Rank["library"][name]
	}
	return w, nil
}

func (w *weights) score(entries []entry, p profile) float64 {
	sum := 0.0
	for _, e := range entries {
		sum += (w.common[e.feature] + w.profiles[p][e.feature]) * float64(e.value)
	}
	return sum
}
