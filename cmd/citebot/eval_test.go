package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"citebot/eval"
)

const questions = `{"id":"harbour","title":"The harbour at Østvik","paragraphs":["The harbour at Østvik opened in 1902. Its pier is 90 m long.","“We close at noon,” said Åse Lund, who runs the café, “and never before.”"],"dialogs":[{"turns":[{"qid":"q1","question":"When did the harbour at Østvik open?","answerable":true,"answers":[{"text":"1902","paragraph":0,"start":32,"end":36}]},{"qid":"q2","question":"How long is its pier?","answerable":true,"answers":[{"text":"90 m","paragraph":0,"start":50,"end":54}]}]},{"turns":[{"qid":"q3","question":"Who won the World Cup in 2022?","answerable":false,"answers":[]}]}]}

{"id":"café","title":"Le café","paragraphs":["Le café ouvre à midi."],"dialogs":[{"turns":[{"qid":"q4","question":"Quand ouvre le café ?","answerable":true,"answers":[{"text":"midi","paragraph":0,"start":16,"end":20}]}]}]}
`

func TestPredict(t *testing.T) {
	path := write(t, "questions.jsonl", questions)
	articles, err := eval.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	paragraph := func(id string, n int) []rune {
		for _, a := range articles {
			if a.ID == id {
				return []rune(a.Blocks[n].Text)
			}
		}
		t.Fatalf("no article %s", id)
		return nil
	}
	for _, scope := range []string{"article", "library"} {
		t.Run(scope, func(t *testing.T) {
			got := citebot("", nil, "predict", "--scope", scope, path)
			if got.status != exitFound || got.errOut != "" {
				t.Fatalf("%+v", got)
			}
			var order []string
			for line := range strings.Lines(got.out) {
				var row struct {
					eval.TurnRow
					eval.ArticleRow
				}
				if err := json.Unmarshal([]byte(line), &row); err != nil {
					t.Fatal(err)
				}
				order = append(order, row.QID+row.Article)
				if row.QID != "" && row.QID != "q3" && len(row.Answers) == 0 { // nothing need come close to q3
					t.Errorf("%s has no passages", row.QID)
				}
				for _, a := range row.Answers {
					if text := paragraph(a.Article, a.Paragraph); string(text[a.Start:a.End]) != a.Text {
						t.Errorf("%s: %q stands at %d to %d, not %q", row.QID, string(text[a.Start:a.End]), a.Start, a.End, a.Text)
					}
				}
				for _, q := range row.Quotations {
					if text := paragraph(row.Article, q.Paragraph); string(text[q.Start:q.End]) != q.Text {
						t.Errorf("quotation %+v is not what stands there", q)
					}
				}
			}
			if want := "q1 q2 q3 harbour q4 café"; strings.Join(order, " ") != want {
				t.Errorf("lines for %v, want %s", order, want)
			}
		})
	}
}

func TestPredictTakesOnlyTheArticle(t *testing.T) {
	path := write(t, "questions.jsonl", questions)
	got := citebot("", nil, "predict", path)
	for line := range strings.Lines(got.out) {
		var row eval.TurnRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		for _, a := range row.Answers {
			if want := map[bool]string{true: "café", false: "harbour"}[row.QID == "q4"]; a.Article != want {
				t.Errorf("%s is answered from %s", row.QID, a.Article)
			}
		}
	}
}

func TestEval(t *testing.T) {
	path := write(t, "questions.jsonl", questions)
	other := write(t, "other.jsonl", `{"id":"a","paragraphs":["One. Two."],"sentences":[[[0,4],[5,9]]]}`)
	got := citebot("", nil, "eval", "--history", "switched", path, other)
	if got.status != exitFound || got.errOut != "" {
		t.Fatalf("%+v", got)
	}
	for _, want := range []string{
		path + ": 2 articles, 4 questions",
		"answered from the article; history: switched",
		"\nVerdicts ",
		"\n  follow-up ",
		"\n\n" + other + ": 1 article, 0 questions\nSentences ",
	} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not in\n%s", want, got.out)
		}
	}
}

// Questions about an article in a file of its own have their answers as texts.
func TestFile(t *testing.T) {
	article, err := filepath.Abs(ours + "/harbour.md")
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, "questions.jsonl", strings.ReplaceAll(`{"id":"ice","file":"FILE","kind":"news","dialogs":[{"turns":[`+
		`{"qid":"q1","question":"how long was the harbour closed","answerable":true,"answers":[`+
		`{"text":"The harbour of Luderhaven opened again on Thursday after 41 days under ice, the longest closure since 1963.","short":"41 days"}]},`+
		`{"qid":"q2","question":"what did it cost","answerable":true,"answers":[`+
		`{"text":"The harbour master, Piet Olsen, said the closure had cost the town about 2.4 million crowns.","short":"2.4 million crowns"}]}]}]}`,
		"FILE", filepath.ToSlash(article)))
	got := citebot("", nil, "predict", path)
	if got.status != exitFound || got.errOut != "" {
		t.Fatalf("%+v", got)
	}
	for line := range strings.Lines(got.out) {
		var row eval.TurnRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		for _, a := range row.Answers {
			if a.Article != "ice" || a.Text == "" || a.Probability < 0 || a.Probability > 1 || len(a.Span) > len(a.Text) {
				t.Errorf("%s: answer %+v", row.QID, a)
			}
		}
	}
	got = citebot("", nil, "eval", path)
	if got.status != exitFound || got.errOut != "" || !strings.Contains(got.out, "\n  kind news ") {
		t.Errorf("%+v", got)
	}
}

// The shape is documented, and all of it is there for a file that has everything.
func TestEvalJSON(t *testing.T) {
	path := write(t, "questions.jsonl", questions)
	got := citebot("", nil, "eval", "--json", "--scope", "library", path, path)
	if got.status != exitFound || got.errOut != "" || strings.Count(got.out, "\n") != 2 {
		t.Fatalf("%+v", got)
	}
	line, _, _ := strings.Cut(got.out, "\n")
	var score eval.Score
	d := json.NewDecoder(strings.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&score); err != nil {
		t.Fatal(err)
	}
	if score.File != path || score.Scope != eval.InLibrary || score.History != eval.Own || score.Articles != 2 || score.Questions != 4 {
		t.Errorf("got %s", line)
	}
	if len(score.Ranking) != 4 || score.Ranking[0].Turns != 3 || score.Verdicts[0].AUROC == nil || score.Calibration.Turns != 4 ||
		score.Latency.Questions != 4 || score.Latency.P50 <= 0 {
		t.Errorf("got %s", line)
	}
	if score.Verbatim.Passages == 0 || score.Verbatim.Broken != 0 {
		t.Errorf("verbatim: %+v", score.Verbatim)
	}
}

func TestEvalMistakes(t *testing.T) {
	good := write(t, "good.jsonl", questions)
	broken := write(t, "broken.jsonl", questions+"{\"id\":\n")
	empty := write(t, "empty.jsonl", "")
	off := write(t, "off.jsonl", strings.Replace(questions, `"start":32,"end":36`, `"start":33,"end":37`, 1))
	nowhere := write(t, "nowhere.jsonl", strings.Replace(questions, `"paragraph":0`, `"paragraph":7`, 1))
	beyond := write(t, "beyond.jsonl", strings.Replace(questions, `"start":16,"end":20`, `"start":160,"end":164`, 1))
	twice := write(t, "twice.jsonl", strings.Replace(questions, `"qid":"q4"`, `"qid":"q1"`, 1))
	elsewhere := write(t, "elsewhere.jsonl", `{"id":"a","file":"none.md"}`)
	missing := filepath.Join(t.TempDir(), "missing.jsonl")
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"no file", nil, "needs "},
		{"missing", []string{missing}, missing},
		{"folder", []string{t.TempDir()}, "is a folder; give an evaluation file"},
		{"empty", []string{empty}, "holds no articles"},
		{"broken line", []string{broken}, broken + ", line 4: the JSON ends too early; each line must be one whole article"},
		{"other text", []string{off}, off + `, line 1: question q1: "1902" is not what stands at 33 to 37 of paragraph 0`},
		{"no such paragraph", []string{nowhere}, nowhere + ", line 1: question q1: there is no paragraph 7"},
		{"beyond the paragraph", []string{beyond}, beyond + ", line 3: question q4: paragraph 0 has no code points 160 to 164"},
		{"qid given twice", []string{twice}, twice + `: article café: a question of article harbour has the qid "q1" already`},
		{"no such article", []string{elsewhere}, elsewhere + ", line 1: there is no article " + filepath.Join(filepath.Dir(elsewhere), "none.md")},
		{"scope", []string{"--scope", "town", good}, `there is no scope "town"; use article or library`},
		{"history", []string{"--history", "long", good}, `there is no history "long"; use own, off, unrelated or switched`},
	} {
		for _, command := range []string{"predict", "eval"} {
			t.Run(command+" "+test.name, func(t *testing.T) {
				got := citebot("", nil, append([]string{command}, test.args...)...)
				if got.status != exitError || got.out != "" || strings.Count(got.errOut, "\n") != 1 || !strings.Contains(got.errOut, test.want) {
					t.Errorf("got %+v, want %q", got, test.want)
				}
			})
		}
	}
	if got := citebot("", nil, "predict", good, good); got.status != exitError || !strings.Contains(got.errOut, "one evaluation file") {
		t.Errorf("two files: %+v", got)
	}
}

// Annotations of a published data set that point nowhere are told, not too many of them, and left out.
func TestEvalWarns(t *testing.T) {
	answers := strings.TrimSuffix(strings.Repeat(`{"text":"One","answer_start":7},`, 12), ",")
	path := write(t, "odd.json", `{"data":[{"title":"a","paragraphs":[{"context":"One.","qas":[{"id":"q","question":"One?","answers":[`+answers+`]}]}]}]}`)
	got := citebot("", nil, "eval", path)
	if got.status != exitFound || strings.Count(got.errOut, "left out: question q: paragraph 0 has no code points 7 to 10") != 10 ||
		!strings.Contains(got.errOut, "and 2 more") {
		t.Errorf("got %+v", got)
	}
}
