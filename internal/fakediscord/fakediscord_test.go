package fakediscord_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"citebot/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// redirect points discordgo's requests at the fake.
type redirect struct{ to *url.URL }

func (t redirect) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = t.to.Scheme, t.to.Host
	return http.DefaultTransport.RoundTrip(r)
}

func session(t *testing.T, f *fakediscord.Server, intents int) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + fakediscord.Token)
	if err != nil {
		t.Fatal(err)
	}
	to, _ := url.Parse(f.URL())
	s.Client.Transport = redirect{to}
	s.Identify.Intents = discordgo.Intent(intents)
	return s
}

var silent = &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}

// echo answers messages with their own content, and commands by stages.
func echo(s *discordgo.Session) {
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author != nil && !m.Author.Bot && m.Content != "" {
			s.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: "heard: " + m.Content,
				Reference: m.SoftReference(), AllowedMentions: silent})
		}
	})
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		button := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: "Ask on", Style: discordgo.SecondaryButton, CustomID: "on"}}}}
		switch i.Type {
		case discordgo.InteractionApplicationCommandAutocomplete:
			s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult,
				Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "One", Value: "1"}}}})
		case discordgo.InteractionApplicationCommand:
			s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource})
			content := "later"
			s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &content, Components: &button, AllowedMentions: silent})
			s.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{Content: "and more", AllowedMentions: silent})
		case discordgo.InteractionMessageComponent:
			s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal,
				Data: &discordgo.InteractionResponseData{CustomID: "m", Title: "Ask on", Components: []discordgo.MessageComponent{
					discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "q", Label: "Question", Style: discordgo.TextInputShort}}}}}})
		case discordgo.InteractionModalSubmit:
			text := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput).Value
			s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
				Data: &discordgo.InteractionResponseData{Content: text, AllowedMentions: silent}})
		}
	})
}

// TestExchanges drives a real discordgo session through everything a person can do.
func TestExchanges(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{})
	s := session(t, f, fakediscord.IntentGuildMessages|fakediscord.IntentDirectMessages)
	echo(s)
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.ApplicationCommandBulkOverwrite(fakediscord.AppID, fakediscord.GuildID, []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask", Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "q", Description: "Question", Autocomplete: true}}}}); err != nil {
		t.Fatal(err)
	}
	ada := f.Person("Ada")
	if got := f.Ask(ada, "", "hello").Content; got != "heard: "+fakediscord.Mention+"hello" {
		t.Errorf("mention: %q", got)
	}
	if got := f.Complete(ada, "ask", "q", "o", nil); len(got) != 1 || got[0].Name != "One" {
		t.Errorf("autocomplete: %v", got)
	}
	x := f.Interact(fakediscord.Interaction{User: ada, Command: "ask", Options: map[string]any{"q": "x"}})
	m := x.Message()
	if m.Content != "later" || x.First().Type != 5 {
		t.Errorf("slash: %q after a response of type %d", m.Content, x.First().Type)
	}
	if got := f.Press(ada, m, "Ask").Submit("typed").Message().Content; got != "typed" {
		t.Errorf("modal: %q", got)
	}
	f.Wait(t.Context(), func() bool { return len(x.Followups()) > 0 })
	if got := x.Followups()[0].Content; got != "and more" {
		t.Errorf("follow-up: %q", got)
	}
}

// TestContent: without the privileged intent the bot reads only what is meant for it.
func TestContent(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{})
	s := session(t, f, fakediscord.IntentGuildMessages|fakediscord.IntentDirectMessages)
	got := make(chan string, 20)
	s.SyncEvents = true
	s.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Content })
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ada := f.Person("Ada")
	mine, err := s.ChannelMessageSendComplex(fakediscord.ChannelID, &discordgo.MessageSend{Content: "mine", AllowedMentions: silent})
	if err != nil {
		t.Fatal(err)
	}
	toMine := &fakediscord.Reference{MessageID: mine.ID}
	for _, m := range []fakediscord.Message{
		{Content: "to the channel"},
		{Content: "to " + fakediscord.Mention},
		{Content: "reply", Reference: toMine},
		{Content: "reply without ping", Reference: toMine, NoPing: true},
		{Content: "direct", ChannelID: f.DM(ada)},
	} {
		m.Author = &ada
		f.Send(m)
	}
	want := []string{"mine", "", "to " + fakediscord.Mention, "reply", "", "direct"}
	for n, w := range want {
		if g := <-got; g != w {
			t.Errorf("message %d: got %q, want %q", n, g, w)
		}
	}
}

// TestResume: what came while the bot was away is delivered when it is back.
func TestResume(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{})
	s := session(t, f, fakediscord.IntentGuildMessages)
	s.ShouldReconnectOnError = false
	gone := make(chan bool, 1)
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { gone <- true })
	echo(s)
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f.Drop()
	ada := f.Person("Ada")
	m := f.Send(fakediscord.Message{Author: &ada, Content: fakediscord.Mention + "missed"})
	<-gone
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	if got := f.Answer(m).Content; !strings.HasSuffix(got, "missed") {
		t.Errorf("got %q", got)
	}
	if c := f.Conns(); len(c) != 2 || !c[1].Resumed || c[1].Identified {
		t.Errorf("connections: %+v", c)
	}
}

// TestRefusals: what Discord refuses is refused with its codes.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name    string
		token   string
		intents int
		code    int
	}{
		{"token", "Bot wrong", 0, 0},
		{"privileged intent", "Bot " + fakediscord.Token, fakediscord.IntentMessageContent, 4014},
		{"unknown intent", "Bot " + fakediscord.Token, 1 << 30, 4013},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fakediscord.New(t, fakediscord.Options{})
			s := session(t, f, c.intents)
			s.Token, s.Identify.Token = c.token, c.token
			err := s.Open()
			if c.code == 0 {
				if rest, ok := err.(*discordgo.RESTError); !ok || rest.Response.StatusCode != 401 {
					t.Errorf("got %v, want 401", err)
				}
			} else if bye, ok := err.(*websocket.CloseError); !ok || bye.Code != c.code {
				t.Errorf("got %v, want %d", err, c.code)
			}
		})
	}
}

// TestViolations: bodies that Discord would refuse are told apart from good ones.
func TestViolations(t *testing.T) {
	long := strings.Repeat("x", 2001)
	button := func(s string) string { return `{"type":1,"components":[` + s + `]}` }
	for _, c := range []struct {
		name, body string
		want       string // part of a violation; "" for none
	}{
		{"good", `{"content":"hi","allowed_mentions":{"parse":[]}}`, ""},
		{"no mentions", `{"content":"hi"}`, "allowed_mentions is missing"},
		{"null parse", `{"content":"hi","allowed_mentions":{"parse":null}}`, "parse is not []"},
		{"too long", `{"content":"` + long + `","allowed_mentions":{"parse":[]}}`, "more than 2000"},
		{"empty", `{"allowed_mentions":{"parse":[]}}`, "empty"},
		{"embeds together", `{"embeds":[{"description":"` + strings.Repeat("y", 4000) + `"},{"description":"` + strings.Repeat("y", 2001) + `"}],"allowed_mentions":{"parse":[]}}`, "more than 6000"},
		{"same custom_id", `{"content":"x","allowed_mentions":{"parse":[]},"components":[` + button(`{"type":2,"style":1,"label":"a","custom_id":"i"},{"type":2,"style":1,"label":"b","custom_id":"i"}`) + `]}`, "share the custom_id"},
		{"long label", `{"content":"x","allowed_mentions":{"parse":[]},"components":[` + button(`{"type":2,"style":1,"label":"`+strings.Repeat("l", 81)+`","custom_id":"i"}`) + `]}`, "more than 80"},
		{"link with custom_id", `{"content":"x","allowed_mentions":{"parse":[]},"components":[` + button(`{"type":2,"style":5,"label":"a","url":"https://example.org","custom_id":"i"}`) + `]}`, "link button"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fakediscord.New(t, fakediscord.Options{Tolerate: true})
			req, _ := http.NewRequest("POST", f.URL()+"/api/v9/channels/"+fakediscord.ChannelID+"/messages", strings.NewReader(c.body))
			req.Header.Set("Authorization", "Bot "+fakediscord.Token)
			req.Header.Set("Content-Type", "application/json")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			got := strings.Join(f.Violations(), "\n")
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("violations: %q, want %q", got, c.want)
			}
			if want := map[bool]int{true: 200, false: 400}[c.want == ""]; resp.StatusCode != want {
				t.Errorf("status %d, want %d", resp.StatusCode, want)
			}
		})
	}
}

// TestNonce: a message sent again with the same enforced nonce is the same message.
func TestNonce(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{})
	f.Fail(fakediscord.Failure{Method: "POST", Path: "/messages", Status: 500, After: true})
	s := session(t, f, 0)
	var ids []string
	for range 3 {
		body, _ := s.Request("POST", discordgo.EndpointChannelMessages(fakediscord.ChannelID), map[string]any{
			"content": "once", "nonce": "n", "enforce_nonce": true, "allowed_mentions": silent})
		var m struct{ ID string }
		json.Unmarshal(body, &m)
		ids = append(ids, m.ID)
	}
	if got := len(f.History(fakediscord.ChannelID)); got != 1 || ids[1] != ids[2] {
		t.Errorf("%d messages, IDs %v", got, ids)
	}
}

// TestStart: IDs repeat from run to run where a test asks for it.
func TestStart(t *testing.T) {
	o := fakediscord.Options{Start: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	a, b := fakediscord.New(t, o).Person("A"), fakediscord.New(t, o).Person("A")
	if a.ID != b.ID {
		t.Errorf("%s and %s", a.ID, b.ID)
	}
}

// TestRateLimits: the sixth message to a channel, and the fifty-first request of all but those for interactions, are refused as
// Discord refuses them.
func TestRateLimits(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{RateLimits: true})
	ask := func(method, path, body string) *http.Response {
		r, err := http.NewRequest(method, f.URL()+"/api/v9"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bot "+fakediscord.Token)
		r.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	send := func(channel string) *http.Response {
		return ask("POST", "/channels/"+channel+"/messages", `{"content":"hello","allowed_mentions":{"parse":[]}}`)
	}
	for n := range 5 {
		if resp := send(fakediscord.ChannelID); resp.StatusCode != 200 || resp.Header.Get("X-RateLimit-Remaining") != strconv.Itoa(4-n) {
			t.Fatalf("message %d: %s, %v", n, resp.Status, resp.Header)
		}
	}
	if resp := send(fakediscord.ChannelID); resp.StatusCode != 429 || resp.Header.Get("Retry-After") == "" || resp.Header.Get("X-RateLimit-Global") != "" {
		t.Errorf("message 6: %s, %v", resp.Status, resp.Header)
	}
	_, elsewhere := f.Guild(fakediscord.Shard{Count: 1})
	if resp := send(elsewhere); resp.StatusCode != 200 {
		t.Errorf("another channel: %s", resp.Status)
	}
	refused := 0
	for range 500 { // however slow this is, more than fifty come within some second
		if resp := ask("GET", "/channels/"+fakediscord.ChannelID, ""); resp.StatusCode == 429 {
			refused++
			if resp.Header.Get("X-RateLimit-Global") != "true" {
				t.Fatalf("%v", resp.Header)
			}
			break
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
	if resp := ask("POST", "/interactions/1/token/callback", `{"type":5}`); resp.StatusCode != 404 {
		t.Errorf("an interaction: %s", resp.Status)
	}
}
