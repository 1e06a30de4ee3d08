package bot

import (
	"citebot/answer"
	"citebot/corpus"
)

// What a pointer's reader is told where the article is no longer what it was.
const (
	noteGone      = "The article has changed since then, and this sentence is no longer in it."
	noteElsewhere = "The article has changed since then; this sentence now stands here."
	noteUnchanged = "The article has changed since then; this sentence has not."
	noteRemoved   = "That article is no longer among those I answer from."
)

// articleLookup finds what pointers point to, among the articles as they stand now. It is made for one use.
type articleLookup struct {
	articles map[nameHash]*corpus.Article // by the hash of the ID, also as earlier versions had it
	versions versions
}

func (h *handler) lookup() articleLookup {
	l := articleLookup{articles: map[nameHash]*corpus.Article{}, versions: versions{}}
	for _, a := range h.engine.Articles() {
		hash := hashOf(a.ID)
		l.articles[hash], l.articles[hash.short()] = a, a
	}
	return l
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
func (l articleLookup) find(p pointer) (found answer.Passage, note string, ok bool) {
	a := l.articles[p.article]
	if a == nil {
		return answer.Passage{}, noteRemoved, false
	}
	if l.versions.of(a) != p.version {
		note = noteUnchanged
	}
	if a.Has(p.place) && hashText(a.Sentence(p.place)) == p.sentence {
		return answer.PassageAt(a, p.place), note, true
	}
	for i, b := range a.Blocks {
		for j := range b.Sentences {
			place := corpus.Place{Block: i, Sentence: j}
			if hashText(a.Sentence(place)) == p.sentence {
				return answer.PassageAt(a, place), noteElsewhere, true
			}
		}
	}
	return answer.Passage{}, noteGone, false
}
