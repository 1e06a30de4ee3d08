package bot

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"citebot/answer"
	"citebot/internal/fakediscord"
)

const (
	soakPeople   = 200
	soakShards   = 4
	soakChannels = 12  // each in a server of its own, the same number in each shard; so many that each has room for what is asked at once
	soakCalm     = 200 // questions that are settled between two troubles
)

// TestSoak lets many people in many servers ask at once while connections are cut, resumed and invalidated over and over, requests
// meet 429 and 500, and Discord wants four shards in place of one. Each question is answered exactly once or refused by a rate
// limit, and nothing is left behind: goroutines and memory stay flat.
//
// CITEBOT_SOAK=1 asks 20,000 questions, which takes some minutes; without it 1,200. With -v, a table says what there was.
func TestSoak(t *testing.T) {
	phases, each := 10, 10 // questions of each person in a phase
	if os.Getenv("CITEBOT_SOAK") == "" {
		phases, each = 3, 2
	}
	f := fakediscord.New(t, fakediscord.Options{Patience: time.Minute, FirstResponse: time.Minute})
	cfg := hurried(f)
	cfg.Limits = Limits{PersonPerMinute: max(each/4, 1), PersonBurst: phases * each * 4 / 5, ServerPerMinute: -1}
	s := &soak{Server: f, t: t, refused: map[string]bool{}, statuses: map[int]int{}, heard: make(chan bool, 1)}
	s.run(cfg)
	for range soakPeople {
		s.people = append(s.people, f.Person("Ann"))
	}
	for n := range soakChannels {
		_, channel := f.Guild(fakediscord.Shard{ID: n % soakShards, Count: soakShards})
		s.channels = append(s.channels, channel)
	}
	s.failSome()
	var heap, routines []int
	for n := range phases {
		if n == phases/2 {
			s.reshard()
		}
		s.phase(each)
		h, r := footprint(f)
		heap, routines = append(heap, h), append(routines, r)
	}
	t.Log("\n" + s.table())
	t.Logf("after each phase: heap %d KiB, goroutines %d", heap, routines)
	if got, want := s.answered.Load()+s.limited.Load(), int64(soakPeople*phases*each); got != want {
		t.Errorf("%d questions were answered or refused, want %d", got, want)
	}
	if t.Failed() {
		t.Logf("disconnected: %q", s.reasons)
	}
	if s.limited.Load() == 0 || resumed(f) == 0 || s.requestsWith(429) == 0 || s.requestsWith(500) == 0 {
		t.Error("no question was refused, no session resumed, or no request failed: the soak was too easy")
	}
	// Caches fill in the first half.
	if early, late := slices.Max(heap[phases/2:phases-1]), heap[phases-1]; late > early+2048 {
		t.Errorf("the heap grew from %d to %d KiB", early, late)
	}
	if early, late := routines[0], routines[phases-1]; late > early+50 {
		t.Errorf("%d goroutines became %d", early, late)
	}
}

// soak is a bot under load.
type soak struct {
	*fakediscord.Server
	t        *testing.T
	people   []fakediscord.User
	channels []string // IDs

	troubles          int // made so far
	answered, limited atomic.Int64
	heard             chan bool   // that a question was settled
	statuses          map[int]int // HTTP status > requests that were answered with it

	asking sync.RWMutex // held for writing while there is no session, when Discord would deliver to nobody

	mu      sync.Mutex
	refused map[string]bool // messages that a rate limit refused, as logged
	reasons []string        // why the connection ended, as logged
}

// run starts the bot, which ends with the test.
func (s *soak) run(cfg Config) {
	engine, quotes := bundledEngine(s.t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, cfg, engine, quotes, slog.New(s)) }()
	s.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			s.t.Errorf("the bot ended with %v", err)
		}
	})
	s.Connected()
}

// Enabled, Handle, WithAttrs and WithGroup make the soak read the bot's log: a refused mention need not be answered.
func (s *soak) Enabled(context.Context, slog.Level) bool { return true }

func (s *soak) Handle(_ context.Context, r slog.Record) error {
	fields := map[string]string{}
	r.Attrs(func(a slog.Attr) bool {
		fields[a.Key] = a.Value.String()
		return true
	})
	s.mu.Lock()
	switch {
	case r.Message == "rate limit":
		s.refused[fields["message"]] = true
	case r.Message == "disconnected":
		s.reasons = append(s.reasons, fields["why"])
	case r.Message == "Discord wants more shards":
	case r.Level >= slog.LevelWarn:
		s.t.Errorf("logged: %s, %v", r.Message, fields)
	}
	s.mu.Unlock()
	s.Poke()
	return nil
}

func (s *soak) WithAttrs([]slog.Attr) slog.Handler { return s }
func (s *soak) WithGroup(string) slog.Handler      { return s }

// phase lets everybody ask that many questions, with trouble on the way, and forgets all afterwards.
func (s *soak) phase(each int) {
	done := make(chan bool)
	troubled := make(chan bool)
	go func() {
		defer close(troubled)
		s.trouble(done)
	}()
	var everybody sync.WaitGroup
	for n, person := range s.people {
		everybody.Go(func() {
			for q := range each {
				if (n+q)%2 == 0 {
					s.mention(person)
				} else {
					s.command(person)
				}
			}
		})
	}
	everybody.Wait()
	close(done)
	<-troubled
	for _, r := range s.Requests() {
		s.statuses[r.Status]++
	}
	for _, channel := range s.channels {
		for _, m := range s.History(channel) {
			if n := len(s.Replies(m)); n > 1 {
				s.t.Errorf("a mention has %d replies", n)
			}
		}
	}
	s.Forget()
}

// reshard makes Discord want four shards from now on.
func (s *soak) reshard() {
	s.asking.Lock()
	defer s.asking.Unlock()
	s.Reshard(soakShards)
	s.ConnectedShards(soakShards)
}

// requestsWith is how many requests were answered with that status.
func (s *soak) requestsWith(status int) int { return s.statuses[status] }

// table says what there was.
func (s *soak) table() string {
	var b strings.Builder
	line := func(what string, n int) { fmt.Fprintf(&b, "%-40s %7d\n", what, n) }
	line("questions", int(s.answered.Load()+s.limited.Load()))
	line("  answered once", int(s.answered.Load()))
	line("  refused by a rate limit of the bot's", int(s.limited.Load()))
	line("connections", len(s.Conns()))
	line("  resumed", resumed(s.Server))
	line("requests", s.requests())
	line("  met with 429", s.requestsWith(429))
	line("  met with 500", s.requestsWith(500))
	return b.String()
}

func (s *soak) requests() (n int) {
	for _, of := range s.statuses {
		n += of
	}
	return n
}

// trouble makes one trouble after another until done, but at least one; the kinds take turns over all phases.
func (s *soak) trouble(done <-chan bool) {
	kinds := []func(){
		func() { s.Reconnected(s.Drop) },
		func() { s.Reconnected(s.Reconnect) },
		func() { s.Reconnected(func() { s.InvalidSession(true) }) },
		func() { s.Reconnected(func() { s.Close(4000) }) },
		func() {
			s.asking.Lock()
			defer s.asking.Unlock()
			s.Reconnected(func() { s.InvalidSession(false) })
		},
	}
	for {
		kinds[s.troubles%len(kinds)]()
		s.troubles++
		next := s.settled() + soakCalm
		for s.settled() < next {
			select {
			case <-done:
				return
			case <-s.heard:
			}
		}
	}
}

// failSome makes one of some 40 requests fail from now on: so few that no question meets as many as the bot tries.
func (s *soak) failSome() {
	for _, path := range []string{"/messages", "/callback"} {
		limited := fakediscord.RateLimited(20 * time.Millisecond)
		for n, x := range []fakediscord.Failure{limited, {Status: 500, Body: "oh no"}, {Status: 500, After: true}} {
			x.Method, x.Path, x.Skip, x.Every, x.Times = "POST", path, 40*(n+1), 120, math.MaxInt
			s.Fail(x)
		}
	}
}

// settled is how many questions have been answered or refused.
func (s *soak) settled() int64 { return s.answered.Load() + s.limited.Load() }

// settle counts a question that has been.
func (s *soak) settle(n *atomic.Int64) {
	n.Add(1)
	select {
	case s.heard <- true:
	default:
	}
}

// mention asks in a channel, and waits for the reply or for the refusal.
func (s *soak) mention(person fakediscord.User) {
	s.asking.RLock()
	m := s.Send(fakediscord.Message{Author: &person, ChannelID: s.channelOf(person), Content: fakediscord.Mention + karabakh})
	s.asking.RUnlock()
	err := s.outlast(func() bool { return len(s.Replies(m)) > 0 || s.isRefused(m) })
	replies := s.Replies(m)
	switch {
	case err != nil:
		s.t.Errorf("a mention was not answered: %v", err)
	case s.isRefused(m):
		s.settle(&s.limited)
	case len(replies) == 1 && len(replies[0].Embeds) == 1:
		s.settle(&s.answered)
	default:
		s.t.Errorf("a mention has %d replies", len(replies))
	}
}

// channelOf is where that person asks.
func (s *soak) channelOf(person fakediscord.User) string {
	return s.channels[slices.Index(s.people, person)%len(s.channels)]
}

func (s *soak) isRefused(m fakediscord.Message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused[m.ID]
}

// command asks with /ask, and waits for the response.
func (s *soak) command(person fakediscord.User) {
	s.asking.RLock()
	x := s.Interact(fakediscord.Interaction{User: person, ChannelID: s.channelOf(person), Command: "ask", Options: map[string]any{"question": karabakh}})
	s.asking.RUnlock()
	if err := s.outlast(x.Responded); err != nil {
		s.t.Errorf("a command was not answered: %v", err)
		return
	}
	switch m := x.Message(); {
	case len(m.Embeds) == 1:
		s.settle(&s.answered)
	case m.Flags&fakediscord.Ephemeral != 0 && strings.Contains(m.Content, "a lot at once"):
		s.settle(&s.limited)
	default:
		s.t.Errorf("a command was answered with %s", m.Body)
	}
}

// outlast waits as long as a slow machine may need.
func (s *soak) outlast(done func() bool) error {
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	return s.Wait(ctx, done)
}

// footprint is the heap in use, in KiB, and the number of goroutines, once both have settled.
func footprint(f *fakediscord.Server) (heap, routines int) {
	f.Forget()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	heap, routines = math.MaxInt, math.MaxInt
	for range 5 { // what has ended takes a moment to be gone
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heap = min(heap, int(m.HeapAlloc/1024))
		routines = min(routines, runtime.NumGoroutine())
	}
	return heap, routines
}

func resumed(f *fakediscord.Server) (n int) {
	for _, c := range f.Conns() {
		if c.Resumed {
			n++
		}
	}
	return n
}

// BenchmarkMentionOverSockets is the whole way, over real connections: from when Discord makes an event to when the request that
// answers it has arrived there.
func BenchmarkMentionOverSockets(b *testing.B) {
	f := fakediscord.New(b, fakediscord.Options{})
	engine, quotes := bundledEngine(b)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, hurried(f), engine, quotes, slog.New(slog.DiscardHandler)) }()
	f.Connected()
	ann := f.Person("Ann")
	var whole []time.Duration
	for b.Loop() {
		start := time.Now()
		f.Ask(ann, "", karabakh)
		for _, r := range f.Requests() {
			if r.Method == "POST" {
				whole = append(whole, r.At.Sub(start))
			}
		}
		f.Forget()
	}
	stop()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	alone := make([]time.Duration, len(whole))
	for i := range alone {
		start := time.Now()
		if _, err := engine.Ask(context.Background(), answer.Question{Text: karabakh, Top: mostPassages}, nil); err != nil {
			b.Fatal(err)
		}
		alone[i] = time.Since(start)
	}
	slices.Sort(whole)
	slices.Sort(alone)
	b.ReportMetric(float64(whole[len(whole)/2]-alone[len(alone)/2]), "added-p50-ns")
	b.ReportMetric(float64(alone[len(alone)/2]), "engine-p50-ns")
}
