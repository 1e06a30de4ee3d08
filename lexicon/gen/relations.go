package main

import "strings"

// Weights of the relations, read off three sets of questions (SQuAD, NewsQA, Natural Questions): how much more often than
// in other likely sentences a missing word of the question is so related to a word of the sentence that answers, in log
// odds, scaled so that a derived word, the strongest, has .9.
const (
	derived        = .9
	derivedSynonym = .5 // derived from a synonym: buy, purchaser
	synonym        = .55
	faint          = .1 // anything less is left out
)

// relationWeights are those of the pointers between synsets; see wninput(5WN) for the symbols.
var relationWeights = map[string]float64{
	"=":  .65, // attribute: accurate, accuracy
	">":  .45, // cause: kill, die
	"^":  .4,  // see also
	"$":  .4,  // verb group: two senses alike
	"&":  .35, // similar: big, huge
	"~":  .25, // hyponym
	"@":  .15, // hypernym
	"~i": .4,  // instance: strait, Bosporus
	"@i": .35, // instance of
	"%m": .5,  // has as member: Europe, France
	"#m": .3,  // member of
	"%p": .25, // has as part
}

// senseWeights discount a relation by the number of the sense it starts from; those beyond count as the last. Words derived
// from each other are hardly less related in their rarer senses, so derivation is spared.
var senseWeights = []float64{1, .7, .5, .4}

// relations are the words related to each lemma, with the weight of their strongest relation. Only single words that
// keep allows take part.
func (wn *wordNet) relations(keep func(word string) bool) map[string]map[string]float64 {
	all := map[string]map[string]float64{}
	relate := func(from, to string, weight float64) {
		to = strings.ToLower(to)
		if from == to || weight < faint || !keep(from) || !keep(to) {
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
				discount := senseWeights[min(rank, len(senseWeights)-1)]
				for _, word := range s.words {
					relate(lemma, word, synonym*discount)
				}
				for _, p := range s.pointers {
					own := p.from == 0 || strings.ToLower(s.words[p.from-1]) == lemma
					weight := 0.0
					switch derivation := p.symbol == "+" || p.symbol == `\`; {
					case derivation && own:
						weight = derived
					case derivation:
						weight = derivedSynonym * discount
					case own:
						weight = relationWeights[p.symbol] * discount
					}
					wn.eachTarget(p, func(target string) {
						relate(lemma, target, weight)
						if p.symbol == `\` && own { // which WordNet has in one direction only: Armenian, Armenia
							relate(strings.ToLower(target), lemma, derived)
						}
					})
				}
			}
		}
	}
	return all
}

// opposites are the antonyms of each lemma, in any sense of either. Only single words that keep allows take part.
func (wn *wordNet) opposites(keep func(word string) bool) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, s := range wn.synsets {
		for _, p := range s.pointers {
			if p.symbol != "!" || p.from == 0 {
				continue
			}
			from := strings.ToLower(s.words[p.from-1])
			wn.eachTarget(p, func(target string) {
				to := strings.ToLower(target)
				if !keep(from) || !keep(to) {
					return
				}
				if all[from] == nil {
					all[from] = map[string]bool{}
				}
				all[from][to] = true
			})
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
