package kernel_test

import (
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"citebot/reader/internal/kernel"
)

// numbers are n normal numbers, the same in every run. Made of sums, so that they are the same on every processor.
func numbers(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		for range 6 {
			x[i] += float32(r.Uint32()>>8)/(1<<23) - 1
		}
	}
	return x
}

// pack lays out weights, given column after column, as NewWeights wants them, and sums them.
func pack(w []int8, columns, steps int) (packed []int8, sums []int32) {
	packed, sums = make([]int8, len(w)), make([]int32, columns)
	for j := range columns {
		for p := range steps {
			packed[j/16*steps*16+p/4*64+j%16*4+p%4] = w[j*steps+p]
			sums[j] += int32(w[j*steps+p])
		}
	}
	return packed, sums
}

type product struct{ rows, columns, steps int }

var products = []product{{1, 32, 32}, {7, 64, 48}, {12, 32, 112}, {25, 96, 400}, {61, 384, 384}, {121, 32, 1536}}

func TestProductOfFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range append(products, product{5, 33, 37}, product{3, 7, 1}, product{13, 40, 385}) {
		a, w := numbers(r, kernel.PadRows(s.rows)*s.steps), numbers(r, s.columns*s.steps)
		turned := make([]float32, len(w))
		for i := range w {
			turned[i%s.steps*s.columns+i/s.steps] = w[i]
		}
		var first []float32
		for _, set := range append([]*kernel.Set{kernel.Plain()}, kernel.Sets()...) {
			var m, other kernel.Floats
			other.Pack(numbers(r, 64*64), 64, 64, 64, 1) // what was there before must not show
			m.Pack(w, s.columns, s.steps, s.steps, 1)
			other.PackTransposed(turned, s.columns, s.steps, s.columns)
			c, d := make([]float32, kernel.PadRows(s.rows)*m.Columns()), make([]float32, kernel.PadRows(s.rows)*m.Columns())
			m.Multiply(set, c, m.Columns(), a, s.steps, s.rows)
			other.Multiply(set, d, m.Columns(), a, s.steps, s.rows)
			c, d = c[:s.rows*m.Columns()], d[:s.rows*m.Columns()]
			if !slices.Equal(c, d) {
				t.Fatalf("%s %v: the transposed matrix gives another product", set.Name(), s)
			}
			if first == nil {
				first = c
				for i := range s.rows {
					for j := range s.columns {
						var want float64
						for p := range s.steps {
							want += float64(a[i*s.steps+p]) * float64(w[j*s.steps+p])
						}
						if got := float64(c[i*m.Columns()+j]); math.Abs(want-got) > 4e-6*float64(s.steps) {
							t.Fatalf("%v: [%d,%d] is %g, want %g", s, i, j, got, want)
						}
					}
				}
			}
			if !slices.Equal(c, first) {
				t.Errorf("%s %v: other bits than plain Go", set.Name(), s)
			}
		}
	}
}

// The sums of byte products are exact, so a product differs from that of the rounded numbers by the last scaling only.
func TestProductOfBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range products {
		for _, extreme := range []bool{false, true} {
			a, w := numbers(r, kernel.PadRows(s.rows)*s.steps), make([]int8, s.columns*s.steps)
			for i := range w {
				w[i] = int8(r.IntN(2*kernel.MaxWeight+1) - kernel.MaxWeight)
			}
			if extreme { // an instruction that saturates would show here
				for i := range a {
					a[i] = 1
				}
				for i := range w {
					w[i] = kernel.MaxWeight
					if i/s.steps%2 == 1 {
						w[i] = -kernel.MaxWeight
					}
				}
			}
			scale, bias := numbers(r, s.columns), numbers(r, s.columns)
			packed, sums := pack(w, s.columns, s.steps)
			m, err := kernel.NewWeights(packed, scale, bias, sums, s.steps)
			if err != nil {
				t.Fatal(err)
			}
			var first []float32
			for _, set := range append([]*kernel.Set{kernel.Plain()}, kernel.Sets()...) {
				var rows kernel.Rows
				rows.Quantize(set, a, s.steps, s.rows, s.steps)
				c := make([]float32, kernel.PadRows(s.rows)*s.columns)
				m.Multiply(set, c, s.columns, &rows, s.rows)
				c = c[:s.rows*s.columns]
				if first == nil {
					first = c
					checkBytes(t, s, a, w, scale, bias, c)
				}
				if !slices.Equal(c, first) {
					t.Errorf("%s %v extreme=%v: other bits than plain Go", set.Name(), s, extreme)
				}
			}
		}
	}
}

func checkBytes(t *testing.T, s product, a []float32, w []int8, scale, bias, c []float32) {
	t.Helper()
	for i := range s.rows {
		row := a[i*s.steps : (i+1)*s.steps]
		low, high := min(slices.Min(row), 0), max(slices.Max(row), 0)
		step := float64(high-low) / 255
		zero := math.RoundToEven(-float64(low) / step)
		for j := range s.columns {
			var sum, slack float64
			for p, x := range row {
				q := min(max(math.RoundToEven(float64(x)/step)+zero, 0), 255)
				sum += (q - zero) * float64(w[j*s.steps+p])
				// A number halfway between two bytes may fall to either side.
				if f := math.Abs(float64(x) / step); math.Abs(f-math.Floor(f)-0.5) < 1e-4 {
					slack += math.Abs(float64(w[j*s.steps+p]))
				}
			}
			want := sum*step*float64(scale[j]) + float64(bias[j])
			allowed := slack*step*math.Abs(float64(scale[j])) + 2e-6*(math.Abs(want)+math.Abs(float64(bias[j]))+math.Abs(sum*step))
			if got := float64(c[i*s.columns+j]); math.Abs(got-want) > allowed {
				t.Fatalf("%v: [%d,%d] is %g, want %g", s, i, j, got, want)
			}
		}
	}
}

func TestWeightsThatDoNotFit(t *testing.T) {
	for _, s := range []struct{ weights, scales, biases, sums, steps int }{
		{0, 0, 0, 0, 16}, {32 * 8, 32, 32, 32, 8}, {33 * 16, 33, 33, 33, 16}, {32*16 - 1, 32, 32, 32, 16},
		{32 * 16, 32, 31, 32, 16}, {32 * 16, 32, 32, 33, 16}, {0, 32, 32, 32, 0},
	} {
		_, err := kernel.NewWeights(make([]int8, s.weights), make([]float32, s.scales), make([]float32, s.biases),
			make([]int32, s.sums), s.steps)
		if err == nil {
			t.Errorf("%v passes", s)
		}
	}
}

func TestLoops(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	x := numbers(r, 384)
	for i := range x {
		x[i] *= 4
	}
	x[3], x[4], x[5] = 0, 40, -40
	residue, gain, bias := numbers(r, 384), numbers(r, 384), numbers(r, 384)
	var first []float32
	for _, set := range append([]*kernel.Set{kernel.Plain()}, kernel.Sets()...) {
		gelu, softmax, norm, bare := slices.Clone(x), slices.Clone(x), slices.Clone(x), slices.Clone(x)
		set.GELU(gelu)
		softmax[7] = -1e30
		sum := set.ExpSum(softmax)
		set.AddNorm(norm, residue, gain, bias)
		set.AddNorm(bare, nil, gain, bias)
		all := slices.Concat(gelu, softmax, norm, bare, []float32{sum})
		if first != nil {
			if !slices.Equal(all, first) {
				t.Errorf("%s: other bits than plain Go", set.Name())
			}
			continue
		}
		first = all
		for i, v := range x {
			want := float64(v) / 2 * (1 + math.Erf(float64(v)/math.Sqrt2))
			if math.Abs(want-float64(gelu[i])) > 2e-6 {
				t.Fatalf("GELU of %g is %g, want %g", v, gelu[i], want)
			}
			want = math.Exp(float64(v) - 40)
			if i == 7 {
				want = 0
			}
			if math.Abs(want-float64(softmax[i])) > 3e-6*want {
				t.Fatalf("exp of %g-40 is %g, want %g", v, softmax[i], want)
			}
		}
		for _, c := range []struct{ got, add []float32 }{{norm, residue}, {bare, make([]float32, 384)}} {
			var mean, variance float64
			for i := range x {
				mean += float64(x[i]+c.add[i]) / 384
			}
			for i := range x {
				variance += math.Pow(float64(x[i]+c.add[i])-mean, 2) / 384
			}
			for i := range x {
				want := (float64(x[i]+c.add[i])-mean)/math.Sqrt(variance)*float64(gain[i]) + float64(bias[i])
				if math.Abs(want-float64(c.got[i])) > 2e-5 {
					t.Fatalf("layer norm [%d] is %g, want %g", i, c.got[i], want)
				}
			}
		}
	}
}

// Sets that no single machine has together are compared through these numbers.
func TestSameBitsAsElsewhere(t *testing.T) {
	const want = 0xc49d121
	r := rand.New(rand.NewPCG(7, 8))
	const rows, columns, steps = 25, 96, 400
	a, w := numbers(r, kernel.PadRows(rows)*steps), make([]int8, columns*steps)
	for i := range w {
		w[i] = int8(r.IntN(2*kernel.MaxWeight+1) - kernel.MaxWeight)
	}
	packed, sums := pack(w, columns, steps)
	m, err := kernel.NewWeights(packed, numbers(r, columns), numbers(r, columns), sums, steps)
	if err != nil {
		t.Fatal(err)
	}
	floats, gain, bias := numbers(r, columns*columns), numbers(r, columns), numbers(r, columns)
	for _, set := range kernel.Sets() {
		var q kernel.Rows
		var f kernel.Floats
		c, d := make([]float32, kernel.PadRows(rows)*columns), make([]float32, kernel.PadRows(rows)*columns)
		q.Quantize(set, a, steps, rows, steps)
		m.Multiply(set, c, columns, &q, rows)
		for i := range rows {
			row := c[i*columns : (i+1)*columns]
			set.AddNorm(row, nil, gain, bias)
			set.GELU(row)
		}
		f.Pack(floats, columns, columns, columns, 0.5)
		f.Multiply(set, d, columns, c, columns, rows)
		hash := crc32.NewIEEE()
		for i := range rows {
			row := d[i*columns : (i+1)*columns]
			sum := set.ExpSum(row)
			for _, v := range append(row, sum) {
				fmt.Fprintf(hash, "%08x", math.Float32bits(v))
			}
		}
		if got := hash.Sum32(); got != want {
			t.Errorf("%s: the numbers have the checksum %#x, want %#x", set.Name(), got, uint32(want))
		} else {
			t.Logf("%s: same bits", set.Name())
		}
	}
}

// Rows and numbers that real models hardly have: the sets must agree on them too.
func TestOddNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	const rows, columns, steps = 8, 32, 32
	negativeZero := float32(math.Copysign(0, -1))
	fill := func(value float32) []float32 { return slices.Repeat([]float32{value}, steps) }
	a := slices.Concat(fill(0), fill(negativeZero), fill(3), fill(-3), fill(1e-38), fill(1e-45), fill(1e30), numbers(r, steps),
		make([]float32, (kernel.PadRows(rows)-rows)*steps))
	w := make([]int8, columns*steps)
	for i := range w {
		w[i] = int8(r.IntN(2*kernel.MaxWeight+1) - kernel.MaxWeight)
	}
	packed, sums := pack(w, columns, steps)
	bias := numbers(r, columns)
	m, err := kernel.NewWeights(packed, numbers(r, columns), bias, sums, steps)
	if err != nil {
		t.Fatal(err)
	}
	odd := []float32{0, negativeZero, 1e-45, -1e-45, 1e-38, -1e-38, 1e30, -1e30, 87, -87, 88, -88, 0.5, -0.5, 1.5, -1.5}
	var first []float32
	for _, set := range append([]*kernel.Set{kernel.Plain()}, kernel.Sets()...) {
		var q kernel.Rows
		q.Quantize(set, a, steps, rows, steps)
		c := make([]float32, kernel.PadRows(rows)*columns)
		m.Multiply(set, c, columns, &q, rows)
		if !slices.Equal(c[:columns], bias) {
			t.Errorf("%s: the product of zeros is not the bias", set.Name())
		}
		gelu, softmax := slices.Clone(odd), slices.Clone(odd)
		set.GELU(gelu)
		sum := set.ExpSum(softmax)
		all := slices.Concat(c[:rows*columns], gelu, softmax, []float32{sum})
		if first == nil {
			first = all
		}
		for i, x := range all {
			if math.Float32bits(x) != math.Float32bits(first[i]) {
				t.Fatalf("%s: number %d is %g, in plain Go %g", set.Name(), i, x, first[i])
			}
		}
	}
}
