package answer

import (
	"slices"
	"strings"

	"citebot/corpus"
)

// reply answers what is no question to the articles: nothing at all, a greeting, thanks, or a question about the article as
// a whole. ok is false for everything else.
func (e *Engine) reply(q query) (a Answer, ok bool) {
	said := spoken(q.text)
	a = Answer{Question: q.question.Text}
	switch {
	case len(e.Articles()) == 0 || q.article != nil && q.article.SentenceCount() == 0:
		a.Reason = "There is no text to answer from."
	case said == "":
		a.Reason = "Ask in words, please: who, what, when, where, why or how?"
	case asksForMore(q.text):
		a.Reason = "More of what? Ask a question first."
	case isRemark(q.text):
		a.Reason = "Ask on whenever you like."
	case greets(said):
		a.Reason = "Hello! Ask about what the articles say, and the passage that answers comes back word for word."
	case asksForGist(said):
		a.Verdict, a.Confidence = Closest, 0.5
		a.Reason = "This is how it begins."
		a.Passages = e.leads(q)
	default:
		return Answer{}, false
	}
	return a, true
}

// asksNothing reports whether text is no question that another could follow on.
func asksNothing(text string) bool {
	said := spoken(text)
	return said == "" || isRemark(text) || greets(said)
}

// isRemark reports whether text asks for nothing.
func isRemark(text string) bool {
	said := spoken(text)
	return said == "i see" || said == "got it" || consistsOf(said,
		[]string{"ok", "okay", "thanks", "thank", "thx", "ty", "cheers", "great", "cool", "nice", "perfect", "wow", "lol", "haha", "bye"},
		[]string{"you", "a", "lot", "very", "much", "so", "for", "that", "the", "help", "citebot", "bot", "got", "it", "good"})
}

// greets reports whether somebody says hello, or asks what there is to ask. said is as [spoken] makes it.
func greets(said string) bool {
	return slices.Contains([]string{"help", "help me", "who are you", "what are you", "what can you do", "what can i ask", "how does this work"}, said) ||
		consistsOf(said, []string{"hi", "hello", "hey", "howdy"}, []string{"there", "citebot", "bot", "everyone", "all", "again"})
}

// asksForGist reports whether somebody asks what the article says on the whole.
func asksForGist(said string) bool {
	return slices.Contains([]string{"summary", "summarise", "summarize", "summarise this", "summarize this", "summarise the article",
		"summarize the article", "give me a summary", "tldr", "tl dr", "what is this about", "whats this about", "what is this article about",
		"whats this article about", "what is the article about", "whats the article about"}, said)
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

// leads are the first sentences of the article that is talked about, else the first one of each article.
func (e *Engine) leads(q query) []Passage {
	article := q.article
	if article == nil && q.shown != nil {
		article = e.Article(q.shown.Article)
	}
	wanted := passagesWanted(q.question)
	if article != nil {
		return firstPassages(article, wanted)
	}
	var passages []Passage
	for _, a := range e.Articles() {
		if len(passages) < wanted {
			passages = append(passages, firstPassages(a, 1)...)
		}
	}
	return passages
}

// firstPassages are the first n sentences of an article.
func firstPassages(a *corpus.Article, n int) []Passage {
	var passages []Passage
	for i, b := range a.Blocks {
		for j := range b.Sentences {
			if b.Kind != corpus.TableHead && len(passages) < n {
				passages = append(passages, plainPassage(a, corpus.Place{Block: i, Sentence: j}))
			}
		}
	}
	return passages
}
