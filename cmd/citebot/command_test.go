package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ours = "testdata/articles"

func TestCommands(t *testing.T) {
	shut := "How long was the harbour under ice?"
	for _, test := range []struct {
		name   string
		stdin  string
		args   []string
		status int
	}{
		{"ask", "", []string{"ask", "--articles", ours, shut}, exitFound},
		{"ask-words", "", []string{"ask", "--articles", ours, "How", "many", "cars", "does the ferry carry?"}, exitFound},
		{"ask-top", "", []string{"ask", "--articles", ours, "--top", "2", shut}, exitFound},
		{"ask-explain", "", []string{"ask", "--articles", ours, "--explain", shut}, exitFound},
		{"ask-explain-refused", "", []string{"ask", "--explain", "--articles", ours, "Who won the World Cup in 2022?"}, exitNothing},
		{"ask-explain-remark", "", []string{"ask", "--explain", "thanks"}, exitNothing},
		{"ask-json", "", []string{"ask", "--articles", ours, "--json", shut}, exitFound},
		{"ask-stdin", shut + "\n", []string{"ask", "--articles", ours, "-"}, exitFound},
		{"ask-piped", shut, []string{"ask", "--articles", ours}, exitFound},
		{"ask-refused", "", []string{"ask", "--articles", ours, "Who won the World Cup in 2022?"}, exitNothing},
		{"ask-refused-json", "", []string{"ask", "--articles", ours, "--json", "Who won the World Cup in 2022?"}, exitNothing},
		{"ask-one-article", "", []string{"ask", "--articles", ours + "/ferry.txt", "Who is Hanne Vik?"}, exitFound},
		{"ask-two-articles", "", []string{"ask", "--articles", ours + "/ferry.txt", "--articles", ours + "/harbour.md", shut}, exitFound},
		{"ask-bundled", "", []string{"ask", "When did Azerbaijan retake control of Karabakh?"}, exitFound},
		{"quote", "", []string{"quote", "--articles", ours}, exitFound},
		{"quote-speaker", "", []string{"quote", "--articles", ours, "--speaker", "tamm"}, exitFound},
		{"quote-words", "", []string{"quote", "--articles", ours, "icebreaker"}, exitFound},
		{"quote-both", "", []string{"quote", "--articles", ours, "--speaker", "Vik", "they", "were joking"}, exitFound},
		{"quote-nothing", "", []string{"quote", "--articles", ours, "--speaker", "Nobody"}, exitNothing},
		{"quote-nothing-json", "", []string{"quote", "--articles", ours, "--speaker", "Nobody", "--json"}, exitNothing},
		{"quote-json", "", []string{"quote", "--articles", ours, "--json", "--speaker", "Tamm"}, exitFound},
		{"quote-all-json", "", []string{"quote", "--articles", ours, "--json"}, exitFound},
		{"quote-bundled", "", []string{"quote"}, exitFound},
		{"articles", "", []string{"articles", "--articles", ours}, exitFound},
		{"articles-json", "", []string{"articles", "--articles", ours, "--json"}, exitFound},
		{"articles-bundled", "", []string{"articles"}, exitFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := citebot(test.stdin, []string{"COLUMNS=80"}, test.args...)
			if got.status != test.status || got.errOut != "" {
				t.Errorf("exit status %d, want %d; errors: %s", got.status, test.status, got.errOut)
			}
			if strings.HasSuffix(test.name, "json") && !json.Valid([]byte(got.out)) {
				t.Errorf("not JSON: %s", got.out)
			}
			golden(t, "command/"+test.name+".txt", got.out)
		})
	}
}

func TestQuestionComesTheSameFromEverywhere(t *testing.T) {
	want := citebot("", nil, "ask", "Who lives in the mountainous territory?")
	for _, got := range []result{
		citebot("", nil, "ask", "Who", "lives in the", "mountainous territory?"),
		citebot("Who lives in the mountainous territory?\n", nil, "ask"),
		citebot("  Who lives in the mountainous territory?", nil, "ask", "-"),
		citebot("unread", nil, "ask", "--", "Who lives in the mountainous territory?"),
	} {
		if got != want || got.status != exitFound {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// Text from a pipe holds the passage as it stands in the article, and JSON does in any case.
func TestPassageIsVerbatim(t *testing.T) {
	odd := "The lighthouse\nkeeper counted 17 \u202Egulls\u202C & <b>terns</b> at \x1b[1mdawn\x1b[0m."
	path := write(t, "odd.txt", odd+"\n\nNothing else happened on the island.\n")
	got := citebot("", nil, "ask", "--articles", path, "--json", "How many gulls did the keeper count?")
	var a answerJSON
	if err := json.Unmarshal([]byte(got.out), &a); err != nil || len(a.Passages) == 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if text := a.Passages[0].Text; text != odd {
		t.Errorf("JSON has %q, want %q", text, odd)
	}
	for _, h := range a.Passages[0].Highlights {
		if h.Start < 0 || h.Start >= h.End || h.End > len(odd) {
			t.Errorf("highlight %+v is not in the text", h)
		}
	}
	got = citebot("", nil, "ask", "--articles", path, "How many gulls did the keeper count?")
	want := "The lighthouse\nkeeper counted 17 ‹U+202E›gulls‹U+202C› & <b>terns</b> at ‹U+001B›[1mdawn‹U+001B›[0m.\n"
	if !strings.HasPrefix(got.out, want) {
		t.Errorf("text is %q, want %q first", got.out, want)
	}
}

func TestArticlesDir(t *testing.T) {
	folder, err := filepath.Abs(ours)
	if err != nil {
		t.Fatal(err)
	}
	want := citebot("", nil, "articles", "--articles", folder)
	if got := citebot("", []string{"ARTICLES_DIR=" + folder}, "articles"); got != want {
		t.Errorf("from the environment: %+v, want %+v", got, want)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env", []byte("ARTICLES_DIR='"+folder+"'\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := citebot("", nil, "articles"); got != want {
		t.Errorf("from .env: %+v, want %+v", got, want)
	}
	bundled := citebot("", []string{"ARTICLES_DIR="}, "articles")
	if bundled.out == want.out || bundled.status != exitFound {
		t.Errorf("an empty setting should mean the bundled article, got %+v", bundled)
	}
}

func TestMistakes(t *testing.T) {
	empty := t.TempDir()
	for _, test := range []struct {
		args []string
		says string // part of the one sentence on standard error
	}{
		{[]string{"akss"}, "did you mean ask?"},
		{[]string{"xyzzy"}, "citebot --help"},
		{[]string{"Who is the president of Azerbaijan?"}, "citebot ask"},
		{[]string{"ask", "--frob", "x"}, "citebot ask --help"},
		{[]string{"ask", "--top", "0", "x"}, "--top must be 1 or more"},
		{[]string{"ask", "--top", "many", "x"}, "citebot: --top takes a number such as 3, not “many”; see citebot ask --help\n"},
		{[]string{"ask", "--top", "99999999999999999999", "x"}, "--top takes a number such as 3, not “9"},
		{[]string{"ask", "--json", "--explain", "x"}, "leave one of them out"},
		{[]string{"ask", "--top"}, "--top; see citebot ask --help"},
		{[]string{"quote", "--json=maybe"}, "--json takes true or false, not “maybe”; see citebot quote --help"},
		{[]string{"chat", "hello"}, "citebot: chat takes flags only, not “hello”; see citebot chat --help\n"},
		{[]string{"run", "now"}, "run takes flags only, not “now”"},
		{[]string{"version", "2"}, "version takes flags only, not “2”"},
		{[]string{"help", "nope"}, "citebot: there is no command “nope”; see citebot --help\n"},
		{[]string{"help", "akss"}, "did you mean ask?"},
		{[]string{"help", "ask", "nope"}, "there is no command “nope”; see citebot ask --help"},
		{[]string{"completion", "tcsh"}, "there is no command “tcsh”; see citebot completion --help"},
		{[]string{"completion", "bash", "twice"}, "bash takes flags only, not “twice”"},
		{[]string{"predict", "."}, ". is a folder; give an evaluation file"},
		{[]string{"ask", "--articles", filepath.Join(empty, "none.txt"), "x"}, "none.txt"},
		{[]string{"chat", "--articles", filepath.Join(empty, "none.txt")}, "none.txt"},
		{[]string{"quote", "--articles", filepath.Join(empty, "none")}, "none"},
		{[]string{"articles", "--articles", empty}, "article"},
		{[]string{"articles", "--articles", ""}, "article"},
		{[]string{"articles", "--articles", write(t, "empty.txt", "")}, "empty.txt"},
		{[]string{"articles", "--articles", write(t, "blank.md", " \n\n\t\n")}, "blank.md"},
		{[]string{"articles", "--articles", write(t, "binary.txt", "\x7fELF\x02\x01\x00\x00\x00\xff\xfe\x00")}, "binary.txt"},
		{[]string{"articles", "--articles", write(t, "photo.jpg", "\xff\xd8\xff\xe0")}, "photo.jpg"},
		{[]string{"articles", "extra"}, "extra"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			got := citebot("", nil, test.args...)
			if got.status != exitError || got.out != "" {
				t.Errorf("exit status %d, output %q", got.status, got.out)
			}
			if !strings.HasPrefix(got.errOut, "citebot: ") || strings.Count(got.errOut, "\n") != 1 || !strings.Contains(got.errOut, test.says) {
				t.Errorf("want one line with %q, got %q", test.says, got.errOut)
			}
		})
	}
}

func TestOneBrokenArticleAmongGoodOnes(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(ours)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "broken.txt"), []byte("\x00\x01\x02\xff\xfe\x00\x00"), 0o666); err != nil {
		t.Fatal(err)
	}
	got := citebot("", nil, "ask", "--articles", folder, "Who is Hanne Vik?")
	if got.status != exitFound || !strings.Contains(got.out, "Hanne Vik") {
		t.Errorf("the good articles are not served: %+v", got)
	}
	if !strings.Contains(got.errOut, "broken.txt") || strings.Count(got.errOut, "\n") != 1 {
		t.Errorf("want one line that names the broken file, got %q", got.errOut)
	}
}

// manyWords is a text of n words, all different.
func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%d ", i)
	}
	return b.String()
}

func TestOddQuestions(t *testing.T) {
	for name, question := range map[string]string{
		"empty":        "",
		"spaces":       " \n\t ",
		"punctuation":  "?!… —",
		"stop words":   "is the of and to a",
		"other script": "谁是阿塞拜疆的总统？",
		"emoji":        "🧿🧿🧿?",
		"long":         strings.Repeat("Karabakh peace ", 100_000/15),
		"many words":   manyWords(200_000),
		"long word":    strings.Repeat("x", 100_000),
		"not UTF-8":    "Who is \xff\xfe\x80?",
		"controls":     "\x00\x1b[2J\u202E",
		"query syntax": `title:"x" AND +(Kara*^2 OR /.*/ ~1`,
	} {
		t.Run(name, func(t *testing.T) {
			got := citebot(question, nil, "ask")
			if got.status == exitError || got.errOut != "" || got.out == "" {
				t.Errorf("exit status %d, errors %q, output %q", got.status, got.errOut, got.out)
			}
			if i := strings.IndexFunc(got.out, harmful); i >= 0 {
				t.Errorf("%q reaches the terminal", got.out[i:])
			}
			if got := citebot(question, nil, "ask", "--json", "-"); !json.Valid([]byte(got.out)) {
				t.Errorf("not JSON: %q", got.out)
			}
		})
	}
}

func TestInvalidUTF8InArticle(t *testing.T) {
	path := write(t, "latin.txt", "The caf\xe9 of Luderhaven sold 40 cakes on Sunday.\n\nIt is closed on Mondays.\n")
	got := citebot("", nil, "articles", "--json", "--articles", path)
	var shown articlesJSON
	if err := json.Unmarshal([]byte(got.out), &shown); err != nil || len(shown.Articles) != 1 || len(shown.Articles[0].Warnings) == 0 {
		t.Errorf("want one article with a warning, got %+v, %v", got, err)
	}
}

func TestFullDisk(t *testing.T) {
	var errOut strings.Builder
	status := run([]string{"articles"}, strings.NewReader(""), fullDisk{}, &errOut, nil)
	if status != exitError || !strings.Contains(errOut.String(), "no space") {
		t.Errorf("exit status %d, errors %q", status, errOut.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestUnreadableInput(t *testing.T) {
	for _, args := range [][]string{{"ask", "-"}, {"chat"}} {
		var out, errOut strings.Builder
		status := run(args, io.MultiReader(strings.NewReader("Who"), brokenPipe{}), &out, &errOut, nil)
		if status != exitError || !strings.Contains(errOut.String(), "broken off") {
			t.Errorf("%v: exit status %d, errors %q", args, status, errOut.String())
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Read([]byte) (int, error) { return 0, errors.New("broken off") }
