package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/internal/fakediscord"
)

const batteries = "The ferry between Northport and Gull Island will run on batteries alone from 2 April, the county said on Friday."

func TestMentionIsAnsweredAsAReply(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + "When will the ferry run on batteries?"})
	a := b.Answer(q)
	expect(t, a, batteries, "Island ferry to run on batteries from spring", "¶1 s1")
	if a.Reference == nil || a.Reference.MessageID != q.ID {
		t.Errorf("the answer refers to %+v, want %s", a.Reference, q.ID)
	}
	if got := labels(a); got != "Context, Follow up, Next" {
		t.Errorf("buttons: %s", got)
	}
	var sent struct {
		AllowedMentions struct {
			Parse       *[]string `json:"parse"`
			RepliedUser bool      `json:"replied_user"`
		} `json:"allowed_mentions"`
	}
	if err := json.Unmarshal(a.Body, &sent); err != nil {
		t.Fatal(err)
	}
	if m := sent.AllowedMentions; m.Parse == nil || len(*m.Parse) > 0 || m.RepliedUser {
		t.Errorf("the answer may ping: %s", a.Body)
	}
}

func TestWhatIsAnswered(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	first := b.Ask(ann, "", "When will the ferry run on batteries?")
	tests := []struct {
		name string
		m    fakediscord.Message
	}{
		{"mention at the end", fakediscord.Message{Content: "When will the ferry run? " + strings.TrimSpace(fakediscord.Mention)}},
		{"mention of a nickname", fakediscord.Message{Content: "<@!" + fakediscord.BotID + "> when will the ferry run?"}},
		{"reply with ping", fakediscord.Message{Content: "And what did it cost?", Reference: &fakediscord.Reference{MessageID: first.ID}}},
		{"direct message", fakediscord.Message{ChannelID: dm, Content: "What did the ship cost?"}},
		{"mention with everyone", fakediscord.Message{Content: fakediscord.Mention + "@everyone What did the ship cost?"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.m.Author = &ann
			if a := b.Answer(b.Send(tt.m)); len(a.Embeds) != 1 {
				t.Errorf("no answer but %q", visible(a))
			}
		})
	}
}

func TestWhatIsIgnored(t *testing.T) {
	b := start(t, ferry())
	ann, robot := b.Person("Ann"), b.Person("Robot")
	robot.Bot = true
	first := b.Ask(ann, "", "When will the ferry run on batteries?")
	person := b.Send(fakediscord.Message{Author: &ann, Content: "Lunch?"})
	ignored := []fakediscord.Message{
		{Author: &ann, Content: "When will the ferry run on batteries?"},
		{Author: &ann, Content: "@everyone when will the ferry run?"},
		{Author: &ann, Content: "@here when will the ferry run?"},
		{Author: &ann, Content: "<@&" + fakediscord.BotID + "> when will the ferry run?"}, // some other role
		{Author: &robot, Content: fakediscord.Mention + "When will the ferry run?"},
		{Author: &ann, WebhookID: "5", Content: fakediscord.Mention + "When will the ferry run?"},
		{Author: &fakediscord.User{ID: fakediscord.BotID, Username: "citebot"}, Content: fakediscord.Mention + "When will the ferry run?"},
		{Author: &ann, Content: "And when?", Reference: &fakediscord.Reference{MessageID: first.ID}, NoPing: true},
		{Author: &ann, Content: "Yes?", Reference: &fakediscord.Reference{MessageID: person.ID}},
	}
	for _, m := range ignored {
		b.Send(m)
	}
	b.Event("MESSAGE_CREATE", `{"id":"7","channel_id":"`+fakediscord.ChannelID+`","content":"`+fakediscord.Mention+`who?"}`)
	b.Event("MESSAGE_CREATE", `{"id":"8","channel_id":"`+fakediscord.ChannelID+`","content":"`+fakediscord.Mention+`who?","type":6,"author":{"id":"9","username":"x"}}`)
	last := b.Ask(ann, "", "What did the new ship cost?")
	// What was ignored came before the last question; nobody can prove that nothing follows, but it would have to be slow.
	own := b.fromBot("")
	if len(own) != 2 || own[0].ID != first.ID || own[1].ID != last.ID {
		t.Errorf("the bot said %d things instead of two answers", len(own))
	}
}

func TestAnswerChannel(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{MessageContent: true})
	cfg := generous
	own := f.Channel("ask-the-articles")
	cfg.AnswerChannels = []string{own}
	b := work(t, f, cfg, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")

	q := b.Send(fakediscord.Message{Author: &ann, ChannelID: own, Content: "what will the ferry run on"})
	a := b.Answer(q)
	expect(t, a, batteries)
	b.Send(fakediscord.Message{Author: &ben, ChannelID: own, Content: "Good morning!"})
	b.Send(fakediscord.Message{Author: &ben, ChannelID: own, Content: "Really?", Reference: &fakediscord.Reference{MessageID: q.ID}})
	b.Send(fakediscord.Message{Author: &ben, Content: "What will the ferry run on?"})
	b.Answer(b.Send(fakediscord.Message{Author: &ben, ChannelID: own, Content: "And the cost", Reference: &fakediscord.Reference{MessageID: a.ID}, NoPing: true}))
	b.Answer(b.Send(fakediscord.Message{Author: &ben, ChannelID: own, Content: "What did the ship cost?"}))
	if n := len(b.fromBot(own)); n != 3 {
		t.Errorf("%d messages in the channel of its own, want 3", n)
	}
	if n := len(b.fromBot("")); n != 0 {
		t.Errorf("%d messages in another channel, want none", n)
	}
}

func TestAsksSomething(t *testing.T) {
	for text, want := range map[string]bool{
		"What will it cost?": true, "it costs 5 crowns?": true, "who runs it": true, "And when's the last one": true,
		"tell me about the ferry": true, "“Really?” he said": true, "それは何ですか？": true, "(is it so?)": true,
		"Thanks!": false, "whatever": false, "Isabel is here": false, "see https://x.example/?q=1": false, "": false, "hi": false,
	} {
		if got := asksSomething(text); got != want {
			t.Errorf("asksSomething(%q) = %v", text, got)
		}
	}
}

func TestQuestionOf(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, generous, ferry())
	ben := b.Person("Ben")
	tests := []struct{ content, want string }{
		{"<@" + fakediscord.BotID + ">  who \n is  it?", "who is it?"},
		{"<@!" + fakediscord.BotID + ">", ""},
		{"what did <@" + ben.ID + "> say?", "what did Ben say?"},
		{"what did <@99> say?", "what did say?"},
		{"<:smile:123> when <a:wave:12> is <t:1700000000:R> in <#5> by <@&7> </ask:12>?", "when is in by ?"},
		{"5 < 6 and <b>?", "5 < 6 and <b>?"},
		{"bad \xff byte", "bad \uFFFD byte"},
	}
	for _, tt := range tests {
		m := toMessage(t, b.Send(fakediscord.Message{Author: &ben, Content: tt.content}))
		m.Content = tt.content
		if got := questionOf(m, b.h.self.Load()); got != tt.want {
			t.Errorf("questionOf(%q) = %q, want %q", tt.content, got, tt.want)
		}
	}
}

func TestWhatIsNoQuestion(t *testing.T) {
	b := start(t, ferry(), tricks())
	ann := b.Person("Ann")
	expect(t, b.Ask(ann, "", ""), "Ask me something about one of my 2 articles")
	expect(t, b.Ask(ann, "", "<:smile:123>"), "Ask me something")
	expect(t, b.Ask(ann, "", strings.Repeat("why ", 126)), "Please ask in at most 500 characters")
	slash := b.Slash(ann, "", "ask", map[string]any{"question": "When will the ferry run on batteries?"})
	unseen := b.Send(fakediscord.Message{Author: &ann, Content: "And when?", Reference: &fakediscord.Reference{MessageID: slash.ID}})
	expect(t, b.Answer(unseen), "Press {em:Follow up}")
}

func TestRateLimitIsSaid(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, Config{Limits: Limits{PersonPerMinute: 1, PersonBurst: 2}}, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")
	for range 2 {
		expect(t, b.Ask(ann, "", "When will the ferry run on batteries?"), batteries)
	}
	expect(t, b.Ask(ann, "", "When will the ferry run on batteries?"), "That is a lot at once. Please try again in ")
	expect(t, b.Ask(ben, "", "When will the ferry run on batteries?"), batteries)
	expect(t, b.Slash(ann, "", "ask", map[string]any{"question": "When?"}), "That is a lot at once.")
}

func TestServersHaveALimitOfTheirOwn(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, Config{Limits: Limits{PersonPerMinute: -1, ServerPerMinute: 1, ServerBurst: 1}}, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")
	expect(t, b.Ask(ann, "", "When will the ferry run on batteries?"), batteries)
	expect(t, b.Ask(ben, "", "When will the ferry run on batteries?"), "That is a lot at once.")
	dm := b.Send(fakediscord.Message{Author: &ben, ChannelID: b.DM(ben), Content: "When will the ferry run on batteries?"})
	expect(t, b.Answer(dm), batteries)
}

func TestAnswerIsSentOnceInTrouble(t *testing.T) {
	tests := []struct {
		name    string
		failure fakediscord.Failure
	}{
		{"rate limit", fakediscord.RateLimited(20 * time.Millisecond)},
		{"rate limit without retry_after", fakediscord.Failure{Status: 429, Body: `{"message":"slow down"}`}},
		{"rate limit that is no JSON", fakediscord.Failure{Status: 429, Body: `<html>`}},
		{"server error", fakediscord.Failure{Status: 500, Body: `{}`}},
		{"server error after the fact", fakediscord.Failure{Status: 502, After: true}},
		{"cut connection", fakediscord.Failure{Cut: true}},
		{"connection cut after the fact", fakediscord.Failure{Cut: true, After: true, Times: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := start(t, ferry())
			tt.failure.Method, tt.failure.Path = "POST", "/messages"
			b.Fail(tt.failure)
			ann := b.Person("Ann")
			expect(t, b.Ask(ann, "", "When will the ferry run on batteries?"), batteries)
			expect(t, b.Ask(ann, "", "What did the new ship cost?"), "The new ship cost 41 million crowns")
			if n := len(b.fromBot("")); n != 2 {
				t.Errorf("%d answers, want 2", n)
			}
		})
	}
}

// TestQuestionDeletedWhileItIsAnswered: the answer goes as soon as it has come.
func TestQuestionDeletedWhileItIsAnswered(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	b.Fail(fakediscord.Failure{Method: "POST", Path: "/messages", Status: 500, After: true}) // the bot will try again
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + "When will the ferry run on batteries?"})
	b.Answer(q)
	b.Delete(q.ID)
	b.await(t, "the answer to go", func() bool { return len(b.fromBot("")) == 0 })
}

// TestQuestionDeletedBeforeItsTurn is not answered at all, however late its turn comes.
func TestQuestionDeletedBeforeItsTurn(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	m := toMessage(t, fakediscord.Message{ID: "1500000000000000000", Timestamp: "2026-05-02T00:00:00Z", ChannelID: fakediscord.ChannelID, GuildID: fakediscord.GuildID, Author: &ann,
		Content: fakediscord.Mention + whenRun, Mentions: []fakediscord.User{{ID: fakediscord.BotID}}})
	b.h.expect(m)
	b.h.onDelete(t.Context(), b.s, m.ChannelID, m.ID)
	b.h.onMessage(t.Context(), b.s, m)
	if n := len(b.fromBot("")); n != 0 {
		t.Errorf("%d answers to a question that is gone", n)
	}
}

// TestQuestionEditedBeforeItsTurn is answered as it is then.
func TestQuestionEditedBeforeItsTurn(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	written := fakediscord.Message{ID: "1500000000000000000", Timestamp: "2026-05-02T00:00:00Z", ChannelID: fakediscord.ChannelID, GuildID: fakediscord.GuildID, Author: &ann,
		Content: fakediscord.Mention + whenRun, Mentions: []fakediscord.User{{ID: fakediscord.BotID}}}
	m := toMessage(t, written)
	written.Content = fakediscord.Mention + whatCost
	edited := toMessage(t, written)
	at, err := discordgo.SnowflakeTimestamp(m.ID)
	if err != nil {
		t.Fatal(err)
	}
	at = at.Add(time.Second)
	edited.EditedTimestamp = &at
	b.h.expect(m)
	b.h.onEdit(t.Context(), b.s, edited)
	b.h.onMessage(t.Context(), b.s, m)
	if said := b.fromBot(""); len(said) != 1 || !strings.Contains(visible(said[0]), "41 million crowns") {
		t.Errorf("said %+v", said)
	}
}
