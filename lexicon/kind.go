package lexicon

// Kind is a set of things that a word may be, mostly from WordNet. Of its senses as a noun the first two count, unless it
// mostly is another part of speech. Whether a word is a name depends on its being written with a capital, too: a mark is
// not a man.
type Kind uint16

const (
	Noun Kind = 1 << iota
	Verb
	Adjective
	Adverb

	Person  // a noun for people: minister, teacher
	Place   // for places: valley, airport, street
	Group   // for groups of people: company, army, family
	Time    // for dates and times: week, Tuesday, season
	Measure // for quantities and units: dozen, mile, dollar
	Animal

	PlaceName  // Paris, Alaska, Danube; also of several words: "new york"
	MaleName   // a given name of men; many names are of both
	FemaleName // a given name of women
	Surname    // of somebody famous enough for WordNet, and not another word: Einstein
	Demonym    // a word for the people or things of a place: Armenian, Londoner
	Proper     // written with a capital in all its senses: Tuesday, Armenian, Paris; not for all given names

	GivenName = MaleName | FemaleName
)

// Kinds is what word may be; an inflected form is what its lemmas are. An unknown word has none.
func (l *Lexicon) Kinds(word string) Kind {
	const (
		names = PlaceName | GivenName | Surname | Proper
		nouns = Person | Place | Group | Time | Measure | Animal | Demonym
	)
	var kinds Kind
	if n, ok := l.number(word); ok {
		kinds = l.kind(n)
	}
	for _, lemma := range l.lemmas(word) {
		of := l.kind(lemma.number) &^ names
		if lemma.part&Noun == 0 {
			of &^= nouns
		}
		kinds |= of & (lemma.part | nouns)
		if l.kind(lemma.number)&Proper == 0 {
			kinds &^= Proper | Surname // Fields may be a name, but fields are not
		}
	}
	return kinds
}

func (l *Lexicon) kind(n int) Kind { return Kind(u16(l.kinds, n)) }

// IsA reports whether word is a kind of noun, or a thing of that kind: a violin is an instrument, blue is a color. Of
// word's senses as a noun the first three count, of noun's the first two. A word is a kind of itself.
func (l *Lexicon) IsA(word, noun string) bool {
	var goals [2 * maxLemmas]uint16
	n := 0
	for _, lemma := range l.firstLemmas(noun) {
		for sense := range 2 {
			goals[n] = u16(l.senses, 3*lemma.number+sense)
			n++
		}
	}
	for _, lemma := range l.firstLemmas(word) {
		for sense := range 3 {
			if l.below(u16(l.senses, 3*lemma.number+sense), goals[:n]) {
				return true
			}
		}
	}
	return false
}

const maxLemmas = 2

func (l *Lexicon) firstLemmas(word string) []lemma {
	lemmas := l.lemmas(word)
	return lemmas[:min(len(lemmas), maxLemmas)]
}

// below reports whether a concept is one of goals or has one as an ancestor. The concepts have no cycles.
func (l *Lexicon) below(concept uint16, goals []uint16) bool {
	for concept != 0 {
		for _, g := range goals {
			if g == concept {
				return true
			}
		}
		row := 2 * (int(concept) - 1)
		if other := u16(l.parents, row+1); other != 0 && l.below(other, goals) {
			return true
		}
		concept = u16(l.parents, row)
	}
	return false
}
