// Command calibrate fits what turns the reader's log-odds into probabilities, and these into verdicts: the constants of
// answer/calibration.go.
//
//	go run ./eval/calibrate [-refused 0.08] [-right 0.8] [-given 0.6] FILE.jsonl…
//
// The files are evaluation files (see package eval) with questions as people ask them, some of them without an answer. They
// are asked twice: each in its own article, and in a library of all articles of its file. For both it prints how good the
// probabilities are, measured on articles that nothing was fitted on; what thresholds would give; and the constants. The
// conversation before a question has the verdicts of the present constants, so after a great change run it again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"citebot/eval"
	"citebot/reader"
)

// goals are what the thresholds are chosen by.
type goals struct {
	refused float64 // share of the answerable questions that may be refused
	right   float64 // share of the questions called answered whose first passage is to be right
	given   float64 // share of the answerable questions that are to be called answered in any case
}

func main() {
	var g goals
	flag.Float64Var(&g.refused, "refused", 0.08, "refuse as much as possible, but of the answerable questions no more than this `SHARE`")
	flag.Float64Var(&g.right, "right", 0.8, "call as much as possible answered, but so that this `SHARE` of it is right")
	flag.Float64Var(&g.given, "given", 0.6, "but call at least this `SHARE` of the answerable questions answered, right or not")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, g, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, g goals, files []string) error {
	if len(files) == 0 {
		return errors.New("name at least one evaluation file")
	}
	model, err := reader.Open()
	if err != nil {
		return err
	}
	constants := "// answer/calibration.go\n"
	for _, scope := range []eval.Scope{eval.InArticle, eval.InLibrary} {
		var questions []question
		for _, file := range files {
			of, err := collect(ctx, model, file, scope)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			questions = append(questions, of...)
		}
		if len(questions) == 0 {
			return errors.New("none of the questions can be scored; there is nothing to fit")
		}
		r := newReport(scope, questions, g)
		if _, err := io.WriteString(w, r.String()+"\n"); err != nil {
			return err
		}
		constants += fmt.Sprintf("%-8s calibration{temperature: %.2f, offset: %.2f, refuse: %.2f, answer: %.2f}\n",
			scope, 1/r.fitted.slope, r.fitted.offset, r.refuse, r.answer)
	}
	_, err = io.WriteString(w, constants)
	return err
}
