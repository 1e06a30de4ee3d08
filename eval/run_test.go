package eval_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
)

// notebook is an engine that writes down what it is asked. It answers every question with all of its paragraphs, refuses
// those about a cathedral, and fails when asked about a bug.
type notebook struct {
	articles []*corpus.Article
	asked    *[]string
	opened   *int
}

func (n notebook) Ask(_ context.Context, q answer.Question, c answer.Conversation) (answer.Answer, error) {
	if strings.Contains(q.Text, "bug") {
		return answer.Answer{}, errors.New("out of paper")
	}
	line := q.Text
	for i := len(c) - 1; i >= 0; i-- {
		line += " < " + c[i].Question
		for _, s := range c[i].Shown {
			line += fmt.Sprintf(" %s%d", s.Article[:1], s.Place.Block)
		}
		if c[i].Article != "" {
			line += " in " + c[i].Article
		}
	}
	*n.asked = append(*n.asked, line)
	a := answer.Answer{Question: q.Text, Verdict: answer.Closest, Confidence: 1. / 3}
	if strings.Contains(q.Text, "cathedral") {
		a.Verdict = answer.Refused
	}
	for _, article := range n.articles {
		for i := range article.Blocks {
			p := passage(article, i)
			p.Score, p.Probability = 2./3, 1./3
			p.Highlights = []corpus.Span{{Start: 0, End: min(3, len(p.Text))}, {Start: min(10, len(p.Text)), End: min(19, len(p.Text))}}
			a.Passages = append(a.Passages, p)
		}
	}
	a.Passages = a.Passages[:min(len(a.Passages), q.Top)]
	return a, nil
}

func (n notebook) Close() error { *n.opened--; return nil }

func TestRun(t *testing.T) {
	tests := []struct {
		name     string
		settings eval.Settings
		opened   string
		asked    []string // question < what was said last and what was shown < what was said before
	}{
		{"own", eval.Settings{Scope: eval.InArticle, History: eval.Own}, "harbour museum", []string{
			"When did the harbour open?",
			"How long is its pier? < When did the harbour open? h0 h1 h2 in harbour",
			"And who swims there? < How long is its pier? h0 h1 h2 in harbour < When did the harbour open? h0 h1 h2 in harbour",
			"Who built the cathedral?",
			"What does the café sell?",
			"When was the pier sold?",
			"Is it pretty?",
			"What does the museum show?",
			"What does it cost? < What does the museum show? m0 m1 in museum",
		}},
		{"off", eval.Settings{Scope: eval.InLibrary, History: eval.Off}, "harbour+museum", []string{
			"When did the harbour open?",
			"How long is its pier?",
			"And who swims there?",
			"Who built the cathedral?",
			"What does the café sell?",
			"When was the pier sold?",
			"Is it pretty?",
			"What does the museum show?",
			"What does it cost?",
		}},
		{"unrelated", eval.Settings{Scope: eval.InLibrary, History: eval.Unrelated}, "harbour+museum", []string{
			"What does the museum show?",
			"What does it cost? < What does the museum show? h0 h1 h2 in harbour",
			"When did the harbour open? < What does it cost? h0 h1 h2 in harbour < What does the museum show? h0 h1 h2 in harbour",
		}},
		{"switched", eval.Settings{Scope: eval.InArticle, History: eval.Switched}, "harbour museum", []string{
			"What does the café sell?",
			"When did the harbour open? < What does the café sell? h0 h1 h2 in harbour",
			"How long is its pier? < When did the harbour open? h0 h1 h2 in harbour < What does the café sell? h0 h1 h2 in harbour",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			articles := read(t, "testdata/harbour.jsonl")
			var asked, opened, handed []string
			count := 0
			open := func(_ context.Context, as []*corpus.Article) (eval.Engine, error) {
				var ids []string
				for _, a := range as {
					ids = append(ids, a.ID)
				}
				opened = append(opened, strings.Join(ids, "+"))
				count++
				return notebook{as, &asked, &count}, nil
			}
			err := eval.Run(t.Context(), articles, test.settings, open, func(a *eval.Article, ps []eval.Prediction) error {
				for _, p := range ps {
					if p.Article != a || p.Answer.Question != p.Turn.Question {
						t.Errorf("%s: answered %q about %s", p.Turn.QID, p.Answer.Question, p.Article.ID)
					}
					handed = append(handed, fmt.Sprintf("%s/%d of %d", p.Turn.QID, p.Number, p.Turns))
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(opened, " "); got != test.opened || count != 0 {
				t.Errorf("opened %q, want %q; %d left open", got, test.opened, count)
			}
			if want := "h1/1 of 3, h2/2 of 3, h3/3 of 3, h4/1 of 1, h5/1 of 1, h6/1 of 1, h7/1 of 1, m1/1 of 2, m2/2 of 2"; strings.Join(handed, ", ") != want {
				t.Errorf("handed over %v, want %s", handed, want)
			}
			if got := asked[:min(len(asked), len(test.asked))]; !slices.Equal(got, test.asked) {
				t.Errorf("asked\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.asked, "\n"))
			}
		})
	}
}

// After a refusal nothing was shown.
func TestRunAfterRefusal(t *testing.T) {
	articles, err := eval.Parse("f", []byte(`{"id":"a","paragraphs":["One."],"dialogs":[{"turns":[`+
		`{"qid":"1","question":"Who built the cathedral?"},{"qid":"2","question":"When?"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	count := 0
	open := func(_ context.Context, as []*corpus.Article) (eval.Engine, error) {
		return notebook{as, &asked, &count}, nil
	}
	err = eval.Run(t.Context(), articles, inArticle, open, func(*eval.Article, []eval.Prediction) error { return nil })
	if want := "When? < Who built the cathedral?"; err != nil || asked[1] != want {
		t.Errorf("asked %q, want %q (%v)", asked[1], want, err)
	}
}

func TestRunErrors(t *testing.T) {
	articles, err := eval.Parse("f", []byte(`{"id":"a","paragraphs":["One."],"dialogs":[{"turns":[{"qid":"q7","question":"A bug?"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	open := func(_ context.Context, as []*corpus.Article) (eval.Engine, error) {
		return notebook{as, new([]string), new(int)}, nil
	}
	each := func(*eval.Article, []eval.Prediction) error { return nil }
	tests := []struct {
		name     string
		settings eval.Settings
		open     eval.Open
		want     string
	}{
		{"scope", eval.Settings{Scope: "town", History: eval.Own}, open, `there is no scope "town"; use article or library`},
		{"history", eval.Settings{Scope: eval.InArticle, History: "x"}, open,
			`there is no history "x"; use own, off, unrelated or switched`},
		{"ask", inArticle, open, "article a: question q7: out of paper"},
		{"open", inArticle, func(context.Context, []*corpus.Article) (eval.Engine, error) { return nil, errors.New("no space") },
			"article a: index it: no space"},
		{"open library", eval.Settings{Scope: eval.InLibrary, History: eval.Own},
			func(context.Context, []*corpus.Article) (eval.Engine, error) { return nil, errors.New("no space") }, "index the articles: no space"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := eval.Run(t.Context(), articles, test.settings, test.open, each); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// Rows count code points: cut out with them, the data's paragraph gives the text.
func TestRows(t *testing.T) {
	articles := read(t, "testdata/mill.jsonl")
	open := func(_ context.Context, as []*corpus.Article) (eval.Engine, error) {
		return notebook{as, new([]string), new(int)}, nil
	}
	var lines []string
	err := eval.Run(t.Context(), articles, inArticle, open, func(a *eval.Article, ps []eval.Prediction) error {
		for _, p := range ps {
			row := p.Row()
			for _, answered := range row.Answers {
				text := []rune(a.Blocks[answered.Paragraph].Text)
				if got := string(text[answered.Start:answered.End]); got != answered.Text || !utf8.ValidString(got) {
					t.Errorf("%s: %d to %d is %q, not %q", row.QID, answered.Start, answered.End, got, answered.Text)
				}
			}
			data, err := json.Marshal(row)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"qid":"f1","verdict":"closest","confidence":0.333333,"answers":[{"article":"ferry","paragraph":0,"start":0,"end":25,` +
		`"text":"The ferry leaves at noon.","span":"The … leaves at","score":0.666667,"probability":0.333333}]}`
	if got := lines[len(lines)-1]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRowOfRefusal(t *testing.T) {
	row, err := json.Marshal(eval.Prediction{Turn: eval.Turn{QID: "q"}}.Row())
	if want := `{"qid":"q","verdict":"refused","confidence":0,"answers":[]}`; err != nil || string(row) != want {
		t.Errorf("got %s, want %s (%v)", row, want, err)
	}
}

// Every part of a quotation is a row of its own, with its marks, whatever these are.
func TestRowOfQuotations(t *testing.T) {
	tests := []struct {
		text  string
		parts []string // the words alone
		want  string
	}{
		{"“Åh,” said Bo, “it’s cold.”", []string{"Åh,", "it’s cold."}, "0-5 “Åh,” | 15-27 “it’s cold.”"},
		{`Bo: "Cold."`, []string{"Cold."}, `4-11 "Cold."`},
		{"Bo said ''cold'' twice", []string{"cold"}, "8-16 ''cold''"},
		{"Bo said ``cold'' twice", []string{"cold"}, "8-16 ``cold''"},
		{"«Froid», dit Bo.", []string{"Froid"}, "0-7 «Froid»"},
		{"„Kalt“, sagte Bo.", []string{"Kalt"}, "0-6 „Kalt“"},
		{"‘Cold’, said Bo.", []string{"Cold"}, "0-6 ‘Cold’"},
		{"“Cold and grey", []string{"Cold and grey"}, "0-14 “Cold and grey"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			a := eval.Article{Article: corpus.New(corpus.Article{ID: "a"}, []string{test.text})}
			q := corpus.Quotation{Speaker: "Bo"}
			for _, part := range test.parts {
				at := strings.Index(test.text, part)
				q.Parts = append(q.Parts, corpus.Span{Start: at, End: at + len(part)})
			}
			a.Quotations = []corpus.Quotation{q}
			var got []string
			for _, row := range a.Row().Quotations {
				if row.Speaker != "Bo" || row.Paragraph != 0 {
					t.Errorf("row %+v", row)
				}
				got = append(got, fmt.Sprintf("%d-%d %s", row.Start, row.End, row.Text))
			}
			if strings.Join(got, " | ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
