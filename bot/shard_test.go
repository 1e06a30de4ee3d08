package bot

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"citebot/internal/fakediscord"
)

type shardOf = fakediscord.Shard

// mustAnswerIn asks in a server of that shard, and wants an answer.
func (h *host) mustAnswerIn(shard shardOf) {
	h.t.Helper()
	_, channel := h.Guild(shard)
	h.mustAnswerThere(shard, channel)
}

func (h *host) mustAnswerThere(shard shardOf, channel string) {
	h.t.Helper()
	if a := h.Ask(h.Person("Ann"), channel, karabakh); len(a.Embeds) != 1 {
		h.t.Errorf("shard %d of %d: no answer but %s", shard.ID, shard.Count, a.Body)
	}
}

// TestShards: there are as many shards as Discord recommends; each has its own servers, the first has direct messages too.
// None identifies before its turn, which Discord would answer with op 9, and they resume by themselves.
func TestShards(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{Shards: 4, Concurrency: 2, IdentifyApart: 50 * time.Millisecond})
	cfg := hurried(f)
	cfg.timing.identify = 500 * time.Millisecond
	h := launch(t, f, cfg)
	f.ConnectedShards(4)
	for id := range 4 {
		h.mustAnswerIn(shardOf{ID: id, Count: 4})
	}
	ann := f.Person("Ann")
	if a := f.Answer(f.Send(fakediscord.Message{Author: &ann, ChannelID: f.DM(ann), Content: karabakh})); len(a.Embeds) != 1 {
		t.Errorf("a direct message: no answer but %s", a.Body)
	}
	if n := len(f.Conns()); n != 4 {
		t.Errorf("%d connections, want 4", n)
	}
	f.Reconnected(f.Drop)
	h.mustAnswerIn(shardOf{ID: 3, Count: 4})
	for _, c := range f.Conns()[4:] {
		if !c.Resumed || !c.Renamed {
			t.Errorf("not resumed, or not where Discord said: %+v", c)
		}
	}
	if n := writes(f); n != 1 {
		t.Errorf("commands were written %d times", n)
	}
}

// TestShardsOverProcesses: two processes share the shards out; the one with shard 0 registers the commands.
func TestShardsOverProcesses(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	first, second := hurried(f), hurried(f)
	first.ShardCount, first.ShardIDs = 3, []int{1, 2}
	second.ShardCount, second.ShardIDs = 3, []int{0}
	a := launch(t, f, first)
	f.ConnectedShards(2)
	a.mustAnswerIn(shardOf{ID: 2, Count: 3})
	if n := writes(f); n != 0 {
		t.Errorf("commands were written %d times without shard 0", n)
	}
	if !strings.Contains(a.printed.String(), "This process has 2 shards of 3: 1, 2") {
		t.Errorf("printed: %s", a.printed)
	}
	b := launch(t, f, second)
	f.ConnectedShards(3)
	for id := range 3 {
		b.mustAnswerIn(shardOf{ID: id, Count: 3})
	}
	if err := f.Wait(t.Context(), func() bool { return writes(f) == 1 }); err != nil {
		t.Fatal(err)
	}
}

// TestShardThatCannotStart does not stop the others, and starts once it can.
func TestShardThatCannotStart(t *testing.T) {
	for name, script := range map[string]fakediscord.Script{
		"closed": {Close: 4000}, "invalid": {Invalid: true}, "asked to come again": {Reconnect: true}, "silent": {NoReady: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{Shards: 3, Heartbeat: 500 * time.Millisecond})
			f.Trouble(0, script)
			h := launch(t, f, hurried(f))
			f.ConnectedShards(2)
			h.mustAnswerIn(shardOf{ID: 1, Count: 3})
			h.mustAnswerIn(shardOf{ID: 2, Count: 3})
			f.Relieve(0)
			f.ConnectedShards(3)
			h.mustAnswerIn(shardOf{ID: 0, Count: 3})
		})
	}
}

// TestReshard: where Discord wants more shards, there are as many as it recommends, and questions are answered in all of them.
func TestReshard(t *testing.T) {
	for name, count := range map[string]int{"auto": 0, "a number": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{})
			cfg := hurried(f)
			cfg.ShardCount = count
			h := online(t, f, cfg)
			h.mustAnswer()
			f.Reshard(4)
			f.ConnectedShards(4)
			h.mustAnswer()
			for id := range 4 {
				h.mustAnswerIn(shardOf{ID: id, Count: 4})
			}
			if !strings.Contains(h.logged.String(), "Discord wants more shards") {
				t.Error("the host is not told")
			}
		})
	}
}

// TestReshardOverProcesses is not possible by itself: the sentence says how many there must be, and where to set that.
func TestReshardOverProcesses(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	cfg := hurried(f)
	cfg.ShardCount, cfg.ShardIDs = 2, []int{1}
	h := online(t, f, cfg)
	f.Reshard(8)
	if err := h.outcome(); err == nil || !strings.Contains(err.Error(), "recommends 8: set SHARD_COUNT") {
		t.Errorf("ended with %v", err)
	}
}

// TestInvalidSessionResetsBackOff: op 9 that ends a session is no failure; the next one begins after Discord's own pause.
func TestInvalidSessionResetsBackOff(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	var mu sync.Mutex
	var failures []int
	invalid := 0
	cfg := hurried(f)
	cfg.timing.pause = func(n int) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		failures = append(failures, n)
		return time.Millisecond
	}
	cfg.timing.invalid = func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		invalid++
		return time.Millisecond
	}
	f.Next(fakediscord.Script{Close: 4000}, fakediscord.Script{Close: 4000}, fakediscord.Script{Close: 4000})
	h := online(t, f, cfg)
	f.Reconnected(func() { f.InvalidSession(false) })
	h.mustAnswer()
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(failures, []int{0, 1, 2, 0}) || invalid != 1 {
		t.Errorf("pauses after %v failures, %d after op 9", failures, invalid)
	}
	for range 100 {
		if p := afterInvalid(); p < time.Second || p > 5*time.Second {
			t.Fatalf("a pause of %s", p)
		}
	}
}

// TestDiscordAsksForAHeartbeat, and gets it at once (op 1).
func TestDiscordAsksForAHeartbeat(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{Heartbeat: time.Minute * 9})
	online(t, f, hurried(f))
	f.Packet(fakediscord.Packet{Op: 1})
	if err := f.Wait(t.Context(), func() bool { return f.Conns()[0].Heartbeats > 0 }); err != nil {
		t.Fatal(err)
	}
}
