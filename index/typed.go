package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/search/query"

	"citebot/corpus"
)

// Typed is what somebody has typed so far of what they look for: words in any order, of which the last may lack its end.
type Typed struct {
	Text    string
	Article string // ID of the only article to look in; "" for all
	Limit   int    // how many to find at most
}

// fieldWord has a sentence's words as they are spelled, folded, without English stop words: somebody who is typing sees
// words, not stems.
const fieldWord = "word"

// endWeight is what the last word with an end is worth beside a word that is there as typed. At most endsTried ends are tried (each is
// looked up in every segment of the index),
// as far as no more than endsBudget texts have them: scoring each takes a fraction of a microsecond, and whoever types waits.
const (
	endWeight  = 0.5
	endsTried  = 10
	endsBudget = 10_000
)

// spelled splits texts of any language into Unicode words. It is safe for concurrent use.
func spelled() (*Analyzer, error) { return NewAnalyzer("und") }

// wordStream is Bleve's view of words without those that stop has.
func wordStream(a *Analyzer, text string, memory known, stop analysis.TokenMap) analysis.TokenStream {
	var stream analysis.TokenStream
	for i, t := range a.tokens(text, memory) {
		if !stop[t.Term] {
			stream = append(stream, &analysis.Token{Term: []byte(t.Term), Start: t.Start, End: t.End, Position: i + 1})
		}
	}
	return stream
}

// typedWords are the different words of a text that is being typed. Stop words are left out unless there is nothing else;
// the last word never is, for it may become another.
func typedWords(a *Analyzer, text string, stop analysis.TokenMap) []string {
	var words []string
	tokens := a.Tokens(text)
	for i, t := range tokens[:min(len(tokens), maxTerms)] {
		if (i == len(tokens)-1 || !stop[t.Term]) && !slices.Contains(words, t.Term) {
			words = append(words, t.Term)
		}
	}
	return words
}

// typedQuery is Bleve's query for texts that have words in one of the fields, the last at least in part: all of them, or any.
// optional tells that the last word need not be there, as a stop word need not.
func typedQuery(words []string, v vocabulary, optional, all bool, fields ...string) *query.BooleanQuery {
	q := bleve.NewBooleanQuery()
	for i, word := range words {
		either := bleve.NewDisjunctionQuery()
		for _, field := range fields {
			either.AddQuery(termQuery(field, word, 1))
		}
		last := i == len(words)-1
		if last {
			for _, end := range v.completions(word, endsTried, endsBudget) {
				for _, field := range fields {
					either.AddQuery(termQuery(field, end, endWeight))
				}
			}
		}
		if all && !(last && optional) {
			q.AddMust(either)
		} else {
			q.AddShould(either)
		}
	}
	return q
}

// searchTyped searches ix for typed words in fields: for texts that have them all, and if there are none, for those that have
// any. The IDs of documents come best first, equal ones in their order; filters hold for all.
func searchTyped(ctx context.Context, ix bleve.Index, words []string, v vocabulary, stop analysis.TokenMap, limit int, fields []string, filters ...query.Query) ([]string, error) {
	if len(words) == 0 || limit <= 0 {
		return nil, nil
	}
	optional := len(words) > 1 && stop[words[len(words)-1]]
	for _, all := range []bool{true, false} {
		q := typedQuery(words, v, optional, all, fields...)
		for _, f := range filters {
			q.AddFilter(f)
		}
		request := bleve.NewSearchRequestOptions(q, limit, 0, false)
		request.SortBy([]string{"-_score", "_id"})
		result, err := ix.SearchInContext(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("search for what is typed: %w", err)
		}
		if len(result.Hits) == 0 && len(words) > 1 {
			continue
		}
		ids := make([]string, len(result.Hits))
		for i, hit := range result.Hits {
			ids[i] = hit.ID
		}
		return ids, nil
	}
	return nil, nil
}

// Sentences are the sentences that fit what is typed, best first.
func (l *Library) Sentences(ctx context.Context, typed Typed) ([]Found, error) {
	words := typedWords(l.spelled, typed.Text, l.stop)
	// Twice as many, since a sentence may be in two windows.
	ids, err := searchTyped(ctx, l.bleve, words, l.vocabulary, l.stop, 2*typed.Limit, []string{fieldWord}, inArticle(typed.Article)...)
	if err != nil {
		return nil, err
	}
	var found []Found
	for _, id := range ids {
		window, sentence, err := parseID(id)
		if err != nil {
			return nil, err
		}
		w := &l.windows[window]
		if f := (Found{w.Article, w.Sentences[sentence]}); len(found) < typed.Limit && !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	return found, nil
}

// TypedIn are the words of text that fit what is typed, in order.
func (l *Library) TypedIn(text, typed string) []corpus.Span {
	words := typedWords(l.spelled, typed, l.stop)
	var spans []corpus.Span
	for _, t := range l.spelled.Tokens(text) {
		if slices.Contains(words, t.Term) || len(words) > 0 && strings.HasPrefix(t.Term, words[len(words)-1]) {
			spans = append(spans, corpus.Span{Start: t.Start, End: t.End})
		}
	}
	return spans
}
