// Package kernel has the inner loops of a transformer encoder: products of matrices, and the few loops over single numbers.
// They run on one of several sets of machine instructions, and every set gives the same bits as the plain Go one.
//
// That they do is a matter of three rules. Products of bytes are exact: activations are 0 to 255 and weights -63 to 63, so
// that no instruction saturates. Products of floats are never fused with the addition that follows, and no sum changes its
// order: sums over a row run in eight lanes that are added up in a fixed order, on every processor.
//
// Buffers of rows are padded: they have room for PadRows rows, and the spare ones hold anything. Rows are a multiple of 8 long.
package kernel

const (
	panel      = 16  // columns in one packed panel
	columnPad  = 32  // packed matrices have a multiple of so many columns: two panels, the widest tile
	rowPad     = 12  // rows of the tallest tile; those of every tile divide it
	floatSteps = 384 // so many rows of a panel of floats (24 KiB) stay in the first-level cache
	rowBlock   = 120 // so many rows of activations stay in the second-level cache
)

// MaxWeight is the largest value a byte weight may have. Two products with an activation must fit 16 bits: 2*255*63 < 1<<15.
const MaxWeight = 63

// PadRows rounds a number of rows up to what a buffer must have room for.
func PadRows(rows int) int { return (rows + rowPad - 1) / rowPad * rowPad }

// PadColumns rounds a number of columns up to what a packed matrix has.
func PadColumns(columns int) int { return (columns + columnPad - 1) / columnPad * columnPad }

// Set is one implementation of the loops.
type Set struct {
	name string

	floats              floatTile
	floatRows, floatCol int // size of the tile: it divides rowPad and columnPad

	bytes             byteTile
	byteRows, byteCol int
	signed            bool // activations are stored as -128 to 127

	bounds   func(x []float32) (low, high float32)
	quantize func(q []uint8, x []float32, scale float32, zero int32)
	highest  func(x []float32) float32
	expSum   func(x []float32, highest float32) float32
	gelu     func(x []float32)
	addNorm  func(x, r, gain, bias []float32)
}

// floatTile computes one tile of c = a*b, in steps of the inner dimension. The strides lda, ldb and ldc are in elements. It
// starts from the bias, or continues with what c holds if there is none.
type floatTile func(steps int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int, bias *float32)

// byteTile computes one tile of c = (a-zero)*b, scaled by row and by column, plus bias. It takes quads of four steps. The
// zeros are given negated; the sums are those of the columns of b.
type byteTile func(quads int, a *uint8, lda int, b *int8, ldb int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32)

// Name of the set, as in "avx2".
func (s *Set) Name() string { return s.name }

// GELU sets every x to x*Φ(x).
func (s *Set) GELU(x []float32) { s.gelu(x) }

// ExpSum sets every x to exp(x - the highest x), and returns the sum of these: all of a softmax but the division.
// Where x is far below the highest, 87 or more, the result is 0.
func (s *Set) ExpSum(x []float32) float32 { return s.expSum(x, s.highest(x)) }

// AddNorm sets x to the layer norm of x+r. A nil r is left out.
func (s *Set) AddNorm(x, r, gain, bias []float32) { s.addNorm(x, r, gain, bias) }

// Best is the fastest set that this processor has.
func Best() *Set { return Sets()[0] }
