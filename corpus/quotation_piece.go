package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a word or a mark of a paragraph, or a whole quoted stretch, in which nobody looks for speakers.
type piece struct {
	Span
	kind  pieceKind
	first bool // begins a sentence
}

type pieceKind uint8

const (
	pieceWord       pieceKind = iota // with the full stop of an abbreviation ("Sen."), without 's
	pieceNumber                      // begins with a digit
	piecePossessive                  // 's, or the apostrophe of a plural
	pieceQuote
	pieceComma
	pieceColon
	pieceSemicolon
	pieceStop // . ! ? and the ellipsis
	pieceDash
	pieceOpen  // a bracket
	pieceClose // a bracket
	pieceOther
)

// pieces takes a paragraph apart.
func pieces(p Block, quotes []quoted) []piece {
	r := pieceReader{text: p.Text, sentences: p.Sentences}
	for _, q := range quotes {
		r.read(q.Start)
		r.add(piece{Span: q.Span, kind: pieceQuote})
	}
	r.read(len(p.Text))
	return r.pieces
}

type pieceReader struct {
	text      string
	at        int
	sentences []Span // those that begin at or after at
	end       int    // of the sentence at at
	pieces    []piece
}

// add adds a piece, and notes whether a sentence begins with it.
func (r *pieceReader) add(p piece) {
	for len(r.sentences) > 0 && r.sentences[0].Start < p.End {
		p.first = p.first || r.sentences[0].Start <= p.Start
		r.end = r.sentences[0].End
		r.sentences = r.sentences[1:]
	}
	r.at = p.End
	r.pieces = append(r.pieces, p)
}

// read takes the text apart up to the byte at end.
func (r *pieceReader) read(end int) {
	for i := r.at; i < end; {
		c, size := utf8.DecodeRuneInString(r.text[i:])
		switch {
		case unicode.IsSpace(c):
			i += size
			continue
		case isWordRune(c) || c == '@' && i+1 < end && isWordRune(runeAt(r.text, i+1)):
			r.word(i, end)
		default:
			kind := markKind(c)
			if c == '-' && strings.HasPrefix(r.text[i:end], "--") {
				size = 2
			}
			r.add(piece{Span: Span{i, i + size}, kind: kind})
		}
		i = r.at
	}
}

// word reads the word at i.
func (r *pieceReader) word(i, end int) {
	j := i
	for j < end {
		c, size := utf8.DecodeRuneInString(r.text[j:])
		joins := strings.ContainsRune(".-'’&@/", c) && j+size < end && isWordRune(runeAt(r.text, j+size))
		if !isWordRune(c) && !joins && !(c == '@' && j == i) {
			break
		}
		j += size
	}
	kind := pieceWord
	if first := runeAt(r.text, i); unicode.IsNumber(first) {
		kind = pieceNumber
	}
	word := r.text[i:j]
	stem := strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	switch {
	case stem != word && !contracts(stem):
		r.add(piece{Span: Span{i, i + len(stem)}, kind: kind})
		r.add(piece{Span: Span{i + len(stem), j}, kind: piecePossessive})
		return
	case j < end && r.text[j] == '.' && !r.endsSentence(j+1):
		j++
	}
	r.add(piece{Span: Span{i, j}, kind: kind})
	if strings.HasSuffix(word, "s") {
		if c, size := utf8.DecodeRuneInString(r.text[j:end]); c == '\'' || c == '’' {
			r.add(piece{Span: Span{j, j + size}, kind: piecePossessive})
		}
	}
}

// endsSentence reports whether the sentence being read ends at i, closing marks after it left out.
func (r *pieceReader) endsSentence(i int) bool {
	end := r.end
	if len(r.sentences) > 0 && r.sentences[0].Start < i {
		end = r.sentences[0].End
	}
	return strings.IndexFunc(r.text[min(i, end):end], isWordRune) < 0
}

// contracts reports whether 's after word is short for "is" or "has" rather than a possessive.
func contracts(word string) bool {
	switch strings.ToLower(word) {
	case "it", "he", "she", "that", "what", "there", "here", "who", "where", "how", "let", "when", "why":
		return true
	}
	return false
}

func markKind(c rune) pieceKind {
	switch c {
	case ',', '、', '，':
		return pieceComma
	case ':', '：':
		return pieceColon
	case ';':
		return pieceSemicolon
	case '.', '!', '?', '…', '。':
		return pieceStop
	case '-', '–', '—', '―':
		return pieceDash
	case '(', '[':
		return pieceOpen
	case ')', ']':
		return pieceClose
	}
	return pieceOther
}
