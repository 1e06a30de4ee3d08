package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"citebot/answer"
)

func (p *program) askCommand() *cobra.Command {
	var top int
	var asJSON, explain bool
	cmd := &cobra.Command{
		Use:   "ask [flags] QUESTION…",
		Short: "Answer one question",
		Long: `Answer one question with the sentence that answers it, word for word, and its
citation. The question may also come from standard input.

Where two sentences answer about equally well, both are shown. Where it is not
certain that the articles answer, the closest passages are shown instead; where
they do not, citebot refuses.

With --explain, it shows how the answer came about: what the question was
understood to be, the windows of text that were found, by words (lexical), by
meaning (vector), and by both together (fused); how likely each of their
sentences is to answer, as the reader has it (log-odds), with what finding says
as well (score), and as a probability; and what made the verdict.

The exit status is 0 if there is an answer or a close passage, 1 after a
refusal, and 2 after an error.`,
		Example: `  citebot ask "When did Azerbaijan retake control of Karabakh?"
  citebot ask --articles ~/articles --top 5 Who will meet at the White House?
  echo "How many people fled?" | citebot ask --json`,
	}
	paths := articlesFlag(cmd)
	cmd.Flags().IntVar(&top, "top", 0, "show up to `N` passages (default: the answer, else the closest three)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&explain, "explain", false, "show how the answer came about")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("top") && top < 1 {
			return errors.New("--top must be 1 or more")
		}
		if explain && asJSON {
			return errors.New("--explain and --json do not go together; leave one of them out")
		}
		question, err := p.question(args)
		if err != nil {
			return err
		}
		config, err := readConfig(".env", p.env)
		if err != nil {
			return err
		}
		engine, err := p.openForPerson(cmd.Context(), config, *paths)
		if err != nil {
			return err
		}
		trace, err := engine.Trace(cmd.Context(), answer.Question{Text: question, Top: top}, nil)
		if err != nil {
			return fmt.Errorf("answer the question: %w", err)
		}
		a := trace.Answer
		switch {
		case explain:
			newScreen(p.out, config).trace(trace)
		case asJSON:
			err = writeJSON(p.out, asAnswerJSON(a, a.Passages))
		default:
			newScreen(p.out, config).answer(a, worthShowing(a, top))
		}
		if err == nil && a.Verdict == answer.Refused {
			err = errNothing
		}
		return err
	}
	return cmd
}

// question is what the arguments ask; a lone "-", or nothing where standard input is not a terminal, stands for that.
func (p *program) question(args []string) (string, error) {
	if len(args) > 0 && !(len(args) == 1 && args[0] == "-") {
		return strings.Join(args, " "), nil
	}
	if file, ok := p.in.(*os.File); ok && len(args) == 0 && term.IsTerminal(int(file.Fd())) {
		return "", errors.New(`ask needs a question, for example: citebot ask "Who will meet at the White House?"`)
	}
	text, err := io.ReadAll(p.in)
	if err != nil {
		return "", fmt.Errorf("read the question from standard input: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// worthShowing is what answers alone, unless top asked for more; without an answer, all that are close.
func worthShowing(a answer.Answer, top int) []answer.Passage {
	if a.Verdict == answer.Answered && top == 0 {
		return a.Passages[:a.Best]
	}
	return a.Passages
}
