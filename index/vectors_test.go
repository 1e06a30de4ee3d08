package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"citebot/corpus"
	"citebot/reader"
)

// twins is an encoder to which texts are alike that have one of its words in common.
type twins struct {
	words       [][]string // words of one row mean the same
	fingerprint string
	gate        chan struct{} // if it is not nil, the background work waits for a value before each window
	failure     error

	mu    sync.Mutex
	texts []string // of which vectors were made
}

func (e *twins) Pieces(text string) int { return len(strings.Fields(text)) }

func (e *twins) Fingerprint() string { return e.fingerprint }

func (e *twins) Embed(ctx context.Context, texts []string) ([]reader.Vector, error) {
	if e.failure != nil {
		return nil, e.failure
	}
	if e.gate != nil && len(texts) == embedAtOnce && !strings.HasSuffix(texts[0], "?") {
		select {
		case <-e.gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	var vectors []reader.Vector
	for _, text := range texts {
		v := reader.Vector{Scale: 1, Values: make([]int8, len(e.words)+1)}
		v.Values[len(e.words)] = 1
		for i, row := range e.words {
			if slices.ContainsFunc(row, func(w string) bool { return strings.Contains(text, w) }) {
				v.Values[i] = 100
			}
		}
		vectors = append(vectors, v)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.texts = append(e.texts, texts...)
	return vectors, nil
}

// made are the texts of which vectors were made so far that are no questions.
func (e *twins) made() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(e.texts), func(text string) bool { return strings.HasSuffix(text, "?") })
}

// boats is an article of n windows, each about a boat of its own.
func boats(n int) *corpus.Article {
	var paragraphs []string
	for i := range n {
		paragraphs = append(paragraphs, fmt.Sprintf("The boat named%d %slies in the harbour.", i, strings.Repeat("truly ", 80)))
	}
	paragraphs[n-1] = strings.Replace(paragraphs[n-1], "boat", "vessel", 1)
	return corpus.New(corpus.Article{ID: "boats"}, paragraphs)
}

func openWith(t *testing.T, e encoder, o Options, articles ...*corpus.Article) *Library {
	t.Helper()
	l, err := newLibrary(articles, e, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func ask(t *testing.T, l *Library, text string) []Candidate {
	t.Helper()
	found, err := l.Find(t.Context(), Query{Text: text, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestVectors: a window is found that has none of the question's words.
func TestVectors(t *testing.T) {
	german := corpus.New(corpus.Article{ID: "de", Language: "de"}, []string{"Das Schiff liegt im Hafen."})
	l := openWith(t, &twins{words: [][]string{{"ship", "vessel"}}}, Options{}, boats(5), german)
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done, all := l.Progress(); done != 5 || all != 5 {
		t.Errorf("%d of %d vectors, want 5 of 5: German has none", done, all)
	}
	found := ask(t, l, "which ship?")
	if len(found) == 0 || found[0].Window.Number != 4 || found[0].Lexical != 0 || found[0].Vector != 1 {
		t.Fatalf("got %+v, want window 4 by its vector alone", found)
	}
	if found[0].Best != found[0].Window.Sentences[0] {
		t.Errorf("the best sentence is %v where Bleve found none", found[0].Best)
	}
	both := ask(t, l, "is a ship named1?")
	if both[0].Window.Number != 1 || both[0].Lexical != 1 || both[0].Vector == 0 || both[1].Window.Number != 4 || both[1].Fused >= both[0].Fused {
		t.Errorf("got %+v, want window 1, which both find, then 4", both)
	}
}

// TestVectorsOfConversation: a follow-up is found by what it follows on.
func TestVectorsOfConversation(t *testing.T) {
	l := openWith(t, &twins{words: [][]string{{"ship", "vessel"}, {"named1 ", "first"}}}, Options{}, boats(5))
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := l.Find(t.Context(), Query{Text: "why?", Before: "any ship?", Limit: 1})
	if err != nil || len(found) != 1 || found[0].Window.Number != 4 {
		t.Errorf("after a question: %+v, %v", found, err)
	}
	found, err = l.Find(t.Context(), Query{Text: "why?", Shown: "It is a vessel?", Limit: 1})
	if err != nil || len(found) != 1 || found[0].Window.Number != 4 {
		t.Errorf("after an answer: %+v, %v", found, err)
	}
}

// TestWithoutWaiting: before there are vectors, Bleve answers; what is asked is embedded first.
func TestWithoutWaiting(t *testing.T) {
	e := &twins{words: [][]string{{"ship"}}, gate: make(chan struct{})}
	l := openWith(t, e, Options{}, boats(100))
	found := ask(t, l, "named60 named61 named62 named63 named64 named65?")
	if len(found) < 6 || found[0].Lexical == 0 {
		t.Fatalf("got %+v", found)
	}
	for _, number := range []int{60, 61, 62, 63} {
		if !slices.ContainsFunc(e.made(), func(text string) bool { return strings.Contains(text, fmt.Sprintf("named%d ", number)) }) {
			t.Errorf("window %d has no vector yet", number)
		}
	}
	for range 3 { // one that was under way, then the two that are left of what was asked
		e.gate <- struct{}{}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	made := strings.Join(e.made(), "\n")
	if !strings.Contains(made, "named64 ") || !strings.Contains(made, "named65 ") {
		t.Errorf("what was asked is not embedded next: %s", made)
	}
}

// TestCloseEndsWork: closing a library ends the work, and whoever waits for it learns that it is not done.
func TestCloseEndsWork(t *testing.T) {
	e := &twins{gate: make(chan struct{})}
	l := openWith(t, e, Options{}, boats(3))
	if done, all := l.Progress(); done != 0 || all != 3 {
		t.Errorf("%d of %d vectors, want 0 of 3", done, all)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Wait(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ended with %v, want %v", err, context.Canceled)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Wait(t.Context()); err == nil {
		t.Error("a closed library claims that its vectors are complete")
	}
	if _, err := l.Find(t.Context(), Query{Text: "boat?", Limit: 1}); err == nil {
		t.Error("a closed library is searched")
	}
}

// TestEncoderFails: an encoder's failure is told to whoever waits or asks.
func TestEncoderFails(t *testing.T) {
	broken := errors.New("broken")
	l := openWith(t, &twins{failure: broken}, Options{}, boats(3))
	if err := l.Wait(t.Context()); !errors.Is(err, broken) {
		t.Errorf("waiting: %v", err)
	}
	if _, err := l.Find(t.Context(), Query{Text: "boat", Limit: 1}); !errors.Is(err, broken) {
		t.Errorf("asking: %v", err)
	}
}

// TestCache: vectors are made once, as long as neither text nor encoder changes and nothing happens to the file.
func TestCache(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "cache")
	file := filepath.Join(folder, cacheFile)
	more := corpus.New(corpus.Article{ID: "more"}, []string{"Another text."})
	damage := func(change func(data []byte) []byte) func() {
		return func() {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, change(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	nothing := func() {}
	for _, step := range []struct {
		name        string
		before      func()
		fingerprint string
		articles    []*corpus.Article
		made        int
		want        CacheReport
	}{
		{"first", nothing, "one", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5}},
		{"again", nothing, "one", []*corpus.Article{boats(5)}, 0, CacheReport{Read: 5}},
		{"another library", nothing, "one", []*corpus.Article{more}, 1, CacheReport{Written: 6}},
		{"both", nothing, "one", []*corpus.Article{boats(5), more}, 0, CacheReport{Read: 6}},
		{"another encoder", nothing, "two", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5}},
		{"cut", damage(func(data []byte) []byte { return data[:len(data)-40] }), "two", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5, Faults: 1}},
		{"mended", nothing, "two", []*corpus.Article{boats(5)}, 0, CacheReport{Read: 5}},
		{"flipped", damage(func(data []byte) []byte { data[len(data)/2] ^= 1; return data }), "two", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5, Faults: 1}},
		{"empty", damage(func([]byte) []byte { return nil }), "two", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5, Faults: 1}},
		{"of another kind", damage(func([]byte) []byte { return []byte(strings.Repeat("# Title\n", 99)) }), "two", []*corpus.Article{boats(5)}, 5, CacheReport{Written: 5, Faults: 1}},
		{"a folder in its place", func() { os.Remove(file); os.MkdirAll(filepath.Join(file, "x"), 0o755) }, "two", []*corpus.Article{boats(5)}, 5, CacheReport{Faults: 2}},
	} {
		step.before()
		e := &twins{words: [][]string{{"vessel", "ship"}}, fingerprint: step.fingerprint}
		l := openWith(t, e, Options{Cache: folder}, step.articles...)
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := len(e.made()); got != step.made {
			t.Errorf("%s: %d vectors are made, want %d", step.name, got, step.made)
		}
		if got := l.Cache(); got != step.want {
			t.Errorf("%s: %+v, want %+v", step.name, got, step.want)
		}
		if len(step.articles) == 1 && step.articles[0] != more {
			if found := ask(t, l, "which ship?"); len(found) == 0 || found[0].Window.Number != 4 {
				t.Errorf("%s: got %+v, want window 4", step.name, found)
			}
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v), want the cache alone", left, err)
	}
}

// TestCacheWhenClosed: what was made before a library is closed is kept.
func TestCacheWhenClosed(t *testing.T) {
	folder := t.TempDir()
	e := &twins{gate: make(chan struct{})}
	l := openWith(t, e, Options{Cache: folder}, boats(5))
	e.gate <- struct{}{}
	e.gate <- struct{}{}
	l.Close()
	if got := l.Cache().Written; got != 2 {
		t.Errorf("%d vectors are kept, want 2", got)
	}
}

// TestCacheIsBounded: the file has no more than so many vectors, a library's own first.
func TestCacheIsBounded(t *testing.T) {
	c := &cache{folder: t.TempDir(), encoder: "one"}
	var many []record
	for i := range maxCached {
		many = append(many, record{keyOf(fmt.Sprint(i)), reader.Vector{Values: make([]int8, 2)}})
	}
	if err := c.write(many); err != nil {
		t.Fatal(err)
	}
	l := openWith(t, &twins{words: [][]string{{"ship"}}, fingerprint: "one"}, Options{Cache: c.folder}, boats(5))
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	records, err := c.read()
	if err != nil || len(records) != maxCached || records[0].key != keyOf(l.windows[0].embedded()) {
		t.Errorf("%d records (%v), want %d with the library's own first", len(records), err, maxCached)
	}
}

// FuzzCache: no file makes reading it panic, or yields more than it holds.
func FuzzCache(f *testing.F) {
	c := &cache{folder: f.TempDir(), encoder: "one"}
	if err := c.write([]record{{keyOf("a"), reader.Vector{Values: []int8{1, 2}}}}); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(c.folder, cacheFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:50])
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &cache{folder: t.TempDir(), encoder: "one"}
		if err := os.WriteFile(filepath.Join(c.folder, cacheFile), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if records, err := c.read(); err == nil && 20*len(records) > len(data) {
			t.Errorf("%d records in %d bytes", len(records), len(data))
		}
	})
}

func TestNearest(t *testing.T) {
	v := func(values ...int8) reader.Vector { return reader.Vector{Scale: 0.01, Values: values} }
	all := []reader.Vector{v(1, 0, 0), {}, v(0, 9, 0), v(0, 9, 0), v(0, -9, 0), v(3, 3, 3)}
	if got, want := nearestOf(v(0, 2, 0), all, 10, 4), []near{{12, .09}, {13, .09}, {15, .03}, {10, 0}}; !slices.EqualFunc(got, want, func(a, b near) bool {
		return a.window == b.window && math.Abs(a.cosine-b.cosine) < 1e-6
	}) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := nearestOf(v(0, 1, 0), nil, 0, 4); len(got) > 0 {
		t.Errorf("got %v of none", got)
	}
	s := sum([]reader.Vector{v(100, 0, -50), v(0, 50, -50)})
	if want := []int8{127, 64, -127}; !slices.Equal(s.Values, want) {
		t.Errorf("the sum is %v, want %v", s.Values, want)
	}
}

// TestDot compares the unrolled loop with the plain one for lengths around its steps.
func TestDot(t *testing.T) {
	for n := range 40 {
		a, b := make([]int8, n), make([]int8, n)
		var want int32
		for i := range n {
			a[i], b[i] = int8(i*37-128), int8(127-i*91)
			want += int32(a[i]) * int32(b[i])
		}
		if got := dotBytes(a, b); got != want {
			t.Errorf("%d values: %d, want %d", n, got, want)
		}
	}
}

// BenchmarkNearest is the scan of a large library for one question.
func BenchmarkNearest(b *testing.B) {
	const windows, width = 20_000, 384
	all := make([]reader.Vector, windows)
	for i := range all {
		all[i] = reader.Vector{Scale: 1, Values: make([]int8, width)}
		for j := range width {
			all[i].Values[j] = int8(i*31 + j*j*17)
		}
	}
	for b.Loop() {
		nearestOf(all[7], all, 0, depth)
	}
}
