package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"runtime"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// shard keeps one shard connected: it begins a session, sees why a connection ended, and resumes the session, begins another
// one, or gives up, after a pause that grows with each failure.
type shard struct {
	g         *gateway
	id, count int
	asked     discordgo.Intent // the intents of the last IDENTIFY
	log       *slog.Logger

	// The session to be resumed; none if session is "".
	session  string
	resumeAt string // address that Discord named for it; "" for the usual one
	seq      int64  // number of its last event
}

func newShard(g *gateway, id, count int) *shard {
	s := &shard{g: g, id: id, count: count, log: g.log}
	if count > 1 {
		s.log = g.log.With("shard", id)
	}
	return s
}

// serve stays connected until ctx ends, which is no error, or there is no use in trying.
func (s *shard) serve(ctx context.Context) error {
	for failures := 0; ; failures++ {
		opened := time.Now()
		why := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if time.Since(opened) > steadyFor || why == errInvalid && s.session != "" {
			failures = 0
		}
		step := s.next(why)
		if step.end != nil {
			return step.end
		}
		if step.fresh {
			s.session, s.resumeAt, s.seq = "", "", 0
		}
		pause := max(step.pause, s.g.timing.pause(failures))
		if step.atOnce && failures == 0 {
			pause = 0
		}
		s.log.Warn("disconnected", "why", why.Error(), "resume", s.session != "", "again in", pause.Round(time.Millisecond))
		if !sleep(ctx, pause) {
			return nil
		}
	}
}

// nextStep says how to go on after a connection ended.
type nextStep struct {
	end    error         // give up, and tell this
	fresh  bool          // the session cannot be resumed
	atOnce bool          // without a pause, unless there were failures lately
	pause  time.Duration // at least that long
}

// next decides how to go on by why a connection ended.
func (s *shard) next(why error) nextStep {
	closed := new(websocket.CloseError)
	switch {
	case errors.As(why, &closed):
		return s.afterClose(closed.Code)
	case isUnauthorized(why):
		return nextStep{end: finalError{revoked}}
	case why == errReconnect, why == errResumable:
		return nextStep{atOnce: true}
	case why == errInvalid:
		return nextStep{fresh: true, pause: s.g.timing.invalid()}
	}
	return nextStep{}
}

// afterClose decides by Discord's close code.
func (s *shard) afterClose(code int) nextStep {
	switch code {
	case 4004:
		return nextStep{end: finalError{revoked}}
	case 4010:
		return nextStep{end: finalError{fmt.Sprintf("Discord does not know a shard %d of %d: look whether SHARD_COUNT and SHARD_IDS are right", s.id, s.count)}}
	case 4011:
		return nextStep{end: errTooFew}
	case 4012:
		return nextStep{end: finalError{"Discord no longer speaks this program's version of its protocol: install a newer citebot"}}
	case 4013:
		return nextStep{end: finalError{"Discord does not know the intents that the bot asked for: install a newer citebot, " +
			"or look whether DISCORD_API_URL is right"}}
	case 4014:
		if !s.g.refuseIntents(s.asked) {
			return nextStep{end: finalError{"Discord does not allow this bot the intents for messages: look at the Bot page of its application at " + portalURL}}
		}
		return nextStep{fresh: true, atOnce: true}
	case 4003, 4007, 4009: // not authenticated, invalid sequence number, session timed out
		return nextStep{fresh: true}
	}
	return nextStep{}
}

// connect begins or resumes a session and returns once the connection has ended, with the reason.
func (s *shard) connect(ctx context.Context) error {
	address, leave := s.resumeAt, func(bool) {}
	if s.session == "" {
		var err error
		if address, leave, err = s.g.entrance.enter(ctx, s.id); err != nil {
			return withoutURL(err)
		}
	} else if address == "" {
		address = s.g.entrance.address()
	}
	c, err := dial(ctx, address, s.g.timing.hello)
	if err != nil {
		leave(false)
		s.resumeAt = "" // the usual address may be better
		return err
	}
	defer context.AfterFunc(ctx, c.sayGoodbye)()
	if err := c.greet(); err != nil {
		leave(false)
		return err
	}
	err = s.begin(c)
	leave(err == nil)
	if err != nil {
		return c.end(err)
	}
	return c.read(s.receive)
}

// begin sends IDENTIFY or RESUME.
func (s *shard) begin(c *socket) error {
	c.seq.Store(s.seq)
	if s.session != "" {
		return c.send(opResume, map[string]any{"token": s.g.token, "session_id": s.session, "seq": s.seq})
	}
	s.asked = s.g.wanted()
	return c.send(opIdentify, map[string]any{
		"token": s.g.token, "intents": s.asked, "shard": [2]int{s.id, s.count},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "citebot", "device": "citebot"},
	})
}

// receive takes a packet. An error ends the connection.
func (s *shard) receive(c *socket, p packet) error {
	switch p.Op {
	case opDispatch:
		if p.Seq > 0 {
			s.seq = p.Seq
		}
		s.event(c, p)
	case opReconnect:
		return errReconnect
	case opInvalid:
		if string(p.Data) == "true" {
			return errResumable
		}
		return errInvalid
	}
	return nil
}

// event takes what happened. Events may come before READY.
func (s *shard) event(c *socket, p packet) {
	switch p.Type {
	case "READY":
		c.isReady()
		r, _ := decode[struct {
			Session string `json:"session_id"`
			Resume  string `json:"resume_gateway_url"`
			Servers []struct {
				ID string `json:"id"`
			} `json:"guilds"`
		}](p.Data)
		if r == nil || r.Session == "" {
			return
		}
		s.session, s.resumeAt = r.Session, ""
		if sameTrust(r.Resume, s.g.entrance.address()) {
			s.resumeAt = r.Resume
		}
		var servers []string
		for _, server := range r.Servers {
			servers = append(servers, server.ID)
		}
		s.log.Info("connected", "session", "new", "servers", len(servers))
		s.g.ready(servers)
	case "RESUMED":
		c.isReady()
		s.log.Info("connected", "session", "resumed")
	default:
		s.g.events.deliver(p.Type, p.Data)
	}
}

// sameTrust reports whether address is one of a gateway, and encrypted if usual is.
func sameTrust(address, usual string) bool {
	a, err := url.Parse(address)
	u, usualErr := url.Parse(usual)
	return err == nil && usualErr == nil && a.Host != "" && (a.Scheme == "wss" || a.Scheme == "ws" && u.Scheme == "ws")
}

// packet is what goes over the gateway.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}
