package bot

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/internal/fakediscord"
)

// sessionOn is a session for requests to the server at that address.
func sessionOn(t *testing.T, server string) *discordgo.Session {
	t.Helper()
	transport, err := newTransport(server)
	if err != nil {
		t.Fatal(err)
	}
	s, err := transport.newSession(t.Context(), fakediscord.Token)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRequestsGoToTheServerOnly(t *testing.T) {
	var elsewhere int
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	var path, token string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, token = r.URL.Path, r.Header.Get("Authorization")
		http.Redirect(w, r, other.URL, http.StatusFound)
	}))
	defer server.Close()
	s := sessionOn(t, server.URL+"/discord")
	s.User("@me")
	if path != "/discord/api/v9/users/@me" || token != "Bot "+fakediscord.Token {
		t.Errorf("asked for %s with %q", path, token)
	}
	if _, err := s.Request(http.MethodGet, other.URL+"/api/v9/users/@me", nil); err == nil {
		t.Error("another server was asked")
	}
	if _, err := s.Request(http.MethodGet, "https://discord.com/login", nil); err == nil {
		t.Error("something beside the API was asked for")
	}
	if elsewhere != 0 {
		t.Errorf("%d requests went elsewhere", elsewhere)
	}
}

// TestRateLimitsAreWaitedFor, within the deadline of whoever asks, and by nobody else.
func TestRateLimitsAreWaitedFor(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	s := sessionOn(t, f.URL())
	read := func(channel string, patience time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		_, err := s.ChannelMessages(channel, 1, "", "", "", options(ctx)...)
		return err
	}
	used := map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.2", "X-RateLimit-Limit": "5"}
	f.Fail(fakediscord.Failure{Path: "/messages", Header: used})
	if err := read(fakediscord.ChannelID, time.Minute); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := read(f.Channel("other"), time.Minute); err != nil {
		t.Errorf("another channel: %v", err)
	}
	if err := read(fakediscord.ChannelID, time.Millisecond); err == nil || len(f.Requests()) != 2 {
		t.Errorf("a request that cannot wait: %v, %d requests", err, len(f.Requests()))
	}
	if err := read(fakediscord.ChannelID, time.Minute); err != nil || time.Since(start) < 100*time.Millisecond {
		t.Errorf("a request that can wait: %v after %s", err, time.Since(start))
	}

	used["X-RateLimit-Reset-After"] = "3600"
	f.Fail(fakediscord.Failure{Path: "/messages", Header: used})
	read(fakediscord.ChannelID, time.Minute)
	var limited limit
	if err := read(fakediscord.ChannelID, time.Minute); !errors.As(withoutURL(err), &limited) || limited.retryAfter < 59*time.Minute {
		t.Errorf("a request that would wait for an hour: %v", err)
	}

	used["X-RateLimit-Global"] = "true"
	f.Fail(fakediscord.Failure{Path: "/typing", Header: used})
	s.ChannelTyping(fakediscord.ChannelID, options(t.Context())...)
	if err := read(f.Channel("third"), time.Minute); err == nil {
		t.Error("the global limit was not kept")
	}
	err := s.InteractionRespond(&discordgo.Interaction{ID: "1", Token: "t"}, &discordgo.InteractionResponse{Type: 5}, options(t.Context())...)
	if !hasCode(err, discordgo.ErrCodeUnknownInteraction) {
		t.Errorf("the global limit held up an interaction: %v", err)
	}
}

// TestNoBucketIsLeft: what is sent for an interaction leaves nothing behind in the session.
func TestNoBucketIsLeft(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, generous, ferry())
	ann := f.Person("Ann")
	ask := func() {
		a := f.Slash(ann, "", "ask", map[string]any{"question": "What did the ship cost?"})
		f.Press(ann, a, "Context").Message()
	}
	buckets := func() int { return reflect.ValueOf(b.s.Ratelimiter).Elem().FieldByName("buckets").Len() }
	ask()
	before := buckets()
	for range 20 {
		ask()
	}
	if after := buckets(); after != before {
		t.Errorf("%d buckets became %d", before, after)
	}
}

func TestErrorsHideTokens(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	s := sessionOn(t, gone.URL)
	err := request(t.Context(), s, http.MethodPost, discordgo.EndpointInteractionResponse("1", "secret"), nil)
	if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), fakediscord.Token) {
		t.Errorf("got %v", err)
	}
}
