package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"citebot/eval"
	"citebot/reader"
)

func (p *program) predictCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "predict [flags] FILE",
		Short: "Answer every question of an evaluation file",
		Long: `Answer every question of an evaluation file, and print the answers as JSON lines: one for each question, and after an
article's questions one for its quotations.

  {"qid","verdict","confidence","answers":[{"article","paragraph","start","end","text","span","score","probability"}]}
  {"article","quotations":[{"speaker","paragraph","start","end","text"}]}

There are up to 10 answers, best first, each a sentence, with the words in it that are emphasised (span) and the probability
that it answers. Paragraphs count from 0; in an article in a file of its own, list items, table rows and code count as well.
Start and end count Unicode code points in the paragraph. Quotations come as unbroken stretches of words with their quotation
marks; a speaker who is not known is empty.

` + fileFormats,
		Example: `  citebot predict questions.jsonl > predictions.jsonl
  citebot predict --scope library --history off dev-v1.1.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("predict needs one evaluation file, for example: citebot predict questions.jsonl")
			}
			return nil
		},
	}
	settings := evalFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := settings.Check(); err != nil {
			return err
		}
		articles, err := p.readEvaluation(args[0])
		if err != nil {
			return err
		}
		model, err := reader.Open()
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.out)
		err = eval.Run(cmd.Context(), articles, *settings, eval.Citebot(model), func(a *eval.Article, predictions []eval.Prediction) error {
			for _, prediction := range predictions {
				if err := writeJSON(out, prediction.Row()); err != nil {
					return fmt.Errorf("write the answer to %s: %w", prediction.Turn.QID, err)
				}
			}
			return writeJSON(out, a.Row())
		})
		return errors.Join(err, out.Flush())
	}
	return cmd
}

const fileFormats = `FILE may be JSON lines with one article each,

  {"id","title","source","paragraphs":["…"],"dialogs":[{"turns":[{"qid","question","answerable",
   "answers":[{"text","paragraph","start","end"}]}]}]}

with answers as positions; or, with answers as texts, the same about an article in a file of its own, .txt, .md or .html,
whose path is given relative to FILE:

  {"id","file","kind","dialogs":[{"turns":[{"qid","question","answerable",
   "answers":[{"text": a sentence that answers,"short": the words in it that do}]}]}]}

or what SQuAD (1.1 and 2.0) or CoQA publish. The questions of a dialog are asked in order, as one conversation. Every
question needs a qid of its own, and in JSON lines every annotation must stand where it says; else none of the file's
questions is asked, and the exit status is 2. Annotations of SQuAD and CoQA that are off are told, and left out.`

// evalFlags gives cmd the flags that say how questions are asked, and returns where their values will be.
func evalFlags(cmd *cobra.Command) *eval.Settings {
	s := &eval.Settings{}
	cmd.Flags().StringVar((*string)(&s.Scope), "scope", string(eval.InArticle),
		"answer from the question's own article, or from the library of all articles of the file: `SCOPE` is article or library")
	cmd.Flags().StringVar((*string)(&s.History), "history", string(eval.Own),
		"what was said before a question: `HISTORY` is own (the dialog so far, with citebot's own answers), off (nothing),\n"+
			"unrelated (own, after a dialog about another article) or switched (own, after another dialog about this one)")
	return s
}

// readEvaluation reads the evaluation file at path, and tells which of a published data set's annotations are left out.
func (p *program) readEvaluation(path string) ([]eval.Article, error) {
	articles, err := eval.Read(path)
	if err != nil {
		return nil, err
	}
	const most = 10
	n := 0
	for _, a := range articles {
		for _, w := range a.LeftOut {
			if n++; n <= most {
				fmt.Fprintf(p.errOut, "citebot: %s: left out: %s\n", visible(a.ID), visible(w))
			}
		}
	}
	if n > most {
		fmt.Fprintf(p.errOut, "citebot: … and %d more of the kind\n", n-most)
	}
	return articles, nil
}
