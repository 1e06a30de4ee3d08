package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"citebot/answer"
	"citebot/corpus"
	"citebot/eval"
)

// sqlite is SQLite's full-text search FTS5 as it comes: Porter stems and bm25. A sentence's row ID is its number.
type sqlite struct {
	sentences sentences
	db        *sql.DB
	search    *sql.Stmt
}

func openSQLite(_ context.Context, articles []*corpus.Article) (eval.Engine, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	db.SetMaxOpenConns(1) // every connection would have a memory of its own
	s := sqlite{sentences: newSentences(articles), db: db}
	if err := s.fill(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s.search, err = db.Prepare("SELECT rowid FROM sentence WHERE sentence MATCH ? ORDER BY rank, rowid LIMIT ?")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the search: %w", err), db.Close())
	}
	return s, nil
}

func (s sqlite) fill() error {
	if _, err := s.db.Exec("CREATE VIRTUAL TABLE sentence USING fts5(text, tokenize = 'porter unicode61')"); err != nil {
		return fmt.Errorf("create the index: %w", err)
	}
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("index the sentences: %w", err)
	}
	defer tx.Rollback() // does nothing after the commit
	for n, p := range s.sentences {
		if _, err := tx.Exec("INSERT INTO sentence (rowid, text) VALUES (?, ?)", n, p.Text); err != nil {
			return fmt.Errorf("index sentence %d: %w", n, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("index the sentences: %w", err)
	}
	return nil
}

func (s sqlite) Ask(ctx context.Context, q answer.Question, _ answer.Conversation) (answer.Answer, error) {
	match := anyOf(q.Text)
	if match == "" {
		return s.sentences.answer(q, nil)
	}
	rows, err := s.search.QueryContext(ctx, match, q.Top)
	if err != nil {
		return answer.Answer{}, fmt.Errorf("search with SQLite: %w", err)
	}
	defer rows.Close()
	var found []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return answer.Answer{}, fmt.Errorf("read the number of the sentence found: %w", err)
		}
		found = append(found, n)
	}
	if err := rows.Err(); err != nil {
		return answer.Answer{}, fmt.Errorf("search with SQLite: %w", err)
	}
	return s.sentences.answer(q, found)
}

func (s sqlite) Close() error { return errors.Join(s.search.Close(), s.db.Close()) }

// anyOf is an FTS5 query for sentences with any word of text. Words are quoted, as text may look like FTS5's own syntax.
func anyOf(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	if len(words) == 0 {
		return ""
	}
	return `"` + strings.Join(words, `" OR "`) + `"`
}
