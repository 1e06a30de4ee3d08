package eval_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"citebot/eval"
	"citebot/reader"
)

// What is measured depends on the machine; that it is there does not.
func TestMeasureSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, more without fast instructions")
	}
	s, err := eval.MeasureSpeed(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if s.Kernel == "" || !slices.Equal(s.Kernels, reader.Kernels()) || s.Start <= 0 || s.Memory < 10e6 || s.MemoryHow == "" {
		t.Errorf("got %+v", s)
	}
	var kernels []string
	for _, p := range s.Paces {
		if p.Questions < 1 || p.P50 <= 0 || p.P99 < p.P50 || p.Embeds <= 0 {
			t.Errorf("pace %+v", p)
		}
		kernels = append(kernels, p.Kernel)
	}
	if kernels[0] != s.Kernel || kernels[len(kernels)-1] != "plain" {
		t.Errorf("measured %v, want %s first and plain last", kernels, s.Kernel)
	}
}

func TestSpeedTable(t *testing.T) {
	s := eval.Speed{
		Kernel:    "avx9",
		Kernels:   []string{"avx9", "plain"},
		Start:     212.4,
		Memory:    131e6,
		MemoryHow: "resident at most",
		Paces: []eval.Pace{
			{Kernel: "avx9", Cores: 1, Questions: 100, P50: 40, P99: 80.04, Embeds: 90},
			{Kernel: "avx9", Cores: 2, Questions: 100, P50: 25, P99: 50, Embeds: 85.5},
			{Kernel: "plain", Cores: 1, Questions: 20, P50: 800, P99: 1000, Embeds: 4.5},
		},
	}
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "speed.golden", b.String())
	s.Paces = s.Paces[2:]
	b.Reset()
	if err := s.Write(&b); err != nil || strings.Contains(b.String(), "times") {
		t.Errorf("of a machine that has only the plain kernel: %v\n%s", err, b.String())
	}
}
