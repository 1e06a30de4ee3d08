package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/quote"
)

const (
	startTimeout = 30 * time.Second // for what must be asked of Discord at start
	drainTimeout = 5 * time.Second  // for the questions under way when the bot leaves
)

// Run connects to Discord and answers from engine, and from quotes who said what, until ctx ends; then it takes no new
// questions, finishes those under way, for 5 s at most, and returns nil. An error means that the bot cannot go on; its text
// says what to do about it.
func Run(ctx context.Context, cfg Config, engine *answer.Engine, quotes *quote.Finder, log *slog.Logger) error {
	b, err := newBot(ctx, cfg)
	if err != nil {
		return err
	}
	if err := b.identify(ctx); err != nil {
		return unlessEnded(ctx, err)
	}
	b.announce(engine)

	// What is under way outlives ctx, for as long as drain waits.
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	rest, err := b.transport.newSession(working, b.cfg.Token)
	if err != nil {
		return err
	}
	h := newHandler(b.cfg, engine, quotes, log)
	h.setSelf(b.user)
	d := newDispatch(working, rest, h, log)
	g := b.gateway(log)
	d.attach(g.events)

	registering, stopRegistering := context.WithCancel(ctx)
	c := newRegistrar(b, log)
	defer c.wait()
	defer stopRegistering()
	c.start(registering)
	g.ready = func(servers []string) { c.tidy(registering, servers) }

	left := make(chan int, 1)
	leaving, leave := context.WithCancel(ctx)
	context.AfterFunc(leaving, func() { left <- d.drain(drainTimeout) })
	err = g.serve(ctx)
	leave()
	if n := <-left; n > 0 {
		log.Warn("left unfinished", "questions", n)
	}
	log.Info("stopped")
	return err
}

// unlessEnded is err, but nil where it is only that ctx has ended.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// connectedBot is who the bot is, and its way to Discord.
type connectedBot struct {
	cfg       Config
	transport *transport
	user      *discordgo.User
	app       application
	session   *discordgo.Session // for requests at start
}

// application is what the bot needs to know of its application.
type application struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Flags int    `json:"flags"`
}

// newBot looks at the settings; it asks nothing of Discord yet.
func newBot(ctx context.Context, cfg Config) (*connectedBot, error) {
	cfg, err := cfg.prepared()
	if err != nil {
		return nil, err
	}
	t, err := newTransport(cfg.APIURL)
	if err != nil {
		return nil, err
	}
	s, err := t.newSession(ctx, cfg.Token)
	if err != nil {
		return nil, err
	}
	return &connectedBot{cfg: cfg, transport: t, session: s}, nil
}

// identify asks Discord who the bot is.
func (b *connectedBot) identify(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	err := retry(ctx, func() (err error) {
		b.user, err = b.session.User("@me", options(ctx)...)
		return err
	})
	if err != nil {
		return b.explain(err)
	}
	err = retry(ctx, func() error {
		address := discordgo.EndpointApplication("@me")
		body, err := b.session.RequestWithBucketID(http.MethodGet, address, nil, address, options(ctx)...)
		if err != nil {
			return err
		}
		return discordgo.Unmarshal(body, &b.app)
	})
	if err != nil {
		return b.explain(err)
	}
	return nil
}

// gateway is the bot's connection for events, not opened yet.
func (b *connectedBot) gateway(log *slog.Logger) *gateway {
	intents := discordgo.Intent(baseIntents)
	if len(b.cfg.AnswerChannels) > 0 {
		intents |= discordgo.IntentMessageContent
	}
	return &gateway{
		token: b.cfg.Token, count: b.cfg.ShardCount, ids: b.cfg.ShardIDs, intents: intents,
		entrance: newEntrance(b.aboutGateway, b.cfg.timing.identify, log), events: newEvents(log),
		ready: func([]string) {}, timing: b.cfg.timing, log: log,
	}
}

// aboutGateway asks Discord where its gateway is and how it wants to be used.
func (b *connectedBot) aboutGateway(ctx context.Context) (about *discordgo.GatewayBotResponse, err error) {
	err = retry(ctx, func() (err error) {
		about, err = b.session.GatewayBot(options(ctx)...)
		return err
	})
	return about, err
}

// invite is the link with which the bot is added to a server.
func (b *connectedBot) invite() string { return inviteLink(b.cfg.APIURL, b.app.ID) }

// titlesShown is how many articles are named at start.
const titlesShown = 5

// announce tells the host who the bot is, how to invite it, and what it serves.
func (b *connectedBot) announce(engine *answer.Engine) {
	b.sayf("This is %s.", b.user.Username)
	b.sayf("  Invite it: %s", b.invite())
	articles := engine.Articles()
	b.sayf("  It answers from %s:", count(len(articles), "article"))
	for i, a := range articles {
		if i == titlesShown && len(articles) > titlesShown+1 {
			b.sayf("    and %d more", len(articles)-i)
			break
		}
		b.sayf("    %s (%s)", plain(a.Title), count(a.SentenceCount(), "sentence"))
	}
	if len(b.cfg.ShardIDs) > 0 {
		b.sayf("  This process has %s of %d: %s", count(len(b.cfg.ShardIDs), "shard"), b.cfg.ShardCount, numbers(b.cfg.ShardIDs))
	}
	b.sayf("  It answers whoever mentions it, replies to it, or writes to it directly; and commands, %s.", b.where())
	if len(b.cfg.AnswerChannels) > 0 {
		b.sayf("  It answers questions without a mention in: %s", strings.Join(b.cfg.AnswerChannels, ", "))
	}
}

// where says where the bot's commands are registered.
func (b *connectedBot) where() string {
	if b.cfg.GuildID != "" {
		return "in the server " + b.cfg.GuildID
	}
	return "everywhere (new ones may take an hour)"
}

// numbers are numbers with commas between them.
func numbers(ns []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(ns), "[]"), " ", ", ")
}

// sayf tells the host something.
func (b *connectedBot) sayf(format string, args ...any) {
	fmt.Fprintf(b.cfg.Out, format+"\n", args...)
}

// explain says what to do about an error of the first requests.
func (b *connectedBot) explain(err error) error {
	err = withoutURL(err)
	var refused *discordgo.RESTError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &refused) && refused.Response.StatusCode == http.StatusUnauthorized:
		return finalError{revoked}
	case errors.As(err, &refused) && b.cfg.APIURL != discordURL:
		return finalError{fmt.Sprintf("%s does not answer as Discord does (HTTP %s): look whether DISCORD_API_URL is right", b.cfg.APIURL, refused.Response.Status)}
	case errors.As(err, &refused):
		return finalError{fmt.Sprintf("Discord has trouble (HTTP %s): look at https://discordstatus.com and try again later", refused.Response.Status)}
	case b.cfg.APIURL != discordURL:
		return finalError{fmt.Sprintf("%s could not be reached (%v): look whether it runs and DISCORD_API_URL is right", b.cfg.APIURL, err)}
	}
	return finalError{fmt.Sprintf("Discord could not be reached (%v): look whether this machine is online and may connect to %s", err, discordURL)}
}
