package eval

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"citebot/answer"
	"citebot/corpus"
)

// Score is how good an engine was on one file. Shares are 0..1. What a file has nothing to score by is nil.
type Score struct {
	File        string       `json:"file"`
	Scope       Scope        `json:"scope"`
	History     History      `json:"history"`
	Articles    int          `json:"articles"`
	Questions   int          `json:"questions"`
	Ranking     []Ranking    `json:"ranking,omitempty"`
	Refusal     *Refusal     `json:"refusal,omitempty"`
	Calibration *Calibration `json:"calibration,omitempty"`
	Emphasis    *Emphasis    `json:"emphasis,omitempty"`
	Quotations  *Quotations  `json:"quotations,omitempty"`
	Sentences   *Overlap     `json:"sentences,omitempty"`
	Verbatim    *Verbatim    `json:"verbatim,omitempty"`
	Latency     *Latency     `json:"latency,omitempty"`
}

// NewScore scores predictions, which must be about articles. File and settings are copied for whoever reads the score.
func NewScore(file string, s Settings, articles []Article, predictions []Prediction) Score {
	return Score{
		File:        file,
		Scope:       s.Scope,
		History:     s.History,
		Articles:    len(articles),
		Questions:   len(predictions),
		Ranking:     scoreRanking(predictions),
		Refusal:     scoreRefusal(predictions),
		Calibration: scoreCalibration(predictions),
		Emphasis:    scoreEmphasis(predictions),
		Quotations:  scoreQuotations(articles),
		Sentences:   scoreSentences(articles),
		Verbatim:    scoreVerbatim(predictions),
		Latency:     scoreLatency(predictions),
	}
}

// Overlap compares what was found with what annotators have marked.
type Overlap struct {
	Reference int     `json:"reference"` // how many are marked
	Found     int     `json:"found"`
	Right     int     `json:"right"` // how many of those found are marked
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func newOverlap(reference, found, right int) Overlap {
	return Overlap{
		Reference: reference,
		Found:     found,
		Right:     right,
		Precision: share(right, found),
		Recall:    share(right, reference),
		F1:        share(2*right, reference+found),
	}
}

// scoreSentences compares boundaries inside paragraphs: where every sentence but the first starts.
func scoreSentences(articles []Article) *Overlap {
	var reference, found, right int
	for _, a := range articles {
		for i, spans := range a.Sentences {
			paragraph := a.Paragraphs[i]
			want, have := boundaries(paragraph.Text, spans), boundaries(paragraph.Text, paragraph.Sentences)
			reference += len(want)
			found += len(have)
			for at := range have {
				if want[at] {
					right++
				}
			}
		}
	}
	if reference == 0 {
		return nil
	}
	o := newOverlap(reference, found, right)
	return &o
}

// boundaries are the bytes at which sentences but the first start, white space skipped, as data sets differ in which
// sentence it belongs to.
func boundaries(text string, sentences []corpus.Span) map[int]bool {
	starts := map[int]bool{}
	for i, s := range sentences {
		at := len(text) - len(strings.TrimLeftFunc(text[s.Start:], unicode.IsSpace))
		if i > 0 && at < len(text) {
			starts[at] = true
		}
	}
	return starts
}

// Emphasis is how well highlights show which words of a right first passage are the answer.
type Emphasis struct {
	Turns   int     `json:"turns"`   // whose first passage is right
	Overlap float64 `json:"overlap"` // share of them whose highlights overlap an annotated answer
	Share   float64 `json:"share"`   // of the passage's bytes that is highlighted, on average
}

func scoreEmphasis(predictions []Prediction) *Emphasis {
	var turns, overlapping int
	var emphasised float64
	for _, p := range predictions {
		if !p.Turn.Scored() || p.rank() != 1 {
			continue
		}
		turns++
		first := p.Answer.Passages[0]
		if overlapsAnswer(first, p.Turn.Answers) {
			overlapping++
		}
		emphasised += highlightedShare(first)
	}
	if turns == 0 {
		return nil
	}
	return &Emphasis{turns, share(overlapping, turns), rounded(emphasised / float64(turns))}
}

func overlapsAnswer(p answer.Passage, answers []Annotation) bool {
	start := p.Article.Paragraphs[p.Place.Paragraph].Sentences[p.Place.Sentence].Start
	for _, h := range p.Highlights {
		for _, n := range answers {
			if n.Paragraph == p.Place.Paragraph && start+h.Start < n.End && n.Start < start+h.End {
				return true
			}
		}
	}
	return false
}

func highlightedShare(p answer.Passage) float64 {
	highlighted := make([]bool, len(p.Text)) // as ranges may overlap
	for _, h := range p.Highlights {
		for i := max(h.Start, 0); i < min(h.End, len(highlighted)); i++ {
			highlighted[i] = true
		}
	}
	n := 0
	for _, yes := range highlighted {
		if yes {
			n++
		}
	}
	return share(n, len(highlighted))
}

// Verbatim is the check of the promise that every passage is a slice of its article. Broken must be 0.
type Verbatim struct {
	Passages int `json:"passages"`
	Broken   int `json:"broken"`
}

func scoreVerbatim(predictions []Prediction) *Verbatim {
	if len(predictions) == 0 {
		return nil
	}
	var v Verbatim
	for _, p := range predictions {
		for _, passage := range p.Answer.Passages {
			v.Passages++
			if !verbatim(passage) {
				v.Broken++
			}
		}
	}
	return &v
}

// verbatim reports whether p is the sentence at its place, between what stands around it there.
func verbatim(p answer.Passage) bool {
	if p.Article == nil || !p.Article.Has(p.Place) {
		return false
	}
	paragraph := p.Article.Paragraphs[p.Place.Paragraph]
	sentence := paragraph.Sentences[p.Place.Sentence]
	for _, h := range p.Highlights {
		if h.Start < 0 || h.Start > h.End || h.End > len(p.Text) {
			return false
		}
	}
	return p.Text == paragraph.Text[sentence.Start:sentence.End] &&
		strings.HasSuffix(paragraph.Text[:sentence.Start], p.Before) &&
		strings.HasPrefix(paragraph.Text[sentence.End:], p.After)
}

// Latency is how long Ask took, in milliseconds, measured one question at a time.
type Latency struct {
	Questions int     `json:"questions"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

func scoreLatency(predictions []Prediction) *Latency {
	if len(predictions) == 0 {
		return nil
	}
	var took []time.Duration
	for _, p := range predictions {
		took = append(took, p.Took)
	}
	slices.Sort(took)
	return &Latency{len(took), percentile(took, 50), percentile(took, 99)}
}

// percentile is the smallest of sorted, in milliseconds, that at least p of 100 do not exceed (the nearest rank).
func percentile(sorted []time.Duration, p int) float64 {
	rank := (p*len(sorted) + 99) / 100
	return rounded(sorted[rank-1].Seconds() * 1000)
}

// share is n of all, or 0 of nothing.
func share(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return rounded(float64(n) / float64(all))
}
