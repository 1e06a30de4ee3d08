package main

import "strings"

// What a relation is worth: how likely its target stands for the word in a sentence that answers a question with the word.
const (
	derived  = .9 // also pertainyms: Armenian, Armenia
	synonym  = .6
	hyponym  = .35
	hypernym = .3
)

// relationWeights tells what the pointers lead to. A "+", "\" or "^" starts from and leads to one word of a synset.
var relationWeights = map[string]float64{"+": derived, `\`: derived, "~": hyponym, "@": hypernym, "@i": hypernym}

// senseWeights discount a relation by the number of the sense it starts from; those beyond count as the last.
var senseWeights = []float64{1, .7, .5, .4}

// relations are the words related to each lemma, with the weight of their strongest relation. Only single words that
// keep allows take part.
func (wn *wordNet) relations(keep func(word string) bool) map[string]map[string]float64 {
	all := map[string]map[string]float64{}
	relate := func(from, to string, weight float64) {
		to = strings.ToLower(to)
		if from == to || !keep(from) || !keep(to) {
			return
		}
		if all[from] == nil {
			all[from] = map[string]float64{}
		}
		all[from][to] = max(all[from][to], weight)
	}
	for lemma, parts := range wn.senses {
		for _, senses := range parts {
			for rank, s := range senses {
				weight := senseWeight(rank)
				for i, word := range s.words {
					relate(lemma, word, synonym*weight)
					if strings.ToLower(word) != lemma {
						continue
					}
					for _, p := range s.pointers {
						if p.from == 0 || p.from == i+1 {
							wn.eachTarget(p, func(target string) {
								relate(lemma, target, relationWeights[p.symbol]*weight)
								if p.symbol == `\` { // WordNet has pertainyms in one direction only
									relate(strings.ToLower(target), lemma, derived*senseWeight(wn.rank(target, p.to)))
								}
							})
						}
					}
				}
			}
		}
	}
	return all
}

// eachTarget calls do with the words that p points to.
func (wn *wordNet) eachTarget(p pointer, do func(word string)) {
	for i, word := range wn.synsets[p.to].words {
		if p.at == 0 || p.at == i+1 {
			do(word)
		}
	}
}

// rank is the number, from 0, of the sense of word that is the synset of that key.
func (wn *wordNet) rank(word, key string) int {
	part := key[0]
	if part == 's' {
		part = 'a'
	}
	for i, s := range wn.senses[strings.ToLower(word)][part] {
		if s == wn.synsets[key] {
			return i
		}
	}
	return len(senseWeights)
}

func senseWeight(rank int) float64 { return senseWeights[min(rank, len(senseWeights)-1)] }
