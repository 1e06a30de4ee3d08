package corpus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citebot/corpus"
)

// Text that would take a parser for ever, or to the end of its stack, is read all the same.
func TestParseHostileShapes(t *testing.T) {
	for name, data := range map[string]string{
		"line.txt":       strings.Repeat("No full stop and no line end ", 50<<20/29),
		"dots.txt":       strings.Repeat(". ", 1<<20),
		"quotes.md":      strings.Repeat("> ", 100_000) + "deep",
		"lists.md":       strings.Repeat("1. ", 100_000) + "deep",
		"links.md":       strings.Repeat("[a](", 100_000),
		"references.md":  strings.Repeat("[a]: b\n", 100_000) + "Text.",
		"html-in-it.md":  strings.Repeat("<div>", 100_000) + "deep",
		"indented.md":    nestedList(1000),
		"unclosed.html":  strings.Repeat("<b><p>", 20_000) + "deep",
		"attribute.html": "<p " + strings.Repeat("a", 1<<20) + ">text</p>",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := corpus.Parse(name, []byte(data))
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
		})
	}
}

func nestedList(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%s- a\n", strings.Repeat("  ", i))
	}
	return b.String()
}

func FuzzLoadText(f *testing.F) {
	fuzzParse(f, "a.txt", "---\ntitle: T\n---\nOne.\r\n\r\nTwo.", "\xff\xfeO\x00n\x00e\x00", "Head\n\nA longer line.\n\n\n\n.",
		".. note:: a\n.. x::\n\n  b::\n\n    c\n\n- d\n  1) e\n\n    f\n\n  g", "A\n-\n===\nB\n===\n\nQ: c?\nA: d\n\n|e|\n|-|\n|f|", "Ann:\n\nb\n\nAnn:\n\nc")
}

func FuzzLoadMarkdown(f *testing.F) {
	fuzzParse(f, "a.md", "---\nurl: x\ndate: 1\n---\n# T\n\n- a\n\n|a|\n|-|\n|b|\n", "[a]: b\n[^1] <b>x</b>\n\n[^1]: `c`", "> > 1. ~~a~~  \nb",
		"**a?**\nb\n\n- **c?**\n\n  d\n- [e](#f)\n\n**g**\n\nh\n~~~~\n!!! i\n\n    j")
}

func FuzzLoadHTML(f *testing.F) {
	fuzzParse(f, "a.html", "<title>T</title><p>One.<br><br>Two<sup>2</sup>", "<table><tr><td>a<td><pre> b\n\nc</pre><q>d",
		"<dl><dt>a<dt>b<dd><h2>c</h2>d<details><summary>e</summary>f<ol start=7><li>g<ul><li><b>h?</b><p>i",
		`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"1/1/1"}</script><article><p>A, b, c.</article>`,
		"<meta charset=utf-16><p>\xe9")
}

// fuzzParse checks what is read of any data: sentences, sections, what leads in, and windows.
func fuzzParse(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	files, err := filepath.Glob("testdata/articles/*" + filepath.Ext(name))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := corpus.Parse(name, data)
		if err != nil {
			if strings.Contains(err.Error(), "fault") {
				t.Error(err)
			}
			return
		}
		checkArticle(t, a)
		if strings.HasSuffix(name, ".txt") {
			checkSlices(t, a, string(data))
		}
		if a.ID == "" || a.Title == "" || a.SentenceCount() == 0 {
			t.Errorf("ID %q, title %q, %d sentences", a.ID, a.Title, a.SentenceCount())
		}
	})
}
