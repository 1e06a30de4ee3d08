package answer_test

import (
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// TestSupports: words that are missing, other figures, a "not" more or less and names that change places are no support.
func TestSupports(t *testing.T) {
	a := corpus.New(corpus.Article{ID: "ferry", Title: "The Northport ferry"}, []string{
		"The new ship cost 41 million crowns, of which the state paid a third.",
		"On Monday Olsen praised Tamm for the design.",
		"Nobody was hurt when the Marta ran aground.",
	})
	tests := []struct {
		paragraph int
		statement string
		want      bool
	}{
		{0, "The new ship cost 41 million crowns.", true},
		{0, "The state paid a third.", true},
		{0, "The new Northport ship cost 41 million crowns", true}, // its title says Northport
		{0, "The new ship cost 14 million crowns.", false},
		{0, "The new ship did not cost 41 million crowns.", false},
		{0, "The moon is made of cheese.", false},
		{0, "", false},
		{0, "It is so.", false},
		{1, "On Monday Olsen praised Tamm.", true},
		{1, "On Monday Tamm praised Olsen.", false},
		{1, "Tamm praised Olsen.", false},
		{2, "Somebody was hurt when the Marta ran aground.", false},
		{2, "Nobody was hurt when the Marta ran aground.", true},
	}
	for _, tt := range tests {
		p := answer.PassageAt(a, corpus.Place{Block: tt.paragraph})
		if got := p.Supports(tt.statement); got != tt.want {
			t.Errorf("%q supports %q: %v", p.Text, tt.statement, got)
		}
	}
	if p := answer.PassageAt(a, corpus.Place{}); p.Supports(strings.Repeat("\xff ", 9)) {
		t.Error("bytes that are no text are supported")
	}
}
