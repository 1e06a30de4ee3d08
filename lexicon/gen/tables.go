package main

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strings"

	"citebot/lexicon"
)

// How common a word must be, by rank, to be in the tables: any word, and one about which there is more to say.
const (
	commonRank = 30_000 // at which rarity reaches 1
	knownRank  = 150_000
)

// vocabulary is the words of the tables, sorted, and their numbers.
type vocabulary struct {
	words  []string
	number map[string]int
}

// newVocabulary chooses the words: common ones; less common ones that are in WordNet or are given names; names of places of
// several words.
func newVocabulary(g *glove, wn *wordNet, kinds map[string]lexicon.Kind) *vocabulary {
	chosen := map[string]bool{"a": true, "i": true} // which the list of word vectors lacks
	for i, w := range g.plain {
		known := kinds[w] != 0 || wn.base(w).base != ""
		if i < vectorWords || g.rank[w] <= commonRank || g.rank[w] <= knownRank && known {
			chosen[w] = true
		}
	}
	for w, kind := range kinds {
		if kind&lexicon.PlaceName != 0 && (strings.ContainsAny(w, " .") || g.rank[w] > 0) {
			chosen[w] = true
		}
	}
	v := &vocabulary{words: slices.Sorted(maps.Keys(chosen)), number: map[string]int{}}
	for n, w := range v.words {
		v.number[w] = n
	}
	if len(v.words) > 1<<17 {
		panic("more words than 17 bits can number")
	}
	return v
}

// tables makes words.bin.
func (v *vocabulary) tables(g *glove, wn *wordNet, kindOf map[string]lexicon.Kind) []byte {
	var text, ends, rarity, kinds, irregular, vectorIDs []byte
	vectorOf := map[string]uint16{}
	for i, w := range g.plain[:vectorWords] {
		vectorOf[w] = uint16(i)
	}
	for n, w := range v.words {
		text = append(text, w...)
		ends = u32(ends, len(text))
		rarity = append(rarity, byte(math.Round(255*g.rarity(w))))
		kinds = u16(kinds, int(kindOf[w]))
		irregularly := wn.base(w)
		if base, ok := v.number[irregularly.base]; ok {
			irregular = u32(u32(irregular, n), base|int(irregularly.kind)<<17)
		}
		if id, ok := vectorOf[w]; ok {
			vectorIDs = u16(vectorIDs, int(id))
		} else {
			vectorIDs = u16(vectorIDs, 0xffff)
		}
	}
	relEnds, relatives := v.relatives(wn)
	senses, parents := v.concepts(wn)
	return join(text, ends, rarity, kinds, irregular, relEnds, relatives, senses, parents, vectorIDs, v.opposites(wn))
}

// relatives makes the tables of related words: each word's by falling weight.
func (v *vocabulary) relatives(wn *wordNet) (ends, packed []byte) {
	all := wn.relations(v.single)
	for _, w := range v.words {
		related := slices.SortedFunc(maps.Keys(all[w]), func(a, b string) int {
			return cmp.Or(cmp.Compare(all[w][b], all[w][a]), cmp.Compare(a, b))
		})
		for _, r := range related {
			p := v.number[r] | int(math.Round(100*all[w][r]))<<17
			packed = append(packed, byte(p), byte(p>>8), byte(p>>16))
		}
		ends = u32(ends, len(packed)/3)
	}
	return ends, packed
}

// opposites makes the table of antonyms: pairs of words, sorted.
func (v *vocabulary) opposites(wn *wordNet) []byte {
	all := wn.opposites(v.single)
	var pairs []byte
	for n, w := range v.words {
		for _, o := range slices.Sorted(maps.Keys(all[w])) {
			pairs = u32(u32(pairs, n), v.number[o])
		}
	}
	return pairs
}

// single reports whether a word is in the tables and is one word.
func (v *vocabulary) single(word string) bool {
	_, ok := v.number[word]
	return ok && !strings.Contains(word, " ")
}

// concepts numbers the noun synsets that words of the vocabulary reach in their first three senses, from 1, in the order in
// which they are met, and makes the tables of senses and of more general concepts.
func (v *vocabulary) concepts(wn *wordNet) (senses, parents []byte) {
	number := map[*synset]int{nil: 0}
	var met []*synset
	concept := func(list []*synset, i int) int {
		if i >= len(list) {
			return 0
		}
		s := list[i]
		if _, ok := number[s]; !ok {
			met = append(met, s)
			number[s] = len(met)
		}
		return number[s]
	}
	for _, w := range v.words {
		for i := range 3 {
			senses = u16(senses, concept(wn.senses[w]['n'], i))
		}
	}
	for i := 0; i < len(met); i++ { // which grows
		above := wn.generals(met[i])
		parents = u16(u16(parents, concept(above, 0)), concept(above, 1))
	}
	return senses, parents
}

// join makes a table file: the length of each section, then the sections.
func join(sections ...[]byte) []byte {
	var file []byte
	for _, s := range sections {
		file = u32(file, len(s))
	}
	return append(file, slices.Concat(sections...)...)
}

func u16(b []byte, n int) []byte {
	if n > math.MaxUint16 {
		panic("a number does not fit the tables")
	}
	return binary.LittleEndian.AppendUint16(b, uint16(n))
}

func u32(b []byte, n int) []byte { return binary.LittleEndian.AppendUint32(b, uint32(n)) }
