package main

import "fmt"

// The NEON tiles have 4 rows x 16 columns: sums in V0 to V15, four for each row; weights in V16 to V19; activations of the
// four rows in V20 to V23. Rows of A stand at R0, R10, R11, R12; weights at R4; C at R5, its stride in R6; steps in R7.
//
// Go's assembler does not know these instructions in the forms needed here, so they are written as numbers.

func (s *source) word(code int, format string, a ...any) {
	s.out("WORD $%#08x // %s", code, fmt.Sprintf(format, a...))
}

func (s *source) fmulLane(d, n, m, lane int) {
	s.word(0x4F809000|(lane&1)<<21|m<<16|(lane>>1)<<11|n<<5|d, "FMUL V%d.4S, V%d.4S, V%d.S[%d]", d, n, m, lane)
}

func (s *source) sdotLane(d, n, m, lane int) {
	s.word(0x4F80E000|(lane&1)<<21|m<<16|(lane>>1)<<11|n<<5|d, "SDOT V%d.4S, V%d.16B, V%d.4B[%d]", d, n, m, lane)
}

func (s *source) fadd(d, n, m int) {
	s.word(0x4E20D400|m<<16|n<<5|d, "FADD V%d.4S, V%d.4S, V%d.4S", d, n, m)
}

func (s *source) fmul(d, n, m int) {
	s.word(0x6E20DC00|m<<16|n<<5|d, "FMUL V%d.4S, V%d.4S, V%d.4S", d, n, m)
}

func (s *source) mul(d, n, m int) {
	s.word(0x4EA09C00|m<<16|n<<5|d, "MUL V%d.4S, V%d.4S, V%d.4S", d, n, m)
}

func (s *source) scvtf(d, n int) { s.word(0x4E21D800|n<<5|d, "SCVTF V%d.4S, V%d.4S", d, n) }

// four writes an instruction on four registers in a row.
func (s *source) four(format string, v int) {
	s.out(format, fmt.Sprintf("[V%d.S4, V%d.S4, V%d.S4, V%d.S4]", v, v+1, v+2, v+3))
}

var neonRows = []string{"R0", "R10", "R11", "R12"}

// neonHead loads the arguments that both tiles have; shift is that of an activation's size.
func (s *source) neonHead(shift int) {
	s.out("MOVD a+8(FP), R0\n\tMOVD lda+16(FP), R1\n\tLSL $%d, R1, R1", shift)
	s.out("ADD R1, R0, R10\n\tADD R1, R10, R11\n\tADD R1, R11, R12")
	s.out("MOVD b+24(FP), R4\n\tMOVD c+40(FP), R5\n\tMOVD ldc+48(FP), R6\n\tLSL $2, R6, R6")
}

func arm64() string {
	s := newSource()
	s.neonFloats()
	s.neonDot()
	return s.String()
}

func (s *source) neonFloats() {
	s.function("floatsNEON", floatArguments, 64)
	s.out("MOVD steps+0(FP), R7")
	s.neonHead(2)
	s.out("MOVD bias+56(FP), R8\n\tCBZ R8, load")
	s.four("VLD1 (R8), %s", 0)
	for i := 4; i < 16; i++ {
		s.out("VMOV V%d.B16, V%d.B16", i%4, i)
	}
	s.out("B start")
	s.label("load")
	s.out("MOVD R5, R8")
	for r := range 4 {
		s.four("VLD1 (R8), %s", 4*r)
		s.out("ADD R6, R8")
	}
	s.label("start")
	s.out("SUBS $4, R7\n\tBLT tail")
	s.label("main")
	for r := range 4 {
		s.out("VLD1.P 16(%s), [V%d.S4]", neonRows[r], 20+r)
	}
	for lane := range 4 {
		s.four("VLD1.P 64(R4), %s", 16)
		for r := range 4 {
			for v := range 4 { // not fused: the same bits on every processor
				s.fmulLane(24+v, 16+v, 20+r, lane)
				s.fadd(4*r+v, 4*r+v, 24+v)
			}
		}
	}
	s.out("SUBS $4, R7\n\tBGE main")
	s.label("tail")
	s.out("ADDS $4, R7\n\tBEQ done")
	s.label("one")
	s.four("VLD1.P 64(R4), %s", 16)
	for r := range 4 {
		s.out("VLD1R.P 4(%s), [V%d.S4]", neonRows[r], 20+r)
		for v := range 4 {
			s.fmul(24, 16+v, 20+r)
			s.fadd(4*r+v, 4*r+v, 24)
		}
	}
	s.out("SUBS $1, R7\n\tBNE one")
	s.label("done")
	for r := range 4 {
		s.four("VST1 %s, (R5)", 4*r)
		s.out("ADD R6, R5")
	}
	s.out("RET")
}

func (s *source) neonDot() {
	s.function("bytesDot", byteArguments, 96)
	s.out("MOVD quads+0(FP), R7")
	s.neonHead(0)
	s.out("MOVD sums+56(FP), R1\n\tMOVD zeros+80(FP), R3")
	s.four("VLD1 (R1), %s", 16)
	for r := range 4 { // start from what the zeros add
		s.out("VLD1R.P 4(R3), [V20.S4]")
		for v := range 4 {
			s.mul(4*r+v, 16+v, 20)
		}
	}
	s.label("main") // 16 steps a turn: the caller has a multiple of that
	for r := range 4 {
		s.out("VLD1.P 16(%s), [V%d.B16]", neonRows[r], 20+r)
	}
	for lane := range 4 {
		s.four("VLD1.P 64(R4), %s", 16)
		for r := range 4 {
			for v := range 4 {
				s.sdotLane(4*r+v, 16+v, 20+r, lane)
			}
		}
	}
	s.out("SUBS $4, R7\n\tBGT main")
	s.out("MOVD columnScale+64(FP), R1\n\tMOVD bias+72(FP), R2\n\tMOVD rowScale+88(FP), R3")
	s.four("VLD1 (R1), %s", 16)
	s.four("VLD1 (R2), %s", 20)
	for r := range 4 { // c = sum * (columnScale*rowScale) + bias
		s.out("VLD1R.P 4(R3), [V24.S4]")
		for v := range 4 {
			s.scvtf(4*r+v, 4*r+v)
			s.fmul(25, 16+v, 24)
			s.fmul(26+v, 4*r+v, 25)
			s.fadd(26+v, 26+v, 20+v)
		}
		s.four("VST1 %s, (R5)", 26)
		s.out("ADD R6, R5")
	}
	s.out("RET")
}
