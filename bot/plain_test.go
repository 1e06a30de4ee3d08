package bot

import (
	"strings"
	"testing"

	"citebot/answer"
)

// TestAsText: whatever is shown in an embed fits a message's text, with its passages and addresses, if not always all of them.
func TestAsText(t *testing.T) {
	for _, l := range looks() {
		r := l.reply.asText()
		if r.embed != nil || units(r.text) > contentLength || strings.TrimSpace(r.text) == "" {
			t.Errorf("%s: %d units: %s", l.name, units(r.text), r.text)
		}
		if strings.Count(r.text, codeFence)%2 == 1 {
			t.Errorf("%s: code without an end:\n%s", l.name, r.text)
		}
		if e := l.reply.embed; e != nil && units(e.Description) < contentLength*3/4 {
			for line := range strings.Lines(e.Description) {
				if !strings.Contains(line, "](http") && !strings.Contains(r.text, strings.TrimSpace(line)) {
					t.Errorf("%s: missing: %s in\n%s", l.name, line, r.text)
				}
			}
		}
	}
}

func TestAsTextKeepsCitation(t *testing.T) {
	a := long()
	a.URL = "https://harbour.example/" + strings.Repeat("x", 300)
	p := passage(a, 1, 3, "harbour")
	r := renderAnswer(answer.Answer{Verdict: answer.Answered, Confidence: .9, Passages: []answer.Passage{p}}, asked{}).asText()
	for _, want := range []string{"> Sentence number 3 of", "¶1 s3", "<" + a.URL} {
		if !strings.Contains(r.text, want) {
			t.Errorf("without %s:\n%s", want, r.text)
		}
	}
}

func TestFitContent(t *testing.T) {
	long := "> " + strings.TrimSpace(strings.Repeat("some words and ", 200))
	link := "Title, [¶1 s1](https://a.example/page#:~:text=" + strings.Repeat("word%20", 60) + ")"
	for name, text := range map[string]string{
		"long line":          long + "\n" + link,
		"long emphasis":      "> **" + strings.TrimPrefix(long, "> ") + "**\n" + link,
		"many short lines":   strings.Repeat("> - an item\n", 300) + link,
		"many emphasised":    strings.Repeat("> **an item** of some length, as lists in guides have them\n", 100) + link,
		"code":               "```\n" + strings.Repeat("nimbus start [here](https://b.example/x)\n", 100) + "```\n" + link,
		"escapes at the cut": "> " + strings.Repeat(`\*`, 2000) + "\n" + link,
		"no spaces":          "> " + strings.Repeat("😀", 1500) + "\n" + link,
		"invalid":            "> " + strings.Repeat("\xff", 3000) + "\n" + link,
	} {
		got := fitContent(text)
		if units(got) > contentLength {
			t.Errorf("%s: %d units", name, units(got))
		}
		if !strings.HasSuffix(got, "Title, ¶1 s1 <https://a.example/page>") || !strings.Contains(got, omitted) {
			t.Errorf("%s: no link, or no mark:\n%s", name, got)
		}
		if strings.Count(strings.ReplaceAll(got, `\*`, ""), "**")%2 == 1 || strings.Count(got, codeFence)%2 == 1 {
			t.Errorf("%s: markup is left open:\n%s", name, got)
		}
	}
	if got := fitContent(strings.Repeat("Title, [¶1](https://a.example/"+strings.Repeat("y", 480)+")\n", 8)); units(got) > contentLength {
		t.Errorf("%d units of links", units(got))
	}
	if got := fitContent(strings.Repeat("```\nx\n", 700)); units(got) > contentLength || strings.Count(got, codeFence)%2 == 1 {
		t.Errorf("%d units of code", units(got))
	}
	if got := fitContent("```\n[a](https://b.example/x)\n```"); !strings.Contains(got, "[a](https://b.example/x)") {
		t.Errorf("code was changed: %s", got)
	}
	if got := fitContent(markdown("[a](https://b.example/x)", nil, "")); strings.Contains(got, "<") {
		t.Errorf("an article's words became a link: %s", got)
	}
}

func FuzzFitContent(f *testing.F) {
	f.Add("> **words** and \\* [¶1](https://a.example/x)", 60)
	f.Fuzz(func(t *testing.T, text string, times int) {
		shown := strings.Repeat(text, times&0xff)
		if units(shown) > descriptionLength {
			t.Skip("longer than what an embed shows")
		}
		if got := fitContent(shown); units(got) > contentLength {
			t.Errorf("%d units", units(got))
		}
	})
}
