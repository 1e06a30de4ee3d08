package reader

import (
	"strings"
	"testing"
)

const benchSentence = "The last ferry of the day leaves the harbour at ten at night, but in winter it does not run on Sundays or when " +
	"the wind is strong. "

// A window of about 110 tokens with its question, on every kernel.
func BenchmarkRead(b *testing.B) {
	m := open(b)
	w := []Window{{"Harbour > Ferries", strings.SplitAfter(strings.Repeat(benchSentence, 3), ". ")[:3], -1}}
	q := Question{Text: "When does the last ferry leave on a Sunday?"}
	input, _ := m.input(m.question(q), w[0])
	for _, name := range Kernels() {
		b.Run(name, func(b *testing.B) {
			m, err := m.WithKernel(name)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := m.Read(b.Context(), q, w); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(input)), "tokens")
		})
	}
}

// Texts of about 110 tokens on one goroutine, on the fastest kernel.
func BenchmarkEmbed(b *testing.B) {
	m := open(b).WithGoroutines(1)
	texts := []string{strings.Repeat(benchSentence, 3)}
	for b.Loop() {
		if _, err := m.Embed(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "windows/s")
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b)
	}
}
