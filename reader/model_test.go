package reader

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// tiny is a model of random weights; train/golden.py makes it.
func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Load(unzip(t, "testdata/tiny.bin.gz"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// seal makes the length and the checksum of a changed weights file right.
func seal(file []byte) []byte {
	binary.LittleEndian.PutUint64(file[16:], uint64(len(file)))
	binary.LittleEndian.PutUint32(file[12:], crc32.ChecksumIEEE(file[16:]))
	return file
}

func TestBadWeights(t *testing.T) {
	good := unzip(t, "testdata/tiny.bin.gz")
	set := func(at int, value uint32) func([]byte) []byte {
		return func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[at:], value)
			return b
		}
	}
	sealed := func(change func([]byte) []byte) func([]byte) []byte {
		return func(b []byte) []byte { return seal(change(b)) }
	}
	for _, c := range []struct {
		what   string
		change func([]byte) []byte
		want   string
	}{
		{"nothing", func([]byte) []byte { return nil }, "not a file of reader weights"},
		{"something else", func([]byte) []byte { return []byte(strings.Repeat("PNG", 100)) }, "not a file of reader weights"},
		{"the magic alone", func(b []byte) []byte { return b[:8] }, "cut off in their first bytes"},
		{"another version", set(8, 2), "are of version 2, this program reads version 1"},
		{"half of it", func(b []byte) []byte { return b[:len(b)/2] }, "bytes, but have"},
		{"too much", func(b []byte) []byte { return append(b, 0) }, "bytes, but have"},
		{"a changed byte", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }, "checksum is wrong"},
		{"no words", sealed(set(24, 0)), "word pieces of 0"},
		{"another number of words", sealed(set(24, 50)), "word pieces instead of 50"},
		{"endless words", sealed(set(24, 1<<31)), "word pieces of"},
		{"endless text", sealed(set(28, 1<<30)), "bytes of vocabulary of"},
		{"an odd width", sealed(set(32, 33)), "width of 33"},
		{"a huge width", sealed(set(32, 1<<20)), "width of"},
		{"a huge inner width", sealed(set(36, 1<<20)), "inner width of"},
		{"few positions", sealed(set(40, 100)), "positions of 100"},
		{"no layers", sealed(set(44, 0)), "layers of 0"},
		{"too many layers", sealed(set(44, 3)), "do not fit their own header"},
		{"too few layers", sealed(set(44, 1)), "do not fit their own header"},
		{"cut off", sealed(func(b []byte) []byte { return b[:len(b)-64] }), "bytes are missing"},
		{"more", sealed(func(b []byte) []byte { return append(b, 0) }), "1 bytes are left over"},
		{"a number that is none", sealed(set(len(good)-64, 0x7fc00000)), "not finite"},
		{"a vocabulary without its start", sealed(func(b []byte) []byte {
			copy(b[headerLength:], strings.Replace(string(b[headerLength:headerLength+100]), "[CLS]", "[SLC]", 1))
			return b
		}), "has no [CLS]"},
	} {
		_, err := Load(c.change(slices.Clone(good)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.what, err, c.want)
		} else if strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("%s: more than a sentence: %v", c.what, err)
		}
	}
}

// windows are some to read, of all lengths.
func windows() []Window {
	words := strings.Fields("the winter market opens at night who is it the ferry leaves the harbour quiet boats and tickets")
	var list []Window
	for i := range 5 {
		w := Window{Heading: strings.Repeat("market ", i), Shown: i - 2}
		for j := range i {
			w.Sentences = append(w.Sentences, strings.Join(words[j:], " ")+strings.Repeat(" stall", i*j))
		}
		list = append(list, w)
	}
	return list
}

var question = Question{Text: "When does it open?", Before: "Who is it?", Shown: "It is the ferry."}

// Neither the instructions nor the number of goroutines change a bit; and these are the bits everywhere.
func TestSameBits(t *testing.T) {
	const want = 0xda12ce3e
	m := tiny(t)
	texts := []string{"", "the market", strings.Repeat("ferry! ", 100)}
	for i, name := range Kernels() {
		for goroutines := range 4 { // none counts as one
			if i > 0 && goroutines != 2 {
				continue // once is enough for the slower ones
			}
			other, err := m.WithKernel(name)
			if err != nil {
				t.Fatal(err)
			}
			other = other.WithGoroutines(goroutines)
			scores, err := other.Read(t.Context(), question, windows())
			if err != nil {
				t.Fatal(err)
			}
			vectors, err := other.Embed(t.Context(), texts)
			if err != nil {
				t.Fatal(err)
			}
			hash := crc32.NewIEEE()
			if err := binary.Write(hash, binary.LittleEndian, flat(scores, vectors)); err != nil {
				t.Fatal(err)
			}
			if got := hash.Sum32(); got != want {
				t.Errorf("%s on %d goroutines: the results have the checksum %#x, want %#x", name, goroutines, got, uint32(want))
			}
		}
	}
}

// flat is all that results hold.
func flat(scores [][]Score, vectors []Vector) []float64 {
	var list []float64
	for _, window := range scores {
		for _, s := range window {
			list = append(list, s.LogOdds, float64(s.Start), float64(s.End))
		}
	}
	for _, v := range vectors {
		list = append(list, float64(v.Scale))
		for _, x := range v.Values {
			list = append(list, float64(x))
		}
	}
	return list
}

func TestManyAtOnce(t *testing.T) {
	m := tiny(t)
	want, err := m.Read(t.Context(), question, windows())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			got, err := m.Read(context.Background(), question, windows())
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("read beside others, the scores differ (error %v)", err)
			}
		})
	}
	all.Wait()
}

func TestNoSuchKernel(t *testing.T) {
	m := tiny(t)
	if _, err := m.WithKernel("abacus"); err == nil || !strings.Contains(err.Error(), "abacus") {
		t.Errorf("error %v", err)
	}
	if !slices.Contains(Kernels(), m.Kernel()) {
		t.Errorf("kernel %s is none of %v", m.Kernel(), Kernels())
	}
}

// countdown is a context that ends after it was asked so often whether it has.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
}

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestCancellation(t *testing.T) {
	m := tiny(t)
	for _, goroutines := range []int{1, 2} {
		m := m.WithGoroutines(goroutines)
		cause := errors.New("the asker left")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		if scores, err := m.Read(ctx, question, windows()); !errors.Is(err, cause) || scores != nil {
			t.Errorf("Read gives %v and the error %v", scores, err)
		}
		if vectors, err := m.Embed(ctx, []string{"a", "b"}); !errors.Is(err, cause) || vectors != nil {
			t.Errorf("Embed gives %v and the error %v", vectors, err)
		}
		if _, err := m.Read(ctx, question, nil); err != nil {
			t.Errorf("with nothing to read there is nothing to stop, but: %v", err)
		}
		if _, err := m.Read(&countdown{Context: t.Context(), left: 3}, question, windows()); !errors.Is(err, context.Canceled) {
			t.Errorf("a context that ends between windows: error %v", err)
		}
		if _, err := m.Read(&countdown{Context: t.Context(), left: len(windows())}, question, windows()); err != nil {
			t.Errorf("a context that ends after the last window: error %v", err)
		}
	}
}

// What hostile weights compute may be nonsense, but nothing breaks.
func FuzzLoad(f *testing.F) {
	good := unzip(f, "testdata/tiny.bin.gz")
	f.Add(uint32(24), uint32(7), uint32(0))
	f.Add(uint32(32), uint32(32), uint32(0))
	f.Add(uint32(70), uint32(0x0a0a0a0a), uint32(0))
	f.Add(uint32(800), uint32(0x7f7fffff), uint32(0)) // the greatest float
	f.Add(uint32(len(good)-64), uint32(0xff7fffff), uint32(0))
	f.Add(uint32(0), uint32(0x45544943), uint32(100))
	f.Fuzz(func(t *testing.T, at, value, cut uint32) {
		file := slices.Clone(good)
		binary.LittleEndian.PutUint32(file[int(at)%(len(file)-4):], value)
		m, err := Load(seal(file[:max(len(file)-int(cut%uint32(len(file))), headerLength)]))
		if err != nil {
			return
		}
		if _, err := m.Read(t.Context(), question, windows()[2:3]); err != nil {
			t.Fatal(err)
		}
		vectors, err := m.Embed(t.Context(), []string{"the market"})
		if err != nil {
			t.Fatal(err)
		}
		if d := vectors[0].Dot(vectors[0]); math.IsNaN(d) || d > 1.1 {
			t.Fatalf("a vector's product with itself is %g", d)
		}
	})
}
