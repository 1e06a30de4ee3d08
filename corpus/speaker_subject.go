package corpus

import "strings"

// subject is who is said to speak, as the text puts it.
type subject struct {
	Span
	kind   subjectKind
	people []*person // of a named subject: one, or several joined by "and"
	text   string    // as written
}

type subjectKind uint8

const (
	noSubject subjectKind = iota
	namedSubject
	pronounSubject
	roleSubject // a noun phrase: the officials
)

// phrase is what the noun phrase in pieces [i, end) means: a pronoun, the name or names it ends with (Obama consultant
// Cornell Belcher), what comes after "of" and the like left out, or else a role.
func (c *clauses) phrase(i, end int) subject {
	for i < end && (c.word(i) == "even" || c.word(i) == "as" || c.word(i) == "like") {
		i++
	}
	for end > i && isDate(strings.ToLower(c.raw(end-1))) {
		end--
	}
	if i >= end || c.ps[end-1].kind == piecePossessive || isPreposition(c.word(end-1)) {
		return subject{}
	}
	if pronoun := c.pronoun(i); end == i+1 && pronoun != "" {
		return subject{Span: c.ps[i].Span, kind: pronounSubject, text: pronoun}
	}
	if word := c.word(i); word != "" && !isDeterminer(word) && !isPronoun(word) && (isPreposition(word) || isLink(word)) {
		return subject{}
	}
	if word := strings.ToLower(c.word(i)); isContraction(word) || isPronoun(word) && word != "one" && c.word(i+1) != "of" && !isDeterminer(word) {
		return subject{}
	}
	core := i + 1
	for core < end && !(isPreposition(c.word(core)) && isLower(c.raw(core))) {
		core++
	}
	whole := Span{c.ps[i].Start, c.ps[end-1].End}
	people := c.peopleAtEnd(i, core)
	if len(people) > 0 {
		return subject{Span: whole, kind: namedSubject, people: people, text: c.text[whole.Start:whole.End]}
	}
	return c.role(i, core, end)
}

// role is the noun phrase in pieces [i, end), which ends with a common noun before piece core: it needs a determiner, or a
// plural. What a participle adds is left out.
func (c *clauses) role(i, core, end int) subject {
	determined := isDeterminer(strings.ToLower(c.raw(i))) || c.kind(i) == pieceNumber || c.ps[i].kind == pieceWord && isCapital(c.raw(i)) && !c.ps[i].first
	for j := i + 2; j < core; j++ {
		if word := c.word(j); isLower(c.raw(j)) && strings.HasSuffix(word, "ed") && c.word(j-1) != "" {
			core, end = j, j
		}
	}
	last, first := c.word(core-1), c.word(i)
	if last == "" || isPlainFunction(last) || isTime(last) || strings.HasSuffix(first, "ing") || strings.HasSuffix(first, "ed") {
		return subject{}
	}
	for j := i; j < core; j++ {
		determined = determined || c.ps[j].kind == piecePossessive
	}
	if !determined && !(isPlural(last) || last == "police" || last == "percent") {
		return subject{}
	}
	text := c.text[c.ps[i].Start:c.ps[end-1].End]
	if word, rest, ok := strings.Cut(text, " "); ok && isDeterminer(strings.ToLower(word)) {
		text = strings.ToLower(word) + " " + rest
	}
	return subject{Span: Span{c.ps[i].Start, c.ps[end-1].End}, kind: roleSubject, text: text}
}

// peopleAtEnd are the persons whose names pieces [i, end) end with.
func (c *clauses) peopleAtEnd(i, end int) []*person {
	var people []*person
	for j := i; j < end; {
		found, next := c.names.at(c.text, c.ps[:end], j)
		switch {
		case len(found.parts) > 0 && c.kind(next) != piecePossessive:
			if p := c.names.person(found); p != nil {
				people = append(people, p)
			}
		case c.word(j) != "and" && c.kind(j) != pieceComma:
			people = nil
		}
		j = next
	}
	return people
}

// phraseAfter reads the noun phrase that a cue before piece i has as its subject, and returns where to read on.
func (c *clauses) phraseAfter(i int) (subject, int) {
	end := i
	named := false
	for end < len(c.ps) && end-i < 14 && c.ps[end].kind <= piecePossessive && !c.ps[end].first {
		word := c.word(end)
		if isLower(c.raw(end)) && word != "" && word != "the" {
			if end > i && (isLink(word) && word != "and" || isPreposition(word) && (named || word != "of" && word != "for" && word != "at" && word != "from" && word != "with")) {
				break
			}
			if c.cue(end, true) || word == "as" {
				break
			}
			if word == "and" && !(named && isCapital(c.rawOr(end+1))) {
				break
			}
		}
		if found, next := c.names.at(c.text, c.ps, end); len(found.parts) > 0 {
			if next < len(c.ps) && (c.ps[next].kind != pieceWord || !isLower(c.raw(next)) || isLink(c.word(next)) || isPreposition(c.word(next)) || isAuxiliary(c.word(next))) {
				named = c.kind(next) != piecePossessive
			} else if i > 0 && isForeignCue(c.word(i-1)) {
				end = next
				break
			}
			end = next
			continue
		}
		end++
	}
	return c.phrase(i, end), end
}

// phraseBefore reads back the noun phrase that ends with piece i.
func (c *clauses) phraseBefore(i, from int) subject {
	if i < from {
		return subject{}
	}
	if pronoun := c.pronoun(i); pronoun != "" && !(i > from && isDeterminer(c.word(i-1))) {
		return subject{Span: c.ps[i].Span, kind: pronounSubject, text: pronoun}
	}
	if isTime(c.word(i)) {
		return subject{}
	}
	start := i
	for j := i; j >= from && i-j < 14; j-- {
		p := c.ps[j]
		if p.kind > piecePossessive {
			break
		}
		word := c.word(j)
		if word != "" && isLower(c.raw(j)) || p.first {
			if isPreposition(word) {
				if j == from || word != "of" && word != "for" && word != "at" && word != "from" && word != "with" || !c.nounLike(j-1) {
					break
				}
				continue
			}
			if c.cue(j, false) && j < i || isLink(word) && word != "and" || isAuxiliary(word) {
				break
			}
			if word == "and" && !(j > from && isCapital(c.raw(j-1)) && isCapital(c.raw(j+1))) {
				break
			}
		}
		start = j
		if isDeterminer(word) && !(j > from && c.word(j-1) == "of") && !(j > from && isPreposition(c.word(j-1)) && j-2 >= from && c.nounLike(j-2)) {
			break
		}
		if p.first {
			break
		}
	}
	s := c.phrase(start, i+1)
	if start > from && isPreposition(c.word(start-1)) && (s.kind != namedSubject || c.nameBegins(start)) {
		return c.phraseAt(from, start-1) // protesters marching through the streets chanted
	}
	if s.kind == noSubject {
		return c.nameBefore(i, start)
	}
	return s
}

// nameBefore is the name that ends with piece i, and begins at piece from or after it.
func (c *clauses) nameBefore(i, from int) subject {
	for j := from; j <= i; {
		found, next := c.names.at(c.text, c.ps[:i+1], j)
		if p := c.names.person(found); p != nil && len(found.parts) > 0 && next == i+1 {
			return subject{Span: found.Span, kind: namedSubject, people: []*person{p}, text: c.text[found.Start:found.End]}
		}
		j = next
	}
	return subject{}
}

// nounLike reports whether piece i can be the head of a noun phrase.
func (c *clauses) nounLike(i int) bool {
	word := c.word(i)
	return word != "" && !isLink(word) && !isPreposition(word) && !isAuxiliary(word) && !c.cue(i, true) && !isPronoun(word) || word == "one" || word == "some" || word == "both" || word == "many"
}

// nameBegins reports whether a name begins right at piece i.
func (c *clauses) nameBegins(i int) bool {
	found, _ := c.names.at(c.text, c.ps, i)
	return len(found.parts) > 0 && found.Start == c.ps[i].Start
}

// phraseAt reads the noun phrase with which the clause that ends before piece end begins, no farther back than piece from.
func (c *clauses) phraseAt(from, end int) subject {
	start := end
	for start > from && c.ps[start-1].kind <= piecePossessive && !isLink(c.word(start-1)) && !c.cue(start-1, true) {
		start--
	}
	stop := start
	for stop < end && !(stop > start && (isPreposition(c.word(stop)) || strings.HasSuffix(c.word(stop), "ing"))) {
		stop++
	}
	if stop-start > 8 {
		return subject{}
	}
	if last := c.word(stop - 1); strings.HasSuffix(last, "ed") || strings.HasSuffix(last, "ing") {
		return subject{}
	}
	return c.phrase(start, stop)
}

// subjectOf finds the subject of the cue at piece v, looking back no farther than piece from.
func (c *clauses) subjectOf(v, from int) subject {
	if c.bearer(v) {
		return subject{}
	}
	i := v - 1
	for i >= from && c.word(i) != "" && c.word(i) != "to" && isAuxiliary(c.word(i)) && !isPronoun(c.word(i)) {
		i--
	}
	if i < from {
		return subject{}
	}
	word := c.word(i)
	gerund := strings.HasSuffix(c.word(v), "ing")
	if word == "to" {
		for j := i - 1; j >= from && j >= i-4; j-- {
			if c.word(j) == "for" {
				return c.phrase(j+1, i) // only for Trump to say
			}
		}
	}
	switch {
	case word == "who" || word == "which" || word == "that":
		i--
		if c.kind(i) == pieceComma {
			i--
		}
		if c.kind(i) == pieceClose { // Sen. Ron Johnson (R-Wis.), who told
			for i > from && c.kind(i) != pieceOpen {
				i--
			}
			i--
		}
		if i < from || word == "that" && isMessage(c.word(i)) {
			return c.mainSubject(from, v)
		}
		return c.phraseBefore(i, from)
	case gerund && c.absolute(v, from).kind != noSubject:
		return c.absolute(v, from)
	case gerund || isLink(word) || isPreposition(word) || word == "to":
		return c.mainSubject(from, v)
	case c.ps[i].kind == pieceComma || c.ps[i].kind == pieceClose || c.ps[i].kind == pieceDash:
		return c.beforeInsertion(i, from, v)
	}
	return c.phraseBefore(i, from)
}

// absolute is the subject that the gerund at piece v has to itself: with the mayor calling it “…”.
func (c *clauses) absolute(v, from int) subject {
	const longest = 8
	for i := v - 2; i >= from && i >= v-longest && c.ps[i].kind <= piecePossessive; i-- {
		if c.word(i) == "with" {
			return c.phrase(i+1, v)
		}
	}
	return subject{}
}

// mainSubject is the subject of an earlier cue between pieces from and v, else what the sentence is about: its first name or
// pronoun, what is opened by a preposition left out.
func (c *clauses) mainSubject(from, v int) subject {
	for i := v - 1; i > from; i-- {
		if c.cue(i, false) && !strings.HasSuffix(c.word(i), "ing") && c.word(i-1) != "to" && !isLink(c.word(i-1)) {
			if s := c.phraseBefore(i-1, from); s.kind != noSubject {
				return s
			}
		}
	}
	i := from
	for i < v && (c.word(i) == "and" || c.word(i) == "but" || c.kind(i) == pieceComma) {
		i++
	}
	if isPreposition(c.word(i)) || isLink(c.word(i)) || strings.HasSuffix(c.word(i), "ing") {
		j := i
		for j < v && c.ps[j].kind != pieceComma {
			j++
		}
		if j < v {
			i = j + 1
		}
	}
	if end := i + 2; c.kind(v) == pieceWord && isDeterminer(c.word(i)) && end < v && c.nounLike(i+1) &&
		(isPreposition(c.word(end)) || c.word(end) == "who" || c.word(end) == "which") {
		return c.role(i, end, end) // a lawyer for Gadhafi's son
	}
	for ; i < v; i++ {
		if pronoun := c.pronoun(i); pronoun != "" {
			return subject{Span: c.ps[i].Span, kind: pronounSubject, text: pronoun}
		}
		if found, next := c.names.at(c.text, c.ps[:v], i); len(found.parts) > 0 && c.kind(next) != piecePossessive {
			if p := c.names.person(found); p != nil && !(next < v && c.followsAsNoun(next)) {
				return subject{Span: found.Span, kind: namedSubject, people: []*person{p}, text: c.text[found.Start:found.End]}
			}
			i = next - 1
		}
	}
	return subject{}
}

// beforeInsertion finds the subject before what is put between two commas, brackets or dashes, the second at piece i.
func (c *clauses) beforeInsertion(i, from, v int) subject {
	for j := i - 1; j > from; j-- {
		k := c.ps[j].kind
		if k == pieceQuote || k == pieceStop || k == pieceSemicolon {
			break
		}
		if k != pieceComma && k != pieceOpen && k != pieceDash {
			continue
		}
		inside := c.word(j + 1)
		explains := c.kind(j+1) == pieceNumber || inside == "who" || inside == "which" || isDeterminer(inside) ||
			inside != "" && isLower(c.raw(j+1)) && !isPreposition(inside) && !isLink(inside) || k != pieceComma ||
			inside != "" && !isLink(inside) && (j+2 == i || isCapital(c.raw(j+1)))
		if !explains {
			continue
		}
		if s := c.phraseBefore(j-1, from); s.kind == namedSubject || s.kind == roleSubject && isDeterminer(strings.ToLower(strings.Split(s.text, " ")[0])) {
			return s
		}
	}
	return c.mainSubject(from, v)
}

// followsAsNoun reports whether piece i makes an adjective of the name before it: the Trump campaign.
func (c *clauses) followsAsNoun(i int) bool {
	word := c.word(i)
	if word == "" || isCapital(c.raw(i)) || isLink(word) || isPreposition(word) || isAuxiliary(word) || isCue(word) || isLooseCue(word) {
		return false
	}
	return isRoleNoun(word)
}
