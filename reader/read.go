package reader

import (
	"context"
	"math"

	"citebot/reader/internal/wordpiece"
)

// Limits of what is read, in word pieces.
const (
	maxTokens   = 384 // of one input: a question and a window
	maxQuestion = 60
	maxBefore   = 24 // the last ones count
	maxShown    = 32
	maxHeading  = 24 // the last ones count
	maxSentence = 100
	maxSpan     = 25
)

// Markers stand between the parts of an input. They are negated rows of the marker embeddings.
const (
	sentenceMarker = -1 // before a sentence
	headingMarker  = -2 // before the heading
	beforeMarker   = -3 // after the question before
	lastMarker     = -4 // before the sentence that was shown last, in place of sentenceMarker
	shownMarker    = -5 // after the passage that was shown
)

// Question is what is asked, with what went before. Of a question the first 60 word pieces are read, of the one before it
// the last 24, of the passage the first 32.
type Question struct {
	Text   string
	Before string // the question before it; "" for none
	Shown  string // the passage shown in answer to that; "" for none
}

// Window is consecutive sentences to be read together. Of the heading the last 24 word pieces are read, of each sentence the
// first 100. An input has room for 384 word pieces with the question: later sentences are not read.
type Window struct {
	Heading   string
	Sentences []string
	Shown     int // index of the sentence that was shown as the last answer; -1 for none
}

// Score is the judgement of one sentence.
type Score struct {
	LogOdds    float64 // that it answers; -Inf for a sentence that was not read
	Start, End int     // bytes of the sentence that answer; equal for none
}

// Read judges every sentence of every window. When ctx ends, it stops before the next window and returns the cause.
func (m *Model) Read(ctx context.Context, q Question, windows []Window) ([][]Score, error) {
	question := m.question(q)
	scores := make([][]Score, len(windows))
	err := m.each(ctx, len(windows), func(s *scratch, i int) { scores[i] = m.readWindow(s, question, windows[i]) })
	if err != nil {
		return nil, err
	}
	return scores, nil
}

// question is the first part of an input.
func (m *Model) question(q Question) []token {
	input := []token{{id: m.cls}}
	if q.Before != "" {
		input = append(appendPieces(input, last(m.pieces(q.Before, -1), maxBefore), 0), token{id: beforeMarker})
	}
	if q.Shown != "" {
		input = append(appendPieces(input, m.pieces(q.Shown, maxShown), 0), token{id: shownMarker})
	}
	return append(appendPieces(input, m.pieces(q.Text, maxQuestion), 0), token{id: m.sep})
}

func last(pieces []wordpiece.Piece, n int) []wordpiece.Piece { return pieces[max(0, len(pieces)-n):] }

func appendPieces(input []token, pieces []wordpiece.Piece, kind uint8) []token {
	for _, p := range pieces {
		input = append(input, token{p.ID, kind})
	}
	return input
}

// placedSentence is a sentence in an input.
type placedSentence struct {
	marker int // the place of its marker; its pieces follow
	pieces []wordpiece.Piece
}

// input is the whole input for a window, and the sentences that found room in it.
func (m *Model) input(question []token, w Window) ([]token, []placedSentence) {
	input := append(make([]token, 0, maxTokens), question...)
	if w.Heading != "" {
		input = append(input, token{headingMarker, 1})
		input = appendPieces(input, last(m.pieces(w.Heading, -1), maxHeading), 1)
	}
	var placed []placedSentence
	for i, sentence := range w.Sentences {
		room := maxTokens - len(input) - 2 // but for the marker and the end
		if room < 0 {
			break
		}
		marker := int32(sentenceMarker)
		if i == w.Shown {
			marker = lastMarker
		}
		pieces := m.pieces(sentence, min(maxSentence, room))
		placed = append(placed, placedSentence{len(input), pieces})
		input = appendPieces(append(input, token{marker, 1}), pieces, 1)
	}
	return append(input, token{m.sep, 1}), placed
}

func (m *Model) readWindow(s *scratch, question []token, w Window) []Score {
	input, placed := m.input(question, w)
	states := m.weights.read.forward(m.set, m.weights, s, input)
	width := m.weights.shape.width
	scores := make([]Score, len(w.Sentences))
	for i := range scores {
		if i >= len(placed) {
			scores[i].LogOdds = math.Inf(-1)
			continue
		}
		p := placed[i]
		scores[i].LogOdds = m.weights.score.of(states[p.marker*width : (p.marker+1)*width])
		if first, end := m.span(states[(p.marker+1)*width:], len(p.pieces)); first < end {
			scores[i].Start, scores[i].End = p.pieces[first].Start, p.pieces[end-1].End
		}
	}
	return scores
}

// span finds the first piece of the best span of pieces, and the one after its last. The states are those of the pieces.
func (m *Model) span(states []float32, pieces int) (first, end int) {
	width := m.weights.shape.width
	starts, ends := make([]float64, pieces), make([]float64, pieces)
	for i := range pieces {
		state := states[i*width : (i+1)*width]
		starts[i], ends[i] = m.weights.start.of(state), m.weights.end.of(state)
	}
	best := math.Inf(-1)
	for i, s := range starts {
		for j := i; j < min(i+maxSpan, pieces); j++ {
			if v := s + ends[j]; v > best {
				best, first, end = v, i, j+1
			}
		}
	}
	return first, end
}
