package answer_test

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
)

// benchLibrary is about 10,000 sentences in articles of 25: words drawn from the test articles, so that the vocabulary and how
// often its words occur are those of English text, and sentences have many words in common.
func benchLibrary(b *testing.B) *index.Library {
	b.Helper()
	files, err := filepath.Glob("testdata/ranking/*.md")
	if err != nil || len(files) == 0 {
		b.Fatalf("no test articles: %v", err)
	}
	words := strings.Fields(corpus.Bundled().Paragraphs[0].Text)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		words = append(words, strings.Fields(string(text))...)
	}
	random := rand.New(rand.NewSource(1))
	articles := []*corpus.Article{corpus.Bundled()}
	for n := range 400 {
		var paragraphs []string
		for range 5 {
			var text []string
			for range 5 {
				for range 22 {
					text = append(text, strings.Trim(words[random.Intn(len(words))], `.,;:?!"“”`))
				}
				text[len(text)-1] += "."
			}
			paragraphs = append(paragraphs, strings.Join(text, " "))
		}
		articles = append(articles, corpus.New(corpus.Article{ID: fmt.Sprint(n), Title: paragraphs[0][:40]}, paragraphs))
	}
	library, err := index.New(articles)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { library.Close() })
	return library
}

// BenchmarkAsk is one question in a library of about 10,000 sentences: also the median, and what 99 in 100 questions take at most.
func BenchmarkAsk(b *testing.B) {
	engine, err := answer.New(benchLibrary(b))
	if err != nil {
		b.Fatal(err)
	}
	questions := []string{"When did Azerbaijan retake control of Karabakh?", "How many ethnic Armenians fled?", "Which metals are used for a bell?",
		"Who is the president of Azerbaijan?", "What did Trump write on Truth Social?"}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := engine.Ask(context.Background(), answer.Question{Text: questions[i%len(questions)]}, nil); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for _, percent := range []int{50, 99} {
		b.ReportMetric(float64(took[len(took)*percent/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", percent))
	}
}
