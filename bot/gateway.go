package bot

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// gateway keeps the bot connected to Discord: it opens discordgo's session, sees why it ended, and resumes it, starts
// another one, or gives up, always after a pause that grows with each failure.
type gateway struct {
	token     string
	transport *transport
	intents   discordgo.Intent
	attach    func(*discordgo.Session) // adds handlers to a new session
	ready     func()                   // called whenever events flow again
	timing    timing
	log       *slog.Logger
}

// baseIntents is all that is needed for messages that mention the bot, replies to it, and direct messages. Interactions
// need none.
const baseIntents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

const (
	maxPause     = 2 * time.Minute // so that a day's attempts stay below the 1,000 that Discord allows
	steadyFor    = time.Minute     // how long a connection must last for failures before it to be forgotten
	noMorePaused = 6               // 2^6 s and more are cut to maxPause
)

// backOff is the pause after that many failures in a row: 1 s, 2 s, 4 s … on average, at random between half and 1.5 times
// that, so that many bots don't come back at the same moment.
func backOff(failures int) time.Duration {
	pause := maxPause
	if failures <= noMorePaused {
		pause = time.Second << max(failures, 0)
	}
	return pause/2 + rand.N(pause)
}

// finalError is an error after which trying again is useless; its text says what to do.
type finalError struct{ sentence string }

func (f finalError) Error() string { return f.sentence }

// serve stays connected until ctx ends, which is no error, or there is no use in trying.
func (g *gateway) serve(ctx context.Context) error {
	var c *connection
	for failures := 0; ; failures++ {
		if c == nil {
			var err error
			if c, err = g.newConnection(ctx); err != nil {
				return err
			}
		}
		opened := time.Now()
		why := c.run(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if time.Since(opened) > steadyFor {
			failures = 0
		}
		step := g.next(why)
		if step.end != nil {
			return step.end
		}
		if step.fresh || !c.wasReady {
			c = nil
		}
		if step.atOnce {
			continue
		}
		pause := g.timing.pause(failures)
		g.log.Warn("disconnected", "why", why.Error(), "resume", c != nil, "again in", pause.Round(time.Millisecond))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil
		}
	}
}

// nextStep says how to go on after a connection ended.
type nextStep struct {
	end    error // give up, and tell this
	fresh  bool  // the session cannot be resumed
	atOnce bool  // without a pause
}

// next decides how to go on by why a connection ended.
func (g *gateway) next(why error) nextStep {
	if closed := new(websocket.CloseError); errors.As(why, &closed) {
		return g.afterClose(closed.Code)
	}
	if refused := new(discordgo.RESTError); errors.As(why, &refused) && refused.Response.StatusCode == http.StatusUnauthorized {
		return nextStep{end: finalError{revoked}}
	}
	return nextStep{fresh: why == errInvalid}
}

// afterClose decides by Discord's close code.
func (g *gateway) afterClose(code int) nextStep {
	switch code {
	case 4004:
		return nextStep{end: finalError{revoked}}
	case 4010, 4011:
		return nextStep{end: finalError{"Discord wants this bot split into shards, which 2,500 servers and more need: remove it from some servers"}}
	case 4012:
		return nextStep{end: finalError{"Discord no longer speaks this program's version of its protocol: install a newer citebot"}}
	case 4013:
		return nextStep{end: finalError{"Discord does not know the intents that the bot asked for: install a newer citebot, " +
			"or look whether DISCORD_API_URL is right"}}
	case 4014:
		if g.intents&discordgo.IntentMessageContent == 0 {
			return nextStep{end: finalError{"Discord does not allow this bot the intents for messages: look at the Bot page of its application at " + portalURL}}
		}
		g.log.Warn("Discord refuses the Message Content intent, so that questions in ANSWER_CHANNELS need a mention: switch on "+
			"“Message Content Intent” on the Bot page of the application at "+portalURL+" and start again", "channels", "mention only")
		g.intents &^= discordgo.IntentMessageContent
		return nextStep{fresh: true, atOnce: true}
	case 4003, 4007, 4009: // not authenticated, invalid sequence number, session timed out
		return nextStep{fresh: true}
	}
	return nextStep{}
}

const revoked = "Discord refused the token: it was reset, or belongs to no bot any more. Copy the one that Reset Token shows on the " +
	"Bot page of your application at " + portalURL + " into DISCORD_TOKEN"

// connection is one discordgo session, which may be resumed over several links.
type connection struct {
	session  *discordgo.Session
	links    chan *link // the link of each attempt
	wasReady bool       // written by handlers, which have run when run returns
}

func (g *gateway) newConnection(ctx context.Context) (*connection, error) {
	s, err := g.transport.newSession(ctx, g.token)
	if err != nil {
		return nil, err
	}
	c := &connection{session: s, links: make(chan *link, 1)}
	s.Dialer = dialer(ctx, g.timing.hello, func(l *link) { c.links <- l })
	s.SyncEvents = true // handlers only start goroutines, in the order of events
	s.Compress = false  // a link must be able to read
	s.Identify.Intents = g.intents
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		c.wasReady = true
		g.log.Info("connected", "session", "new", "servers", len(e.Guilds))
		g.ready()
	})
	s.AddHandler(func(*discordgo.Session, *discordgo.Resumed) {
		g.log.Info("connected", "session", "resumed")
		g.ready()
	})
	g.attach(s)
	return c, nil
}

// run opens the session over a new link and returns once that has ended, with the reason. If ctx ends, so does the session.
func (c *connection) run(ctx context.Context) error {
	opened := make(chan error, 1)
	go func() { opened <- c.session.Open() }()
	l, err := c.await(ctx, opened)
	if err != nil {
		return err
	}
	select {
	case <-l.over:
		err = l.why
	case <-ctx.Done():
		err = ctx.Err()
	}
	// discordgo's reader and heartbeat may close too, when they notice that the link is over. Closing twice does no harm as
	// long as the session is not opened again in between, for which the pause before that sees. It takes a second.
	c.session.Close()
	return err
}

// await waits for Open to return. It does return, because all that it waits for is on the link or a request, and both end.
func (c *connection) await(ctx context.Context, opened <-chan error) (*link, error) {
	var l *link
	leaving := ctx.Done()
	for {
		select {
		case l = <-c.links:
		case <-leaving:
			leaving = nil
		case err := <-opened:
			return c.outcome(l, err)
		}
		if l != nil && ctx.Err() != nil {
			l.end(errLeaving)
		}
	}
}

// outcome makes of Open's result, and of its link as far as it is known, the link that is open now, or why none is.
func (c *connection) outcome(l *link, err error) (*link, error) {
	if l == nil {
		select {
		case l = <-c.links:
		default:
		}
	}
	switch {
	case err == nil:
		return l, nil
	case l == nil:
		return nil, err
	}
	l.end(err)
	if l.why == errLeaving { // discordgo closed it because of err
		return nil, err
	}
	return nil, l.why
}
