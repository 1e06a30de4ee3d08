package eval

import (
	"fmt"
	"io"
	"strings"
)

// Write writes s as tables for people to read; shares are per cent.
func (s Score) Write(w io.Writer) error {
	var b table
	b.line("%s: %s, %s", s.File, count(s.Articles, "article"), count(s.Questions, "question"))
	if s.Questions > 0 {
		b.line("answered from the %s; history: %s", s.Scope, s.History)
	}
	if s.Ranking != nil {
		b.row("Ranking", "turns", "P@1", "MRR@10", "R@5", "R@10")
		for _, r := range s.Ranking {
			b.row("  "+r.Of, number(r.Turns), percent(r.P1), percent(r.MRR10), percent(r.R5), percent(r.R10))
		}
	}
	if r := s.Refusal; r != nil {
		b.row("Verdicts", "turns", "answered", "closest", "refused")
		b.verdicts("  answerable", r.Answerable)
		b.verdicts("  unanswerable", r.Unanswerable)
		if r.AUROC != nil {
			b.row("  AUROC of confidence", "", percent(*r.AUROC))
		}
	}
	if c := s.Calibration; c != nil {
		b.row("Confidence", "turns", "mean", "answerable", "right")
		for _, bin := range c.Bins {
			b.row(fmt.Sprintf("  %.1f to %.1f", bin.From, bin.To), number(bin.Turns), percent(bin.Confidence), percent(bin.Answerable), percent(bin.Right))
		}
		b.row("  calibration error", number(c.Turns), percent(c.ECE))
	}
	if e := s.Emphasis; e != nil {
		b.row("Emphasis", "turns", "overlap", "share")
		b.row("  of right sentences", number(e.Turns), percent(e.Overlap), percent(e.Share))
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
type table struct{ strings.Builder }

func (t *table) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func (t *table) row(name string, cells ...string) {
	line := fmt.Sprintf("%-24s", name)
	for _, c := range cells {
		line += fmt.Sprintf("%11s", c)
	}
	t.WriteString(strings.TrimRight(line, " ") + "\n")
}

func (t *table) verdicts(name string, v *Verdicts) {
	if v != nil {
		t.row(name, number(v.Turns), percent(v.Answered), percent(v.Closest), percent(v.Refused))
	}
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
