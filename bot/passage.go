package bot

import (
	"citebot/answer"
	"citebot/corpus"
)

// passageAt is the sentence of a at place, which must exist, as a passage that nothing was searched for.
func passageAt(a *corpus.Article, place corpus.Place) answer.Passage {
	par := a.Paragraphs[place.Paragraph]
	at := par.Sentences[place.Sentence]
	return answer.Passage{
		Article: a, Place: place, Citation: a.Cite(place),
		Text: par.Text[at.Start:at.End], Before: par.Text[:at.Start], After: par.Text[at.End:],
	}
}

// What a pointer's reader is told where the article is no longer what it was.
const (
	noteGone      = "The article has changed since then, and this sentence is no longer in it."
	noteElsewhere = "The article has changed since then; this sentence now stands here."
	noteUnchanged = "The article has changed since then; this sentence has not."
	noteRemoved   = "That article is no longer among those I answer from."
)

// shelf finds what pointers point to, among the articles as they stand now. It is made for one use.
type shelf struct {
	articles map[shortHash]*corpus.Article // by the hash of the ID
	versions versions
}

func (h *handler) shelf() shelf {
	s := shelf{articles: map[shortHash]*corpus.Article{}, versions: versions{}}
	for _, a := range h.engine.Articles() {
		s.articles[hashOf(a.ID)] = a
	}
	return s
}

// versions are the hashes of articles' texts, each made once.
type versions map[*corpus.Article]textHash

func (v versions) of(a *corpus.Article) textHash {
	hash, known := v[a]
	if !known {
		hash = hashArticle(a)
		v[a] = hash
	}
	return hash
}

// find is the passage that p points to, with a note for the reader if its article has changed. ok is false where it is gone;
// the note says so.
func (s shelf) find(p pointer) (found answer.Passage, note string, ok bool) {
	a := s.articles[p.article]
	if a == nil {
		return answer.Passage{}, noteRemoved, false
	}
	if s.versions.of(a) != p.version {
		note = noteUnchanged
	}
	if a.Has(p.place) && hashText(a.Sentence(p.place)) == p.sentence {
		return passageAt(a, p.place), note, true
	}
	for i, par := range a.Paragraphs {
		for j := range par.Sentences {
			place := corpus.Place{Paragraph: i, Sentence: j}
			if hashText(a.Sentence(place)) == p.sentence {
				return passageAt(a, place), noteElsewhere, true
			}
		}
	}
	return answer.Passage{}, noteGone, false
}
