package bot

import (
	"context"
	"flag"
	"os"
	"sync"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/quote"
	"citebot/reader"
)

// TestMain lets many tests run at once, however few processors there are: most of their time they wait, if only for the second that
// discordgo takes to close a connection.
func TestMain(m *testing.M) {
	flag.Parse()
	flag.Set("test.parallel", "12")
	os.Exit(m.Run())
}

// model is the reader, opened once for all tests.
var model = sync.OnceValues(reader.Open)

// newEngine answers from articles, with all vectors made.
func newEngine(t testing.TB, articles ...*corpus.Article) (*answer.Engine, *quote.Finder) {
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
	if err := library.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	return answer.New(library, m), quote.New(library)
}

// bundled is the bundled article, indexed once.
var bundled = sync.OnceValues(func() (*index.Library, error) {
	return index.New([]*corpus.Article{corpus.Bundled()}, nil, index.Options{})
})

// bundledEngine answers from the bundled article without a reader, which costs little: for tests of how the bot is connected.
func bundledEngine(t testing.TB) (*answer.Engine, *quote.Finder) {
	t.Helper()
	library, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	return answer.New(library, nil), quote.New(library)
}
