package main

import (
	"fmt"

	"citebot/corpus"
	"citebot/eval"
)

// pieceLength is how many sentences a piece of an article has at least.
const pieceLength = 18

// cut makes short articles of long ones: paragraphs in a row, with the single questions that they answer.
func cut(articles []eval.Article) []eval.Article {
	var pieces []eval.Article
	for _, a := range articles {
		var own []eval.Article
		from, sentences := 0, 0
		for to, par := range a.Paragraphs {
			if sentences += len(par.Sentences); sentences < pieceLength && to < len(a.Paragraphs)-1 {
				continue
			}
			own = append(own, piece(a, from, to+1))
			from, sentences = to+1, 0
		}
		pieces = append(pieces, borrow(own)...)
	}
	return pieces
}

// borrow gives each piece the questions of another of the same article, as ones that it does not answer: it is about the same,
// but does not say that.
func borrow(pieces []eval.Article) []eval.Article {
	lent := make([]eval.Article, len(pieces))
	for i, p := range pieces {
		lent[i] = p
		other := pieces[(i+(len(pieces)+1)/2)%len(pieces)]
		if other.ID == p.ID {
			continue
		}
		for _, d := range other.Dialogs {
			t := d.Turns[0]
			t.Answerable, t.Answers = false, nil
			lent[i].Dialogs = append(lent[i].Dialogs[:len(lent[i].Dialogs):len(lent[i].Dialogs)], eval.Dialog{Turns: []eval.Turn{t}})
		}
	}
	return lent
}

// piece is paragraphs [from, to) of an article.
func piece(a eval.Article, from, to int) eval.Article {
	var paragraphs []string
	for _, p := range a.Paragraphs[from:to] {
		paragraphs = append(paragraphs, p.Text)
	}
	p := eval.Article{Article: corpus.New(corpus.Article{ID: fmt.Sprintf("%s#%d", a.ID, from), Title: a.Title, Language: a.Language}, paragraphs)}
	for _, d := range a.Dialogs {
		t := d.Turns[0]
		var inside []eval.Annotation
		for _, n := range t.Answers {
			if n.Paragraph >= from && n.Paragraph < to {
				n.Paragraph -= from
				inside = append(inside, n)
			}
		}
		if len(d.Turns) == 1 && t.Scored() && len(inside) == len(t.Answers) {
			t.Answers = inside
			p.Dialogs = append(p.Dialogs, eval.Dialog{Turns: []eval.Turn{t}})
		}
	}
	return p
}
