package reader

import (
	"math"

	"citebot/reader/internal/kernel"
)

// network is a BERT encoder: embeddings, then layers of attention and of two linear maps with a GELU between them, each
// followed by a layer norm. One input is computed at a time, so that there is no padding.
type network struct {
	width     int
	positions []float32 // a row for each place in the input
	types     []float32 // two rows
	norm      norm
	layers    []layer
}

type norm struct{ gain, bias []float32 }

type layer struct {
	project    *kernel.Weights // a state to its query, key and value
	attend     *kernel.Weights
	attendNorm norm
	inner      *kernel.Weights
	outer      *kernel.Weights
	outerNorm  norm
}

// token is one place of an input.
type token struct {
	id   int32 // row of the vocabulary, or a marker, negated
	kind uint8 // type: 0 for the question, 1 for what is read
}

// rowBlock is how many states go through the linear maps of a layer together: what lies between them stays in the cache.
const rowBlock = 120

// scratch is the memory for one input.
type scratch struct {
	states, projected, attended []float32 // width, 3*width and width for each token
	inner, outer                []float32 // for rowBlock tokens
	rows                        kernel.Rows
	keys, values                kernel.Floats
	scores, shares, mixed       []float32 // of one head
}

// grow gives a slice of n numbers, in the memory of s if it is enough. They hold anything.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}

// forward computes the final state of every token. The result is part of the scratch memory.
func (n *network) forward(set *kernel.Set, w *weights, s *scratch, input []token) []float32 {
	rows := kernel.PadRows(len(input))
	s.states = grow(s.states, rows*n.width)
	s.projected = grow(s.projected, rows*3*n.width)
	s.attended = grow(s.attended, rows*n.width)
	n.start(set, w, s.states, input)
	for i := range n.layers {
		n.layers[i].forward(set, s, n.width, len(input))
	}
	return s.states[:len(input)*n.width]
}

// start sets the states to the embeddings.
func (n *network) start(set *kernel.Set, w *weights, states []float32, input []token) {
	for i, t := range input {
		state := states[i*n.width : (i+1)*n.width]
		position, kind := n.positions[i*n.width:], n.types[int(t.kind)*n.width:]
		if t.id < 0 {
			copy(state, w.markerRows[int(-t.id)*n.width:])
		} else {
			scale := w.wordScales[t.id]
			for c, q := range w.wordRows[int(t.id)*n.width : (int(t.id)+1)*n.width] {
				state[c] = float32(q) * scale
			}
		}
		for c := range state {
			state[c] += position[c] + kind[c]
		}
		set.AddNorm(state, nil, n.norm.gain, n.norm.bias)
	}
}

func (l *layer) forward(set *kernel.Set, s *scratch, width, tokens int) {
	for top := 0; top < tokens; top += rowBlock {
		multiply(set, s, l.project, s.projected[top*3*width:], s.states[top*width:], min(rowBlock, tokens-top))
	}
	for head := 0; head < width; head += headWidth {
		attention(set, s, head, width, tokens)
	}
	for top := 0; top < tokens; top += rowBlock {
		rows := min(rowBlock, tokens-top)
		s.inner = grow(s.inner, kernel.PadRows(rows)*l.inner.Columns())
		s.outer = grow(s.outer, kernel.PadRows(rows)*width)
		states := s.states[top*width:]
		multiply(set, s, l.attend, s.outer, s.attended[top*width:], rows)
		addNorm(set, states, s.outer, l.attendNorm, rows)
		multiply(set, s, l.inner, s.inner, states, rows)
		set.GELU(s.inner[:rows*l.inner.Columns()])
		multiply(set, s, l.outer, s.outer, s.inner, rows)
		addNorm(set, states, s.outer, l.outerNorm, rows)
	}
}

func multiply(set *kernel.Set, s *scratch, w *kernel.Weights, c, a []float32, rows int) {
	s.rows.Quantize(set, a, w.Steps(), rows, w.Steps())
	w.Multiply(set, c, w.Columns(), &s.rows, rows)
}

func addNorm(set *kernel.Set, x, r []float32, n norm, rows int) {
	width := len(n.gain)
	for i := range rows {
		set.AddNorm(x[i*width:(i+1)*width], r[i*width:(i+1)*width], n.gain, n.bias)
	}
}

// attention computes one head for all tokens, from column head on: softmax(queries * keys / sqrt(width of a head)) * values.
func attention(set *kernel.Set, s *scratch, head, width, tokens int) {
	stride := 3 * width
	queries, keys, values := s.projected[head:], s.projected[width+head:], s.projected[2*width+head:]
	s.keys.Pack(keys, tokens, headWidth, stride, float32(1/math.Sqrt(headWidth)))
	s.values.PackTransposed(values, headWidth, tokens, stride)
	columns := s.keys.Columns()
	s.scores = grow(s.scores, kernel.PadRows(tokens)*columns)
	s.shares = grow(s.shares, tokens)
	s.mixed = grow(s.mixed, kernel.PadRows(tokens)*headWidth)
	s.keys.Multiply(set, s.scores, columns, queries, stride, tokens)
	for i := range tokens {
		row := s.scores[i*columns : (i+1)*columns]
		for j := tokens; j < columns; j++ {
			row[j] = -1e30 // no token there
		}
		s.shares[i] = 1 / set.ExpSum(row)
	}
	s.values.Multiply(set, s.mixed, headWidth, s.scores, columns, tokens)
	for i := range tokens {
		attended, share := s.attended[i*width+head:], s.shares[i]
		for c, v := range s.mixed[i*headWidth : (i+1)*headWidth] {
			attended[c] = v * share
		}
	}
}

// unit is a linear unit on a state.
type unit struct {
	weights []float32
	bias    float32
}

// of is the unit's value. It is summed in one order and without fused operations, so that it is the same everywhere.
func (u unit) of(state []float32) float64 {
	sum := float64(u.bias)
	for i, w := range u.weights {
		sum += float64(float64(w) * float64(state[i]))
	}
	return sum
}
