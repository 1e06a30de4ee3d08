package corpus_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"citebot/corpus"
)

// shared is where the evaluation data and the original article are on a developer's machine.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("CITEBOT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs %s from the folder that CITEBOT_SHARED names", name)
	}
	return path
}

func TestBundled(t *testing.T) {
	a := corpus.Bundled()
	if a.Title == "" || a.Author != "citebot" || a.Published != "2025-08-07" || a.Language != "en" || len(a.Warnings) > 0 {
		t.Errorf("metadata: %+v", a)
	}
	sentences := []int{1, 1, 1, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1}
	if len(a.Blocks) != len(sentences) {
		t.Fatalf("%d paragraphs, want %d", len(a.Blocks), len(sentences))
	}
	for i, want := range sentences {
		if got := len(a.Blocks[i].Sentences); got != want {
			t.Errorf("¶%d: %d sentences, want %d", i+1, got, want)
		}
	}
}

// The bundled article tells what the original tells, in other words: only what speakers are quoted as saying may agree.
func TestBundledIsNotTheOriginal(t *testing.T) {
	data, err := os.ReadFile(shared(t, "article/original.txt"))
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`"[^"]*"`)
	original := " " + strings.Join(words(quoted.ReplaceAllString(string(data), "\n")), " ") + " "
	for i, p := range corpus.Bundled().Blocks {
		const longest = 6 // words in a row, a name or a title among them
		w := words(quoted.ReplaceAllString(p.Text, "\n"))
		for j := 0; j+longest < len(w); j++ {
			if run := strings.Join(w[j:j+longest+1], " "); strings.Contains(original, " "+run+" ") {
				t.Errorf("¶%d: %q stands in the original", i+1, run)
			}
		}
	}
	for _, q := range quoted.FindAllString(string(data), -1) {
		found := false
		for _, p := range corpus.Bundled().Blocks {
			found = found || strings.Contains(p.Text, q)
		}
		if !found {
			t.Errorf("%s is not quoted", q)
		}
	}
}

func words(s string) []string { return strings.Fields(strings.ToLower(s)) }
