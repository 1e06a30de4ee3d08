package answer

import (
	"slices"
	"strings"

	"citebot/corpus"
	"citebot/index"
)

// facts is what ranking needs to know about a library beyond its words; made once, when an engine is.
type facts struct {
	names      *nameTable
	mentions   [][]mention               // by sentence number
	speakers   [][]index.TermID          // by sentence number: the terms of the names of those who are quoted in it
	quoted     []bool                    // by sentence number: whether a quotation starts, goes on or ends in it
	people     map[index.TermID]bool     // words of the names of people
	gender     []uint8                   // by sentence number: the genders of who is in it
	vectors    []int32                   // by TermID: the term's word vector in the lexicon, -1 for none
	titles     map[string]titled         // by article ID
	news       map[string]float64        // by article ID: 0..1, how much like a news report it is
	cues       map[index.TermID]int      // position in cues
	vocabulary map[string][]index.TermID // by article ID: the terms of its sentences, sorted
}

// titled is an article's title as a set of terms.
type titled map[index.TermID]bool

func gather(l *index.Library) *facts {
	f := &facts{
		names:      newNameTable(l),
		mentions:   make([][]mention, 0, len(l.Sentences())),
		speakers:   make([][]index.TermID, len(l.Sentences())),
		quoted:     make([]bool, len(l.Sentences())),
		vectors:    termVectors(l),
		people:     map[index.TermID]bool{},
		titles:     map[string]titled{},
		news:       map[string]float64{},
		cues:       map[index.TermID]int{},
		vocabulary: map[string][]index.TermID{},
	}
	for i, cue := range cues {
		if id := l.Term(cue); id >= 0 {
			f.cues[id] = i
		}
	}
	for _, a := range l.Articles() {
		f.mentions = append(f.mentions, mentions(a, f.names)...)
		for _, s := range a.Sentences {
			f.addPeople(s)
			f.gender = append(f.gender, sentenceGender(s, f.mentions[s.Number], f.names))
		}
		f.titles[a.ID] = titled{}
		for _, t := range a.Title {
			if id := l.Term(t.Term); id >= 0 && !t.Stop {
				f.titles[a.ID][id] = true
			}
		}
		f.vocabulary[a.ID] = vocabulary(a)
		f.news[a.ID] = newsLikeness(a)
		f.addQuotations(l, a)
	}
	return f
}

func (f *facts) addPeople(s *index.Sentence) {
	for _, m := range f.mentions[s.Number] {
		for i := m.first; m.kind == mentionPerson && i <= m.last; i++ {
			f.people[s.Words[i].Term] = true
		}
	}
}

func (f *facts) addQuotations(l *index.Library, a *index.Article) {
	for _, q := range a.Quotations {
		var speaker []index.TermID
		for _, t := range a.Analyzer.Tokens(q.Speaker) {
			if id := l.Term(t.Term); id >= 0 && !t.Stop {
				speaker = append(speaker, id)
			}
		}
		par := a.Paragraphs[q.Paragraph]
		for n := par.SentenceAt(q.Start); n < len(par.Sentences) && par.Sentences[n].Start < q.End; n++ {
			s := a.At(corpus.Place{Paragraph: q.Paragraph, Sentence: n})
			f.quoted[s.Number] = true
			f.speakers[s.Number] = append(f.speakers[s.Number], speaker...)
		}
	}
}

// termVectors finds each term's word vector by the word as it was first written.
func termVectors(l *index.Library) []int32 {
	words := l.Lexicon()
	var vectors []int32
	for _, s := range l.Sentences() {
		for i, w := range s.Words {
			for int(w.Term) >= len(vectors) {
				vectors = append(vectors, -2)
			}
			if vectors[w.Term] == -2 {
				vectors[w.Term] = -1
				if id, ok := words.Vector(strings.ToLower(surface(s, i))); ok && !w.Stop {
					vectors[w.Term] = int32(id)
				}
			}
		}
	}
	return vectors
}

func vocabulary(a *index.Article) []index.TermID {
	var terms []index.TermID
	for _, s := range a.Sentences {
		for _, w := range s.Words {
			if !w.Stop {
				terms = append(terms, w.Term)
			}
		}
	}
	slices.Sort(terms)
	return slices.Clip(slices.Compact(terms))
}

// newsLikeness tells a news report, which says the most important first, by its verbs of saying: 1 from one sentence in five on.
func newsLikeness(a *index.Article) float64 {
	said := 0
	for _, s := range a.Sentences {
		for i := range s.Words {
			if speechVerb(strings.ToLower(surface(s, i))) {
				said++
				break
			}
		}
	}
	return min(1, 5*float64(said)/float64(max(1, len(a.Sentences))))
}
