package bot

import (
	"context"
	"log/slog"
	"math"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// entrance is where shards begin their sessions. Discord lets only some of them identify at a time: shards whose number leaves
// the same remainder when divided by max_concurrency share a bucket, and those of a bucket must be 5 s apart. It also counts
// how many sessions may begin in a day, and takes the token away from a bot that begins more.
type entrance struct {
	ask   func(context.Context) (*discordgo.GatewayBotResponse, error)
	apart time.Duration // between two of a bucket
	log   *slog.Logger

	mu      sync.Mutex
	about   discordgo.GatewayBotResponse
	asked   time.Time
	buckets map[int]chan struct{} // by remainder
}

const (
	identifyApart = 5 * time.Second // how far apart shards of a bucket must identify
	believed      = 5 * time.Second // how long what Discord said about its gateway is believed
)

// newEntrance makes an entrance, of which nothing is known until look has been called.
func newEntrance(ask func(context.Context) (*discordgo.GatewayBotResponse, error), apart time.Duration, log *slog.Logger) *entrance {
	return &entrance{ask: ask, apart: apart, log: log, buckets: map[int]chan struct{}{}}
}

// look asks Discord about its gateway.
func (e *entrance) look(ctx context.Context) (discordgo.GatewayBotResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	answer, err := e.ask(ctx)
	if err != nil {
		return discordgo.GatewayBotResponse{}, err
	}
	about := *answer
	// Other servers that speak Discord's protocol may leave out what they do not mean.
	about.Shards = max(about.Shards, 1)
	limit := &about.SessionStartLimit
	limit.MaxConcurrency = max(limit.MaxConcurrency, 1)
	if limit.Total == 0 {
		limit.Remaining = math.MaxInt
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.about, e.asked = about, time.Now()
	return about, nil
}

// address is where the gateway was when last asked.
func (e *entrance) address() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.about.URL
}

// enter waits until it is that shard's turn to identify, and says where. leave must be called then: with true when IDENTIFY
// has been sent, with false if it will not be.
func (e *entrance) enter(ctx context.Context, shard int) (address string, leave func(identified bool), err error) {
	bucket := e.bucket(shard)
	select {
	case bucket <- struct{}{}:
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
	if address, err = e.take(ctx); err != nil {
		<-bucket
		return "", nil, err
	}
	return address, func(identified bool) {
		if !identified {
			<-bucket
			return
		}
		time.AfterFunc(e.apart, func() { <-bucket })
	}, nil
}

// bucket is full while a shard of the bucket is about to identify, or has just done so.
func (e *entrance) bucket(shard int) chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := shard % e.about.SessionStartLimit.MaxConcurrency
	if e.buckets[n] == nil {
		e.buckets[n] = make(chan struct{}, 1)
	}
	return e.buckets[n]
}

// take takes one of the sessions that may begin today, and waits for tomorrow where there is none left.
func (e *entrance) take(ctx context.Context) (address string, err error) {
	for {
		if address, ok := e.takeKnown(); ok {
			return address, nil
		}
		about, err := e.look(ctx)
		if err != nil {
			return "", err
		}
		limit := about.SessionStartLimit
		if limit.Remaining > 0 {
			continue
		}
		wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, time.Second)
		e.log.Error("Discord allows no more connections today", "allowed", limit.Total, "again in", wait.Round(time.Second))
		if !sleep(ctx, wait) {
			return "", ctx.Err()
		}
	}
}

// takeKnown takes a session of those that Discord said are left, if it said so lately.
func (e *entrance) takeKnown() (address string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	limit := &e.about.SessionStartLimit
	if limit.Remaining <= 0 || time.Since(e.asked) > believed {
		return "", false
	}
	limit.Remaining--
	return e.about.URL, true
}
