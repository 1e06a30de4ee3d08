package corpus

// Quotation is what somebody is quoted as saying: words in quotation marks, and who said them.
//
// Start and End enclose everything from the first opening to the last closing mark, so the text shown is one slice of the
// paragraph even when the attribution interrupts the words (“…,” he said, “…”); Parts are the quoted words alone.
type Quotation struct {
	Speaker   string // the fullest form of the name in the article; "" where the article does not say, or not clearly
	Cue       string // the verb of saying, as written ("said"); "" if there is none
	Paragraph int    // 0-based
	Start     int    // byte offset in the paragraph of the first opening mark
	End       int    // byte offset just after the last closing mark
	Parts     []Span // each within the paragraph, quotation marks left out, in order; at least one
	Partial   bool   // a fragment worked into the writer's own sentence (pledging to “work to stop …”)
}

// QuotationText is q's slice of the article: marks, words and, if it interrupts them, the attribution.
func (a *Article) QuotationText(q Quotation) string {
	return a.Paragraphs[q.Paragraph].Text[q.Start:q.End]
}

// QuotationPlace is the sentence in which q starts.
func (a *Article) QuotationPlace(q Quotation) Place {
	return Place{q.Paragraph, a.Paragraphs[q.Paragraph].SentenceAt(q.Start)}
}

// findQuotations finds who is quoted as saying what, in text order.
func findQuotations(a *Article) []Quotation { return nil }
