package kernel

import (
	"math"
	"unsafe"
)

// Plain is the set in plain Go. It runs on every processor, and says what the others must compute.
func Plain() *Set {
	return &Set{
		name:   "plain",
		floats: floatsPlain, floatRows: 2, floatCol: panel,
		bytes: bytesPlain, byteRows: 4, byteCol: panel,
		bounds: boundsPlain, quantize: quantizePlain, highest: highestPlain,
		expSum: expSumPlain, gelu: geluPlain, addNorm: addNormPlain,
	}
}

// A conversion to float32 around a product forbids the compiler to fuse it with the addition that follows.

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// roundEven rounds a number below 1<<22 in size to the nearest integer, and halves to the even one.
func roundEven(x float32) float32 {
	const shift = 3 << 22 // here floats are integers
	return float32(x+shift) - shift
}

// floatsPlain works on 2 rows by 4 columns at a time: as many sums as there are registers.
func floatsPlain(steps int, a *float32, lda int, b *float32, _ int, c *float32, ldc int, bias *float32) {
	rows := unsafe.Slice(a, lda+steps)
	weights := unsafe.Slice(b, steps*panel)
	out := unsafe.Slice(c, ldc+panel)
	upper, lower := rows[:steps], rows[lda:lda+steps]
	for j := 0; j < panel; j += 4 {
		var s [8]float32
		if bias != nil {
			copy(s[:4], unsafe.Slice(bias, panel)[j:])
			copy(s[4:], s[:4])
		} else {
			copy(s[:4], out[j:j+4])
			copy(s[4:], out[ldc+j:ldc+j+4])
		}
		s0, s1, s2, s3, s4, s5, s6, s7 := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]
		for p, x := range upper {
			w := (*[4]float32)(weights[p*panel+j:])
			w0, w1, w2, w3 := w[0], w[1], w[2], w[3]
			y := lower[p]
			s0 += float32(x * w0)
			s1 += float32(x * w1)
			s2 += float32(x * w2)
			s3 += float32(x * w3)
			s4 += float32(y * w0)
			s5 += float32(y * w1)
			s6 += float32(y * w2)
			s7 += float32(y * w3)
		}
		*(*[4]float32)(out[j:]) = [4]float32{s0, s1, s2, s3}
		*(*[4]float32)(out[ldc+j:]) = [4]float32{s4, s5, s6, s7}
	}
}

// bytesPlain works on 4 rows by 2 columns at a time. One product of 64 bits serves both columns: x*(v + w<<32) sums up both,
// and the lower sum, taken as an int32, tells how much it borrowed from the upper one.
func bytesPlain(quads int, a *uint8, lda int, b *int8, _ int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32) {
	steps := quads * 4
	rows := unsafe.Slice(a, 3*lda+steps)
	weights := unsafe.Slice(b, steps*panel)
	out := unsafe.Slice(c, 3*ldc+panel)
	sum, scale, add := (*[panel]int32)(unsafe.Pointer(sums)), (*[panel]float32)(unsafe.Pointer(columnScale)),
		(*[panel]float32)(unsafe.Pointer(bias))
	zero, factor := (*[4]int32)(unsafe.Pointer(zeros)), (*[4]float32)(unsafe.Pointer(rowScale))
	a0, a1, a2, a3 := rows[:steps], rows[lda:lda+steps], rows[2*lda:2*lda+steps], rows[3*lda:3*lda+steps]
	for j := 0; j < panel; j += 2 {
		var s0, s1, s2, s3 int64
		for p := 0; p+4 <= steps; p += 4 {
			w := (*[8]int8)(weights[p*panel+j*4:])
			x0, x1, x2, x3 := (*[4]uint8)(a0[p:p+4]), (*[4]uint8)(a1[p:p+4]), (*[4]uint8)(a2[p:p+4]), (*[4]uint8)(a3[p:p+4])
			v := int64(w[0]) + int64(w[4])<<32
			s0 += v * int64(x0[0])
			s1 += v * int64(x1[0])
			s2 += v * int64(x2[0])
			s3 += v * int64(x3[0])
			v = int64(w[1]) + int64(w[5])<<32
			s0 += v * int64(x0[1])
			s1 += v * int64(x1[1])
			s2 += v * int64(x2[1])
			s3 += v * int64(x3[1])
			v = int64(w[2]) + int64(w[6])<<32
			s0 += v * int64(x0[2])
			s1 += v * int64(x1[2])
			s2 += v * int64(x2[2])
			s3 += v * int64(x3[2])
			v = int64(w[3]) + int64(w[7])<<32
			s0 += v * int64(x0[3])
			s1 += v * int64(x1[3])
			s2 += v * int64(x2[3])
			s3 += v * int64(x3[3])
		}
		for i, s := range [4]int64{s0, s1, s2, s3} {
			low := int32(s)
			high := int32((s - int64(low)) >> 32)
			low += zero[i] * sum[j]
			high += zero[i] * sum[j+1]
			out[i*ldc+j] = float32(float32(low)*float32(scale[j]*factor[i])) + add[j]
			out[i*ldc+j+1] = float32(float32(high)*float32(scale[j+1]*factor[i])) + add[j+1]
		}
	}
}

func boundsPlain(x []float32) (low, high float32) {
	low, high = x[0], x[0]
	for _, v := range x {
		low, high = min(low, v), max(high, v)
	}
	return low, high
}

func highestPlain(x []float32) float32 {
	highest := x[0]
	for _, v := range x {
		highest = max(highest, v)
	}
	return highest
}

func quantizePlain(q []uint8, x []float32, scale float32, zero int32) {
	q = q[:len(x)]
	for i, v := range x {
		q[i] = uint8(min(max(int32(roundEven(float32(v*scale)))+zero, 0), 255))
	}
}

// exp is e to the power of x, for x from -87 to 0, to about 2 units in the last place. The polynomial is the one of Cephes'
// expf, with x reduced by multiples of ln 2, which is given in two parts.
func exp(x float32) float32 {
	n := roundEven(float32(x * 1.44269504))
	r := x + float32(n*-0.693145751953125)
	r += float32(n * -1.42860677e-6)
	p := float32(1.9875691500e-4)
	p = float32(p*r) + 1.3981999507e-3
	p = float32(p*r) + 8.3334519073e-3
	p = float32(p*r) + 4.1665795894e-2
	p = float32(p*r) + 1.6666665459e-1
	p = float32(p*r) + 0.5
	p = float32(p*r) + 1
	p = float32(p*r) + 1
	return math.Float32frombits(uint32(int32(math.Float32bits(p)) + int32(n)<<23))
}

// lanes are eight sums that run side by side.
type lanes [8]float32

func (s *lanes) total() float32 {
	a, b, c, d := s[0]+s[4], s[1]+s[5], s[2]+s[6], s[3]+s[7]
	return (a + b) + (c + d)
}

func expSumPlain(x []float32, highest float32) float32 {
	var s lanes
	for i, v := range x {
		var e float32
		if v -= highest; v >= -87 {
			e = exp(v)
		}
		x[i] = e
		s[i&7] += e
	}
	return s.total()
}

// geluPlain reckons Φ with formula 7.1.26 of Abramowitz and Stegun, which is off by 1.5e-7 at most.
func geluPlain(x []float32) {
	for i, v := range x {
		z := float32(abs(v) * 0.70710678)
		t := 1 / (float32(0.3275911*z) + 1)
		p := float32(1.061405429)
		p = float32(p*t) - 1.453152027
		p = float32(p*t) + 1.421413741
		p = float32(p*t) - 0.284496736
		p = float32(p*t) + 0.254829592
		h := float32(float32(float32(p*t)*0.5) * exp(max(-float32(z*z), -87))) // Φ(-|v|)
		if !math.Signbit(float64(v)) {
			h = 1 - h
		}
		x[i] = v * h
	}
}

// epsilon keeps the layer norm of a constant row finite. It is the one that BERT was trained with.
const epsilon = 1e-12

func addNormPlain(x, r, gain, bias []float32) {
	if r != nil {
		r = r[:len(x)]
		for i := range x {
			x[i] += r[i]
		}
	}
	var s, squares lanes
	for i, v := range x {
		s[i&7] += v
	}
	n := float32(len(x))
	mean := s.total() / n
	for i, v := range x {
		d := v - mean
		squares[i&7] += float32(d * d)
	}
	inverse := 1 / float32(math.Sqrt(float64(squares.total()/n+epsilon)))
	gain, bias = gain[:len(x)], bias[:len(x)]
	for i, v := range x {
		x[i] = float32(float32((v-mean)*inverse)*gain[i]) + bias[i]
	}
}
