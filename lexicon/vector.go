package lexicon

import "math"

// Dim is the number of components of a vector.
const Dim = 100

// Vectors is the number of words that have a vector.
func (l *Lexicon) Vectors() int { return len(l.scales) / 4 }

// Vector finds the number, from 0, of the vector of a word, or else of its likeliest lemma that has one.
func (l *Lexicon) Vector(word string) (id int, ok bool) {
	if n, ok := l.number(word); ok && u16(l.vectorIDs, n) != noVector {
		return int(u16(l.vectorIDs, n)), true
	}
	for _, lemma := range l.lemmas(word) {
		if v := u16(l.vectorIDs, lemma.number); v != noVector {
			return int(v), true
		}
	}
	return 0, false
}

// Cosine is the likeness of the meanings of two words by the numbers of their vectors: -1..1, unrelated words are near 0,
// related ones above .4 or so.
func (l *Lexicon) Cosine(i, j int) float64 {
	a, b := l.vectors[i*Dim:(i+1)*Dim], l.vectors[j*Dim:(j+1)*Dim]
	b = b[:len(a)] // spares a bounds check a component
	var dot int32
	for k := range len(a) {
		dot += int32(int8(a[k])) * int32(int8(b[k]))
	}
	return float64(dot) * l.scale(i) * l.scale(j)
}

// AddVector adds weight times the vector of that number, which has length 1, to sum, of Dim components.
func (l *Lexicon) AddVector(sum []float64, id int, weight float64) {
	v := l.vectors[id*Dim : (id+1)*Dim]
	weight *= l.scale(id)
	for k := range sum[:Dim] {
		sum[k] += weight * float64(int8(v[k]))
	}
}

// Dot is the product of u, of Dim components, and the vector of that number, which has length 1.
func (l *Lexicon) Dot(u []float64, id int) float64 {
	v := l.vectors[id*Dim : (id+1)*Dim]
	sum := 0.0
	for k, x := range u[:Dim] {
		sum += x * float64(int8(v[k]))
	}
	return sum * l.scale(id)
}

func (l *Lexicon) scale(id int) float64 { return float64(math.Float32frombits(u32(l.scales, id))) }
