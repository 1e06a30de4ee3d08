package kernel

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

//go:generate sh -c "go run ./gen arm64 > tiles_arm64.s"
//go:generate sh -c "go run ./gen arm64-loops > loops_arm64.s"

//go:noescape
func floatsNEON(steps int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int, bias *float32)

//go:noescape
func bytesDot(quads int, a *uint8, lda int, b *int8, ldb int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32)

//go:noescape
func boundsNEON(x []float32) (low, high float32)

//go:noescape
func quantizeNEON(q []uint8, x []float32, scale float32, zero int32)

//go:noescape
func quantizeSignedNEON(q []uint8, x []float32, scale float32, zero int32)

//go:noescape
func highestNEON(x []float32) float32

//go:noescape
func expSumNEON(x []float32, highest float32) float32

//go:noescape
func geluNEON(x []float32)

//go:noescape
func addNormNEON(x, r, gain, bias []float32)

// Sets lists the usable sets, best first. Every 64-bit ARM has NEON; nearly all since 2018 have its dot product.
func Sets() []*Set {
	neon := Set{
		name:   "neon",
		floats: floatsNEON, floatRows: 4, floatCol: panel,
		bytes: bytesPlain, byteRows: 4, byteCol: panel,
		bounds: boundsNEON, quantize: quantizeNEON, highest: highestNEON,
		expSum: expSumNEON, gelu: geluNEON, addNorm: addNormNEON,
	}
	sets := []*Set{&neon, Plain()}
	if cpu.ARM64.HasASIMDDP || runtime.GOOS == "darwin" { // Apple's processors all have it
		dot := neon
		dot.name, dot.bytes, dot.signed, dot.quantize = "neon-dot", bytesDot, true, quantizeSignedNEON
		sets = append([]*Set{&dot}, sets...)
	}
	return sets
}
