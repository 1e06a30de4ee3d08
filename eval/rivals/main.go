// Command rivals compares citebot with plain search engines on evaluation files: the same sentences, the same questions, in
// one run.
//
//	go run ./eval/rivals [-scope article|library] FILE.jsonl…
//
// It prints how often each engine is right (see package eval), and its median latency as a ratio to citebot's. All engines
// are in memory, and are asked every question in turn, so that whatever slows the machine down slows all of them. A rival
// that finds nothing gives the sentences in the order of the text. Rivals know no conversation; citebot has its own answers.
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

func main() {
	scope := flag.String("scope", string(eval.InArticle), "what the sentences are taken from: article (the question's own) or library (the file)")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, eval.Scope(*scope), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "rivals:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, scope eval.Scope, files []string) error {
	if len(files) == 0 {
		return errors.New("name at least one evaluation file")
	}
	model, err := reader.Open()
	if err != nil {
		return err
	}
	for i, file := range files {
		articles, err := eval.Read(file)
		if err != nil {
			return err
		}
		results, err := compare(ctx, file, articles, scope, contestants(model))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := write(w, results); err != nil {
			return err
		}
	}
	return nil
}

// write writes a table of results, the first of which is what latencies are related to. Shares are per cent.
func write(w io.Writer, results []result) error {
	first := results[0].score
	text := fmt.Sprintf("%s: %d articles, %d questions, answered from the %s\n", first.File, first.Articles, first.Questions, first.Scope)
	if len(first.Ranking) == 0 {
		_, err := io.WriteString(w, text+"No question has a marked answer, so there is nothing to compare.\n")
		return err
	}
	text += fmt.Sprintf("%-24s%8s%8s%8s%8s%8s%8s%10s\n", "", "turns", "first", "first 3", "MRR@10", "R@5", "R@10", "latency")
	for _, r := range results {
		all := r.score.Ranking[0]
		text += fmt.Sprintf("%-24s%8d%8.1f%8.1f%8.1f%8.1f%8.1f%9.2fx\n", r.name, all.Turns,
			100*all.P1, 100*all.R3, 100*all.MRR10, 100*all.R5, 100*all.R10,
			r.score.Latency.P50/first.Latency.P50)
	}
	_, err := io.WriteString(w, text)
	return err
}
