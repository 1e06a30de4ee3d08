package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
	"citebot/index"
	"citebot/lexicon"
)

// mentionKind says what a stretch of a sentence names: what could answer a question for such a thing.
type mentionKind uint8

const (
	mentionPerson mentionKind = iota
	mentionPlace
	mentionName // a capitalised name of neither a person nor a place, as far as can be told
	mentionRole // somebody by a common noun: "the minister"
	mentionYear
	mentionDate // a day, a month, a time of day, "yesterday"
	mentionDuration
	mentionMoney
	mentionPercent
	mentionNumber
	mentionQuoted // words in quotation marks
	mentionSpot   // a place by a common noun: "the harbour"
	mentionKinds  // how many kinds there are
)

func (k mentionKind) String() string {
	return [...]string{"person", "place", "name", "role", "year", "date", "duration", "money", "percent", "number", "quoted",
		"spot"}[k]
}

// naming reports whether a mention is of somebody or something by name, acting whether it is of what may do something, counting whether
// it is of a number or a time.
func (k mentionKind) naming() bool   { return k <= mentionName }
func (k mentionKind) acting() bool   { return k.naming() || k == mentionRole }
func (k mentionKind) counting() bool { return k >= mentionYear && k <= mentionNumber }

// mention is a stretch of a sentence that names something: words [first, last], both counted from 0.
type mention struct {
	kind        mentionKind
	first, last int
}

// span is m's range of bytes of the sentence's text.
func (m mention) span(s *index.Sentence) corpus.Span {
	return corpus.Span{Start: int(s.Words[m.first].Start), End: int(s.Words[m.last].End)}
}

// surface is a word of a sentence as written.
func surface(s *index.Sentence, i int) string { return s.Text[s.Words[i].Start:s.Words[i].End] }

// mentions finds what the sentences of an article mention. A name that is a person's in one sentence is one in all, and so with
// places.
func mentions(a *index.Article, names *nameTable) [][]mention {
	found := make([][]mention, len(a.Sentences))
	people, places := map[index.TermID]bool{}, map[index.TermID]bool{}
	for i, s := range a.Sentences {
		found[i] = sentenceMentions(s, names)
		for _, m := range found[i] {
			if m.kind != mentionPerson && m.kind != mentionName {
				continue
			}
			switch last := s.Words[m.last].Term; names.explained(s, m) {
			case mentionPerson:
				people[last] = true
			case mentionPlace:
				places[last] = true
			}
		}
	}
	for i, s := range a.Sentences {
		for j, m := range found[i] {
			switch {
			case m.kind == mentionName && people[s.Words[m.last].Term]:
				found[i][j].kind = mentionPerson
			case m.kind == mentionName && places[s.Words[m.last].Term]:
				found[i][j].kind = mentionPlace
			}
		}
		found[i] = append(found[i], quotedMentions(s)...)
	}
	return found
}

func sentenceMentions(s *index.Sentence, names *nameTable) []mention {
	var found []mention
	for i := 0; i < len(s.Words); {
		m, ok := mentionAt(s, i, names)
		if !ok {
			i++
			continue
		}
		found = append(found, m)
		i = m.last + 1
	}
	return found
}

// mentionAt is the mention that starts at word i, if any does.
func mentionAt(s *index.Sentence, i int, names *nameTable) (mention, bool) {
	if m, ok := timeAt(s, i); ok {
		return m, true
	}
	if m, ok := numberAt(s, i); ok {
		return m, true
	}
	if m, ok := nameAt(s, i, names); ok {
		return m, true
	}
	switch noun := names.noun(strings.ToLower(surface(s, i))); {
	case noun&lexicon.Person != 0:
		return mention{mentionRole, i, i}, true
	case noun&lexicon.Place != 0:
		return mention{mentionSpot, i, i}, true
	}
	return mention{}, false
}

// timeAt recognises years, dates, times of day and words such as "yesterday".
func timeAt(s *index.Sentence, i int) (mention, bool) {
	word := surface(s, i)
	lower := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(word), "'s"), "’s")
	if isYear(word) {
		return mention{mentionYear, i, i}, true
	}
	if len(word) == 5 && isYear(word[:4]) && word[4] == 's' {
		return mention{mentionYear, i, i}, true // the 1980s
	}
	if dayWord(lower) && (lower != "may" && lower != "march" && lower != "sun" && lower != "sat" || startsUpper(word)) {
		last := i
		for last+1 < len(s.Words) && last < i+3 {
			next := surface(s, last+1)
			if !dayWord(strings.ToLower(next)) && !isYear(next) && !dayNumber(next) {
				break
			}
			last++
		}
		return mention{mentionDate, i, last}, true
	}
	if dayNumber(word) && i+1 < len(s.Words) && (monthWord(strings.ToLower(surface(s, i+1))) || clockWord(strings.ToLower(surface(s, i+1)))) {
		last := i + 1
		if last+1 < len(s.Words) && isYear(surface(s, last+1)) {
			last++
		}
		return mention{mentionDate, i, last}, true
	}
	if strings.Contains(word, ":") && len(word) <= 5 && isDigit(word[0]) {
		return mention{mentionDate, i, i}, true
	}
	if isDigit(word[0]) && i+1 < len(s.Words) {
		next := strings.ToLower(surface(s, i+1))
		if s.Text[s.Words[i].End:s.Words[i+1].Start] == ":" && isDigit(next[0]) || clockWord(next) || ordinal(word) && strings.HasPrefix(next, "centur") {
			return mention{mentionDate, i, i + 1}, true
		}
	}
	if len(word) == 3 && isDigit(word[0]) && word[1:] == "0s" {
		return mention{mentionDate, i, i}, true // the 90s
	}
	return mention{}, false
}

// numberAt recognises numbers, in digits or words, and what they count where that is time, money or a share.
func numberAt(s *index.Sentence, i int) (mention, bool) {
	if !isNumber(surface(s, i)) {
		return mention{}, false
	}
	last := i
	for last+1 < len(s.Words) && last < i+4 && isNumber(surface(s, last+1)) {
		last++
	}
	m := mention{mentionNumber, i, last}
	if before := int(s.Words[i].Start); before > 0 {
		if r, _ := utf8.DecodeLastRuneInString(s.Text[:before]); unicode.Is(unicode.Sc, r) {
			m.kind = mentionMoney
			return m, true
		}
	}
	if after := int(s.Words[last].End); strings.HasPrefix(s.Text[after:], "%") {
		m.kind = mentionPercent
		return m, true
	}
	if last+1 == len(s.Words) {
		return m, true
	}
	switch next := strings.ToLower(surface(s, last+1)); {
	case next == "percent" || next == "per" || next == "pc":
		m.kind, m.last = mentionPercent, last+1
	case moneyWord(next):
		m.kind, m.last = mentionMoney, last+1
	case durationWord(next):
		m.kind, m.last = mentionDuration, last+1
	}
	return m, true
}

// nameAt recognises a run of capitalised words, joined by "of" and the like, and tells people and places by the words around.
func nameAt(s *index.Sentence, i int, names *nameTable) (mention, bool) {
	if !names.capitalised(s, i) {
		return mention{}, false
	}
	last := i
	for last+1 < len(s.Words) {
		if adjoins(s, last) && startsUpper(surface(s, last+1)) {
			last++
			continue
		}
		if last+2 < len(s.Words) && joins(surface(s, last+1)) && adjoins(s, last) && adjoins(s, last+1) && startsUpper(surface(s, last+2)) {
			last += 2
			continue
		}
		break
	}
	for i < last && s.Words[i].Stop {
		i++ // a capital "The" at the start of the sentence
	}
	return mention{names.kindOf(s, i, last), i, last}, true
}

// adjoins reports whether only white space or a hyphen stands between word i and the next.
func adjoins(s *index.Sentence, i int) bool {
	from, to := s.Words[i].End, s.Words[i+1].Start
	if to < from {
		return true // an abbreviation's token covers its words
	}
	between := s.Text[from:to]
	return between == " " || between == "-" || between == "\u00a0" || between == ". " || between == ""
}

func joins(word string) bool {
	switch word {
	case "of", "de", "van", "von", "al", "bin", "der", "da", "del", "for", "&":
		return true
	}
	return false
}

// quotedMentions are the stretches of words in quotation marks.
func quotedMentions(s *index.Sentence) []mention {
	var found []mention
	open := -1
	for i := range s.Words {
		before := s.Text[:s.Words[i].Start]
		if open < 0 && (strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "''") || strings.HasSuffix(before, "``")) {
			open = i
		}
		rest := strings.TrimLeft(s.Text[s.Words[i].End:], ",.!?")
		if open >= 0 && (strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "”") || strings.HasPrefix(rest, "''")) {
			found = append(found, mention{mentionQuoted, open, i})
			open = -1
		}
	}
	return found
}

func startsUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isYear reports whether word is a number from 1000 to 2099 in four digits.
func isYear(word string) bool {
	if len(word) != 4 || word > "2099" || word < "1000" {
		return false
	}
	return isDigit(word[1]) && isDigit(word[2]) && isDigit(word[3])
}

// ordinal reports whether word is a number with an ending: "15th".
func ordinal(word string) bool {
	n := strings.TrimLeft(word, "0123456789")
	return len(n) < len(word) && (n == "st" || n == "nd" || n == "rd" || n == "th")
}

// dayNumber reports whether word can be a day of the month or an hour: "7", "11th".
func dayNumber(word string) bool {
	n := len(word) - len(strings.TrimLeft(word, "0123456789"))
	return n > 0 && n <= 2 && (n == len(word) || ordinal(word))
}

func isNumber(word string) bool {
	if isDigit(word[0]) {
		return true
	}
	switch strings.ToLower(word) {
	case "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
		"ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion", "dozen",
		"dozens", "half", "twice", "both", "several", "few", "no", "none", "single", "third", "quarter", "double":
		return true
	}
	return false
}

func monthWord(lower string) bool {
	switch strings.TrimSuffix(lower, ".") {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

func dayWord(lower string) bool {
	if monthWord(lower) {
		return true
	}
	switch lower {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow", "tonight",
		"morning", "afternoon", "evening", "night", "midnight", "noon", "weekend", "week", "month", "year", "decade", "century",
		"spring", "summer", "autumn", "fall", "winter", "christmas", "easter", "earlier", "later", "recently", "now", "ago":
		return true
	}
	return false
}

func clockWord(lower string) bool {
	switch lower {
	case "a.m", "p.m", "am", "pm", "o'clock", "bc", "bce", "ad", "ce":
		return true
	}
	return false
}

func durationWord(lower string) bool {
	switch strings.TrimSuffix(lower, "s") {
	case "second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "centurie":
		return true
	}
	return false
}

func moneyWord(lower string) bool {
	switch strings.TrimSuffix(lower, "s") {
	case "dollar", "cent", "euro", "pound", "pence", "yen", "yuan", "rupee", "peso", "franc", "ruble", "rouble", "crown", "krone", "kroner",
		"krona", "kronor", "rand", "lira", "zloty", "forint", "shekel", "dinar", "dirham", "riyal", "rial", "baht", "rupiah", "hryvnia":
		return true
	}
	return false
}
