package eval

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"citebot/corpus"
)

// squadFile is SQuAD's published format, versions 1.1 and 2.0 (https://rajpurkar.github.io/SQuAD-explorer/). Version 2.0's
// plausible_answers are answers to other questions, and are ignored.
type squadFile struct {
	Data []struct {
		Title      string `json:"title"`
		Paragraphs []struct {
			Context string `json:"context"`
			QAs     []struct {
				ID           string `json:"id"`
				Question     string `json:"question"`
				IsImpossible bool   `json:"is_impossible"`
				Answers      []struct {
					Text  string `json:"text"`
					Start int    `json:"answer_start"`
				} `json:"answers"`
			} `json:"qas"`
		} `json:"paragraphs"`
	} `json:"data"`
}

func parseSQuAD(data []byte) ([]Article, error) {
	var file squadFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, atOffset(data, err)
	}
	var articles []Article
	ids := map[string]bool{}
	for i, d := range file.Data {
		id := d.Title
		if id == "" || ids[id] {
			id = fmt.Sprintf("%s#%d", d.Title, i)
		}
		ids[id] = true
		var contexts []string
		for _, p := range d.Paragraphs {
			contexts = append(contexts, p.Context)
		}
		// Titles are Wikipedia's, in the form of its addresses.
		b := newBuilder(corpus.Article{ID: id, Title: strings.ReplaceAll(d.Title, "_", " ")}, contexts)
		for n, p := range d.Paragraphs {
			for _, qa := range p.QAs {
				var answers []lineAnnotation
				for _, a := range qa.Answers {
					answers = append(answers, lineAnnotation{Text: a.Text, Paragraph: n, Start: a.Start, End: a.Start + utf8.RuneCountInString(a.Text)})
				}
				b.Dialogs = append(b.Dialogs, Dialog{[]Turn{{
					QID:        qa.ID,
					Question:   qa.Question,
					Answerable: !qa.IsImpossible,
					Answers:    b.annotations("question "+qa.ID, answers),
				}}})
			}
		}
		articles = append(articles, b.Article)
	}
	return articles, nil
}
