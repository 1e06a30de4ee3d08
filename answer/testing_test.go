package answer_test

import (
	"sync"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// model is the one that comes with the program, loaded once for all tests.
var model = sync.OnceValues(reader.Open)

// newEngine is an engine that answers from articles, with all vectors made.
func newEngine(t testing.TB, articles ...*corpus.Article) *answer.Engine {
	t.Helper()
	m, err := model()
	if err != nil {
		t.Fatal(err)
	}
	library, err := index.New(articles, m, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { library.Close() })
	if err := library.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	return answer.New(library, m)
}
