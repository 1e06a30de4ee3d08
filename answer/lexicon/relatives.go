package lexicon

// Relative is a word that may stand in a text for another one.
type Relative struct {
	Word   string  // a lemma
	Weight float64 // 0..1
}

// Relatives are the words that WordNet relates to word or its lemmas, in no particular order, each once. The weight is
// that of the relation (derived word .9, synonym .6, hyponym .35, hypernym .3) times how common that sense of word
// is among its senses (1, .7, .5, then .4). Words without a relation to word have weight 0, as it were; word itself is not among them.
func (l *Lexicon) Relatives(word string) []Relative {
	lemmas := l.lemmas(word)
	var relatives []Relative
	place := map[uint32]int{}
	for _, lemma := range lemmas {
		from := uint32(0)
		if lemma > 0 {
			from = u32(l.relEnds, lemma-1)
		}
		for i := from; i < u32(l.relEnds, lemma); i++ {
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
