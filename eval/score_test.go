package eval_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s differs (go test -update writes it anew)\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}

// passage is the first sentence of a paragraph.
func passage(a *corpus.Article, paragraph int, highlights ...corpus.Span) answer.Passage {
	p := a.Blocks[paragraph]
	s := p.Sentences[0]
	return answer.Passage{
		Article:    a,
		Place:      corpus.Place{Block: paragraph},
		First:      corpus.Place{Block: paragraph},
		Last:       corpus.Place{Block: paragraph},
		Text:       p.Text[s.Start:s.End],
		After:      p.Text[s.End:],
		Highlights: highlights,
	}
}

// harbour is the predictions of an engine that does some things right and some wrong, worked out by hand.
func harbour(t *testing.T) ([]eval.Article, []eval.Prediction) {
	articles := read(t, "testdata/harbour.jsonl")[:1]
	a := &articles[0]
	museum := corpus.New(corpus.Article{ID: "museum"}, []string{"The museum shows ropes."})
	paragraphs := func(numbers ...int) (ps []answer.Passage) {
		for _, n := range numbers {
			ps = append(ps, passage(a.Article, n))
		}
		return ps
	}
	answers := [][]answer.Answer{
		{
			{Verdict: answer.Answered, Confidence: .95, Passages: []answer.Passage{
				passage(a.Article, 0, corpus.Span{Start: 22, End: 26}, corpus.Span{Start: 21, End: 24})}},
			{Verdict: answer.Closest, Confidence: .45, Passages: append([]answer.Passage{passage(museum, 0)}, paragraphs(1, 5)...)},
			{Verdict: answer.Refused, Confidence: .15, Passages: paragraphs(0, 1, 2, 3, 4, 6, 5)},
		},
		{{Verdict: answer.Refused, Confidence: .05}},
		{{Verdict: answer.Answered, Confidence: .85, Passages: []answer.Passage{
			passage(a.Article, 3, corpus.Span{Start: 0, End: 4}), passage(a.Article, 3)}}},
		{{Verdict: answer.Answered, Confidence: .85, Passages: paragraphs(1)}},
		{{Verdict: answer.Answered, Confidence: 1, Passages: paragraphs(6)}},
	}
	first := []float64{.65, .35, .15, 0, .75, .35, .5} // probabilities of the first passages
	var predictions []eval.Prediction
	for i, d := range a.Dialogs {
		for j, turn := range d.Turns {
			if passages := answers[i][j].Passages; len(passages) > 0 {
				passages[0].Probability = first[len(predictions)]
			}
			predictions = append(predictions, eval.Prediction{
				Article: a,
				Turn:    turn,
				Number:  j + 1,
				Turns:   len(d.Turns),
				Answer:  answers[i][j],
				Took:    time.Duration(1+len(predictions)) * time.Millisecond,
			})
		}
	}
	return articles, predictions
}

var inArticle = eval.Settings{Scope: eval.InArticle, History: eval.Own}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestRanking(t *testing.T) {
	articles, predictions := harbour(t)
	got := eval.NewScore("f", inArticle, articles, predictions).Ranking
	want := []eval.Ranking{ // ranks 1, 2, 7 and 1; the last question has nothing to compare with
		{Of: "all", Turns: 4, P1: 2. / 4, R3: 3. / 4, MRR10: (1 + 1./2 + 1./7 + 1) / 4, R5: 3. / 4, R10: 1},
		{Of: "single", Turns: 1, P1: 1, R3: 1, MRR10: 1, R5: 1, R10: 1},
		{Of: "first", Turns: 1, P1: 1, R3: 1, MRR10: 1, R5: 1, R10: 1},
		{Of: "follow-up", Turns: 2, R3: 1. / 2, MRR10: (1./2 + 1./7) / 2, R5: 1. / 2, R10: 1},
	}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i, w := range want {
		g := got[i]
		if g.Of != w.Of || g.Turns != w.Turns || !near(g.P1, w.P1) || !near(g.R3, w.R3) || !near(g.MRR10, w.MRR10) || !near(g.R5, w.R5) || !near(g.R10, w.R10) {
			t.Errorf("got %+v, want %+v", g, w)
		}
	}
}

func TestRankingLooksNoDeeperThanTen(t *testing.T) {
	articles, predictions := harbour(t)
	p := predictions[0]
	p.Answer.Passages = nil
	for range 10 {
		p.Answer.Passages = append(p.Answer.Passages, passage(p.Article.Article, 1))
	}
	p.Answer.Passages = append(p.Answer.Passages, passage(p.Article.Article, 0))
	got := eval.NewScore("f", inArticle, articles, []eval.Prediction{p}).Ranking[0]
	if want := (eval.Ranking{Of: "all", Turns: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestVerdicts(t *testing.T) {
	articles, predictions := harbour(t)
	rows := eval.NewScore("f", inArticle, articles, predictions).Verdicts
	got := rows[0]
	// Of the 8 pairs of .95 .45 .15 .85 with .05 .85, five are in order and one is a tie.
	if got.AUROC == nil || !near(*got.AUROC, 5.5/8) {
		t.Errorf("AUROC %v, want %v", got.AUROC, 5.5/8)
	}
	if want := (eval.Shares{Turns: 4, Answered: .5, Closest: .25, Refused: .25}); *got.Answerable != want {
		t.Errorf("answerable: %+v, want %+v", *got.Answerable, want)
	}
	if want := (eval.Shares{Turns: 2, Answered: .5, Refused: .5}); *got.Unanswerable != want {
		t.Errorf("unanswerable: %+v, want %+v", *got.Unanswerable, want)
	}
	if got.Right == nil || !near(*got.Right, 2./3) {
		t.Errorf("of what is called answered %v is right, want 2/3; the last question has nothing to compare with", got.Right)
	}
	var of []string
	for _, r := range rows {
		of = append(of, r.Of)
	}
	if want := "all single first follow-up"; strings.Join(of, " ") != want {
		t.Errorf("rows of %v, want %s", of, want)
	}
	one := eval.NewScore("f", inArticle, articles, predictions[1:2]).Verdicts[0]
	if one.AUROC != nil || one.Unanswerable != nil || one.Right != nil {
		t.Errorf("an answerable turn that gets the closest passages: %+v", one)
	}
}

func TestKinds(t *testing.T) {
	articles, predictions := harbour(t)
	for i := range predictions {
		a := *predictions[i].Article
		a.Kind = []string{"faq", "", "story"}[i%3]
		predictions[i].Article = &a
		predictions[i].Turns = 1
	}
	var got []string
	for _, r := range eval.NewScore("f", inArticle, articles, predictions).Ranking {
		got = append(got, fmt.Sprint(r.Of, " ", r.Turns))
	}
	if want := "all 4, kind faq 1, kind story 1"; strings.Join(got, ", ") != want { // the seventh has nothing to compare with
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestCalibration(t *testing.T) {
	articles, predictions := harbour(t)
	got := eval.NewScore("f", inArticle, articles, predictions).Calibration
	want := []eval.Bin{
		{From: 0, To: .1, Turns: 1, Confidence: .05, Answerable: 0, Right: 0},
		{From: .1, To: .2, Turns: 1, Confidence: .15, Answerable: 1, Right: 0},
		{From: .4, To: .5, Turns: 1, Confidence: .45, Answerable: 1, Right: 0},
		{From: .8, To: .9, Turns: 2, Confidence: .85, Answerable: .5, Right: .5},
		{From: .9, To: 1, Turns: 1, Confidence: .95, Answerable: 1, Right: 1},
	}
	if len(got.Bins) != len(want) {
		t.Fatalf("bins %v", got.Bins)
	}
	for i, w := range want {
		g := got.Bins[i]
		if g.Turns != w.Turns || !near(g.From, w.From) || !near(g.To, w.To) || !near(g.Confidence, w.Confidence) || !near(g.Answerable, w.Answerable) || !near(g.Right, w.Right) {
			t.Errorf("got %+v, want %+v", g, w)
		}
	}
	if ece := (.05 + .15 + .45 + 2*.35 + .05) / 6; !near(got.ECERight, ece) {
		t.Errorf("error as the probability that the first passage is right %v, want %v", got.ECERight, ece)
	}
	if ece := (.35 + 2*.35 + .15 + 0 + .25) / 6; !near(got.ECEFirst, ece) {
		t.Errorf("error of the first passage's probability %v, want %v", got.ECEFirst, ece)
	}
	if ece := (.05 + .85 + .55 + 2*.35 + .05) / 6; got.Turns != 6 || !near(got.ECE, ece) {
		t.Errorf("%d turns, error %v; want 6, %v", got.Turns, got.ECE, ece)
	}
}

func TestEmphasis(t *testing.T) {
	articles, predictions := harbour(t)
	got := eval.NewScore("f", inArticle, articles, predictions).Emphasis
	// Of h1's 27 bytes 5 are emphasised, the word that answers and no other; of h5's 36 the first 4, elsewhere.
	want := eval.Emphasis{Turns: 2, Overlap: .5, Cover: .5, F1: .5, Share: (5./27 + 4./36) / 2}
	if got.Turns != 2 || !near(got.Overlap, want.Overlap) || !near(got.Cover, want.Cover) || !near(got.F1, want.F1) || !near(got.Share, want.Share) {
		t.Errorf("got %+v, want %+v", *got, want)
	}
}

func TestEmphasisOfText(t *testing.T) {
	const text = "Boats of “Østvik” leave at 9, at noon and at six o'clock, except on Sundays."
	tests := []struct {
		name           string
		short          string
		highlights     []string
		turns          int
		overlap, cover float64
		f1             float64
	}{
		{"the words", "at noon", []string{"at noon"}, 1, 1, 1, 1},
		{"other marks and case", `Boats of "østvik"`, []string{"Boats of “Østvik”"}, 1, 1, 1, 1},
		{"half of them", "six o'clock", []string{"six"}, 1, 1, 0, 2 * 1. / (3 + 1)},
		{"in parts", "at 9, at noon", []string{"at 9", "at noon"}, 1, 1, 1, 1},
		{"too many", "noon", []string{"at noon and"}, 1, 1, 1, 2. / (1 + 3)},
		{"within a word", "noon", []string{"oo"}, 1, 1, 1, 1},
		{"others", "noon", []string{"Boats"}, 1, 0, 0, 0},
		{"none", "noon", nil, 1, 0, 0, 0},
		{"not in the passage", "midnight", []string{"noon"}, 0, 0, 0, 0},
		{"not marked", "", []string{"noon"}, 0, 0, 0, 0},
	}
	a := eval.Article{Article: corpus.New(corpus.Article{ID: "a"}, []string{text})}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := passage(a.Article, 0)
			for _, h := range test.highlights {
				at := strings.Index(text, h)
				p.Highlights = append(p.Highlights, corpus.Span{Start: at, End: at + len(h)})
			}
			turn := eval.Turn{Answerable: true, Golds: []eval.Gold{{Text: text, Short: test.short}, {Text: "Something else.", Short: "Sundays"}}}
			prediction := eval.Prediction{Article: &a, Turn: turn, Number: 1, Turns: 1, Answer: answer.Answer{Passages: []answer.Passage{p}}}
			got := eval.NewScore("f", inArticle, nil, []eval.Prediction{prediction}).Emphasis
			if got == nil {
				got = &eval.Emphasis{}
			}
			if got.Turns != test.turns || !near(got.Overlap, test.overlap) || !near(got.Cover, test.cover) || !near(got.F1, test.f1) {
				t.Errorf("got %+v", *got)
			}
		})
	}
}

func TestVerbatim(t *testing.T) {
	_, predictions := harbour(t)
	a := predictions[0].Article.Article
	good := passage(a, 0)
	tests := []struct {
		name   string
		change func(*answer.Passage)
		broken int
	}{
		{"as it is", func(p *answer.Passage) {}, 0},
		{"another text", func(p *answer.Passage) { p.Text = "The harbour opened in 1903." }, 1},
		{"shortened", func(p *answer.Passage) { p.Text = p.Text[:10] }, 1},
		{"before", func(p *answer.Passage) { p.Before = "Once upon a time. " }, 1},
		{"after", func(p *answer.Passage) { p.After = " The end." }, 1},
		{"no such place", func(p *answer.Passage) { p.Place.Block = 99 }, 1},
		{"shown with the next two", func(p *answer.Passage) { p.Last.Block = 2 }, 0},
		{"shown to beyond the end", func(p *answer.Passage) { p.Last.Block = 99 }, 1},
		{"shown from behind itself", func(p *answer.Passage) { p.First.Block = 1; p.Last.Block = 2 }, 1},
		{"shown to before itself", func(p *answer.Passage) { p.Place.Block = 1; p.Text = a.Blocks[1].Text }, 1},
		{"no article", func(p *answer.Passage) { p.Article = nil }, 1},
		{"highlight beyond the end", func(p *answer.Passage) { p.Highlights = []corpus.Span{{Start: 3, End: 28}} }, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := good
			test.change(&p)
			prediction := predictions[3] // of an unanswerable turn: broken passages count there as well
			prediction.Answer.Passages = []answer.Passage{good, p}
			got := eval.NewScore("f", inArticle, nil, []eval.Prediction{prediction}).Verbatim
			if want := (eval.Verbatim{Passages: 2, Broken: test.broken}); *got != want {
				t.Errorf("got %+v, want %+v", *got, want)
			}
		})
	}
}

func TestLatency(t *testing.T) {
	var predictions []eval.Prediction
	for i := 200; i > 0; i-- {
		predictions = append(predictions, eval.Prediction{Article: &eval.Article{}, Took: time.Duration(i) * 100 * time.Microsecond})
	}
	got := eval.NewScore("f", inArticle, nil, predictions).Latency
	if got.Questions != 200 || !near(got.P50, 10) || !near(got.P99, 19.8) {
		t.Errorf("got %+v", *got)
	}
	if got := eval.NewScore("f", inArticle, nil, predictions[:1]).Latency; !near(got.P50, 20) || !near(got.P99, 20) {
		t.Errorf("of one: %+v", *got)
	}
}

func TestSentences(t *testing.T) {
	mill := read(t, "testdata/mill.jsonl")[:1]
	text := mill[0].Blocks[0].Text
	tests := []struct {
		name      string
		sentences [][2]int
		want      eval.Overlap
	}{
		{"as the reference", [][2]int{{0, 37}, {38, len(text)}}, eval.Overlap{Reference: 1, Found: 1, Right: 1, Precision: 1, Recall: 1, F1: 1}},
		{"space left with the next", [][2]int{{0, 37}, {37, len(text)}}, eval.Overlap{Reference: 1, Found: 1, Right: 1, Precision: 1, Recall: 1, F1: 1}},
		{"one too many", [][2]int{{0, 8}, {9, 37}, {38, len(text)}}, eval.Overlap{Reference: 1, Found: 2, Right: 1, Precision: .5, Recall: 1, F1: 2. / 3}},
		{"elsewhere", [][2]int{{0, 8}, {9, len(text)}}, eval.Overlap{Reference: 1, Found: 1}},
		{"none", [][2]int{{0, len(text)}}, eval.Overlap{Reference: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mill[0].Blocks[0].Sentences = nil
			for _, s := range test.sentences {
				mill[0].Blocks[0].Sentences = append(mill[0].Blocks[0].Sentences, corpus.Span{Start: s[0], End: s[1]})
			}
			mill[0].Blocks[1].Sentences = []corpus.Span{{Start: 0, End: 80}}
			got := eval.NewScore("f", inArticle, mill, nil).Sentences
			if got == nil || !near(got.F1, test.want.F1) || !near(got.Precision, test.want.Precision) ||
				!near(got.Recall, test.want.Recall) || got.Right != test.want.Right || got.Found != test.want.Found || got.Reference != test.want.Reference {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// A file that has nothing to score by yields nothing, rather than zeros that look like bad results.
func TestScoreOfNothing(t *testing.T) {
	articles, err := eval.Parse("f", []byte(`{"id":"a","paragraphs":["One."]}`))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(eval.NewScore("f", inArticle, articles, nil))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"file":"f","scope":"article","history":"own","articles":1,"questions":0}`; string(data) != want {
		t.Errorf("got  %s\nwant %s", data, want)
	}
}

func TestScoreTable(t *testing.T) {
	articles, predictions := harbour(t)
	mill := read(t, "testdata/mill.jsonl")[0]
	mill.Quotations = []corpus.Quotation{quote(t, mill, "Åse Lund", "We grind twice a week,"), quote(t, mill, "", "Sundays")}
	score := eval.NewScore("harbour.jsonl", inArticle, append(articles, mill), predictions)
	var b bytes.Buffer
	if err := score.Write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "score.golden", b.String())
	data, err := json.MarshalIndent(score, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "score.json.golden", string(data)+"\n")
}
