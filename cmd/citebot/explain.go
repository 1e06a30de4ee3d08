package main

import (
	"fmt"

	"citebot/answer"
)

// explanations prints the verdict on a and, for each passage, what makes its score.
func (s screen) explanations(a answer.Answer, why []answer.Explanation) {
	s.line("%s, confidence %.2f", a.Verdict, a.Confidence)
	for i, e := range why {
		s.line("")
		s.paragraph(fmt.Sprintf("%d. ", i+1), "   ", emphasised(e.Passage.Text, e.Passage.Highlights, a.Verdict)...)
		s.citation("   ", e.Passage.Citation)
		s.line("   score %.2f, probability %.2f among the candidates", e.Passage.Score, e.Share)
		for _, p := range e.Parts {
			s.line("   %+7.2f = %5.2f × %5.2f  %s", p.Adds, p.Value, p.Weight, p.Feature)
		}
	}
}
