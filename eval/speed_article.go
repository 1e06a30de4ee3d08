package eval

import (
	"math/rand/v2"
	"strings"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// longWindows is how many windows the article has that speed is measured with.
const longWindows = 40

// longArticle makes an article of the bundled one's sentences with their words mixed up: it is as long as is wanted, its
// sentences and words are as long as in print, and no two sentences are the same.
func longArticle(model *reader.Model) *corpus.Article {
	random := rand.New(rand.NewPCG(1, 2))
	bundled := corpus.Bundled()
	var words []string
	for _, b := range bundled.Blocks {
		words = append(words, strings.Fields(b.Text)...)
	}
	var paragraphs []string
	for {
		for _, b := range bundled.Blocks {
			var sentences []string
			for _, s := range b.Sentences {
				sentences = append(sentences, mixed(random, words, len(strings.Fields(b.Text[s.Start:s.End]))))
			}
			paragraphs = append(paragraphs, strings.Join(sentences, " "))
			a := corpus.New(corpus.Article{ID: "long", Title: bundled.Title, Language: "en"}, paragraphs)
			if len(a.Windows(model.Pieces)) >= longWindows {
				return a
			}
		}
	}
}

// mixed is a sentence of n words.
func mixed(random *rand.Rand, words []string, n int) string {
	var some []string
	for range n {
		some = append(some, strings.ToLower(strings.Trim(words[random.IntN(len(words))], ".,:;!?“”\"'()")))
	}
	some[0] = strings.ToUpper(some[0][:1]) + some[0][1:]
	return strings.Join(some, " ") + "."
}

// longQuestions are n questions to the article, of four to nine of its words that stand together.
func longQuestions(a *corpus.Article, n int) []string {
	random := rand.New(rand.NewPCG(3, 4))
	var questions []string
	for range n {
		words := strings.Fields(a.Blocks[random.IntN(len(a.Blocks))].Text)
		length := min(4+random.IntN(6), len(words))
		from := random.IntN(len(words) - length + 1)
		questions = append(questions, "what is "+strings.Join(words[from:from+length], " "))
	}
	return questions
}

// windowTexts are the texts of windows.
func windowTexts(windows []index.Window) []string {
	var texts []string
	for _, w := range windows {
		var sentences []string
		for _, p := range w.Sentences {
			sentences = append(sentences, w.Article.Sentence(p))
		}
		texts = append(texts, w.Heading+"\n"+strings.Join(sentences, " "))
	}
	return texts
}
