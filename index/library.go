// Package index finds: a Bleve index of the sentences of a library's articles, which yields candidates for a query with the
// byte positions of the words that matched. Whether a candidate answers anything is for package answer to decide.
package index

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"citebot/corpus"
	"citebot/lexicon"
)

// Library is the articles that may be answered from, with their index. It is safe for concurrent use.
type Library struct {
	articles  []*Article
	byID      map[string]*Article
	sentences []*Sentence // of all articles, in order: a sentence's Number is its position here
	terms     map[string]TermID
	texts     []string // by TermID
	df        []int    // by TermID: how many sentences have it
	analyzers map[string]*Analyzer
	words     *lexicon.Lexicon
	bleve     bleve.Index
}

// TermID numbers the distinct terms of a library from 0; -1 is a term that the library lacks.
type TermID int32

// Article is an article of the library with its sentences analyzed.
type Article struct {
	*corpus.Article
	Analyzer  *Analyzer
	Title     []Token
	Sentences []*Sentence // in text order
	starts    []int       // by paragraph: the index of its first sentence
}

// Sentence is a sentence of the library, analyzed.
type Sentence struct {
	Number  int // among the library's sentences, from 0
	Index   int // among its article's sentences, from 0
	Article *Article
	Place   corpus.Place
	Text    string
	Words   []Word
}

// At is the sentence at p, which must exist.
func (a *Article) At(p corpus.Place) *Sentence {
	return a.Sentences[a.starts[p.Paragraph]+p.Sentence]
}

// Word is a token of a sentence. Offsets are bytes of the sentence's text.
type Word struct {
	Term       TermID
	Start, End int32
	Stop       bool
}

// New indexes articles, whose IDs must differ, in memory.
func New(articles []*corpus.Article) (*Library, error) {
	words, err := lexicon.Open()
	if err != nil {
		return nil, fmt.Errorf("open the lexicon: %w", err)
	}
	l := &Library{byID: map[string]*Article{}, terms: map[string]TermID{}, analyzers: map[string]*Analyzer{}, words: words}
	memories := map[*Analyzer]seen{}
	for _, a := range articles {
		if l.byID[a.ID] != nil {
			return nil, fmt.Errorf("two articles have the id %q: give one of them another", a.ID)
		}
		if err := l.add(a, memories); err != nil {
			return nil, err
		}
	}
	l.countTerms()
	if l.bleve, err = build(l); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *Library) add(a *corpus.Article, memories map[*Analyzer]seen) error {
	analyzer, err := l.analyzer(a.Language)
	if err != nil {
		return err
	}
	memory := memories[analyzer]
	if memory == nil {
		memory = seen{}
		memories[analyzer] = memory
	}
	own := &Article{Article: a, Analyzer: analyzer, Title: analyzer.Tokens(a.Title)}
	for p, par := range a.Paragraphs {
		own.starts = append(own.starts, len(own.Sentences))
		for s := range par.Sentences {
			place := corpus.Place{Paragraph: p, Sentence: s}
			text := a.Sentence(place)
			sentence := &Sentence{Number: len(l.sentences), Index: len(own.Sentences), Article: own, Place: place, Text: text,
				Words: l.intern(analyzer.tokens(text, memory))}
			own.Sentences = append(own.Sentences, sentence)
			l.sentences = append(l.sentences, sentence)
		}
	}
	l.articles = append(l.articles, own)
	l.byID[a.ID] = own
	return nil
}

func (l *Library) analyzer(language string) (*Analyzer, error) {
	language = primary(language)
	if a := l.analyzers[language]; a != nil {
		return a, nil
	}
	a, err := NewAnalyzer(language, l.words)
	if err != nil {
		return nil, err
	}
	l.analyzers[language] = a
	return a, nil
}

func (l *Library) intern(tokens []Token) []Word {
	words := make([]Word, len(tokens))
	for i, t := range tokens {
		id, known := l.terms[t.Term]
		if !known {
			id = TermID(len(l.terms))
			l.terms[t.Term] = id
			l.texts = append(l.texts, t.Term)
		}
		words[i] = Word{Term: id, Start: int32(t.Start), End: int32(t.End), Stop: t.Stop}
	}
	return words
}

// countTerms counts in how many sentences each term is.
func (l *Library) countTerms() {
	l.df = make([]int, len(l.terms))
	last := make([]int, len(l.terms)) // the last sentence that had the term, from 1
	for i, s := range l.sentences {
		for _, w := range s.Words {
			if last[w.Term] != i+1 {
				last[w.Term] = i + 1
				l.df[w.Term]++
			}
		}
	}
}

// Articles are the library's articles, in the order they were given.
func (l *Library) Articles() []*Article { return l.articles }

// Article is the article with that ID, or nil.
func (l *Library) Article(id string) *Article { return l.byID[id] }

// Analyzers are those of the library's languages.
func (l *Library) Analyzers() map[string]*Analyzer { return l.analyzers }

// Lexicon is what is known about English words.
func (l *Library) Lexicon() *lexicon.Lexicon { return l.words }

// Sentences are the sentences of all articles, in order.
func (l *Library) Sentences() []*Sentence { return l.sentences }

// Term is the number of a term, -1 if no sentence has it.
func (l *Library) Term(term string) TermID {
	if id, ok := l.terms[term]; ok {
		return id
	}
	return -1
}

// TermCount is how many distinct terms there are.
func (l *Library) TermCount() int { return len(l.texts) }

// Text is the term with that number, which must be one of the library's.
func (l *Library) Text(id TermID) string { return l.texts[id] }

// DocumentFrequency is how many sentences of the library have the term.
func (l *Library) DocumentFrequency(id TermID) int {
	if id < 0 {
		return 0
	}
	return l.df[id]
}

// Close frees the index. The library must not be searched after it.
func (l *Library) Close() error { return l.bleve.Close() }
