package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"citebot/corpus"
	"citebot/internal/fakediscord"
)

// host runs the bot as citebot run does, against a fake Discord, and keeps all that it prints and logs.
type host struct {
	*fakediscord.Server
	t       *testing.T
	printed *buffer
	logged  *buffer
	stop    context.CancelFunc
	ended   chan struct{}
	err     error // readable once ended is closed
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// hurried is a bot that tries again soon, for a fake Discord in the same process.
func hurried(f *fakediscord.Server) Config {
	return Config{
		Token: fakediscord.Token, GuildID: fakediscord.GuildID, APIURL: f.URL(),
		Limits: Limits{PersonPerMinute: -1, ServerPerMinute: -1},
		timing: timing{
			pause: func(int) time.Duration { return 50 * time.Millisecond }, invalid: func() time.Duration { return time.Millisecond },
			hello: 2 * time.Second, identify: time.Millisecond, tidying: time.Millisecond,
		},
	}
}

// launch starts the bot. When the test ends, it must have told nobody its token.
func launch(t *testing.T, f *fakediscord.Server, cfg Config) *host {
	t.Helper()
	engine, quotes := bundledEngine(t)
	ctx, stop := context.WithCancel(context.Background())
	h := &host{Server: f, t: t, printed: new(buffer), logged: new(buffer), stop: stop, ended: make(chan struct{})}
	cfg.Out = h.printed
	log := slog.New(slog.NewJSONHandler(h.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	go func() {
		defer close(h.ended)
		h.err = Run(ctx, cfg, engine, quotes, log)
	}()
	t.Cleanup(func() {
		stop()
		<-h.ended
		told := h.printed.String() + h.logged.String()
		if h.err != nil {
			told += h.err.Error()
		}
		if strings.TrimSpace(cfg.Token) != "" && strings.Contains(told, cfg.Token) {
			t.Errorf("the token is told:\n%s", told)
		}
		if t.Failed() {
			t.Logf("printed:\n%s\nlogged:\n%s\nended with: %v", h.printed, h.logged, h.err)
		}
	})
	return h
}

// online is launch, once the bot is connected.
func online(t *testing.T, f *fakediscord.Server, cfg Config) *host {
	t.Helper()
	h := launch(t, f, cfg)
	h.Connected()
	return h
}

// outcome waits for the bot to end by itself.
func (h *host) outcome() error {
	h.t.Helper()
	select {
	case <-h.ended:
	case <-time.After(20 * time.Second):
		h.t.Fatal("the bot goes on")
	}
	return h.err
}

const karabakh = "When did Azerbaijan retake control of Karabakh?"

// mustAnswer asks in the first channel and by a command, and wants an answer to both.
func (h *host) mustAnswer() {
	h.t.Helper()
	ann := h.Person("Ann")
	for how, a := range map[string]fakediscord.Message{
		"mention": h.Ask(ann, "", karabakh),
		"command": h.Slash(ann, "", "ask", map[string]any{"question": karabakh}),
	} {
		if len(a.Embeds) != 1 {
			h.t.Errorf("%s: no answer but %s", how, a.Body)
		}
	}
}

// mention asks without waiting.
func (h *host) mention() fakediscord.Message {
	ann := h.Person("Ann")
	return h.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + karabakh})
}

// once checks that m has exactly one reply, after another question was answered.
func (h *host) once(m fakediscord.Message) {
	h.t.Helper()
	h.Answer(m)
	h.mustAnswer()
	if n := len(h.Replies(m)); n != 1 {
		h.t.Errorf("%d replies", n)
	}
}

func TestRunServesAndStops(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	h := online(t, f, hurried(f))
	h.mustAnswer()
	h.stop()
	if err := h.outcome(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if c := f.Conns(); len(c) != 1 || c[0].CloseCode != 1000 {
		t.Errorf("the bot did not say goodbye: %+v", c)
	}
	if c := f.Conns()[0]; c.Intents != fakediscord.IntentGuildMessages|fakediscord.IntentDirectMessages {
		t.Errorf("intents %b", c.Intents)
	}
	for _, want := range []string{"This is citebot", "client_id=" + fakediscord.AppID, "scope=bot+applications.commands",
		"permissions=274877991936", corpus.Bundled().Title, "commands, in the server " + fakediscord.GuildID} {
		if !strings.Contains(h.printed.String(), want) {
			t.Errorf("not printed: %s", want)
		}
	}
	if strings.Contains(h.logged.String(), "Karabakh") {
		t.Error("a question is logged")
	}
}

func TestQuestionsAreLoggedOnRequest(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	cfg := hurried(f)
	cfg.LogQuestions = true
	h := online(t, f, cfg)
	h.mustAnswer()
	h.stop()
	h.outcome()
	if !strings.Contains(h.logged.String(), karabakh) {
		t.Error("no question is logged")
	}
}

// TestFinalErrors: what cannot be mended by trying again ends the bot, with a sentence that says what to do.
func TestFinalErrors(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	reset := "DISCORD_TOKEN"
	tests := []struct {
		name   string
		change func(*fakediscord.Server, *Config)
		want   string
	}{
		{"no token", func(_ *fakediscord.Server, c *Config) { c.Token = " " }, "DISCORD_TOKEN is not set: copy"},
		{"malformed token", func(_ *fakediscord.Server, c *Config) { c.Token, c.APIURL = "abc", "" }, "DISCORD_TOKEN is not a bot token"},
		{"application ID", func(_ *fakediscord.Server, c *Config) { c.Token, c.APIURL = "1000000000000000001", "" }, "looks like the application's ID"},
		{"public key", func(_ *fakediscord.Server, c *Config) { c.Token, c.APIURL = strings.Repeat("0f", 32), "" }, "looks like the application's public key"},
		{"client secret", func(_ *fakediscord.Server, c *Config) { c.Token, c.APIURL = strings.Repeat("aZ-_", 8), "" }, "looks like the client secret"},
		{"token with a line break", func(_ *fakediscord.Server, c *Config) { c.Token = "abc\ndef" }, "DISCORD_TOKEN is not a bot token"},
		{"guild name", func(_ *fakediscord.Server, c *Config) { c.GuildID = "My server" }, "DISCORD_GUILD_ID must be the server's ID"},
		{"channel name", func(_ *fakediscord.Server, c *Config) { c.AnswerChannels = []string{"#general"} }, "ANSWER_CHANNELS must hold channel IDs"},
		{"API address", func(_ *fakediscord.Server, c *Config) { c.APIURL = "discord.example" }, "DISCORD_API_URL must be an address"},
		{"wrong token", func(_ *fakediscord.Server, c *Config) { c.Token = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.wrong.token" }, reset},
		{"unreachable", func(_ *fakediscord.Server, c *Config) { c.APIURL = gone.URL }, "could not be reached"},
		{"not Discord", func(_ *fakediscord.Server, c *Config) { c.APIURL = other.URL }, "does not answer as Discord does"},
		{"4004 at the gateway", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4004}) }, reset},
		{"4010", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4010}) }, "look whether SHARD_COUNT and SHARD_IDS are right"},
		{"4011", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4011}) }, "set SHARD_COUNT to a larger number"},
		{"4012", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4012}) }, "install a newer citebot"},
		{"4013", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4013}) }, "intents"},
		{"4014", func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4014}) }, "intents for messages"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{})
			cfg := hurried(f)
			tt.change(f, &cfg)
			h := launch(t, f, cfg)
			if err := h.outcome(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ended with %v, want %q", err, tt.want)
			}
		})
	}
}

// TestInvitedLater: commands for a server that the bot is not in yet are registered once it is; meanwhile it serves others.
func TestInvitedLater(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	cfg := hurried(f)
	cfg.timing.invitation = time.Millisecond
	f.Fail(fakediscord.Failure{Path: "/commands", Status: 403, Body: `{"message":"Missing Access","code":50001}`, Times: 5})
	h := online(t, f, cfg)
	if err := f.Wait(t.Context(), func() bool { return len(f.Commands(fakediscord.GuildID)) > 0 }); err != nil {
		t.Fatal(err)
	}
	h.mustAnswer()
	if !strings.Contains(h.printed.String(), "invite it there with http") {
		t.Errorf("printed: %s", h.printed)
	}
}

// TestTokenRevokedWhileRunning ends the bot instead of trying for ever.
func TestTokenRevokedWhileRunning(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	h := online(t, f, hurried(f))
	h.mustAnswer()
	f.RevokeToken()
	if err := h.outcome(); err == nil || !strings.Contains(err.Error(), "Discord refused the token") {
		t.Errorf("ended with %v", err)
	}
}

// TestMessageContent: only ANSWER_CHANNELS asks for the privileged intent, and does without where Discord refuses it.
func TestMessageContent(t *testing.T) {
	for name, allowed := range map[string]bool{"allowed": true, "refused": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{MessageContent: allowed})
			cfg := hurried(f)
			cfg.AnswerChannels = []string{fakediscord.ChannelID}
			h := online(t, f, cfg)
			h.mustAnswer()
			conns := f.Conns()
			if got := conns[len(conns)-1].Intents&fakediscord.IntentMessageContent != 0; got != allowed {
				t.Errorf("the bot has the intent: %v", got)
			}
			if told := strings.Contains(h.logged.String(), "switch on"); told == allowed {
				t.Errorf("the host is told which switch to set: %v", told)
			}
			if allowed {
				ann := f.Person("Ann")
				if a := f.Answer(f.Send(fakediscord.Message{Author: &ann, Content: karabakh})); len(a.Embeds) != 1 {
					t.Errorf("no answer but %s", a.Body)
				}
			}
		})
	}
}

// TestConnectionTrouble: whatever happens to the connection, the bot comes back; where Discord keeps the session it is
// resumed, and what was asked meanwhile is answered, once.
func TestConnectionTrouble(t *testing.T) {
	type script = fakediscord.Script
	tests := []struct {
		name    string
		trouble func(*fakediscord.Server)
		resumes bool // over the last connection
		conns   int  // all in all; a slow machine may take a short heartbeat for silence, and need more
		beat    time.Duration
	}{
		{"cut", (*fakediscord.Server).Drop, true, 2, 0},
		{"op 7", (*fakediscord.Server).Reconnect, true, 2, 0},
		{"op 7 again right after the resume", func(f *fakediscord.Server) { f.Next(script{Reconnect: true}, script{Reconnect: true}); f.Reconnect() }, true, 4, 0},
		{"op 9, resumable", func(f *fakediscord.Server) { f.InvalidSession(true) }, true, 2, 0},
		{"op 9", func(f *fakediscord.Server) { f.InvalidSession(false) }, false, 2, 0},
		{"op 9 in answer to the resume", func(f *fakediscord.Server) { f.Next(script{ForgetResume: true}); f.Drop() }, false, 3, 0},
		{"op 9, resumable, in answer to the resume", func(f *fakediscord.Server) { f.Next(script{Invalid: true, Resumable: true}); f.Drop() }, true, 3, 0},
		{"4000", func(f *fakediscord.Server) { f.Close(4000) }, true, 2, 0},
		{"4008", func(f *fakediscord.Server) { f.Close(4008) }, true, 2, 0},
		{"4007", func(f *fakediscord.Server) { f.Close(4007) }, false, 2, 0},
		{"4009", func(f *fakediscord.Server) { f.Close(4009) }, false, 2, 0},
		{"silence", (*fakediscord.Server).Silence, true, 2, time.Second},
		{"then silence instead of hello", func(f *fakediscord.Server) { f.Next(script{NoHello: true}); f.Drop() }, true, 3, 0},
		{"then silence instead of resumed", func(f *fakediscord.Server) { f.Next(script{NoReady: true}); f.Drop() }, true, 3, time.Second},
		{"then 503 at the gateway", func(f *fakediscord.Server) { f.Next(script{Refuse: 503}); f.Drop() }, true, 2, 0},
		{"then no address of a gateway", func(f *fakediscord.Server) {
			f.Next(script{Refuse: 503}, script{ForgetResume: true}) // a session that begins asks for the address
			f.Fail(fakediscord.Failure{Path: "/gateway", Status: 500, Times: 3})
			f.Drop()
		}, false, 3, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{Heartbeat: tt.beat})
			h := online(t, f, hurried(f))
			h.mustAnswer()
			var missed fakediscord.Message
			f.Reconnected(func() {
				tt.trouble(f)
				missed = h.mention()
			})
			if tt.resumes {
				h.once(missed)
			}
			h.mustAnswer()
			conns := f.Conns()
			last := conns[len(conns)-1]
			if last.Resumed != tt.resumes || last.Identified == tt.resumes || len(conns) < tt.conns || len(conns) > tt.conns && tt.beat == 0 {
				t.Errorf("connections: %+v", conns)
			}
		})
	}
}

// TestEarlyTrouble: a connection that goes wrong before it has worked is tried again.
func TestEarlyTrouble(t *testing.T) {
	type script = fakediscord.Script
	before, err := json.Marshal(fakediscord.Message{ID: "1", ChannelID: fakediscord.ChannelID, Author: &fakediscord.User{ID: "2"}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		script script
		beat   time.Duration
	}{
		{"no hello", script{NoHello: true}, 0},
		{"no ready", script{NoReady: true}, time.Second},
		{"op 7", script{Reconnect: true}, 0},
		{"op 9", script{Invalid: true}, 0},
		{"4000", script{Close: 4000}, 0},
		{"503", script{Refuse: 503}, 0},
		{"ready twice", script{ReadyTwice: true}, 0},
		{"an event before ready", script{BeforeReady: []fakediscord.Packet{{Type: "MESSAGE_CREATE", Data: before}}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{Heartbeat: tt.beat})
			f.Next(tt.script)
			online(t, f, hurried(f)).mustAnswer()
		})
	}
}

// TestMentionBeforeReady: the bot knows who it is before Discord says so at the gateway.
func TestMentionBeforeReady(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	ann := f.Person("Ann")
	m := f.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + karabakh})
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	f.Next(fakediscord.Script{BeforeReady: []fakediscord.Packet{{Type: "MESSAGE_CREATE", Data: data}}})
	h := online(t, f, hurried(f))
	h.once(m)
}

// TestStrangeEvents: what discordgo cannot decode, or nobody knows, harms nothing.
func TestStrangeEvents(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	h := online(t, f, hurried(f))
	for _, event := range [][2]string{
		{"MESSAGE_CREATE", `{}`},
		{"MESSAGE_CREATE", `null`},
		{"MESSAGE_CREATE", `[1,2]`},
		{"MESSAGE_CREATE", `{"id":"5","channel_id":"6","content":"<@` + fakediscord.BotID + `> hello?"}`},
		{"MESSAGE_CREATE", `{"id":"5","channel_id":"6","author":null,"mentions":[null]}`},
		{"MESSAGE_CREATE", `{"id":"7","channel_id":"6","author":{"id":"8"},"mentions":[null],"content":"<@` + fakediscord.BotID + `>","components":[{"type":999}]}`},
		{"MESSAGE_CREATE", `{"id":7,"channel_id":{},"author":"me"}`},
		{"INTERACTION_CREATE", `{}`},
		{"INTERACTION_CREATE", `null`},
		{"INTERACTION_CREATE", `{"id":"9","token":"t","type":2}`},
		{"INTERACTION_CREATE", `{"id":"9","token":"t","type":77,"data":{"x":1}}`},
		{"INTERACTION_CREATE", `{"id":"9","token":"t","type":2,"data":{"options":[{"value":{}}]}}`},
		{"NOBODY_KNOWS_THIS", `{"a":[1]}`},
		{"READY", `{"user":5}`},
		{"GUILD_CREATE", `{"id":"1","members":[{"user":null}]}`},
	} {
		f.Event(event[0], event[1])
	}
	for _, text := range []string{`{`, `"x"`, `[]`, `null`, `{"op":"seven"}`, `{"op":99}`, `{"op":0,"t":"MESSAGE_CREATE","s":9999999,"d":}`, "\xff"} {
		f.Raw(text)
	}
	h.mustAnswer()
	if n := len(f.Conns()); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}

// TestSameEventTwice: an event that is delivered again is not answered again.
func TestSameEventTwice(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	h := online(t, f, hurried(f))
	m := h.mention()
	f.Redeliver(m)
	h.Answer(m)
	f.Redeliver(m)
	h.once(m)
}

// TestRESTTrouble: a request that fails on the way is made again where that is right, and answered once.
func TestRESTTrouble(t *testing.T) {
	type failure = fakediscord.Failure
	soon := fakediscord.RateLimited(50 * time.Millisecond)
	tests := []struct {
		name string
		failure
	}{
		{"429 with retry_after", soon},
		{"429 without retry_after", failure{Status: 429, Body: `{"message":"slow down"}`}},
		{"429 that is not JSON", failure{Status: 429, Body: "<html>slow down</html>"}},
		{"500", failure{Status: 500, Body: "oh no"}},
		{"502", failure{Status: 502, Body: "<html>"}},
		{"cut", failure{Cut: true}},
		{"500 though it was done", failure{Status: 500, After: true}},
		{"cut though it was done", failure{Cut: true, After: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{})
			h := online(t, f, hurried(f))
			tt.failure.Method, tt.failure.Path = "POST", "/messages"
			f.Fail(tt.failure)
			h.once(h.mention())
			tt.failure.Path = "/callback"
			f.Fail(tt.failure)
			if a := f.Slash(f.Person("Ann"), "", "ask", map[string]any{"question": karabakh}); len(a.Embeds) != 1 {
				t.Errorf("no answer but %s", a.Body)
			}
		})
	}
}

// TestExpiredInteraction: an interaction that cannot be answered any more is let go.
func TestExpiredInteraction(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	h := online(t, f, hurried(f))
	f.Fail(fakediscord.Failure{Path: "/callback", Status: 404, Body: `{"message":"Unknown interaction","code":10062}`})
	x := f.Interact(fakediscord.Interaction{User: f.Person("Ann"), Command: "ask", Options: map[string]any{"question": karabakh}})
	if err := f.Wait(t.Context(), func() bool {
		rs := f.Requests()
		return len(rs) > 0 && rs[len(rs)-1].Status == 404
	}); err != nil {
		t.Fatal(err)
	}
	h.mustAnswer()
	if x.Responded() {
		t.Error("it was answered")
	}
	if strings.Contains(h.logged.String(), x.Token) {
		t.Error("the interaction's token is logged")
	}
}

// TestStopsWhereverItIs: a bot that is told to stop does so at once while it is waiting for something.
func TestStopsWhereverItIs(t *testing.T) {
	for name, prepare := range map[string]func(*fakediscord.Server){
		"the first request": func(f *fakediscord.Server) { f.Fail(fakediscord.Failure{Path: "/users/@me", Hang: true}) },
		"the gateway's address": func(f *fakediscord.Server) {
			f.Fail(fakediscord.Failure{Path: "/gateway", Hang: true})
		},
		"hello": func(f *fakediscord.Server) { f.Next(fakediscord.Script{NoHello: true}) },
		"ready": func(f *fakediscord.Server) { f.Next(fakediscord.Script{NoReady: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{})
			prepare(f)
			cfg := hurried(f)
			cfg.timing.hello = time.Hour
			h := launch(t, f, cfg)
			if err := f.Wait(t.Context(), func() bool { return len(f.Conns()) > 0 || name == "the first request" || len(f.Requests()) >= 3 }); err != nil {
				t.Fatal(err)
			}
			h.stop()
			if err := h.outcome(); err != nil {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// TestPauseBetweenAttempts: without the tests' hurry, pauses grow, differ, and keep a day's attempts below Discord's 1,000.
func TestPauseBetweenAttempts(t *testing.T) {
	mean := func(failures int) (total time.Duration) {
		for range 1000 {
			total += backOff(failures) / 1000
		}
		return total
	}
	for failures := range 6 {
		if a, b := mean(failures), mean(failures+1); b < a*3/2 {
			t.Errorf("after %d failures %s, after one more %s", failures, a, b)
		}
	}
	if a := mean(1 << 20); a < 100*time.Second || a > 150*time.Second {
		t.Errorf("in the end %s", a)
	}
	pauses := map[time.Duration]bool{}
	for range 10 {
		pauses[backOff(3)] = true
	}
	if len(pauses) == 1 {
		t.Error("pauses do not differ")
	}
}
