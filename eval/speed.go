package eval

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

// Speed is how fast the program is on this machine, and how much memory it takes.
type Speed struct {
	Kernel    string   `json:"kernel"`  // the machine instructions that the reader takes by itself
	Kernels   []string `json:"kernels"` // all that this processor has, best first
	Start     float64  `json:"start_ms"`
	Memory    int64    `json:"memory_bytes"` // at most, before the plain kernel was measured
	MemoryHow string   `json:"memory_how"`
	Paces     []Pace   `json:"paces"` // of the kernel, then of the plain one
}

// Pace is how fast the program is with one kernel on so many cores.
type Pace struct {
	Kernel    string  `json:"kernel"`
	Cores     int     `json:"cores"`
	Questions int     `json:"questions"`
	P50       float64 `json:"p50_ms"` // of a question to an article of 40 windows, every third one a follow-up
	P99       float64 `json:"p99_ms"`
	Embeds    float64 `json:"embeds_per_second"` // windows that get their vectors, a core
}

// plainKernel is the reader's name for no special instructions.
const plainKernel = "plain"

// MeasureSpeed asks so many questions on each number of cores, and a twentieth of them of the plain kernel, which is slow.
// Nothing else should run meanwhile: it sets GOMAXPROCS, and the start is only measured right in a process that has not
// answered anything yet.
func MeasureSpeed(ctx context.Context, questions int) (Speed, error) {
	var s Speed
	model, err := s.measureStart(ctx)
	if err != nil {
		return s, err
	}
	s.Kernel, s.Kernels = model.Kernel(), reader.Kernels()
	article := longArticle(model)
	library, err := index.New([]*corpus.Article{article}, model, index.Options{})
	if err != nil {
		return s, fmt.Errorf("index an article: %w", err)
	}
	defer library.Close()
	if err := library.Wait(ctx); err != nil {
		return s, fmt.Errorf("embed an article: %w", err)
	}
	cores := []int{1}
	if runtime.NumCPU() > 1 {
		cores = append(cores, 2)
	}
	for _, n := range cores {
		if err := s.measurePace(ctx, library, model, n, questions); err != nil {
			return s, err
		}
	}
	s.Memory, s.MemoryHow = peakMemory()
	if s.Kernel == plainKernel {
		return s, nil
	}
	plain, err := model.WithKernel(plainKernel)
	if err != nil {
		return s, fmt.Errorf("choose the plain kernel: %w", err)
	}
	return s, s.measurePace(ctx, library, plain, 1, max(questions/20, 1))
}

// measureStart takes the time from nothing to the first answer from the bundled article: loading the model, indexing the
// article and asking.
func (s *Speed) measureStart(ctx context.Context) (*reader.Model, error) {
	started := time.Now()
	model, err := reader.Open()
	if err != nil {
		return nil, err
	}
	library, err := index.New([]*corpus.Article{corpus.Bundled()}, model, index.Options{})
	if err != nil {
		return nil, fmt.Errorf("index the bundled article: %w", err)
	}
	defer library.Close()
	question := answer.Question{Text: "When did Azerbaijan retake control of Karabakh?"}
	if _, err := answer.New(library, model).Ask(ctx, question, nil); err != nil {
		return nil, fmt.Errorf("ask the bundled article: %w", err)
	}
	s.Start = milliseconds(time.Since(started))
	return model, nil
}

// measurePace asks the library's article questions, one at a time, that model reads on so many cores.
func (s *Speed) measurePace(ctx context.Context, library *index.Library, model *reader.Model, cores, questions int) error {
	p := Pace{Kernel: model.Kernel(), Cores: cores, Questions: questions}
	before := runtime.GOMAXPROCS(cores)
	defer runtime.GOMAXPROCS(before)
	model = model.WithGoroutines(cores)
	engine := answer.New(library, model)
	var took []time.Duration
	var conversation answer.Conversation
	for i, text := range longQuestions(library.Articles()[0], questions) {
		if i%3 != 2 {
			conversation = nil
		}
		started := time.Now()
		a, err := engine.Ask(ctx, answer.Question{Text: text}, conversation)
		took = append(took, time.Since(started))
		if err != nil {
			return fmt.Errorf("ask an article: %w", err)
		}
		conversation = answer.Conversation{remember(a)}
	}
	slices.Sort(took)
	p.P50, p.P99 = percentile(took, 50), percentile(took, 99)
	texts := windowTexts(library.Windows(""))
	texts = texts[:min(len(texts), questions)]
	started := time.Now()
	if _, err := model.Embed(ctx, texts); err != nil {
		return fmt.Errorf("embed windows: %w", err)
	}
	p.Embeds = rounded(float64(len(texts)) / time.Since(started).Seconds() / float64(cores))
	s.Paces = append(s.Paces, p)
	return nil
}

// Write writes s as a table for people to read.
func (s Speed) Write(w io.Writer) error {
	b := table{cell: 12}
	b.line("start to the first answer   %.0f ms", s.Start)
	b.line("memory                      %.0f MB (%s)", float64(s.Memory)/1e6, s.MemoryHow)
	b.row("Kernel", "cores", "questions", "p50 ms", "p99 ms", "embeds/s")
	for _, p := range s.Paces {
		b.row("  "+p.Kernel, number(p.Cores), number(p.Questions), fmt.Sprintf("%.1f", p.P50), fmt.Sprintf("%.1f", p.P99), fmt.Sprintf("%.1f", p.Embeds))
	}
	if best, last := s.Paces[0], s.Paces[len(s.Paces)-1]; last.Kernel != best.Kernel {
		b.row("  times as long", "", "", ratio(last.P50, best.P50), ratio(last.P99, best.P99), ratio(best.Embeds, last.Embeds))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func ratio(x, y float64) string { return fmt.Sprintf("%.1fx", x/y) }

func milliseconds(d time.Duration) float64 { return rounded(d.Seconds() * 1000) }
