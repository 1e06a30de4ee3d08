package reader

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// golden is what torch computes with the tiny model in 32-bit floats; train/golden.py makes it.
type golden struct {
	Read []struct {
		Question, Before, Shown, Heading string
		Sentences                        []string
		Last                             int
		Read                             []struct {
			LogOdds float64
			Pieces  [][4]float64 // start and end in bytes, values of the start and the end unit
		}
	}
	Embed []struct {
		Text   string
		Vector []float64
	}
}

func readGolden(t *testing.T) golden {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// Weights and activations are rounded to bytes, so log-odds of random weights, about 3 in size, are off by a little.
const tolerance = 0.3

func TestReadAsTorchDoes(t *testing.T) {
	m := tiny(t)
	var squares float64
	count := 0
	for i, c := range readGolden(t).Read {
		scores, err := m.Read(t.Context(), Question{c.Question, c.Before, c.Shown}, []Window{{c.Heading, c.Sentences, c.Last}})
		if err != nil {
			t.Fatal(err)
		}
		for j, s := range scores[0] {
			if j >= len(c.Read) {
				if !math.IsInf(s.LogOdds, -1) || s.Start != s.End {
					t.Errorf("case %d: sentence %d found no room, but has %+v", i, j, s)
				}
				continue
			}
			want := c.Read[j]
			d := math.Abs(s.LogOdds - want.LogOdds)
			squares += d * d
			count++
			if d > tolerance {
				t.Errorf("case %d: sentence %d has log-odds %.3f, want %.3f", i, j, s.LogOdds, want.LogOdds)
			}
			checkSpan(t, fmt.Sprintf("case %d: sentence %d", i, j), s, want.Pieces)
		}
	}
	if rms := math.Sqrt(squares / float64(count)); rms > tolerance/3 {
		t.Errorf("log-odds are off by %.3f (root mean square)", rms)
	}
}

// checkSpan checks that the span in a score is among the best ones.
func checkSpan(t *testing.T, what string, s Score, pieces [][4]float64) {
	t.Helper()
	if len(pieces) == 0 {
		if s.Start != s.End {
			t.Errorf("%s has no pieces, but the span %d to %d", what, s.Start, s.End)
		}
		return
	}
	best, found := math.Inf(-1), math.Inf(-1)
	for a := range pieces {
		for b := a; b < min(len(pieces), a+maxSpan); b++ {
			value := pieces[a][2] + pieces[b][3]
			best = max(best, value)
			if int(pieces[a][0]) == s.Start && int(pieces[b][1]) == s.End {
				found = max(found, value)
			}
		}
	}
	if found < best-2*tolerance {
		t.Errorf("%s has the span %d to %d with %.3f, but the best has %.3f", what, s.Start, s.End, found, best)
	}
}

func TestEmbedAsTorchDoes(t *testing.T) {
	m := tiny(t)
	for _, c := range readGolden(t).Embed {
		vectors, err := m.Embed(t.Context(), []string{c.Text})
		if err != nil {
			t.Fatal(err)
		}
		var cosine float64
		for i, x := range vectors[0].Values {
			cosine += float64(x) * float64(vectors[0].Scale) * c.Vector[i]
		}
		if cosine < 0.99 || cosine > 1.01 {
			t.Errorf("%.20q: the cosine with torch's vector is %.4f", c.Text, cosine)
		}
		if d := vectors[0].Dot(vectors[0]); math.Abs(d-1) > 0.01 {
			t.Errorf("%.20q: the product with itself is %.4f", c.Text, d)
		}
	}
}

// However long the texts are, an input is not, and its first parts keep their places.
func TestBounds(t *testing.T) {
	m := tiny(t)
	endless := strings.Repeat("who is it? ", 2000)
	input := m.question(Question{endless, endless, endless})
	if want := 1 + 24 + 1 + 32 + 1 + 60 + 1; len(input) != want {
		t.Errorf("the longest question has %d tokens, want %d", len(input), want)
	}
	whole, placed := m.input(input, Window{Heading: endless, Sentences: []string{endless, "", endless, endless, "no room"}, Shown: -1})
	if len(whole) > maxTokens || len(placed) != 4 {
		t.Errorf("the longest input has %d tokens and %d sentences", len(whole), len(placed))
	}
	for _, n := range []int{0, 1, 500} { // sentences without a single piece
		whole, placed := m.input(input, Window{Sentences: make([]string, n)})
		if len(whole) > maxTokens || len(placed) > n {
			t.Errorf("%d empty sentences make %d tokens", n, len(whole))
		}
	}
}

func FuzzRead(f *testing.F) {
	m := tiny(f)
	f.Add("When?", "Who?", "It is.", "Market", "the market\nthe ferry", 1)
	f.Add("\xff", "", "", "東京", "\n\n", -1)
	f.Fuzz(func(t *testing.T, text, before, shown, heading, sentences string, last int) {
		w := Window{heading, strings.Split(sentences, "\n"), last}
		scores, err := m.Read(t.Context(), Question{text, before, shown}, []Window{w})
		if err != nil || len(scores) != 1 || len(scores[0]) != len(w.Sentences) {
			t.Fatalf("%d scores, error %v", len(scores), err)
		}
		for i, s := range scores[0] {
			if s.Start < 0 || s.Start > s.End || s.End > len(w.Sentences[i]) || math.IsNaN(s.LogOdds) {
				t.Fatalf("%q has the score %+v", w.Sentences[i], s)
			}
			if utf8.ValidString(w.Sentences[i]) && !utf8.ValidString(w.Sentences[i][s.Start:s.End]) {
				t.Fatalf("%q is cut inside a character: %d to %d", w.Sentences[i], s.Start, s.End)
			}
		}
	})
}
