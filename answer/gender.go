package answer

import (
	"strings"

	"citebot/index"
	"citebot/lexicon"
)

// Genders that a pronoun or a given name tells; a set.
const (
	male uint8 = 1 << iota
	female
)

func pronounGender(lower string) uint8 {
	switch lower {
	case "he", "him", "his", "himself":
		return male
	case "she", "her", "hers", "herself":
		return female
	}
	return 0
}

// sentenceGender is the set of genders of the people in a sentence, as far as pronouns, given names and titles tell.
func sentenceGender(s *index.Sentence, found []mention, names *nameTable) uint8 {
	var set uint8
	for i, w := range s.Words {
		if w.Stop {
			set |= pronounGender(strings.ToLower(surface(s, i)))
		}
	}
	for _, m := range found {
		if m.kind != mentionPerson {
			continue
		}
		switch first := strings.ToLower(surface(s, m.first)); first {
		case "mr":
			set |= male
		case "mrs", "ms", "miss":
			set |= female
		default:
			switch names.words.Kinds(first) & lexicon.GivenName {
			case lexicon.MaleName:
				set |= male
			case lexicon.FemaleName:
				set |= female
			}
		}
	}
	return set
}

// rightGender is 1 where the question has he or she and the candidate somebody whom that may be.
func rightGender(v *view) float64 { return truth(v.q.gender&v.facts.gender[v.s.Number] != 0) }

// wrongGender is 1 where the question has he or she and the candidate only people whom that cannot be.
func wrongGender(v *view) float64 {
	have := v.facts.gender[v.s.Number]
	return truth(v.q.gender != 0 && have != 0 && v.q.gender&have == 0)
}
