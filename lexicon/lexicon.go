// Package lexicon holds what citebot knows about English words before it has read anything: base forms, related words,
// kinds (a person, a place, a given name…), how rare a word is, and word vectors.
//
// The tables are made by ./gen from WordNet, GloVe and two lists of given names, and are embedded; README.md tells how and
// under which licences. They are read where they lie: opening decodes nothing, and a look-up is a binary search.
//
// Every function takes a word in lower case, as it stands in a text: inflected forms are traced to their lemmas where that
// helps. For words of other languages, and any other text, there is simply nothing to say.
package lexicon

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"
)

//go:embed tables/words.bin
var wordTables string

//go:embed tables/vectors.bin
var vectorTables string

// Lexicon is the opened tables. It is immutable and safe for concurrent use.
//
// Words are numbered from 0 in byte order. All numbers in the tables are little-endian.
type Lexicon struct {
	text      string // all words, one after the other
	ends      string // per word, uint32: where it ends in text
	rarity    string // per word, uint8: Rarity in 255ths
	kinds     string // per word, uint16: a Kind
	irregular string // pairs of uint32, sorted by the first: an irregular form; its base form in the lower 17 bits and part of speech above
	relEnds   string // per word, uint32: where its relatives end, counted in relatives
	relatives string // per relative, 3 bytes: word in the lower 17 bits, weight in hundredths in the upper 7
	senses    string // per word, 3 uint16: its first noun senses as concepts, 0 for none
	parents   string // per concept, 2 uint16: more general concepts, 0 for none; concepts count from 1
	vectorIDs string // per word, uint16: the number of its vector, noVector for none
	opposites string // pairs of uint32, sorted: a word and its antonym; each pair stands both ways round

	vectors string // per vector, Dim int8
	scales  string // per vector, float32: what its components are to be multiplied by to give it length 1
}

const noVector = 0xffff

// Open finds the tables in the program. It takes microseconds; an error means that they do not fit the program.
func Open() (*Lexicon, error) {
	var l Lexicon
	err := sections(wordTables, &l.text, &l.ends, &l.rarity, &l.kinds, &l.irregular, &l.relEnds, &l.relatives, &l.senses, &l.parents, &l.vectorIDs, &l.opposites)
	if err != nil {
		return nil, fmt.Errorf("open the word tables: %w", err)
	}
	if err := sections(vectorTables, &l.vectors, &l.scales); err != nil {
		return nil, fmt.Errorf("open the word vectors: %w", err)
	}
	return &l, nil
}

// sections cuts a table file, which is the length of each section (uint32) and then the sections.
func sections(file string, to ...*string) error {
	at := 4 * len(to)
	for i, s := range to {
		if len(file) < at+int(u32(file, i)) {
			return fmt.Errorf("section %d is cut off", i)
		}
		*s = file[at : at+int(u32(file, i))]
		at += len(*s)
	}
	if at != len(file) {
		return fmt.Errorf("%d bytes more than the sections hold", len(file)-at)
	}
	return nil
}

// word is the text of a word by number.
func (l *Lexicon) word(n int) string {
	start := uint32(0)
	if n > 0 {
		start = u32(l.ends, n-1)
	}
	return l.text[start:u32(l.ends, n)]
}

// number finds a word's number.
func (l *Lexicon) number(word string) (int, bool) {
	n, found := sort.Find(len(l.rarity), func(i int) int { return strings.Compare(word, l.word(i)) })
	return n, found
}

// Rarity says how much a word tells by being uncommon: 0 for the most common words of English news and encyclopaedias, 1
// for those beyond the first 30,000 and everything unknown. It stands for the inverse document frequency in a collection of
// a thousand news texts, and is worked out from the word's rank.
func (l *Lexicon) Rarity(word string) float64 {
	n, ok := l.number(word)
	if !ok {
		return 1
	}
	return float64(l.rarity[n]) / 255
}

func u16(s string, i int) uint16 {
	return uint16(s[2*i]) | uint16(s[2*i+1])<<8
}

func u32(s string, i int) uint32 {
	s = s[4*i : 4*i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
