package kernel

// Floats is a matrix to multiply with, packed: W[column][step] stands at
// (column/16)*steps*16 + step*16 + column%16.
type Floats struct {
	columns, steps int // columns as padded
	data           []float32
	bias           []float32
}

// Columns is how many columns a product has, padding included.
func (w *Floats) Columns() int { return w.columns }

// Pack fills w with a matrix given column after column, stride apart, times a factor.
func (w *Floats) Pack(m []float32, columns, steps, stride int, factor float32) {
	w.resize(columns, steps)
	for j := range columns {
		to := w.data[j/panel*steps*panel+j%panel:]
		for p, x := range m[j*stride : j*stride+steps] {
			to[p*panel] = x * factor
		}
	}
}

// PackTransposed fills w with a matrix given step after step, stride apart.
func (w *Floats) PackTransposed(m []float32, columns, steps, stride int) {
	w.resize(columns, steps)
	for p := range steps {
		row := m[p*stride : p*stride+columns]
		for j := 0; j < columns; j += panel {
			copy(w.data[j/panel*steps*panel+p*panel:], row[j:min(j+panel, columns)])
		}
	}
}

func (w *Floats) resize(columns, steps int) {
	padded := PadColumns(columns)
	if cap(w.data) < padded*steps {
		w.data = make([]float32, padded*steps)
	}
	if cap(w.bias) < padded {
		w.bias = make([]float32, padded)
	}
	w.columns, w.steps, w.data, w.bias = padded, steps, w.data[:padded*steps], w.bias[:padded]
	if padded != columns {
		clear(w.data[columns/panel*steps*panel:])
	}
}

// Multiply computes c = a*W for so many rows of a; lda and ldc are the strides of the rows.
func (w *Floats) Multiply(s *Set, c []float32, ldc int, a []float32, lda, rows int) {
	rows = PadRows(rows)
	_, _ = a[(rows-1)*lda+w.steps-1], c[(rows-1)*ldc+w.columns-1] // the tiles do not check
	for top := 0; top < rows; top += rowBlock {
		bottom := min(top+rowBlock, rows)
		for p := 0; p < w.steps; p += floatSteps {
			steps := min(floatSteps, w.steps-p)
			for j := 0; j < w.columns; j += s.floatCol {
				bias := &w.bias[j]
				if p > 0 {
					bias = nil
				}
				b := &w.data[j/panel*w.steps*panel+p*panel]
				for i := top; i < bottom; i += s.floatRows {
					s.floats(steps, &a[i*lda+p], lda, b, w.steps*panel, &c[i*ldc+j], ldc, bias)
				}
			}
		}
	}
}
