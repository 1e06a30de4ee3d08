package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// asker is for whom something is done.
type asker struct {
	server      string // as serverOf says
	person      string
	interaction bool // asked by a command, a button or a form, and not by a message
}

// serverOf is the server that has a turn for what happens there: outside servers, the channel by itself.
func serverOf(guildID, channelID string) string {
	if guildID == "" {
		return "channel " + channelID
	}
	return guildID
}

// askerOf is who asks in m.
func askerOf(m *discordgo.Message) asker {
	return asker{server: serverOf(m.GuildID, m.ChannelID), person: m.Author.ID}
}

type askerKey struct{}

// withAsker is a context for what is done for a.
func withAsker(ctx context.Context, a asker) context.Context {
	return context.WithValue(ctx, askerKey{}, a)
}

// path is a's place in a rota: interactions and messages take turns, in each of them servers, in each of those people.
func (a asker) path() []string {
	if a.interaction {
		return []string{"interaction", a.server, a.person}
	}
	return []string{"message", a.server, a.person}
}

// turns bound how many answers are computed at once, so that there is always some time of the processor for acknowledging
// what comes in. Where more wait, they take turns by [asker]. It is safe for concurrent use.
type turns struct {
	mu      sync.Mutex
	free    int
	waiting rota[*turn] // of whom some may have gone
}

// turn is what somebody waits for.
type turn struct {
	come  chan struct{} // closed when it has come
	given bool
	gone  bool // nobody waits for it any more
}

func newTurns(atOnce int) *turns { return &turns{free: atOnce} }

// errNoTurn says that no turn came in time: too much is asked.
var errNoTurn = errors.New("no turn came in time")

// turnPatience is how long somebody waits for a turn, so that there is time left to say that it did not come.
const turnPatience = 20 * time.Second

// take waits for a turn for the asker in ctx. Whoever has had it calls done. The error is errNoTurn, or ctx ended first.
func (t *turns) take(ctx context.Context) (done func(), err error) {
	who, _ := ctx.Value(askerKey{}).(asker)
	t.mu.Lock()
	if t.free > 0 {
		t.free--
		t.mu.Unlock()
		return t.pass, nil
	}
	own := &turn{come: make(chan struct{})}
	t.waiting.push(own, who.path()...)
	t.mu.Unlock()
	waiting, cancel := context.WithTimeoutCause(ctx, turnPatience, errNoTurn)
	defer cancel()
	select {
	case <-own.come:
		return t.pass, nil
	case <-waiting.Done():
	}
	t.mu.Lock()
	own.gone = true
	given := own.given
	t.mu.Unlock()
	if given { // at the last moment
		t.pass()
	}
	return nil, context.Cause(waiting)
}

// pass gives a turn to whoever is next.
func (t *turns) pass() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for next, ok := t.waiting.pop(); ok; next, ok = t.waiting.pop() {
		if !next.gone {
			next.given = true
			close(next.come)
			return
		}
	}
	t.free++
}
