package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Few machines have all the instructions that the tiles use, so here the tiles as they are in the file are interpreted, line
// by line, and their results compared with loops that are easy to see through. Whether the assembler encodes the lines
// rightly is not seen here.

// machine is as much of a processor as the tiles need. All addresses are places in one memory.
type machine struct {
	arguments map[string]int64
	integers  map[string]int64
	vectors   [32][16]uint32
	memory    []byte
	flag      int64 // the last result
}

// put lays numbers into the memory and returns their address.
func (m *machine) put(t *testing.T, numbers any) int64 {
	t.Helper()
	at := int64(len(m.memory))
	var err error
	if m.memory, err = binary.Append(m.memory, binary.LittleEndian, numbers); err != nil {
		t.Fatal(err)
	}
	return at
}

func (m *machine) float(at int64) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(m.memory[at:]))
}

// address reckons 8(AX)(R8*2).
func (m *machine) address(operand string) int64 {
	offset, rest, _ := strings.Cut(operand, "(")
	at, _ := strconv.ParseInt(offset, 10, 64)
	for part := range strings.SplitSeq(rest, "(") {
		register, factor, scaled := strings.Cut(strings.TrimSuffix(part, ")"), "*")
		n := int64(1)
		if scaled {
			n, _ = strconv.ParseInt(factor, 10, 64)
		}
		at += m.integers[register] * n
	}
	return at
}

func (m *machine) integer(operand string) int64 {
	if name, isArgument := strings.CutSuffix(operand, "(FP)"); isArgument {
		name, _, _ = strings.Cut(name, "+")
		return m.arguments[name]
	}
	if number, isNumber := strings.CutPrefix(operand, "$"); isNumber {
		n, _ := strconv.ParseInt(number, 10, 64)
		return n
	}
	return m.integers[operand]
}

func isVector(operand string) bool {
	return (operand[0] == 'Y' || operand[0] == 'Z') && !strings.Contains(operand, "(")
}

func vectorNumber(operand string) int {
	n, _ := strconv.Atoi(operand[1:])
	return n
}

func (m *machine) vector(operand string, lanes int) (v [16]uint32) {
	if isVector(operand) {
		return m.vectors[vectorNumber(operand)]
	}
	at := m.address(operand)
	for i := range lanes {
		v[i] = binary.LittleEndian.Uint32(m.memory[at+int64(4*i):])
	}
	return v
}

// pair is half a lane as a signed number.
func pair(lane uint32, half int) int32 { return int32(int16(lane >> (16 * half))) }

// do carries out one vector instruction. Sources come first, in the order of Go's assembler.
func (m *machine) do(op string, operands []string) error {
	to := operands[len(operands)-1]
	lanes := 8
	for _, o := range operands {
		if isVector(o) && o[0] == 'Z' {
			lanes = 16
		}
	}
	var result [16]uint32
	switch op {
	case "VPBROADCASTD", "VBROADCASTSS":
		at := m.address(operands[0])
		for i := range lanes {
			result[i] = binary.LittleEndian.Uint32(m.memory[at:])
		}
	case "VMOVUPS", "VMOVAPS", "VMOVDQU", "VMOVDQU32":
		result = m.vector(operands[0], lanes)
		if !isVector(to) {
			at := m.address(to)
			for i := range lanes {
				binary.LittleEndian.PutUint32(m.memory[at+int64(4*i):], result[i])
			}
			return nil
		}
	default:
		var a, b, sum [16]uint32
		if op == "VPSRLW" { // the shift is a number
			a = m.vector(operands[1], lanes)
		} else {
			a = m.vector(operands[0], lanes)
		}
		if len(operands) == 3 {
			b = m.vector(operands[1], lanes)
		}
		sum = m.vectors[vectorNumber(to)]
		for i := range lanes {
			x, y := math.Float32frombits(a[i]), math.Float32frombits(b[i])
			switch op {
			case "VMULPS":
				result[i] = math.Float32bits(x * y)
			case "VADDPS":
				result[i] = math.Float32bits(x + y)
			case "VCVTDQ2PS":
				result[i] = math.Float32bits(float32(int32(a[i])))
			case "VPADDD":
				result[i] = a[i] + b[i]
			case "VPMULLD":
				result[i] = a[i] * b[i]
			case "VPDPBUSD":
				for k := range 4 {
					sum[i] += uint32(int32(int8(a[i]>>(8*k))) * int32(uint8(b[i]>>(8*k))))
				}
				result[i] = sum[i]
			case "VPMADDUBSW":
				for half := range 2 {
					var s int32
					for k := range 2 {
						shift := 16*half + 8*k
						s += int32(int8(a[i]>>shift)) * int32(uint8(b[i]>>shift))
					}
					s = min(max(s, math.MinInt16), math.MaxInt16)
					result[i] |= uint32(uint16(s)) << (16 * half)
				}
			case "VPMADDWD":
				result[i] = uint32(pair(a[i], 0)*pair(b[i], 0) + pair(a[i], 1)*pair(b[i], 1))
			case "VPCMPEQW":
				for half := range 2 {
					if pair(a[i], half) == pair(b[i], half) {
						result[i] |= 0xffff << (16 * half)
					}
				}
			case "VPSRLW":
				n := m.integer(operands[0])
				result[i] = a[i]>>n&(0xffff>>n) | a[i]>>16>>n<<16
			default:
				return fmt.Errorf("unknown instruction %s", op)
			}
		}
	}
	m.vectors[vectorNumber(to)] = result
	return nil
}

// run carries out a function of the file.
func (m *machine) run(t *testing.T, lines []string) {
	t.Helper()
	m.integers = map[string]int64{}
	labels := map[string]int{}
	for i, line := range lines {
		if name, isLabel := strings.CutSuffix(line, ":"); isLabel {
			labels[name] = i
		}
	}
	for at := 0; at < len(lines); at++ {
		line := strings.TrimSpace(lines[at])
		if strings.HasPrefix(line, "BYTE") { // an instruction as numbers: the comment names it
			_, line, _ = strings.Cut(line, "// ")
		}
		op, rest, _ := strings.Cut(line, " ")
		operands := strings.Split(rest, ", ")
		to := operands[len(operands)-1]
		switch jump := false; op {
		case "RET":
			return
		case "VZEROUPPER":
		case "MOVQ":
			m.integers[to] = m.integer(operands[0])
		case "LEAQ":
			m.integers[to] = m.address(operands[0])
		case "SHLQ":
			m.integers[to] <<= m.integer(operands[0])
		case "ADDQ", "SUBQ":
			n := m.integer(operands[0])
			if op == "SUBQ" {
				n = -n
			}
			m.integers[to] += n
			m.flag = m.integers[to]
		case "TESTQ":
			m.flag = m.integers[to]
		case "JMP", "JZ", "JNZ", "JLT", "JGE":
			jump = map[string]bool{"JMP": true, "JZ": m.flag == 0, "JNZ": m.flag != 0, "JLT": m.flag < 0, "JGE": m.flag >= 0}[op]
			if jump {
				at = labels[rest]
			}
		default:
			if strings.HasSuffix(line, ":") {
				break
			}
			if err := m.do(op, operands); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Fatal("the function does not return")
}

// functionLines reads the lines of a function from the file.
func functionLines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile("../tiles_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	_, body, found := strings.Cut(string(data), "TEXT ·"+name+"(SB)")
	if !found {
		t.Fatalf("no %s", name)
	}
	body, _, _ = strings.Cut(body, "\n\n")
	return strings.Split(body, "\n")[1:]
}

// The files are what the generator writes.
func TestFiles(t *testing.T) {
	for name, want := range map[string]string{"../tiles_amd64.s": amd64(), "../tiles_arm64.s": arm64(), "../loops_arm64.s": arm64Loops()} {
		if data, err := os.ReadFile(name); err != nil || string(data) != want {
			t.Errorf("%s is not what gen writes (error %v): run go generate", name, err)
		}
	}
}

func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = r.Float32() - 0.5
	}
	return x
}

func TestTilesOfBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct {
		name          string
		rows, columns int
	}{{"bytesAVX2", 6, 16}, {"bytesAVXVNNI", 6, 16}, {"bytesAVX512", 12, 32}} {
		lines := functionLines(t, c.name)
		for _, steps := range []int{16, 32, 36} {
			lda, ldb, ldc := steps+8, (steps+4)*16, c.columns+3
			q, w := make([]uint8, c.rows*lda), make([]int8, c.columns/16*ldb)
			for i := range q {
				q[i] = uint8(r.IntN(256))
			}
			for i := range w {
				w[i] = int8(r.IntN(127) - 63)
			}
			sums, zeros := make([]int32, c.columns), make([]int32, c.rows)
			for i := range sums {
				sums[i] = int32(r.IntN(10000) - 5000)
			}
			for i := range zeros {
				zeros[i] = -int32(r.IntN(256))
			}
			columnScale, bias, rowScale := random(r, c.columns), random(r, c.columns), random(r, c.rows)
			m := &machine{}
			out := m.put(t, make([]float32, c.rows*ldc))
			m.arguments = map[string]int64{"quads": int64(steps / 4), "a": m.put(t, q), "lda": int64(lda), "b": m.put(t, w),
				"ldb": int64(ldb), "c": out, "ldc": int64(ldc), "sums": m.put(t, sums), "columnScale": m.put(t, columnScale),
				"bias": m.put(t, bias), "zeros": m.put(t, zeros), "rowScale": m.put(t, rowScale)}
			m.run(t, lines)
			for i := range c.rows {
				for j := range c.columns {
					sum := zeros[i] * sums[j]
					for p := range steps {
						sum += int32(q[i*lda+p]) * int32(w[j/16*ldb+p/4*64+j%16*4+p%4])
					}
					want := float32(float32(sum)*float32(columnScale[j]*rowScale[i])) + bias[j]
					if got := m.float(out + int64(4*(i*ldc+j))); got != want {
						t.Fatalf("%s, %d steps: [%d,%d] is %g, want %g", c.name, steps, i, j, got, want)
					}
				}
			}
		}
	}
}

func TestTilesOfFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, c := range []struct {
		name          string
		rows, columns int
	}{{"floatsAVX2", 6, 16}, {"floatsAVX512", 12, 32}} {
		lines := functionLines(t, c.name)
		for _, steps := range []int{1, 4, 11} {
			for _, withBias := range []bool{true, false} {
				lda, ldb, ldc := steps+1, (steps+2)*16, c.columns+3
				a, w := random(r, c.rows*lda), random(r, c.columns/16*ldb)
				bias, start := random(r, c.columns), random(r, c.rows*ldc)
				m := &machine{memory: make([]byte, 64)} // address 0 is none
				out := m.put(t, start)
				m.arguments = map[string]int64{"steps": int64(steps), "a": m.put(t, a), "lda": int64(lda), "b": m.put(t, w),
					"ldb": int64(ldb), "c": out, "ldc": int64(ldc), "bias": 0}
				if withBias {
					m.arguments["bias"] = m.put(t, bias)
				}
				m.run(t, lines)
				for i := range c.rows {
					for j := range c.columns {
						want := start[i*ldc+j]
						if withBias {
							want = bias[j]
						}
						for p := range steps {
							want += float32(a[i*lda+p] * w[j/16*ldb+p*16+j%16])
						}
						if got := m.float(out + int64(4*(i*ldc+j))); got != want {
							t.Fatalf("%s, %d steps: [%d,%d] is %g, want %g", c.name, steps, i, j, got, want)
						}
					}
				}
			}
		}
	}
}
