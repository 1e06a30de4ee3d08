package main

import (
	"encoding/json"
	"io"
	"math"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// The shapes that --json prints, which the README documents: fields may be added to them, never renamed or taken away.
// Numbers of paragraphs and sentences count from 1; ranges are bytes.

type answerJSON struct {
	Question   string        `json:"question"`
	Verdict    string        `json:"verdict"`
	Confidence float64       `json:"confidence"`
	Reason     string        `json:"reason,omitempty"` // why it is no answer, in words
	Best       int           `json:"best"`             // how many of the first passages are the answer
	Passages   []passageJSON `json:"passages"`
}

type passageJSON struct {
	Article    referenceJSON `json:"article"`
	Paragraph  int           `json:"paragraph"`
	Sentence   int           `json:"sentence"`
	Text       string        `json:"text"`
	Before     string        `json:"before"`
	After      string        `json:"after"`
	Highlights []spanJSON    `json:"highlights"`
	Citation   string        `json:"citation"`
	Score      float64       `json:"score"`

	Kind        string     `json:"kind"`     // of the paragraph, as [corpus.Kind] has it
	Headings    []string   `json:"headings"` // above it, outermost first
	Probability float64    `json:"probability"`
	Shown       []partJSON `json:"shown,omitempty"` // all that is shown, where that is more than text
}

type partJSON struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type referenceJSON struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Published string `json:"published"`
}

type spanJSON struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type quotesJSON struct {
	Quotations []quoteJSON   `json:"quotations"`
	Speakers   []speakerJSON `json:"speakers,omitempty"`
}

type quoteJSON struct {
	Speaker   string        `json:"speaker"`
	Text      string        `json:"text"`
	Article   referenceJSON `json:"article"`
	Paragraph int           `json:"paragraph"`
	Sentence  int           `json:"sentence"`
	Citation  string        `json:"citation"`
}

type speakerJSON struct {
	Name       string `json:"name"`
	Quotations int    `json:"quotations"`
}

type articlesJSON struct {
	Articles []articleJSON `json:"articles"`
}

type articleJSON struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Author     string   `json:"author"`
	Source     string   `json:"source"`
	URL        string   `json:"url"`
	Published  string   `json:"published"`
	Language   string   `json:"language"`
	Paragraphs int      `json:"paragraphs"`
	Sentences  int      `json:"sentences"`
	Quotations int      `json:"quotations"`
	Warnings   []string `json:"warnings"`
}

// writeJSON writes v on one line.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func asAnswerJSON(a answer.Answer, shown []answer.Passage) answerJSON {
	out := answerJSON{
		Question:   a.Question,
		Verdict:    a.Verdict.String(),
		Confidence: rounded(a.Confidence),
		Reason:     a.Reason,
		Best:       a.Best,
		Passages:   []passageJSON{},
	}
	for _, p := range shown {
		highlights := []spanJSON{}
		for _, h := range p.Highlights {
			highlights = append(highlights, spanJSON(h))
		}
		out.Passages = append(out.Passages, passageJSON{
			Article:    asReferenceJSON(p.Article),
			Paragraph:  p.Citation.Block,
			Sentence:   p.Citation.Sentence,
			Text:       p.Text,
			Before:     p.Before,
			After:      p.After,
			Highlights: highlights,
			Citation:   p.Citation.String(),
			Score:      rounded(p.Score),

			Kind:        p.Article.Blocks[p.Place.Block].Kind.String(),
			Headings:    append([]string{}, p.Citation.Headings...),
			Probability: rounded(p.Probability),
			Shown:       asPartsJSON(p),
		})
	}
	return out
}

// asPartsJSON is what p shows if that is more than its sentence, else nil.
func asPartsJSON(p answer.Passage) []partJSON {
	parts := p.Parts()
	if len(parts) == 1 && parts[0].Text == p.Text {
		return nil
	}
	var out []partJSON
	for _, part := range parts {
		out = append(out, partJSON{part.Kind.String(), part.Text})
	}
	return out
}

func asQuotesJSON(quotes []quote.Quote, speakers []quote.Speaker) quotesJSON {
	out := quotesJSON{Quotations: []quoteJSON{}}
	for _, q := range quotes {
		out.Quotations = append(out.Quotations, quoteJSON{
			Speaker:   q.Quotation.Speaker,
			Text:      q.Text,
			Article:   asReferenceJSON(q.Article),
			Paragraph: q.Citation.Block,
			Sentence:  q.Citation.Sentence,
			Citation:  q.Citation.String(),
		})
	}
	for _, s := range speakers {
		out.Speakers = append(out.Speakers, speakerJSON(s))
	}
	return out
}

func asArticlesJSON(articles []*corpus.Article) articlesJSON {
	out := articlesJSON{Articles: []articleJSON{}}
	for _, a := range articles {
		out.Articles = append(out.Articles, articleJSON{
			ID:         a.ID,
			Title:      a.Title,
			Author:     a.Author,
			Source:     a.Source,
			URL:        a.URL,
			Published:  a.Published,
			Language:   a.Language,
			Paragraphs: len(a.Blocks),
			Sentences:  a.SentenceCount(),
			Quotations: len(a.Quotations),
			Warnings:   append([]string{}, a.Warnings...),
		})
	}
	return out
}

func asReferenceJSON(a *corpus.Article) referenceJSON {
	return referenceJSON{ID: a.ID, Title: a.Title, URL: a.URL, Published: a.Published}
}

// rounded to four decimals, which are more than mean anything, so that the output is the same on every processor.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }
