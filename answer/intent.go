package answer

import (
	"slices"
	"strings"

	"citebot/corpus"
	"citebot/index"
)

// intent is what somebody wants who does not ask for a fact: such questions are answered by rule, before any ranking.
type intent int

const (
	intentFact    intent = iota
	intentEmpty          // nothing to read: no letter and no digit
	intentGreet          // hello, or what the bot can do
	intentRemark         // thanks, bye, ok
	intentGist           // what is this about, what happened, summarise
	intentByline         // who wrote this, when was it published
	intentQuoted         // who is quoted
	intentUnclear        // no content word, no question word, and no conversation to take one from
)

const noWord = "That has no word to look for; say whom or what it is about."

// intentOf tells a question's intent. Phrases are English; the others hold for every language.
func intentOf(q *question, alone bool) intent {
	if len(q.tokens) == 0 {
		return intentEmpty
	}
	if q.english {
		switch said := plainWords(q); {
		case greets(said):
			return intentGreet
		case remarks(said):
			return intentRemark
		case matchesAny(said, "what is this about", "what's this about", "what is it about", "what's it about", "what happened", "what is the article about",
			"what's the article about", "what is this article about", "what's this article about", "what is the news", "what's the news",
			"summarise", "summarize", "summary", "summarise this", "summarize this", "summarise it", "summarize it", "summarise the article",
			"summarize the article", "summarise this article", "summarize this article", "give me a summary", "tl;dr", "tldr", "tl dr",
			"what does the article say", "what is the topic", "what is the main point", "what's going on", "what is going on") && (alone || said != "what happened"):
			return intentGist
		case matchesAny(said, "who is quoted", "who's quoted", "who is quoted in the article", "who is quoted in this article", "who does the article quote",
			"who is quoted here", "whose words are quoted", "who gets quoted"):
			return intentQuoted
		case matchesAny(said, "who wrote this", "who wrote this article", "who wrote the article", "who is the author of this article",
			"who is the author of the article", "who published this", "who published this article", "when was this published",
			"when was this article published", "when was the article published", "when was this written", "when was this article written",
			"when was the article written", "what is the title of the article", "what is the title of this article", "what is the headline",
			"what's the headline", "where is this article from", "what article is this", "which article is this") ||
			alone && matchesAny(said, "who is the author", "who's the author", "what is the title", "what's the title",
				"what is the source", "what's the source", "where is this from"): // else that of a book which is talked about
			return intentByline
		}
	}
	if alone && len(q.terms) == 0 && q.kind == kindOther {
		return intentUnclear
	}
	return intentFact
}

// plainWords is the question in lower case with single spaces and no punctuation.
func plainWords(q *question) string {
	words := q.words
	if n := len(words); n > 1 && words[n-1] == "please" {
		words = words[:n-1]
	}
	if len(words) > 1 && words[0] == "please" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// greets reports whether somebody says hello, or asks what there is to ask.
func greets(said string) bool {
	return matchesAny(said, "who are you", "what are you", "what can you do", "what can i ask", "what can i ask you", "what do you do", "help", "help me",
		"how does this work", "how do you work", "how do i use this", "good morning", "good afternoon", "good evening", "good day") ||
		consistsOf(said, []string{"hi", "hello", "hey", "howdy", "greetings"}, []string{"there", "citebot", "bot", "everyone", "all", "again"})
}

// remarks reports whether somebody says something that asks for nothing.
func remarks(said string) bool {
	return matchesAny(said, "i see", "got it") ||
		consistsOf(said, []string{"ok", "okay", "thanks", "thank", "thx", "cheers", "great", "cool", "nice", "good", "perfect", "wow", "lol", "haha", "bye", "goodbye", "yes", "no"},
			[]string{"you", "a", "lot", "very", "much", "so", "for", "that", "the", "help", "citebot", "bot", "got", "it"})
}

// consistsOf reports whether what is said begins with one of some words, and has none but those and some others.
func consistsOf(said string, first, others []string) bool {
	for i, word := range strings.Fields(said) {
		if !slices.Contains(first, word) && (i == 0 || !slices.Contains(others, word)) {
			return false
		}
	}
	return said != ""
}

func matchesAny(said string, phrases ...string) bool {
	for _, p := range phrases {
		if said == p {
			return true
		}
	}
	return false
}

// byRule answers a question that is not for a fact.
func (e *Engine) byRule(in intent, q Question, sc *scope, past *history) Answer {
	a := Answer{Question: q.Text}
	switch in {
	case intentEmpty:
		a.Reason = "Ask in words, please: who, what, when, where, why or how?"
	case intentGreet:
		a.Reason = "Hello! Ask about what the articles say, and the passage that answers comes back word for word."
	case intentRemark:
		a.Reason = "Ask on whenever you like."
	case intentUnclear:
		a.Reason = noWord
	case intentGist:
		a.Passages = e.leads(sc, past, passagesWanted(q))
	case intentByline:
		a.Reason = "Which article? Ask about what one of them says first."
		if article := talkedAbout(sc, past); article != nil {
			a.Reason = "This is " + article.Byline() + "."
		}
	case intentQuoted:
		a.Passages = e.quotedPassages(sc, passagesWanted(q))
		if len(a.Passages) == 0 {
			a.Reason = "Nobody is quoted."
		}
	}
	if len(a.Passages) > 0 {
		a.Verdict, a.Confidence = Answered, 1
	}
	return a
}

func passagesWanted(q Question) int {
	if q.Top <= 0 {
		return 3
	}
	return q.Top
}

// talkedAbout is the article that is asked about, else the one that was last shown, else nil.
func talkedAbout(sc *scope, past *history) *index.Article {
	if sc.article == nil && past != nil && past.shown != nil {
		return past.shown.Article
	}
	return sc.article
}

// leads are the first sentences of the article that is talked about, else the first of each article.
func (e *Engine) leads(sc *scope, past *history, n int) []Passage {
	var passages []Passage
	if article := talkedAbout(sc, past); article != nil {
		for _, s := range article.Sentences[:min(n, len(article.Sentences))] {
			passages = append(passages, plainPassage(s))
		}
		return passages
	}
	for _, a := range e.library.Articles() {
		if len(a.Sentences) > 0 && len(passages) < n {
			passages = append(passages, plainPassage(a.Sentences[0]))
		}
	}
	return passages
}

// quotedPassages are the first sentences in which each of the speakers is quoted, the most quoted one first.
func (e *Engine) quotedPassages(sc *scope, n int) []Passage {
	id := ""
	if sc.article != nil {
		id = sc.article.ID
	}
	var passages []Passage
	for _, speaker := range e.Speakers(id) {
		if speaker.Name == "" {
			continue
		}
		for _, a := range e.library.Articles() {
			if len(passages) == n || (id != "" && a.ID != id) {
				continue
			}
			for _, q := range a.Quotations {
				if q.Speaker != speaker.Name {
					continue
				}
				s := a.At(a.QuotationPlace(q))
				p := plainPassage(s)
				start := a.Paragraphs[s.Place.Paragraph].Sentences[s.Place.Sentence].Start
				p.Highlights = []corpus.Span{{Start: q.Start - start, End: min(q.End-start, len(s.Text))}}
				passages = append(passages, p)
				break
			}
		}
	}
	return passages
}

// plainPassage is a sentence with nothing emphasised.
func plainPassage(s *index.Sentence) Passage {
	par := s.Article.Paragraphs[s.Place.Paragraph]
	at := par.Sentences[s.Place.Sentence]
	return Passage{Article: s.Article.Article, Place: s.Place, Text: s.Text, Before: par.Text[:at.Start], After: par.Text[at.End:],
		Citation: s.Article.Cite(s.Place)}
}
