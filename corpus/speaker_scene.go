package corpus

import "strings"

// scene reads the paragraphs of an article in order and says who speaks.
type scene struct {
	english bool // the article is in English, for all that is known
	names   *names
	discourse
	here    voice     // who spoke last in this paragraph
	colon   voice     // who is about to speak, where the paragraph before ended with a colon
	carried *voice    // whose quotation goes on in this paragraph; nil if none does
	said    utterance // the quotation that the paragraph before ended with, its attribution aside
}

// paragraph attributes the quoted stretches of the next paragraph.
func (s *scene) paragraph(text string, ps []piece, quotes []quoted) []utterance {
	c := &clauses{text: text, ps: ps, names: s.names, english: s.english}
	s.here = voice{}
	if len(ps) == 0 {
		return silent(quotes)
	}
	skipDateline(text, ps)
	var all []utterance
	for lo, hi := 0, 0; lo < len(ps); lo = hi {
		for hi = lo + 1; hi < len(ps) && !ps[hi].first; hi++ {
		}
		all = s.sentence(c, lo, hi, quotes, all)
	}
	c.share(all)
	s.carried, s.said = nil, utterance{}
	if n := len(all); n > 0 {
		if all[n-1].open {
			s.carried = &all[n-1].speaker
		}
		if all[n-1].at >= c.sentenceStart(len(ps)-1) {
			s.said = all[n-1]
		}
	}
	s.colon = voice{}
	if n := len(ps); ps[n-1].kind == pieceColon {
		from := c.sentenceStart(n - 1)
		s.colon = s.discourse.voice(c.announced(n-1, from), beat{})
	}
	return all
}

// share gives a quotation the speaker of the next, if only a conjunction is between them: “…” or “…,” she says.
func (c *clauses) share(all []utterance) {
	for i := len(all) - 2; i >= 0; i-- {
		u, next := &all[i], all[i+1]
		if u.speaker.name == "" && u.subject.kind == noSubject && next.follows && next.at-u.at == 2 && isLink(c.word(u.at+1)) {
			u.speaker, u.subject, u.cue = next.speaker, next.subject, next.cue
		}
	}
}

// speaking is the subject of the cue at piece i, before it or after it: such days are gone, says Trump.
func (c *clauses) speaking(i, from int) subject {
	if c.kind(i-1) == pieceComma && c.actor(i+1) > i+1 {
		if s, end := c.phraseAfter(i + 1); s.kind == namedSubject && c.endsClause(end) {
			return s
		}
	}
	return c.subjectOf(i, from)
}

// skipDateline makes a sentence begin after a dateline: GENEVA (AP) -- The talks.
func skipDateline(text string, ps []piece) {
	const longest = 9
	place := text[ps[0].Start:ps[0].End]
	capitals := ps[0].kind == pieceWord && len(place) > 3 && place == strings.ToUpper(place)
	for i := range min(longest, len(ps)-1) {
		if ps[i].kind == pieceDash && (capitals || i > 0 && ps[i-1].kind == pieceClose) {
			ps[i+1].first = true
			return
		}
	}
}

// silent is quotes without speakers.
func silent(quotes []quoted) []utterance {
	var all []utterance
	for _, q := range quotes {
		all = append(all, utterance{quoted: q})
	}
	return all
}

// sentence reads the sentence of pieces [lo, hi).
func (s *scene) sentence(c *clauses, lo, hi int, quotes []quoted, all []utterance) []utterance {
	var b beat
	cues := 0
	for i := lo; i < hi; {
		if c.ps[i].kind == pieceQuote {
			u := s.utterance(c, i, lo, b, quotes[len(all)], all)
			if u.speaker.name != "" {
				s.spoke(u.speaker, &b)
				s.here = u.speaker
			}
			all = append(all, u)
			i++
			continue
		}
		if cues < mostCues && c.cue(i, false) {
			cues++
			if v := s.discourse.voice(c.speaking(i, max(lo, i-clauseReach)), b); v.name != "" {
				s.spoke(v, &b)
				s.here = v
			}
		}
		if pronoun := c.pronoun(i); pronoun == "he" || pronoun == "she" {
			if p := s.antecedent(pronoun, b).person; p != nil {
				b.subjects = append(b.subjects, p)
				b.starts = append(b.starts, c.ps[i].Start)
			}
		}
		found, next := s.names.at(c.text, c.ps[:hi], i)
		if p := s.names.person(found); len(found.parts) > 0 && p != nil {
			if c.isSubject(i, next) {
				b.subjects = append(b.subjects, p)
				b.starts = append(b.starts, found.Start)
			} else {
				b.others = append(b.others, p)
			}
		}
		i = next
	}
	s.push(b)
	return all
}

// isSubject reports whether the name in pieces [i, next) may be what a sentence is about.
func (c *clauses) isSubject(i, next int) bool {
	before := c.word(i - 1)
	return !isPreposition(before) && c.kind(next) != piecePossessive && !c.followsAsNoun(next)
}

// utterance says who spoke the quotation at piece i of a sentence that begins at piece lo; before are the quotations of the
// paragraph that were read already.
func (s *scene) utterance(c *clauses, i, lo int, b beat, q quoted, before []utterance) utterance {
	u := utterance{quoted: q, at: i, ends: lastRune(c.text[q.inner.Start:q.inner.End])}
	from := lo
	if n := len(before); n > 0 && before[n-1].at >= lo {
		from = before[n-1].at + 1
	}
	following := c.following(i, u.ends)
	preceding := c.preceding(i, from)
	distant := false
	if !following.ok {
		following, distant = c.closing(i), true
		if loose := !isCue(c.text[preceding.cue.Start:preceding.cue.End]); following.ok && (loose || s.voice(preceding.subject, b).name == "") {
			preceding = attribution{}
		}
	}
	switch {
	case following.ok && (u.ends == ',' || !preceding.ok):
		u.attribution, u.follows = following, true
		u.partial = distant && c.isWorkedIn(i, Span{})
	case preceding.ok:
		u.attribution = preceding
		u.partial = c.isWorkedIn(i, preceding.cue)
	case from < i && from == lo && c.kind(i-1) == pieceColon:
		u.subject = c.announced(i-1, from)
	case from > lo && from < i:
		last := before[len(before)-1]
		u.speaker, u.cue, u.partial = last.speaker, last.cue, true
		for v := from; v < i; v++ {
			if c.cue(v, true) {
				u.cue = c.ps[v].Span
			}
		}
		return u
	case from < i && c.kind(i-1) != pieceStop:
		u.partial = c.isWorkedIn(i, Span{})
		return u
	}
	if u.ok || u.subject.kind != noSubject {
		u.speaker = s.voice(u.subject, b)
	} else {
		u.speaker = s.goesOn(c, u)
	}
	return u
}

// goesOn is who spoke before u and, since nothing is said beside it, is taken to go on.
func (s *scene) goesOn(c *clauses, u utterance) voice {
	const speech = 10 // words; less may be an answer in a dialogue
	alone := len(c.ps) == 1
	switch {
	case u.at == 0 && s.colon.name != "":
		return s.colon
	case u.at == 0 && s.carried != nil:
		return *s.carried
	case alone && s.said.mark == u.mark && s.said.ends != '?' && len(strings.Fields(c.raw(0))) >= speech:
		return s.said.speaker
	case alone:
		return voice{}
	}
	return s.here
}

// announced is who is about to speak before the colon at piece i.
func (c *clauses) announced(i, from int) subject {
	if a := c.preceding(i, from); a.ok {
		return a.subject
	}
	if s := c.phrase(from, i); s.kind == namedSubject {
		return s
	}
	return c.mainSubject(from, i)
}

// isWorkedIn reports whether the quotation at piece i goes on the writer's sentence, rather than to stand by itself after a
// comma, a colon or the cue.
func (c *clauses) isWorkedIn(i int, cue Span) bool {
	if i == 0 || c.ps[i].first {
		return false
	}
	switch c.kind(i - 1) {
	case pieceComma, pieceColon, pieceDash, pieceStop, pieceOpen:
		return false
	case piecePossessive:
		return true
	}
	if c.ps[i-1].Span == cue {
		return false
	}
	if cue.End > 0 && isLooseCue(c.text[cue.Start:cue.End]) {
		return true
	}
	inner := strings.TrimLeft(c.raw(i), "\"“”„«»‘’' ")
	if isCapital(inner) && cue.End > 0 {
		for j := i - 1; j >= 0 && j >= i-4; j-- {
			if c.ps[j].Span == cue {
				return false
			}
			if isLink(c.word(j)) {
				break
			}
		}
	}
	return true
}
