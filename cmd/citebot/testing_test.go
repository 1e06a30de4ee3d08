package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	status := run(args, strings.NewReader(stdin), &out, &errOut, settings)
	return result{status, out.String(), errOut.String()}
}

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
