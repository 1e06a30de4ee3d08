package corpus_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citebot/corpus"
)

// files writes files into a new folder.
func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func ids(articles []*corpus.Article) string {
	var all []string
	for _, a := range articles {
		all = append(all, a.ID)
	}
	return strings.Join(all, " ")
}

func TestLoadFolder(t *testing.T) {
	dir := files(t, map[string]string{
		"b.txt":            "Text.",
		"a.md":             "Text.",
		"broken.txt":       "a\x00b",
		"empty.html":       "",
		"picture.png":      "\x89PNG",
		".hidden.txt":      "Text.",
		".git/c.txt":       "Text.",
		"a.txt~":           "Text.",
		"a.txt.bak":        "Text.",
		"#a.txt#":          "Text.",
		".#a.txt":          "Text.",
		".a.txt.swp":       "b0VIM",
		"~$a.txt":          "\x04Text.\x00",
		"older/B.TXT":      "Text.",
		"older/2020/b.htm": "<p>Text.",
	})
	articles, problems, err := corpus.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(articles), "a b b-2 b-3"; got != want {
		t.Errorf("IDs %q, want %q", got, want)
	}
	if len(problems) != 2 || problems[0].Path != filepath.Join(dir, "broken.txt") || problems[1].Path != filepath.Join(dir, "empty.html") {
		t.Fatalf("problems %v", problems)
	}
	for _, p := range problems {
		if !strings.Contains(p.Err.Error(), p.Path) {
			t.Errorf("%q does not name %s", p.Err, p.Path)
		}
	}
}

func TestLoadFiles(t *testing.T) {
	dir := files(t, map[string]string{
		"z.txt": "Text.", "a.txt": "---\nid: z\n---\nText.", "z-2.txt": "Text.",
	})
	z, a, z2 := filepath.Join(dir, "z.txt"), filepath.Join(dir, "a.txt"), filepath.Join(dir, "z-2.txt")
	articles, problems, err := corpus.Load(z2, z, a, z, dir)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got, want := ids(articles), "z-2 z z-3"; got != want {
		t.Errorf("IDs %q, want %q: in the order given, each file once", got, want)
	}
}

func TestLoadFollowsLinksToFiles(t *testing.T) {
	dir := files(t, map[string]string{"real/a.txt": "Text.", "articles/b.txt": "Text."})
	if err := os.Symlink(filepath.Join(dir, "real", "a.txt"), filepath.Join(dir, "articles", "a.txt")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := os.Symlink(filepath.Join(dir, "articles"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	articles, _, err := corpus.Load(filepath.Join(dir, "link"))
	if err != nil || ids(articles) != "a b" {
		t.Errorf("IDs %q, error %v", ids(articles), err)
	}
}

func TestLoadErrors(t *testing.T) {
	dir := files(t, map[string]string{
		"good.txt": "Text.", "broken.txt": "a\x00b", "notes.doc": "Text.", "none/readme.pdf": "Text.", "bad/a.txt": " ",
	})
	for name, want := range map[string]string{
		"missing.txt": "does not exist",
		"broken.txt":  "is not text",
		"notes.doc":   "Give a .txt, .md or .html file",
		"none":        "Put .txt, .md or .html files there",
		"bad":         "a.txt is empty",
	} {
		path := filepath.Join(dir, name)
		articles, _, err := corpus.Load(filepath.Join(dir, "good.txt"), path)
		if name == "none" || name == "bad" {
			articles, _, err = corpus.Load(path)
		}
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) || len(articles) > 0 {
			t.Errorf("%s: %d articles, error %v", name, len(articles), err)
		}
	}
}

// The article that the project was asked to serve has a long sentence on its first line and a paragraph on every line.
func TestLoadOriginal(t *testing.T) {
	articles, problems, err := corpus.Load(shared(t, "article/original.txt"))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	original, bundled := articles[0], corpus.Bundled()
	if original.Title != "Original" || len(original.Blocks) != len(bundled.Blocks) {
		t.Fatalf("title %q, %d paragraphs", original.Title, len(original.Blocks))
	}
	for i, p := range original.Blocks {
		if len(p.Sentences) != len(bundled.Blocks[i].Sentences) {
			t.Errorf("¶%d has %d sentences, in the bundled article %d", i+1, len(p.Sentences), len(bundled.Blocks[i].Sentences))
		}
	}
}
