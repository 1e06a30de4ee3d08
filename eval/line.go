package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"citebot/corpus"
)

// lineArticle is an article as a line of JSON holds it.
type lineArticle struct {
	ID         string       `json:"id"`
	Title      string       `json:"title"`
	Source     string       `json:"source"`
	Date       string       `json:"date"`
	Kind       string       `json:"kind"`
	File       string       `json:"file"` // in place of paragraphs
	Paragraphs []string     `json:"paragraphs"`
	Dialogs    []lineDialog `json:"dialogs"`
	Sentences  [][][2]int   `json:"sentences"`

	Attributions []struct {
		Source  []lineAnnotation `json:"source"`
		Cue     []lineAnnotation `json:"cue"`
		Content []lineAnnotation `json:"content"`
		Direct  bool             `json:"direct"`
	} `json:"attributions"`
}

type lineDialog struct {
	Turns []lineTurn `json:"turns"`
}

type lineTurn struct {
	QID        string           `json:"qid"`
	Question   string           `json:"question"`
	Answerable *bool            `json:"answerable"`
	NoSpan     any              `json:"no_span"`
	Answers    []lineAnnotation `json:"answers"`
}

type lineAnnotation struct {
	Text      string `json:"text"`
	Paragraph int    `json:"paragraph"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Short     string `json:"short"`   // of an article in a file
	Partial   bool   `json:"partial"` // of an article in a file
}

// parseLines parses JSON lines; the files that they name are looked for in folder.
func parseLines(folder string, data []byte) ([]Article, error) {
	var articles []Article
	lines := map[string]int{} // where an ID was first used
	for n := 1; len(data) > 0; n++ {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var l lineArticle
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, &lineError{n, fmt.Errorf("%s; each line must be one whole article as a JSON object", plain(err))}
		}
		if l.ID == "" {
			return nil, &lineError{n, errors.New(`the article has no "id"; give each its own`)}
		}
		if first, taken := lines[l.ID]; taken {
			return nil, &lineError{n, fmt.Errorf("line %d has the id %q already; give each article its own", first, l.ID)}
		}
		lines[l.ID] = n
		a, err := l.article(folder)
		if err != nil {
			return nil, &lineError{n, err}
		}
		articles = append(articles, a)
	}
	return articles, nil
}

func (l lineArticle) article(folder string) (Article, error) {
	if l.File != "" {
		return l.fromFile(folder)
	}
	b := newBuilder(corpus.Article{ID: l.ID, Title: l.Title, Source: l.Source, Published: l.Date}, l.Paragraphs)
	b.Kind = l.Kind
	for _, d := range l.Dialogs {
		var dialog Dialog
		for _, t := range d.Turns {
			turn := t.turn()
			turn.Answers = b.annotations("question "+t.QID, t.Answers)
			dialog.Turns = append(dialog.Turns, turn)
		}
		b.Dialogs = append(b.Dialogs, dialog)
	}
	if len(l.Sentences) > len(l.Paragraphs) {
		b.leaveOut("there are reference sentences of %d paragraphs, but only %d paragraphs", len(l.Sentences), len(l.Paragraphs))
	}
	for i, spans := range l.Sentences[:min(len(l.Sentences), len(l.Paragraphs))] {
		var sentences []corpus.Span
		for _, s := range spans {
			if n, ok := b.annotation("reference sentence", lineAnnotation{Paragraph: i, Start: s[0], End: s[1]}); ok {
				sentences = append(sentences, n.Span)
			}
		}
		b.Sentences = append(b.Sentences, sentences)
	}
	for _, at := range l.Attributions {
		b.Attributions = append(b.Attributions, Attribution{
			Source:  b.annotations("attribution", at.Source),
			Cue:     b.annotations("attribution", at.Cue),
			Content: b.annotations("attribution", at.Content),
			Direct:  at.Direct,
		})
	}
	if len(b.LeftOut) > 0 {
		return Article{}, fmt.Errorf("%s; mend that or take it out", b.LeftOut[0])
	}
	return b.Article, nil
}

// fromFile is an article whose text is in a file of its own, and whose answers are texts.
func (l lineArticle) fromFile(folder string) (Article, error) {
	if len(l.Paragraphs)+len(l.Sentences)+len(l.Attributions) > 0 {
		return Article{}, errors.New(`the article has a "file", so "paragraphs", "sentences" and "attributions" must be left out`)
	}
	read, err := load(folder, l.File)
	if err != nil {
		return Article{}, err
	}
	read.ID = l.ID
	a := Article{Article: read, Kind: l.Kind}
	for _, d := range l.Dialogs {
		var dialog Dialog
		for _, t := range d.Turns {
			turn := t.turn()
			for _, answer := range t.Answers {
				if plainText(answer.Text) == "" {
					return Article{}, fmt.Errorf(`question %s: an answer has no "text"; give it the sentence that answers`, t.QID)
				}
				turn.Golds = append(turn.Golds, Gold{answer.Text, answer.Short, answer.Partial})
			}
			dialog.Turns = append(dialog.Turns, turn)
		}
		a.Dialogs = append(a.Dialogs, dialog)
	}
	return a, nil
}

// load reads the article in a file that is named relative to folder.
func load(folder, name string) (*corpus.Article, error) {
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; name the file of one article", path)
	} else if err != nil {
		return nil, fmt.Errorf("there is no article %s; name its file relative to the evaluation file", path)
	}
	articles, _, err := corpus.Load(path)
	if err != nil {
		return nil, err
	}
	return articles[0], nil
}

// turn is t without its answers, which stand in ways of their own.
func (t lineTurn) turn() Turn {
	return Turn{
		QID:        t.QID,
		Question:   t.Question,
		Answerable: t.Answerable != nil && *t.Answerable || t.Answerable == nil && len(t.Answers) > 0,
		NoSpan:     t.NoSpan != nil && t.NoSpan != false,
	}
}
