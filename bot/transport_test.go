package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
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
	synctest.Test(t, func(t *testing.T) {
		transport, err := newTransport("http://localhost")
		if err != nil {
			t.Fatal(err)
		}
		var headers map[string]string // of the next answer
		asked := 0
		transport.next = answers(func(*http.Request) *http.Response {
			asked++
			r := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
			for name, value := range headers {
				r.Header.Set(name, value)
			}
			headers = nil
			return r
		})
		ask := func(path string, patience time.Duration) (time.Duration, error) {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://discord.com/api/v9"+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			_, err = transport.RoundTrip(r)
			return time.Since(start), err
		}
		const here, there = "/channels/1/messages", "/channels/2/messages"
		used := func(seconds string) {
			headers = map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": seconds, "X-RateLimit-Limit": "5"}
		}
		used("20.5")
		ask(here, time.Minute)
		if took, err := ask(there, time.Minute); err != nil || took != 0 {
			t.Errorf("another channel: %v after %s", err, took)
		}
		if took, err := ask(here, time.Second); err == nil || took != 0 || asked != 2 {
			t.Errorf("a request that cannot wait: %v after %s, %d requests", err, took, asked)
		}
		used("3600")
		if took, err := ask(here, time.Minute); err != nil || took != 20500*time.Millisecond {
			t.Errorf("a request that can wait: %v after %s", err, took)
		}
		var limited limit
		if _, err := ask(here, time.Minute); !errors.As(err, &limited) || limited.retryAfter != time.Hour {
			t.Errorf("a request that would wait for an hour: %v", err)
		}
		used("3600")
		headers["X-RateLimit-Global"] = "true"
		ask(there, time.Minute)
		if _, err := ask("/channels/3/messages", time.Minute); err == nil {
			t.Error("the global limit was not kept")
		}
		if took, err := ask("/interactions/1/token/callback", time.Minute); err != nil || took != 0 {
			t.Errorf("the global limit held up an interaction: %v after %s", err, took)
		}
	})
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

// answers is a RoundTripper.
type answers func(*http.Request) *http.Response

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) { return a(r), nil }

// TestPaceAfterTheGlobalLimit: once Discord's limit for all requests was met, those who waited do not all come back at once.
func TestPaceAfterTheGlobalLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport, err := newTransport("http://localhost")
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var asked []time.Time
		transport.next = answers(func(*http.Request) *http.Response {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, time.Now())
			r := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
			if len(asked) == 1 {
				r.StatusCode = http.StatusTooManyRequests
				r.Header.Set("X-RateLimit-Global", "true")
				r.Header.Set("Retry-After", "1")
			}
			return r
		})
		ask := func(n int) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, fmt.Sprintf("https://discord.com/api/v9/channels/%d/messages", n), nil)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := transport.RoundTrip(r); err != nil {
				t.Error(err)
			}
		}
		ask(0)
		var all sync.WaitGroup
		for n := range 200 {
			all.Go(func() { ask(n) })
		}
		all.Wait()
		for n := 50; n+1 < len(asked); n++ {
			if span := asked[n+1].Sub(asked[n-49]); span < time.Second {
				t.Fatalf("51 requests in %s", span)
			}
		}
		if first := asked[1].Sub(asked[0]); first < time.Second {
			t.Errorf("the next after %s", first)
		}
	})
}
