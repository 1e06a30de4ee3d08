package eval

import (
	"strings"

	"citebot/answer"
	"citebot/corpus"
)

// Verbatim is the check of the promise that every passage is a slice of its article. Broken must be 0.
type Verbatim struct {
	Passages int `json:"passages"`
	Broken   int `json:"broken"`
}

func scoreVerbatim(predictions []judged) *Verbatim {
	if len(predictions) == 0 {
		return nil
	}
	var v Verbatim
	for _, j := range predictions {
		for _, passage := range j.Answer.Passages {
			v.Passages++
			if !verbatim(passage) {
				v.Broken++
			}
		}
	}
	return &v
}

// verbatim reports whether p is the sentence at its place, between what stands around it there, and among the sentences that
// are shown with it.
func verbatim(p answer.Passage) bool {
	if p.Article == nil || !p.Article.Has(p.Place) || !p.Article.Has(p.First) || !p.Article.Has(p.Last) {
		return false
	}
	if before(p.Place, p.First) || before(p.Last, p.Place) {
		return false
	}
	block := p.Article.Blocks[p.Place.Block]
	sentence := block.Sentences[p.Place.Sentence]
	for _, h := range p.Highlights {
		if h.Start < 0 || h.Start > h.End || h.End > len(p.Text) {
			return false
		}
	}
	return p.Text == block.Text[sentence.Start:sentence.End] &&
		strings.HasSuffix(block.Text[:sentence.Start], p.Before) &&
		strings.HasPrefix(block.Text[sentence.End:], p.After)
}

// before reports whether p stands before q in their article.
func before(p, q corpus.Place) bool {
	return p.Block < q.Block || p.Block == q.Block && p.Sentence < q.Sentence
}
