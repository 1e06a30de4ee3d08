package corpus

import "strings"

// Nobody writes clauses that go beyond these; that they are bounded keeps the time linear in the text, whatever it is.
const (
	clauseReach = 100 // pieces from a quotation or cue back to its subject
	mostCues    = 12  // in a sentence
)

// clauses reads the pieces of a paragraph for subjects and cues.
type clauses struct {
	text    string
	ps      []piece
	names   *names
	english bool // the article is in English, for all that is known
}

// word is piece i in lower case, if it is a word but no name: a capitalised word stays as it is, unless it is a plain one
// that begins a sentence. So names are in none of the tables.
func (c *clauses) word(i int) string {
	if i < 0 || i >= len(c.ps) || c.ps[i].kind != pieceWord {
		return ""
	}
	raw := c.raw(i)
	lower := strings.ToLower(raw)
	if isCapital(raw) && raw != "I" && !isContraction(lower) && !(c.ps[i].first && isPlain(lower)) {
		return raw
	}
	return lower
}

// pronoun is the pronoun that piece i is, or begins with (he's); "" if it is none.
func (c *clauses) pronoun(i int) string {
	stem, _, _ := strings.Cut(strings.ReplaceAll(c.word(i), "’", "'"), "'")
	if isPronoun(stem) {
		return stem
	}
	return ""
}

func (c *clauses) kind(i int) pieceKind {
	if i < 0 || i >= len(c.ps) {
		return pieceOther
	}
	return c.ps[i].kind
}

func (c *clauses) raw(i int) string { return c.text[c.ps[i].Start:c.ps[i].End] }

func (c *clauses) rawOr(i int) string {
	if i >= len(c.ps) {
		return ""
	}
	return c.raw(i)
}

// sentenceStart is the first piece of the sentence that piece i is in.
func (c *clauses) sentenceStart(i int) int {
	for i > 0 && !c.ps[i].first {
		i--
	}
	return i
}

// cue reports whether piece i is a cue; loose ones only count if asked for.
func (c *clauses) cue(i int, loose bool) bool {
	word := c.word(i)
	if word == "put" || word == "puts" {
		return c.word(i+1) == "it"
	}
	if word == "" || isCapital(c.raw(i)) || !isCue(word) && !(loose && isLooseCue(word)) || c.kind(i+1) == piecePossessive {
		return false
	}
	last := c.word(i - 1)
	if isPassive(last) && !strings.HasSuffix(word, "ing") || isNegation(last) {
		return false
	}
	if isInfinitive(word) {
		for j := i - 2; last != "to" && !isPlural(last) && !isModal(last) && isAuxiliary(last); j-- {
			last = c.word(j)
		}
		return last == "to" || isPlural(last) || isModal(last)
	}
	if isNounToo(word) {
		return last != "" && (isPronoun(last) || isAuxiliary(last) || isCapital(c.raw(i-1)))
	}
	return true
}

// actor is where the pronoun or name that begins at piece i ends; i if there is none.
func (c *clauses) actor(i int) int {
	if c.pronoun(i) != "" {
		return i + 1
	}
	if found, next := c.names.at(c.text, c.ps, i); len(found.parts) > 0 {
		return next
	}
	return i
}

// bearer reports whether the cue at piece v is what a thing says: a sign that read.
func (c *clauses) bearer(v int) bool {
	if word := c.word(v); word != "read" && word != "reads" && word != "reading" && word != "said" && word != "says" && word != "saying" {
		return false
	}
	for i := v - 1; i >= 0 && i >= v-6; i-- {
		if isBearer(c.word(i)) {
			return true
		}
	}
	return false
}

// accordingTo is where "according to" ends that begins at piece i; i if there is none.
func (c *clauses) accordingTo(i int) int {
	switch {
	case c.word(i) == "according" && c.word(i+1) == "to":
		return i + 2
	case c.word(i) == "per" && c.kind(i-1) == pieceQuote:
		return i + 1
	}
	return i
}

// isVerb reports whether piece i looks like a verb in the past or present tense.
func (c *clauses) isVerb(i int) bool {
	word := c.word(i)
	return len(word) > 3 && isLower(c.raw(i)) && (strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "s")) &&
		!isLink(word) && !isPreposition(word) && !isAuxiliary(word) && !isRoleNoun(word)
}

func (c *clauses) skipAuxiliaries(i int) int {
	for c.word(i) != "" && isAuxiliary(c.word(i)) && !c.cue(i, false) {
		i++
	}
	return i
}

// endsClause reports whether a clause ends before piece i.
func (c *clauses) endsClause(i int) bool {
	if i >= len(c.ps) || c.ps[i].first {
		return true
	}
	k := c.ps[i].kind
	return k == pieceStop || k == pieceComma || k == pieceQuote || k == pieceDash || k == pieceSemicolon ||
		isPreposition(c.word(i)) || isDate(c.word(i)) || c.word(i) == "it"
}
