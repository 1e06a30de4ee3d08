package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"citebot/eval"
)

func (p *program) evalCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "eval [flags] FILE…",
		Short: "Score the answers to evaluation files",
		Long: `Answer every question of evaluation files, as predict does, and print how good the answers are.

  Ranking      a passage is right if it holds the start of an annotated answer: share of first passages that are right
               (P@1), mean of 1/rank of the first right one among ten (MRR@10), share of turns with a right one among five
               and ten (R@5, R@10); over the answerable turns, and by turn number in conversations
  Verdicts     answered, closest passages, or refused; how well confidence tells answerable from unanswerable turns (AUROC)
  Confidence   how often a turn is answerable, and the first passage right, by confidence; how far confidence is from the
               share of answerable turns (calibration error)
  Emphasis     right first passages whose emphasised words overlap the annotated answer, and how much is emphasised
  Quotations   quoted words, with who is named as their speaker, against annotated attributions
  Sentences    boundaries between sentences, against reference boundaries
  Verbatim     passages, and how many are not slices of the article, which must be none
  Latency      of a question, asked one at a time

` + fileFormats + `

With --json, there is one object a file, in which shares are 0 to 1, and what a file has nothing to score by is missing:

  {"file","scope","history","articles","questions",
   "ranking":[{"of","turns","p1","mrr10","r5","r10"}],
   "refusal":{"auroc","answerable":{"turns","answered","closest","refused"},"unanswerable":{…}},
   "calibration":{"turns","ece","bins":[{"from","to","turns","confidence","answerable","right"}]},
   "emphasis":{"turns","overlap","share"},
   "quotations":{"reference","found","right","precision","recall","f1","attributed","speaker"},
   "sentences":{"reference","found","right","precision","recall","f1"},
   "verbatim":{"passages","broken"},
   "latency":{"questions","p50_ms","p99_ms"}}`,
		Example: `  citebot eval questions.jsonl
  citebot eval --scope library --json dev-v1.1.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("eval needs an evaluation file, for example: citebot eval questions.jsonl")
			}
			return nil
		},
	}
	settings := evalFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := settings.Check(); err != nil {
			return err
		}
		for i, path := range args {
			score, err := p.score(cmd.Context(), path, *settings)
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(p.out, score)
			} else {
				if i > 0 {
					fmt.Fprintln(p.out)
				}
				err = score.Write(p.out)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return cmd
}

// score answers the questions of the evaluation file at path and scores the answers.
func (p *program) score(ctx context.Context, path string, s eval.Settings) (eval.Score, error) {
	articles, err := p.readEvaluation(path)
	if err != nil {
		return eval.Score{}, err
	}
	bar := p.progress(path, len(articles))
	defer bar.Clear()
	var predictions []eval.Prediction
	err = eval.Run(ctx, articles, s, eval.Citebot, func(_ *eval.Article, ps []eval.Prediction) error {
		predictions = append(predictions, ps...)
		return bar.Add(1)
	})
	if err != nil {
		return eval.Score{}, err
	}
	return eval.NewScore(path, s, articles, predictions), nil
}
