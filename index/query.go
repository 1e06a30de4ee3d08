package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Query is what to find windows for.
type Query struct {
	Text    string // the question
	Before  string // the question before it in the conversation; "" for none
	Shown   string // the passage that was shown in answer to it; "" for none
	Article string // ID of the only article to look in; "" for all
	Limit   int    // how many candidates at most

	// Near is the ID of an article that the answer is likely to be in; "" for none. Of its windows the best NearLimit are
	// candidates in any case, after the others.
	Near      string
	NearLimit int
}

// embedded are the texts whose vectors together stand for the query: the question, and the question within its
// conversation if it has one. Of 143 follow-ups as people ask them, the second alone brings the right window of a library
// among the first 4 for 58 in 100 without the passage shown; both together for 82 with it, and for 59 when it is a wrong one.
func (q Query) embedded() []string {
	if q.Before == "" && q.Shown == "" {
		return []string{q.Text}
	}
	return []string{q.Text, strings.TrimSpace(q.Before + " " + q.Text + " " + q.Shown)}
}

// What a word of the conversation weighs beside one of the question. Like all weights here, these are round numbers chosen
// on 479 questions as people ask them, where twice or half as much changes recall by less than a point.
const (
	beforeWeight = 0.5 // of the question before
	shownWeight  = 0.2 // of the passage shown
)

// What a word in the headings or in the title weighs beside one in the sentence.
const (
	headingWeight = 0.3
	titleWeight   = 0.3
)

// maxTerms is how many different words of a query are looked for. A question has fewer; a pasted text may have thousands.
const maxTerms = 64

// term is a word to look for.
type term struct {
	text   string
	weight float64
}

// terms are the words of q as a's language has them, without stop words, each once.
func (q Query) terms(a *Analyzer) []term {
	var terms []term
	at := map[string]int{}
	add := func(text string, weight float64) {
		here := map[string]bool{} // a word counts once in each text
		for _, t := range a.Tokens(text) {
			if t.Stop || here[t.Term] {
				continue
			}
			here[t.Term] = true
			if i, ok := at[t.Term]; ok {
				terms[i].weight += weight
			} else if len(terms) < maxTerms {
				at[t.Term] = len(terms)
				terms = append(terms, term{t.Term, weight})
			}
		}
	}
	add(q.Text, 1)
	add(q.Before, beforeWeight)
	add(q.Shown, shownWeight)
	return terms
}

// bleve builds Bleve's query from terms, never from text: its query syntax must not be reachable from a question. Nil if
// there is nothing to look for.
func (q Query) bleve(terms map[string][]term, languages []string) query.Query {
	any := bleve.NewBooleanQuery()
	words := 0
	for _, language := range languages {
		for _, t := range terms[language] {
			words++
			any.AddShould(
				termQuery(inLanguage(fieldText, language), t.text, t.weight),
				termQuery(inLanguage(fieldHeading, language), t.text, t.weight*headingWeight),
				termQuery(inLanguage(fieldTitle, language), t.text, t.weight*titleWeight),
			)
		}
	}
	if words == 0 {
		return nil
	}
	if q.Article != "" {
		any.AddFilter(termQuery(fieldArticle, q.Article, 1))
	}
	return any
}

func termQuery(field, text string, boost float64) *query.TermQuery {
	t := bleve.NewTermQuery(text)
	t.SetField(field)
	t.SetBoost(boost)
	return t
}
