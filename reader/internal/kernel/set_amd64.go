package kernel

import "golang.org/x/sys/cpu"

//go:generate sh -c "go run ./gen amd64 > tiles_amd64.s"

//go:noescape
func floatsAVX2(steps int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int, bias *float32)

//go:noescape
func floatsAVX512(steps int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int, bias *float32)

//go:noescape
func bytesAVX2(quads int, a *uint8, lda int, b *int8, ldb int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32)

//go:noescape
func bytesAVXVNNI(quads int, a *uint8, lda int, b *int8, ldb int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32)

//go:noescape
func bytesAVX512(quads int, a *uint8, lda int, b *int8, ldb int, c *float32, ldc int,
	sums *int32, columnScale, bias *float32, zeros *int32, rowScale *float32)

//go:noescape
func boundsAVX2(x []float32) (low, high float32)

//go:noescape
func quantizeAVX2(q []uint8, x []float32, scale float32, zero int32)

//go:noescape
func highestAVX2(x []float32) float32

//go:noescape
func expSumAVX2(x []float32, highest float32) float32

//go:noescape
func geluAVX2(x []float32)

//go:noescape
func addNormAVX2(x, r, gain, bias []float32)

// avx2 is a set whose loops over single numbers are those of AVX2, with the given tiles.
func avx2(name string, tiles Set) *Set {
	tiles.name = name
	tiles.bounds, tiles.quantize, tiles.highest = boundsAVX2, quantizeAVX2, highestAVX2
	tiles.expSum, tiles.gelu, tiles.addNorm = expSumAVX2, geluAVX2, addNormAVX2
	return &tiles
}

// Sets lists the usable sets, best first: those for which the processor has the instructions and the operating system saves
// the registers.
func Sets() []*Set {
	x := &cpu.X86
	var sets []*Set
	if x.HasAVX2 {
		if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512DQ && x.HasAVX512VNNI {
			sets = append(sets, avx2("avx512-vnni", Set{floats: floatsAVX512, floatRows: 12, floatCol: 32,
				bytes: bytesAVX512, byteRows: 12, byteCol: 32}))
		}
		if x.HasAVXVNNI {
			sets = append(sets, avx2("avx-vnni", Set{floats: floatsAVX2, floatRows: 6, floatCol: 16,
				bytes: bytesAVXVNNI, byteRows: 6, byteCol: 16}))
		}
		sets = append(sets, avx2("avx2", Set{floats: floatsAVX2, floatRows: 6, floatCol: 16,
			bytes: bytesAVX2, byteRows: 6, byteCol: 16}))
	}
	return append(sets, Plain())
}
