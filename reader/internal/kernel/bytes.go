package kernel

import "fmt"

// Weights is a constant matrix of bytes with a scale for each column, packed: W[column][step] stands at
// (column/16)*steps*16 + (step/4)*64 + (column%16)*4 + step%4.
type Weights struct {
	columns, steps int
	data           []int8
	scale          []float32
	bias           []float32
	sums           []int32
}

// NewWeights makes weights of packed bytes, which are used in place. There are a scale, a bias and a sum of the bytes for
// each column. Columns are a multiple of 32, and steps of 16.
func NewWeights(packed []int8, scale, bias []float32, sums []int32, steps int) (*Weights, error) {
	columns := len(scale)
	switch {
	case columns == 0 || columns%columnPad != 0:
		return nil, fmt.Errorf("%d columns are not a multiple of %d", columns, columnPad)
	case steps == 0 || steps%16 != 0:
		return nil, fmt.Errorf("%d steps are not a multiple of 16", steps)
	case len(packed) != columns*steps, len(bias) != columns, len(sums) != columns:
		return nil, fmt.Errorf("%d weights, %d biases and %d sums do not fit %d columns of %d",
			len(packed), len(bias), len(sums), columns, steps)
	}
	return &Weights{columns: columns, steps: steps, data: packed, scale: scale, bias: bias, sums: sums}, nil
}

// Columns is how many columns a product has.
func (w *Weights) Columns() int { return w.columns }

// Steps is how many numbers a row to be multiplied has.
func (w *Weights) Steps() int { return w.steps }

// Rows are activations as bytes: number i of a row is (q[i]-zero)*scale, with a scale and a zero for each row.
type Rows struct {
	q     []uint8
	scale []float32
	zeros []int32 // negated, as the tiles want them
}

// Quantize fills r with so many rows of a, stride lda, each as long as the weights have steps.
func (r *Rows) Quantize(s *Set, a []float32, lda, rows, steps int) {
	padded := PadRows(rows)
	if cap(r.q) < padded*steps {
		r.q = make([]uint8, padded*steps)
	}
	if cap(r.scale) < padded {
		r.scale, r.zeros = make([]float32, padded), make([]int32, padded)
	}
	r.q, r.scale, r.zeros = r.q[:padded*steps], r.scale[:padded], r.zeros[:padded]
	for i := range rows {
		row := a[i*lda : i*lda+steps]
		low, high := s.bounds(row)
		low, high = min(low, 0), max(high, 0) // so that zero is one of the 256 values
		span := max(high-low, 1e-30)
		zero := int32(roundEven(-low * (255 / span)))
		s.quantize(r.q[i*steps:(i+1)*steps], row, 255/span, zero)
		if s.signed {
			zero -= 128
		}
		r.scale[i], r.zeros[i] = span/255, -zero
	}
}

// Multiply computes c = r*W + bias for so many rows; ldc is the stride of the rows of c.
func (w *Weights) Multiply(s *Set, c []float32, ldc int, r *Rows, rows int) {
	rows = PadRows(rows)
	_, _, _ = r.q[rows*w.steps-1], r.scale[rows-1], c[(rows-1)*ldc+w.columns-1] // the tiles do not check
	for top := 0; top < rows; top += rowBlock {
		bottom := min(top+rowBlock, rows)
		for j := 0; j < w.columns; j += s.byteCol {
			b := &w.data[j*w.steps]
			for i := top; i < bottom; i += s.byteRows {
				s.bytes(w.steps/4, &r.q[i*w.steps], w.steps, b, w.steps*panel, &c[i*ldc+j], ldc,
					&w.sums[j], &w.scale[j], &w.bias[j], &r.zeros[i], &r.scale[i])
			}
		}
	}
}
