package answer

import (
	"context"
	"math"
	"slices"
	"sort"

	"citebot/index"
)

// How many sentences are ranked: every sentence of an article, up to a bound past which Bleve proposes, as for a library.
const (
	wholeArticle      = 600
	libraryRecall     = 100 // hits that Bleve is asked for
	libraryNeighbours = 20  // best hits whose neighbours are looked at
	libraryArticles   = 4   // articles with the most hits that are looked at whole, if short
	libraryRanked     = 64  // sentences that are ranked in the end
)

// entry is a feature that a candidate has, by number in featureName's order, and its value.
type entry struct {
	feature int32
	value   float32
}

// ranked is a candidate with its features and score.
type ranked struct {
	sentence *index.Sentence
	view     *view
	entries  []entry
	score    float64 // log-odds against the others
	share    float64 // softmax of the scores: the probability that this is the sentence asked for, if any is
}

// candidates are the sentences to rank: all of a short article, else those that Bleve finds by the question's terms and their
// relatives, and the sentences around them.
func candidates(ctx context.Context, m *matcher, also []*index.Sentence) ([]*index.Sentence, error) {
	if m.sc.article != nil && len(m.sc.article.Sentences) <= wholeArticle {
		return m.sc.article.Sentences, nil
	}
	query := index.Query{Terms: m.queryTerms(), Limit: libraryRecall}
	if m.sc.article != nil {
		query.Article = m.sc.article.ID
	}
	found, err := m.sc.library.Search(ctx, query)
	if err != nil {
		return nil, err
	}
	return m.pick(found, also), nil
}

// pick chooses the sentences to rank from what Bleve found: the hits, the sentences next to the best ones, and the articles that
// have most of the hits, as far as the words in and around them promise something; and those of also.
func (m *matcher) pick(found []index.Candidate, also []*index.Sentence) []*index.Sentence {
	promise := map[*index.Sentence]float64{}
	weight := map[*index.Article]float64{}
	var articles []*index.Article
	for i, c := range found {
		a := c.Sentence.Article
		if weight[a] == 0 {
			articles = append(articles, a)
		}
		weight[a] += c.Score
		promise[c.Sentence] = 0
		if i < libraryNeighbours {
			for n := max(0, c.Sentence.Index-1); n <= min(c.Sentence.Index+1, len(a.Sentences)-1); n++ {
				promise[a.Sentences[n]] = 0
			}
		}
	}
	sort.SliceStable(articles, func(i, j int) bool { return weight[articles[i]] > weight[articles[j]] })
	for _, a := range articles[:min(libraryArticles, len(articles))] {
		if len(a.Sentences) > longArticle {
			continue
		}
		for _, s := range a.Sentences {
			promise[s] = 0
		}
	}
	picked := make([]*index.Sentence, 0, len(promise)+len(also))
	for s := range promise {
		around := m.exactIn(s)
		promise[s] = m.q.weightOf(around) + weight[s.Article]/weight[articles[0]]
		for n := max(0, s.Index-1); n <= min(s.Index+1, len(s.Article.Sentences)-1); n++ {
			around |= m.exactIn(s.Article.Sentences[n])
		}
		promise[s] += m.q.weightOf(around) / 2
		picked = append(picked, s)
	}
	sort.Slice(picked, func(i, j int) bool {
		if promise[picked[i]] != promise[picked[j]] {
			return promise[picked[i]] > promise[picked[j]]
		}
		return picked[i].Number < picked[j].Number
	})
	picked = picked[:min(libraryRanked, len(picked))]
	for _, s := range also {
		if !slices.Contains(picked, s) {
			picked = append(picked, s)
		}
	}
	return picked
}

// queryTerms are what to ask Bleve for.
func (m *matcher) queryTerms() []index.Term {
	var terms []index.Term
	for _, t := range m.q.terms {
		if t.id >= 0 {
			terms = append(terms, index.Term{Text: t.text, Weight: 0.35 + 1.3*m.words.Rarity(t.word)})
		}
	}
	return terms
}

// rank scores candidates and sorts them, best first, equal ones in text order.
func rank(sentences []*index.Sentence, m *matcher, w *weights) []ranked {
	all, weight := 0.0, 0.0
	var own uint64
	for i, t := range m.q.terms[:m.base] {
		all += t.idf
		if m.sc.has(t) {
			weight += t.idf
		}
		own |= 1 << i
	}
	best := 0.0
	for _, s := range sentences {
		best = max(best, m.q.weightOf(m.exactIn(s)&own)/positive(weight))
	}
	paragraphs := map[paragraphKey]uint64{}
	list := make([]ranked, 0, len(sentences))
	for _, s := range sentences {
		v := &view{matcher: m, s: s, ms: m.matches(s), weight: positive(weight), all: positive(all), best: best}
		v.matchedTerms = m.q.weightOf(v.ms.exact & own)
		v.paragraph = m.paragraphTerms(s, paragraphs)
		v.titleTerms = m.titleTerms(s.Article)
		r := ranked{sentence: s, view: v, entries: examine(v)}
		r.score = w.score(r.entries, m.sc.profile())
		list = append(list, r)
	}
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].score != list[j].score {
			return list[i].score > list[j].score
		}
		return list[i].sentence.Number < list[j].sentence.Number
	})
	softmax(list)
	return list
}

func positive(x float64) float64 {
	if x <= 0 {
		return 1
	}
	return x
}

type paragraphKey struct {
	article   *index.Article
	paragraph int
}

func (m *matcher) paragraphTerms(s *index.Sentence, memo map[paragraphKey]uint64) uint64 {
	key := paragraphKey{s.Article, s.Place.Paragraph}
	if set, known := memo[key]; known {
		return set
	}
	var set uint64
	first := s.Index - s.Place.Sentence
	for i := range s.Article.Paragraphs[s.Place.Paragraph].Sentences {
		set |= m.exactIn(s.Article.Sentences[first+i])
	}
	memo[key] = set
	return set
}

func (m *matcher) titleTerms(a *index.Article) uint64 {
	var set uint64
	title := m.facts.titles[a.ID]
	for i, t := range m.q.terms {
		if t.id >= 0 && title[t.id] {
			set |= 1 << i
		}
	}
	return set
}

// examine lists a candidate's features that are not 0.
func examine(v *view) []entry {
	entries := make([]entry, 0, 48)
	for i, f := range features {
		if x := f.value(v); x != 0 {
			entries = append(entries, entry{int32(i), float32(x)})
		}
	}
	if v.past != nil && v.q.lean > 0 {
		for i, f := range followFeatures {
			if x := f.value(v); x != 0 {
				entries = append(entries, entry{int32(len(features) + i), float32(x * v.q.lean)})
			}
		}
	}
	if v.q.english {
		pairs(v, func(n int, value float64) {
			entries = append(entries, entry{int32(len(features) + len(followFeatures) + n), float32(value)})
		})
	}
	return entries
}

// softmax turns scores into shares of 1.
func softmax(list []ranked) {
	if len(list) == 0 {
		return
	}
	sum := 0.0
	for i := range list {
		list[i].share = math.Exp(list[i].score - list[0].score)
		sum += list[i].share
	}
	for i := range list {
		list[i].share /= sum
	}
}
