package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"citebot/corpus"
	"citebot/index"
	"citebot/reader"
)

var update = flag.Bool("update", false, "rewrite the golden files and the README's outputs")

// result is what one run of the program left.
type result struct {
	status      int
	out, errOut string
}

// citebot runs the program with stdin and settings (KEY=value) for its environment.
func citebot(stdin string, settings []string, args ...string) result {
	var out, errOut bytes.Buffer
	status := run(args, strings.NewReader(stdin), &out, &errOut, environment(settings...))
	return result{status, out.String(), errOut.String()}
}

// environment is settings and, before them, a folder in which the vectors of the articles that most tests ask already are:
// so they need not be made over and over, and no answer depends on how long that takes.
func environment(settings ...string) []string {
	return append([]string{"CACHE_DIR=" + vectors()}, settings...)
}

// vectors makes that folder. TestMain removes it.
var vectors = sync.OnceValue(func() string {
	folder, err := os.MkdirTemp("", "citebot-test-")
	if err != nil {
		panic(err)
	}
	model, err := reader.Open()
	if err != nil {
		panic(err)
	}
	articles, _, err := corpus.Load(ours)
	if err != nil {
		panic(err)
	}
	library, err := index.New(append(articles, corpus.Bundled()), model, index.Options{Cache: folder})
	if err != nil {
		panic(err)
	}
	library.Wait(context.Background())
	library.Close()
	return folder
})

// golden compares got with the file of that name in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s differs (go test ./cmd/citebot -update rewrites it)\n--- got\n%s\n--- want\n%s", path, got, want)
	}
}

// write makes a file in a temporary folder and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
