package answer

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citebot/lexicon"
)

// unmet is what of a question its best candidate leaves unmet: names swapped for others, words turned to their opposite, an
// attribute that the article never gives. All are shares or truths, 0..1.
type unmet struct {
	names, namesAround float64 // share of the question's names that the sentence, and its paragraph, lack
	numbers            float64 // share of its numbers that the sentence lacks
	negation           float64 // the question denies, the sentence does not
	heaviest           float64 // the weight of the heaviest term that nothing around has, against the heaviest of all
	focus, focusAround float64 // what is asked for ("population") is not in the article, nor around the sentence
	others             float64 // share of the terms that are no names which the article has
	paragraph          float64 // share of the terms that the paragraph has
	opposite           float64 // a missing term has a close but unrelated word in the sentence
	age                float64 // an age is asked for, and the sentence has none
	antonyms           float64 // words of the question whose antonym the sentence has in their place, halved, up to 1
	misspelt           float64 // share of the terms that the sentence has but for a letter or an accent
	namesSwapped       float64 // a name is missing, and the sentence has others
	numbersSwapped     float64 // a number is missing, and the sentence has others
	elsewhere          float64 // share of the terms that the article has, but not the paragraph
	reach              float64 // how far the first and last matched words are apart, as a share of the sentence
	between            float64 // other content words between them, in dozens
	density            float64 // share of the words from the first to the last matched one that are matched

	beyond beyond  // what the question has beyond the title
	phrase phrases // what in the sentence could be the answer

	modifiers, modifiersSwapped, heads float64 // of neighbouring terms only the second is matched; and has another word before it; only the first

	missing [parts]float64   // by part of speech: share of the terms that neither the article nor its title has
	far     [parts]float64   // by part of speech: terms that nothing near the sentence comes close to, in threes
	close   [bands]float64   // by likeness: share of the terms that the sentence has no word for but one about so close in meaning
	narrow  [narrows]float64 // by word of narrows: the question has it, the sentence has not
}

func newUnmet(v *view) unmet {
	var u unmet
	article := v.articleTerms(v.s.Article) | v.titleTerms
	around := v.ms.exact | v.nearExact(-1) | v.nearExact(1) | v.titleTerms
	var names, numbers, others, all, heaviest, missing float64
	for i, t := range v.q.terms[:v.base] {
		bit := uint64(1) << i
		all += t.idf
		heaviest = max(heaviest, t.idf)
		lacking := t.idf * truth(v.ms.exact&bit == 0)
		lackingAround := t.idf * truth((v.paragraph|v.titleTerms)&bit == 0)
		u.paragraph += t.idf - lackingAround
		switch {
		case t.name:
			names += t.idf
			u.names += lacking
			u.namesAround += lackingAround
		case t.number:
			numbers += t.idf
			u.numbers += lacking
		default:
			others += t.idf
			u.others += t.idf * max(truth(article&bit != 0), v.foundOtherwise(i))
		}
		if around&bit == 0 && v.ms.related[i] < 0.3 && v.ms.soft[i] < 0.55 {
			missing = max(missing, t.idf)
		}
		if t.focus {
			u.focus = truth(article&bit == 0) * (1 - v.foundOtherwise(i))
			u.focusAround = truth(around&bit == 0 && v.ms.related[i] < 0.3)
		}
		if !t.name && v.ms.exact&bit == 0 && v.ms.soft[i] > 0.6 && v.ms.related[i] < 0.2 {
			u.opposite = 1
		}
	}
	u.compare(v)
	divide := func(x *float64, by float64) {
		if by > 0 {
			*x /= by
		}
	}
	divide(&u.names, names)
	divide(&u.namesAround, names)
	divide(&u.numbers, numbers)
	if others == 0 {
		u.others, others = 1, 1
	}
	divide(&u.others, others)
	divide(&u.paragraph, all)
	u.heaviest = missing
	divide(&u.heaviest, heaviest)
	u.negation = truth(v.q.denies && !denies(v.s.Text))
	u.age = truth(asksAge(v.q) && !givesAge(v.s.Text))
	return u
}

// part is a part of speech, as far as it can be told from the word alone.
type part int

const (
	partName part = iota
	partNumber
	partNoun
	partVerb
	partAdjective
	partNounOrVerb
	partOther
	parts // how many there are
)

func (p part) String() string {
	return [...]string{"name", "number", "noun", "verb", "adjective", "noun or verb", "other word"}[p]
}

func (v *view) partOf(t term) part {
	k := v.words.Kinds(t.word)
	switch {
	case t.name:
		return partName
	case t.number:
		return partNumber
	case k&lexicon.Noun != 0 && k&lexicon.Verb != 0:
		return partNounOrVerb
	case k&lexicon.Noun != 0:
		return partNoun
	case k&lexicon.Adjective != 0:
		return partAdjective
	case k&lexicon.Verb != 0:
		return partVerb
	}
	return partOther
}

// closeBands are the cosines from which two words count as hardly, somewhat, rather and very close.
var closeBands = [...]float64{-1, 0.35, 0.5, 0.65}

const bands = len(closeBands)

// narrowing are words that narrow down what is asked for, so that a sentence without them may be about something else.
var narrowing = [...]string{"first", "last", "only", "other", "else", "besides", "than", "instead", "without", "outside", "non", "both", "same", "all",
	"always", "most", "least", "more", "less", "after", "before", "during", "between", "type", "kind", "name", "called", "three", "two", "original", "new"}

const narrows = len(narrowing)

// compare fills in what a word by word comparison with the sentence tells.
func (u *unmet) compare(v *view) {
	words := make([]string, len(v.s.Words))
	for i := range words {
		words[i] = v.lower(i)
	}
	article, own := v.articleTerms(v.s.Article), v.q.terms[:v.base]
	near := v.nearExact(-1) | v.nearExact(1) | v.titleTerms
	for i, t := range own {
		bit, share, p := uint64(1)<<i, t.idf/v.all, v.partOf(t)
		if v.ms.exact&bit != 0 {
			continue
		}
		related, likeness := v.ms.related[i], v.likeness(i)
		if related < relatedFloor && likeness > -1 {
			band := 0
			for band+1 < bands && likeness > closeBands[band+1] {
				band++
			}
			u.close[band] += share
		}
		if near&bit == 0 && related < 0.3 && v.ms.soft[i] < 0.55 {
			u.far[p] += 1.0 / 3
		}
		switch {
		case (near|v.paragraph)&bit != 0:
		case article&bit != 0:
			u.elsewhere += share
		default:
			u.missing[p] += share
		}
		for _, w := range words {
			if misspelt(t.word, w) {
				u.misspelt += share
				break
			}
		}
		u.namesSwapped = max(u.namesSwapped, truth(t.name && v.mentionsNew(mentionKind.naming)))
		u.numbersSwapped = max(u.numbersSwapped, truth(t.number && v.mentionsNew(mentionKind.counting)))
	}
	u.neighbours(v)
	u.reach, u.between, u.density = v.matchedStretch()
	u.beyond = v.beyondTitle()
	u.phrase = v.phrases()
	if !v.q.english {
		return
	}
	u.antonyms = min(1, float64(v.antonyms(words))/2)
	for n, w := range narrowing {
		u.narrow[n] = truth(v.q.has(w) && !slices.Contains(words, w))
	}
}

// neighbours looks at terms that stand next to each other in the question.
func (u *unmet) neighbours(v *view) {
	for i, t := range v.q.terms[:v.base] {
		if i+1 >= v.base || v.q.terms[i+1].at != t.at+1 {
			continue
		}
		switch at, next := v.ms.at[i], v.ms.at[i+1]; {
		case at < 0 && next >= 0:
			u.modifiers += t.idf / v.all
			if next > 0 && !v.s.Words[next-1].Stop && v.reach(v.s.Words[next-1].Term).exact < 0 {
				u.modifiersSwapped += 1.0 / 2
			}
		case at >= 0 && next < 0:
			u.heads += t.idf / v.all
		}
	}
}

// likeness is the cosine of term i and the closest word of the sentence that is not in the question; -1 if either has no vector.
func (v *view) likeness(i int) float64 {
	best := -1.0
	for _, w := range v.s.Words {
		if id := v.facts.vectors[w.Term]; v.vectors[i] >= 0 && !w.Stop && id >= 0 && v.reach(w.Term).exact < 0 {
			best = max(best, v.words.Cosine(v.vectors[i], int(id)))
		}
	}
	return best
}

// mentionsNew reports whether the sentence mentions something new of the kinds asked for.
func (v *view) mentionsNew(of func(mentionKind) bool) bool {
	return slices.ContainsFunc(v.facts.mentions[v.s.Number], func(m mention) bool { return of(m.kind) && v.isNew(m) })
}

// matchedStretch looks at the sentence from its first to its last word of the question: what share of the sentence that is, how
// many other content words it has, in dozens, and what share of it is matched.
func (v *view) matchedStretch() (reach, between, density float64) {
	first, last, count := -1, -1, 0
	for i := range v.s.Words {
		if v.matched(i) {
			if first < 0 {
				first = i
			}
			last = i
			count++
		}
	}
	if first < 0 {
		return 0, 0, 0
	}
	for i := first; i <= last; i++ {
		between += truth(!v.s.Words[i].Stop && !v.matched(i))
	}
	length := float64(last - first + 1)
	return length / float64(len(v.s.Words)), min(1, between/12), float64(count) / length
}

// beyond is what a question has beyond the title of the article, which everything in it is about.
type beyond struct {
	matched, all, heaviest float64 // the weight of its terms that the sentence has, of all, and of the heaviest that it has; in tens, tens, fives
	share                  float64 // of that weight that the sentence has; 1 if there is none
	none, one, terms       float64 // no such term, one, how many in eights
}

func (v *view) beyondTitle() beyond {
	var b beyond
	n := 0
	for i, t := range v.q.terms[:v.base] {
		if v.titleTerms&(1<<i) != 0 {
			continue
		}
		n++
		b.all += t.idf / 10
		if v.ms.exact&(1<<i) != 0 {
			b.matched += t.idf / 10
			b.heaviest = max(b.heaviest, t.idf/5)
		}
	}
	b.share = 1
	if b.all > 0 {
		b.share = b.matched / b.all
	}
	b.none, b.one, b.terms = truth(n == 0), truth(n == 1), math.Min(float64(n), 8)/8
	return b
}

// phrases is what in the sentence could be the answer, by the weights that emphasis has.
type phrases struct {
	none       float64 // there is nothing
	best, all  float64 // score of the likeliest, and of all together, in fives
	likeliness float64 // of the likeliest among all
}

func (v *view) phrases() phrases {
	spans, top, sum := v.weighedSpans()
	if len(spans) == 0 {
		return phrases{none: 1, best: -1, all: -1}
	}
	return phrases{0, top / 5, (top + math.Log(sum)) / 5, 1 / sum}
}

// antonyms counts the words of the question that the sentence, given in lower case, has the opposite of instead.
func (v *view) antonyms(words []string) int {
	n := 0
	for i := range v.q.tokens {
		word := v.q.words[i]
		if slices.Contains(words, word) {
			continue
		}
		if interrogative(word) || auxiliary(word) {
			continue
		}
		opposites := append(v.words.Opposites(word), contrary(word)...)
		for _, other := range words {
			if v.q.has(other) {
				continue
			}
			if denied(word, other) || v.isOneOf(other, opposites) {
				n++
				break
			}
		}
	}
	return n
}

// isOneOf reports whether a word, or what it is inflected from, is among others.
func (v *view) isOneOf(word string, others []string) bool {
	if len(others) == 0 || slices.Contains(others, word) {
		return len(others) > 0
	}
	return slices.ContainsFunc(v.words.Lemmas(word), func(l string) bool { return slices.Contains(others, l) })
}

// has reports whether the question has a word, given in lower case, stop words included.
func (q *question) has(word string) bool {
	return slices.Contains(q.words, word)
}

// denied reports whether one of two words is the other with a prefix that turns it round.
func denied(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	prefix, ok := strings.CutSuffix(b, a)
	if !ok || len(a) < 4 {
		return false
	}
	switch prefix {
	case "un", "in", "im", "non", "non-", "dis", "ir", "il", "anti", "anti-", "de", "counter":
		return true
	}
	return false
}

// contrary is what stands against a word beyond WordNet's antonyms: small words that order, compare and place.
func contrary(word string) []string {
	for _, pair := range [...][2]string{{"before", "after"}, {"above", "below"}, {"over", "under"}, {"up", "down"}, {"more", "fewer"}, {"most", "fewest"},
		{"all", "none"}, {"many", "few"}, {"with", "without"}, {"inside", "outside"}, {"same", "other"}, {"only", "other"}, {"only", "also"},
		{"into", "out"}, {"earliest", "latest"}, {"highest", "lowest"}, {"largest", "smallest"}, {"former", "latter"}, {"start", "end"}, {"increase", "decline"}} {
		switch word {
		case pair[0]:
			return pair[1:]
		case pair[1]:
			return pair[:1]
		}
	}
	return nil
}

// denies reports whether a text has a word of negation.
func denies(text string) bool {
	for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(text, "’", "'"))) {
		word = strings.Trim(word, ".,;:?!\"“”()")
		if negates(word) {
			return true
		}
		switch word {
		case "no", "without", "cannot", "none", "neither", "nor", "nobody", "nothing", "except", "fail", "failed", "least", "unable":
			return true
		}
	}
	return false
}

// negates reports whether a word turns a verb round.
func negates(word string) bool {
	return word == "not" || word == "never" || strings.HasSuffix(word, "n't")
}

// misspelt reports whether two different words of at least five letters are the same but for accents and one letter, not the
// first, that is other, missing, or swapped with the next. Numbers are never misspelt.
func misspelt(a, b string) bool {
	if len(a) < 5 || len(b) < 5 || a == b || isDigit(a[0]) || max(len(a), len(b))-min(len(a), len(b)) > 4 {
		return false
	}
	x, y := unaccented(a), unaccented(b)
	if x[0] != y[0] {
		return false
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(y) && x[i] == y[i] {
		i++
	}
	switch {
	case len(x) > len(y)+1:
		return false
	case len(x) == len(y)+1:
		return string(x[i+1:]) == string(y[i:])
	case i == len(x) || string(x[i+1:]) == string(y[i+1:]):
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
}

// unaccented are the letters of a word without their accents.
func unaccented(word string) []rune {
	if isASCII(word) {
		return []rune(word)
	}
	var letters []rune
	for _, r := range norm.NFD.String(word) {
		if !unicode.Is(unicode.Mn, r) {
			letters = append(letters, r)
		}
	}
	return letters
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func asksAge(q *question) bool {
	for i, w := range q.asking {
		if w == "how" && i == 0 && strings.Contains(strings.ToLower(q.text), "how old") {
			return true
		}
	}
	return false
}

// givesAge reports whether a text tells how old somebody or something is.
func givesAge(text string) bool {
	lower := strings.ToLower(text)
	for _, sign := range [...]string{"year-old", "years old", "aged", "years of age", "months old", "month-old", "years", "turned", "birthday", ", 1", ", 2", ", 3",
		", 4", ", 5", ", 6", ", 7", ", 8", ", 9", "century", "born"} {
		if strings.Contains(lower, sign) {
			return true
		}
	}
	return false
}
