package answer

import (
	"slices"

	"citebot/corpus"
)

const defaultPassages = 3

func passagesWanted(q Question) int {
	if q.Top <= 0 {
		return defaultPassages
	}
	return q.Top
}

// cite makes up to n passages of the best sentences. What one passage shows already is not shown again by another, and counts
// for the first: each item of a list that is asked for as a whole has but a share of the probability.
func cite(q query, sentences []Sentence, n int) []Passage {
	probable := map[Shown]float64{}
	for _, s := range sentences {
		probable[Shown{s.Article.ID, s.Place}] = s.Probability
	}
	var passages []Passage
	shownAlready := map[Shown]bool{}
	for _, s := range sentences {
		if len(passages) == n {
			break
		}
		if shownAlready[Shown{s.Article.ID, s.Place}] {
			continue
		}
		p := passage(s)
		if p.First, p.Last = extent(s, probable); slices.ContainsFunc(p.Shown(), func(at Shown) bool { return shownAlready[at] || slices.Contains(q.seen, at) }) {
			p.First, p.Last = p.Place, p.Place
		}
		p.Probability = 0
		for _, key := range p.Shown() {
			p.Probability += probable[key]
			shownAlready[key] = true
		}
		passages = append(passages, p)
	}
	return passages
}

// passage is a sentence as it is shown.
func passage(s Sentence) Passage {
	p := plainPassage(s.Article, s.Place)
	p.Highlights = emphasis(p.Text, s.Span)
	if s.Span.Start == s.Span.End {
		p.Highlights = s.Matches
	}
	p.Score, p.Probability = s.Score, s.Probability
	return p
}

// plainPassage is a sentence with nothing emphasised.
func plainPassage(a *corpus.Article, place corpus.Place) Passage {
	b := a.Blocks[place.Block]
	at := b.Sentences[place.Sentence]
	return Passage{Article: a, Place: place, First: place, Last: place, Text: b.Text[at.Start:at.End],
		Before: b.Text[:at.Start], After: b.Text[at.End:], Citation: a.Cite(place)}
}
