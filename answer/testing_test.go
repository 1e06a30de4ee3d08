package answer_test

import (
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/internal/testlibrary"
)

// newEngine is an engine that answers from articles, with all vectors made.
func newEngine(t testing.TB, articles ...*corpus.Article) *answer.Engine {
	t.Helper()
	return answer.New(testlibrary.New(t, articles...))
}
