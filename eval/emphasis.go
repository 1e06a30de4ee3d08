package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/answer"
	"citebot/corpus"
)

// Emphasis is how well highlights show which words of a right first passage are the answer. Words are compared by where they
// stand; of several marked answers in the passage, the one counts that the highlights fit best.
type Emphasis struct {
	Turns   int     `json:"turns"`   // whose first passage is right, and has the marked words in it
	Overlap float64 `json:"overlap"` // share of them with a marked word highlighted
	Cover   float64 `json:"cover"`   // share of them with all marked words highlighted
	F1      float64 `json:"f1"`      // harmonic mean of precision (highlighted words that are marked) and recall, on average
	Share   float64 `json:"share"`   // of the passage's bytes that is highlighted, on average
}

func scoreEmphasis(predictions []judged) *Emphasis {
	var e Emphasis
	var overlap, cover int
	var f1, highlighted float64
	for _, j := range predictions {
		if !j.right() {
			continue
		}
		first := j.Answer.Passages[0]
		best, ok := bestFit(first, marks(j.Turn, first))
		if !ok {
			continue
		}
		e.Turns++
		f1 += best.f1()
		highlighted += highlightedShare(first)
		if best.both > 0 {
			overlap++
		}
		if best.both == best.marked {
			cover++
		}
	}
	if e.Turns == 0 {
		return nil
	}
	e.Overlap, e.Cover = share(overlap, e.Turns), share(cover, e.Turns)
	e.F1, e.Share = rounded(f1/float64(e.Turns)), rounded(highlighted/float64(e.Turns))
	return &e
}

// marks are the bytes of p's text that a marked answer to t takes up, one span an answer that is in the text.
func marks(t Turn, p answer.Passage) []corpus.Span {
	var spans []corpus.Span
	sentence := p.Article.Blocks[p.Place.Block].Sentences[p.Place.Sentence]
	for _, n := range t.Answers {
		start, end := max(n.Start, sentence.Start), min(n.End, sentence.End)
		if n.Paragraph == p.Place.Block && start < end {
			spans = append(spans, corpus.Span{Start: start - sentence.Start, End: end - sentence.Start})
		}
	}
	for _, g := range t.Golds {
		if s, ok := find(p.Text, g.Short); ok && g.In(p.Text) {
			spans = append(spans, s)
		}
	}
	return spans
}

// find looks for the words of part in text, whatever stands between them.
func find(text, part string) (corpus.Span, bool) {
	have, want := wordSpans(text), plainWords(plainText(part))
	for i := 0; i+len(want) <= len(have) && len(want) > 0; i++ {
		n := 0
		for n < len(want) && plainText(text[have[i+n].Start:have[i+n].End]) == want[n] {
			n++
		}
		if n == len(want) {
			return corpus.Span{Start: have[i].Start, End: have[i+n-1].End}, true
		}
	}
	return corpus.Span{}, false
}

// wordSpans are where the words of text stand.
func wordSpans(text string) []corpus.Span {
	var spans []corpus.Span
	for rest := 0; rest < len(text); {
		inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
		start := strings.IndexFunc(text[rest:], inWord)
		if start < 0 {
			break
		}
		start += rest
		end := start
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !inWord(r) {
				break
			}
			end += size
		}
		spans = append(spans, corpus.Span{Start: start, End: end})
		rest = end
	}
	return spans
}

// fit counts words of a passage.
type fit struct{ marked, highlighted, both int }

func (f fit) f1() float64 { return 2 * float64(f.both) / float64(f.marked+f.highlighted) }

// bestFit is that of the mark that the highlights fit best; there is none if no mark has a word in it.
func bestFit(p answer.Passage, marks []corpus.Span) (fit, bool) {
	words := wordSpans(p.Text)
	var best fit
	for _, m := range marks {
		var f fit
		for _, w := range words {
			marked, highlighted := meet(w, m), false
			for _, h := range p.Highlights {
				highlighted = highlighted || meet(w, h)
			}
			if marked {
				f.marked++
			}
			if highlighted {
				f.highlighted++
			}
			if marked && highlighted {
				f.both++
			}
		}
		if f.marked > 0 && (best.marked == 0 || f.f1() > best.f1()) {
			best = f
		}
	}
	return best, best.marked > 0
}

// meet reports whether two spans have a byte in common.
func meet(a, b corpus.Span) bool { return a.Start < b.End && b.Start < a.End }

func highlightedShare(p answer.Passage) float64 {
	highlighted := make([]bool, len(p.Text)) // as ranges may overlap
	for _, h := range p.Highlights {
		for i := max(h.Start, 0); i < min(h.End, len(highlighted)); i++ {
			highlighted[i] = true
		}
	}
	n := 0
	for _, yes := range highlighted {
		if yes {
			n++
		}
	}
	return share(n, len(highlighted))
}
