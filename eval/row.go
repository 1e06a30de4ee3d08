package eval

import (
	"math"
	"strings"

	"citebot/answer"
)

// TurnRow is a line of predictions: the answer to one turn, in the units of evaluation data, which count paragraphs from 0
// and text in Unicode code points.
type TurnRow struct {
	QID        string      `json:"qid"`
	Verdict    string      `json:"verdict"`
	Confidence float64     `json:"confidence"`
	Answers    []AnswerRow `json:"answers"` // best first; up to 10
}

// AnswerRow is a passage: the whole sentence. In an article that is in a file of its own, paragraphs are its blocks.
type AnswerRow struct {
	Article     string  `json:"article"`
	Paragraph   int     `json:"paragraph"`
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Text        string  `json:"text"`
	Span        string  `json:"span"` // the words highlighted, " … " between those that are apart
	Score       float64 `json:"score"`
	Probability float64 `json:"probability"` // that it answers
}

// ArticleRow is a line of predictions: who is quoted in an article.
type ArticleRow struct {
	Article    string         `json:"article"`
	Quotations []QuotationRow `json:"quotations"` // in text order
}

// QuotationRow is one unbroken stretch of quoted words. A quotation that its attribution interrupts makes several.
type QuotationRow struct {
	Speaker   string `json:"speaker"` // "" if it is not known
	Paragraph int    `json:"paragraph"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"` // quotation marks included
}

// Row is p as a line of predictions.
func (p Prediction) Row() TurnRow {
	row := TurnRow{
		QID:        p.Turn.QID,
		Verdict:    p.Answer.Verdict.String(),
		Confidence: rounded(p.Answer.Confidence),
		Answers:    []AnswerRow{},
	}
	for _, passage := range p.Answer.Passages[:min(top, len(p.Answer.Passages))] {
		paragraph := passage.Article.Blocks[passage.Place.Block]
		start, end := codePoints(paragraph.Text, paragraph.Sentences[passage.Place.Sentence])
		row.Answers = append(row.Answers, AnswerRow{
			Article:     passage.Article.ID,
			Paragraph:   passage.Place.Block,
			Start:       start,
			End:         end,
			Text:        passage.Text,
			Span:        highlighted(passage),
			Score:       rounded(passage.Score),
			Probability: rounded(passage.Probability),
		})
	}
	return row
}

// highlighted are the highlighted words of p, " … " between those that are apart.
func highlighted(p answer.Passage) string {
	var parts []string
	for _, h := range p.Highlights {
		parts = append(parts, p.Text[h.Start:h.End])
	}
	return strings.Join(parts, " … ")
}

// Row is a's line of predictions.
func (a Article) Row() ArticleRow {
	row := ArticleRow{Article: a.ID, Quotations: []QuotationRow{}}
	for _, q := range quoted(a.Article) {
		text := a.Blocks[q.paragraph].Text
		start, end := codePoints(text, q.Span)
		row.Quotations = append(row.Quotations, QuotationRow{
			Speaker:   q.speaker,
			Paragraph: q.paragraph,
			Start:     start,
			End:       end,
			Text:      text[q.Start:q.End],
		})
	}
	return row
}

// rounded to six decimals, so that what is written does not depend on the processor.
func rounded(x float64) float64 { return math.Round(x*1e6) / 1e6 }
