package corpus_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"citebot/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What is read from each file of testdata/articles: metadata, sections, blocks and what leads in to them, sentences, windows.
func TestParseGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/articles/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := corpus.Parse(file, data)
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
			golden(t, filepath.Base(file), dump(a))
		})
	}
}

func dump(a *corpus.Article) string {
	var b strings.Builder
	for _, field := range [][2]string{
		{"id", a.ID}, {"title", a.Title}, {"author", a.Author}, {"source", a.Source}, {"url", a.URL},
		{"published", a.Published}, {"language", a.Language},
	} {
		fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
	}
	for _, w := range a.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	section := -1
	for i, block := range a.Blocks {
		if block.Section != section {
			section = block.Section
			fmt.Fprintf(&b, "§%s\n", strings.Join(append([]string{""}, a.Sections[section].Headings...), " › "))
		}
		fmt.Fprintf(&b, "¶%d %s", i+1, block.Kind)
		if block.Lead >= 0 {
			fmt.Fprintf(&b, " under ¶%d", block.Lead+1)
		}
		b.WriteByte('\n')
		for j := range block.Sentences {
			fmt.Fprintf(&b, "  s%d %q\n", j+1, a.Sentence(corpus.Place{Block: i, Sentence: j}))
		}
	}
	for _, w := range a.Windows(countWords) {
		fmt.Fprintf(&b, "window %q:%s", w.Heading, list(w.Sentences))
		if len(w.Context) > 0 {
			fmt.Fprintf(&b, ", context%s", list(w.Context))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// countWords stands in for the word pieces of the reader.
func countWords(text string) int { return len(strings.Fields(text)) }

func list(places []corpus.Place) string {
	var b strings.Builder
	for _, p := range places {
		fmt.Fprintf(&b, " ¶%d s%d", p.Block+1, p.Sentence+1)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParseEncodings(t *testing.T) {
	const text = "Türkiye hosts talks\r\n\r\nThe talks began in Ankara.\r\nThey go on."
	utf16of := func(order func(uint16) []byte) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b.Write(order(u))
		}
		return b.String()
	}
	for name, data := range map[string]string{
		"UTF-8":          text,
		"UTF-8 with BOM": "\xef\xbb\xbf" + text,
		"UTF-16 LE":      utf16of(func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }),
		"UTF-16 BE":      utf16of(func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }),
	} {
		a, err := corpus.Parse("a.txt", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		const want = "The talks began in Ankara.\r\nThey go on."
		if a.Title != "Türkiye hosts talks" || len(a.Blocks) != 1 || a.Blocks[0].Text != want || len(a.Warnings) > 0 {
			t.Errorf("%s: %s", name, dump(a))
		}
	}

	a, err := corpus.Parse("a.html", []byte("<meta charset=windows-1252><p>Caf\xe9 \x93Elwood\x94 is open.</p>"))
	if err != nil || a.Blocks[0].Text != "Café “Elwood” is open." {
		t.Errorf("windows-1252: %v %+v", err, a)
	}
	a, err = corpus.Parse("a.txt", []byte("The caf\xe9 is open. It sells tea."))
	if err != nil || a.Blocks[0].Text != "The caf\uFFFD is open. It sells tea." || len(a.Warnings) != 1 {
		t.Errorf("invalid UTF-8: %v %+v", err, a)
	}
}

func TestParseParagraphs(t *testing.T) {
	cases := []struct {
		name, file, data string
		want             []string
	}{
		{"blank lines", "a.txt", "One.\nStill one.\n \t\nTwo.\n\n\n\nThree.\n", []string{"One.\nStill one.", "Two.", "Three."}},
		{"old Mac line ends", "a.txt", "One.\r\rTwo.\r", []string{"One.", "Two."}},
		{"no blank line", "a.txt", "\n\nOne.\nTwo.\n  Three.\n\n", []string{"One.", "Two.", "Three."}},
		{"no-break spaces stay", "a.txt", "Page\u00a05 is lost.\n\nIt was torn.", []string{"Page\u00a05 is lost.", "It was torn."}},
		{"nested quotations", "a.md", "> One.\n>\n> > Two.", []string{"One.", "Two."}},
		{"hidden HTML in Markdown", "a.md", "One.\n\n<div hidden>No.</div>\n\n<div>Two &lt;3.</div>", []string{"One.", "Two <3."}},
		{"links", "a.md", "See [the *map*](x.png), <https://example.org> and `code`.", []string{"See the map, https://example.org and code."}},
		{"line breaks", "a.html", "<p>One.<br>Two.<br><br>Three.</p>", []string{"One.\nTwo.", "Three."}},
		{"quotation element", "a.html", "<p>She said <q>no</q> twice.</p>", []string{"She said “no” twice."}},
		{"powers", "a.html", "<p>About 10<sup>6</sup> of H<sub>2</sub>O, on the 4<sup>th</sup>.</p>", []string{"About 10⁶ of H2O, on the 4th."}},
		{"soft hyphens", "a.html", "<p>Peace agree&shy;ment.</p>", []string{"Peace agreement."}},
		{"front matter in HTML", "a.html", "---\ntitle: T\n---\n<p>One.</p>", []string{"One."}},
		{"ruled line first", "a.md", "---\n\nOne.\n\n---\n\nTwo.", []string{"One.", "Two."}},
		{"front matter never closed", "a.txt", "---\nOne.\n\nTwo.", []string{"One.", "Two."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := corpus.Parse(c.file, []byte(c.data))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range a.Blocks {
				got = append(got, p.Text)
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestParseTitle(t *testing.T) {
	const prose = "The ferry to Elwood will run until 2031, the council said."
	cases := []struct{ name, file, data, want string }{
		{"front matter", "a.md", "---\ntitle: Given\n---\n# Heading\n\n" + prose, "Given"},
		{"heading", "a.md", prose + "\n\n# Heading of *it*\n\n" + prose, "Heading of it"},
		{"second-level heading first", "a.md", "## Heading\n\n" + prose, "Heading"},
		{"second-level heading later", "some-news.md", prose + "\n\n## Heading\n\n" + prose, "Some news"},
		{"title element", "a.html", "<title>From the head</title><p>" + prose, "From the head"},
		{"heading of a page", "a.html", "<h1>On the page</h1><p>" + prose + "</p>", "On the page"},
		{"headline", "a.txt", "Ferry saved\n\n" + prose, "Ferry saved"},
		{"headline over lines", "a.txt", "Is the ferry saved?\n" + prose + "\n" + prose, "Is the ferry saved?"},
		{"headline with a byline", "a.txt", "Ferry saved\n\nBy Ann Lee\n\n7 May 2021\n\n" + prose + " " + prose, "Ferry saved"},
		{"a date first", "some-news.txt", "Updated: 7 May 2021\n\n" + prose, "Some news"},
		{"releases", "changes.md", "# 2.1\n\n" + prose + "\n\n# 2.0\n\n" + prose, "Changes"},
		{"several first headings", "a.md", "# Ferries\n\n" + prose + "\n\n# Ships of 1954\n\n" + prose, "Ferries"},
		{"a question first", "ferry-faq.md", "## Is it saved?\n\n" + prose + "\n\n## For how long?\n\n" + prose, "Ferry faq"},
		{"first line is a sentence", "dir/peace_talks-2.txt", "It is saved.\n\n" + prose, "Peace talks 2"},
		{"first line is long", "a.txt", strings.Repeat("very ", 30) + "long\n\n" + prose + prose + prose, "A"},
		{"a verse", "verse.txt", "The ferry sails\nAt break of day\nAnd nothing ails", "Verse"},
		{"nothing to go by", "---.txt", prose, "Untitled"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := corpus.Parse(c.file, []byte(c.data))
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != c.want {
				t.Errorf("title %q, want %q", a.Title, c.want)
			}
			for _, p := range a.Blocks {
				if p.Text == c.want {
					t.Errorf("the title is a paragraph too")
				}
			}
		})
	}
}

func TestParseMetadata(t *testing.T) {
	parse := func(head string) *corpus.Article {
		a, err := corpus.Parse("some file.txt", []byte("---\n"+head+"\n---\nText."))
		if err != nil {
			t.Fatalf("%s: %v", head, err)
		}
		return a
	}
	for in, want := range map[string]string{
		"2025-08-07": "2025-08-07", "2025-08-07T23:30:00Z": "2025-08-07", "August 7, 2025": "2025-08-07", "7 Aug 2025": "2025-08-07",
		"Sept. 11, 2001": "2001-09-11", "7.8.2025": "2025-08-07", "Thu, 07 Aug 2025 10:00:00 GMT": "2025-08-07",
		"2025-08": "2025-08", "2025": "2025", "": "",
	} {
		if a := parse("published: " + in); a.Published != want || len(a.Warnings) > 0 {
			t.Errorf("published %q: %q, want %q, warnings %q", in, a.Published, want, a.Warnings)
		}
	}
	for _, in := range []string{"08/07/2025", "99/99/9999", "2025-02-30", "last summer"} {
		a := parse("published: " + in)
		if a.Published != in || len(a.Warnings) != 1 || !strings.Contains(a.Warnings[0], `"`+in+`" is not understood`) {
			t.Errorf("published %q: %q, warnings %q", in, a.Published, a.Warnings)
		}
	}
	for in, want := range map[string]string{"en": "en", "pt-BR": "pt-br", "en_US": "en-us", "pl": "pl", "English": "", "xx": "", "e1": "", "en-": "", "": ""} {
		a := parse("language: " + in)
		if a.Language != want || (len(a.Warnings) == 0) != (want != "" || in == "") {
			t.Errorf("language %q: %q, want %q, warnings %q", in, a.Language, want, a.Warnings)
		}
	}
	for in, want := range map[string]string{
		"https://example.org/a?b=c": "https://example.org/a?b=c", "/a": "", "ftp://example.org": "", "javascript:alert(1)": "",
	} {
		a := parse("url: " + in)
		if a.URL != want || (len(a.Warnings) == 0) != (want != "") {
			t.Errorf("url %q: %q, want %q, warnings %q", in, a.URL, want, a.Warnings)
		}
	}
	for in, want := range map[string]string{"id: My Talks!": "my-talks", "title: x": "some-file", "id: '***'": "some-file"} {
		if got := parse(in).ID; got != want {
			t.Errorf("%s: ID %q, want %q", in, got, want)
		}
	}
	if a := parse("title:  2025 \nauthor: null"); a.Title != "2025" || a.Author != "" {
		t.Errorf("%+v", a)
	}
}

// Whoever forgets to close the front matter is told; a ruled line above a text is not front matter.
func TestParseFrontMatterNeverClosed(t *testing.T) {
	for text, warned := range map[string]bool{
		"---\ntitle: T\nurl: x\n\nText.":           true,
		"---\r\nlayout: post\r\ntitle: T\r\nText.": true,
		"---\ntitle: T\n-- -\nText.":               true,
		"---\nOne.\n\ntitle: T":                    false,
		"---\nNote: this is prose.\n\nText.":       false,
		"---":                                      false,
		"title: T\n\nText.":                        false,
	} {
		a, err := corpus.Parse("a.txt", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := len(a.Warnings) == 1 && strings.Contains(a.Warnings[0], "no second line of ---"); got != warned || !got && len(a.Warnings) > 0 {
			t.Errorf("%q: warnings %q", text, a.Warnings)
		}
	}
}

func TestParseErrors(t *testing.T) {
	cases := []struct{ file, data, want string }{
		{"a.txt", "", "a.txt is empty"},
		{"a.txt", " \r\n\t", "a.txt is empty"},
		{"notes.bin", "text", "notes.bin has an extension that is not known"},
		{"notes", "text", "Give a .txt, .md or .html file"},
		{"a.txt", "a\x00b", "a.txt is not text: it has NUL bytes. Give a .txt, .md or .html file"},
		{"a.txt", "%PDF-1.7 text", "a.txt is not text: it is a PDF"},
		{"a.md", strings.Repeat("\xff\xd8\x01", 99), "a.md is not text"},
		{"a.html", "<script>x()</script><img src=y>", "a.html has no text in it"},
		{"a.md", "<!-- nothing -->", "a.md has no text in it"},
		{"a.md", "---\ntitle: T\n---\n", "a.md has no text in it"},
		{"a.md", "---\ntitle: T\nauthor: [A, B]\n---\nText.", "a.md, line 3: author must be a single text"},
		{"a.md", "---\ntitle: T\ntitle: U\n---\nText.", "a.md, line 3: title is given twice"},
		{"a.md", "---\n- a\n- b\n---\nText.", "a.md, line 2: the front matter must be key: value lines"},
		{"a.txt", "---\ntitle: T\nauthor: A: B\n---\nText.", "a.txt has front matter that is not YAML: line 3: "},
		{"a.html", strings.Repeat("<div>", 100_000) + "deep", "a.html is HTML that is nested too deeply"},
		{"a.md", strings.Repeat("a", 8<<20+1), "a.md is too large: a Markdown file may have 8 MB"},
	}
	for _, c := range cases {
		_, err := corpus.Parse(c.file, []byte(c.data))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: error %v, want %q", c.data, err, c.want)
		}
	}
}
