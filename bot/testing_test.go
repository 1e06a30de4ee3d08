package bot

import (
	"flag"
	"os"
	"sync"
	"testing"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/internal/testlibrary"
	"citebot/quote"
)

// TestMain lets many tests run at once, however few processors there are: most of their time they wait, if only for the second that
// discordgo takes to close a connection.
func TestMain(m *testing.M) {
	flag.Parse()
	flag.Set("test.parallel", "12")
	os.Exit(m.Run())
}

// newEngine answers from articles, with all vectors made.
func newEngine(t testing.TB, articles ...*corpus.Article) (*answer.Engine, *quote.Finder) {
	t.Helper()
	library, model := testlibrary.New(t, articles...)
	return answer.New(library, model), quote.New(library)
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
