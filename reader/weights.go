package reader

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"unsafe"

	"citebot/reader/internal/kernel"
	"citebot/reader/internal/wordpiece"
)

// The weights file holds everything the model knows. train/export.py writes it. Numbers are little-endian, floats are those
// of IEEE 754 with 32 bits. It begins with 64 bytes:
//
//	 0  8 bytes  "CITEREAD"
//	 8  uint32   version of the format: 1
//	12  uint32   CRC-32 (IEEE) of everything from byte 16 on
//	16  uint64   length of the file
//	24  uint32   V, word pieces in the vocabulary
//	28  uint32   bytes of the vocabulary's text
//	32  uint32   H, width of a state; attention heads are 32 wide
//	36  uint32   F, width inside a layer
//	40  uint32   P, positions: tokens that one input may have
//	44  uint32   N, layers of either network
//	48  16 bytes zero
//
// Then come these parts in this order, each padded with zero bytes to a multiple of 64. "m matrix k" stands for four parts:
// m scales (float32), m biases (float32), the m sums of the bytes of the rows (int32), and the m times k bytes (int8). Byte c
// of row r stands at (r/16)*k*16 + (c/4)*64 + (r%16)*4 + c%4, and is -63 to 63; times the row's scale it is the weight.
//
//	vocabulary: every word piece, ended by a newline
//	V scales (float32); V rows of H word embeddings (int8)
//	8 rows of H marker embeddings (float32)
//	twice, for the encoder and for the reader:
//	    P rows of H position embeddings; 2 rows of H type embeddings (float32)
//	    gain (H float32) and bias (H float32) of the layer norm of the embeddings
//	    N times: 3H matrix H (query, key, value); H matrix H; gain; bias; F matrix H; H matrix F; gain; bias
//	score unit: H weights; 1 bias (float32)
//	span units: 2 rows of H weights; 2 biases (float32): start, end
const (
	magic        = "CITEREAD"
	version      = 1
	headerLength = 64
	alignment    = 64
	markers      = 8
	headWidth    = 32
)

// shape is the sizes that the header gives.
type shape struct{ words, text, width, inner, positions, layers int }

// check refuses sizes that no model of this kind has, so that all that is reckoned with them fits.
func (s shape) check() error {
	for _, size := range []struct {
		what                  string
		value, min, max, step int
	}{
		{"word pieces", s.words, 1, 1 << 17, 1},
		{"bytes of vocabulary", s.text, 1, 1 << 22, 1},
		{"width", s.width, headWidth, 1024, headWidth},
		{"inner width", s.inner, 32, 4096, 32},
		{"positions", s.positions, maxTokens, 1024, 1},
		{"layers", s.layers, 1, 24, 1},
	} {
		if size.value < size.min || size.value > size.max || size.value%size.step != 0 {
			return fmt.Errorf("%s of %d", size.what, size.value)
		}
	}
	return nil
}

// weights is a weights file, read.
type weights struct {
	shape       shape
	checksum    uint32
	tokenizer   *wordpiece.Tokenizer
	wordScales  []float32
	wordRows    []int8
	markerRows  []float32
	embed, read *network
	score       unit
	start, end  unit
}

// parseWeights reads a weights file. The result points into it.
func parseWeights(file []byte) (*weights, error) {
	if len(file) < len(magic) || string(file[:len(magic)]) != magic {
		return nil, errors.New("this is not a file of reader weights")
	}
	if len(file) < headerLength {
		return nil, errors.New("the weights are cut off in their first bytes")
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint32(file[at:])) }
	if v := number(8); v != version {
		return nil, fmt.Errorf("the weights are of version %d, this program reads version %d", v, version)
	}
	if length := binary.LittleEndian.Uint64(file[16:]); length != uint64(len(file)) {
		return nil, fmt.Errorf("the weights should have %d bytes, but have %d", length, len(file))
	}
	checksum := crc32.ChecksumIEEE(file[16:])
	if checksum != uint32(number(12)) {
		return nil, errors.New("the weights are damaged: their checksum is wrong")
	}
	w := &weights{shape: shape{number(24), number(28), number(32), number(36), number(40), number(44)}, checksum: checksum}
	if err := w.shape.check(); err != nil {
		return nil, fmt.Errorf("the weights are of no model that this program knows: %w", err)
	}
	p := parts{rest: file[headerLength:]}
	w.parse(&p)
	switch {
	case p.err != nil:
		return nil, fmt.Errorf("the weights do not fit their own header: %w", p.err)
	case len(p.rest) > 0:
		return nil, fmt.Errorf("the weights do not fit their own header: %d bytes are left over", len(p.rest))
	}
	return w, nil
}

func (w *weights) parse(p *parts) {
	s := w.shape
	w.tokenizer = p.vocabulary(s)
	w.wordScales, w.wordRows = p.floats(s.words), p.int8s(s.words*s.width)
	w.markerRows = p.floats(markers * s.width)
	w.embed, w.read = p.network(s), p.network(s)
	score, scoreBias := p.floats(s.width), p.floats(1)
	spans, spanBias := p.floats(2*s.width), p.floats(2)
	if p.err != nil {
		return
	}
	w.score = unit{score, scoreBias[0]}
	w.start, w.end = unit{spans[:s.width], spanBias[0]}, unit{spans[s.width:], spanBias[1]}
}

// parts hands out the parts of a weights file in order. After the first error it gives nothing more.
type parts struct {
	rest []byte
	err  error
}

// next cuts off the next part.
func (p *parts) next(length int) []byte {
	padded := (length + alignment - 1) / alignment * alignment
	if p.err == nil && padded > len(p.rest) {
		p.err = fmt.Errorf("%d bytes are missing", padded-len(p.rest))
	}
	if p.err != nil {
		return nil
	}
	part := p.rest[:length:length]
	p.rest = p.rest[padded:]
	return part
}

func (p *parts) floats(count int) []float32 {
	part := p.next(4 * count)
	if part == nil {
		return nil
	}
	list := make([]float32, count)
	for i := range list {
		bits := binary.LittleEndian.Uint32(part[4*i:])
		if bits&0x7f800000 == 0x7f800000 {
			p.err = errors.New("a number in it is not finite")
			return nil
		}
		list[i] = math.Float32frombits(bits)
	}
	return list
}

func (p *parts) int32s(count int) []int32 {
	part := p.next(4 * count)
	if part == nil {
		return nil
	}
	list := make([]int32, count)
	for i := range list {
		list[i] = int32(binary.LittleEndian.Uint32(part[4*i:]))
	}
	return list
}

// int8s gives bytes in place: they are most of the file.
func (p *parts) int8s(count int) []int8 {
	part := p.next(count)
	if part == nil {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(part))), count)
}

func (p *parts) matrix(columns, steps int) *kernel.Weights {
	scale, bias, sums := p.floats(columns), p.floats(columns), p.int32s(columns)
	packed := p.int8s(columns * steps)
	if p.err != nil {
		return nil
	}
	m, err := kernel.NewWeights(packed, scale, bias, sums, steps)
	if err != nil {
		p.err = err
	}
	return m
}

func (p *parts) norm(width int) norm { return norm{gain: p.floats(width), bias: p.floats(width)} }

func (p *parts) network(s shape) *network {
	n := &network{width: s.width, positions: p.floats(s.positions * s.width), types: p.floats(2 * s.width), norm: p.norm(s.width)}
	for range s.layers {
		n.layers = append(n.layers, layer{
			project: p.matrix(3*s.width, s.width),
			attend:  p.matrix(s.width, s.width), attendNorm: p.norm(s.width),
			inner: p.matrix(s.inner, s.width),
			outer: p.matrix(s.width, s.inner), outerNorm: p.norm(s.width),
		})
	}
	return n
}

func (p *parts) vocabulary(s shape) *wordpiece.Tokenizer {
	text := string(p.next(s.text))
	if p.err != nil {
		return nil
	}
	text, ended := strings.CutSuffix(text, "\n")
	pieces := strings.Split(text, "\n")
	if !ended || len(pieces) != s.words {
		p.err = fmt.Errorf("%d word pieces instead of %d", len(pieces), s.words)
		return nil
	}
	t, err := wordpiece.New(pieces)
	if err != nil {
		p.err = err
	}
	return t
}
