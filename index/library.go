// Package index finds: a Bleve index of the sentences of a library's articles and a vector for each of its windows yield
// the windows that may hold the answer to a question. Whether they do is for others to decide.
package index

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"

	"citebot/corpus"
	"citebot/reader"
)

// Library is the articles that may be answered from, with their index. It is safe for concurrent use.
type Library struct {
	articles  []*corpus.Article
	byID      map[string]*corpus.Article
	windows   []Window       // of all articles, in order: a window's Number is its position here
	own       map[string]run // by article ID: its windows
	analyzers map[string]*Analyzer
	languages []string // of the articles, in the order they are met
	bleve     bleve.Index
	vectors   *vectors // nil without an encoder
	closing   sync.Once

	spelled    *Analyzer         // of words as they are typed
	stop       analysis.TokenMap // English stop words, if there is English to find
	vocabulary vocabulary        // of the sentences
	spoken     func() (*spoken, error)
	quotations atomic.Pointer[spoken] // nil until spoken was called
}

// Window is consecutive sentences of one section of an article: what is found, embedded and read as a whole.
type Window struct {
	corpus.Window
	Article *corpus.Article
	Number  int  // among the library's windows, from 0
	English bool // only English windows have a vector, and only they can be read
}

// run is the windows [start, end) of the library.
type run struct{ start, end int }

// Options are what a library may be told. The zero value will do.
type Options struct {
	// Cache is a folder to keep vectors in from one run to the next; "" for none. It is made if it does not exist.
	Cache string
}

// encoder makes vectors of texts. It is safe for concurrent use.
type encoder interface {
	Pieces(text string) int
	Embed(ctx context.Context, texts []string) ([]reader.Vector, error)
	// Fingerprint tells encoders apart that make different vectors.
	Fingerprint() string
}

// New indexes articles, whose IDs must differ, in memory. All can be searched at once, by Bleve alone at first: model makes
// the vectors of English windows in the background. Without a model, nil, it stays at that.
func New(articles []*corpus.Article, model *reader.Model, o Options) (*Library, error) {
	if model == nil {
		return newLibrary(articles, nil, o)
	}
	return newLibrary(articles, model, o)
}

// newLibrary is New with any encoder; nil for none.
func newLibrary(articles []*corpus.Article, e encoder, o Options) (*Library, error) {
	l := &Library{byID: map[string]*corpus.Article{}, own: map[string]run{}, analyzers: map[string]*Analyzer{}}
	for _, a := range articles {
		if l.byID[a.ID] != nil {
			return nil, fmt.Errorf("two articles have the id %q: give one of them another", a.ID)
		}
		if err := l.add(a, e); err != nil {
			return nil, err
		}
	}
	var err error
	if l.spelled, err = spelled(); err != nil {
		return nil, err
	}
	if english := l.analyzers["en"]; english != nil {
		l.stop = english.stop
	}
	if l.bleve, err = build(l); err != nil {
		return nil, err
	}
	l.spoken = sync.OnceValues(func() (*spoken, error) {
		s, err := newSpoken(l.articles, l.spelled)
		l.quotations.Store(s)
		return s, err
	})
	if e != nil {
		l.vectors = newVectors(l.windows, e, o)
		l.vectors.start()
	}
	return l, nil
}

// add cuts a into windows.
func (l *Library) add(a *corpus.Article, e encoder) error {
	language := primary(a.Language)
	if l.analyzers[language] == nil {
		analyzer, err := NewAnalyzer(language)
		if err != nil {
			return err
		}
		l.analyzers[language] = analyzer
		l.languages = append(l.languages, language)
	}
	english := l.analyzers[language].English()
	pieces := roughPieces
	if e != nil && english {
		pieces = e.Pieces
	}
	from := len(l.windows)
	for _, w := range a.Windows(pieces) {
		l.windows = append(l.windows, Window{Window: w, Article: a, Number: len(l.windows), English: english})
	}
	l.articles = append(l.articles, a)
	l.byID[a.ID] = a
	l.own[a.ID] = run{from, len(l.windows)}
	return nil
}

// Articles are the library's articles, in the order they were given.
func (l *Library) Articles() []*corpus.Article { return l.articles }

// Article is the article with that ID, or nil.
func (l *Library) Article(id string) *corpus.Article { return l.byID[id] }

// Analyzer is the analyzer of the language of a, which must be one of the library's articles.
func (l *Library) Analyzer(a *corpus.Article) *Analyzer { return l.analyzers[primary(a.Language)] }

// Windows are the windows of the article with that ID, in text order; those of all articles for "". They must not be changed.
func (l *Library) Windows(article string) []Window {
	r := l.scope(article)
	return l.windows[r.start:r.end]
}

// scope is the windows to search for a query's Article.
func (l *Library) scope(article string) run {
	if article == "" {
		return run{0, len(l.windows)}
	}
	return l.own[article]
}

// Progress is how many windows have their vector, and how many are to have one.
func (l *Library) Progress() (done, all int) {
	if l.vectors == nil {
		return 0, 0
	}
	return l.vectors.progress()
}

// Wait returns when no more vectors are to come: all are there, or the encoder has failed, or the library is closed. The
// error is ctx's or the encoder's.
func (l *Library) Wait(ctx context.Context) error {
	if l.vectors == nil {
		return nil
	}
	return l.vectors.wait(ctx)
}

// Cache is what became of the vectors kept on disk; all zero without a cache.
func (l *Library) Cache() CacheReport {
	if l.vectors == nil {
		return CacheReport{}
	}
	return l.vectors.cacheReport()
}

// Close ends the work on vectors and frees the index; a search after it fails. Closing twice is closing once.
func (l *Library) Close() (err error) {
	l.closing.Do(func() {
		if l.vectors != nil {
			l.vectors.stop()
		}
		if s := l.quotations.Load(); s != nil {
			err = s.bleve.Close()
		}
		if err = errors.Join(err, l.bleve.Close()); err != nil {
			err = fmt.Errorf("close the index: %w", err)
		}
	})
	return err
}
