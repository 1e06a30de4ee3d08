package main

import (
	"fmt"

	"citebot/answer"
	"citebot/corpus"
)

// sentences are what a rival searches: a document each, known by its number.
type sentences []answer.Passage

func newSentences(articles []*corpus.Article) sentences {
	var all sentences
	for _, a := range articles {
		for i, p := range a.Blocks {
			for j := range p.Sentences {
				place := corpus.Place{Block: i, Sentence: j}
				all = append(all, answer.Passage{Article: a, Place: place, First: place, Last: place, Text: a.Sentence(place)})
			}
		}
	}
	return all
}

// answer makes an answer of the numbers of the sentences found, best first; of the first sentences if none was.
func (s sentences) answer(q answer.Question, found []int) (answer.Answer, error) {
	a := answer.Answer{Question: q.Text, Verdict: answer.Closest}
	for _, n := range found {
		if n < 0 || n >= len(s) {
			return a, fmt.Errorf("found sentence %d of %d", n, len(s))
		}
		a.Passages = append(a.Passages, s[n])
	}
	if len(found) == 0 {
		a.Passages = s[:min(q.Top, len(s))]
	}
	return a, nil
}
