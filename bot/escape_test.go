package bot

import (
	"strings"
	"testing"

	"citebot/corpus"
)

func TestMarkdownShowsWhatTheArticleSays(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain text", "Mr. Smith paid $5 (five) & left.", "Mr. Smith paid $5 (five) & left."},
		{"emphasis", "*a* _b_ __c__ ~~d~~ ||e||", `\*a\* \_b\_ \_\_c\_\_ \~\~d\~\~ \|\|e\|\|`},
		{"code", "`x` ```y```", "\\`x\\` \\`\\`\\`y\\`\\`\\`"},
		{"backslash", `C:\new`, `C:\\new`},
		{"user mention", "<@123> <@!123> <@&5> <#7>", `\<\@123> \<\@!123> \<\@&5> \<#7>`},
		{"everyone", "@everyone and @here", `\@everyone and \@here`},
		{"custom emoji", "<:smile:1> <a:wave:2>", `\<:smile:1> \<a:wave:2>`},
		{"timestamp and command", "<t:1> </ask:5>", `\<t:1> \</ask:5>`},
		{"link", "see https://example.com/a_b", `see https\://example.com/a\_b`},
		{"masked link", "[click](http://x.y)", `\[click\](http\://x.y)`},
		{"invite", "join discord.gg/abc or Discord.com/invite/x", `join discord\.gg/abc or Discord\.com/invite/x`},
		{"heading", "# one\n## two", "\\# one\n> \\## two"},
		{"subtext", "-# small", `\-# small`},
		{"lists", "- a\n+ b\n12. c", "\\- a\n> \\+ b\n> 12\\. c"},
		{"quotation mark of mail", "> quoted", `\> quoted`},
		{"signs inside a line", "a - b # c > d 3. e", "a - b # c > d 3. e"},
		{"bidi override", "abc\u202Edef\u202C", "abc‹U+202E›def‹U+202C›"},
		{"zero width", "pay\u200Bpal\u2060\uFEFF", "pay‹U+200B›pal‹U+2060›‹U+FEFF›"},
		{"controls", "a\x00b\x1bc\td", "a‹U+0000›b‹U+001B›c\td"},
		{"joiner in Latin", "a\u200Db", "a‹U+200D›b"},
		{"joiner in Persian", "می\u200Cخواهم", "می\u200Cخواهم"},
		{"joiner in emoji", "👩\u200D👩\u200D👧", "👩\u200D👩\u200D👧"},
		{"flag of Scotland", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"},
		{"tags without a flag", "a\U000E0067", "a‹U+E0067›"},
		{"direction mark in Hebrew", "שלום\u200F!", "שלום\u200F!"},
		{"direction mark in Latin", "abc\u200F!", "abc‹U+200F›!"},
		{"soft hyphen", "Donau\u00ADdampf", "Donau\u00ADdampf"},
		{"invalid UTF-8", "a\xff", "a\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := markdown(tt.text, nil, "> "); got != tt.want {
				t.Errorf("markdown(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestMarkdownEmphasises(t *testing.T) {
	tests := []struct {
		name, text string
		bold       []corpus.Span
		want       string
	}{
		{"a word", "on Friday night", []corpus.Span{{Start: 3, End: 9}}, "on **Friday** night"},
		{"all of it", "Friday", []corpus.Span{{Start: 0, End: 6}}, "**Friday**"},
		{"neighbours become one", "on Friday night", []corpus.Span{{Start: 10, End: 15}, {Start: 3, End: 9}}, "on **Friday night**"},
		{"overlapping", "on Friday night", []corpus.Span{{Start: 3, End: 8}, {Start: 5, End: 9}}, "on **Friday** night"},
		{"inside a rune", "aéb", []corpus.Span{{Start: 2, End: 4}}, "aé**b**"},
		{"out of range", "abc", []corpus.Span{{Start: -4, End: 1}, {Start: 2, End: 99}, {Start: 50, End: 60}}, "**a**b**c**"},
		{"empty or white", "a b", []corpus.Span{{Start: 1, End: 1}, {Start: 1, End: 2}}, "a b"},
		{"markup in it", "a*b*c", []corpus.Span{{Start: 1, End: 4}}, `a**\*b\***c`},
		{"over a line break", "one\ntwo three", []corpus.Span{{Start: 0, End: 7}}, "**one**\n> **two** three"},
		{"ending at a line break", "one\ntwo", []corpus.Span{{Start: 0, End: 4}}, "**one**\n> two"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := markdown(tt.text, tt.bold, "> "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlainKeepsMarkdownAndShowsTheInvisible(t *testing.T) {
	if got, want := plain("*Who*\u202E <@1>\nand?"), "*Who*‹U+202E› <@1> and?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzMarkdown holds markdown against the reader of Discord's markdown in look_test.go: whatever the text and the emphasis, a
// reader sees its characters and nothing else.
func FuzzMarkdown(f *testing.F) {
	f.Add("The *two* men <@1> will sign https://x.y/z\n- on Friday.", 4, 9)
	f.Add("1. # -# > `a` ||b|| [c](http://d)", 0, 40)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		got := readMarkdown("> " + markdown(text, []corpus.Span{{Start: start, End: end}}, "> "))
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = plain(lines[i])
		}
		if want := strings.Join(lines, "\n"); got.text() != want {
			t.Errorf("a reader sees %q, want %q", got.text(), want)
		}
	})
}
