package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestSentence is how many bytes a sentence may have before it is cut at white space all the same: text without full
// stops (a transcript, a list of names) would otherwise be one passage that nobody can be shown.
const longestSentence = 2000

// splitSentences finds the sentences of a paragraph: in order, not overlapping, not empty, without white space around
// them, and with nothing but white space between them. It works in one pass and looks at most a few words back and ahead,
// so it takes linear time on any text.
//
// A sentence ends with a terminal mark of any script (Unicode's Sentence_Terminal, and the ellipsis), together with the
// closing quotation marks, brackets and footnote marks after it, when what follows looks like a beginning. A full stop is
// only believed when the word before it is no abbreviation; see [abbreviationOf].
func splitSentences(text string) []Span {
	s := splitter{text: text, cased: strings.ContainsFunc(text, unicode.IsUpper)}
	s.start = skipSpace(text, 0)
	for i := s.start; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isTerminal(r) {
			i += size
			continue
		}
		end := s.signsEnd(s.runEnd(i))
		if s.breaks(i, end) {
			s.add(end)
		}
		i = max(end, s.start)
	}
	s.add(len(text))
	return s.spans
}

type splitter struct {
	text  string
	cased bool // the paragraph has capitals, so that a lower-case word does not begin a sentence
	start int  // of the sentence being read
	spans []Span
}

// add ends the sentence being read before the byte at end.
func (s *splitter) add(end int) {
	for s.start < end {
		cut := s.start + cutLong(s.text[s.start:end])
		sentence := strings.TrimRightFunc(s.text[s.start:cut], unicode.IsSpace)
		if sentence != "" {
			s.spans = append(s.spans, Span{s.start, s.start + len(sentence)})
		}
		s.start = skipSpace(s.text, cut)
	}
}

// cutLong is how much of sentence to take: all of it, or what fits up to the last white space.
func cutLong(sentence string) int {
	if len(sentence) <= longestSentence {
		return len(sentence)
	}
	head := sentence[:longestSentence]
	if i := strings.LastIndexFunc(head, unicode.IsSpace); i > 0 {
		return i
	}
	n := longestSentence
	for n > 0 && !utf8.RuneStart(sentence[n]) {
		n--
	}
	return n
}

// runEnd is where the marks end that begin with the terminal mark at i: further terminal marks ("?!", ". . ."), closing
// quotation marks and brackets, and footnote marks ("[12]"). Tokenised text has a space before each of them.
func (s *splitter) runEnd(i int) int {
	text := s.text
	_, size := utf8.DecodeRuneInString(text[i:])
	end := i + size
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		switch {
		case isTerminal(r) || isCloser(r) || isSuperscript(r):
			end += size
		case r == '«' || r == '»' || r == '“' || r == '‘':
			// Closing in some languages, opening in others: closing if it is followed like one.
			if !isGap(text, end+size) {
				return end
			}
			end += size
		case r == '[':
			n := footnote(text[end:])
			if n == 0 {
				return end
			}
			end += n
		case r == ' ' || r == '\u00a0' || r == '\u202f':
			n := spacedMark(text[end+size:])
			if n == 0 {
				return end
			}
			end += size + n
		default:
			return end
		}
	}
	return end
}

// signsEnd is where the signs end, as in "See you! 🎉", with which a text ends after the marks that end at i; else it is i.
func (s *splitter) signsEnd(i int) int {
	rest := strings.TrimLeftFunc(s.text[i:], func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.So, unicode.Sk) || r == '\ufe0f' || r == '\u200d'
	})
	if rest == "" {
		return len(s.text)
	}
	return i
}

// footnote is the length of the footnote mark that text begins with, as [12], [b], [note 3] or [citation needed]; 0 if
// there is none.
func footnote(text string) int {
	const longest = 40
	n := strings.IndexByte(text[:min(longest, len(text))], ']')
	if n < 2 {
		return 0
	}
	mark := strings.ToLower(text[1:n])
	numbered := strings.Trim(mark, "0123456789") == "" || len(mark) == 1 || strings.HasPrefix(mark, "note ")
	remark := strings.HasSuffix(mark, " needed") || strings.HasSuffix(mark, "?")
	if !numbered && !remark {
		return 0
	}
	return n + 1
}

// pageMark reports whether text begins with a page that a footnote referred to, and goes on after it: ":245 The".
func pageMark(text string) bool {
	const longest = 24
	if !strings.HasPrefix(text, ":") {
		return false
	}
	head, _, found := strings.Cut(text[:min(longest, len(text))], " ")
	return found && len(head) > 1 && strings.Trim(head, ":0123456789-–,") == ""
}

// spacedMark is the length of a closing or terminal mark that stands alone between spaces, as in tokenised text; 0 if
// text does not begin with one.
func spacedMark(text string) int {
	if strings.HasPrefix(text, "''") && isGap(text, 2) {
		return 2
	}
	r, size := utf8.DecodeRuneInString(text)
	alone := r == '.' || r == '!' || r == '?' || r == ')' || r == ']' || r == '”' || r == '»'
	if alone && isGap(text, size) {
		return size
	}
	return 0
}

// breaks reports whether a sentence ends with the marks [mark, end).
func (s *splitter) breaks(mark, end int) bool {
	text := s.text
	next := skipSpace(text, end)
	if next == len(text) {
		return true
	}
	terminal, size := utf8.DecodeRuneInString(text[mark:])
	if unspaced := terminal >= utf8.RuneSelf && terminal != '…'; unspaced {
		reported := end > mark+size && strings.HasPrefix(text[end:], "と") // Japanese: 「…。」と言った
		return !reported
	}
	if next == end {
		return pageMark(text[end:]) || s.lacksSpace(mark, end)
	}
	word := leadingWord(text[next:])
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case word == "":
		return false
	case unicode.IsLower(first) && s.cased && !hasUpper(word):
		return s.startsLower(mark, end)
	case !unicode.IsLetter(first) && !unicode.IsNumber(first) && !unicode.IsSymbol(first):
		return false
	}
	last := before(text, mark)
	dots := strings.HasPrefix(text[mark:], "..") || strings.HasPrefix(text[mark:], ". .") || terminal == '…'
	switch {
	case terminal != '.' && strings.ContainsAny(text[mark:end], quotes) && isAttribution(text[next:]):
		return false // “Why?” Alice asked.
	case dots && isTerminal(before(text, end)): // words left out or a pause, unless the dots end a word
		return !unicode.IsSpace(last) && !isOpener(last) && !unicode.IsNumber(first)
	case dots:
		return true
	case isOpener(last) && last != '"' && last != '\'':
		return false
	case terminal != '.' || isTerminal(last) || unicode.IsSpace(last):
		return true
	}
	return s.stops(mark, word)
}

// lacksSpace reports whether a space was forgotten after the marks [mark, end): "they left.The door", but not "os.Open".
func (s *splitter) lacksSpace(mark, end int) bool {
	word := leadingWord(s.text[end:])
	return startsSentence(word) && isGap(s.text, end+len(word)) && isLowerWord(lastWord(s.text[s.start:mark]))
}

// startsLower reports whether the sentence after the marks [mark, end) begins with a lower-case letter, as people write in chats:
// it does after a single full stop and a word that is long and no abbreviation.
func (s *splitter) startsLower(mark, end int) bool {
	const shortest = 4
	last := lastWord(s.text[s.start:mark])
	return s.text[mark:end] == "." && len(last) >= shortest && isLowerWord(last) &&
		abbreviationOf(last) == none && abbreviationOf(capital(last)) == none
}

// capital is word with a capital at its beginning.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// stops reports whether the single full stop at mark ends a sentence, where word is what comes next.
func (s *splitter) stops(mark int, word string) bool {
	last := lastWord(s.text[s.start:mark])
	at := mark - len(last)
	first, _ := utf8.DecodeRuneInString(word)
	digit := unicode.IsNumber(first)

	if isNumeral(last) {
		before := strings.TrimRightFunc(s.text[s.start:at], unicode.IsSpace)
		listed := len(before) < at-s.start && (strings.HasSuffix(before, ":") || strings.HasSuffix(before, ";"))
		enumerates := len(last) <= 3 && (before == "" || listed)
		return !enumerates && !(len(last) <= 2 && followsOrdinal(word))
	}
	switch abbreviationOf(last) {
	case neverEnds:
		return false
	case beforeNumber:
		return !digit
	case mayEnd:
		return startsSentence(word) || isNameParticle(word)
	case endsMostly:
		return !digit && !followsTime(word)
	}
	if isInitials(last) {
		return startsSentence(word)
	}
	return true
}
