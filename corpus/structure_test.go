package corpus_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/corpus"
)

const (
	prose   = "The ferry to Elwood will run until 2031, the council said, and nobody spoke against it."
	another = "Its oldest ship was built in 1954 and is to be painted blue before the summer comes."
)

// outline is the headings and blocks of a text: headings as §Heading, other kinds than paragraphs with their names.
func outline(t *testing.T, name, text string) string {
	t.Helper()
	a, err := corpus.Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	checkArticle(t, a)
	var parts []string
	for _, s := range a.Sections {
		for _, h := range s.Headings {
			parts = append(parts, "§"+h)
		}
		for _, b := range a.Blocks[s.Start:s.End] {
			text := strings.ReplaceAll(strings.ReplaceAll(b.Text, prose, "PROSE"), another, "MORE")
			if b.Kind != corpus.Paragraph {
				text = b.Kind.String() + " " + text
			}
			parts = append(parts, text)
		}
	}
	return strings.ReplaceAll(strings.Join(parts, " | "), "\n", "⏎")
}

// Short lines become headings only where that is safe.
func TestPlainTextStructure(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"a short line before prose", prose + "\n\nThe oldest ship\n\n" + another, "PROSE | §The oldest ship | MORE"},
		{"a numbered one", prose + "\n\n2.1 Ships\n\n" + another, "PROSE | §2.1 Ships | MORE"},
		{"a lone numbered item", prose + "\n\n1. Ships\n\n" + another, "PROSE | §1. Ships | MORE"},
		{"a short line before a list", prose + "\n\nShips\n\n- Tern\n- Gull", "PROSE | §Ships | item Tern | item Gull"},
		{"a line that leads in", prose + "\n\nShips:\n\n- Tern\n- Gull", "PROSE | Ships: | item Tern | item Gull"},
		{"a sentence", prose + "\n\nIt is old.\n\n" + another, "PROSE | It is old. | MORE"},
		{"before a short paragraph", prose + "\n\nThe oldest ship\n\nIt is blue.", "PROSE | The oldest ship | It is blue."},
		{"a poem", "Poem\n\nThe sea\n\nis wide\n\nand I\n\n" + "cannot get over, and neither\nhave I the wings to fly; give\nme a boat that can carry two.",
			"Poem | The sea | is wide | and I | cannot get over, and neither⏎have I the wings to fly; give⏎me a boat that can carry two."},
		{"verses", prose + "\n\nThe ferry sails\nAt break of day\n\nAnd nothing ails\nThe ferry's way", "PROSE | The ferry sails⏎At break of day | And nothing ails⏎The ferry's way"},
		{"names", prose + "\n\nAnn Lowe\n\nJohn Finch\n\nMia Orr", "PROSE | Ann Lowe | John Finch | Mia Orr"},
		{"an address", prose + "\n\nAnn Lowe\n12 High Street\nElwood\n\n" + another, "PROSE | Ann Lowe⏎12 High Street⏎Elwood | MORE"},
		{"dialogue", prose + "\n\n“Will it?”\n\n“It will”\n\n" + another, "PROSE | “Will it?” | “It will” | MORE"},
		{"dashes", prose + "\n\n– Will it?\n– It will.\n\n— Good.", "PROSE | – Will it?⏎– It will. | — Good."},
		{"a play", prose + "\n\nANN: Will it?\n\nJOHN: It will.\n\nANN: Why?\n\nJOHN: So.\n\nANN: Who?\n\nJOHN: I.",
			"PROSE | ANN: Will it? | JOHN: It will. | ANN: Why? | JOHN: So. | ANN: Who? | JOHN: I."},
		{"questions one after the other", prose + "\n\nWho?\n\nWhat?\n\nWhy?\n\nWhere?", "PROSE | Who? | What? | Why? | Where?"},
		{"questions and answers", prose + "\n\nIs it old?\n\nIt is.\n\nIs it blue?\n\nNot yet.\n\nWill it be?\n\nSoon.",
			"PROSE | §Is it old? | It is. | §Is it blue? | Not yet. | §Will it be? | Soon."},
		{"a single question", prose + "\n\nIs it old?\n\n" + another, "PROSE | Is it old? | MORE"},
		{"a rule under a sentence", "It is saved.\n----------\n\n" + prose, "It is saved. | PROSE"},
		{"a date with a rule", "Updated: 2 May 2021\n--------------------------------------\n\n" + prose, "Updated: 2 May 2021 | PROSE"},
		{"numbers in prose", "It sails.\n\n" + prose + "\nIn all there were\n12. The council had\nasked for ten.", "It sails. | PROSE⏎In all there were⏎12. The council had⏎asked for ten."},
		{"a list without a blank line", prose + " They are:\n* Tern\n* Gull", "PROSE They are: | item Tern | item Gull"},
		{"number signs", "# Ferries\n\n" + prose + "\n\n## Ships\n* Tern\n# not a heading\n", "§Ferries | PROSE | §Ferries | §Ships | item Tern | # not a heading"},
		{"fences", prose + "\n\n```\nmake all\n\n  run\n```\n" + another, "PROSE | code make all⏎⏎  run | MORE"},
		{"commands", prose + " Run:\n\n    make all\n    make run\n\n" + another, "PROSE Run: | code     make all⏎    make run | MORE"},
		{"indented prose", prose + " He said:\n\n    " + another, "PROSE He said: | MORE"},
		{"columns", prose + "\n\nname | built\ntern | 1954\ngull | 1960", "PROSE | row name | built | row tern | 1954 | row gull | 1960"},
		{"contents", "T\n====\n\nTable of contents\n-----------------\n1. Ships\n2. Crews\n\nShips\n-----\n\n" + prose, "§Ships | PROSE"},
		{"a term and what it means", prose + "\n\nTern\n  " + another + "\n\nGull\n  " + another + "\n\nEnd of it.", "PROSE | §Tern | MORE | §Gull | MORE | End of it."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := outline(t, "a.txt", "---\ntitle: T\n---\n"+c.text); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// What is bold, linked or marked in Markdown and HTML.
func TestMarkedStructure(t *testing.T) {
	cases := []struct{ name, file, text, want string }{
		{"a bold line", "a.md", "**Ships**\n\n" + prose, "§Ships | PROSE"},
		{"a bold statement", "a.md", "**Ships are not for sale.**\n\n" + prose, "Ships are not for sale. | PROSE"},
		{"a bold figure", "a.md", "**Total: $2,162**\n\n" + prose, "Total: $2,162 | PROSE"},
		{"a bold line at the end", "a.md", prose + "\n\n**See you there**", "PROSE | See you there"},
		{"a bold label", "a.md", "**Note:** " + prose, "Note: PROSE"},
		{"speakers", "a.md", "**Ann:** Why?\n\n**John:** So.\n\n**Ann:**\n\nGood.", "Ann: Why? | John: So. | Ann:⏎Good."},
		{"bold questions", "a.md", "**Ann: Why?**\n\nSo.\n\n**Who?** I.", "§Ann: Why? | So. | §Who? | I."},
		{"a definition in HTML", "a.html", "<dl><dt>Tern<dd>" + prose + "<dt>Gull<dd>" + another + "</dl>", "§Tern | PROSE | §Gull | MORE"},
		{"links around the site", "a.md", prose + "\n\n[Home](/) | [Docs](/docs)\n\n[Back to top](#top)", "PROSE"},
		{"links in a sentence", "a.md", "[Home](/) and [docs](/docs)", "Home and docs"},
		{"a list of links", "a.md", prose + "\n\n- [Home](/)\n- [Docs](/docs)", "PROSE | item Home | item Docs"},
		{"numbers that do not begin at 1", "a.md", "3. Three\n4. Four", "item 3. Three | item 4. Four"},
		{"letters", "a.html", "<p>" + prose + "<ol type=a><li>Tern<li>Gull</ol>", "PROSE | item Tern | item Gull"},
		{"a quotation", "a.md", "> [!WARNING]\n> " + prose, "quote PROSE"},
		{"tables with heads above and at the side", "a.html",
			"<table><tr><th>a<th>b<tr><th>c<td>d</table><table><tr><th>e<td>f</table>", "head a\tb | row c\td | row e\tf"},
		{"headings end with what they stand in", "a.html", "<h2>A</h2><p>x</p><blockquote><h2>B</h2><p>y</p></blockquote><p>z</p>",
			"§A | x | §A | §B | quote y | §A | z"},
		{"reStructuredText in disguise", "a.md", ".. _x:\n\nShips\n=====\n\n.. note::\n   " + prose + "\n\n.. code:: sh\n\n   run\n\n.. tip:: Go.", "§Ships | PROSE | code    run | Go."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := outline(t, c.file, "---\ntitle: T\n---\n"+c.text); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// New guesses nothing.
func TestNewGuessesNothing(t *testing.T) {
	paragraphs := []string{"The oldest ship", prose, "Q: Why?", "- Tern", "Ships\n-----", ""}
	a := corpus.New(corpus.Article{}, paragraphs)
	if len(a.Sections) != 1 || len(a.Sections[0].Headings) > 0 || a.Sections[0].End != len(paragraphs) {
		t.Errorf("sections %+v", a.Sections)
	}
	for i, b := range a.Blocks {
		if b.Kind != corpus.Paragraph || b.Lead != -1 || b.Text != paragraphs[i] {
			t.Errorf("block %d: %+v", i, b)
		}
	}
	if a := corpus.New(corpus.Article{}, nil); len(a.Sections) > 0 || len(a.Windows(countWords)) > 0 {
		t.Errorf("nothing makes %+v", a)
	}
}

// Blocks of plain text are slices of the file, in order.
func TestPlainTextIsSliced(t *testing.T) {
	files, err := filepath.Glob("testdata/articles/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := corpus.Parse(file, data)
		if err != nil {
			t.Fatal(err)
		}
		checkSlices(t, a, string(data))
	}
}

func checkSlices(t *testing.T, a *corpus.Article, text string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") || strings.HasPrefix(text, "\ufeff") {
		return // what is read is converted first
	}
	for i, b := range a.Blocks {
		at := strings.Index(text, b.Text)
		if at < 0 {
			t.Fatalf("¶%d is no slice of what is left of the file: %q", i+1, b.Text)
		}
		text = text[at+len(b.Text):]
	}
}
