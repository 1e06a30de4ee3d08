package answer

import (
	"slices"
	"strings"
	"unicode"

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
	case isWordless(said):
		a.Remark, a.Reason = true, "Ask in words, please: who, what, when, where, why or how?"
	case asksForMore(q.text):
		a.Remark, a.Reason = true, "More of what? Ask a question first."
	case thanks(said):
		a.Remark, a.Reason = true, "You are welcome. Ask on whenever you like."
	case isRemark(q.text):
		a.Remark, a.Reason = true, "Ask on whenever you like."
	case asksForHelp(said):
		a.Remark, a.Reason = true, "Ask me about what the articles say, and I show the passage that answers, word for word, and where it stands."
	case greets(said):
		a.Remark, a.Reason = true, "Hello! Ask about what the articles say, and the passage that answers comes back word for word."
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
	return isWordless(said) || isRemark(text) || greets(said) || asksForHelp(said)
}

// isWordless reports whether nothing is said but signs, such as emoji.
func isWordless(said string) bool {
	return !strings.ContainsFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// isRemark reports whether text asks for nothing.
func isRemark(text string) bool {
	said := spoken(text)
	return said == "i see" || said == "got it" || said == "good bot" || consistsOf(said,
		[]string{"ok", "okay", "k", "thanks", "thank", "thx", "ty", "cheers", "great", "cool", "nice", "perfect", "awesome", "wow", "lol", "lmao",
			"rofl", "haha", "hahaha", "bye", "goodbye"},
		[]string{"you", "a", "lot", "very", "much", "so", "for", "that", "the", "help", "citebot", "bot", "got", "it", "good"})
}

// thanks reports whether there is thanks in what is said, which is a remark. said is as [spoken] makes it.
func thanks(said string) bool {
	return isRemark(said) && slices.ContainsFunc(strings.Fields(said), func(word string) bool {
		return slices.Contains([]string{"thanks", "thank", "thx", "ty", "cheers"}, word)
	})
}

// asksForHelp reports whether somebody asks what there is to ask.
func asksForHelp(said string) bool {
	return slices.Contains([]string{"help", "help me", "who are you", "what are you", "what can you do", "what do you do", "what can i ask",
		"what can i ask you", "what can i ask about", "how does this work", "how do you work"}, said)
}

// greets reports whether somebody says hello.
func greets(said string) bool {
	return consistsOf(said, []string{"hi", "hello", "hey", "howdy", "hiya", "yo"}, []string{"there", "citebot", "bot", "everyone", "all", "again"}) ||
		slices.Contains([]string{"good morning", "good afternoon", "good evening"}, said)
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
