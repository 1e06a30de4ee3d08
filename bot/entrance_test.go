package bot

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// TestEntrance: shards of a bucket identify 5 s apart, those of different buckets at once, and one that gave up takes no time.
func TestEntrance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		e := newEntrance(allowing(0, 2), identifyApart, slog.New(slog.DiscardHandler))
		if _, err := e.look(t.Context()); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var at []int // seconds
		var all sync.WaitGroup
		for shard := range 6 {
			all.Go(func() {
				for _, identifies := range []bool{false, true} {
					_, leave, err := e.enter(t.Context(), shard)
					if err != nil {
						t.Error(err)
						return
					}
					if identifies {
						mu.Lock()
						at = append(at, int(time.Since(start).Seconds()))
						mu.Unlock()
					}
					leave(identifies)
				}
			})
		}
		all.Wait()
		slices.Sort(at)
		if want := []int{0, 0, 5, 5, 10, 10}; !slices.Equal(at, want) {
			t.Errorf("identified after %d s, want %d", at, want)
		}
	})
}

// allowing is a Discord that lets no session begin for that long, and then as many as you like.
func allowing(after time.Duration, concurrency int) func(context.Context) (*discordgo.GatewayBotResponse, error) {
	start := time.Now()
	return func(context.Context) (*discordgo.GatewayBotResponse, error) {
		limit := discordgo.SessionInformation{Total: 1000, Remaining: 1000, MaxConcurrency: concurrency}
		if left := after - time.Since(start); left > 0 {
			limit.Remaining, limit.ResetAfter = 0, int(left.Milliseconds())
		}
		return &discordgo.GatewayBotResponse{URL: "wss://gateway", SessionStartLimit: limit}, nil
	}
}

// TestEntranceKeepsToTheDaysSessions: when none is left it waits, and says so.
func TestEntranceKeepsToTheDaysSessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, logged := time.Now(), new(buffer)
		e := newEntrance(allowing(10*time.Hour, 1), identifyApart, slog.New(slog.NewTextHandler(logged, nil)))
		if _, err := e.look(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, _, err := e.enter(t.Context(), 0); err != nil || time.Since(start) != 10*time.Hour {
			t.Errorf("entered after %s: %v", time.Since(start), err)
		}
		if strings.Count(logged.String(), "no more connections today") != 1 {
			t.Errorf("logged: %s", logged)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, _, err := e.enter(ctx, 0); err == nil {
			t.Error("a second one entered while the first was about to identify")
		}
	})
}
