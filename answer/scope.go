package answer

import (
	"slices"

	"citebot/index"
)

// profile tells apart the situations that rank differently: each has weights of its own on top of the common ones.
type profile int

const (
	profileShort   profile = iota // one article of at most longArticle sentences
	profileTiny                   // one article of at most tinyArticle sentences
	profileLong                   // one longer article
	profileLibrary                // many articles
	profiles                      // how many profiles there are
)

// profileNames are the keys of their weights; short articles have the common ones.
var profileNames = [profiles]string{"common", "tiny", "long", "library"}

// How many sentences an article has at most to count as short, and as no more than a paragraph.
const (
	longArticle = 60
	tinyArticle = 10
)

// scope is what one question is answered from: an article or a whole library.
type scope struct {
	library *index.Library
	facts   *facts
	article *index.Article // nil for the whole library
	df      map[index.TermID]int
	size    int // sentences
}

func newScope(l *index.Library, f *facts, article *index.Article) *scope {
	if article == nil && len(l.Articles()) == 1 {
		article = l.Articles()[0]
	}
	sc := &scope{library: l, facts: f, article: article, size: len(l.Sentences())}
	if article != nil {
		sc.size = len(article.Sentences)
	}
	return sc
}

func (sc *scope) profile() profile {
	switch {
	case sc.article == nil:
		return profileLibrary
	case sc.size > longArticle:
		return profileLong
	case sc.size <= tinyArticle:
		return profileTiny
	}
	return profileShort
}

// count fills in how many of the scope's sentences have each of the terms.
func (sc *scope) count(terms []term) {
	sc.df = map[index.TermID]int{}
	if sc.article == nil || len(sc.library.Articles()) == 1 {
		for _, t := range terms {
			sc.df[t.id] = sc.library.DocumentFrequency(t.id)
		}
		return
	}
	last := map[index.TermID]int{}
	for _, t := range terms {
		if t.id >= 0 {
			last[t.id] = -1
		}
	}
	for i, s := range sc.article.Sentences {
		for _, w := range s.Words {
			if at, wanted := last[w.Term]; wanted && at != i {
				last[w.Term] = i
				sc.df[w.Term]++
			}
		}
	}
}

// has reports whether a counted term is in the scope.
func (sc *scope) has(t term) bool { return t.id >= 0 && sc.df[t.id] > 0 }

// idf weighs a term by how rare it is in the scope and in the language at large.
func (sc *scope) idf(t *term) float64 {
	return inverseDocumentFrequency(sc.size, sc.df[t.id]) * sc.background(t.word)
}

// background weighs a word by how rare it is in the language at large.
func (sc *scope) background(word string) float64 { return 0.35 + 1.3*sc.library.Lexicon().Rarity(word) }

// inTitle reports whether the title of the scope's article has the term.
func (sc *scope) inTitle(term index.TermID) bool {
	return sc.article != nil && sc.facts.titles[sc.article.ID][term]
}

// mentions reports whether the scope mentions anything of a kind.
func (sc *scope) mentions(kind mentionKind) bool {
	sentences := sc.library.Sentences()
	if sc.article != nil {
		sentences = sc.article.Sentences
	}
	return slices.ContainsFunc(sentences, func(s *index.Sentence) bool {
		return slices.ContainsFunc(sc.facts.mentions[s.Number], func(m mention) bool { return m.kind == kind })
	})
}

// english is the analyzer of English articles; only for use where there are some.
func (sc *scope) english() *index.Analyzer { return sc.library.Analyzers()["en"] }
