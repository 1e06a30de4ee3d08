package main

import (
	"bytes"
	"maps"
	"math"
	"os"
	"path/filepath"
	"testing"

	"citebot/lexicon"
)

func TestCommittedTablesAreWhatTheSourcesGive(t *testing.T) {
	sources := os.Getenv("LEXICON_SOURCES")
	if sources == "" {
		t.Skip("LEXICON_SOURCES does not name a folder filled by fetch.sh")
	}
	words, vectors, err := generate(sources)
	if err != nil {
		t.Fatal(err)
	}
	for file, made := range map[string][]byte{"words.bin": words, "vectors.bin": vectors} {
		committed, err := os.ReadFile(filepath.Join("..", "tables", file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, committed) {
			t.Errorf("%s is out of date: run go run ./lexicon/gen %s", file, sources)
		}
	}
}

func TestReadWordNetSaysWhatIsMissing(t *testing.T) {
	if _, err := readWordNet(t.TempDir()); err == nil {
		t.Error("an empty folder was read as WordNet")
	}
}

func TestReadWordNet(t *testing.T) {
	dir := t.TempDir()
	for file, text := range map[string]string{
		"data.noun": "  1 a notice\n" +
			"00000010 18 n 02 Big_Boss 0 head 1 001 @ 00000020 n 0000 | who leads\n" +
			"00000020 18 n 01 person 0 001 + 00000030 a 0101 | a human\n",
		"data.adj":    "00000030 00 a 01 personal(a) 0 000 | of a person\n",
		"index.noun":  "big_boss n 1 1 @ 1 0 00000010\nhead n 1 1 @ 1 0 00000010\nperson n 1 1 + 1 1 00000020\n",
		"index.adj":   "personal a 1 0 1 0 00000030\n",
		"noun.exc":    "people person\n",
		"cntlist.rev": "head%1:18:00:: 1 7\nhead%2:41:00:: 2 3\n",
		"data.verb":   "", "data.adv": "", "index.verb": "", "index.adv": "", "verb.exc": "", "adj.exc": "", "adv.exc": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wn, err := readWordNet(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := wn.base("people").base; got != "person" {
		t.Errorf("the base of people is %q", got)
	}
	if got := wn.count("head", 'n', 0); got != 7 {
		t.Errorf("head was met %d times in its first sense as a noun", got)
	}
	related := wn.relations(func(word string) bool { return word != "big boss" })
	for _, c := range []struct {
		from, to string
		want     float64
	}{{"head", "person", .15}, {"person", "personal", derived}, {"head", "big boss", 0}, {"person", "head", 0}} {
		if got := related[c.from][c.to]; got != c.want {
			t.Errorf("%s reaches %s with %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	// Three directions hold nearly all variance; what is left after cleaning is the rest alone, at length 1.
	var vectors [][]float64
	for i := range 400 {
		v := make([]float64, 100)
		for k := range v {
			v[k] = math.Sin(float64(i*k + 7*k + i)) // no direction stands out
		}
		v[0], v[1], v[2] = 90*math.Sin(float64(i)), 50*math.Sin(float64(2*i)), 30*math.Sin(float64(3*i))
		vectors = append(vectors, v)
	}
	for _, v := range clean(vectors) {
		if length := math.Sqrt(dot(v, v)); math.Abs(length-1) > 1e-9 {
			t.Fatalf("a vector has length %v", length)
		}
		if strong := v[0]*v[0] + v[1]*v[1] + v[2]*v[2]; strong > .1 {
			t.Fatalf("%.2f of a vector lies in the directions to be dropped", strong)
		}
	}
}

func TestRarity(t *testing.T) {
	g := &glove{rank: map[string]int{"the": 1, "minister": 130, "treaty": 1600, "armistice": 16_000, "sesquipedalian": 90_000}}
	last := -1.0
	for _, w := range []string{"the", "minister", "treaty", "armistice", "sesquipedalian"} {
		if r := g.rarity(w); r <= last || r > 1 {
			t.Errorf("the rarity of %s is %v, after %v", w, r, last)
		} else {
			last = r
		}
	}
	if last != 1 || g.rarity("unheard-of") != 1 || g.rarity("a") > .001 {
		t.Error("rarity does not run from 0 to 1")
	}
}

func TestLikelyNames(t *testing.T) {
	axis := func(female, male, other float64) []float64 {
		v := make([]float64, lexicon.Dim)
		v[0], v[1], v[2] = female, male, other
		scale(v, 1/math.Sqrt(dot(v, v)))
		return v
	}
	words := []string{"ann", "bert", "frank", "way", "grace"}
	vectors := [][]float64{axis(1, 0, 0), axis(0, 1, 0), axis(.2, .8, 1), axis(0, 0, 1), axis(.5, 0, 1)}
	const f, m = lexicon.FemaleName, lexicon.MaleName
	names := map[string]lexicon.Kind{"ann": f, "bert": m, "frank": f | m, "way": m, "grace": f, "rarename": f | m, "dory": f}
	kinds := map[string]lexicon.Kind{"frank": lexicon.Adjective, "way": lexicon.Noun, "grace": lexicon.Noun, "dory": lexicon.Noun}
	want := map[string]lexicon.Kind{"ann": f, "bert": m, "frank": m, "grace": f, "rarename": f | m}
	if got := likelyNames(names, kinds, words, vectors); !maps.Equal(got, want) {
		t.Errorf("likely names are %v, want %v", got, want)
	}
}
