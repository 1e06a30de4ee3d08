package bot

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/corpus"
	"citebot/internal/fakediscord"
)

// bench is a handler at work: connected by a real session to a fake Discord.
type bench struct {
	*fakediscord.Server
	h *handler
	s *discordgo.Session
}

// newHandlerOn is a handler that answers from articles.
func newHandlerOn(t *testing.T, cfg Config, articles ...*corpus.Article) *handler {
	t.Helper()
	engine, quotes := newEngine(t, articles...)
	return newHandler(cfg, engine, quotes, slog.New(slog.DiscardHandler))
}

// work connects a handler that answers from articles to f.
func work(t *testing.T, f *fakediscord.Server, cfg Config, articles ...*corpus.Article) *bench {
	t.Helper()
	h := newHandlerOn(t, cfg, articles...)
	b := &bench{Server: f, h: h}
	b.connect(t, cfg, h.onInteraction)
	return b
}

func (b *bench) connect(t *testing.T, cfg Config, onInteraction func(context.Context, *discordgo.Session, *discordgo.Interaction)) {
	t.Helper()
	transport, err := newTransport(b.URL())
	if err != nil {
		t.Fatal(err)
	}
	s, err := transport.newSession(context.Background(), fakediscord.Token)
	if err != nil {
		t.Fatal(err)
	}
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	if len(cfg.AnswerChannels) > 0 {
		s.Identify.Intents |= discordgo.IntentsMessageContent
	}
	d := newDispatch(context.Background(), s, b.h, b.h.log)
	d.onInteraction = onInteraction
	d.attach(s)
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.Drop() // the session then closes by itself, without making the test wait
		d.drain(5 * time.Second)
	})
	self, err := s.User("@me")
	if err != nil {
		t.Fatal(err)
	}
	b.s = s
	b.h.setSelf(self)
}

// start is work on a fake of its own, with limits that no test meets by chance.
func start(t *testing.T, articles ...*corpus.Article) *bench {
	t.Helper()
	t.Parallel()
	return work(t, fakediscord.New(t, fakediscord.Options{}), generous, articles...)
}

var generous = Config{Limits: Limits{PersonPerMinute: -1, ServerPerMinute: -1}}

// restarted is the bot after a restart: the same Discord, nothing remembered.
func (b *bench) restarted(t *testing.T, articles ...*corpus.Article) *bench {
	t.Helper()
	b.Drop()
	return work(t, b.Server, generous, articles...)
}

// fromBot are the messages that the bot sent to a channel ("" for the first one).
func (b *bench) fromBot(channelID string) []fakediscord.Message {
	if channelID == "" {
		channelID = fakediscord.ChannelID
	}
	var own []fakediscord.Message
	for _, m := range b.History(channelID) {
		if m.Body != nil {
			own = append(own, m)
		}
	}
	return own
}

// visible is what a person sees of a message: its text and its embeds, without markup.
func visible(m fakediscord.Message) string {
	parts := []string{readMarkdown(m.Content).text()}
	for _, e := range m.Embeds {
		if e.Author != nil {
			parts = append(parts, e.Author.Name)
		}
		parts = append(parts, e.Title, readMarkdown(e.Description).text())
		if e.Footer != nil {
			parts = append(parts, e.Footer.Text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, "\n")), " ")
}

// expect fails the test unless a person sees all of these in m.
func expect(t *testing.T, m fakediscord.Message, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(visible(m), want) {
			t.Errorf("the bot says\n\t%s\nwithout\n\t%s", visible(m), want)
		}
	}
}

// labels are the labels of a message's buttons.
func labels(m fakediscord.Message) string {
	var all []string
	for _, b := range m.Buttons() {
		all = append(all, b.Label)
	}
	return strings.Join(all, ", ")
}

// toMessage is a message of the fake's as discordgo decodes it.
func toMessage(t *testing.T, m fakediscord.Message) *discordgo.Message {
	t.Helper()
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var decoded discordgo.Message
	if err := json.Unmarshal(data, &decoded); err != nil {
		t.Fatal(err)
	}
	return &decoded
}
