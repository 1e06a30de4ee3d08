package corpus

import (
	"slices"
	"strings"
)

// voice is who speaks: a person of the article, or somebody whom it only describes.
type voice struct {
	name   string
	person *person // nil for several persons, or a role
	plural bool
}

// discourse is what the article has been talking about lately: it finds whom a pronoun means.
type discourse struct {
	beats []beat // of the last sentences, newest last
	last  voice  // who spoke last
}

// beat is what one sentence brought.
type beat struct {
	speakers         []*person
	subjects, others []*person
	starts           []int // where the subjects stand
}

// before is b as it was before the byte at offset.
func (b beat) before(offset int) beat {
	n := 0
	for n < len(b.starts) && b.starts[n] < offset {
		n++
	}
	b.subjects = b.subjects[:n]
	return b
}

// memory is how many sentences back a pronoun may point.
const memory = 12

func (d *discourse) push(b beat) {
	if len(d.beats) == memory {
		d.beats = append(d.beats[:0], d.beats[1:]...)
	}
	d.beats = append(d.beats, b)
}

// spoke notes that v spoke in the sentence that is being read.
func (d *discourse) spoke(v voice, b *beat) {
	d.last = v
	if v.person != nil && !slices.Contains(b.speakers, v.person) {
		v.person.spoke = true
		v.person.human = v.person.human || len(v.person.parts) > 1 && !v.person.cannotSpeak()
		b.speakers = append(b.speakers, v.person)
	}
}

// voice is who the subject s means; its name is empty if that is not clear. b is what the sentence brought before it.
func (d *discourse) voice(s subject, b beat) voice {
	switch s.kind {
	case namedSubject:
		if len(s.people) == 1 {
			return voice{name: s.people[0].name, person: s.people[0]}
		}
		var all []string
		for _, p := range s.people {
			all = append(all, p.name)
		}
		return voice{name: joinNames(all), plural: true}
	case roleSubject:
		return voice{name: s.text, plural: strings.HasSuffix(s.text, "s")}
	case pronounSubject:
		return d.antecedent(s.text, b.before(s.Start))
	}
	return voice{}
}

// antecedent is whom a pronoun means: the subject of its own sentence, else whoever spoke in the sentences before, nearest
// first, else what they were about.
func (d *discourse) antecedent(pronoun string, b beat) voice {
	var want gender
	switch pronoun {
	case "he":
		want = male
	case "she":
		want = female
	case "they", "it":
		if d.last.person == nil && d.last.plural == (pronoun == "they") || d.last.person != nil && pronoun == "it" && !d.last.person.human {
			return d.last
		}
		return voice{}
	default:
		return voice{}
	}
	known := func(p *person) bool { return p.gender == want }
	human := func(p *person) bool { return known(p) || p.gender == unknownGender && p.human }
	spoke := func(p *person) bool { return human(p) || p.gender == unknownGender && p.spoke && !p.cannotSpeak() }
	if p := find(b.subjects, human); p != nil {
		p.gender = want
		return voice{name: p.name, person: p}
	}
	for i := len(d.beats) - 1; i >= 0; i-- {
		past := d.beats[i]
		for _, p := range []*person{find(past.speakers, spoke), find(past.subjects, human), find(past.others, known)} {
			if p == nil {
				continue
			}
			if i == len(d.beats)-1 {
				p.gender = want // sure enough to remember
			}
			return voice{name: p.name, person: p}
		}
	}
	return voice{}
}

func find(people []*person, fits func(*person) bool) *person {
	for _, p := range people {
		if fits(p) {
			return p
		}
	}
	return nil
}

func joinNames(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}
