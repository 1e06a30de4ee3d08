package corpus

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// person is somebody, or an organisation, that an article names.
type person struct {
	name   string   // the fullest form in the article
	parts  []string // of name, in lower case
	gender gender
	human  bool // something says that it is a human being: a title, a first name, an age
	spoke  bool // a cue has it as its subject
	order  int  // of the first appearance of any form
}

// names are the persons of an article. A name is known by its forms: “Donald Trump”, “Donald J. Trump” and “Trump” are one.
type names struct {
	forms  map[string]*person // by the form in lower case
	common map[string]bool    // words that the article also has in lower case
	inside map[string]bool    // words that the article has capitalised inside a sentence
	cut    map[string]bool    // forms that only end in a name: Truth Social Trump
}

// naming is a name where it stands.
type naming struct {
	Span            // titles left out
	parts  []string // in lower case
	gender gender   // by the form of address
	titled bool
}

func (n naming) form() string { return strings.Join(n.parts, " ") }

// findNames collects the names of an article from all its paragraphs, quoted words and headlines left out.
func findNames(a *Article, paragraphs [][]piece) *names {
	n := &names{forms: map[string]*person{}, common: map[string]bool{}, inside: map[string]bool{}, cut: map[string]bool{}}
	for i, ps := range paragraphs {
		for _, p := range ps {
			if word := a.Blocks[i].Text[p.Start:p.End]; p.kind == pieceWord && isLower(word) {
				n.common[word] = true
			} else if p.kind == pieceWord && !p.first {
				n.inside[strings.ToLower(word)] = true
			}
		}
	}
	headlines := []string{a.Title}
	for i, ps := range paragraphs {
		text := a.Blocks[i].Text
		if isHeadline(text) {
			headlines = append(headlines, text)
			continue
		}
		for j := 0; j < len(ps); {
			found, next := n.at(text, ps, j)
			if len(found.parts) > 0 {
				n.note(text, ps, found, j, next)
			}
			j = next
		}
	}
	for _, text := range headlines {
		n.noteHeadline(text)
	}
	n.unite()
	return n
}

// noteHeadline takes first names from a headline, where capitals say nothing, for surnames that stand alone in the text.
func (n *names) noteHeadline(text string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) && r != '.' && r != '-' })
	for i := 1; i < len(words); i++ {
		first, last := strings.ToLower(words[i-1]), strings.ToLower(words[i])
		kind := firstName(first)
		if known := n.forms[last]; kind == noFirstName || known == nil || len(known.parts) > 1 || isOrganisation(last) {
			continue
		}
		if form := first + " " + last; n.forms[form] == nil {
			n.forms[form] = &person{name: words[i-1] + " " + words[i], parts: []string{first, last}, gender: kind.gender(), human: true, order: -1}
		}
	}
}

// at reads a name at ps[i], titles before it included, and returns where to read on. It has no parts if there is none.
func (n *names) at(text string, ps []piece, i int) (naming, int) {
	const longest = 12
	end := i
	for end < len(ps) && end-i <= longest && n.inName(text, ps, i, end) {
		end++
	}
	switch {
	case end == i:
		return naming{}, i + 1
	case end-i > longest:
		return naming{}, end
	}
	if isOrganisation(lowerText(text, ps[end-1])) && !hasFirstName(text, ps[i:end]) {
		return naming{Span: Span{ps[i].Start, ps[end-1].End}, parts: lowerTexts(text, ps[i:end])}, end
	}
	start, found := stripTitles(text, ps, i, end)
	if len(n.cut) > 0 && n.cut[strings.Join(lowerTexts(text, ps[start:end]), " ")] {
		start = end - 1
	}
	if n.isBareTitle(text, ps[i:end], start-i) {
		return naming{}, end
	}
	ledIn := ps[i].first && (n.common[lowerText(text, ps[start])] || strings.HasSuffix(lowerText(text, ps[start]), "s")) ||
		i > 0 && lowerText(text, ps[i-1]) == "of"
	if ledIn && end-start > 2 {
		start += leadIn(text, ps[start:end])
	}
	found.parts = lowerTexts(text, ps[start:end])
	found.Span = Span{ps[start].Start, ps[end-1].End}
	return found, end
}

// stripTitles is where the name begins in pieces [i, end) after its titles, and what they say about it.
func stripTitles(text string, ps []piece, i, end int) (start int, found naming) {
	start = i
	for j := i; j < end; j++ {
		word := lowerText(text, ps[j])
		if last := j+1 == end; !isTitle(word) || last && start == j {
			continue
		}
		if g, ok := honorific(word); ok && g != unknownGender {
			found.gender = g
		}
		found.titled = true
		if j+1 < end && !(j+2 == end && staysWithName(word)) {
			start = j + 1
		}
	}
	return start, found
}

// isBareTitle reports whether run, in which a name would begin at start, is only a title (Secretary) or an abbreviation. What
// is a title may be a surname as well: Mr. King, Larry King.
func (n *names) isBareTitle(text string, run []piece, start int) bool {
	last := lowerText(text, run[len(run)-1])
	alone := start == len(run)-1
	if alone && (strings.HasSuffix(last, ".") || last == "ok") {
		return true
	}
	return isTitle(last) && n.forms[last] == nil && !(alone && start > 0) && !hasFirstName(text, run[start:len(run)-1])
}

// leadIn is how many words of run stand before a first name, and so are not part of the name: (Secretary of) Homeland
// Security Michael Chertoff.
func leadIn(text string, run []piece) int {
	if run[0].End-run[0].Start <= 2 { // an initial
		return 0
	}
	for j := range run[:len(run)-1] {
		if firstName(lowerText(text, run[j])) != noFirstName {
			return j
		}
	}
	return 0
}

// inName reports whether ps[i] goes on a name that began at ps[start], or begins it.
func (n *names) inName(text string, ps []piece, start, i int) bool {
	p := ps[i]
	if p.kind != pieceWord || p.first && i > start {
		return false
	}
	word := text[p.Start:p.End]
	lower := strings.ToLower(word)
	if i > start && isParticle(word) {
		const most = 3 // van der, de la
		for j := i + 1; j < len(ps) && j <= i+most && ps[j].kind == pieceWord; j++ {
			if next := text[ps[j].Start:ps[j].End]; !isParticle(next) {
				return isCapital(next)
			}
		}
		return false
	}
	switch {
	case !isCapital(word) || isDate(lower) || isDerived(word) || isContraction(lower):
		return false
	case isTitle(lower):
		return true
	case isDeterminer(lower) || isLink(lower) && lower != "will" && lower != "may" || isPronoun(lower) || isPreposition(lower):
		return false
	case p.first:
		if isPlain(lower) || n.common[lower] && firstName(lower) == noFirstName {
			return false
		}
		if n.inside[lower] || n.forms[lower] != nil || firstName(lower) != noFirstName || i+1 >= len(ps) || ps[i+1].kind != pieceWord {
			return true
		}
		// Never seen inside a sentence: only a name if a verb of saying, or the rest of a name, comes next.
		next := text[ps[i+1].Start:ps[i+1].End]
		return !isLower(next) || isParticle(next) || isCue(next) || isLooseCue(next) || isAuxiliary(next)
	}
	return true
}

// note keeps a name that was found in pieces [i, next), and what stands around it says about it.
func (n *names) note(text string, ps []piece, found naming, i, next int) {
	form := found.form()
	p := n.forms[form]
	if p == nil {
		p = &person{name: text[found.Start:found.End], parts: found.parts, order: len(n.forms)}
		n.forms[form] = p
	}
	if p.gender == unknownGender {
		p.gender = found.gender
	}
	if p.cannotSpeak() {
		return
	}
	p.human = p.human || found.titled || i > 0 && len(found.parts) > 1 && isTrade(text[ps[i-1].Start:ps[i-1].End])
	if len(found.parts) > 1 {
		p.goBy(firstName(found.parts[0]))
	}
	rest := ps[min(next, len(ps)):]
	if len(rest) > 2 && rest[0].kind == pieceComma {
		aged := rest[1].kind == pieceNumber && rest[1].End-rest[1].Start <= 3 && rest[2].kind == pieceComma
		p.human = p.human || aged || lowerText(text, rest[1]) == "who"
		const few = 7
		for _, r := range rest[1:min(few, len(rest))] {
			if r.kind == pieceComma {
				break
			}
			if word := text[r.Start:r.End]; isLower(word) && isTitle(word) || word == "professor" {
				p.human = true
			}
		}
	}
}

// unite makes the forms of one name one person.
func (n *names) unite() {
	all := make([]*person, 0, len(n.forms))
	for _, p := range n.forms {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *person) int { return cmp.Or(a.order-b.order, strings.Compare(a.name, b.name)) })
	byFirst, byLast := map[string][]*person{}, map[string][]*person{}
	for _, p := range all {
		const most = 32 // namesakes; who has more in one article is in a list
		first, last := p.parts[0], p.parts[len(p.parts)-1]
		if len(p.parts) > 1 && len(byFirst[first]) < most && len(byLast[last]) < most {
			byFirst[first] = append(byFirst[first], p)
			byLast[last] = append(byLast[last], p)
		}
	}
	slices.SortStableFunc(all, func(a, b *person) int { return len(b.parts) - len(a.parts) })
	for _, p := range all {
		fuller := p
		for _, other := range byLast[p.parts[len(p.parts)-1]] {
			if len(other.parts) > len(fuller.parts) && isFormOf(p, other) && (fuller == p || len(p.parts) > 1) {
				fuller = other
			}
		}
		if fuller == p && len(p.parts) == 1 {
			for _, other := range byFirst[p.parts[0]] {
				if other.human && (p.gender == unknownGender || p.gender == other.gender) {
					fuller = other
					break
				}
			}
		}
		if fuller != p {
			fuller = n.forms[strings.Join(fuller.parts, " ")] // which may itself have a fuller form
			fuller.human = fuller.human || p.human && len(p.parts) == 1
			if fuller.gender == unknownGender {
				fuller.gender = p.gender
			}
			n.forms[strings.Join(p.parts, " ")] = fuller
		} else if len(p.parts) == 1 && !p.cannotSpeak() {
			p.goBy(firstName(p.parts[0]))
		}
	}
	for _, p := range all {
		last := p.parts[len(p.parts)-1]
		switch known := n.forms[last]; {
		case known == nil && len(p.parts) > 1 && p.human && isTitle(last):
			n.forms[last] = p // King said
		case known != nil && len(p.parts) > 2 && !p.human && known.human && len(known.parts) > 1 && p.order >= 0:
			n.cut[strings.Join(p.parts, " ")] = true
		}
	}
}

// goBy notes what a first name says about p.
func (p *person) goBy(kind firstNameKind) {
	if kind == noFirstName {
		return
	}
	p.human = true
	if p.gender == unknownGender {
		p.gender = kind.gender()
	}
}

// cannotSpeak reports whether p is an organisation or a place, by its last word, or is written in capitals alone.
func (p *person) cannotSpeak() bool {
	return isOrganisation(p.parts[len(p.parts)-1]) || len(p.parts) == 1 && len(p.name) > 1 && strings.ToUpper(p.name) == p.name
}

// isTrade reports whether word looks like what somebody does, right before the name: psychologist Mary Alvord.
func isTrade(word string) bool {
	if !isLower(word) || isLink(word) || isPreposition(word) {
		return false
	}
	for _, end := range []string{"ist", "man", "woman", "er", "or", "ian", "ant", "chief", "aide", "nominee", "head"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return isTitle(word)
}

// isFormOf reports whether p, which has fewer parts, may be short for fuller: its last parts (Trump, Van Hollen), or the
// same first and last (Donald Trump for Donald J. Trump).
func isFormOf(p, fuller *person) bool {
	if p.gender != unknownGender && fuller.gender != unknownGender && p.gender != fuller.gender {
		return false
	}
	tail := fuller.parts[len(fuller.parts)-len(p.parts):]
	if slices.Equal(p.parts, tail) {
		return len(p.parts) > 1 || fuller.human || !p.human
	}
	return len(p.parts) > 1 && p.parts[0] == fuller.parts[0] && p.parts[len(p.parts)-1] == fuller.parts[len(fuller.parts)-1] && len(fuller.parts) <= 4
}

// person is who a name names.
func (n *names) person(found naming) *person {
	if p := n.forms[found.form()]; p != nil {
		return p
	}
	return nil
}

// isHeadline reports whether nearly all words of a paragraph are capitalised, so that capitals say nothing.
func isHeadline(text string) bool {
	const longest = 300
	if len(text) > longest {
		return false
	}
	capital, small := 0, 0
	for word := range strings.FieldsSeq(text) {
		word = strings.TrimFunc(word, func(r rune) bool { return !isWordRune(r) })
		switch {
		case word == "" || isLink(word) || isPreposition(word) || isDeterminer(word):
		case isLower(word):
			small++
		default:
			capital++
		}
	}
	return capital >= 4 && small*10 <= capital
}

// hasFirstName reports whether a common first name is among ps.
func hasFirstName(text string, ps []piece) bool {
	for _, p := range ps {
		if firstName(lowerText(text, p)) != noFirstName {
			return true
		}
	}
	return false
}

func lowerTexts(text string, ps []piece) []string {
	var words []string
	for _, p := range ps {
		words = append(words, lowerText(text, p))
	}
	return words
}

func lowerText(text string, p piece) string { return strings.ToLower(text[p.Start:p.End]) }

func isCapital(word string) bool {
	return unicode.IsUpper(runeAt(strings.TrimPrefix(word, "@"), 0)) || strings.HasPrefix(word, "@")
}

func isLower(word string) bool { return unicode.IsLower(runeAt(word, 0)) }

// isDerived reports whether a capitalised word is an adjective made of a name: Trump-backed, Washington-based.
func isDerived(word string) bool {
	head, tail, ok := strings.Cut(word, "-")
	if !ok {
		return false
	}
	if len(head) == 1 {
		return true // a party and a state: D-Mich.
	}
	switch tail {
	case "led", "era", "style", "like", "area", "born", "wide", "run", "held", "only":
		return true
	}
	return strings.HasSuffix(tail, "ed") && isLower(tail)
}
