package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"citebot/eval"
)

func (p *program) benchCommand() *cobra.Command {
	var questions int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "bench [flags]",
		Short: "Measure how fast citebot is on this machine",
		Long: `Measure how fast citebot is on this machine, and how much memory it takes. Nothing else should run meanwhile; it takes
half a minute or so.

  start      from nothing to the first answer from the article that comes with citebot: the model is loaded, the article
             indexed and asked; what the system needs to start a program is not in it
  memory     the most that the process has taken, and how that is known
  Kernel     the machine instructions that the model is computed with, best first. Of each: how long a question to an article
             of 40 windows takes, half of them at most (p50) and all but one of a hundred (p99), every third one a follow-up,
             on one core and on two; and how many windows get their vectors in a second, a core. The last, plain, is without
             special instructions: it reads fewer windows for a question, and is asked a twentieth of the questions

The article is made up of the words of the one that comes with citebot.`,
		Example: `  citebot bench
  citebot bench --questions 1000 --json`,
		Args: flagsOnly,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if questions < 1 {
				return fmt.Errorf("--questions must be 1 or more")
			}
			speed, err := eval.MeasureSpeed(cmd.Context(), questions)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(p.out, speed)
			}
			return speed.Write(p.out)
		},
	}
	cmd.Flags().IntVar(&questions, "questions", 200, "ask `N` questions")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
