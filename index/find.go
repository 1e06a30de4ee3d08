package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"

	"citebot/corpus"
	"citebot/reader"
)

// Candidate is a window that may hold the answer.
type Candidate struct {
	Window  *Window
	Lexical int           // its rank by Bleve, from 1; 0 if Bleve did not find it
	Vector  int           // its rank by vectors, from 1; 0 if it has no vector or is not among the nearest
	Cosine  float64       // of its vector and the question's, -1..1; 0 where Vector is 0
	Fused   float64       // what both ranks together are worth; only the order it makes within one search means anything
	Best    corpus.Place  // the sentence that Bleve likes best, the first of the window if it likes none
	Matches []corpus.Span // the query's words in that sentence: bytes of its text, in order
}

const (
	// depth is how many windows each of the two ways to find them contributes.
	depth = 100
	// hitsSought is how many sentences to ask Bleve for: enough that they come from depth windows.
	hitsSought = 4 * depth
	// hitsCounted is how many of a window's sentences its lexical rank is made from, the best ones.
	hitsCounted = 2
)

// Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a window at rank r is worth share/(fusionRank+r). Chosen on 479
// questions as people ask them: with half as much for vectors, a point fewer right windows are among the first 6 of an article
// or 12 of a library; with more, fewer are among the first of a library.
const (
	fusionRank   = 5
	lexicalShare = 1.0
	vectorShare  = 3.0
)

// Find finds the windows that best fit q, best first, equal ones in text order. The same query gives the same candidates as
// long as no vectors are added.
func (l *Library) Find(ctx context.Context, q Query) ([]Candidate, error) {
	var vector *reader.Vector
	if l.vectors != nil && slices.Contains(l.languagesOf(q.Article), "en") {
		v, err := l.vectors.of(ctx, q)
		if err != nil {
			return nil, err
		}
		vector = &v
	}
	found, err := l.find(ctx, q, vector)
	if err != nil || q.Near == "" {
		return found, err
	}
	known := map[int]bool{}
	for _, c := range found {
		known[c.Window.Number] = true
	}
	q.Article, q.Limit = q.Near, q.NearLimit
	near, err := l.find(ctx, q, vector)
	if err != nil {
		return nil, err
	}
	for _, c := range near {
		if !known[c.Window.Number] {
			found = append(found, c)
		}
	}
	return found, nil
}

// find is Find in one scope, with the vector of the question; nil for none.
func (l *Library) find(ctx context.Context, q Query, vector *reader.Vector) ([]Candidate, error) {
	scope := l.scope(q.Article)
	if scope.start == scope.end || q.Limit <= 0 {
		return nil, nil
	}
	terms := map[string][]term{}
	languages := l.languagesOf(q.Article)
	for _, language := range languages {
		terms[language] = q.terms(l.analyzers[language])
	}
	hits, err := l.search(ctx, q, terms, languages)
	if err != nil {
		return nil, err
	}
	var nearest []near
	if vector != nil && slices.Contains(languages, "en") {
		first := make([]int, 0, len(hits))
		for _, h := range hits {
			first = append(first, h.window)
		}
		if nearest, err = l.vectors.nearest(ctx, *vector, scope, first); err != nil {
			return nil, err
		}
	}
	candidates := l.fuse(hits, nearest)
	candidates = candidates[:min(q.Limit, len(candidates))]
	for i := range candidates {
		candidates[i].Matches = l.matches(&candidates[i], terms)
	}
	return candidates, nil
}

// languagesOf are the languages of the article with that ID, of all articles for "".
func (l *Library) languagesOf(article string) []string {
	if a := l.byID[article]; article != "" && a != nil {
		return []string{primary(a.Language)}
	}
	return l.languages
}

// hit is a window that Bleve found.
type hit struct {
	window   int
	sentence int     // the one that fits best
	found    int     // how many sentences were found
	score    float64 // of the best of them
}

// search finds windows by Bleve, best first. A window is as good as its best two sentences together: for questions as people
// ask them, that does as well as the best one in an article and better in a library (56 of 100 right windows among the first
// 4 rather than 54), and better than all of them or than BM25 over whole windows once vectors join in.
func (l *Library) search(ctx context.Context, q Query, terms map[string][]term, languages []string) ([]hit, error) {
	query := q.bleve(terms, languages)
	if query == nil {
		return nil, nil
	}
	request := bleve.NewSearchRequestOptions(query, hitsSought, 0, false)
	request.SortBy([]string{"-_score", "_id"})
	result, err := l.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search the index: %w", err)
	}
	var hits []hit
	at := map[int]int{} // by window number
	for _, match := range result.Hits {
		window, sentence, err := parseID(match.ID)
		if err != nil {
			return nil, err
		}
		i, met := at[window]
		if !met {
			i = len(hits)
			at[window] = i
			hits = append(hits, hit{window: window, sentence: sentence})
		}
		if h := &hits[i]; h.found < hitsCounted {
			h.found++
			h.score += match.Score
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.window, b.window))
	})
	return hits[:min(depth, len(hits))], nil
}

// fuse makes one order of two.
func (l *Library) fuse(hits []hit, nearest []near) []Candidate {
	candidates := make([]Candidate, 0, len(hits)+len(nearest))
	at := map[int]int{} // by window number
	for i, h := range hits {
		w := &l.windows[h.window]
		at[h.window] = i
		candidates = append(candidates, Candidate{Window: w, Lexical: i + 1, Best: w.Sentences[h.sentence],
			Fused: lexicalShare / float64(fusionRank+i+1)})
	}
	for i, n := range nearest {
		if _, found := at[n.window]; !found {
			w := &l.windows[n.window]
			at[n.window] = len(candidates)
			candidates = append(candidates, Candidate{Window: w, Best: w.Sentences[0]})
		}
		c := &candidates[at[n.window]]
		c.Vector, c.Cosine = i+1, n.cosine
		c.Fused += vectorShare / float64(fusionRank+i+1)
	}
	slices.SortFunc(candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Fused, a.Fused), cmp.Compare(a.Window.Number, b.Window.Number))
	})
	return candidates
}

// matches are the words of the query's own text and of the conversation in c's best sentence.
func (l *Library) matches(c *Candidate, terms map[string][]term) []corpus.Span {
	a := l.Analyzer(c.Window.Article)
	wanted := map[string]bool{}
	for _, t := range terms[a.Language()] {
		wanted[t.text] = true
	}
	var spans []corpus.Span
	for _, t := range a.Tokens(c.Window.Article.Sentence(c.Best)) {
		if !t.Stop && wanted[t.Term] {
			spans = append(spans, corpus.Span{Start: t.Start, End: t.End})
		}
	}
	return spans
}

// Having are the sentences that have one of the terms, in text order: terms of the analyzer of that language, no stop words.
func (l *Library) Having(ctx context.Context, language string, terms []string) ([]Found, error) {
	if len(terms) == 0 || len(l.windows) == 0 {
		return nil, nil
	}
	any := bleve.NewDisjunctionQuery()
	for _, t := range terms[:min(len(terms), maxTerms)] {
		any.AddQuery(termQuery(inLanguage(fieldText, language), t, 1))
	}
	count, err := l.bleve.DocCount()
	if err != nil {
		return nil, fmt.Errorf("count the sentences of the index: %w", err)
	}
	request := bleve.NewSearchRequestOptions(any, int(count), 0, false)
	request.Score = "none"
	request.SortBy([]string{"_id"})
	result, err := l.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search the index: %w", err)
	}
	found := make([]Found, 0, len(result.Hits))
	for _, match := range result.Hits {
		window, sentence, err := parseID(match.ID)
		if err != nil {
			return nil, err
		}
		w := &l.windows[window]
		found = append(found, Found{w.Article, w.Sentences[sentence]})
	}
	return found, nil
}

// Found is a sentence that was found.
type Found struct {
	Article *corpus.Article
	Place   corpus.Place
}
