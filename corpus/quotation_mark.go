package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoted is a stretch of a paragraph between quotation marks; marks inside it, of whatever kind, belong to it.
type quoted struct {
	Span       // with the marks
	inner Span // without
	mark  rune // the opening mark
	open  bool // no closing mark comes: it runs to the end of the paragraph
}

// findQuoted finds the outermost quoted stretches of a paragraph, in order. Only the last can be open. Apostrophes, inches
// and marks that nothing closes are not taken for quotations. It reads the text at most twice.
func findQuoted(text string) []quoted {
	s := markScanner{text: text}
	for i := 0; i < len(text); {
		i = s.step(i)
	}
	return s.end()
}

// markScanner reads a paragraph for quotation marks. Between the outermost marks it only follows marks of the same family.
type markScanner struct {
	text  string
	found []quoted
	outer quoted // being read if marks are open
	open  []rune // the opening marks that nothing has closed yet, the outermost first
	first Span   // what closed a mark nested in one like it, first; Start is 0 if there was none
	flat  bool   // nesting did not come out even: marks are paired in turn from here on
}

// step reads the character or mark at i and returns where to read on.
func (s *markScanner) step(i int) int {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	if (r == '\'' || r == '`') && strings.HasPrefix(s.text[i+1:], string(r)) {
		triple := r == '\'' && strings.HasPrefix(s.text[i+2:], "'")
		if triple && len(s.open) > 0 {
			return i + 1 // a single mark closes inside the double one
		}
		size = 2
	}
	switch {
	case r < utf8.RuneSelf && r != '"' && r != '\'' && r != '`':
		return i + size
	case len(s.open) > 0:
		s.inside(i, r, size)
	case isSingle(r) && size != 2:
		return s.single(i, r, size)
	case isOpening(s.text, i, r, size) || r == '"' && afterComma(s.text, i):
		s.begin(i, r, size)
	}
	return i + size
}

func (s *markScanner) begin(i int, mark rune, size int) {
	s.outer = quoted{Span: Span{Start: i}, inner: Span{Start: i + size}, mark: mark}
	s.open, s.first = append(s.open[:0], mark), Span{}
}

// inside reads a character between the outermost marks.
func (s *markScanner) inside(i int, r rune, size int) {
	innermost := s.open[len(s.open)-1]
	switch {
	case closes(s.text, i, r, size, innermost):
		if len(s.open) == 1 {
			s.add(Span{i, i + size})
			return
		}
		if innermost == s.outer.mark && s.first.Start == 0 {
			s.first = Span{i, i + size}
		}
		s.open = s.open[:len(s.open)-1]
	case sameFamily(r, s.outer.mark) && size == markSize(r) && isOpening(s.text, i, r, size):
		if r == s.outer.mark && afterStop(s.text, i) && !isCornered(r) {
			s.begin(i, r, size) // a new quotation where the last one was never closed
		} else if !s.flat {
			s.open = append(s.open, r)
		}
	}
}

func (s *markScanner) add(mark Span) {
	s.outer.inner.End, s.outer.End = mark.Start, mark.End
	s.open = s.open[:0]
	s.keep(s.outer)
}

// keep adds q to what was found, if there is a word in it.
func (s *markScanner) keep(q quoted) {
	inner := s.text[q.inner.Start:q.inner.End]
	if !strings.ContainsFunc(inner, isWordRune) {
		return
	}
	q.inner.Start += len(inner) - len(strings.TrimLeftFunc(inner, unicode.IsSpace))
	q.inner.End -= len(inner) - len(strings.TrimRightFunc(inner, unicode.IsSpace))
	s.found = append(s.found, q)
}

// end settles what is open at the end of the paragraph.
func (s *markScanner) end() []quoted {
	if len(s.open) > 0 && s.first.Start > 0 {
		at := s.first.End
		s.add(s.first)
		s.flat = true
		for at < len(s.text) {
			at = s.step(at)
		}
	}
	if len(s.open) > 0 {
		text := strings.TrimRightFunc(s.text, unicode.IsSpace)
		s.outer.End, s.outer.inner.End, s.outer.open = len(text), len(text), true
		if s.outer.inner.Start < len(text) {
			s.keep(s.outer)
		}
	}
	return s.found
}

// single reads a single mark outside of any quotation: an apostrophe, or the opening of a quotation of its own.
func (s *markScanner) single(i int, r rune, size int) int {
	after := i + size
	if r == '’' || !opensWord(s.text, i, after) || isElision(s.text[after:]) {
		return after
	}
	closing, stopped := s.singleEnd(after, r)
	if closing.End > 0 {
		s.keep(quoted{Span: Span{i, closing.End}, inner: Span{after, closing.Start}, mark: r})
		return closing.End
	}
	if r == '‘' && stopped == len(s.text) && strings.TrimSpace(s.text[:i]) == "" {
		s.begin(i, r, size)
		return len(s.text)
	}
	return stopped
}

// singleEnd looks for the mark that closes the single mark before i. Apostrophes make that a guess: a mark next to
// punctuation is believed, one after a plain word as well, but one after an s (the workers’ rights) only if no better one
// comes before the next quotation opens. Without one, it returns where it stopped looking.
func (s *markScanner) singleEnd(i int, mark rune) (closing Span, stopped int) {
	var weak Span
	double := 0
	for i < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == '“':
			double++
		case r == '”' && double > 0:
			double--
		case double > 0:
		case (r == mark && r != '\'' || r == '\'' && mark == '\'') && opensWord(s.text, i, i+size) && !isElision(s.text[i+size:]):
			return weak, i
		case r == '’' || r == '\'' && mark == '\'' || r == '‘' && mark == '‚':
			last, next := before(s.text, i), runeAt(s.text, i+size)
			switch {
			case isWordRune(next) || unicode.IsSpace(last):
			case unicode.IsSpace(next) && (last == 's' || last == 'n' || last == 'S'):
				if weak.End == 0 {
					weak = Span{i, i + size}
				}
			default:
				return Span{i, i + size}, 0
			}
		}
		i += size
	}
	return weak, i
}

// isElision reports whether text, which follows an apostrophe, is a word or year that has lost its beginning: ’em, ’90s.
func isElision(text string) bool {
	if digits := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }); digits > 0 {
		return digits == 2
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(text)
	}
	switch strings.ToLower(text[:end]) {
	case "em", "til", "till", "tis", "twas", "cause", "n", "bout", "round", "cos", "s", "t":
		return true
	}
	return false
}

// isOpening reports whether the mark r at i opens a quotation.
func isOpening(text string, i int, r rune, size int) bool {
	switch r {
	case '„', '«', '‹', '「', '『', '“':
		return true
	case '"', '”', '»', '›', '\'', '`', '‟', '〝':
		return opensWord(text, i, i+size)
	}
	return false
}

// closes reports whether the mark r at i closes a quotation that mark opened.
func closes(text string, i int, r rune, size int, mark rune) bool {
	switch mark {
	case '«':
		return r == '»'
	case '»':
		return r == '«' || r == '»' && closesWord(text, i, i+size)
	case '‹':
		return r == '›'
	case '›':
		return r == '‹'
	case '「':
		return r == '」'
	case '『':
		return r == '』'
	case '‘':
		return false
	}
	switch r {
	case '”', '〟', '〞':
		return true
	case '"':
		return !opensWord(text, i, i+size) && !isInches(text, i)
	case '“', '‟':
		return mark == '„' || closesWord(text, i, i+size)
	case '\'':
		return size == 2 && mark != '"' && mark != '“' && !opensWord(text, i, i+size)
	}
	return false
}

// sameFamily reports whether mark r, inside a quotation that mark opened, may open another that has to close first.
func sameFamily(r, mark rune) bool {
	if r == mark {
		return true
	}
	return isDouble(r) && isDouble(mark)
}

func isDouble(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '‟'
}

// isCornered reports whether r only ever opens, so that it is nested wherever it repeats.
func isCornered(r rune) bool { return r == '「' || r == '『' || r == '«' || r == '‹' }

func isSingle(r rune) bool { return r == '‘' || r == '’' || r == '\'' || r == '‚' || r == '‛' }

// markSize is how many bytes the mark r has where it opens a quotation.
func markSize(r rune) int {
	if r == '\'' || r == '`' {
		return 2
	}
	return utf8.RuneLen(r)
}

// isInches reports whether the straight mark at i means inches: after feet (6'2"), or after a number where the quotation
// that it would close is closed later on.
func isInches(text string, i int) bool {
	digits := strings.TrimRight(text[:i], "0123456789½¼¾.")
	if len(digits) == i {
		return false
	}
	if strings.HasSuffix(digits, "'") || strings.HasSuffix(digits, "’") || strings.HasSuffix(digits, "′") {
		return true
	}
	const far = 200
	rest := text[i+1 : min(len(text), i+far)]
	if len(rest) < 2 || rest[0] != ' ' || rest[1] < 'a' || rest[1] > 'z' {
		return false
	}
	next := strings.IndexByte(rest, '"')
	return next > 0 && !opensWord(rest, next, next+1)
}

// opensWord reports whether a mark at [start, end) stands like an opening one: nothing before it, something after it.
func opensWord(text string, start, end int) bool {
	last, next := before(text, start), runeAt(text, end)
	if next == utf8.RuneError || unicode.IsSpace(next) {
		return false
	}
	return unicode.IsSpace(last) || strings.ContainsRune("([{—–―-/“‘\"'«‹¿¡", last)
}

// closesWord reports whether a mark at [start, end) stands like a closing one: something before it, nothing after it.
func closesWord(text string, start, end int) bool {
	return !unicode.IsSpace(before(text, start)) && !isWordRune(runeAt(text, end))
}

// afterStop reports whether what stands before i, spaces left out, ends a sentence or a clause.
func afterStop(text string, i int) bool {
	text = strings.TrimRightFunc(text[:i], unicode.IsSpace)
	return len(text) < i && strings.ContainsRune(".,!?…:", before(text, len(text)))
}

// afterComma reports whether the mark at i stands between a comma or colon and a word: an opening one, the space forgotten.
func afterComma(text string, i int) bool {
	last := before(text, i)
	return (last == ',' || last == ':') && isWordRune(runeAt(text, i+1))
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// runeAt is the character at i, utf8.RuneError at the end of the text.
func runeAt(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return r
}
