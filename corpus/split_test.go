package corpus_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// In each case | stands for the space where one sentence ends and the next begins (for nothing in Chinese and Japanese).
func TestSplit(t *testing.T) {
	cases := map[string][]string{
		"abbreviations": {
			"U.S. President Donald Trump will meet them.|He is in the U.S.|The talks begin today.",
			"Mr. Smith met Dr. J. K. Rowling and Mrs. Dalloway on St. Mark's Place.|They left.",
			"George R.R. Martin and J. K. Rowling write.|George W. Bush paints.",
			"The second calculator was made by A. A. Michelson.|It works.",
			"He came on Sept. 11, 2001, not in Sept.|The year was wrong.",
			"It is No. 5 of Vol. 2, see Fig. 3.|No.|He said so.",
			"It opens at 9 a.m. Friday.|It closes at 5 p.m.|Tickets cost $5 at 5 p.m. ET.",
			"Apple Inc. said on Monday that it had bought Beats Inc.|The price was high.",
			"Apple Inc. CEO Tim Cook agreed, e.g. The Beatles do, i.e. They all do, etc.|Others do not.",
			"He lives at 81st St.|A friend lives near St. Johns River.",
			"The CEO of NBC.|He left.|'Mr. Day may.'|The others don't.|Germans can’t.|Shops of M&S.|Reports vary.",
		},
		"numbers": {
			"Pi is 3.14 or so.|It rose by 4.5% to $1.2 million in 1991.|2003 was worse.",
			"1. Boil water.|2. Add tea.|3. Wait.",
			"There are two steps: 1. Boil water.|2. Add tea.",
			"In John 8:7.|The sentence goes on.",
			"It read \"1... 2... 3...\".|Nobody knew why.",
		},
		"ellipses": {
			"Well... maybe not… who knows.|Then he left...|The door closed.",
			"\"I was alone ... Suddenly it rang,\" he said. [...]|It stopped.",
			"He left. . . . and came back.",
		},
		"closing marks": {
			"“I left.”|She stayed.|(He did not.)|'No.'|\"Yes!\"|Done.",
			"He called it the \"end\".|Others (among them me).|She wrote [sic].|Fine.",
			"Water boils.[12]|Ice melts.[citation needed]|Steam rises.¹|Fog falls.",
		},
		"attribution": {
			"“Why?” he asked.|“Go away!” she cried.|“Now?” Mr. Smith asked.|“Who?”|Alice Liddell smiled.",
			"\"Stop!\" Alice Liddell said.|\"Really?\"|They left.|\"Why?\"|He said no.",
			"What?!|No way!!|Is it?..|Yes.",
		},
		"tokenised": {
			"The museum , in Nashville , is large .|Chartered in 1964 , it grew .|`` Who ? '' he said .|`` Me . ''|( Him . )|J.K. Rowling left .",
			"The most seasons (. 500 or better ) count .|Others do not .",
		},
		"addresses": {
			"See https://example.com/a.b?c=d.|It is at www.example.com.|Write to a.b@example.org.|Node.js runs.",
			"Save it as report.final.pdf and open it.|Version 1.2.3 is out.",
		},
		"lower case": {
			"i went home.|then i slept.|why?|because.",
			"It uses one of the first four banks.|nds-bootstrap tries another.|it may fail, e.g. when all are full.",
			"Add 2 tbsp. sugar, approx. one spoon.|A Mr. and Mrs. de Witt did, i.e. both of them.",
			"It cost approx. five dollars, says the iPhone.|iPhones are dear.|The end.",
		},
		"signs": {
			"See you there! 🎉🚀", "Done. ✅", "It works!|🚀 Launch it.|Bye. 👋🏻", "✅ Yes.|❌ No.",
		},
		"other languages": {
			"Am 3. Oktober kam Dr. Müller, z. B. Wein trinken, usw.|Er blieb bis zum 19. Jahrhundert.|„Ja.“|»Nein.«|Ende.",
			"M. Dupont est venu.|« Oui. »|Il est parti.|Voir p. 5, etc.|Le reste suit.",
			"El Sr. García vive en EE. UU.|¿Por qué?|¡No lo sé!|Fin.",
			"Il dott. Rossi abita qui.|Perché?|Il sig. Verdi no.",
			"O Sr. Silva mora em Lisboa.|A Sra. Costa não.",
			"今天天气很好。|我们去公园！|真的吗？|“走吧。”|好",
			"「はい。」と言った。|そうですか？|「うん。」|終わり",
			"ما هذا؟|هذا كتاب.|شكرا",
			"वह घर गया।|वह सो गया॥|अंत",
			"Это дом.|А. С. Пушкин жил здесь.|Конец.",
			"Το σπίτι.|Τι κάνεις;",
		},
		"white space": {
			"  A line\nthat is wrapped.|Another\r\none.|One.|Two.|Last.  ",
		},
		"nothing": {"", " \n ", "...", "?", "Hello", "— * —"},
	}
	for name, texts := range cases {
		t.Run(name, func(t *testing.T) {
			for _, marked := range texts {
				text := marked
				if unicode.Is(unicode.Han, first(marked)) || first(marked) == '「' {
					text = strings.ReplaceAll(marked, "|", "")
				}
				text = strings.ReplaceAll(text, "|", " ")
				got := strings.Join(sentences(text), "|")
				if want := strings.TrimSpace(marked); got != want {
					t.Errorf("\n got %q\nwant %q", got, want)
				}
			}
		})
	}
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func sentences(text string) []string {
	var all []string
	p := corpus.New(corpus.Article{}, []string{text}).Blocks[0]
	for _, s := range p.Sentences {
		all = append(all, p.Text[s.Start:s.End])
	}
	return all
}

func TestSplitWithoutSpace(t *testing.T) {
	got := strings.Join(sentences("They left.The door closed.\"But\" see os.Open and Mail.The. Say why?No one.It is 3.All."), "|")
	if want := "They left.|The door closed.\"|But\" see os.Open and Mail.The.|Say why?|No one.|It is 3.All."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSplitBeforePageMark(t *testing.T) {
	got := strings.Join(sentences("Tesla refused the prize.:245 The Foundation denied it.:246"), "|")
	if want := "Tesla refused the prize.|:245 The Foundation denied it.:246"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSplitCutsTextWithoutFullStops(t *testing.T) {
	for name, text := range map[string]string{
		"words":    strings.Repeat("word ", 5000),
		"no space": strings.Repeat("ä", 5000),
	} {
		for _, s := range sentences(text) {
			if len(s) > 2000 {
				t.Errorf("%s: a sentence of %d bytes", name, len(s))
			}
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Mr. Smith left. “Why?” he asked. . . .")
	f.Add("今天。\u3000好 [1][2] \xff .\n\n?!")
	f.Fuzz(func(t *testing.T, text string) {
		checkArticle(t, corpus.New(corpus.Article{}, []string{text}))
	})
}

// checkArticle fails unless all text is valid UTF-8, every sentence is a trimmed, non-empty slice of its block, in order, with
// nothing but white space between them, and sections, what leads in, and windows are as promised.
func checkArticle(t *testing.T, a *corpus.Article) {
	t.Helper()
	for _, s := range []string{a.ID, a.Title, a.Author, a.Source, a.URL, a.Published, a.Language} {
		if !utf8.ValidString(s) {
			t.Errorf("%q is not valid UTF-8", s)
		}
	}
	checkSections(t, a)
	checkWindows(t, a)
	for i, p := range a.Blocks {
		if !utf8.ValidString(p.Text) {
			t.Errorf("¶%d is not valid UTF-8", i+1)
		}
		end := 0
		for j, s := range append(p.Sentences, corpus.Span{Start: len(p.Text), End: len(p.Text)}) {
			if s.Start < end || s.End < s.Start || s.End > len(p.Text) {
				t.Fatalf("¶%d: sentences %v of %q", i+1, p.Sentences, p.Text)
			}
			if between := p.Text[end:s.Start]; strings.TrimSpace(between) != "" {
				t.Errorf("¶%d: %q belongs to no sentence", i+1, between)
			}
			text := p.Text[s.Start:s.End]
			if j < len(p.Sentences) && (text == "" || text != strings.TrimSpace(text) || !utf8.ValidString(text)) {
				t.Errorf("¶%d s%d: %q", i+1, j+1, text)
			}
			end = s.End
		}
	}
}

// checkSections fails unless sections hold all blocks without gaps, and what leads in to a block stands before it in its section.
func checkSections(t *testing.T, a *corpus.Article) {
	t.Helper()
	next := 0
	for i, s := range a.Sections {
		if s.Start != next || s.End <= s.Start || s.End > len(a.Blocks) {
			t.Fatalf("section %d is %+v of %d blocks, and begins at %d", i, s, len(a.Blocks), next)
		}
		next = s.End
		for _, h := range s.Headings {
			if h == "" || h != strings.Join(strings.Fields(h), " ") || !utf8.ValidString(h) {
				t.Errorf("heading %q", h)
			}
		}
		for k := s.Start; k < s.End; k++ {
			b := a.Blocks[k]
			if b.Section != i || b.Lead < -1 || b.Lead >= k || b.Lead >= 0 && b.Lead < s.Start {
				t.Errorf("block %d of section %d: %+v", k, i, b)
			}
		}
	}
	if next != len(a.Blocks) {
		t.Errorf("sections end at %d of %d blocks", next, len(a.Blocks))
	}
}

func BenchmarkNew(b *testing.B) {
	for name, text := range map[string]string{
		"prose": strings.Repeat("The U.S. President met Mr. Smith on Sept. 11. “Why?” he asked. ", 16_000),
		"dots":  strings.Repeat(". ", 500_000),
		"word":  strings.Repeat("a.", 500_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				corpus.New(corpus.Article{}, []string{text})
			}
		})
	}
}
