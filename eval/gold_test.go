package eval_test

import (
	"testing"

	"citebot/eval"
)

// The decisions are those of the rule as it is published with the questions: each was checked with that program.
func TestGoldIn(t *testing.T) {
	tests := []struct {
		name, passage, gold string
		want                bool
	}{
		{"the same", "The pier is 90 m long.", "The pier is 90 m long.", true},
		{"case, white space and marks", "“The  *pier*\nis `90` m long…” ", `"the pier is 90 m long..."`, true},
		{"gold within", "Look: the pier is 90 m long. Bring shoes.", "The pier is 90 m long.", true},
		{"gold within a word", "The piers are 90 m long.", "pier", true},
		{"half of gold", "The pier is", "The pier is 90 m long.", true},
		{"less than half", "The pier", "The pier is 90 m long.", false},
		{"half of gold, another place", "is 90 m", "The pier is 90 m long.", true},
		{"half of a word more", "he pier is", "The pier is 90 m long.", true},
		{"four fifths of the words", "Its pier is 90 m.", "The pier is 90 m", true},
		{"three fifths", "Its pier is 80 m.", "The pier is 90 m", false},
		{"all words, but lost among others", "Of all that m people say of 90 piers, is any pier the same as this one here?", "The pier is 90 m", false},
		{"all words, and as many others", "m 90 is pier the of this one for us", "The pier is 90 m", true},
		{"all words, and one more", "m 90 is pier the of this one for us all", "The pier is 90 m", false},
		{"words said twice", "The the the pier pier is 90 m", "The pier, m, is 90.", true},
		{"another order", "Ninety metres is the pier.", "The pier is ninety metres.", true},
		{"no words", "—", "The pier is 90 m long.", false},
		{"nothing", "", "The pier is 90 m long.", false},
		{"nothing, of nothing", "", "—", true},
		{"no words in gold", "The pier is long.", "→", false},
		{"no words in gold, but in the passage", "Menu → Settings", "→", true},
		{"underscores part words", "set max_players to 9", "set max players to 9", true},
		{"table", "| Max | 9 |", "Max 9", true},
		{"soft hyphen", "Har\u00adbour", "Harbour", false},
		{"another apostrophe", "It’s shut", "it's shut", true},
		{"accents count", "Le cafe est ferme", "Le café est fermé", false},
		{"accents apart", "cafe\u0301", "caf", true},
		{"capital of ß", "STRASSE", "straße", false},
		{"İ", "İzmir pier", "i̇zmir pier", true},
		{"final sigma", "ΟΔΟΣ", "οδο\u03c3", false},
		{"final sigma, as it is written", "ΟΔΟΣ", "οδο\u03c2", true},
		{"superscript", "an area of 5 m²", "area of 5 m²", true},
		{"separators of ASCII", "the\x1cpier\x1fis long", "the pier is long", true},
		{"zero-width space", "the\u200bpier", "the pier", true},
		{"narrow space", "90\u202fm", "90 m", true},
		{"other scripts", "码头长九十米。", "码头长九十米", true},
		{"vowel signs", "घाट लम्बा है", "घाट लम्बा", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := (eval.Gold{Text: test.gold}).In(test.passage); got != test.want {
				t.Errorf("%q in %q: %v", test.gold, test.passage, got)
			}
		})
	}
}
