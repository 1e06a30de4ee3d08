// Loops over single numbers with AVX2, eight floats at a time; lengths are multiples of 8. They compute what the functions
// of the same names in plain.go do, operation by operation.


#include "textflag.h"

// Constants, one per 4-byte slot; broadcast where used.
#define CONST(off, val) DATA vecK<>+off(SB)/4, val
CONST(0, $0x3fb8aa3b)  // log2(e)
CONST(4, $0xbf317200)  // -ln2 hi = -0.693145751953125
CONST(8, $0xb5bfbe8e)  // -ln2 lo = -1.42860677e-6
CONST(12, $0x39506967) // 1.9875691500e-4
CONST(16, $0x3ab743ce) // 1.3981999507e-3
CONST(20, $0x3c088908) // 8.3334519073e-3
CONST(24, $0x3d2aa9c1) // 4.1665795894e-2
CONST(28, $0x3e2aaaaa) // 1.6666665459e-1
CONST(32, $0x3f000000) // 0.5
CONST(36, $0x3f800000) // 1
CONST(40, $0xc2ae0000) // -87
CONST(44, $0x3f3504f3) // sqrt(1/2)
CONST(48, $0x3ea7ba05) // 0.3275911
CONST(52, $0x3f87dc22) // 1.061405429
CONST(56, $0xbfba00e3) // -1.453152027
CONST(60, $0x3fb5f0e3) // 1.421413741
CONST(64, $0xbe91a98e) // -0.284496736
CONST(68, $0x3e827906) // 0.254829592
CONST(72, $0x7fffffff) // abs mask
CONST(76, $0x2b8cbccc) // 1e-12
GLOBL vecK<>(SB), RODATA|NOPTR, $80

#define K(off, y) VBROADCASTSS vecK<>+off(SB), y

// EXPK loads the constants of EXP into Y6..Y15.
#define EXPK \
	K(0, Y15)  \
	K(4, Y14)  \
	K(8, Y13)  \
	K(12, Y12) \
	K(16, Y11) \
	K(20, Y10) \
	K(24, Y9)  \
	K(28, Y8)  \
	K(32, Y7)  \
	K(36, Y6)

// EXP: Y0 = exp(Y0) for Y0 in [-87, 0]; uses Y1, Y2.
#define EXP \
	VMULPS Y15, Y0, Y1           \
	VROUNDPS $0, Y1, Y1          \ // n
	VMULPS Y14, Y1, Y2           \
	VADDPS Y2, Y0, Y0            \
	VMULPS Y13, Y1, Y2           \
	VADDPS Y2, Y0, Y0            \ // r
	VMOVAPS Y12, Y2              \
	VMULPS Y0, Y2, Y2      \
	VADDPS Y11, Y2, Y2      \
	VMULPS Y0, Y2, Y2      \
	VADDPS Y10, Y2, Y2      \
	VMULPS Y0, Y2, Y2       \
	VADDPS Y9, Y2, Y2       \
	VMULPS Y0, Y2, Y2       \
	VADDPS Y8, Y2, Y2       \
	VMULPS Y0, Y2, Y2       \
	VADDPS Y7, Y2, Y2       \
	VMULPS Y0, Y2, Y2       \
	VADDPS Y6, Y2, Y2       \
	VMULPS Y0, Y2, Y2       \ // ((..)r + 1)r + 1
	VADDPS Y6, Y2, Y2       \ // ((..)r + 1)r + 1
	VCVTPS2DQ Y1, Y1             \
	VPSLLD $23, Y1, Y1           \
	VPADDD Y1, Y2, Y0

// HSUM: X0 (low lane) = sum of the 8 lanes of Y0; uses X1.
#define HSUM \
	VEXTRACTF128 $1, Y0, X1 \
	VADDPS X1, X0, X0       \
	VHADDPS X0, X0, X0      \
	VHADDPS X0, X0, X0

// REDUCE: the low lane of x = the op of all 8 lanes of y, whose lower half is x; uses X1.
#define REDUCE(op, x, y) \
	VEXTRACTF128 $1, y, X1  \
	op X1, x, x             \
	VPERMILPS $0x4E, x, X1  \
	op X1, x, x             \
	VPERMILPS $0xB1, x, X1  \
	op X1, x, x

// func boundsAVX2(x []float32) (low, high float32)
TEXT ·boundsAVX2(SB), NOSPLIT, $0-32
	MOVQ x_base+0(FP), AX
	MOVQ x_len+8(FP), CX
	VMOVUPS (AX), Y0
	VMOVAPS Y0, Y2
loop:
	VMOVUPS (AX), Y1
	VMAXPS Y1, Y0, Y0
	VMINPS Y1, Y2, Y2
	ADDQ $32, AX
	SUBQ $8, CX
	JG loop
	REDUCE(VMAXPS, X0, Y0)
	REDUCE(VMINPS, X2, Y2)
	VMOVSS X2, low+24(FP)
	VMOVSS X0, high+28(FP)
	VZEROUPPER
	RET

// func highestAVX2(x []float32) float32
TEXT ·highestAVX2(SB), NOSPLIT, $0-28
	MOVQ x_base+0(FP), AX
	MOVQ x_len+8(FP), CX
	VMOVUPS (AX), Y0
loop:
	VMAXPS (AX), Y0, Y0
	ADDQ $32, AX
	SUBQ $8, CX
	JG loop
	REDUCE(VMAXPS, X0, Y0)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func quantizeAVX2(q []uint8, x []float32, scale float32, zero int32)
TEXT ·quantizeAVX2(SB), NOSPLIT, $0-56
	MOVQ q_base+0(FP), DI
	MOVQ x_base+24(FP), AX
	MOVQ x_len+32(FP), CX
	VBROADCASTSS scale+48(FP), Y3
	VBROADCASTSS zero+52(FP), Y4 // an integer: four bytes are four bytes
loop:
	VMULPS (AX), Y3, Y0
	VCVTPS2DQ Y0, Y0             // to the nearest, halves to the even one
	VPADDD Y4, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW X1, X0, X0
	VPACKUSWB X0, X0, X0         // saturates at 0 and 255
	VMOVQ X0, (DI)
	ADDQ $8, DI
	ADDQ $32, AX
	SUBQ $8, CX
	JG loop
	VZEROUPPER
	RET

// func expSumAVX2(x []float32, highest float32) float32
TEXT ·expSumAVX2(SB), NOSPLIT, $0-36
	MOVQ x_base+0(FP), AX
	MOVQ x_len+8(FP), CX
	VBROADCASTSS highest+24(FP), Y5
	VXORPS Y4, Y4, Y4
	EXPK
loop:
	VMOVUPS (AX), Y0
	VSUBPS Y5, Y0, Y0
	K(40, Y1)
	VCMPPS $13, Y1, Y0, Y3 // x-max >= -87
	VMAXPS Y1, Y0, Y0
	EXP
	VANDPS Y3, Y0, Y0
	VADDPS Y0, Y4, Y4
	VMOVUPS Y0, (AX)
	ADDQ $32, AX
	SUBQ $8, CX
	JG loop
	VMOVAPS Y4, Y0
	HSUM
	VMOVSS X0, ret+32(FP)
	VZEROUPPER
	RET

// func geluAVX2(x []float32)
TEXT ·geluAVX2(SB), NOSPLIT, $0-24
	MOVQ x_base+0(FP), AX
	MOVQ x_len+8(FP), CX
	EXPK
loop:
	VMOVUPS (AX), Y3
	K(72, Y1)
	VANDPS Y3, Y1, Y0
	K(44, Y1)
	VMULPS Y1, Y0, Y0            // z = |x|/sqrt(2)
	K(48, Y1)
	VMULPS Y0, Y1, Y1
	VADDPS Y6, Y1, Y1       // 1 + p z
	VDIVPS Y1, Y6, Y5            // t
	VMULPS Y0, Y0, Y0
	VXORPS Y4, Y4, Y4
	VSUBPS Y0, Y4, Y0            // -z^2
	K(40, Y1)
	VMAXPS Y1, Y0, Y0
	EXP
	K(52, Y4)
	K(56, Y1)
	VMULPS Y5, Y4, Y4
	VADDPS Y1, Y4, Y4
	K(60, Y1)
	VMULPS Y5, Y4, Y4
	VADDPS Y1, Y4, Y4
	K(64, Y1)
	VMULPS Y5, Y4, Y4
	VADDPS Y1, Y4, Y4
	K(68, Y1)
	VMULPS Y5, Y4, Y4
	VADDPS Y1, Y4, Y4
	VMULPS Y5, Y4, Y4
	VMULPS Y7, Y4, Y4
	VMULPS Y0, Y4, Y4            // h = (1-erf(z))/2
	VSUBPS Y4, Y6, Y1            // 1-h
	VBLENDVPS Y3, Y4, Y1, Y0     // x<0 ? h : 1-h
	VMULPS Y3, Y0, Y0
	VMOVUPS Y0, (AX)
	ADDQ $32, AX
	SUBQ $8, CX
	JG loop
	VZEROUPPER
	RET

// func addNormAVX2(x, r, gain, bias []float32)
TEXT ·addNormAVX2(SB), NOSPLIT, $0-96
	MOVQ x_base+0(FP), AX
	MOVQ x_len+8(FP), CX
	MOVQ r_base+24(FP), SI
	MOVQ gain_base+48(FP), R8
	MOVQ bias_base+72(FP), R9
	VXORPS Y0, Y0, Y0
	VCVTSI2SSQ CX, X0, X5
	VBROADCASTSS X5, Y5          // n
	LEAQ (AX)(CX*4), DX          // end
	MOVQ AX, DI
	TESTQ SI, SI
	JZ sum
add:
	VMOVUPS (DI), Y1
	VADDPS (SI), Y1, Y1
	VMOVUPS Y1, (DI)
	VADDPS Y1, Y0, Y0
	ADDQ $32, SI
	ADDQ $32, DI
	CMPQ DI, DX
	JLT add
	JMP mean
sum:
	VADDPS (DI), Y0, Y0
	ADDQ $32, DI
	CMPQ DI, DX
	JLT sum
mean:
	HSUM
	VBROADCASTSS X0, Y0
	VDIVPS Y5, Y0, Y4            // mean
	VXORPS Y0, Y0, Y0
	MOVQ AX, DI
sq:
	VMOVUPS (DI), Y1
	VSUBPS Y4, Y1, Y1
	VMULPS Y1, Y1, Y1
	VADDPS Y1, Y0, Y0
	ADDQ $32, DI
	CMPQ DI, DX
	JLT sq
	HSUM
	VDIVPS X5, X0, X0
	VADDSS vecK<>+76(SB), X0, X0
	VSQRTSS X0, X0, X0
	VMOVSS vecK<>+36(SB), X1
	VDIVSS X0, X1, X0
	VBROADCASTSS X0, Y0          // 1/sqrt(var+eps)
	MOVQ AX, DI
norm:
	VMOVUPS (DI), Y1
	VSUBPS Y4, Y1, Y1
	VMULPS Y0, Y1, Y1
	VMULPS (R8), Y1, Y1
	VADDPS (R9), Y1, Y1
	VMOVUPS Y1, (DI)
	ADDQ $32, R8
	ADDQ $32, R9
	ADDQ $32, DI
	CMPQ DI, DX
	JLT norm
	VZEROUPPER
	RET
