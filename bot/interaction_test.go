package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/corpus"
	"citebot/internal/fakediscord"
)

// quoting is the ferry's article with its quotations known, and a second speaker.
func quoting() *corpus.Article {
	a := ferry()
	for _, q := range quotes() {
		a.Quotations = append(a.Quotations, q.Quotation)
	}
	a.Quotations[1].Speaker, a.Quotations[1].Partial = "Idar Björk", false
	return a
}

// register makes the commands known to the fake, which then knows them from those that do not exist.
func (b *bench) register(t *testing.T) {
	t.Helper()
	if _, err := b.s.ApplicationCommandBulkOverwrite(fakediscord.AppID, fakediscord.GuildID, Limits{}.commands()); err != nil {
		t.Fatal(err)
	}
}

func isEphemeral(m fakediscord.Message) bool { return m.Flags&fakediscord.Ephemeral != 0 }

func TestCommandsAreUsableEverywhere(t *testing.T) {
	b := start(t, ferry())
	b.register(t) // the fake holds them against Discord's limits
	got := map[string]string{}
	for _, c := range b.Commands(fakediscord.GuildID) {
		got[c.Name] = fmt.Sprint(c.JSON["integration_types"], c.JSON["contexts"])
	}
	body, err := json.MarshalIndent(Limits{}.commands(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "commands.json", string(body)+"\n")
	for _, name := range []string{"ask", "quote", "articles", "help", "Check against the articles"} {
		if got[name] != "[0 1] [0 1 2]" {
			t.Errorf("%s is usable in %s", name, got[name])
		}
	}
}

func TestAsk(t *testing.T) {
	b := start(t, ferry(), tricks())
	b.register(t)
	ann := b.Person("Ann")
	tests := []struct {
		name    string
		options map[string]any
		private bool
		want    []string
	}{
		{"a question", map[string]any{"question": whenRun}, false, []string{whenRun, batteries, "¶1 s1"}},
		{"privately", map[string]any{"question": whenRun, "private": true}, true, []string{batteries}},
		{"of an article by ID", map[string]any{"question": whenRun, "article": "ferry"}, false, []string{batteries}},
		{"of an article by part of its title", map[string]any{"question": whenRun, "article": "ISLAND fer"}, false, []string{batteries}},
		{"of an unknown article", map[string]any{"question": whenRun, "article": "*Moon*"}, true, []string{"I have no article “*Moon*”."}},
		{"of an article that could be several", map[string]any{"question": whenRun, "article": "i"}, true, []string{"“i” fits 2 of my articles."}},
		{"nothing", map[string]any{"question": " \n "}, true, []string{"Ask me something"}},
		{"too much", map[string]any{"question": strings.Repeat("why ", 200)}, true, []string{"at most 500 characters"}},
		{"with values of other types", map[string]any{"question": 5, "private": "yes", "article": true}, true, []string{"Ask me something"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := b.Slash(ann, "", "ask", tt.options)
			expect(t, m, tt.want...)
			if isEphemeral(m) != tt.private {
				t.Errorf("ephemeral: %v", isEphemeral(m))
			}
		})
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	articles := []*corpus.Article{quoting(), tricks()}
	for i := range 30 {
		articles = append(articles, article(corpus.Article{ID: fmt.Sprintf("n%d", i), Title: fmt.Sprintf("Report on the Island %d", i)}, []string{"Nothing."}))
	}
	exact := article(corpus.Article{ID: strings.Repeat("long id ", 20), Title: "Ísland"}, []string{"The end is near."})
	articles = append(articles, exact)
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, generous, articles...)
	b.register(t)
	ann := b.Person("Ann")

	choices := b.Complete(ann, "ask", "article", "island", map[string]any{"question": "x"})
	if len(choices) != 25 || choices[0].Name != "Ísland" || choices[1].Name != ferry().Title || choices[2].Name != "Report on the Island 0" {
		t.Errorf("%d choices: %v", len(choices), choices[:min(3, len(choices))])
	}
	long := fmt.Sprint(choices[0].Value)
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": "Is the end near?", "article": long}), "The end is near.")
	if n := len(b.Complete(ann, "ask", "article", "", nil)); n != 25 {
		t.Errorf("%d choices before anything is typed", n)
	}
	if n := len(b.Complete(ann, "ask", "article", "no such thing", nil)); n != 0 {
		t.Errorf("%d choices for nonsense", n)
	}
	names := func(choices []fakediscord.Choice) string { return fmt.Sprint(choices) }
	if got := names(b.Complete(ann, "quote", "speaker", "", map[string]any{"article": "ferry"})); got != "[{Ida Holm Ida Holm} {Idar Björk Idar Björk}]" {
		t.Errorf("speakers: %s", got)
	}
	if got := names(b.Complete(ann, "quote", "speaker", "bjork", nil)); got != "[{Idar Björk Idar Björk}]" {
		t.Errorf("speakers like bjork: %s", got)
	}
	if got := names(b.Complete(ann, "quote", "speaker", "Björk i", nil)); got != "[{Idar Björk Idar Björk}]" {
		t.Errorf("speakers by both names: %s", got)
	}
	if got := names(b.Complete(ann, "quote", "speaker", "i", map[string]any{"article": "n1"})); got != "[]" {
		t.Errorf("speakers in another article: %s", got)
	}
}

// TestChoosing finds quotations and passages by words as they are typed, and again by what the suggestion stands for.
func TestChoosing(t *testing.T) {
	b := start(t, quoting(), guide())
	b.register(t)
	ann := b.Person("Ann")
	complete := func(command, option, typed string, others map[string]any) []fakediscord.Choice {
		t.Helper()
		choices := b.Complete(ann, command, option, typed, others)
		if len(choices) == 0 {
			t.Fatalf("nothing is suggested for %q", typed)
		}
		return choices
	}
	for _, typed := range []string{"smo", "SMOKE nob", "miss the smoke", "Björk will"} {
		c := complete("quote", "about", typed, map[string]any{"speaker": "Björk"})
		if len(c) != 1 || !strings.HasPrefix(c[0].Name, "Idar Björk: …") || !strings.Contains(c[0].Name, "smoke") {
			t.Errorf("for %q is suggested %v", typed, c)
		}
		expect(t, b.Slash(ann, "", "quote", map[string]any{"about": c[0].Value}), "— Idar Björk", "miss the smoke")
	}
	if c := complete("quote", "about", "", nil); len(c) != 2 {
		t.Errorf("before anything is typed, there are %v", c)
	}
	for typed, want := range map[string]string{
		"elev": "Charging takes eleven minutes", "minutes charg": "Charging takes eleven minutes", "the gu": "The ferry between", "memory G": "2 GB",
	} {
		c := complete("ask", "passage", typed, map[string]any{"question": "x"})
		if !strings.Contains(c[0].Name, want) {
			t.Errorf("for %q is suggested %v", typed, c)
		}
	}
	passage := complete("ask", "passage", "41 million", nil)[0]
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": "who paid?", "passage": passage.Value}), "who paid?")
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": "who paid?", "passage": "xyzzy"}), "I have no passage with “xyzzy”.")
	for _, typed := range []string{"xyzzy", "?", "\xff", "*:*", strings.Repeat("a b ", 300)} {
		b.Complete(ann, "ask", "passage", typed, nil)
		b.Complete(ann, "quote", "about", typed, nil)
	}
}

func TestQuote(t *testing.T) {
	b := start(t, quoting())
	b.register(t)
	ann, ben := b.Person("Ann"), b.Person("Ben")

	expect(t, b.Slash(ann, "", "quote", nil), "Ida Holm · 1 quotation", "Idar Björk · 1 quotation")
	first := b.Slash(ann, "", "quote", map[string]any{"about": "smoke"})
	expect(t, first, "“We have waited ten years for this,” said Ida Holm, who leads the county's transport board, “and nobody will miss the smoke.”",
		"— Ida Holm", "14 March 2025", "¶2 s2", "1 of 2")
	if got := labels(first); got != "Context, Next" {
		t.Errorf("buttons: %s", got)
	}
	next := b.Press(ann, first, "Next")
	expect(t, next.Message(), "— Idar Björk", "2 of 2")
	if next.Message().ID != first.ID {
		t.Error("the page was not turned in place")
	}
	// Another person turns pages for themselves.
	second, _ := b.Message(first.ID)
	theirs := b.Press(ben, second, "Previous").Message()
	expect(t, theirs, "— Ida Holm", "1 of 2")
	if theirs.ID == first.ID || !isEphemeral(theirs) {
		t.Error("another person turned the page for all")
	}
	expect(t, b.Press(ann, second, "Context").Message(), "The new ship cost 41 million crowns", "Tickets stay at 60 crowns.")

	expect(t, b.Slash(ann, "", "quote", map[string]any{"speaker": "björk"}), "— Idar Björk")
	tests := []struct {
		options map[string]any
		want    string
	}{
		{map[string]any{"speaker": "ida"}, "“ida” could be Ida Holm, Idar Björk."},
		{map[string]any{"speaker": "<@1>"}, "Nobody called “<@1>” is quoted there."},
		{map[string]any{"about": "submarines"}, "I found no such quotation."},
		{map[string]any{"article": "moon"}, "I have no article “moon”."},
		{map[string]any{"about": strings.Repeat("ж", 45)}, "Please give a few words."},
	}
	for _, tt := range tests {
		m := b.Slash(ann, "", "quote", tt.options)
		expect(t, m, tt.want)
		if !isEphemeral(m) {
			t.Errorf("%q is for all to see", tt.want)
		}
	}
	silent := b.restarted(t, article(corpus.Article{ID: "x", Title: "Nobody speaks"}, []string{"Nothing."}))
	expect(t, silent.Slash(ann, "", "quote", nil), "Nobody is quoted")
}

func TestArticlesAndHelp(t *testing.T) {
	t.Parallel()
	articles := []*corpus.Article{ferry()}
	for i := range 7 {
		articles = append(articles, article(corpus.Article{ID: fmt.Sprint(i), Title: fmt.Sprintf("Report %d", i)}, []string{"One.", "Two."}))
	}
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, generous, articles...)
	b.register(t)
	ann := b.Person("Ann")
	list := b.Slash(ann, "", "articles", nil)
	expect(t, list, ferry().Title, "The Harbour Post", "14 March 2025", "3 paragraphs, 6 sentences", "Page 1 of 2")
	page := b.Press(ann, list, "Next").Message()
	expect(t, page, "Report 6", "1 paragraph, 2 sentences", "Page 2 of 2")
	expect(t, b.Press(ann, page, "Previous").Message(), "Page 1 of 2")
	help := b.Slash(ann, "", "help", nil)
	expect(t, help, "I answer from 8 articles", "{mention:/ask:"+commandID(b, "ask")+"}", "{mention:/quote:"+commandID(b, "quote")+"}")
	if !isEphemeral(help) {
		t.Error("help is for all to see")
	}
}

func commandID(b *bench, name string) string {
	for _, c := range b.Commands(fakediscord.GuildID) {
		if c.Name == name {
			return c.ID
		}
	}
	return ""
}

func TestCheckMessage(t *testing.T) {
	b := start(t, ferry())
	b.register(t)
	ann, ben := b.Person("Ann"), b.Person("Ben")
	check := func(content string) fakediscord.Message {
		target := b.Send(fakediscord.Message{Author: &ben, Content: content})
		return b.Interact(fakediscord.Interaction{User: ann, Command: "Check against the articles", Target: &target}).Message()
	}
	m := check("The ferry will run on batteries alone. The new ship cost 41 million crowns.")
	expect(t, m, "The ferry will run on batteries alone.", batteries, "¶1 s1", "The new ship cost 41 million crowns, of which")
	if !isEphemeral(m) {
		t.Error("the check is for all to see")
	}
	expect(t, m, "Supported")
	wrong := check("The moon is made of cheese. The new ship cost 90 million crowns.")
	expect(t, wrong, "The moon is made of cheese.", "The new ship cost 90 million crowns.")
	if strings.Contains(visible(wrong), "Supported") {
		t.Errorf("what nobody says is supported: %q", visible(wrong))
	}
	expect(t, check("  "), "That message has no text that I could check.")
	expect(t, check(strings.Repeat("The ferry is new. ", 30)), "8 · {em:The ferry is new.}", "the first 8 of 30 statements")
}

func TestButtonsOfAnAnswer(t *testing.T) {
	b := start(t, ferry())
	b.register(t)
	ann, ben := b.Person("Ann"), b.Person("Ben")
	a := b.Ask(ann, "", whenRun)
	slash := b.Slash(ann, "", "ask", map[string]any{"question": whenRun})
	for _, bot := range []*bench{b, b.restarted(t, ferry())} { // buttons need nothing that a restart would lose
		context := bot.Press(ben, a, "Context").Message()
		expect(t, context, batteries+" It replaces a diesel ship", "¶1 s1")
		next := bot.Press(ben, a, "Next").Message()
		expect(t, next, "2 of 6")
		if !isEphemeral(context) || !isEphemeral(next) {
			t.Error("what one person asked to see is shown to all")
		}
		expect(t, bot.Press(ben, next, "Context").Message(), "¶")
		expect(t, bot.Press(ben, slash, "Context").Message(), whenRun, batteries)
	}
}

// TestClosestPassages opens passages from the menu of an answer that is none.
func TestClosestPassages(t *testing.T) {
	b := start(t, ferry(), guide())
	b.register(t)
	ann := b.Person("Ann")
	for _, m := range []fakediscord.Message{
		b.Ask(ann, "", "Who won the World Cup in 2022?"),
		b.Slash(ann, "", "ask", map[string]any{"question": "Who won the World Cup in 2022?"}),
	} {
		expect(t, m, "None of the articles answers that.", "I looked for “won”, “World Cup” and “2022”.", "You can ask about:")
		if menu := m.Menu(); len(menu.Options) == 0 || menu.Options[0].Description == "" {
			t.Fatalf("the menu offers %+v", menu)
		}
		label := m.Menu().Options[0].Label
		opened := b.Choose(ann, m, label).Message()
		expect(t, opened, strings.TrimRight(label, "…"))
		if opened.ID == m.ID || !isEphemeral(opened) {
			t.Error("the passage is shown to all")
		}
	}
}

// TestRemarks answers what is no question with a line, and goes on from what was asked before.
func TestRemarks(t *testing.T) {
	b := start(t, ferry())
	b.register(t)
	ann := b.Person("Ann")
	dm := b.DM(ann)
	say := func(text string) fakediscord.Message {
		return b.Answer(b.Send(fakediscord.Message{Author: &ann, ChannelID: dm, Content: text}))
	}
	for _, tt := range []struct{ text, want string }{
		{"hi!", "Hello!"}, {"what can you do?", "word for word"}, {"more", "Ask a question first"},
		{"thanks", "You are welcome."}, {"ok", "Ask on"}, {"lol", "Ask on"}, {"Good bot", "Ask on"},
	} {
		if m := say(tt.text); len(m.Embeds) > 0 || len(m.Components) > 0 || !strings.Contains(visible(m), tt.want) {
			t.Errorf("%q is answered with %q and %d buttons", tt.text, visible(m), len(m.Buttons()))
		}
	}
	first := say(whenRun)
	say("thanks")
	if more := say("next"); visible(more) == visible(first) || len(more.Embeds) == 0 {
		t.Errorf("after thanks, the next passage is %q", visible(more))
	}
	say("lol")
	if again := say(whenRun); visible(again) != visible(first) {
		t.Errorf("asked again, the question gets\n%s\nnot\n%s", visible(again), visible(first))
	}
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": "ty!"}), "You are welcome.")
}

func TestMorePassagesHavePages(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	a := b.Answer(b.Send(fakediscord.Message{Author: &ann, ChannelID: dm, Content: whenRun}))
	more := b.Press(ann, a, "Next").Message()
	if isEphemeral(more) {
		t.Error("in a direct message, there is nobody to hide it from")
	}
	next := b.Press(ann, more, "Next").Message()
	if next.ID != more.ID {
		t.Error("the page was not turned in place")
	}
	if got := labels(next); !strings.Contains(got, "Previous") {
		t.Errorf("buttons: %s", got)
	}
	back := b.Press(ann, next, "Previous").Message()
	if visible(back) != visible(more) {
		t.Errorf("turned back to\n%s\nfrom\n%s", visible(back), visible(more))
	}
}

// TestEarlierButtons presses buttons as earlier versions made them, with four bytes of each hash.
func TestEarlierButtons(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	a := b.Ask(ann, "", whenRun)
	for id, want := range map[string]string{
		"cAAABAOkIfQtqFA4AAA-RtA":                                 batteries,
		"pAAEFAOkIfQtqFA4AAA-RtAACAIqMGwABAGljhAAAAYudNgABAgC6uA": "Charging takes eleven minutes",
		"sAAABAOkIfQtqFA4AAA-RtA":                                 "The Harbour Post",
	} {
		expect(t, b.Interact(fakediscord.Interaction{User: ann, On: &a, Button: id}).Message(), want)
	}
}

func TestChangedArticle(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	a := b.Ask(ann, "", whenRun)
	closing := func(paragraphs ...[]string) *corpus.Article {
		return article(corpus.Article{ID: "ferry", Title: ferry().Title}, paragraphs...)
	}
	tests := []struct {
		name    string
		article *corpus.Article
		want    string
	}{
		{"elsewhere", closing([]string{batteries, "A new sentence."}), noteUnchanged},
		{"moved", closing([]string{"A new sentence.", batteries}), noteElsewhere},
		{"gone", closing([]string{"A new sentence."}), noteGone},
		{"removed", tricks(), noteRemoved},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b = b.restarted(t, tt.article)
			m := b.Press(ann, a, "Context").Message()
			if got := strings.NewReplacer("{em:", "", "}", "").Replace(visible(m)); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			m = b.Press(ann, a, "Next").Message()
			if got := visible(m); !strings.Contains(got, "has changed since") && !strings.Contains(got, "no longer") {
				t.Errorf("more passages do not say that the article changed: %q", got)
			}
		})
	}
}

func TestFollowUp(t *testing.T) {
	b := start(t, ferry(), tricks())
	b.register(t)
	ann := b.Person("Ann")
	slash := b.Slash(ann, "", "ask", map[string]any{"question": whenRun, "article": "ferry"})
	form := b.Press(ann, slash, "Follow up")
	if modal := form.First().Modal; modal == nil || modal.Title != "Follow up" || len(modal.Inputs()) != 1 {
		t.Fatalf("the button opened %+v", form.First())
	}
	second := form.Submit(whatCost).Message()
	expect(t, second, whatCost, "41 million crowns")
	third := b.Press(ann, second, "Follow up").Submit("And who paid?").Message()
	expect(t, third, "And who paid?")

	for _, bot := range []*bench{b, b.restarted(t, ferry(), tricks())} {
		i := &discordgo.Interaction{ChannelID: fakediscord.ChannelID, Message: toMessage(t, second)}
		got := told(bot.h.before(t.Context(), bot.s, i, action{}))
		if want := whenRun + " ¶1 s1 | " + whatCost + " ¶2 s1"; got != want {
			t.Errorf("the third question goes on from %s, want %s", got, want)
		}
	}
	a, err := parseAction(third.Button("Follow up").CustomID)
	if err != nil || a.scope != hashOf("ferry") {
		t.Errorf("follow-ups do not stay with the article: %+v, %v", a, err)
	}
	b = b.restarted(t, tricks())
	expect(t, b.Press(ann, slash, "Follow up").Submit("And now?").Message(), "That article is no longer among those I answer from.")
	expect(t, b.Press(ann, slash, "Follow up").Submit("  ").Message(), "Ask me something")
}

func TestFollowUpOfAPrivateAnswerIsPrivate(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	secret := b.Slash(ann, "", "ask", map[string]any{"question": whenRun, "private": true})
	m := b.Press(ann, secret, "Follow up").Submit(whatCost).Message()
	expect(t, m, "41 million crowns")
	if !isEphemeral(m) {
		t.Error("the follow-up is for all to see")
	}
}

func TestUserInstalledInAServerWithoutTheBot(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	x := b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"question": whenRun}, UserApp: true})
	expect(t, x.Message(), batteries)
	b.Fail(fakediscord.Failure{Method: "GET", Path: "/messages", Status: 403, Body: `{"message":"Missing Access","code":50001}`, Times: 9})
	expect(t, b.Press(ann, x.Message(), "Follow up").Submit(whatCost).Message(), "41 million crowns")
}

// TestStrangeInteractions sees that whatever comes in is answered with a sentence, or ignored if it cannot be.
func TestStrangeInteractions(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	a := b.Ask(ann, "", whenRun)
	old := action{kind: actionPassages, page: 9, pointers: make([]pointer, 2)}.customID()
	tests := []struct {
		name string
		i    fakediscord.Interaction
		want string
	}{
		{"unknown command", fakediscord.Interaction{Command: "dance"}, "I do not know that command"},
		{"option of no menu of ours", fakediscord.Interaction{On: &a, Button: action{kind: actionOpen}.customID(), Values: []string{"x"}}, noteOldButton},
		{"unknown button", fakediscord.Interaction{On: &a, Button: "vote:yes"}, noteOldButton},
		{"button without content", fakediscord.Interaction{On: &a, Button: "c"}, noteOldButton},
		{"button without pointers", fakediscord.Interaction{On: &a, Button: action{kind: actionContext}.customID()}, noteOldButton},
		{"page that is not there", fakediscord.Interaction{On: &a, Button: old}, noteOldButton},
		{"a form's ID on a button", fakediscord.Interaction{On: &a, Button: action{kind: actionFollowUp}.customID()}, noteOldButton},
		{"select menu", fakediscord.Interaction{On: &a, Button: "menu", Values: []string{"x"}}, noteOldButton},
		{"unknown form", fakediscord.Interaction{Modal: "form", Inputs: map[string]string{"a": "b"}}, noteOldButton},
		{"form with another field", fakediscord.Interaction{Modal: action{kind: actionFollowUp}.customID(), Inputs: map[string]string{"a": "b"}}, "Ask me something"},
		{"form without a message", fakediscord.Interaction{Modal: action{kind: actionFollowUp}.customID(), Inputs: map[string]string{inputID: whatCost}}, "41 million"},
		{"command without data", fakediscord.Interaction{Raw: `{}`, Type: 2}, "I do not know that command"},
		{"check without a target", fakediscord.Interaction{Raw: `{"name":"Check against the articles","type":3,"target_id":"5","resolved":{}}`, Type: 2}, "no text that I could check"},
		{"data that cannot be decoded", fakediscord.Interaction{Raw: `[1]`, Type: 2}, "I did not understand that."},
		{"null option", fakediscord.Interaction{Raw: `{"name":"ask","type":1,"options":[{"name":"question","type":3,"value":null}]}`, Type: 2}, "Ask me something"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.i.User = ann
			m := b.Interact(tt.i).Message()
			expect(t, m, tt.want)
		})
	}
	b.Interact(fakediscord.Interaction{User: ann, Raw: `{}`, Type: 1})
	b.Interact(fakediscord.Interaction{User: ann, Raw: `{}`, Type: 77})
	b.Interact(fakediscord.Interaction{User: ann, Raw: `{"options":[{"name":"moon","focused":true,"value":{}}]}`, Type: 4}).First()
	expect(t, b.Ask(ann, "", whenRun), batteries)
}

// slow connects a bot whose work on interactions ends only when the channel is closed, or fails with the panic.
func slow(t *testing.T, until <-chan struct{}, fail any) *bench {
	t.Helper()
	t.Parallel()
	h := newHandlerOn(t, generous, quoting())
	h.deferAfter = time.Millisecond
	b := &bench{Server: fakediscord.New(t, fakediscord.Options{}), h: h}
	b.connect(t, generous, func(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) {
		defer func() { recover() }()
		p := h.plan(i)
		work := p.work
		p.work = func(ctx context.Context, s *discordgo.Session) outcome {
			<-until
			if fail != nil {
				panic(fail)
			}
			return work(ctx, s)
		}
		h.carryOut(ctx, s, i, p)
	})
	return b
}

func TestSlowWorkIsDeferred(t *testing.T) {
	until := make(chan struct{})
	b := slow(t, until, nil)
	ann := b.Person("Ann")
	q := quoteAsked{}
	page := b.Send(fakediscord.Message{Author: &ann, Content: "stands for an answer"})
	exchanges := map[string]*fakediscord.Exchange{
		"command":      b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"question": whenRun}}),
		"private":      b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"question": whenRun, "private": true}}),
		"refused":      b.Interact(fakediscord.Interaction{User: ann, Command: "quote", Options: map[string]any{"speaker": "nobody"}}),
		"button":       b.Interact(fakediscord.Interaction{User: ann, On: &page, Button: action{kind: actionArticles}.customID()}),
		"page":         b.Interact(fakediscord.Interaction{User: ann, On: &page, Button: turnButton("", q.page(1, nil)).CustomID}),
		"form":         b.Interact(fakediscord.Interaction{User: ann, Modal: action{kind: actionFollowUp}.customID(), Inputs: map[string]string{inputID: whenRun}}),
		"autocomplete": b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"article": "f"}, Focused: "article"}),
	}
	types := map[string]int{"command": 5, "private": 5, "refused": 5, "button": 5, "page": 6, "form": 5, "autocomplete": 8}
	for name, x := range exchanges {
		if got := x.First().Type; got != types[name] {
			t.Errorf("%s is deferred with type %d, want %d", name, got, types[name])
		}
	}
	close(until)
	for name, want := range map[string]string{
		"command": batteries, "private": batteries, "refused": "Nobody called", "button": ferry().Title, "page": "— Idar Björk", "form": batteries,
	} {
		m := exchanges[name].Message()
		expect(t, m, want)
		if private := name == "private" || name == "button"; isEphemeral(m) != private {
			t.Errorf("%s: ephemeral is %v", name, isEphemeral(m))
		}
	}
}

func TestPanicIsAnswered(t *testing.T) {
	until := make(chan struct{})
	close(until)
	b := slow(t, until, "a bug")
	ann := b.Person("Ann")
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": whenRun}), sorry)
}

func TestFirstResponseSurvivesTrouble(t *testing.T) {
	tests := []struct {
		name    string
		failure fakediscord.Failure
	}{
		{"rate limit", fakediscord.RateLimited(20 * time.Millisecond)},
		{"server error", fakediscord.Failure{Status: 500}},
		{"cut connection", fakediscord.Failure{Cut: true}},
		{"cut after the fact", fakediscord.Failure{Cut: true, After: true}},
		{"error after the fact", fakediscord.Failure{Status: 503, After: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := start(t, ferry())
			tt.failure.Method, tt.failure.Path = "POST", "/callback"
			b.Fail(tt.failure)
			ann := b.Person("Ann")
			expect(t, b.Slash(ann, "", "ask", map[string]any{"question": whenRun}), batteries)
		})
	}
}

func TestExpiredInteractionHarmsNobody(t *testing.T) {
	until := make(chan struct{})
	b := slow(t, until, nil)
	ann := b.Person("Ann")
	x := b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"question": whenRun}})
	x.First()
	x.Expire()
	close(until)
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": whenRun}), batteries)
}

// TestNoBucketIsLeftBehind sees that the session's rate limiter does not grow with each interaction.
func TestNoBucketIsLeftBehind(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	x := b.Interact(fakediscord.Interaction{User: ann, Command: "ask", Options: map[string]any{"question": whenRun}})
	x.Message()
	endpoint := discordgo.EndpointInteractionResponse(x.ID, x.Token)
	bucket := b.s.Ratelimiter.GetBucket(endpoint)
	if bucket.Remaining != 1 {
		t.Errorf("a bucket for the interaction was made and used: %d remaining", bucket.Remaining)
	}
}
