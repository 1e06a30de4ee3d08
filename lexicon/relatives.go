package lexicon

import (
	"slices"
	"sort"
)

// Relative is a word that may stand in a text for another one.
type Relative struct {
	Word   string  // a lemma
	Weight float64 // 0..1
}

// Relatives are the words that WordNet relates to word or its lemmas, each once; word itself is not among them. The weight
// is that of the strongest relation: .9 for a derived word (govern, government; Armenia, Armenian), .55 for a synonym, .25
// for a hyponym, .15 for a hypernym, others between, all but the first times how common that sense of word is among its
// senses (1, .7, .5, then .4).
func (l *Lexicon) Relatives(word string) []Relative {
	var relatives []Relative
	place := map[uint32]int{}
	for _, lemma := range l.lemmas(word) {
		from := uint32(0)
		if lemma.number > 0 {
			from = u32(l.relEnds, lemma.number-1)
		}
		for i := from; i < u32(l.relEnds, lemma.number); i++ {
			packed := uint32(l.relatives[3*i]) | uint32(l.relatives[3*i+1])<<8 | uint32(l.relatives[3*i+2])<<16
			number, weight := packed&(1<<17-1), float64(packed>>17)/100
			at, seen := place[number]
			if !seen {
				place[number] = len(relatives)
				relatives = append(relatives, Relative{l.word(int(number)), weight})
				continue
			}
			relatives[at].Weight = max(relatives[at].Weight, weight)
		}
	}
	return relatives
}

// Opposites are the antonyms of word or its lemmas, as lemmas, each once: last for "first", small for "larger", tall for "shortest".
func (l *Lexicon) Opposites(word string) []string {
	var opposites []string
	pairs := len(l.opposites) / 8
	for _, lemma := range l.lemmas(word) {
		i := sort.Search(pairs, func(i int) bool { return u32(l.opposites, 2*i) >= uint32(lemma.number) })
		for ; i < pairs && u32(l.opposites, 2*i) == uint32(lemma.number); i++ {
			if o := l.word(int(u32(l.opposites, 2*i+1))); !slices.Contains(opposites, o) {
				opposites = append(opposites, o)
			}
		}
	}
	return opposites
}
