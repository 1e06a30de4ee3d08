package corpus_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"citebot/corpus"
)

// quotationsOf are an article's quotations as "speaker (cue): part / part", partial ones with a ~ in front.
func quotationsOf(a *corpus.Article) []string {
	var lines []string
	for _, q := range a.Quotations {
		var parts []string
		for _, s := range q.Parts {
			parts = append(parts, a.Blocks[q.Block].Text[s.Start:s.End])
		}
		line := fmt.Sprintf("%s (%s): %s", q.Speaker, q.Cue, strings.Join(parts, " / "))
		if q.Partial {
			line = "~" + line
		}
		lines = append(lines, line)
	}
	return lines
}

func TestQuotationMarks(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string // the quoted parts
	}{
		{"straight", `"The bus was late again." It rained.`, []string{"The bus was late again."}},
		{"curly", `“The bus was late again.” It rained.`, []string{"The bus was late again."}},
		{"doubled apostrophes", `''It's the baker's bus,'' he said.`, []string{"It's the baker's bus,"}},
		{"typewriter", "``The bus was late,'' he said.", []string{"The bus was late,"}},
		{"single", `‘The bus is the drivers’ home,’ he said. The ’90s were slow.`, []string{"The bus is the drivers’ home,"}},
		{"straight single", `'I don't drive the '98 bus,' he said. Rock 'n' roll.`, []string{"I don't drive the '98 bus,"}},
		{"guillemets", `« Le bus est en retard », dit-elle.`, []string{"Le bus est en retard"}},
		{"guillemets inwards", `»Der Bus kommt heute nicht«, sagte sie.`, []string{"Der Bus kommt heute nicht"}},
		{"single guillemets", `‹Der Bus kommt heute nicht›, sagte sie.`, []string{"Der Bus kommt heute nicht"}},
		{"low", `„Der Bus kommt heute nicht“, sagte sie.`, []string{"Der Bus kommt heute nicht"}},
		{"low, Polish", `„Autobus dzisiaj nie przyjedzie”, powiedziała.`, []string{"Autobus dzisiaj nie przyjedzie"}},
		{"Swedish", `”Bussen kommer inte i dag”, sade hon.`, []string{"Bussen kommer inte i dag"}},
		{"corners", `「今日はバスが来ません」と彼女は言った。`, []string{"今日はバスが来ません"}},
		{"other kind inside", `“She said ‘no bus today’ to me,” he said.`, []string{"She said ‘no bus today’ to me,"}},
		{"same kind inside", `“She said “no bus today” to me,” he said.`, []string{"She said “no bus today” to me,"}},
		{"straight inside straight", `"I call it a "bus," you know," he said.`, []string{`I call it a "bus," you know,`}},
		{"closed by another kind", `"The bus was late,” he said.`, []string{"The bus was late,"}},
		{"space forgotten", `He said,"The bus was late,"and left.`, []string{"The bus was late,"}},
		{"feet and inches", `He is 6'2" tall. "I never fit in the bus," he said.`, []string{"I never fit in the bus,"}},
		{"inches inside", `"A 12" wheel is too small," he said.`, []string{`A 12" wheel is too small,`}},
		{"a year is not inches", `"It was worse in 2012" is what he said.`, []string{"It was worse in 2012"}},
		{"never closed", `“The bus was late again, he said.`, nil},
		{"never opened", `The bus was late again,” he said.`, nil},
		{"one never closed", `“The bus was late, he said. “It was full of rain.”`, []string{"It was full of rain."}},
		{"nothing inside", `He typed "" and "..." and “ ”.`, nil},
		{"scare quotes", `The so-called “express bus” is slow.`, nil},
		{"title", `She wrote the book “How the Buses Were Lost” in a year.`, nil},
		{"possessive plural", `The drivers' room and the riders' room are cold.`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := corpus.New(corpus.Article{}, []string{test.text})
			var got []string
			for _, q := range a.Quotations {
				for _, s := range q.Parts {
					got = append(got, test.text[s.Start:s.End])
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSpeakers(t *testing.T) {
	const cast = "Mayor Ruth Ekholm met Peter Brandt, 44, a driver, and Larry King at the depot on Monday."
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		// What stands after the quotation.
		{"subject, cue", `“Buses are for everyone,” Ekholm said.`, []string{"Ruth Ekholm (said): Buses are for everyone,"}},
		{"cue, subject", `“Buses are for everyone,” said Ruth Ekholm on Friday.`, []string{"Ruth Ekholm (said): Buses are for everyone,"}},
		{"according to", `“Buses are for everyone,” according to Ekholm.`, []string{"Ruth Ekholm (according to): Buses are for everyone,"}},
		{"signed", `“Buses are for everyone.” — Ruth Ekholm`, []string{"Ruth Ekholm (): Buses are for everyone."}},
		{"title and apposition", `“Buses are for everyone,” Mayor Ruth Ekholm, who is 60, told reporters.`, []string{"Ruth Ekholm (told): Buses are for everyone,"}},
		{"any verb", `“Not one more bus!” Brandt thundered.`, []string{"Peter Brandt (thundered): Not one more bus!"}},
		{"not a verb that follows later", `“The bus leaves at five.” Brandt walked home because he said nothing.`, []string{" (): The bus leaves at five."}},
		{"question mark", `“Who drives tonight?” Brandt asked.`, []string{"Peter Brandt (asked): Who drives tonight?"}},
		{"name before a role is not the speaker", `“We are full,” said Ekholm spokesman Anton Falk.`, []string{"Anton Falk (said): We are full,"}},
		{"role before a name", `“We are full,” a spokesman, Anton Falk, said.`, []string{"Anton Falk (said): We are full,"}},
		{"role", `“We are full,” a spokesman for the depot said.`, []string{"a spokesman for the depot (said): We are full,"}},
		{"role at the start", `The officials said, “We are full.”`, []string{"the officials (said): We are full."}},
		{"two", `“We are full,” said Ekholm and Brandt.`, []string{"Ruth Ekholm and Peter Brandt (said): We are full,"}},
		{"surname that is a title", `“We are full,” Mr. King said.`, []string{"Larry King (said): We are full,"}},
		{"end of the sentence", `Drivers who “never complained about anything” are leaving now, Brandt said.`, []string{"~Peter Brandt (said): never complained about anything"}},

		// What stands before it.
		{"colon", `Ekholm: “Buses are for everyone.”`, []string{"Ruth Ekholm (): Buses are for everyone."}},
		{"cue and colon", `Brandt had one wish: “Give us warm buses, please.”`, []string{"Peter Brandt (): Give us warm buses, please."}},
		{"cue and comma", `On Friday, Brandt said, “Give us warm buses.”`, []string{"Peter Brandt (said): Give us warm buses."}},
		{"capitals", `BRANDT: "Give us warm buses, please."`, []string{"Peter Brandt (): Give us warm buses, please."}},
		{"infinitive", `Brandt went on to say, “Give us warm buses.”`, []string{"Peter Brandt (say): Give us warm buses."}},
		{"who", `Anton Falk (Depot Ltd.), who told reporters “give us warm buses,” left.`, []string{"~Anton Falk (told): give us warm buses,"}},
		{"worked in", `Ekholm criticized her rival Brandt for doing "NOTHING while hundreds of riders were freezing."`,
			[]string{"~Ruth Ekholm (criticized): NOTHING while hundreds of riders were freezing."}},
		{"fragment with a cue", `Brandt called the plan “a disgrace” and said it was “unfair.”`, []string{"~Peter Brandt (called): a disgrace", "~Peter Brandt (said): unfair."}},
		{"denied", `Brandt has not said it was “a day for the history books,” or so.`, []string{"~ (): a day for the history books,"}},
		{"asked, not asking", `Asked by Ekholm, Brandt said, “Give us warm buses.”`, []string{"Peter Brandt (said): Give us warm buses."}},
		{"sign", `Brandt held up a sign that read “Give us warm buses now.”`, []string{" (read): Give us warm buses now."}},

		// Interrupted, joined or not.
		{"interrupted", `“Buses,” Ekholm said, “are for everyone.”`, []string{"Ruth Ekholm (said): Buses, / are for everyone."}},
		{"sentence after sentence", `“Buses are slow,” Ekholm said on Friday. “Trains are not.”`, []string{"Ruth Ekholm (said): Buses are slow, / Trains are not."}},
		{"another clause", `“I will drive you home,” Brandt wrote in October, pledging to “work to warm the bus.”`,
			[]string{"Peter Brandt (wrote): I will drive you home,", "~Peter Brandt (pledging): work to warm the bus."}},
		{"another sentence", `“Buses are slow,” Ekholm said. She frowned. “Trains are not.”`, []string{"Ruth Ekholm (said): Buses are slow,", " (): "}[:1]},
		{"two speakers", `“Buses are slow,” Ekholm said. “Not mine, I say,” said Brandt.`,
			[]string{"Ruth Ekholm (said): Buses are slow,", "Peter Brandt (said): Not mine, I say,"}},
		{"dialogue", `“Where is the bus?” Ekholm asked. “It is in the river,” Brandt replied.`,
			[]string{"Ruth Ekholm (asked): Where is the bus?", "Peter Brandt (replied): It is in the river,"}},

		// Who spoke before, and pronouns.
		{"same paragraph", `Ekholm said that the buses were old. “We need forty new ones by May.”`, []string{"Ruth Ekholm (): We need forty new ones by May."}},
		{"she", `Ekholm thanked Brandt. “We need forty new ones,” she said.`, []string{"Ruth Ekholm (said): We need forty new ones,"}},
		{"he", `Ekholm thanked Brandt. “We need forty new ones,” he said.`, []string{"Peter Brandt (said): We need forty new ones,"}},
		{"nobody it could be", `“We need forty new ones,” they said.`, []string{" (said): We need forty new ones,"}},

		// Other languages: as far as it is clear.
		{"German", `„Wir brauchen vierzig neue Busse“, sagte Bürgermeisterin Ruth Ekholm am Freitag.`, []string{"Ruth Ekholm (sagte): Wir brauchen vierzig neue Busse"}},
		{"French", `« Il nous faut quarante bus », a déclaré Peter Brandt.`, []string{"Peter Brandt (déclaré): Il nous faut quarante bus"}},
		{"Spanish", `«Necesitamos cuarenta autobuses nuevos», dijo Peter Brandt.`, []string{"Peter Brandt (dijo): Necesitamos cuarenta autobuses nuevos"}},
		{"Italian", `«Servono quaranta autobus nuovi», ha detto la sindaca.`, []string{" (): Servono quaranta autobus nuovi"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := quotationsOf(corpus.New(corpus.Article{}, []string{cast, test.text}))
			if !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot  %q\nwant %q", test.text, got, test.want)
			}
		})
	}
}

func TestFullestName(t *testing.T) {
	for _, test := range []struct {
		name       string
		paragraphs []string
		want       string // the speaker of the first quotation
	}{
		{"later in the article", []string{`“It works well enough,” Ekholm said.`, `Ruth Ekholm has been mayor since May.`}, "Ruth Ekholm"},
		{"title left out", []string{`Prime Minister Ruth Ekholm said, “It works well enough.”`}, "Ruth Ekholm"},
		{"nationality and title left out", []string{`Swedish Prime Minister Ruth Ekholm said, “It works well enough.”`}, "Ruth Ekholm"},
		{"middle initial", []string{`“It works well enough,” Ruth Ekholm said.`, `It was Ruth B. Ekholm who built it.`}, "Ruth B. Ekholm"},
		{"particles", []string{`Ludwig van der Berg said, “It works well enough.”`}, "Ludwig van der Berg"},
		{"form of address", []string{`Peter Ekholm met Ruth Ekholm.`, `“It works well enough,” Mrs. Ekholm said.`}, "Ruth Ekholm"},
		{"first name", []string{`Ruth Ekholm came by bus.`, `“It works well enough,” Ruth said.`}, "Ruth Ekholm"},
		{"headline", []string{`Mayor Ruth Ekholm Opens New Depot After All`, `“It works well enough,” Ekholm said.`}, "Ruth Ekholm"},
		{"king", []string{`King Harald said, “It works well enough.”`}, "King Harald"},
		{"organisation", []string{`“It works well enough,” the Northern Transport Authority said.`}, "Northern Transport Authority"},
		{"secretary of state", []string{`Secretary of State Ruth Ekholm said, “It works well enough.”`}, "Ruth Ekholm"},
		{"byline", []string{`By Ruth Ekholm`, `“It works well enough,” Brandt said.`}, "Brandt"},
		{"dateline", []string{`MALMO, Sweden (AP) -- The mayor, Ruth Ekholm, praised the drivers, saying, “It works well enough.”`}, "Ruth Ekholm"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := corpus.New(corpus.Article{}, test.paragraphs)
			if len(a.Quotations) != 1 || a.Quotations[0].Speaker != test.want {
				t.Errorf("got %q, want %q", quotationsOf(a), test.want)
			}
		})
	}
}

func TestQuotationOverParagraphs(t *testing.T) {
	a := corpus.New(corpus.Article{}, []string{
		"“The old bus broke down on the hill,” said Ruth Ekholm. “We walked",
		"“When we came to the town, everybody was asleep",
		"“Nobody had kept a light on for us.”",
		"“I had kept one on,” said Peter Brandt.",
		"“It all began with a wheel",
		"“And it ended with a wheel,” Anton Falk told the riders.",
		"Ekholm then announced:",
		"“There will be a new bus in spring.”",
	})
	want := []string{
		"Ruth Ekholm (said): The old bus broke down on the hill, / We walked",
		"Ruth Ekholm (): When we came to the town, everybody was asleep",
		"Ruth Ekholm (): Nobody had kept a light on for us.",
		"Peter Brandt (said): I had kept one on,",
		"Anton Falk (told): It all began with a wheel",
		"Anton Falk (told): And it ended with a wheel,",
		"Ruth Ekholm (): There will be a new bus in spring.",
	}
	if got := quotationsOf(a); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The texts that the bundled article and the one it stands in for quote are the same.
func TestQuotationsOfBundled(t *testing.T) {
	articles := map[string]*corpus.Article{"bundled": corpus.Bundled()}
	t.Run("bundled", func(t *testing.T) { fourByOne(t, articles["bundled"]) })
	t.Run("original", func(t *testing.T) {
		text, err := os.ReadFile(shared(t, "article/original.txt"))
		if err != nil {
			t.Fatal(err)
		}
		fourByOne(t, corpus.New(corpus.Article{}, strings.Split(strings.TrimSpace(string(text)), "\n")))
	})
}

func fourByOne(t *testing.T, a *corpus.Article) {
	t.Helper()
	want := []string{"NOTHING as 120,000", "I will protect", "work to stop", "In a few short months"}
	if len(a.Quotations) != len(want) {
		t.Fatalf("got %q, want %d quotations", quotationsOf(a), len(want))
	}
	for i, q := range a.Quotations {
		text := a.Blocks[q.Block].Text
		if !strings.HasPrefix(text[q.Parts[0].Start:], want[i]) || q.Speaker != "Donald Trump" {
			t.Errorf("got %q by %q, want %q by Donald Trump", a.QuotationText(q), q.Speaker, want[i])
		}
	}
}

func FuzzQuotations(f *testing.F) {
	for _, seed := range []string{
		"“Buses,” Ekholm said, “are for everyone.”\n“And so are\n“trains.”",
		`He is 6'2" tall, "or so," he said; 'it's the drivers' word,' she 'said'.`,
		"''It's'' ``so'' ‘it’s’ «a» »b« „c“ 「d」 ‹e› \"\"\"",
		"MALMO (AP) -- Mr. King, who is 70, (R-Mich.) said to say: “A b c d” — Ann Lee @ 9/11's",
		"\xff“\xf0\x9f” she said @. U.S. ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := corpus.New(corpus.Article{Title: text}, strings.Split(text, "\n"))
		var last corpus.Quotation
		for _, q := range a.Quotations {
			par := a.Blocks[q.Block].Text
			if q.Block < last.Block || q.Block == last.Block && q.Start < last.End {
				t.Fatalf("%+v comes after %+v", q, last)
			}
			last = q
			if q.Start < 0 || q.End > len(par) || len(q.Parts) == 0 {
				t.Fatalf("%+v is not in its paragraph of %d bytes", q, len(par))
			}
			if got := a.QuotationText(q); got != par[q.Start:q.End] || !utf8.ValidString(got) {
				t.Fatalf("%q is no slice of the text", got)
			}
			at := q.Start
			for _, s := range q.Parts {
				if s.Start < at || s.End <= s.Start || s.End > q.End || !utf8.ValidString(par[s.Start:s.End]) {
					t.Fatalf("part %v of %+v is out of order or range, or cuts a character", s, q)
				}
				at = s.End
			}
			if place := a.QuotationPlace(q); !a.Has(place) {
				t.Fatalf("%+v is in no sentence", q)
			}
			if !utf8.ValidString(q.Speaker) || !strings.Contains(par, q.Cue) {
				t.Fatalf("speaker %q, cue %q", q.Speaker, q.Cue)
			}
		}
	})
}

func BenchmarkQuotations(b *testing.B) {
	paragraphs := slices.Repeat([]string{
		"Mayor Ruth Ekholm met Peter Brandt, 44, a driver, at the depot on Monday. “Buses,” she said, “are for everyone.”",
		"The depot was built in 1961 and has room for forty buses, none of which has ever left on time, riders say.",
		"“Not mine,” said Brandt, who called the mayor’s plan “a bus without wheels” in a letter to the council in May.",
	}, 1000)
	size := 0
	for _, p := range paragraphs {
		size += len(p)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if a := corpus.New(corpus.Article{}, paragraphs); len(a.Quotations) != 3000 {
			b.Fatalf("%d quotations", len(a.Quotations))
		}
	}
}
