package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// gateway keeps the bot connected to Discord, over one connection for each of its shards. discordgo's own connection is not
// used: it blocks for ever at a silent server, forgets why Discord closed, identifies without waiting for its turn, does not
// resume where Discord says, and a panic in its decoders ends the process.
type gateway struct {
	token    string
	count    int   // of shards, all processes together; 0 for as many as Discord recommends
	ids      []int // of the shards that are this process's; nil for all
	entrance *entrance
	events   *events
	ready    func(servers []string) // called when a session begins, with the IDs of its servers; must not block
	timing   timing
	log      *slog.Logger

	mu      sync.Mutex
	intents discordgo.Intent
}

// baseIntents is all that is needed for messages that mention the bot, replies to it, and direct messages. Interactions
// need none.
const baseIntents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

const (
	maxPause     = 2 * time.Minute // so that a day's attempts of one shard stay below the 1,000 that Discord allows
	steadyFor    = time.Minute     // how long a connection must last for failures before it to be forgotten
	noMorePaused = 6               // 2^6 s and more are cut to maxPause
)

// backOff is the pause after that many failures in a row: 1 s, 2 s, 4 s … on average, at random between half and 1.5 times
// that, so that many bots don't come back at the same moment.
func backOff(failures int) time.Duration {
	pause := maxPause
	if failures <= noMorePaused {
		pause = time.Second << max(failures, 0)
	}
	return pause/2 + rand.N(pause)
}

// afterInvalid is how long Discord wants a bot to wait before it identifies again after op 9: 1 to 5 s, at random.
func afterInvalid() time.Duration { return time.Second + rand.N(4*time.Second) }

// finalError is an error after which trying again is useless; its text says what to do.
type finalError struct{ sentence string }

func (f finalError) Error() string { return f.sentence }

// errTooFew ends shards that are too few for the bot's servers.
var errTooFew = errors.New("too few shards")

// serve stays connected until ctx ends, which is no error, or there is no use in trying. Where Discord wants more shards, they
// are counted anew.
func (g *gateway) serve(ctx context.Context) error {
	count, err := g.recommended(ctx)
	if err != nil {
		return unlessEnded(ctx, err)
	}
	if g.count > 0 {
		count = g.count
	}
	for {
		err := g.serveShards(ctx, count)
		if !errors.Is(err, errTooFew) {
			return err
		}
		want, err := g.recommended(ctx)
		switch {
		case err != nil:
			return unlessEnded(ctx, err)
		case g.ids != nil:
			return finalError{fmt.Sprintf("Discord wants this bot split into more than %d shards and recommends %d: set SHARD_COUNT to that in every "+
				"process, share the shards out anew with SHARD_IDS, and start them again", count, want)}
		case want <= count:
			return finalError{fmt.Sprintf("Discord wants this bot split into more than %d shards, but recommends %d: set SHARD_COUNT to a larger number", count, want)}
		}
		g.log.Warn("Discord wants more shards", "had", count, "now", want)
		count = want
	}
}

// recommended asks Discord how many shards there should be, until it says so.
func (g *gateway) recommended(ctx context.Context) (int, error) {
	for failures := 0; ; failures++ {
		about, err := g.entrance.look(ctx)
		switch {
		case err == nil:
			return about.Shards, nil
		case isUnauthorized(err):
			return 0, finalError{revoked}
		}
		pause := g.timing.pause(failures)
		g.log.Warn("Discord does not say where its gateway is", "why", withoutURL(err).Error(), "again in", pause.Round(time.Millisecond))
		if !sleep(ctx, pause) {
			return 0, ctx.Err()
		}
	}
}

// serveShards serves all shards of this process, each by itself, until ctx ends or one of them cannot go on.
func (g *gateway) serveShards(ctx context.Context, count int) error {
	ids := g.ids
	if ids == nil {
		for id := range count {
			ids = append(ids, id)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(ids))
	for _, id := range ids {
		s := newShard(g, id, count)
		go func() { ended <- s.serve(ctx) }()
	}
	var first error
	for range ids {
		if err := <-ended; err != nil && first == nil {
			first = err
			cancel()
		}
	}
	return first
}

// wanted are the intents to ask for.
func (g *gateway) wanted() discordgo.Intent {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.intents
}

// refuseIntents goes on without the privileged intent, which Discord refused to a shard that asked for these intents. It reports
// whether there was one to do without.
func (g *gateway) refuseIntents(asked discordgo.Intent) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if asked&discordgo.IntentMessageContent == 0 {
		return false
	}
	if g.intents&discordgo.IntentMessageContent != 0 {
		g.log.Warn("Discord refuses the Message Content intent, so that questions in ANSWER_CHANNELS need a mention: switch on "+
			"“Message Content Intent” on the Bot page of the application at "+portalURL+" and start again", "channels", "mention only")
	}
	g.intents &^= discordgo.IntentMessageContent
	return true
}

const revoked = "Discord refused the token: it was reset, or belongs to no bot any more. Copy the one that Reset Token shows on the " +
	"Bot page of your application at " + portalURL + " into DISCORD_TOKEN"

func isUnauthorized(err error) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Response.StatusCode == http.StatusUnauthorized
}

// sleep waits that long, and reports false if ctx ended before.
func sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
