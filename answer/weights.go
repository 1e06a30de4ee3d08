package answer

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"citebot/lexicon"
)

//go:embed weights.json
var weightsFile []byte

// meaningFile is the MeaningSize weights of type meaning as little-endian float32.
//
//go:embed meaning.bin
var meaningFile []byte

// weights are what the features of a candidate count for. They are fitted (go run ./eval/fit), never set by hand.
type weights struct {
	common   []float64           // by feature number
	profiles [profiles][]float64 // by profile and feature number: added to common
	meaning  meaning
	gate     linear

	emphasis          linear  // of spans
	answerable, right linear  // of decisions: whether the scope answers, and if so whether the first passage does
	refuseBelow       float64 // the probability of being answerable below which a question is refused
	closestBelow      float64 // the confidence below which the passages are offered as the closest
}

// weightTable is weights.json: weights by the feature's name; what is 0 is left out.
type weightTable struct {
	Rank map[string]map[string]float64 `json:"rank"` // "common", and what the other profiles add
	Gate map[string]float64            `json:"gate"`

	Emphasis     map[string]float64 `json:"emphasis"`
	Answerable   map[string]float64 `json:"answerable"`
	Right        map[string]float64 `json:"right"`
	RefuseBelow  float64            `json:"refuse below"`
	ClosestBelow float64            `json:"closest below"`
}

// featureCount is how many features a candidate can have.
const featureCount = len(features) + len(followFeatures) + pairCount

// featureName names a feature for people and for weights.json.
func featureName(n int) string {
	if n < len(features) {
		return features[n].name
	}
	if n -= len(features); n < len(followFeatures) {
		return "follow-up: " + followFeatures[n].name
	}
	return pairName(n - len(followFeatures))
}

// parseWeights reads weights.json and meaning.bin.
func parseWeights(weightsFile, meaningFile []byte) (*weights, error) {
	var table weightTable
	if err := json.Unmarshal(weightsFile, &table); err != nil {
		return nil, fmt.Errorf("read the weights: %w", err)
	}
	w := &weights{
		gate:         newLinear(gateNames[:], table.Gate),
		emphasis:     newLinear(numbered(spanFeatureCount, spanFeatureName), table.Emphasis),
		answerable:   newLinear(numbered(decisionCount, decisionName), table.Answerable),
		right:        newLinear(numbered(decisionCount, decisionName), table.Right),
		refuseBelow:  table.RefuseBelow,
		closestBelow: table.ClosestBelow,
		common:       make([]float64, featureCount),
	}
	for p := range w.profiles {
		w.profiles[p] = make([]float64, featureCount)
	}
	for n := range featureCount {
		name := featureName(n)
		w.common[n] = table.Rank["common"][name]
		for p, key := range profileNames {
			if p > 0 {
				w.profiles[p][n] = table.Rank[key][name]
			}
		}
	}
	if len(meaningFile) != 4*MeaningSize {
		return nil, fmt.Errorf("read the weights: meaning.bin has %d bytes, not %d", len(meaningFile), 4*MeaningSize)
	}
	at := func(row, column int) float32 {
		return math.Float32frombits(binary.LittleEndian.Uint32(meaningFile[4*(row*lexicon.Dim+column):]))
	}
	for i := range lexicon.Dim {
		for j := range lexicon.Dim {
			w.meaning.form[i][j] = at(i, j)
		}
		for k := range kinds {
			w.meaning.byKind[k][i] = at(lexicon.Dim+int(k), i)
		}
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

// linear is the weights of a logistic model, in the order of its features.
type linear []float64

func newLinear(names []string, table map[string]float64) linear {
	w := make(linear, len(names))
	for i, name := range names {
		w[i] = table[name]
	}
	return w
}

// score is the log-odds.
func (w linear) score(x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

// numbered lists the names of features 0..n-1.
func numbered(n int, name func(int) string) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = name(i)
	}
	return names
}
