package corpus

import "strings"

// attribution says who said a quotation, in what stands beside it.
type attribution struct {
	subject subject
	cue     Span // zero if there is none
	after   int  // index of the first piece that is no part of it, where it stands after the quotation
	ok      bool
}

// following finds the attribution right after the quotation at piece q: “…,” Trump said; “…,” said Trump; “…,” according to
// Trump. ends is the last character of the quotation, marks left out.
func (c *clauses) following(q int, ends rune) attribution {
	i := q + 1
	for c.kind(i) == pieceComma || c.kind(i) == pieceDash {
		i++
	}
	if i >= len(c.ps) || c.ps[i].kind != pieceWord && c.ps[i].kind != pieceNumber {
		return attribution{}
	}
	fresh := c.ps[i].first // the splitter ended a sentence here, rightly or not
	if c.kind(i-1) == pieceDash {
		if a := c.signature(i); a.ok {
			return a
		}
	}
	if isForeignAuxiliary(c.word(i)) && isForeignCue(c.word(i+1)) {
		i++
	}
	open := c.english && (ends == ',' || ends == '?' || ends == '!') // only a verb of saying makes sense here, whatever it is
	var a attribution
	switch {
	case c.accordingTo(i) > i:
		s, end := c.phraseAfter(c.accordingTo(i))
		a = attribution{subject: s, cue: Span{c.ps[i].Start, c.ps[c.accordingTo(i)-1].End}, after: end, ok: s.kind != noSubject}
	case c.cue(i, open):
		s, end := c.phraseAfter(i + 1)
		a = attribution{subject: s, cue: c.ps[i].Span, after: end, ok: s.kind != noSubject}
	default:
		a = c.subjectThenCue(i, open)
	}
	ended := strings.ContainsRune(",?!.…;:—–-", ends) || c.kind(i-1) != pieceQuote
	if !a.ok || fresh && !c.isTail(a.after) || !ended && c.isWorkedIn(q, Span{}) {
		return attribution{}
	}
	if fresh && ends != '?' && ends != '!' && ends != ',' && isCapital(c.raw(i)) && !c.isShortTail(a.after) {
		return attribution{}
	}
	return a
}

// signature reads the name that a quotation is signed with: “…” — Jane Doe.
func (c *clauses) signature(i int) attribution {
	end := i
	for end < len(c.ps) && c.ps[end].kind <= piecePossessive && !(end > i && c.ps[end].first) {
		end++
	}
	if k := c.kind(end); end < len(c.ps) && k != pieceStop && k != pieceComma && !c.ps[end].first {
		return attribution{}
	}
	s := c.phrase(i, end)
	return attribution{subject: s, after: end, ok: s.kind == namedSubject}
}

// subjectThenCue reads “…,” Trump, 70, later said: a noun phrase at piece i, what is put in between commas, brackets or
// dashes, and a cue. In an open place, any verb will do after a name or pronoun: “…!” Trump thundered.
func (c *clauses) subjectThenCue(i int, open bool) attribution {
	const longest = 60
	if end := c.actor(i); open && end > i && c.isVerb(end) {
		if s := c.phrase(i, end); s.kind != noSubject {
			return attribution{subject: s, cue: c.ps[end].Span, after: end + 1, ok: true}
		}
	}
	head := i
	for head < len(c.ps) && head-i < 14 && (head == i || !c.ps[head].first) {
		if c.ps[head].kind > piecePossessive || c.cue(head, open) || head > i && c.stopsHead(head) {
			break
		}
		head++
	}
	s := c.phrase(i, head)
	if s.kind == noSubject {
		return attribution{}
	}
	if j := c.skipAuxiliaries(head); c.cue(j, open) {
		return attribution{subject: s, cue: c.ps[j].Span, after: j + 1, ok: true}
	}
	if k := c.kind(head); k != pieceComma && k != pieceOpen && k != pieceDash && c.word(head) != "who" {
		return attribution{}
	}
	relative := c.word(head) == "who"
	for j := head; j < len(c.ps) && j-i < longest && !c.ps[j].first && c.ps[j].kind != pieceQuote && c.ps[j].kind != pieceStop; j++ {
		closes := c.ps[j].kind == pieceComma || c.ps[j].kind == pieceClose || c.ps[j].kind == pieceDash
		if !closes && !relative || j == head && c.ps[j].kind == pieceOpen {
			continue
		}
		v := c.skipAuxiliaries(j + 1)
		if c.cue(v, false) && (closes && (j > head || c.kind(head) == pieceComma) || relative) {
			if named := c.phrase(head+1, j); s.kind == roleSubject && named.kind == namedSubject {
				s = named // an Obama consultant, Cornell Belcher, said
			}
			return attribution{subject: s, cue: c.ps[v].Span, after: v + 1, ok: true}
		}
	}
	return attribution{}
}

// stopsHead reports whether the noun phrase that is being read ends before piece i.
func (c *clauses) stopsHead(i int) bool {
	word := c.word(i)
	if isCapital(c.raw(i)) {
		return false
	}
	return isAuxiliary(word) && !isPreposition(word) || isLink(word) && word != "and"
}

// closing finds the attribution with which the sentence of the quotation at piece q ends, other words between them: those
// who “…” are held to account, Warren said.
func (c *clauses) closing(q int) attribution {
	const longest = 80
	end := q + 1
	for end < len(c.ps) && !c.ps[end].first && c.ps[end].kind != pieceQuote && end-q < longest {
		end++
	}
	for v := q + 2; v < end; v++ {
		if !c.cue(v, false) {
			continue
		}
		if c.kind(v-1) == pieceComma {
			if s, after := c.phraseAfter(v + 1); s.kind != noSubject && c.endsClause(after) {
				return attribution{subject: s, cue: c.ps[v].Span, after: after, ok: true}
			}
		}
		if !c.endsClause(v + 1) {
			continue
		}
		for i, commas := v-1, 0; i > q && commas < 5; i-- {
			if c.kind(i) != pieceComma {
				continue
			}
			commas++
			start := i + 1
			if c.word(start) == "as" {
				start++
			}
			if a := c.subjectThenCue(start, false); a.ok && a.cue == c.ps[v].Span {
				return a
			}
		}
	}
	return attribution{}
}

// isTail reports whether what follows piece i up to the end of its sentence only says when, where and to whom.
func (c *clauses) isTail(i int) bool {
	const longest = 30
	for n := 0; i < len(c.ps) && !c.ps[i].first && c.ps[i].kind != pieceQuote; i++ {
		switch word := c.word(i); word {
		case "that", "he", "she", "it", "they", "we", "i", "whether", "how", "why", "what", "would", "will", "was", "were", "is",
			"are", "had", "has", "there", "should", "could":
			return false
		}
		if n++; n > longest {
			return false
		}
	}
	return true
}

// isShortTail reports whether the sentence ends within a few words of piece i.
func (c *clauses) isShortTail(i int) bool {
	const few = 6
	for n := 0; n < few; n++ {
		if i+n >= len(c.ps) || c.ps[i+n].first || c.ps[i+n].kind == pieceStop {
			return true
		}
	}
	return false
}

// preceding finds the attribution in what stands before the quotation at piece q, in the same sentence and after piece
// from: Trump said: “…”; he said the plan was “…”; accused her of “…”.
func (c *clauses) preceding(q, from int) attribution {
	from = max(from, q-clauseReach)
	tried := 0
	for v := q - 1; v >= from && tried < mostCues; v-- {
		if c.ps[v].kind == pieceQuote || c.ps[v].kind == pieceStop {
			break
		}
		if end := c.accordingTo(v); end > v {
			if s, _ := c.phraseAfter(end); s.kind != noSubject {
				return attribution{subject: s, cue: Span{c.ps[v].Start, c.ps[end-1].End}, ok: true}
			}
		}
		if !c.cue(v, true) || c.ps[v].first || !c.reaches(v, q) {
			continue
		}
		tried++
		if s := c.subjectOf(v, from); s.kind == roleSubject && !isCue(c.word(v)) && (v == q-1 || isPreposition(c.word(v+1)) && (strings.HasPrefix(s.text, "a ") || strings.HasPrefix(s.text, "an "))) {
			continue // a game called “…”, a film accused of being “…”
		} else if s.kind != noSubject {
			return attribution{subject: s, cue: c.ps[v].Span, ok: true}
		}
		if isCue(c.word(v)) && c.bearer(v) {
			return attribution{cue: c.ps[v].Span, ok: true}
		}
	}
	return attribution{}
}

// reaches reports whether the words at piece q may be what the cue at piece v brings in: verbs that say how somebody
// speaks, and those of a relative clause, only do so next to them.
func (c *clauses) reaches(v, q int) bool {
	const adjacent, near = 3, 5
	that, link := false, false
	for i := v + 1; i < q; i++ {
		switch c.word(i) {
		case "that":
			that = true
		case "who", "which", "because", "while", "when", "where", "until", "and", "but":
			link = true
		}
	}
	word, last := c.word(v), c.word(v-1)
	switch {
	case q-v <= adjacent:
		return true
	case last == "who" || last == "which":
		k := c.kind(q - 1)
		return (that || k == pieceComma || k == pieceColon) && isCue(word)
	case isAdjacentCue(word) || isInfinitive(word) && last != "to" && !isPlural(last):
		return false
	}
	return q-v <= near || isCue(word) || !that && !link
}
