// Command windows prints the windows of articles as lines of JSON, one an article, for the training code to read: so what
// the reader is trained on is what it is shown later. The articles' paths are its arguments, or else lines of standard input.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"citebot/corpus"
	"citebot/reader"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "windows:", err)
		os.Exit(1)
	}
}

type article struct {
	File    string   `json:"file"`
	Title   string   `json:"title"`
	Windows []window `json:"windows"`
}

type window struct {
	Heading   string     `json:"heading"`
	Context   []sentence `json:"context"`
	Sentences []sentence `json:"sentences"`
}

type sentence struct {
	Block    int    `json:"block"` // from 0, as is the next
	Sentence int    `json:"sentence"`
	Kind     string `json:"kind"`
	Text     string `json:"text"`
}

func run(paths []string, in io.Reader, out io.Writer) error {
	if len(paths) == 0 {
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			paths = append(paths, lines.Text())
		}
		if err := lines.Err(); err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
	model, err := reader.Open()
	if err != nil {
		return fmt.Errorf("open the model: %w", err)
	}
	buffered := bufio.NewWriter(out)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		a, err := corpus.Parse(path, data)
		if err != nil {
			return err
		}
		if err := lines.Encode(article{path, a.Title, windows(a, model.Pieces)}); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return buffered.Flush()
}

func windows(a *corpus.Article, pieces func(string) int) []window {
	all := []window{}
	for _, w := range a.Windows(pieces) {
		all = append(all, window{w.Heading, sentences(a, w.Context), sentences(a, w.Sentences)})
	}
	return all
}

func sentences(a *corpus.Article, places []corpus.Place) []sentence {
	all := []sentence{}
	for _, p := range places {
		all = append(all, sentence{p.Block, p.Sentence, a.Blocks[p.Block].Kind.String(), a.Sentence(p)})
	}
	return all
}
