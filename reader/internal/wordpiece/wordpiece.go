// Package wordpiece cuts text into the word pieces of an uncased BERT vocabulary, and tells where in the text each came from.
//
// It gives what Hugging Face's tokenizer of the same vocabulary gives: controls are dropped, Chinese characters and
// punctuation marks are words of their own, accents and capitals are folded away, and every word is cut greedily into the
// longest pieces that the vocabulary has. Names of special tokens in a text, as in "[SEP]", are ordinary text.
package wordpiece

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxRunes     = 100  // a longer word is not cut but unknown
	continuation = "##" // marks vocabulary entries that continue a word
)

// Piece is one word piece of a text.
type Piece struct {
	ID         int32 // row of the vocabulary
	Start, End int   // bytes of the text as it was given
}

// Tokenizer cuts texts into pieces of one vocabulary. It is safe for concurrent use.
type Tokenizer struct {
	first   map[string]int32 // pieces that begin a word
	later   map[string]int32 // pieces that continue one, without their mark
	longest int              // bytes of the longest piece
	unknown int32
}

// New makes a tokenizer. The number of a piece is its place in the vocabulary, which must have "[UNK]".
func New(vocabulary []string) (*Tokenizer, error) {
	t := &Tokenizer{first: make(map[string]int32, len(vocabulary)), later: make(map[string]int32, len(vocabulary)/4)}
	for i, piece := range vocabulary {
		pieces := t.first
		if rest, found := strings.CutPrefix(piece, continuation); found && rest != "" {
			pieces, piece = t.later, rest
		}
		if _, twice := pieces[piece]; twice {
			return nil, fmt.Errorf("the vocabulary has %q twice", vocabulary[i])
		}
		pieces[piece] = int32(i)
		t.longest = max(t.longest, len(piece))
	}
	unknown, found := t.first["[UNK]"]
	if !found {
		return nil, fmt.Errorf("the vocabulary has no [UNK]")
	}
	t.unknown = unknown
	return t, nil
}

// ID is the number of a whole vocabulary entry that begins a word, such as "[CLS]".
func (t *Tokenizer) ID(piece string) (int32, bool) {
	id, found := t.first[piece]
	return id, found
}

// Pieces returns the first pieces of the text, limit at most; a negative limit means all. Bytes that are not UTF-8 are dropped.
func (t *Tokenizer) Pieces(text string, limit int) []Piece {
	p := pass{tokenizer: t, limit: limit}
	for at := 0; at < len(text) && !p.full(); {
		r, size := utf8.DecodeRuneInString(text[at:])
		p.character(r, at, at+size)
		at += size
	}
	p.endWord()
	if limit >= 0 && len(p.pieces) > limit {
		p.pieces = p.pieces[:limit]
	}
	return p.pieces
}

// Count returns how many pieces the text has.
func (t *Tokenizer) Count(text string) int { return len(t.Pieces(text, -1)) }

// pass is one pass over one text.
type pass struct {
	tokenizer *Tokenizer
	limit     int
	pieces    []Piece
	word      []byte               // the folded characters of the current word
	runes     [maxRunes]placedRune // where they are
	length    int                  // how many runes the word has; those beyond maxRunes are counted but not kept
	end       int                  // byte of the text at which the word ends
}

// placedRune is one folded character of a word.
type placedRune struct {
	at         int // byte of the folded word
	start, end int // bytes of the text
}

func (p *pass) full() bool { return p.limit >= 0 && len(p.pieces) >= p.limit }

// character takes the next character of the text, which stands at the bytes start to end.
func (p *pass) character(r rune, start, end int) {
	if r < utf8.RuneSelf {
		p.ascii(byte(r), start)
		return
	}
	switch kindOf(r) {
	case dropped:
	case space:
		p.endWord()
	case ideograph:
		p.endWord()
		p.add(foldRune(r), start, end)
		p.endWord()
	default:
		var several [3]rune
		for _, folded := range expand(several[:0], r) {
			if isPunctuation(folded) { // after folding: the Greek question mark is a semicolon
				p.endWord()
				p.add(folded, start, end)
				p.endWord()
			} else {
				p.add(folded, start, end)
			}
		}
	}
}

func (p *pass) ascii(c byte, at int) {
	switch {
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		p.add(rune(c), at, at+1)
	case 'A' <= c && c <= 'Z':
		p.add(rune(c-'A'+'a'), at, at+1)
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		p.endWord()
	case c < ' ' || c == 0x7f: // a control
	default: // all the rest of ASCII counts as punctuation
		p.endWord()
		p.add(rune(c), at, at+1)
		p.endWord()
	}
}

// add puts one folded character at the end of the current word.
func (p *pass) add(r rune, start, end int) {
	if p.length < maxRunes {
		p.runes[p.length] = placedRune{len(p.word), start, end}
		p.word = utf8.AppendRune(p.word, r)
	}
	p.length++
	p.end = end
}

// endWord cuts the current word, if there is one, into pieces: each the longest that the vocabulary has. When there is none
// at some point, the whole word is unknown.
func (p *pass) endWord() {
	n := p.length
	if n == 0 {
		return
	}
	before := len(p.pieces)
	known := n <= maxRunes
	for from := 0; from < n && known; {
		id, to := p.tokenizer.match(p, from)
		if known = to > from; known {
			p.pieces = append(p.pieces, Piece{id, p.runes[from].start, p.runes[to-1].end})
		}
		from = to
	}
	if !known {
		p.pieces = append(p.pieces[:before], Piece{p.tokenizer.unknown, p.runes[0].start, p.end})
	}
	p.word, p.length = p.word[:0], 0
}

// match finds the longest piece that begins at rune number from of the word, and the rune after it; from itself for none.
func (t *Tokenizer) match(p *pass, from int) (id int32, to int) {
	pieces := t.first
	if from > 0 {
		pieces = t.later
	}
	start, end := p.runes[from].at, len(p.word)
	for to = p.length; to > from; to-- {
		if end-start <= t.longest {
			if id, found := pieces[string(p.word[start:end])]; found {
				return id, to
			}
		}
		end = p.runes[to-1].at
	}
	return 0, from
}
