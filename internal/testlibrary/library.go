// Package testlibrary opens libraries for tests.
package testlibrary

import (
	"sync"
	"testing"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// model is the one that comes with the program, opened once for all tests of a package.
var model = sync.OnceValues(reader.Open)

// New is a library of articles, with all vectors made, and the model that made them. It is closed when the test ends.
func New(t testing.TB, articles ...*corpus.Article) (*index.Library, *reader.Model) {
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
	return library, m
}
