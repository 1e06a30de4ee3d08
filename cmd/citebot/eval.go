package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"citebot/eval"
	"citebot/reader"
)

func (p *program) evalCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "eval [flags] FILE…",
		Short: "Score the answers to evaluation files",
		Long: `Answer every question of evaluation files, as predict does, and print how good the answers are.

  Ranking      a passage is right if it holds the start of an annotated answer, or, where answers are texts, if its sentence
               holds the text of one or is the better part of it: share of first passages that are right (first), share of
               turns with a right one among three, five and ten (first 3, R@5, R@10), mean of 1/rank of the first right one
               among ten (MRR@10); over the answerable turns
  Verdicts     of the answerable and of the unanswerable turns: which share is called answered, and which is refused, the
               others getting the closest passages; of those called answered, the share whose first passage is right; how
               well confidence tells answerable from unanswerable turns (AUROC)
  Calibration  how often a turn is answerable, and the first passage right, by confidence, which is the probability that the
               articles answer; how far confidence is from either share (error of confidence), and how far the first
               passage's own probability is from the share that is right (error of probability)
  Emphasis     of right first passages: whose emphasised words overlap the words that answer, or cover all of them; how well
               the two agree word by word (F1); how much of the sentence is emphasised (share)
  Quotations   quoted words, with who is named as their speaker, against annotated attributions
  Sentences    boundaries between sentences, against reference boundaries
  Verbatim     passages, and how many are not slices of the article, which must be none
  Latency      of a question, asked one at a time

Where there are conversations, ranking and verdicts are also given for single questions, for the first ones of conversations
and for follow-ups; where the file names kinds of articles, for each kind.

` + fileFormats + `

With --json, there is one object a file, in which shares are 0 to 1, and what a file has nothing to score by is missing:

  {"file","scope","history","articles","questions",
   "ranking":[{"of","turns","p1","r3","mrr10","r5","r10"}],
   "verdicts":[{"of","answerable":{"turns","answered","closest","refused"},"unanswerable":{…},"right","auroc"}],
   "calibration":{"turns","ece","ece_first","ece_right","bins":[{"from","to","turns","confidence","answerable","right"}]},
   "emphasis":{"turns","overlap","cover","f1","share"},
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
		model, err := reader.Open()
		if err != nil {
			return err
		}
		for i, path := range args {
			score, err := p.score(cmd.Context(), path, *settings, model)
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
func (p *program) score(ctx context.Context, path string, s eval.Settings, model *reader.Model) (eval.Score, error) {
	articles, err := p.readEvaluation(path)
	if err != nil {
		return eval.Score{}, err
	}
	bar := p.progress(path, len(articles))
	defer bar.Clear()
	var predictions []eval.Prediction
	err = eval.Run(ctx, articles, s, eval.Citebot(model), func(_ *eval.Article, ps []eval.Prediction) error {
		predictions = append(predictions, ps...)
		return bar.Add(1)
	})
	if err != nil {
		return eval.Score{}, err
	}
	return eval.NewScore(path, s, articles, predictions), nil
}
