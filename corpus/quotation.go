package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quotation is what somebody is quoted as saying: words in quotation marks, and who said them.
//
// Start and End enclose everything from the first opening to the last closing mark, so the text shown is one slice of the
// paragraph even when the attribution interrupts the words (“…,” he said, “…”); Parts are the quoted words alone.
type Quotation struct {
	Speaker string // the fullest form of the name in the article; "" where the article does not say, or not clearly
	Cue     string // the verb of saying, as written ("said"); "" if there is none
	Block   int    // 0-based
	Start   int    // byte offset in the paragraph of the first opening mark
	End     int    // byte offset just after the last closing mark
	Parts   []Span // each within the paragraph, quotation marks left out, in order; at least one
	Partial bool   // a fragment worked into the writer's own sentence (pledging to “work to stop …”)
}

// QuotationText is q's slice of the article: marks, words and, if it interrupts them, the attribution.
func (a *Article) QuotationText(q Quotation) string {
	return a.Blocks[q.Block].Text[q.Start:q.End]
}

// QuotationPlace is the sentence in which q starts.
func (a *Article) QuotationPlace(q Quotation) Place {
	return Place{q.Block, a.Blocks[q.Block].SentenceAt(q.Start)}
}

// longestParagraph is how many bytes a paragraph may have for speakers to be looked for in it. Nobody writes longer ones;
// a file without line breaks may well be one.
const longestParagraph = 1 << 20

// fewWords is how many words nobody is said to have spoken need to have to be a quotation all the same, rather than a word
// held at arm's length (a “rant”).
const fewWords = 4

// findQuotations finds who is quoted as saying what, in text order, in time linear in the text.
func findQuotations(a *Article) []Quotation {
	quotes := quotedIn(a.Blocks)
	if quotes == nil {
		return nil
	}
	read := make([][]piece, len(a.Blocks))
	for i, p := range a.Blocks {
		if len(p.Text) <= longestParagraph && p.Kind != Code {
			read[i] = pieces(p, quotes[i])
		}
	}
	var all []Quotation
	language, _, _ := strings.Cut(a.Language, "-")
	s := scene{names: findNames(a, read), english: language == "" || language == "en"}
	unclosed := 0 // how many of the last quotations are one speech over several paragraphs
	for i, p := range a.Blocks {
		found := s.paragraph(p.Text, read[i], quotes[i])
		for n, u := range found {
			if n == 0 && unclosed > 0 && u.speaker.name != "" {
				for k := range all[len(all)-unclosed:] {
					if q := &all[len(all)-1-k]; q.Speaker == "" {
						q.Speaker, q.Cue = u.speaker.name, u.cueText(p.Text)
					}
				}
			}
		}
		found = join(p.Text, read[i], found)
		for _, u := range found {
			if !u.isQuotation(p.Text) {
				continue
			}
			q := Quotation{Speaker: u.speaker.name, Cue: u.cueText(p.Text), Block: i, Start: u.Start, End: u.End, Partial: u.partial}
			q.Parts = append([]Span{u.inner}, u.more...)
			all = append(all, q)
			if u.open {
				unclosed++
			} else {
				unclosed = 0
			}
		}
	}
	return all
}

// quotedIn finds the quoted stretches of each paragraph; nil if there are none at all. A stretch that is not closed counts
// if the next paragraph begins with the same mark: so one speech is printed that goes on over several paragraphs.
func quotedIn(paragraphs []Block) [][]quoted {
	all := make([][]quoted, len(paragraphs))
	none := true
	for i := len(paragraphs) - 1; i >= 0; i-- {
		if paragraphs[i].Kind == Code {
			continue // a program's strings are nobody's words
		}
		found := findQuoted(paragraphs[i].Text)
		if n := len(found); n > 0 && found[n-1].open && !goesOn(found[n-1], i+1, paragraphs) {
			found = found[:n-1]
		}
		all[i] = found
		none = none && len(found) == 0
	}
	if none {
		return nil
	}
	return all
}

func goesOn(q quoted, next int, paragraphs []Block) bool {
	if next >= len(paragraphs) {
		return false
	}
	text := strings.TrimLeftFunc(paragraphs[next].Text, unicode.IsSpace)
	return strings.HasPrefix(text, string(q.mark))
}

// utterance is a quoted stretch with who said it.
type utterance struct {
	quoted
	attribution
	at      int  // its piece
	ends    rune // its last character
	speaker voice
	follows bool   // the attribution stands after it
	partial bool   // worked into the writer's sentence
	more    []Span // further parts, joined over the attribution
}

func (u utterance) cueText(text string) string { return text[u.cue.Start:u.cue.End] }

// isQuotation tells quotations from scare quotes and titles.
func (u utterance) isQuotation(text string) bool {
	inner := text[u.inner.Start:u.inner.End]
	words := strings.Fields(inner)
	said := u.cue.End > 0 && (!u.partial || u.speaker.name != "" && !u.follows) || u.follows && !u.partial
	return (said || len(words) >= fewWords || unspaced(inner) >= 2*fewWords) && !isTitled(words)
}

// unspaced is how many characters text has of scripts that put no space between words.
func unspaced(text string) int {
	n := 0
	for _, r := range text {
		if r > 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			n++
		}
	}
	return n
}

// isTitled reports whether words are written like the title of a book or a song.
func isTitled(words []string) bool {
	const least, most = 3, 15
	if len(words) < least || len(words) > most {
		return false
	}
	for _, word := range words {
		word = strings.TrimFunc(word, func(r rune) bool { return !isWordRune(r) })
		if isLower(word) && !isDeterminer(word) && !isPreposition(word) && !isLink(word) || strings.ToLower(word) == "i" {
			return false
		}
	}
	return true
}

// join makes one utterance of those that only the attribution of the first stands between.
func join(text string, ps []piece, all []utterance) []utterance {
	var joined []utterance
	c := clauses{text: text, ps: ps}
	for i, u := range all {
		if i > 0 {
			first := &joined[len(joined)-1]
			if all[i-1].follows && !u.follows && c.interrupts(all[i-1].after, u.at) {
				first.more = append(first.more, u.inner)
				first.End = u.End
				first.open = u.open
				continue
			}
		}
		joined = append(joined, u)
	}
	return joined
}

// interrupts reports whether pieces [i, next) end an attribution and let the quotation at piece next go on.
func (c *clauses) interrupts(i, next int) bool {
	for j := i; j < next; j++ {
		if c.ps[j].first || c.ps[j].kind == pieceQuote || c.cue(j, false) {
			return false
		}
	}
	if c.ps[next].first {
		return true
	}
	last := c.kind(next - 1)
	return next == i || last == pieceComma || last == pieceDash || last == pieceColon || last == pieceStop
}

// lastRune is the last character of a quotation that is no mark or space.
func lastRune(text string) rune {
	text = strings.TrimRight(text, " \u00a0\u202f'’\"”»")
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}
