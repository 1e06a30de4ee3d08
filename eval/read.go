package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"citebot/corpus"
)

// Read reads the articles of an evaluation file, in its order. The format is told from the content:
//
//   - JSON lines, an article a line: {"id","title","source","paragraphs":["…"],"dialogs":[{"turns":[{"qid","question",
//     "answerable","answers":[{"text","paragraph","start","end"}]}]}]}, optionally with "date", "sentences", "attributions",
//     and "no_span" on a turn;
//   - SQuAD's official JSON, 1.1 and 2.0: an article is all of its contexts;
//   - CoQA's official JSON: an article is a story, a paragraph is a line of it that is not empty.
//
// Fields that are not known are ignored. An error is a sentence that names the file and, in JSON lines, the line. Annotations
// that do not stand where they say they do are an error in JSON lines, which can be mended; in what others have published,
// they are left out, with a warning in the article's Warnings. Every question must have an ID of its own.
func Read(path string) ([]Article, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no evaluation file %s; check the name (%w)", path, fs.ErrNotExist)
	}
	if err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; give an evaluation file in it", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the evaluation file: %w", err)
	}
	return Parse(path, data)
}

// Parse is [Read] for a file that is in memory; name stands for it in errors.
func Parse(name string, data []byte) ([]Article, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	parse := parseLines
	if f, ok := official(data); ok {
		parse = f
	}
	articles, err := parse(data)
	var bad *lineError
	if errors.As(err, &bad) {
		return nil, fmt.Errorf("%s, line %d: %w", name, bad.line, bad.err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(articles) == 0 {
		return nil, fmt.Errorf("%s holds no articles; each line must be one article as a JSON object", name)
	}
	if err := checkQIDs(articles); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return articles, nil
}

// checkQIDs says which question, if any, has no ID of its own: its answer could not be told from another's.
func checkQIDs(articles []Article) error {
	asked := map[string]string{} // ID of the article, by QID
	for _, a := range articles {
		for _, d := range a.Dialogs {
			for _, t := range d.Turns {
				first, taken := asked[t.QID]
				switch {
				case t.QID == "":
					return fmt.Errorf("article %s: the question %q has no qid; give each question its own", a.ID, t.Question)
				case taken && first == a.ID:
					return fmt.Errorf("article %s: two questions have the qid %q; give each question its own", a.ID, t.QID)
				case taken:
					return fmt.Errorf("article %s: a question of article %s has the qid %q already; give each question its own", a.ID, first, t.QID)
				}
				asked[t.QID] = a.ID
			}
		}
	}
	return nil
}

// official finds the parser for a file that is one JSON document, if it is one: the data sets that publish one keep all
// articles under "data". A document that is broken is still known by its first line, on which no article of JSON lines
// would end.
func official(data []byte) (func([]byte) ([]Article, error), bool) {
	var probe struct {
		Data *[]struct {
			Story *json.RawMessage `json:"story"`
		} `json:"data"`
	}
	err := json.NewDecoder(bytes.NewReader(data)).Decode(&probe)
	if probe.Data == nil {
		first, _, _ := bytes.Cut(bytes.TrimSpace(data), []byte("\n"))
		broken := err != nil && len(bytes.TrimSpace(first)) == 1
		return parseSQuAD, broken
	}
	for _, d := range *probe.Data {
		if d.Story != nil {
			return parseCoQA, true
		}
	}
	return parseSQuAD, true
}

// lineArticle is an article as a line of JSON holds it.
type lineArticle struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Source     string   `json:"source"`
	Date       string   `json:"date"`
	Paragraphs []string `json:"paragraphs"`
	Dialogs    []struct {
		Turns []struct {
			QID        string           `json:"qid"`
			Question   string           `json:"question"`
			Answerable *bool            `json:"answerable"`
			NoSpan     any              `json:"no_span"`
			Answers    []lineAnnotation `json:"answers"`
		} `json:"turns"`
	} `json:"dialogs"`
	Sentences    [][][2]int `json:"sentences"`
	Attributions []struct {
		Source  []lineAnnotation `json:"source"`
		Cue     []lineAnnotation `json:"cue"`
		Content []lineAnnotation `json:"content"`
		Direct  bool             `json:"direct"`
	} `json:"attributions"`
}

type lineAnnotation struct {
	Text      string `json:"text"`
	Paragraph int    `json:"paragraph"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

func parseLines(data []byte) ([]Article, error) {
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
		a := l.article()
		if len(a.Warnings) > 0 {
			return nil, &lineError{n, fmt.Errorf("%s; mend that or take it out", a.Warnings[0])}
		}
		articles = append(articles, a)
	}
	return articles, nil
}

func (l lineArticle) article() Article {
	r := newReader(corpus.Article{ID: l.ID, Title: l.Title, Source: l.Source, Published: l.Date}, l.Paragraphs)
	for _, d := range l.Dialogs {
		var dialog Dialog
		for _, t := range d.Turns {
			answers := r.annotations("question "+t.QID, t.Answers)
			dialog.Turns = append(dialog.Turns, Turn{
				QID:        t.QID,
				Question:   t.Question,
				Answerable: t.Answerable != nil && *t.Answerable || t.Answerable == nil && len(t.Answers) > 0,
				NoSpan:     t.NoSpan != nil && t.NoSpan != false,
				Answers:    answers,
			})
		}
		r.Dialogs = append(r.Dialogs, dialog)
	}
	if len(l.Sentences) > len(l.Paragraphs) {
		r.warn("there are reference sentences of %d paragraphs, but only %d paragraphs", len(l.Sentences), len(l.Paragraphs))
	}
	for i, spans := range l.Sentences[:min(len(l.Sentences), len(l.Paragraphs))] {
		var sentences []corpus.Span
		for _, s := range spans {
			if n, ok := r.annotation("reference sentence", lineAnnotation{Paragraph: i, Start: s[0], End: s[1]}); ok {
				sentences = append(sentences, n.Span)
			}
		}
		r.Sentences = append(r.Sentences, sentences)
	}
	for _, at := range l.Attributions {
		r.Attributions = append(r.Attributions, Attribution{
			Source:  r.annotations("attribution", at.Source),
			Cue:     r.annotations("attribution", at.Cue),
			Content: r.annotations("attribution", at.Content),
			Direct:  at.Direct,
		})
	}
	return r.Article
}

// reader puts an Article together. It keeps the paragraphs as the data has them, which is what offsets refer to.
type reader struct {
	Article
	paragraphs []string
}

func newReader(meta corpus.Article, paragraphs []string) *reader {
	return &reader{Article{Article: corpus.New(meta, paragraphs)}, paragraphs}
}

// annotation converts one annotation; a bad one is reported as what's.
func (r *reader) annotation(what string, l lineAnnotation) (Annotation, bool) {
	if l.Paragraph < 0 || l.Paragraph >= len(r.paragraphs) {
		r.warn("%s: there is no paragraph %d; the first is 0, the last %d", what, l.Paragraph, len(r.paragraphs)-1)
		return Annotation{}, false
	}
	span, ok := byteSpan(r.paragraphs[l.Paragraph], l.Start, l.End)
	if !ok {
		r.warn("%s: paragraph %d has no code points %d to %d", what, l.Paragraph, l.Start, l.End)
		return Annotation{}, false
	}
	return Annotation{Text: l.Text, Paragraph: l.Paragraph, Span: span}, true
}

// annotations converts a list; the text of each must stand at its place, else offsets are likely not in code points, and it
// is reported as what's too.
func (r *reader) annotations(what string, ls []lineAnnotation) []Annotation {
	var ns []Annotation
	for _, l := range ls {
		n, ok := r.annotation(what, l)
		if !ok {
			continue
		}
		if there := r.paragraphs[n.Paragraph][n.Start:n.End]; l.Text != "" && there != l.Text {
			r.warn("%s: %q is not what stands at %d to %d of paragraph %d (offsets count Unicode code points)",
				what, l.Text, l.Start, l.End, l.Paragraph)
			continue
		}
		ns = append(ns, n)
	}
	return ns
}

func (r *reader) warn(format string, args ...any) {
	r.Warnings = append(r.Warnings, fmt.Sprintf(format, args...))
}

// lineError is what is wrong with a line, counted from 1, of a file.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

// atOffset says on which line of data an error of package json happened.
func atOffset(data []byte, err error) error {
	offset := int64(len(data))
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &syntax) {
		offset = min(syntax.Offset, offset)
	}
	if errors.As(err, &mismatch) {
		offset = min(mismatch.Offset, offset)
	}
	return &lineError{1 + bytes.Count(data[:offset], []byte("\n")), errors.New(plain(err))}
}

// plain says in plain words what package json found wrong.
func plain(err error) string {
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mismatch) && mismatch.Field != "":
		return fmt.Sprintf("%q cannot be of type %s", mismatch.Field, mismatch.Value)
	case errors.As(err, &mismatch):
		return fmt.Sprintf("this is not an article but of type %s", mismatch.Value)
	case errors.Is(err, io.ErrUnexpectedEOF) || err.Error() == "unexpected end of JSON input":
		return "the JSON ends too early"
	default:
		return fmt.Sprintf("this is not JSON (%v)", err)
	}
}
