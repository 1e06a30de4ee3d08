package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"

	"citebot/lexicon"
)

// vectorWords is how many words get a vector: the most common ones. Twice as many answer hardly more questions.
const vectorWords = 22_000

// glove is the list of words by falling frequency, and the vectors of the first vectorWords plain ones among them.
type glove struct {
	rank    map[string]int // from 1
	plain   []string       // the words of which wordlike is true, by falling frequency
	vectors [][]float64    // of the first vectorWords of plain
}

// readGlove reads the JSON file of the npm package: {…,"words":[…],"vectors":{word:[100 components, norm, rank]},…}.
func readGlove(file string) (*glove, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))

	var words []string
	if err := seek(d, "words"); err != nil {
		return nil, err
	}
	if err := d.Decode(&words); err != nil {
		return nil, err
	}
	g := &glove{rank: make(map[string]int, len(words))}
	for i, w := range words {
		g.rank[w] = i + 1
		if wordlike(w) {
			g.plain = append(g.plain, w)
		}
	}

	if err := seek(d, "vectors"); err != nil {
		return nil, err
	}
	number := map[string]int{}
	for i, w := range g.plain[:vectorWords] {
		number[w] = i
	}
	g.vectors = make([][]float64, vectorWords)
	if _, err := d.Token(); err != nil { // the opening brace
		return nil, err
	}
	for len(number) > 0 && d.More() {
		word, err := d.Token()
		if err != nil {
			return nil, err
		}
		i, wanted := number[word.(string)]
		if !wanted {
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return nil, err
			}
			continue
		}
		var v []float64
		if err := d.Decode(&v); err != nil {
			return nil, err
		}
		if len(v) < lexicon.Dim {
			return nil, fmt.Errorf("the vector of %q has %d components", word, len(v))
		}
		g.vectors[i] = v[:lexicon.Dim]
		delete(number, word.(string))
	}
	if len(number) > 0 {
		return nil, fmt.Errorf("%d words have no vector", len(number))
	}
	return g, nil
}

// seek reads on to just behind the key of that name in the outermost object.
func seek(d *json.Decoder, key string) error {
	for {
		t, err := d.Token()
		if err != nil {
			return fmt.Errorf("find %q: %w", key, err)
		}
		if t == key {
			return nil
		}
	}
}

// rarity is the inverse document frequency, 0..1, that a word would have in a collection of 1000 texts of 300 words each in
// which, by Zipf's law, the word of rank r makes up .1/r of all words. Of ways to get from rank to rarity this comes closest
// to document frequencies counted in news.
func (g *glove) rarity(word string) float64 {
	rank := g.rank[word]
	switch {
	case len(word) == 1:
		rank = 1 // "a" and "i", which the list lacks
	case rank == 0:
		return 1
	}
	share := 1 - math.Exp(-300*.1/float64(rank)) // of the texts that have the word
	return min(1, -math.Log(share)/math.Log(1000))
}

// wordlike reports whether a token is a word of letters, perhaps with hyphens or apostrophes inside.
func wordlike(w string) bool {
	for i, c := range []byte(w) {
		letter := 'a' <= c && c <= 'z'
		if !letter && (c != '-' && c != '\'' || i == 0 || i == len(w)-1) {
			return false
		}
	}
	return w != ""
}

// clean brings out what distinguishes the words: it centres the vectors, takes out the three directions in which they vary
// most (which tell frequency rather than meaning), and gives them length 1. Mu and Viswanath (2018), "All-but-the-Top".
func clean(vectors [][]float64) [][]float64 {
	const drop = 3
	dim := lexicon.Dim
	out := make([][]float64, len(vectors))
	mean := make([]float64, dim)
	for _, v := range vectors {
		add(mean, v, 1/float64(len(vectors)))
	}
	for i, v := range vectors {
		out[i] = append([]float64{}, v...)
		add(out[i], mean, -1)
	}

	covariance := make([][]float64, dim)
	for i := range covariance {
		covariance[i] = make([]float64, dim)
	}
	for _, v := range out {
		for i, x := range v {
			add(covariance[i], v, x)
		}
	}
	for range drop {
		top, value := principal(covariance)
		for i := range covariance {
			add(covariance[i], top, -value*top[i])
		}
		for _, v := range out {
			add(v, top, -dot(v, top))
		}
	}
	for _, v := range out {
		scale(v, 1/math.Sqrt(dot(v, v)))
	}
	return out
}

// principal is the eigenvector of a symmetric matrix with the largest eigenvalue, by power iteration.
func principal(m [][]float64) (vector []float64, value float64) {
	vector = make([]float64, len(m))
	for i := range vector {
		vector[i] = 1 / math.Sqrt(float64(len(m)))
	}
	for range 2000 {
		next := make([]float64, len(m))
		for i, row := range m {
			next[i] = dot(row, vector)
		}
		value = math.Sqrt(dot(next, next))
		scale(next, 1/value)
		vector = next
	}
	return vector, value
}

// quantise makes vectors.bin: components as int8, each vector stretched to use their whole range, and the factors to undo
// that.
func quantise(vectors [][]float64) []byte {
	var components, scales []byte
	for _, v := range vectors {
		largest := 0.0
		for _, x := range v {
			largest = max(largest, math.Abs(x))
		}
		q := make([]float64, len(v))
		for k, x := range v {
			q[k] = math.Round(x / largest * 127)
			components = append(components, byte(int8(q[k])))
		}
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(float32(1/math.Sqrt(dot(q, q)))))
	}
	return join(components, scales)
}

// The conversions to float64 keep compilers from fusing product and sum, so that all machines get the same bits.

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

func add(to, v []float64, factor float64) {
	for i, x := range v {
		to[i] += float64(x * factor)
	}
}

func scale(v []float64, factor float64) {
	for i := range v {
		v[i] *= factor
	}
}
