package reader

import (
	"context"
	"math"
)

// maxEmbedded is how many pieces of a text its vector is made of.
const maxEmbedded = 140

// Vector says what a text is about: the nearer two texts, the greater their dot product. It has length 1, to within the
// rounding to bytes.
type Vector struct {
	Scale  float32 // of every value
	Values []int8  // 384 of them
}

// Dot is the dot product of two vectors of one model: their cosine, -1 to 1.
func (v Vector) Dot(other Vector) float64 {
	var sum int32
	values := other.Values[:len(v.Values)]
	for i, x := range v.Values {
		sum += int32(x) * int32(values[i])
	}
	return float64(sum) * (float64(v.Scale) * float64(other.Scale))
}

// Embed makes a vector of each text, from its first 140 pieces. When ctx ends, it stops before the next text and returns
// the cause.
func (m *Model) Embed(ctx context.Context, texts []string) ([]Vector, error) {
	vectors := make([]Vector, len(texts))
	err := m.each(ctx, len(texts), func(s *scratch, i int) {
		input := []token{{id: m.cls}}
		for _, p := range m.pieces(texts[i], maxEmbedded) {
			input = append(input, token{id: p.ID})
		}
		input = append(input, token{id: m.sep})
		vectors[i] = pool(m.weights.embed.forward(m.set, m.weights, s, input), m.weights.shape.width)
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// pool is the vector of the mean of the states.
func pool(states []float32, width int) Vector {
	mean := make([]float64, width)
	for i, x := range states {
		mean[i%width] += float64(x)
	}
	var square, highest float64
	for _, x := range mean {
		square += float64(x * x)
		highest = max(highest, math.Abs(x))
	}
	v := Vector{Values: make([]int8, width)}
	if highest == 0 || math.IsInf(square, 1) || math.IsNaN(square) {
		return v // of no real model
	}
	v.Scale = float32(highest / math.Sqrt(square) / 127)
	for i, x := range mean {
		v.Values[i] = int8(math.RoundToEven(x / highest * 127))
	}
	return v
}
