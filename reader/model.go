// Package reader reads: it tells how likely each sentence of a passage is to answer a question, which words in it do, and
// what a text is about, as a vector. It has one small model of English for both, computed on the processor alone.
//
// The model is two networks of the kind of BERT that share their word embeddings. One makes vectors of texts (Embed), the
// other reads a question together with windows of sentences (Read). Results are the same bits on every machine, whichever
// instructions it has.
package reader

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"citebot/reader/internal/kernel"
	"citebot/reader/internal/wordpiece"
)

//go:embed weights.bin
var embedded string

// defaultGoroutines is how many goroutines one call of Read or Embed may use.
const defaultGoroutines = 2

// Model is the loaded model. It is safe for concurrent use.
type Model struct {
	weights    *weights
	cls, sep   int32
	set        *kernel.Set
	goroutines int
	scratch    *sync.Pool // of *scratch
}

// Open loads the model that is part of the program.
func Open() (*Model, error) {
	// The bytes of the string are only read.
	return Load(unsafe.Slice(unsafe.StringData(embedded), len(embedded)))
}

// Load loads a model from a weights file, which must not change afterwards: it is used in place. The error says in one
// sentence what is wrong with the file.
func Load(file []byte) (*Model, error) {
	w, err := parseWeights(file)
	if err != nil {
		return nil, err
	}
	m := &Model{weights: w, set: kernel.Best(), goroutines: min(defaultGoroutines, runtime.GOMAXPROCS(0)),
		scratch: &sync.Pool{New: func() any { return new(scratch) }}}
	for name, id := range map[string]*int32{"[CLS]": &m.cls, "[SEP]": &m.sep} {
		found := false
		if *id, found = w.tokenizer.ID(name); !found {
			return nil, fmt.Errorf("the weights do not fit their own header: the vocabulary has no %s", name)
		}
	}
	return m, nil
}

// Fingerprint tells models apart: what one has computed may be kept for as long as this stays the same.
func (m *Model) Fingerprint() string { return fmt.Sprintf("%d-%08x", version, m.weights.checksum) }

// Kernel names the machine instructions in use, as in "avx2"; "plain" is without any.
func (m *Model) Kernel() string { return m.set.Name() }

// Kernels lists what this processor could use, best first. The last is "plain".
func Kernels() []string {
	var names []string
	for _, set := range kernel.Sets() {
		names = append(names, set.Name())
	}
	return names
}

// WithKernel returns the same model on other instructions. It computes the same, faster or slower.
func (m *Model) WithKernel(name string) (*Model, error) {
	for _, set := range kernel.Sets() {
		if set.Name() == name {
			other := *m
			other.set = set
			return &other, nil
		}
	}
	return nil, fmt.Errorf("this processor has no kernel %q", name)
}

// WithGoroutines returns the same model that uses n goroutines at most for a call of Read or Embed, and 1 at least. Without
// it there are two, or one if the program has but one processor.
func (m *Model) WithGoroutines(n int) *Model {
	other := *m
	other.goroutines = max(n, 1)
	return &other
}

// Pieces returns how many word pieces a text has: the unit in which the model's limits are counted.
func (m *Model) Pieces(text string) int { return m.weights.tokenizer.Count(text) }

func (m *Model) pieces(text string, limit int) []wordpiece.Piece {
	return m.weights.tokenizer.Pieces(text, limit)
}

// each runs do for 0 to n-1, with scratch memory, on the goroutines that the model may use. Between two of them it looks
// whether ctx is done; if that stops it, it returns the cause.
func (m *Model) each(ctx context.Context, n int, do func(s *scratch, i int)) error {
	var next atomic.Int64
	work := func() {
		s := m.scratch.Get().(*scratch)
		defer m.scratch.Put(s)
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			do(s, i)
		}
	}
	var others sync.WaitGroup
	for range min(m.goroutines, n) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	if next.Load() >= int64(n) {
		return nil
	}
	return context.Cause(ctx)
}
