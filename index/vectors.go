package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"citebot/reader"
)

const (
	// embedAtOnce is how many windows the background work embeds in one go. With one it takes one goroutine, and looks for
	// more urgent ones after each.
	embedAtOnce = 1
	// embedNow is how many of the windows that Bleve likes best are embedded while the asker waits, if they have no vector
	// yet. One takes about 15 ms.
	embedNow = 4
	// embedSoon is how many more of them the background work does next.
	embedSoon = 16
	// saveEvery is after how many new vectors those on disk are brought up to date.
	saveEvery = 2000
)

// vectors are those of a library's English windows. They are made in the background, in the order of the text unless a
// question makes others more urgent, and are of use one by one as they come.
type vectors struct {
	windows []Window
	encoder encoder
	cache   *cache // nil for none
	cancel  context.CancelFunc
	ctx     context.Context
	done    chan struct{} // closed when no more vectors will come

	mu     sync.RWMutex
	all    []reader.Vector // by window number; without values where there is none
	count  int             // how many there are
	wanted int             // how many there are to be
	urgent []int           // windows to do next
	report CacheReport
	err    error // why the work ended early
}

func newVectors(windows []Window, e encoder, o Options) *vectors {
	v := &vectors{windows: windows, encoder: e, all: make([]reader.Vector, len(windows)), done: make(chan struct{})}
	for _, w := range windows {
		if w.English {
			v.wanted++
		}
	}
	if o.Cache != "" {
		v.cache = &cache{folder: o.Cache, encoder: e.Fingerprint()}
	}
	v.ctx, v.cancel = context.WithCancel(context.Background())
	return v
}

// start begins the work in the background.
func (v *vectors) start() {
	go func() {
		defer close(v.done)
		err := v.work()
		v.mu.Lock()
		v.err = err
		v.mu.Unlock()
	}()
}

// stop ends the work and returns when it has ended.
func (v *vectors) stop() {
	v.cancel()
	<-v.done
}

func (v *vectors) wait(ctx context.Context) error {
	select {
	case <-v.done:
		v.mu.RLock()
		defer v.mu.RUnlock()
		return v.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (v *vectors) progress() (done, all int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.count, v.wanted
}

func (v *vectors) cacheReport() CacheReport {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.report
}

// work makes all vectors that are missing.
func (v *vectors) work() error {
	v.load()
	unsaved := 0
	defer func() {
		if unsaved > 0 {
			v.save()
		}
	}()
	for next := 0; ; {
		var batch []int
		batch, next = v.batch(next)
		if len(batch) == 0 {
			return nil
		}
		if err := v.embed(v.ctx, batch); err != nil {
			if errors.Is(err, context.Canceled) {
				return errors.New("the library is closed")
			}
			return err
		}
		if unsaved += len(batch); unsaved >= saveEvery {
			v.save()
			unsaved = 0
		}
	}
}

// batch picks windows to embed: urgent ones, else those from number next on. It returns where to go on.
func (v *vectors) batch(next int) ([]int, int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var batch []int
	for len(batch) < embedAtOnce && len(v.urgent) > 0 {
		if i := v.urgent[0]; v.lacks(i) && !slices.Contains(batch, i) {
			batch = append(batch, i)
		}
		v.urgent = v.urgent[1:]
	}
	if len(batch) > 0 {
		return batch, next
	}
	for ; len(batch) < embedAtOnce && next < len(v.windows); next++ {
		if v.lacks(next) {
			batch = append(batch, next)
		}
	}
	return batch, next
}

// lacks reports whether window i should have a vector and has none. v.mu must be held.
func (v *vectors) lacks(i int) bool { return v.windows[i].English && v.all[i].Values == nil }

// embed makes the vectors of the windows with these numbers.
func (v *vectors) embed(ctx context.Context, numbers []int) error {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = v.windows[n].embedded()
	}
	made, err := v.encoder.Embed(ctx, texts)
	if err != nil {
		return fmt.Errorf("make the vectors of windows: %w", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for i, n := range numbers {
		v.put(n, made[i])
	}
	return nil
}

// put keeps the vector of window i. v.mu must be held.
func (v *vectors) put(i int, x reader.Vector) {
	if v.lacks(i) && x.Values != nil {
		v.all[i] = x
		v.count++
	}
}

// of is the vector that stands for q.
func (v *vectors) of(ctx context.Context, q Query) (reader.Vector, error) {
	made, err := v.encoder.Embed(ctx, q.embedded())
	if err != nil {
		return reader.Vector{}, fmt.Errorf("make the vector of the question: %w", err)
	}
	return sum(made), nil
}

// nearest are the windows in scope that are nearest to a question's vector, nearest first. Of those in first, which are
// likely, some get their vector now if they have none, and others soon.
func (v *vectors) nearest(ctx context.Context, question reader.Vector, scope run, first []int) ([]near, error) {
	if now := v.hurry(first); len(now) > 0 {
		if err := v.embed(ctx, now); err != nil {
			return nil, err
		}
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return nearestOf(question, v.all[scope.start:scope.end], scope.start, depth), nil
}

// hurry picks the windows to embed now from those in first, and has some more of them embedded soon.
func (v *vectors) hurry(first []int) (now []int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var soon []int
	for _, i := range first {
		switch {
		case !v.lacks(i):
		case len(now) < embedNow:
			now = append(now, i)
		case len(soon) < embedSoon:
			soon = append(soon, i)
		}
	}
	if len(soon) > 0 {
		v.urgent = soon // what was asked before is less urgent
	}
	return now
}

// embedded is the text whose vector stands for w: the last two of title and headings, and its sentences.
func (w Window) embedded() string {
	const headings = 2
	path := make([]string, 0, 1+headings)
	if w.Article.Title != "" {
		path = append(path, w.Article.Title)
	}
	for _, h := range w.Article.Headings(w.Sentences[0]) {
		if h != "" && !slices.Contains(path, h) {
			path = append(path, h)
		}
	}
	parts := path[max(0, len(path)-headings):]
	for _, p := range w.Context {
		parts = append(parts, w.Article.Sentence(p))
	}
	for _, p := range w.Sentences {
		parts = append(parts, w.Article.Sentence(p))
	}
	return strings.Join(parts, " ")
}
