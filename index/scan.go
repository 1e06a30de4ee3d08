package index

import (
	"cmp"
	"math"
	"slices"

	"citebot/reader"
)

// dotBytes is the inner product of a and b, which must be of the same length. The four sums let the processor multiply side
// by side: it matters where 20,000 windows are scanned for a question.
func dotBytes(a, b []int8) int32 {
	var s0, s1, s2, s3 int32
	for len(a) >= 8 && len(b) >= 8 {
		s0 += int32(a[0])*int32(b[0]) + int32(a[4])*int32(b[4])
		s1 += int32(a[1])*int32(b[1]) + int32(a[5])*int32(b[5])
		s2 += int32(a[2])*int32(b[2]) + int32(a[6])*int32(b[6])
		s3 += int32(a[3])*int32(b[3]) + int32(a[7])*int32(b[7])
		a, b = a[8:], b[8:]
	}
	for i := range a {
		s0 += int32(a[i]) * int32(b[i])
	}
	return s0 + s1 + s2 + s3
}

// sum is a vector in the direction of the sum of vectors, which are of one length. Its own length means nothing.
func sum(vectors []reader.Vector) reader.Vector {
	if len(vectors) == 1 {
		return vectors[0]
	}
	total := make([]float64, len(vectors[0].Values))
	for _, v := range vectors {
		for i, x := range v.Values {
			total[i] += float64(x) * float64(v.Scale)
		}
	}
	highest := 0.0
	for _, x := range total {
		highest = max(highest, math.Abs(x))
	}
	s := reader.Vector{Scale: 1, Values: make([]int8, len(total))}
	for i, x := range total {
		if highest > 0 {
			s.Values[i] = int8(math.RoundToEven(x / highest * 127))
		}
	}
	return s
}

// near is a window and how near it is to a question.
type near struct {
	window int
	cosine float64 // of the angle between the vectors
}

func compareNear(a, b near) int {
	return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.window, b.window))
}

// nearestOf are the n vectors nearest to v, nearest first, equal ones in order. all's first has number from.
func nearestOf(v reader.Vector, all []reader.Vector, from, n int) []near {
	length := math.Sqrt(max(1, float64(dotBytes(v.Values, v.Values))))
	best := make([]near, 0, n+1)
	for i, w := range all {
		if len(w.Values) != len(v.Values) {
			continue // not there yet
		}
		x := near{from + i, float64(dotBytes(v.Values, w.Values)) * float64(w.Scale) / length}
		if len(best) == n && compareNear(best[n-1], x) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, x, compareNear)
		best = slices.Insert(best, at, x)
		best = best[:min(n, len(best))]
	}
	return best
}
