package main

import "math"

// The NEON loops over single numbers take eight floats at a time, in two registers; lengths are multiples of 8. They compute
// what the functions of the same names in plain.go do, operation by operation. R0 walks over the numbers, R1 counts what is
// left. V0 to V15 are for numbers, V16 to V31 for constants that stay.

// op3 and op2 write instructions on four lanes of one, or two, registers.
func (s *source) op3(name string, code, d, n, m int) {
	s.word(code|m<<16|n<<5|d, "%s V%d.4S, V%d.4S, V%d.4S", name, d, n, m)
}

func (s *source) op2(name string, code, d, n int) {
	s.word(code|n<<5|d, "%s V%d, V%d", name, d, n)
}

func (s *source) fsub(d, n, m int)  { s.op3("FSUB", 0x4EA0D400, d, n, m) }
func (s *source) fdiv(d, n, m int)  { s.op3("FDIV", 0x6E20FC00, d, n, m) }
func (s *source) fmax(d, n, m int)  { s.op3("FMAX", 0x4E20F400, d, n, m) }
func (s *source) fmin(d, n, m int)  { s.op3("FMIN", 0x4EA0F400, d, n, m) }
func (s *source) fcmge(d, n, m int) { s.op3("FCMGE", 0x6E20E400, d, n, m) }
func (s *source) faddp(d, n, m int) { s.op3("FADDP", 0x6E20D400, d, n, m) }
func (s *source) bsl(d, n, m int)   { s.op3("BSL", 0x6E601C00, d, n, m) } // d = d ? n : m, bit by bit
func (s *source) add(d, n, m int)   { s.op3("ADD", 0x4EA08400, d, n, m) }
func (s *source) and(d, n, m int)   { s.op3("AND", 0x4E201C00, d, n, m) }
func (s *source) fabs(d, n int)     { s.op2("FABS", 0x4EA0F800, d, n) }
func (s *source) fneg(d, n int)     { s.op2("FNEG", 0x6EA0F800, d, n) }
func (s *source) frintn(d, n int)   { s.op2("FRINTN", 0x4E218800, d, n) }
func (s *source) fcvtns(d, n int)   { s.op2("FCVTNS", 0x4E21A800, d, n) } // to the nearest, halves to the even one
func (s *source) negative(d, n int) { s.op2("CMLT #0", 0x4EA0A800, d, n) }
func (s *source) fmaxv(d, n int)    { s.op2("FMAXV", 0x6E30F800, d, n) }
func (s *source) fminv(d, n int)    { s.op2("FMINV", 0x6EB0F800, d, n) }

// constant fills a register with a number.
func (s *source) constant(register int, value float32) {
	s.out("MOVW $%#08x, R9\n\tVDUP R9, V%d.S4 // %v", math.Float32bits(value), register, value)
}

// spread fills a register with the float in its first lane.
func (s *source) spread(register int) { s.out("VDUP V%d.S[0], V%d.S4", register, register) }

// Registers of constants.
const (
	log2e = iota + 16
	ln2High
	ln2Low
	exp5 // coefficients of the polynomial, highest first
	exp4
	exp3
	exp2
	exp1
	half
	one
	least // -87
	root  // the rest are those of GELU
	erfP
	erf5
	erf4
	erf3
	erf2 = 14
	erf1 = 15
)

func (s *source) expConstants() {
	for i, value := range []float32{1.44269504, -0.693145751953125, -1.42860677e-6, 1.9875691500e-4, 1.3981999507e-3,
		8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5, 1, -87} {
		s.constant(log2e+i, value)
	}
}

// exp sets x to its exponential, for -87 to 0. It uses n, p and a third register.
func (s *source) exp(x, n, p, product int) {
	s.fmul(n, x, log2e)
	s.frintn(n, n)
	s.fmul(product, n, ln2High)
	s.fadd(x, x, product)
	s.fmul(product, n, ln2Low)
	s.fadd(x, x, product)
	s.fmul(p, x, exp5)
	for _, c := range []int{exp4, exp3, exp2, exp1, half, one} {
		s.fadd(p, p, c)
		s.fmul(p, p, x)
	}
	s.fadd(p, p, one)
	s.fcvtns(n, n)
	s.word(0x4F375400|n<<5|n, "SHL V%d.4S, V%d.4S, #23", n, n)
	s.add(x, p, n)
}

// total sums the eight lanes of V(a) and V(b) into the first lane of V(a), in the order of plain Go.
func (s *source) total(a, b int) {
	s.fadd(a, a, b)
	s.faddp(a, a, a)
	s.faddp(a, a, a)
}

// zero clears registers.
func (s *source) zero(registers ...int) {
	for _, r := range registers {
		s.out("VEOR V%d.B16, V%d.B16, V%d.B16", r, r, r)
	}
}

// next ends a loop over eight floats at R0.
func (s *source) next(label string) { s.out("SUBS $8, R1\n\tBGT %s", label) }

const sliceX = "MOVD x_base+0(FP), R0\n\tMOVD x_len+8(FP), R1"

func arm64Loops() string {
	s := newSource()
	s.bounds()
	s.highest()
	s.quantize("quantizeNEON", false)
	s.quantize("quantizeSignedNEON", true)
	s.expSum()
	s.gelu()
	s.addNorm()
	return s.String()
}

func (s *source) bounds() {
	s.function("boundsNEON", "(x []float32) (low, high float32)", 32)
	s.out(sliceX)
	s.out("VLD1 (R0), [V2.S4, V3.S4]\n\tVMOV V2.B16, V4.B16\n\tVMOV V3.B16, V5.B16")
	s.label("loop")
	s.out("VLD1.P 32(R0), [V0.S4, V1.S4]")
	s.fmin(2, 2, 0)
	s.fmin(3, 3, 1)
	s.fmax(4, 4, 0)
	s.fmax(5, 5, 1)
	s.next("loop")
	s.fmin(2, 2, 3)
	s.fmax(4, 4, 5)
	s.fminv(2, 2)
	s.fmaxv(4, 4)
	s.out("FMOVS F2, low+24(FP)\n\tFMOVS F4, high+28(FP)\n\tRET")
}

func (s *source) highest() {
	s.function("highestNEON", "(x []float32) float32", 28)
	s.out(sliceX)
	s.out("VLD1 (R0), [V4.S4, V5.S4]")
	s.label("loop")
	s.out("VLD1.P 32(R0), [V0.S4, V1.S4]")
	s.fmax(4, 4, 0)
	s.fmax(5, 5, 1)
	s.next("loop")
	s.fmax(4, 4, 5)
	s.fmaxv(4, 4)
	s.out("FMOVS F4, ret+24(FP)\n\tRET")
}

// quantize writes one of two functions: with 0 to 255 as results, or these less 128.
func (s *source) quantize(name string, signed bool) {
	s.function(name, "(q []uint8, x []float32, scale float32, zero int32)", 56)
	s.out("MOVD q_base+0(FP), R2\n\tMOVD x_base+24(FP), R0\n\tMOVD x_len+32(FP), R1")
	s.out("FMOVS scale+48(FP), F4")
	s.spread(4)
	s.out("MOVW zero+52(FP), R3\n\tVDUP R3, V5.S4")
	if signed {
		s.out("MOVD $0x80, R4\n\tVDUP R4, V6.B16")
	}
	s.label("loop")
	s.out("VLD1.P 32(R0), [V0.S4, V1.S4]")
	for v := range 2 {
		s.fmul(v, v, 4)
		s.fcvtns(v, v)
		s.add(v, v, 5)
	}
	s.op2("SQXTN (4H from 4S)", 0x0E614800, 2, 0)
	s.op2("SQXTN2 (8H from 4S)", 0x4E614800, 2, 1)
	s.op2("SQXTUN (8B from 8H)", 0x2E212800, 2, 2)
	if signed {
		s.out("VEOR V6.B16, V2.B16, V2.B16")
	}
	s.out("VST1.P [V2.B8], 8(R2)")
	s.next("loop")
	s.out("RET")
}

func (s *source) expSum() {
	s.function("expSumNEON", "(x []float32, highest float32) float32", 36)
	s.out(sliceX)
	s.expConstants()
	s.out("FMOVS highest+24(FP), F14")
	s.spread(14)
	s.zero(12, 13)
	s.label("loop")
	s.out("VLD1 (R0), [V0.S4, V1.S4]")
	for v := range 2 {
		s.fsub(v, v, 14)
		s.fcmge(2+v, v, least)
		s.fmax(v, v, least)
		s.exp(v, 4+3*v, 5+3*v, 6+3*v)
		s.and(v, v, 2+v)
		s.fadd(12+v, 12+v, v)
	}
	s.out("VST1.P [V0.S4, V1.S4], 32(R0)")
	s.next("loop")
	s.total(12, 13)
	s.out("FMOVS F12, ret+32(FP)\n\tRET")
}

func (s *source) gelu() {
	s.function("geluNEON", "(x []float32)", 24)
	s.out(sliceX)
	s.expConstants()
	for register, value := range []float32{root: 0.70710678, erfP: 0.3275911, erf5: 1.061405429, erf4: -1.453152027,
		erf3: 1.421413741, erf2: -0.284496736, erf1: 0.254829592} {
		if value != 0 {
			s.constant(register, value)
		}
	}
	s.label("loop")
	s.out("VLD1 (R0), [V0.S4, V1.S4]")
	for v := range 2 {
		z, t, p, h, n, product := 2+6*v, 3+6*v, 4+6*v, 5+6*v, 6+6*v, 7+6*v
		s.fabs(z, v)
		s.fmul(z, z, root)
		s.fmul(t, z, erfP)
		s.fadd(t, t, one)
		s.fdiv(t, one, t)
		s.fmul(p, t, erf5)
		for _, c := range []int{erf4, erf3, erf2, erf1} {
			s.fadd(p, p, c)
			s.fmul(p, p, t)
		}
		s.fmul(p, p, half)
		s.fmul(z, z, z)
		s.fneg(z, z)
		s.fmax(z, z, least)
		s.exp(z, n, h, product)
		s.fmul(h, p, z) // the normal distribution at -|x|
		s.fsub(p, one, h)
		s.negative(t, v)
		s.bsl(t, h, p)
		s.fmul(v, v, t)
	}
	s.out("VST1.P [V0.S4, V1.S4], 32(R0)")
	s.next("loop")
	s.out("RET")
}

func (s *source) addNorm() {
	s.function("addNormNEON", "(x, r, gain, bias []float32)", 96)
	s.out(sliceX)
	s.out("MOVD r_base+24(FP), R2\n\tMOVD gain_base+48(FP), R3\n\tMOVD bias_base+72(FP), R4")
	s.out("SCVTFS R1, F15")
	s.zero(12, 13)
	s.out("CBZ R2, sum")
	s.label("add")
	s.out("VLD1 (R0), [V0.S4, V1.S4]\n\tVLD1.P 32(R2), [V2.S4, V3.S4]")
	for v := range 2 {
		s.fadd(v, v, 2+v)
		s.fadd(12+v, 12+v, v)
	}
	s.out("VST1.P [V0.S4, V1.S4], 32(R0)")
	s.next("add")
	s.out("B mean")
	s.label("sum")
	s.out("VLD1.P 32(R0), [V0.S4, V1.S4]")
	for v := range 2 {
		s.fadd(12+v, 12+v, v)
	}
	s.next("sum")
	s.label("mean")
	s.total(12, 13)
	s.out("FDIVS F15, F12, F14")
	s.spread(14)
	s.zero(12, 13)
	s.out(sliceX)
	s.label("squares")
	s.out("VLD1.P 32(R0), [V0.S4, V1.S4]")
	for v := range 2 {
		s.fsub(v, v, 14)
		s.fmul(v, v, v)
		s.fadd(12+v, 12+v, v)
	}
	s.next("squares")
	s.total(12, 13)
	s.out("FDIVS F15, F12, F12")
	s.constant(11, 1e-12)
	s.constant(10, 1)
	s.out("FADDS F11, F12, F12\n\tFSQRTS F12, F12\n\tFDIVS F12, F10, F13")
	s.spread(13)
	s.out(sliceX)
	s.label("norm")
	s.out("VLD1 (R0), [V0.S4, V1.S4]\n\tVLD1.P 32(R3), [V2.S4, V3.S4]\n\tVLD1.P 32(R4), [V4.S4, V5.S4]")
	for v := range 2 {
		s.fsub(v, v, 14)
		s.fmul(v, v, 13)
		s.fmul(v, v, 2+v)
		s.fadd(v, v, 4+v)
	}
	s.out("VST1.P [V0.S4, V1.S4], 32(R0)")
	s.next("norm")
	s.out("RET")
}
