package eval_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citebot/eval"
)

func read(t *testing.T, path string) []eval.Article {
	t.Helper()
	articles, err := eval.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		if len(a.LeftOut) > 0 {
			t.Errorf("%s: left out %q", a.ID, a.LeftOut)
		}
	}
	return articles
}

// marked shows an annotation the way a reader would check it: the text at its place in the article.
func marked(a eval.Article, ns []eval.Annotation) string {
	var texts []string
	for _, n := range ns {
		texts = append(texts, a.Blocks[n.Paragraph].Text[n.Start:n.End])
	}
	return strings.Join(texts, " | ")
}

func TestRead(t *testing.T) {
	type turn struct {
		qid        string
		answerable bool
		scored     bool
		answers    string
	}
	tests := []struct {
		file    string
		id      string
		title   string
		dialogs [][]turn
	}{
		{"mill.jsonl", "mill", "The mill at Østby", [][]turn{
			{{"m1", true, true, "1894"}, {"m2", true, true, "6 m | the widest in the county"}},
			{{"m3", false, false, ""}},
			{{"m4", true, false, ""}},
		}},
		{"squad20.json", "Østby_mill", "Østby mill", [][]turn{
			{{"s1", true, true, "1894 | in 1894"}},
			{{"s2", false, false, ""}},
			{{"s3", true, true, "Åse Lund"}},
		}},
		{"coqa.json", "c1", "", [][]turn{{
			{"c1#1", true, true, "Åse woke  | Åse"},
			{"c1#2", true, true, "The wheel had stopped."},
			{"c1#3", true, true, "She walked to the dam."},
			{"c1#4", false, false, ""},
		}}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			a := read(t, filepath.Join("testdata", test.file))[0]
			if a.ID != test.id || a.Title != test.title {
				t.Errorf("article is %q, %q; want %q, %q", a.ID, a.Title, test.id, test.title)
			}
			if len(a.Dialogs) != len(test.dialogs) {
				t.Fatalf("%d dialogs, want %d", len(a.Dialogs), len(test.dialogs))
			}
			for i, d := range a.Dialogs {
				var got []turn
				for _, u := range d.Turns {
					got = append(got, turn{u.QID, u.Answerable, u.Scored(), marked(a, u.Answers)})
				}
				for j := range test.dialogs[i] {
					if j >= len(got) || got[j] != test.dialogs[i][j] {
						t.Errorf("dialog %d: got %+v, want %+v", i, got, test.dialogs[i])
						break
					}
				}
			}
		})
	}
}

func TestReadMarks(t *testing.T) {
	articles := read(t, "testdata/mill.jsonl")
	mill := articles[0]
	if mill.Published != "2024-05-01" || mill.Source != "by hand" {
		t.Errorf("published %q, source %q", mill.Published, mill.Source)
	}
	text := mill.Blocks[0].Text
	if s := mill.Sentences[0]; len(s) != 2 || text[s[1].Start:s[1].End] != "Its wheel is 6 m wide – the widest in the county." {
		t.Errorf("reference sentences are %v", s)
	}
	at := mill.Attributions[0]
	if !at.Direct || marked(mill, at.Source) != "Åse Lund" || marked(mill, at.Cue) != "said" ||
		marked(mill, at.Content) != "“We grind twice a week,” | “and never on Sundays.”" {
		t.Errorf("attribution is %+v", at)
	}
	if turn := articles[1].Dialogs[0].Turns[0]; !turn.Answerable {
		t.Error("a turn with an answer is answerable unless it says otherwise")
	}
}

func TestPlaces(t *testing.T) {
	for _, file := range []string{"mill.jsonl", "squad20.json", "coqa.json"} {
		for _, a := range read(t, filepath.Join("testdata", file)) {
			for _, d := range a.Dialogs {
				for _, turn := range d.Turns {
					places := a.Places(turn)
					if turn.Scored() != (len(places) > 0) {
						t.Errorf("%s: places %v", turn.QID, places)
					}
					if len(places) == 0 {
						continue
					}
					p, n := places[0], turn.Answers[0]
					if s := a.Blocks[p.Block].Sentences[p.Sentence]; p.Block != n.Paragraph || n.Start < s.Start || n.Start >= s.End {
						t.Errorf("%s: %v does not hold %v", turn.QID, p, n)
					}
				}
			}
		}
	}
}

// Whoever writes JSON lines can mend them, so that nothing is scored by an annotation that is off.
func TestReadBadAnnotations(t *testing.T) {
	const article = `{"id":"a","paragraphs":["Snow – again."],"dialogs":[{"turns":[{"qid":"q","question":"What?","answerable":true,"answers":[`
	tests := []struct {
		name, answers, want string
	}{
		{"paragraph", `{"paragraph":1,"start":0,"end":1}`, "question q: there is no paragraph 1; the first is 0, the last 0"},
		{"negative paragraph", `{"paragraph":-1,"start":0,"end":1}`, "question q: there is no paragraph -1; the first is 0, the last 0"},
		{"end", `{"start":0,"end":14}`, "question q: paragraph 0 has no code points 0 to 14"},
		{"start", `{"start":-1,"end":1}`, "question q: paragraph 0 has no code points -1 to 1"},
		{"order", `{"start":3,"end":2}`, "question q: paragraph 0 has no code points 3 to 2"},
		{"huge", `{"start":1,"end":9223372036854775807}`, "question q: paragraph 0 has no code points 1 to 9223372036854775807"},
		{"bytes", `{"text":"Snow","start":0,"end":4},{"text":"again","start":9,"end":14}`, "question q: paragraph 0 has no code points 9 to 14"},
		{"other text", `{"text":"again","start":6,"end":11}`,
			`question q: "again" is not what stands at 6 to 11 of paragraph 0 (offsets count Unicode code points)`},
		{"the first of several", `{"paragraph":2},{"paragraph":3}`, "question q: there is no paragraph 2; the first is 0, the last 0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := eval.Parse("f", []byte("\n"+article+test.answers+"]}]}]}"))
			if want := "f, line 2: " + test.want + "; mend that or take it out"; err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

// What others have published is read as it is: annotations that are off are left out, and told.
func TestReadLeavesOut(t *testing.T) {
	tests := []struct {
		name, data, leftOut string
	}{
		{"SQuAD, other text", `{"data":[{"title":"a","paragraphs":[{"context":"Snow – again.","qas":[{"id":"q","question":"When?","answers":[` +
			`{"text":"again","answer_start":6},{"text":"again","answer_start":7}]}]}]}]}`,
			`question q: "again" is not what stands at 6 to 11 of paragraph 0 (offsets count Unicode code points)`},
		{"SQuAD, beyond the context", `{"data":[{"title":"a","paragraphs":[{"context":"Snow – again.","qas":[{"id":"q","question":"When?","answers":[` +
			`{"text":"again","answer_start":7},{"text":"again","answer_start":9}]}]}]}]}`,
			"question q: paragraph 0 has no code points 9 to 14"},
		{"CoQA, beyond the story", `{"data":[{"id":"a","story":"Snow – again.","questions":[{"input_text":"When?","turn_id":1}],"answers":[` +
			`{"span_start":7,"span_end":12,"turn_id":1},{"span_start":13,"span_end":14,"turn_id":1}]}]}`,
			"question a#1: the story has no code points 13 to 14"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			articles, err := eval.Parse("f", []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			a := articles[0]
			if kept := marked(a, a.Dialogs[0].Turns[0].Answers); kept != "again" {
				t.Errorf("kept %q", kept)
			}
			if len(a.LeftOut) != 1 || a.LeftOut[0] != test.leftOut {
				t.Errorf("left out %q, want %q", a.LeftOut, test.leftOut)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	const good = `{"id":"a","paragraphs":["One."]}` + "\n"
	tests := []struct {
		name, data, want string
	}{
		{"empty", "", "f holds no articles; each line must be one article as a JSON object"},
		{"blank", " \n\n", "f holds no articles; each line must be one article as a JSON object"},
		{"cut off", good + `{"id":"b","paragraphs":["Two`,
			"f, line 2: the JSON ends too early; each line must be one whole article as a JSON object"},
		{"not JSON", good + "\n" + "Once upon a time\n",
			"f, line 3: this is not JSON (invalid character 'O' looking for beginning of value); each line must be one whole article as a JSON object"},
		{"two on a line", good + strings.Repeat(strings.TrimSpace(good), 2),
			"f, line 2: this is not JSON (invalid character '{' after top-level value); each line must be one whole article as a JSON object"},
		{"wrong type", good + `{"id":"b","paragraphs":"Two."}`,
			`f, line 2: "paragraphs" cannot be of type string; each line must be one whole article as a JSON object`},
		{"array", `["a"]`, "f, line 1: this is not an article but of type array; each line must be one whole article as a JSON object"},
		{"no id", good + `{"paragraphs":["Two."]}`, `f, line 2: the article has no "id"; give each its own`},
		{"same id", good + "\n" + good, `f, line 3: line 1 has the id "a" already; give each article its own`},
		{"same qid", strings.TrimSuffix(good, "}\n") + `,"dialogs":[{"turns":[{"qid":"q"}]},{"turns":[{"qid":"q"}]}]}`,
			`f: article a: two questions have the qid "q"; give each question its own`},
		{"same qid in another article", strings.TrimSuffix(good, "}\n") + `,"dialogs":[{"turns":[{"qid":"q"}]}]}` + "\n" +
			`{"id":"b","paragraphs":[],"dialogs":[{"turns":[{"qid":"q"}]}]}`,
			`f: article b: a question of article a has the qid "q" already; give each question its own`},
		{"no qid", strings.TrimSuffix(good, "}\n") + `,"dialogs":[{"turns":[{"question":"Why?"}]}]}`,
			`f: article a: the question "Why?" has no qid; give each question its own`},
		{"same id in SQuAD", `{"data":[{"title":"a","paragraphs":[{"context":"One.","qas":[{"id":"q"},{"id":"q"}]}]}]}`,
			`f: article a: two questions have the qid "q"; give each question its own`},
		{"more sentences than paragraphs", strings.TrimSuffix(good, "}\n") + `,"sentences":[[[0,4]],[[0,1]]]}`,
			"f, line 1: there are reference sentences of 2 paragraphs, but only 1 paragraphs; mend that or take it out"},
		{"broken document", "{\n \"data\": [\n {\"title\": ]}", "f, line 3: this is not JSON (invalid character ']' looking for beginning of value)"},
		{"document cut off", "{\n \"data\": [\n", "f, line 3: the JSON ends too early"},
		{"document of no articles", `{"data": []}`, "f holds no articles; each line must be one article as a JSON object"},
		{"document of another kind", `{"data": [{"title": 3}]}`, `f, line 1: "data.title" cannot be of type number`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := eval.Parse("f", []byte(test.data))
			if err == nil {
				t.Fatal("no error")
			}
			if err.Error() != test.want {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
	if _, err := eval.Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is a folder; give an evaluation file") {
		t.Errorf("folder: %v", err)
	}
	if _, err := eval.Read(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestReadOddFiles(t *testing.T) {
	long, err := json.Marshal(strings.Repeat("All work and no play. ", 100_000))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, data string }{
		{"byte order mark", "\ufeff" + `{"id":"a","paragraphs":["One."]}`},
		{"CRLF and blank lines", "\r\n" + `{"id":"a","paragraphs":["One."]}` + "\r\n\r\n"},
		{"a long line", `{"id":"a","paragraphs":[` + string(long) + `]}`},
		{"nulls", `{"id":"a","paragraphs":["One."],"dialogs":[{"turns":[{"qid":"q","question":"?","answers":null}]}],"sentences":null}`},
		{"untrimmed and empty paragraphs", `{"id":"a","paragraphs":["", "  One.\nTwo.  ", " "]}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			articles, err := eval.Parse("f", []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if len(articles) != 1 || articles[0].ID != "a" {
				t.Errorf("got %v", articles)
			}
		})
	}
}

// Offsets refer to the paragraphs as the data has them, so that none may be changed or left out on the way.
func TestReadKeepsParagraphs(t *testing.T) {
	want := []string{"", "  One.\nTwo.\u00a0 ", " ", "Three\tfour.\r\nFive."}
	line, err := json.Marshal(map[string]any{"id": "a", "paragraphs": want})
	if err != nil {
		t.Fatal(err)
	}
	articles, err := eval.Parse("f", line)
	if err != nil {
		t.Fatal(err)
	}
	if got := articles[0].Blocks; len(got) != len(want) {
		t.Fatalf("%d paragraphs, want %d", len(got), len(want))
	}
	for i, p := range articles[0].Blocks {
		if p.Text != want[i] {
			t.Errorf("paragraph %d is %q, want %q", i, p.Text, want[i])
		}
	}
}

// An article in a file of its own keeps its structure, and has the ID that the questions call it by.
func TestReadFile(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mill := write("articles/mill.md", "# The mill\n\n## Visits\n\nIt opens at nine. It shuts at noon.\n")
	const line = `{"id":"m","file":"PATH","kind":"guide","dialogs":[{"turns":[{"qid":"m1","question":"when does it open","answerable":true,` +
		`"answers":[{"text":"It opens at nine.","short":"at nine"},{"text":"it shuts at NOON","short":"noon","partial":true}]}]}]}`
	for _, path := range []string{"articles/mill.md", "./articles/../articles/mill.md", filepath.ToSlash(mill)} {
		articles := read(t, write("questions.jsonl", strings.Replace(line, "PATH", path, 1)))
		a := articles[0]
		if a.ID != "m" || a.Title != "The mill" || a.Kind != "guide" || len(a.Sections) == 0 {
			t.Errorf("%s: article is %q, %q of kind %q", path, a.ID, a.Title, a.Kind)
		}
		turn := a.Dialogs[0].Turns[0]
		want := []eval.Gold{{Text: "It opens at nine.", Short: "at nine"}, {Text: "it shuts at NOON", Short: "noon", Partial: true}}
		if !turn.Scored() || !slices.Equal(turn.Golds, want) || len(turn.Answers) > 0 {
			t.Errorf("%s: turn is %+v", path, turn)
		}
		var right []string
		for _, p := range a.Places(turn) {
			right = append(right, a.Sentence(p))
		}
		if got := strings.Join(right, " "); got != "It opens at nine. It shuts at noon." {
			t.Errorf("%s: right is %q", path, got)
		}
	}
	write("articles/empty.md", "")
	write("articles/photo.jpg", "\xff\xd8")
	for _, test := range []struct{ name, data, want string }{
		{"missing", strings.Replace(line, "PATH", "mill.md", 1), "there is no article " + filepath.Join(folder, "mill.md") + "; name its file relative to the evaluation file"},
		{"folder", strings.Replace(line, "PATH", "articles", 1), filepath.Join(folder, "articles") + " is a folder; name the file of one article"},
		{"empty", strings.Replace(line, "PATH", "articles/empty.md", 1), "empty.md is empty"},
		{"not text", strings.Replace(line, "PATH", "articles/photo.jpg", 1), "photo.jpg"},
		{"paragraphs too", strings.Replace(line, `"file":"PATH"`, `"file":"articles/mill.md","paragraphs":["One."]`, 1),
			`the article has a "file", so "paragraphs", "sentences" and "attributions" must be left out`},
		{"answer without text", strings.Replace(strings.Replace(line, "PATH", "articles/mill.md", 1), "It opens at nine.", " ", 1),
			`question m1: an answer has no "text"; give it the sentence that answers`},
		{"wrong type", `{"id":"m","file":7}`, `"file" cannot be of type number`},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write("bad.jsonl", "\n"+test.data)
			_, err := eval.Read(path)
			if err == nil || !strings.HasPrefix(err.Error(), path+", line 2: ") || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"mill.jsonl", "squad20.json", "coqa.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"id":"a","file":"testdata/mill.jsonl","dialogs":[{"turns":[{"qid":"q","answers":[{"text":"One."}]}]}]}`))
	f.Add([]byte(`{"id":"a","paragraphs":["é"],"sentences":[[[0,1]]],"dialogs":[{"turns":[{"qid":"q","answers":[{"start":1,"end":1}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, err := eval.Parse("f", data)
		if err != nil {
			if len(articles) > 0 {
				t.Error("articles next to an error")
			}
			return
		}
		for _, a := range articles {
			for _, d := range a.Dialogs {
				for _, turn := range d.Turns {
					marked(a, turn.Answers) // must not panic
					for _, p := range a.Places(turn) {
						if !a.Has(p) {
							t.Errorf("no sentence at %v", p)
						}
					}
				}
			}
			for _, at := range a.Attributions {
				marked(a, at.Source)
				marked(a, at.Content)
			}
			for _, q := range a.Row().Quotations {
				if text := []rune(a.Blocks[q.Paragraph].Text); string(text[q.Start:q.End]) != q.Text {
					t.Errorf("quotation %+v is not what stands there", q)
				}
			}
		}
		eval.NewScore("f", eval.Settings{}, articles, nil) // must not panic
	})
}
