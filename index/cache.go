package index

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"citebot/reader"
)

// CacheReport is what became of the vectors kept on disk.
type CacheReport struct {
	Read    int // vectors that need not be made
	Written int // vectors in the file when it was last written, other libraries' among them
	Faults  int // files that could not be read or written; their vectors are made anew
}

// cache keeps vectors in the file vectors.bin of a folder. Numbers are little-endian:
//
//	magic     8 bytes, "CITEVEC1"
//	encoder  32 bytes, SHA-256 of the encoder's fingerprint
//	width     4 bytes, values in each vector
//	count     4 bytes, records that follow
//	records  16 bytes  first half of the SHA-256 of the text
//	          4 bytes  scale, IEEE 754
//	         width     values, signed bytes
//	sum      32 bytes, SHA-256 of all before it
//
// A file that is anything else, or of another encoder, is as good as none.
type cache struct {
	folder  string
	encoder string
}

const (
	cacheFile  = "vectors.bin"
	cacheMagic = "CITEVEC1"
	// maxCached is how many vectors are kept: about 20 MB.
	maxCached = 50_000
	// maxWidth is more values than any encoder's vectors have.
	maxWidth = 4096
)

// key names a text in the cache.
type key [16]byte

func keyOf(text string) key {
	sum := sha256.Sum256([]byte(text))
	return key(sum[:16])
}

// record is a vector in the cache.
type record struct {
	key    key
	vector reader.Vector
}

// errOtherEncoder is no fault: the program has a new encoder.
var errOtherEncoder = errors.New("the vectors are another encoder's")

// read is what the file holds. A file that does not exist is an fs.ErrNotExist.
func (c *cache) read() ([]record, error) {
	f, err := os.Open(filepath.Join(c.folder, cacheFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum := sha256.New()
	file := bufio.NewReader(f)
	r := io.TeeReader(file, sum)
	var head struct {
		Magic        [8]byte
		Encoder      [32]byte
		Width, Count uint32
	}
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	switch {
	case string(head.Magic[:]) != cacheMagic:
		return nil, errors.New("this is no file of vectors")
	case head.Encoder != sha256.Sum256([]byte(c.encoder)):
		return nil, errOtherEncoder
	case head.Width == 0 || head.Width > maxWidth || head.Count > maxCached:
		return nil, fmt.Errorf("%d vectors of %d values are too many", head.Count, head.Width)
	}
	var records []record
	buffer := make([]byte, len(key{})+4+int(head.Width))
	for range head.Count {
		if _, err := io.ReadFull(r, buffer); err != nil {
			return nil, fmt.Errorf("read vector %d: %w", len(records), err)
		}
		records = append(records, parseRecord(buffer))
	}
	var want [sha256.Size]byte
	if _, err := io.ReadFull(file, want[:]); err != nil {
		return nil, fmt.Errorf("read the check sum: %w", err)
	}
	if !bytes.Equal(want[:], sum.Sum(nil)) {
		return nil, errors.New("the check sum is wrong")
	}
	return records, nil
}

func parseRecord(data []byte) record {
	r := record{key: key(data[:16]), vector: reader.Vector{Scale: math.Float32frombits(binary.LittleEndian.Uint32(data[16:]))}}
	r.vector.Values = make([]int8, len(data)-20)
	for i, b := range data[20:] {
		r.vector.Values[i] = int8(b)
	}
	return r
}

// write replaces the file by one that holds records, which must be of one width. A reader finds the old file or the new
// one, never a part.
func (c *cache) write(records []record) (err error) {
	if len(records) == 0 {
		return nil
	}
	if err := os.MkdirAll(c.folder, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(c.folder, cacheFile+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	file := bufio.NewWriter(f)
	sum := sha256.New()
	if err := writeRecords(io.MultiWriter(file, sum), c.encoder, records); err != nil {
		return err
	}
	if _, err := file.Write(sum.Sum(nil)); err != nil {
		return err
	}
	if err := file.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(c.folder, cacheFile))
}

func writeRecords(w io.Writer, encoder string, records []record) error {
	name := sha256.Sum256([]byte(encoder))
	head := append([]byte(cacheMagic), name[:]...)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(records[0].vector.Values)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(records)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	var buffer []byte
	for _, r := range records {
		buffer = append(buffer[:0], r.key[:]...)
		buffer = binary.LittleEndian.AppendUint32(buffer, math.Float32bits(r.vector.Scale))
		for _, x := range r.vector.Values {
			buffer = append(buffer, byte(x))
		}
		if _, err := w.Write(buffer); err != nil {
			return err
		}
	}
	return nil
}

// load takes the vectors that the cache has.
func (v *vectors) load() {
	if v.cache == nil {
		return
	}
	records, err := v.cache.read()
	v.mu.Lock()
	defer v.mu.Unlock()
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errOtherEncoder) {
			v.report.Faults++
		}
		return
	}
	kept := make(map[key]reader.Vector, len(records))
	for _, r := range records {
		kept[r.key] = r.vector
	}
	for i, w := range v.windows {
		if !v.lacks(i) {
			continue
		}
		if x, ok := kept[keyOf(w.embedded())]; ok {
			v.put(i, x)
			v.report.Read++
		}
	}
}

// save brings the cache up to date: with the vectors there are, then with those of other libraries that it has, up to its
// bound.
func (v *vectors) save() {
	if v.cache == nil {
		return
	}
	var records []record
	have := map[key]bool{}
	add := func(r record) {
		if len(records) < maxCached && !have[r.key] {
			have[r.key] = true
			records = append(records, r)
		}
	}
	v.mu.RLock()
	all := slices.Clone(v.all)
	v.mu.RUnlock()
	for i, x := range all {
		if x.Values != nil {
			add(record{keyOf(v.windows[i].embedded()), x})
		}
	}
	old, _ := v.cache.read() // if it cannot be read, it is replaced all the same
	for _, r := range old {
		if len(r.vector.Values) == len(records[0].vector.Values) {
			add(r)
		}
	}
	err := v.cache.write(records)
	v.mu.Lock()
	defer v.mu.Unlock()
	if err != nil {
		v.report.Faults++
		return
	}
	v.report.Written = len(records)
}
