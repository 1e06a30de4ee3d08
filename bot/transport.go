package bot

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"
)

// transport carries requests to Discord's REST interface, or to the server that stands in for it, and to no other: the
// token is in every request.
//
// It also keeps to rate limits, since discordgo's way ends with no context: a request that Discord would refuse now waits
// for its turn or, where that comes after its deadline, fails at once. Trying again is left to whoever asked.
type transport struct {
	server *url.URL // instead of https://discord.com
	next   http.RoundTripper

	pace *rate.Limiter // of all routes together, where that is needed

	mu    sync.Mutex
	turns map[string]time.Time // route > when it is free again; "" is all of them
	paced time.Time            // until when the pace is kept
}

// After Discord's limit for all routes together was met, which is 50 a second, that many are made for a while: if all who wait
// came back at once, most would meet it again.
const (
	pacePerSecond = 45
	paceAtOnce    = 5
	paceKept      = time.Minute
)

// maxRoutes is how many routes are remembered before those are dropped that are free again.
const maxRoutes = 1000

func newTransport(server string) (*transport, error) {
	u, err := url.Parse(server)
	if err != nil {
		return nil, fmt.Errorf("DISCORD_API_URL: %w", err)
	}
	pace := rate.NewLimiter(pacePerSecond, paceAtOnce)
	return &transport{server: u, next: http.DefaultTransport, pace: pace, turns: map[string]time.Time{}}, nil
}

// RoundTrip makes one request.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != "discord.com" || !strings.HasPrefix(r.URL.Path, "/api/") {
		return nil, fmt.Errorf("the bot asks nothing of %s", r.URL.Host)
	}
	route := routeOf(r)
	if err := t.await(r.Context(), route); err != nil {
		return nil, err
	}
	there := r.Clone(r.Context())
	there.URL.Scheme, there.URL.Host, there.Host = t.server.Scheme, t.server.Host, ""
	there.URL.Path = t.server.Path + there.URL.Path
	resp, err := t.next.RoundTrip(there)
	if err != nil {
		return nil, err
	}
	t.note(route, resp)
	return resp, nil
}

// routeOf names what a rate limit is counted for: the method and the part of the path that holds the channel or
// application. Interactions have none that could be waited for: "-".
func routeOf(r *http.Request) string {
	parts := strings.SplitN(r.URL.Path, "/", 7) // "", "api", "v9", "channels", ID, "messages", rest
	if len(parts) < 6 || parts[3] == "interactions" || parts[3] == "webhooks" {
		return "-"
	}
	return r.Method + " " + strings.Join(parts[3:6], "/")
}

// await waits until the route is free.
func (t *transport) await(ctx context.Context, route string) error {
	if route == "-" {
		return nil
	}
	for {
		t.mu.Lock()
		free := t.turns[route]
		if all := t.turns[""]; all.After(free) {
			free = all
		}
		paced := time.Now().Before(t.paced)
		t.mu.Unlock()
		wait := time.Until(free)
		switch {
		case wait <= 0 && paced:
			return t.pace.Wait(ctx)
		case wait <= 0:
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && deadline.Before(free) {
			return limit{wait}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// note remembers until when the route is not free, and takes out of the answer what would make discordgo wait.
func (t *transport) note(route string, resp *http.Response) {
	remaining, after := resp.Header.Get("X-RateLimit-Remaining"), resp.Header.Get("X-RateLimit-Reset-After")
	global := resp.Header.Get("X-RateLimit-Global") != ""
	for _, h := range []string{"Remaining", "Reset", "Reset-After", "Global"} {
		resp.Header.Del("X-RateLimit-" + h)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		remaining = "0"
		if retry := resp.Header.Get("Retry-After"); retry != "" {
			after = retry
		}
	}
	seconds, err := strconv.ParseFloat(after, 64)
	if route == "-" || remaining != "0" || err != nil || seconds <= 0 || seconds > 24*60*60 {
		return
	}
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if global {
		route = ""
		t.paced = now.Add(paceKept)
	}
	if len(t.turns) >= maxRoutes {
		for r, free := range t.turns {
			if free.Before(now) {
				delete(t.turns, r)
			}
		}
	}
	t.turns[route] = now.Add(time.Duration(seconds * float64(time.Second)))
}

// bound ends requests with ctx, whatever their own context is: discordgo makes some that have none.
type bound struct {
	ctx  context.Context
	next http.RoundTripper
}

// RoundTrip makes one request and reads the whole answer, which is small, so that none of it depends on a context later.
func (b bound) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(b.ctx, cancel)()
	resp, err := b.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, err
}

// newSession makes a discordgo session that uses t and whose requests end with ctx. All that it would do by itself in the
// background is switched off.
func (t *transport) newSession(ctx context.Context, token string) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("make a session: %w", err)
	}
	s.Client = &http.Client{
		Transport:     bound{ctx, t},
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	s.UserAgent = "DiscordBot (citebot, 1)"
	s.LogLevel = quiet
	s.StateEnabled = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	return s, nil
}

// quiet is below all of discordgo's levels: what it would log holds addresses with tokens, or is reported better here.
const quiet = -1
