package answer

import (
	"strings"

	"citebot/corpus"
)

// Part is what a passage shows of one block.
type Part struct {
	Kind       corpus.Kind
	Depth      int           // of an item: in how many other items of the list shown it is nested
	Text       string        // a slice of the article
	Sentence   corpus.Span   // bytes of Text: the passage's own sentence; empty in the other blocks
	Highlights []corpus.Span // bytes of Text: the passage's
}

// IsNumbered reports whether an item of a list begins with its number, as in "1. Unpack it", and so needs no bullet.
func (p Part) IsNumbered() bool {
	rest := strings.TrimLeft(p.Text, "0123456789")
	return rest != p.Text && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ")"))
}

// Parts are what p shows, block by block: all from First to Last, and above the row of a table the one that names its columns.
func (p Passage) Parts() []Part {
	var parts []Part
	depth := map[int]int{} // by block
	if b := p.Article.Blocks[p.First.Block]; b.Kind == corpus.Row && b.Lead >= 0 {
		head := p.Article.Blocks[b.Lead]
		parts = append(parts, Part{Kind: head.Kind, Text: head.Text})
	}
	for i := p.First.Block; i <= p.Last.Block; i++ {
		b := p.Article.Blocks[i]
		shown := corpus.Span{Start: 0, End: len(b.Text)}
		if i == p.First.Block && p.First.Sentence > 0 {
			shown.Start = b.Sentences[p.First.Sentence].Start
		}
		if i == p.Last.Block && p.Last.Sentence < len(b.Sentences)-1 {
			shown.End = b.Sentences[p.Last.Sentence].End
		}
		if lead := b.Lead; lead >= p.First.Block && p.Article.Blocks[lead].Kind == corpus.Item {
			depth[i] = depth[lead] + 1
		}
		part := Part{Kind: b.Kind, Depth: depth[i], Text: b.Text[shown.Start:shown.End]}
		if i == p.Place.Block {
			at := b.Sentences[p.Place.Sentence]
			part.Sentence = corpus.Span{Start: at.Start - shown.Start, End: at.End - shown.Start}
			for _, h := range p.Highlights {
				part.Highlights = append(part.Highlights, corpus.Span{Start: part.Sentence.Start + h.Start, End: part.Sentence.Start + h.End})
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// Shown are all the sentences that p shows, its own first: what a [Turn] is told of it.
func (p Passage) Shown() []Shown {
	shown := []Shown{{p.Article.ID, p.Place}}
	for _, place := range between(p.Article, p.First, p.Last) {
		if place != p.Place {
			shown = append(shown, Shown{p.Article.ID, place})
		}
	}
	return shown
}

// PassageAt is the sentence of a at place, which must exist, as a passage that nothing was searched for: with the code or
// the list that it leads in to, and with the whole block of code if it is a line of one.
func PassageAt(a *corpus.Article, place corpus.Place) Passage {
	p := plainPassage(a, place)
	p.First, p.Last = extent(Sentence{Article: a, Place: place}, nil)
	return p
}
