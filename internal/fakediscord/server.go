// Package fakediscord is a small Discord for tests: its REST interface and its gateway, over real sockets on loopback, so
// that a bot is driven exactly as Discord would drive it. A test sends messages and interactions as people do, sees what
// the bot sends, and makes trouble: dropped and silent connections, invalid sessions, rate limits, malformed events.
//
// Every body that a bot sends is held against the limits that Discord enforces ([Options].Tolerate says what follows), and
// against Discord's own OpenAPI description where CITEBOT_SHARED leads to it. Message content is delivered only as
// Discord does: without the privileged intent in direct messages, to whom it mentions, and to whom a reply pings.
package fakediscord

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Token is the bot token the fake accepts unless Options name another. It has a real token's shape.
const Token = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.GfAkE0.only-for-tests-on-loopback-0123456789ab"

// What every fake starts with: the bot's application and user, a server, and a text channel in it.
const (
	AppID     = "1000000000000000001"
	BotID     = "1000000000000000001"
	GuildID   = "1000000000000000002"
	ChannelID = "1000000000000000003"
)

// Options shape a Server. The zero value is a Discord in good health, where the bot has no privileged intent.
type Options struct {
	Token          string        // the only token accepted; "" means Token
	MessageContent bool          // the privileged Message Content intent is switched on for the application
	Heartbeat      time.Duration // the interval asked of the bot; 0 means 45 s
	Patience       time.Duration // how long a test waits for the bot before it fails; 0 means 2 min
	FirstResponse  time.Duration // after which an interaction's token is void without a response; 3 s in Discord, 0 means 2 min, for slow machines
	StripEmbeds    bool          // without Embed Links, an embed is dropped in silence instead of the message refused; Discord does either
	Shards         int           // how many GET /gateway/bot recommends; 0 means 1
	Concurrency    int           // max_concurrency; 0 means 1
	IdentifyApart  time.Duration // how far apart shards of a bucket must identify, 5 s in Discord; one that comes sooner gets op 9
	Tolerate       bool          // a bad body is only noted in Violations, and does not fail the test
	TLS            bool          // REST and gateway over TLS, with a certificate that Certificate gives
	RateLimits     bool          // REST requests are limited as Discord limits them
	Start          time.Time     // if set, IDs count up from this moment in steps of 1 ms, the same in every run
}

// Server is a fake Discord. It is safe for concurrent use.
type Server struct {
	t    testing.TB
	o    Options
	http *httptest.Server

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced whenever anything below changes
	token      string
	lastID     uint64
	users      map[string]User
	guilds     []string // IDs
	channels   map[string]*channel
	roles      []role
	messages   map[string]*Message // by ID
	replies    map[string][]string // ID of a message > IDs of the bot's replies to it
	nonces     map[string]string   // channel and enforced nonce > ID of the message it made
	commands   map[string][]Command
	exchanges  map[string]*Exchange // by interaction token
	requests   []Request
	violations []string
	failures   []*Failure
	gateway    gateway
	limits     rateLimits
	closed     bool
}

// Request is something the bot asked of the REST interface.
type Request struct {
	Method string
	Path   string // without /api/v9
	Query  string
	Body   json.RawMessage
	Header http.Header
	Status int // what was answered; 0 if the connection was cut
	At     time.Time
}

// New starts a fake that lasts as long as the test.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	if o.Token == "" {
		o.Token = Token
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 45 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = 2 * time.Minute
	}
	if o.FirstResponse == 0 {
		o.FirstResponse = 2 * time.Minute
	}
	o.Shards, o.Concurrency = max(o.Shards, 1), max(o.Concurrency, 1)
	f := &Server{t: t, o: o, token: o.Token, changed: make(chan struct{})}
	f.users = map[string]User{BotID: {ID: BotID, Username: "citebot", Bot: true}}
	f.guilds = []string{GuildID}
	f.channels = map[string]*channel{ChannelID: {ID: ChannelID, Type: channelText, GuildID: GuildID, Name: "general"}}
	f.roles = newRoles()
	f.commands = map[string][]Command{}
	f.limits.channels = map[string]*window{}
	f.exchanges = map[string]*Exchange{}
	f.forget()
	if _, err := description(); err != nil {
		t.Logf("fakediscord: bodies are not checked against Discord's OpenAPI description: %v", err)
	}
	f.http = httptest.NewUnstartedServer(f.routes())
	if o.TLS {
		f.http.StartTLS()
	} else {
		f.http.Start()
	}
	t.Cleanup(f.Stop)
	return f
}

// URL is what DISCORD_API_URL must be set to.
func (f *Server) URL() string { return f.http.URL }

// Certificate is the PEM of what a client must trust, with Options.TLS.
func (f *Server) Certificate() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.http.Certificate().Raw})
}

// Stop takes the fake off the network, as if Discord were gone.
func (f *Server) Stop() {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return
	}
	f.closed = true
	f.gateway.dropAll()
	f.mu.Unlock()
	f.http.CloseClientConnections()
	f.http.Close()
}

// RevokeToken makes Discord refuse the bot's token from now on, and closes its connection as Discord does (4004).
func (f *Server) RevokeToken() {
	f.mu.Lock()
	f.token = ""
	f.mu.Unlock()
	f.Close(4004)
}

// Requests are all REST requests so far, in the order they came.
func (f *Server) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Request(nil), f.requests...)
}

// Violations are what was wrong with the bodies the bot sent, one sentence each.
func (f *Server) Violations() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.violations...)
}

// Forget drops the history: messages, requests, interactions. A long run does so to see the bot's memory and not the fake's.
func (f *Server) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget()
}

func (f *Server) forget() {
	f.messages = map[string]*Message{}
	f.replies = map[string][]string{}
	f.nonces = map[string]string{}
	f.exchanges = map[string]*Exchange{}
	f.requests = nil
}

// Wait blocks until done reports true, or ctx ends. It looks again whenever the bot has done something.
func (f *Server) Wait(ctx context.Context, done func() bool) error {
	for {
		f.mu.Lock()
		changed := f.changed
		f.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Poke makes those who Wait look again, for conditions that are not the fake's.
func (f *Server) Poke() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.touch()
}

// await is Wait with the patience of Options, failing the test with what was waited for.
func (f *Server) await(what string, done func() bool) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), f.o.Patience)
	defer cancel()
	if err := f.Wait(ctx, done); err != nil {
		f.t.Fatalf("fakediscord: waited for %s: %v", what, err)
	}
}

// touch tells those who wait that something changed. The caller holds mu.
func (f *Server) touch() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// violate notes what is wrong with a body. The caller does not hold mu.
func (f *Server) violate(r *http.Request, problems []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range problems {
		p = fmt.Sprintf("%s %s: %s", r.Method, r.URL.Path, p)
		f.violations = append(f.violations, p)
		if !f.o.Tolerate && !f.closed {
			f.t.Errorf("fakediscord: %s", p)
		}
	}
}

// epoch is the first millisecond of Discord's IDs, in Unix milliseconds.
const epoch = 1420070400000

// snowflake makes an ID; the caller holds mu. Its upper bits are milliseconds since Discord's epoch.
func (f *Server) snowflake() string {
	now := time.Now()
	if !f.o.Start.IsZero() {
		now = f.o.Start
	}
	id := uint64(now.UnixMilli()-epoch) << 22
	if id <= f.lastID {
		id = f.lastID + 1
		if !f.o.Start.IsZero() {
			id = f.lastID + 1<<22
		}
	}
	f.lastID = id
	return fmt.Sprint(id)
}

// made is when an ID was made.
func made(id string) time.Time {
	var n uint64
	fmt.Sscan(id, &n)
	return time.UnixMilli(int64(n>>22) + epoch).UTC()
}
