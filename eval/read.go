package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Read reads the articles of an evaluation file, in its order. The format is told from the content:
//
//   - JSON lines, an article a line: {"id","title","source","paragraphs":["…"],"dialogs":[{"turns":[{"qid","question",
//     "answerable","answers":[{"text","paragraph","start","end"}]}]}]}, optionally with "date", "kind", "sentences",
//     "attributions", and "no_span" on a turn;
//   - the same with "file" in place of "paragraphs": the path of an article that [corpus.Load] reads, relative to the
//     evaluation file's folder. Answers are texts then: {"text","short","partial"}, see [Gold];
//   - SQuAD's official JSON, 1.1 and 2.0: an article is all of its contexts;
//   - CoQA's official JSON: an article is a story, a paragraph is a line of it that is not empty.
//
// Fields that are not known are ignored. An error is a sentence that names the file and, in JSON lines, the line. Annotations
// that do not stand where they say they do are an error in JSON lines, which can be mended; in what others have published,
// they are left out, and told in LeftOut. Every question must have an ID of its own.
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

// Parse is [Read] for a file that is in memory; name stands for it in errors, and its folder is where articles are looked for.
func Parse(name string, data []byte) ([]Article, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	parse := func(data []byte) ([]Article, error) { return parseLines(filepath.Dir(name), data) }
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
