package answer

import (
	"math"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode"

	"citebot/index"
	"citebot/lexicon"
)

// kind is what a question asks for: the type of answer that is expected.
type kind uint8

const (
	kindOther    kind = iota
	kindWhen          // when, what year, which day
	kindWho           // who, whom, whose, which person
	kindWhere         // where, which city
	kindHowMany       // how many, what number, what percentage
	kindHowMuch       // how much, how old, how long, how far: a measure
	kindHow           // how
	kindWhy           // why, what caused, for what reason
	kindSay           // what did she say
	kindDo            // what did she do, what happened
	kindWhatNoun      // what treaty, which network
	kindWhatIs        // what is a quark, who is she: a definition
	kindWhat          // any other what
	kindYesNo         // is it, did she
	kinds             // how many kinds there are
)

func (k kind) String() string {
	return [...]string{"other", "when", "who", "where", "how many", "how much", "how", "why", "say", "do", "what noun", "what is", "what",
		"yes/no"}[k]
}

// maxTokens bounds the words of a question that are read at all, the first ones: a text pasted by mistake is no question.
const maxTokens = 500

// maxTerms bounds the terms of a question that count, the rarest ones: a bit each in a match set.
const maxTerms = 32

// term is a content word of a question.
type term struct {
	text   string // as the index has it
	word   string // as written, in lower case
	id     index.TermID
	idf    float64 // weight: how telling the term is in the scope
	name   bool    // a proper name
	number bool
	title  bool // in the article's title too
	focus  bool // the noun of "what treaty"
	at     int  // position among the question's tokens
}

// contrasts reports whether words that are like the term say something else rather than the same: June is not July.
func (t term) contrasts() bool { return t.name || t.number || dayWord(t.word) }

// question is a question as understood for articles of one language.
type question struct {
	text    string
	tokens  []index.Token
	words   []string // of tokens, in lower case and with straight apostrophes
	terms   []term
	ids     []index.TermID // of tokens, stop words too; see weigh
	asking  []string       // the words that ask: "how", "many"
	kind    kind
	aspect  aspect
	english bool

	gender     uint8   // of its pronouns where they stand for nobody in it: male, female
	lean       float64 // 0..1: how far it leans on the conversation
	more       bool    // asks for something other or further
	next       bool    // asks for what came next
	says       bool    // asks about what somebody says or thinks
	several    bool    // asks for more than one: "which countries"
	mood       mood    // of its modal verbs
	denies     bool    // denies something
	base       int     // terms[:base] are its own
	carriedEnd int     // terms[base:carriedEnd] are the last question's, those after it the last answer's
}

// interpret reads a question with the analyzer of the articles that are to answer it. Terms have no IDs or weights yet: they
// depend on the scope that is searched.
func interpret(text string, analyzer *index.Analyzer, lex *lexicon.Lexicon) *question {
	text = legible(text)
	q := &question{text: text, tokens: analyzer.Tokens(text), english: analyzer.English(), denies: denies(text)}
	q.tokens = q.tokens[:min(len(q.tokens), maxTokens)]
	for _, t := range q.tokens {
		q.words = append(q.words, strings.ToLower(strings.ReplaceAll(text[t.Start:t.End], "’", "'")))
	}
	words := q.words
	focus := -1
	if q.english {
		q.kind, focus = expected(words, q.tokens, lex)
		q.aspect = aspectOf(words)
		q.says = reports(words)
		q.several = focus >= 0 && q.kind != kindHowMany && plural(words[focus], lex)
	}
	seen := map[string]bool{}
	for i, w := range words {
		q.more = q.more || asksForMore(words, i)
		q.next = q.next || asksForNext(words, i)
		q.gender |= pronounGender(w)
		q.mood |= moodOf(w)
		if interrogative(w) {
			q.asking = append(q.asking, w)
		}
	}
	for i, t := range q.tokens {
		if t.Stop || seen[t.Term] || (q.english && interrogative(words[i])) {
			continue
		}
		seen[t.Term] = true
		q.terms = append(q.terms, term{text: t.Term, word: words[i], id: -1, at: i, focus: i == focus,
			name:   i > 0 && startsUpper(text[t.Start:]) && !dayWord(words[i]) && analyzer.CapitalsTell(),
			number: isDigit(words[i][0]) || dayWord(words[i]) && startsUpper(text[t.Start:])})
	}
	return q
}

// legible is text without what nobody sees in it: bytes that are no UTF-8 are spaces, and marks of direction, soft hyphens and their
// like are gone, which would make another word of the one that they are in. The joiners of some scripts stay.
func legible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, " "))
}

// plural reports whether a noun is one.
func plural(noun string, lex *lexicon.Lexicon) bool {
	if strings.HasSuffix(noun, "s") {
		lemmas := lex.Lemmas(noun)
		return len(lemmas) > 0 && lemmas[0] != noun
	}
	return noun == "people" || lex.Irregular(noun) != ""
}

// asksForMore reports whether word i asks for something other, or for what came next.
func asksForMore(words []string, i int) bool {
	switch words[i] {
	case "else", "other", "next", "another", "afterwards", "afterward":
		return true
	case "then":
		return i == len(words)-1
	}
	return asksForNext(words, i)
}

// asksForNext reports whether a question ends, at word i, by asking for what came after something: "What happened next?"
func asksForNext(words []string, i int) bool {
	switch words[i] {
	case "next", "afterwards", "afterward":
		return i == len(words)-1
	case "after":
		return i+2 == len(words) && (words[i+1] == "that" || words[i+1] == "this")
	}
	return false
}

// interrogative reports whether a content word only helps to ask.
func interrogative(word string) bool {
	switch word {
	case "what", "who", "whom", "whose", "when", "where", "why", "how", "which", "many", "much", "what's", "who's", "where's", "please":
		return true
	}
	return false
}

// expected is the type of answer that a question expects, and the position of the noun that it asks for (-1: none).
func expected(words []string, tokens []index.Token, lex *lexicon.Lexicon) (kind, int) {
	first := 0
	for first < len(words)-1 && (words[first] == "and" || words[first] == "but" || words[first] == "so" || words[first] == "or") {
		first++
	}
	at := -1
	for i, w := range words {
		if questionWord(w) {
			at = i
			break
		}
	}
	if first < len(words) && auxiliary(words[first]) && (at < 0 || first+1 < len(words) && words[first+1] != "you") {
		return kindYesNo, -1 // a question word further on only joins clauses: "did he run when they found him?"
	}
	if len(words) > 2 && words[1] == "of" && (words[0] == "number" || words[0] == "amount") {
		return kindHowMany, nounFrom(words, tokens, 2)
	}
	if at < 0 {
		return expectedUnasked(words, tokens, lex)
	}
	next := func(n int) string {
		if at+n < len(words) {
			return words[at+n]
		}
		return ""
	}
	switch strings.TrimSuffix(words[at], "'s") {
	case "when":
		return kindWhen, -1
	case "who", "whom", "whose":
		return kindWho, -1
	case "where":
		return kindWhere, -1
	case "why":
		return kindWhy, -1
	case "how":
		switch next(1) {
		case "many":
			return kindHowMany, nounFrom(words, tokens, at+2)
		case "much", "old", "long", "far", "tall", "big", "high", "large", "deep", "fast", "often", "heavy", "wide", "late", "soon",
			"cold", "hot", "strong", "young", "small", "short", "close", "thick", "early", "quickly", "frequently":
			return kindHowMuch, -1
		case "come":
			return kindWhy, -1
		}
		return kindHow, -1
	}
	return expectedWhat(words, tokens, at, lex)
}

// expectedUnasked is expected for a question without a question word: "name the four countries", "release date in India".
func expectedUnasked(words []string, tokens []index.Token, lex *lexicon.Lexicon) (kind, int) {
	if len(words) == 0 {
		return kindOther, -1
	}
	if words[len(words)-1] == "because" {
		return kindWhy, -1
	}
	from := 0
	if words[0] == "name" || words[0] == "list" {
		from = 1
	}
	noun := nounFrom(words, tokens, from)
	if noun >= 0 {
		if k, ok := nounKind(words[noun], lex); ok {
			return k, noun
		}
		if from > 0 {
			return kindWhatNoun, noun
		}
	}
	return kindOther, -1
}

// expectedWhat is expected for a question with what or which at position at.
func expectedWhat(words []string, tokens []index.Token, at int, lex *lexicon.Lexicon) (kind, int) {
	if at+1 >= len(words) {
		return kindWhat, -1
	}
	next := words[at+1]
	if next == "happened" || next == "happens" {
		return kindDo, -1
	}
	contracted := strings.HasSuffix(words[at], "'s") || words[at] == "whats"
	if !contracted && !tokens[at+1].Stop && !auxiliary(next) && !reportingVerb(next) {
		noun := nounFrom(words, tokens, at+1)
		if k, ok := nounKind(words[noun], lex); ok {
			return k, noun
		}
		if !reports(words[at+1:]) {
			return kindWhatNoun, noun
		}
	}
	if reports(words[at+1:]) {
		return kindSay, -1
	}
	if next == "did" || next == "does" || next == "do" {
		if last := words[len(words)-1]; last == "do" || last == "doing" {
			return kindDo, -1
		}
		return kindWhat, -1
	}
	if contracted || copula(next) {
		noun := nounFrom(words, tokens, at+2)
		if contracted {
			noun = nounFrom(words, tokens, at+1)
		}
		if noun >= 0 && asksForNoun(words, noun) {
			if k, ok := nounKind(words[noun], nil); ok {
				return k, noun
			}
		}
		if len(words)-at <= 5 {
			return kindWhatIs, noun
		}
		return kindWhat, noun
	}
	return kindWhat, -1
}

// asksForNoun reports whether "what is the NOUN" asks for the noun, as in "what is the age of", not in "what is the man doing".
func asksForNoun(words []string, noun int) bool {
	if noun+1 >= len(words) {
		return true
	}
	switch words[noun+1] {
	case "of", "in", "for", "at", "on", "to", "from", "that", "who", "when", "where", "between", "by":
		return true
	}
	return false
}

// reports reports whether somebody says something in a question, or thinks it. What could be announced, or is believed, does not ask
// for anybody's words.
func reports(words []string) bool {
	for i, w := range words {
		passive := i > 0 && (copula(words[i-1]) || words[i-1] == "be" || words[i-1] == "been" || words[i-1] == "being")
		if reportingVerb(w) && (!passive || w == "said" || w == "told") {
			return true
		}
	}
	return false
}

// nounFrom is the position of the head noun of the phrase that starts at i: its last content word before a verb or a preposition.
func nounFrom(words []string, tokens []index.Token, i int) int {
	noun := -1
	for ; i < len(words); i++ {
		if tokens[i].Stop || auxiliary(words[i]) {
			if noun >= 0 {
				break
			}
			continue
		}
		if noun >= 0 && i > noun+1 {
			break
		}
		noun = i
		if i+1 < len(words) && (strings.HasSuffix(words[i+1], "ed") || auxiliary(words[i+1])) {
			break
		}
	}
	return noun
}

// nounKind is what "what NOUN" asks for where the noun tells, by itself or, given a lexicon, as a word for people.
func nounKind(noun string, lex *lexicon.Lexicon) (kind, bool) {
	switch strings.TrimSuffix(noun, "s") {
	case "year", "date", "day", "month", "time", "century", "centurie", "decade", "period", "era", "season":
		return kindWhen, true
	case "person", "people", "man", "woman", "actor", "actress", "author", "player", "president", "leader", "king", "queen", "singer",
		"scientist", "artist", "writer", "director", "character", "founder":
		return kindWho, true
	case "city", "citie", "country", "countrie", "state", "place", "location", "region", "continent", "town", "area", "river", "county",
		"province", "nation", "island", "street":
		return kindWhere, true
	case "percentage", "percent", "number", "amount", "proportion", "fraction", "population", "age", "total", "rate", "price", "cost", "size",
		"length", "height", "distance", "speed", "temperature", "score", "salary":
		return kindHowMuch, true
	case "reason", "cause", "purpose":
		return kindWhy, true
	}
	return kindWho, lex != nil && lex.Kinds(noun)&lexicon.Person != 0
}

func questionWord(w string) bool {
	switch strings.TrimSuffix(w, "'s") {
	case "what", "whats", "who", "whom", "whose", "when", "where", "why", "how", "which":
		return true
	}
	return false
}

func auxiliary(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "shall",
		"should", "may", "might", "must", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't":
		return true
	}
	return false
}

func copula(w string) bool { return w == "is" || w == "are" || w == "was" || w == "were" }

func reportingVerb(w string) bool {
	switch w {
	case "say", "says", "said", "saying", "tell", "tells", "told", "claim", "claims", "claimed", "write", "wrote", "announce", "announced",
		"argue", "argued", "believe", "believes", "think", "thinks", "stated", "warn", "warned", "promise", "promised", "deny", "denied":
		return true
	}
	return false
}

// weigh gives the terms their IDs and weights in a scope, drops the least telling ones past maxTerms, and returns the whole weight.
func (q *question) weigh(sc *scope) {
	q.ids = make([]index.TermID, len(q.tokens))
	for i, t := range q.tokens {
		q.ids[i] = sc.library.Term(t.Term)
	}
	for i := range q.terms {
		q.terms[i].id = sc.library.Term(q.terms[i].text)
	}
	sc.count(q.terms)
	for i := range q.terms {
		t := &q.terms[i]
		t.idf = sc.idf(t)
		t.name = t.name || !t.number && sc.facts.names.isName(t.id)
		t.title = sc.inTitle(t.id)
		if sc.facts.people[t.id] {
			q.gender = 0 // "what does Trump say he did": he is in the question
		}
	}
	if len(q.terms) > maxTerms {
		sort.SliceStable(q.terms, func(i, j int) bool { return q.terms[i].idf > q.terms[j].idf })
		q.terms = q.terms[:maxTerms]
		sort.SliceStable(q.terms, func(i, j int) bool { return q.terms[i].at < q.terms[j].at })
	}
}

// weightOf adds up the weights of a set of terms.
func (q *question) weightOf(set uint64) float64 {
	sum := 0.0
	for ; set != 0; set &= set - 1 {
		sum += q.terms[bits.TrailingZeros64(set)].idf
	}
	return sum
}

// inverseDocumentFrequency is Robertson's and Spärck Jones's weight of a term that df of n sentences have, kept above 0.
func inverseDocumentFrequency(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// doing is the term of the verb that follows who in "who governed the territory", -1 if there is none.
func (q *question) doing() int {
	for i := range q.tokens {
		if q.kind != kindWho || q.words[i] != "who" || i+1 == len(q.tokens) {
			continue
		}
		verb := i + 1
		if auxiliary(q.words[verb]) {
			verb++
		}
		return slices.IndexFunc(q.terms[:q.base], func(t term) bool { return t.at == verb })
	}
	return -1
}

// abbreviations are the question's words of two to six capitals, without their full stops; none if all of it is in capitals.
func (q *question) abbreviations() []string {
	if strings.ToUpper(q.text) == q.text {
		return nil
	}
	var found []string
	for _, t := range q.tokens {
		word := strings.ReplaceAll(q.text[t.Start:t.End], ".", "")
		if len(word) >= 2 && len(word) <= 6 && strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			found = append(found, word)
		}
	}
	return found
}
