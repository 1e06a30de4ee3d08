package answer_test

import (
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// TestEmphasis: what the reader marks, here between bars, is widened to what a person would underline.
func TestEmphasis(t *testing.T) {
	tests := []struct{ marked, want string }{
		{"The shop opens at |nine| on Sundays.", "nine"},
		{"It was found by |Mar|ta Olsen in May.", "Marta Olsen"},
		{"It was found by Marta |Olsen| in May.", "Marta Olsen"},
		{"The vote is on 14 |May| this year.", "14 May"},
		{"The vote is on |1|4 May this year.", "14 May"},
		{"He paid |2|.4 million crowns for it.", "2.4 million"},
		{"Use |npm| or |yarn|.", "npm"},
		{"A team has |five| members at most.", "five"},
		{"A team has |5| members at most.", "5 members"},
		{"They called it “the |long| winter” there.", "long"},
		{"They called it “|the long winter|” there.", "“the long winter”"},
		{"Press it twice (|hold it down|) to stop.", "(hold it down)"},
		{"Run |citebot ask| --top 3 first.", "citebot ask"},
		{"It costs |$1|5.", "$15"},
		{"Set |DISCORD_TOK|EN to it.", "DISCORD_TOKEN"},
		{"No, |you cannot|.", "you cannot"},
		{"Nothing at all.||", ""},
		{"Über |Zürich| flog es.", "Zürich"},
		{"日本|の港|は閉まった。", "日本の港は閉まった"},
	}
	for _, test := range tests {
		parts := strings.SplitN(test.marked, "|", 4)
		text := strings.ReplaceAll(test.marked, "|", "")
		span := corpus.Span{Start: len(parts[0]), End: len(parts[0]) + len(parts[1])}
		got := ""
		for _, h := range answer.Emphasis(text, span) {
			got += text[h.Start:h.End]
		}
		if got != test.want {
			t.Errorf("%s: %q is emphasised, want %q", test.marked, got, test.want)
		}
	}
}
