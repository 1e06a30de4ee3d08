package main

import (
	"fmt"
	"strconv"
)

// The instructions that multiply.
const (
	floats  = "floats"
	maddubs = "maddubs"  // AVX2: bytes to pairs, pairs to sums, sums to the rest
	vexDot  = "vex dot"  // AVX-VNNI: VPDPBUSD in its VEX form
	evexDot = "evex dot" // AVX-512 VNNI
)

// tile is one kernel: it computes rows x (panels*16) results, all held in registers. Activations are read as they lie, row
// after row; weights lie in panels of 16 columns. Registers: AX DX R11 R12 rows of A, three from each; R8 stride of A; BX
// weights; R14 stride of the panels; CX steps left; DI C; R9 stride of C.
//
// In Go's assembler sources come first and the destination last.
type tile struct {
	name   string
	rows   int // a multiple of 3
	panels int
	reg    string // "Y": 8 lanes, "Z": 16 lanes
	how    string
}

func amd64() string {
	s := newSource()
	tile{"floatsAVX2", 6, 1, "Y", floats}.writeFloats(s)
	tile{"floatsAVX512", 12, 2, "Z", floats}.writeFloats(s)
	tile{"bytesAVX2", 6, 1, "Y", maddubs}.writeBytes(s)
	tile{"bytesAVXVNNI", 6, 1, "Y", vexDot}.writeBytes(s)
	tile{"bytesAVX512", 12, 2, "Z", evexDot}.writeBytes(s)
	return s.String()
}

func (t tile) lanes() int {
	if t.reg == "Z" {
		return 16
	}
	return 8
}

// vectors is how many registers hold one row of the tile.
func (t tile) vectors() int { return t.panels * 16 / t.lanes() }

// width is the bytes of one register.
func (t tile) width() int { return t.lanes() * 4 }

// sum is the number of the register that holds vector v of row r. They are the last ones.
func (t tile) sum(r, v int) int {
	registers := 16
	if t.reg == "Z" {
		registers = 32
	}
	return registers - t.rows*t.vectors() + r*t.vectors() + v
}

func (t tile) register(n int) string { return t.reg + strconv.Itoa(n) }

func (t tile) sumName(r, v int) string { return t.register(t.sum(r, v)) }

var rowBase = []string{"AX", "DX", "R11", "R12"}

// activation is the address of a number of row r.
func activation(r, offset int) string {
	at := fmt.Sprintf("%d(%s)", offset, rowBase[r/3])
	if r%3 > 0 {
		at += fmt.Sprintf("(R8*%d)", r%3)
	}
	return at
}

// weight is the address of vector v of unrolled step u.
func (t tile) weight(v, u int) string {
	perPanel := 16 / t.lanes()
	at := fmt.Sprintf("%d(BX)", u*64+v%perPanel*t.width())
	if v >= perPanel {
		at += "(R14*1)"
	}
	return at
}

// rowBases sets the registers of every third row.
func (t tile) rowBases(s *source) {
	if t.rows > 3 {
		s.out("LEAQ (R8)(R8*2), R13")
	}
	for i := 1; i*3 < t.rows; i++ {
		s.out("LEAQ (%s)(R13*1), %s", rowBase[i-1], rowBase[i])
	}
}

// loop writes the loop over CX steps, unrolled, and one for the rest.
func (t tile) loop(s *source, unrolled int) {
	advance := func(n int) {
		for i := 0; i*3 < t.rows; i++ {
			s.out("ADDQ $%d, %s", 4*n, rowBase[i])
		}
		s.out("ADDQ $%d, BX", 64*n)
		s.out("SUBQ $%d, CX", n)
	}
	s.out("SUBQ $%d, CX", unrolled)
	s.out("JLT tail")
	s.label("main")
	for u := range unrolled {
		t.step(s, u)
	}
	advance(unrolled)
	s.out("JGE main")
	s.label("tail")
	s.out("ADDQ $%d, CX", unrolled)
	s.out("JZ done")
	s.label("one")
	t.step(s, 0)
	advance(1)
	s.out("JNZ one")
	s.label("done")
}

// step writes unrolled step u: one float or four bytes of every row and column.
func (t tile) step(s *source, u int) {
	if t.how == maddubs { // Y0 activations, Y1 products, Y2 ones
		for r := range t.rows {
			s.out("VPBROADCASTD %s, Y0", activation(r, u*4))
			for v := range t.vectors() {
				s.out("VPMADDUBSW %s, Y0, Y1", t.weight(v, u))
				s.out("VPMADDWD Y2, Y1, Y1")
				s.out("VPADDD Y1, %s, %s", t.sumName(r, v), t.sumName(r, v))
			}
		}
		return
	}
	load := map[string]string{floats: "VMOVUPS", vexDot: "VMOVDQU", evexDot: "VMOVDQU32"}[t.how]
	spread := map[string]string{floats: "VBROADCASTSS", vexDot: "VPBROADCASTD", evexDot: "VPBROADCASTD"}[t.how]
	for v := range t.vectors() {
		s.out("%s %s, %s", load, t.weight(v, u), t.register(v))
	}
	for r := range t.rows {
		const a = 2
		s.out("%s %s, %s", spread, activation(r, u*4), t.register(a))
		for v := range t.vectors() {
			switch sum := t.sumName(r, v); t.how {
			case floats: // not fused: the same bits on every processor
				s.out("VMULPS %s, %s, %s", t.register(v), t.register(a), t.register(3))
				s.out("VADDPS %s, %s, %s", t.register(3), sum, sum)
			case vexDot:
				vpdpbusd(s, v, a, t.sum(r, v))
			case evexDot:
				s.out("VPDPBUSD %s, %s, %s", t.register(v), t.register(a), sum)
			}
		}
	}
}

// vpdpbusd writes VPDPBUSD in its VEX form, which Go's assembler does not know: Y(sum) += bytes of Y(weights) * Y(activations).
func vpdpbusd(s *source, weights, activations, sum int) {
	second := 0x02 | 0x40 // map 0F38, no index register
	if sum < 8 {
		second |= 0x80
	}
	if weights < 8 {
		second |= 0x20
	}
	third := (^activations&15)<<3 | 1<<2 | 1 // 256 bits, prefix 66
	s.out("BYTE $0xC4; BYTE $%#02x; BYTE $%#02x; BYTE $0x50; BYTE $%#02x // VPDPBUSD Y%d, Y%d, Y%d",
		second, third, 0xC0|(sum&7)<<3|weights&7, weights, activations, sum)
}

func (t tile) writeFloats(s *source) {
	s.function(t.name, floatArguments, 64)
	s.out("MOVQ steps+0(FP), CX\n\tMOVQ a+8(FP), AX\n\tMOVQ lda+16(FP), R8\n\tSHLQ $2, R8")
	s.out("MOVQ b+24(FP), BX\n\tMOVQ ldb+32(FP), R14\n\tSHLQ $2, R14")
	s.out("MOVQ bias+56(FP), SI")
	t.rowBases(s)
	s.out("MOVQ c+40(FP), DI\n\tMOVQ ldc+48(FP), R9\n\tSHLQ $2, R9")
	s.out("TESTQ SI, SI\n\tJZ load")
	for v := range t.vectors() {
		s.out("VMOVUPS %d(SI), %s", v*t.width(), t.sumName(0, v))
		for r := 1; r < t.rows; r++ {
			s.out("VMOVAPS %s, %s", t.sumName(0, v), t.sumName(r, v))
		}
	}
	s.out("JMP start")
	s.label("load")
	s.out("MOVQ DI, SI")
	for r := range t.rows {
		for v := range t.vectors() {
			s.out("VMOVUPS %d(SI), %s", v*t.width(), t.sumName(r, v))
		}
		s.out("ADDQ R9, SI")
	}
	s.label("start")
	t.loop(s, 4)
	for r := range t.rows {
		for v := range t.vectors() {
			s.out("VMOVUPS %s, %d(DI)", t.sumName(r, v), v*t.width())
		}
		s.out("ADDQ R9, DI")
	}
	s.out("VZEROUPPER\n\tRET")
}

func (t tile) writeBytes(s *source) {
	s.function(t.name, byteArguments, 96)
	s.out("MOVQ quads+0(FP), CX\n\tMOVQ a+8(FP), AX\n\tMOVQ lda+16(FP), R8")
	s.out("MOVQ b+24(FP), BX\n\tMOVQ ldb+32(FP), R14")
	s.out("MOVQ sums+56(FP), DI\n\tMOVQ zeros+80(FP), SI")
	t.rowBases(s)
	if t.how == maddubs {
		s.out("VPCMPEQW Y2, Y2, Y2\n\tVPSRLW $15, Y2, Y2")
	}
	for r := range t.rows { // start from what the zeros add
		s.out("VPBROADCASTD %d(SI), %s", 4*r, t.register(0))
		for v := range t.vectors() {
			s.out("VPMULLD %d(DI), %s, %s", v*t.width(), t.register(0), t.sumName(r, v))
		}
	}
	t.loop(s, 2)
	s.out("MOVQ c+40(FP), DI\n\tMOVQ ldc+48(FP), R9\n\tSHLQ $2, R9")
	s.out("MOVQ columnScale+64(FP), AX\n\tMOVQ bias+72(FP), BX\n\tMOVQ rowScale+88(FP), SI")
	for r := range t.rows { // c = sum * (columnScale*rowScale) + bias
		s.out("VBROADCASTSS %d(SI), %s", 4*r, t.register(0))
		for v := range t.vectors() {
			sum := t.sumName(r, v)
			s.out("VCVTDQ2PS %s, %s", sum, sum)
			s.out("VMULPS %d(AX), %s, %s", v*t.width(), t.register(0), t.register(1))
			s.out("VMULPS %s, %s, %s", t.register(1), sum, sum)
			s.out("VADDPS %d(BX), %s, %s", v*t.width(), sum, sum)
			s.out("VMOVUPS %s, %d(DI)", sum, v*t.width())
		}
		s.out("ADDQ R9, DI")
	}
	s.out("VZEROUPPER\n\tRET")
}
