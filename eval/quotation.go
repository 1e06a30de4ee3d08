package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// Quotations is how well quoted words and their speakers are found, against annotated attributions (as PolNeAR's, Newell,
// Margolin and Ruths 2018). The reference is every stretch in quotation marks within an attribution's content, be the rest
// of it quoted or reported. A stretch is right if it has the words of a reference, whatever marks and punctuation are around.
type Quotations struct {
	Overlap
	Attributed int     `json:"attributed"` // right ones whose source is annotated by name; pronouns cannot be compared
	Speaker    float64 `json:"speaker"`    // share of them whose speaker's last name is in the source
}

// quotedWords are an unbroken stretch of quoted words.
type quotedWords struct {
	speaker   string // or, in a reference, the annotated source
	paragraph int
	corpus.Span
}

// quoted lists the stretches that a's quotations are made of, with the marks around them, as annotators mark them.
func quoted(a *corpus.Article) []quotedWords {
	var words []quotedWords
	for _, q := range a.Quotations {
		for _, part := range q.Parts {
			words = append(words, quotedWords{q.Speaker, q.Block, withMarks(a.Blocks[q.Block].Text, part)})
		}
	}
	return words
}

// withMarks widens the quoted words at s by the quotation mark on either side, where there is one.
func withMarks(text string, s corpus.Span) corpus.Span {
	if r, size := utf8.DecodeLastRuneInString(text[:s.Start]); isQuotationMark(r) {
		s.Start -= size
		if (r == '\'' || r == '`') && strings.HasSuffix(text[:s.Start], string(r)) {
			s.Start -= size // typed as two single ones
		}
	}
	if r, size := utf8.DecodeRuneInString(text[s.End:]); isQuotationMark(r) {
		s.End += size
		if r == '\'' && strings.HasPrefix(text[s.End:], "'") {
			s.End += size
		}
	}
	return s
}

func isQuotationMark(r rune) bool {
	return unicode.In(r, unicode.Pi, unicode.Pf) || strings.ContainsRune("\"'`„‚「」『』〝〞〟", r)
}

func scoreQuotations(articles []Article) *Quotations {
	var reference, found, right, attributed, named int
	for _, a := range articles {
		if a.Attributions == nil {
			continue
		}
		sources := map[quotedWords]string{} // by the words' place
		for _, at := range a.Attributions {
			for _, q := range quotedIn(a.Article, at) {
				place := quotedWords{paragraph: q.paragraph, Span: core(a.Blocks[q.paragraph].Text, q.Span)}
				if place.Start < place.End {
					sources[place] = q.speaker
				}
			}
		}
		reference += len(sources)
		for _, q := range quoted(a.Article) {
			found++
			place := quotedWords{paragraph: q.paragraph, Span: core(a.Blocks[q.paragraph].Text, q.Span)}
			source, ok := sources[place]
			if !ok {
				continue
			}
			right++
			if isNamed(source) {
				attributed++
				if mentions(source, q.speaker) {
					named++
				}
			}
		}
	}
	if reference == 0 {
		return nil
	}
	return &Quotations{newOverlap(reference, found, right), attributed, share(named, attributed)}
}

// quotedIn finds the stretches in double quotation marks, themselves left out, in what at attributes. Annotators split a
// content that goes on over sentences or paragraphs, so a quotation that is still open goes on with the next one.
func quotedIn(a *corpus.Article, at Attribution) []quotedWords {
	var source []string
	for _, n := range at.Source {
		source = append(source, n.Text)
	}
	var words []quotedWords
	open := false
	for _, n := range joined(a, at.Content) {
		text := a.Blocks[n.Paragraph].Text
		start := -1 // of the stretch that is being read
		if open {
			start = n.Start
		}
		add := func(end int) {
			words = append(words, quotedWords{strings.Join(source, " "), n.Paragraph, corpus.Span{Start: start, End: end}})
			start = -1
		}
		for i := n.Start; i < n.End; {
			size := doubleMark(text[i:n.End])
			if size == 0 {
				_, size = utf8.DecodeRuneInString(text[i:])
				i += size
				continue
			}
			// Opening and closing marks are mixed up now and then; where they stand tells better.
			last, _ := utf8.DecodeLastRuneInString(text[n.Start:i])
			atWord := i == n.Start || unicode.IsSpace(last)
			switch {
			case start < 0 && !strings.HasPrefix(text[i:], "”") || start == n.Start && i == n.Start:
				start = i + size
			case start >= 0 && !(atWord && strings.HasPrefix(text[i:], "“")):
				add(i)
			}
			i += size
		}
		open = start >= 0
		if open {
			add(n.End)
		}
	}
	return words
}

// joined puts those of ns together that have nothing but white space between them.
func joined(a *corpus.Article, ns []Annotation) []Annotation {
	ns = slices.Clone(ns)
	slices.SortStableFunc(ns, func(x, y Annotation) int {
		if x.Paragraph != y.Paragraph {
			return x.Paragraph - y.Paragraph
		}
		return x.Start - y.Start
	})
	var out []Annotation
	for _, n := range ns {
		if len(out) > 0 {
			last := &out[len(out)-1]
			if last.Paragraph == n.Paragraph && last.End <= n.Start &&
				strings.TrimSpace(a.Blocks[n.Paragraph].Text[last.End:n.Start]) == "" {
				last.End = n.End
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// doubleMark is the length of the double quotation mark that text starts with, or 0.
func doubleMark(text string) int {
	for _, mark := range []string{"“", "”", `"`, "''", "``"} {
		if strings.HasPrefix(text, mark) {
			return len(mark)
		}
	}
	return 0
}

// core narrows s to its first and last letter or digit; nothing is left where it has none.
func core(text string, s corpus.Span) corpus.Span {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	from := strings.IndexFunc(text[s.Start:s.End], word)
	if from < 0 {
		return corpus.Span{}
	}
	to := strings.LastIndexFunc(text[s.Start:s.End], word)
	_, size := utf8.DecodeRuneInString(text[s.Start+to:])
	return corpus.Span{Start: s.Start + from, End: s.Start + to + size}
}

// isNamed reports whether an annotated source has a name in it: a word with a capital that has it not for being the first.
func isNamed(source string) bool {
	for i, w := range words(source) {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(first) && !(i == 0 && isUnnamed(w)) {
			return true
		}
	}
	return false
}

// isUnnamed reports whether w, the first word of a source, is one that names nobody.
func isUnnamed(w string) bool {
	switch strings.ToLower(w) {
	case "a", "an", "and", "another", "he", "her", "his", "i", "it", "its", "many", "my", "one", "our", "she", "some", "that",
		"the", "their", "these", "they", "this", "those", "we", "who", "you", "your":
		return true
	}
	return false
}

// mentions reports whether the last word of speaker is among those of source.
func mentions(source, speaker string) bool {
	name := words(speaker)
	return len(name) > 0 && slices.Contains(words(source), name[len(name)-1])
}

// words are the words of a name, possessive endings left out.
func words(name string) []string {
	name = strings.NewReplacer("’s", "", "'s", "").Replace(name)
	return strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '-' && r != '\'' && r != '’'
	})
}
