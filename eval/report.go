package eval

import (
	"fmt"
	"io"
	"strings"
)

// Write writes s as tables for people to read; shares are per cent.
func (s Score) Write(w io.Writer) error {
	b := table{cell: 11}
	b.line("%s: %s, %s", s.File, count(s.Articles, "article"), count(s.Questions, "question"))
	if s.Questions > 0 {
		b.line("answered from the %s; history: %s", s.Scope, s.History)
	}
	if s.Ranking != nil {
		b.row("Ranking", "turns", "first", "first 3", "MRR@10", "R@5", "R@10")
		for _, r := range s.Ranking {
			b.row("  "+r.Of, number(r.Turns), percent(r.P1), percent(r.R3), percent(r.MRR10), percent(r.R5), percent(r.R10))
		}
	}
	if s.Verdicts != nil {
		b.cell = 9
		b.line("%-24s%27s%27s%9s", "Verdicts", "answerable", "unanswerable", "right of")
		b.row("", "turns", "answered", "refused", "turns", "answered", "refused", "answered", "AUROC")
		for _, v := range s.Verdicts {
			cells := append(v.Answerable.cells(), v.Unanswerable.cells()...)
			b.row("  "+v.Of, append(cells, optional(v.Right), optional(v.AUROC))...)
		}
		b.cell = 11
	}
	if c := s.Calibration; c != nil {
		b.row("Calibration", "turns", "confidence", "answerable", "right")
		for _, bin := range c.Bins {
			b.row(fmt.Sprintf("  %.1f to %.1f", bin.From, bin.To), number(bin.Turns), percent(bin.Confidence), percent(bin.Answerable), percent(bin.Right))
		}
		b.row("  error of confidence", number(c.Turns), "", percent(c.ECE), percent(c.ECERight))
		b.row("  error of probability", number(c.Turns), "", "", percent(c.ECEFirst))
	}
	if e := s.Emphasis; e != nil {
		b.row("Emphasis", "turns", "overlap", "cover", "F1", "share")
		b.row("  of right sentences", number(e.Turns), percent(e.Overlap), percent(e.Cover), percent(e.F1), percent(e.Share))
	}
	if q := s.Quotations; q != nil {
		b.row("Quotations", "marked", "found", "precision", "recall", "F1")
		b.overlap("  quoted words", q.Overlap)
		b.row("  speaker right", number(q.Attributed), percent(q.Speaker))
	}
	if o := s.Sentences; o != nil {
		b.row("Sentences", "marked", "found", "precision", "recall", "F1")
		b.overlap("  boundaries", *o)
	}
	if v := s.Verbatim; v != nil {
		b.row("Verbatim", "passages", "broken")
		b.row("  slices of the article", number(v.Passages), number(v.Broken))
	}
	if l := s.Latency; l != nil {
		b.row("Latency", "turns", "p50", "p99")
		b.row("  milliseconds", number(l.Questions), fmt.Sprintf("%.2f", l.P50), fmt.Sprintf("%.2f", l.P99))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table is text whose columns line up: one for names, then columns of figures, all of the same width.
type table struct {
	strings.Builder
	cell int // columns of characters that a figure takes up
}

func (t *table) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func (t *table) row(name string, cells ...string) {
	line := fmt.Sprintf("%-24s", name)
	for _, c := range cells {
		line += fmt.Sprintf("%*s", t.cell, c)
	}
	t.WriteString(strings.TrimRight(line, " ") + "\n")
}

// cells are the figures of s; blank if there are none.
func (s *Shares) cells() []string {
	if s == nil {
		return make([]string, 3)
	}
	return []string{number(s.Turns), percent(s.Answered), percent(s.Refused)}
}

// optional is a share that there need not be.
func optional(x *float64) string {
	if x == nil {
		return ""
	}
	return percent(*x)
}

func (t *table) overlap(name string, o Overlap) {
	t.row(name, number(o.Reference), number(o.Found), percent(o.Precision), percent(o.Recall), percent(o.F1))
}

func number(n int) string { return fmt.Sprint(n) }

func percent(x float64) string { return fmt.Sprintf("%.1f", 100*x) }

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
