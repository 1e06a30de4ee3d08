package bot

import (
	"context"
	"log/slog"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// dispatch runs a handler for each event, on its own goroutine, and keeps each from harming the others: a panic is caught,
// there is a bound on how many run and how many wait, and each has a deadline. An event that comes twice, as after a
// resume, is handled once.
//
// Interactions are handled at once, since Discord waits for 3 s only; what takes long in them waits later, for [turns].
// Messages wait in a [backlog]. Where more are asked than can be answered, their channel is told whose are skipped.
type dispatch struct {
	rest            *discordgo.Session               // for the handlers' requests
	concerns        func(*discordgo.Message) concern // must not block
	mentionsOwnRole func(context.Context, *discordgo.Session, *discordgo.Message) bool
	expect          func(*discordgo.Message)                                           // called at once for each message that concerns the bot; must not block
	pause           func(*discordgo.Message) time.Duration                             // 0, or after which time its author may ask again
	onMessage       func(context.Context, *discordgo.Session, *discordgo.Message) bool // false if it was not answered
	onInteraction   func(context.Context, *discordgo.Session, *discordgo.Interaction)
	onEdit          func(context.Context, *discordgo.Session, *discordgo.Message)
	onDelete        func(ctx context.Context, s *discordgo.Session, channelID, id string)
	isQuestion      func(id string) bool // whether a message may have an answer
	tell            func(context.Context, *discordgo.Session, notice)
	log             *slog.Logger
	ctx             context.Context

	mu      sync.Mutex
	seen    map[string]bool
	order   []string // IDs in seen, a ring
	next    int
	backlog backlog
	under   [kinds]int    // events of each kind under way, waiting and skipped ones included
	skipped int           // questions since the start
	closing bool          // nothing new is taken
	idle    chan struct{} // closed once closing and nothing is under way
}

// kind is a kind of events, which has a capacity of its own.
type kind int

const (
	messages kind = iota
	interactions
	completions // autocompletions
	lookups     // of the role that a message mentions
	changes     // edits and deletions of messages
	kinds
)

func (k kind) String() string {
	return [...]string{"message", "interaction", "autocompletion", "mention of a role", "change"}[k]
}

// most is how many of the kind may be under way.
func (k kind) most() int {
	return [...]int{math.MaxInt, maxInteractions, maxCompletions, maxLookups, maxChanges}[k]
}

const (
	maxInteractions = 1000 // under way; messages are bounded by their backlog
	maxCompletions  = 100  // each is worth nothing as soon as the next key is pressed
	maxLookups      = 100  // once a role has been looked up, it is known
	maxChanges      = 1000
	eventTimeout    = 30 * time.Second // for a handler
	maxSeen         = 8192             // IDs of events that are remembered
)

// newDispatch makes a dispatch whose handlers end with ctx at the latest.
func newDispatch(ctx context.Context, rest *discordgo.Session, h *handler, log *slog.Logger) *dispatch {
	return &dispatch{
		rest: rest, concerns: h.concerns, mentionsOwnRole: h.mentionsOwnRole, expect: h.expect, pause: h.pause, onMessage: h.onMessage,
		onInteraction: h.onInteraction, onEdit: h.onEdit, onDelete: h.onDelete, isQuestion: h.knows, tell: h.tell, log: log, ctx: ctx,
		seen: map[string]bool{}, backlog: backlog{channels: map[string]*channelBacklog{}}, idle: make(chan struct{}),
	}
}

// attach makes d handle the events of s.
func (d *dispatch) attach(s subscriber) {
	s.AddHandler(d.message)
	s.AddHandler(d.interaction)
	s.AddHandler(d.edit)
	s.AddHandler(d.deletion)
	s.AddHandler(d.deletions)
}

// message takes an event, which may lack what could not be decoded. Like all that takes events, it never blocks, since the
// gateway's readers call it, one for each shard.
func (d *dispatch) message(_ *discordgo.Session, e *discordgo.MessageCreate) {
	if e.Message == nil || e.ID == "" || e.Author == nil {
		d.log.Debug("a message was not understood")
		return
	}
	defer d.recovered(messages, e.ID)
	switch d.concerns(e.Message) {
	case isForBot:
		d.take(e.Message)
	case mayBeForBot:
		d.lookUp(e.Message)
	}
}

// lookUp takes m if it mentions the bot's own role, which Discord is asked about.
func (d *dispatch) lookUp(m *discordgo.Message) {
	id := "role in " + m.ID
	if !d.enter(lookups, id) {
		return
	}
	own := false
	d.start(lookups, id, askerOf(m), func(ctx context.Context) { own = d.mentionsOwnRole(ctx, d.rest, m) }, func() {
		if own {
			d.take(m)
		}
		d.leave(lookups, 1)
	})
}

// take lets m wait for its answer.
func (d *dispatch) take(m *discordgo.Message) {
	if !d.enter(messages, m.ID) {
		return
	}
	d.expect(m)
	if again := d.pause(m); again > 0 {
		d.skip(m, again, "rate limit")
		return
	}
	d.mu.Lock()
	skipped := d.backlog.add(m, time.Now())
	d.mu.Unlock()
	if skipped != nil {
		d.skip(skipped, comeBack, "too many")
	}
	d.answer()
}

// answer starts answering what may be answered now.
func (d *dispatch) answer() {
	for {
		d.mu.Lock()
		m, late := d.backlog.next(time.Now())
		d.mu.Unlock()
		for _, m := range late {
			d.skip(m, comeBack, "waited too long")
		}
		if m == nil {
			return
		}
		dealtWith := true // as is what fails
		d.start(messages, m.ID, askerOf(m), func(ctx context.Context) { dealtWith = d.onMessage(ctx, d.rest, m) }, func() {
			d.mu.Lock()
			d.backlog.done(m)
			d.mu.Unlock()
			if dealtWith {
				d.leave(messages, 1)
			} else {
				d.skip(m, comeBack, "not answered")
			}
			d.answer()
		})
	}
}

// skip leaves m without an answer, of which its channel is told, at once or with what else is skipped until then.
func (d *dispatch) skip(m *discordgo.Message, again time.Duration, why string) {
	d.log.Debug("question skipped", "message", m.ID, "why", why)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.skipped++
	c := d.backlog.at(m)
	c.skips.add(m, again)
	if !c.skips.resting {
		d.tellIn(c)
	}
}

// tellIn tells a channel what is skipped in it, and lets it rest then. The caller holds mu.
func (d *dispatch) tellIn(c *channelBacklog) {
	c.skips.resting = true
	n := c.skips.take()
	d.log.Info("questions skipped", "channel", c.id, "questions", n.questions(), "people", len(n.people), "since start", d.skipped)
	d.start(messages, n.people[0].first.ID, asker{}, func(ctx context.Context) { d.tell(ctx, d.rest, n) }, func() {
		d.leave(messages, n.questions())
		d.mu.Lock()
		defer d.mu.Unlock()
		rest := noticeInterval
		if d.closing {
			rest = 0
		}
		c.skips.rest = time.AfterFunc(rest, func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			if len(c.skips.people) > 0 {
				d.tellIn(c)
				return
			}
			c.skips.resting = false
			d.backlog.settle(c)
		})
	})
}

func (d *dispatch) interaction(_ *discordgo.Session, e *discordgo.InteractionCreate) {
	if e.Interaction == nil || e.ID == "" || e.Token == "" {
		d.log.Debug("an interaction was not understood")
		return
	}
	k := interactions
	if e.Type == discordgo.InteractionApplicationCommandAutocomplete {
		k = completions
	}
	if !d.enter(k, e.ID) {
		return
	}
	who := asker{server: serverOf(e.GuildID, e.ChannelID), person: userOf(e.Interaction).ID, interaction: true}
	d.start(k, e.ID, who, func(ctx context.Context) { d.onInteraction(ctx, d.rest, e.Interaction) }, func() { d.leave(k, 1) })
}

// start runs handle for the event with that ID on a goroutine, and then done, whatever happens.
func (d *dispatch) start(k kind, id string, who asker, handle func(context.Context), done func()) {
	ctx, cancel := context.WithTimeout(withAsker(d.ctx, who), eventTimeout)
	go func() {
		defer done()
		defer cancel()
		defer d.recovered(k, id)
		handle(ctx)
	}()
}

// recovered, deferred, ends a panic about the event with that ID.
func (d *dispatch) recovered(k kind, id string) {
	if p := recover(); p != nil {
		d.log.Error("a handler failed", "kind", k.String(), "id", id, "panic", p, "stack", string(debug.Stack()))
	}
}

// enter takes an event, unless it was seen, too much is under way, or the bot is leaving.
func (d *dispatch) enter(k kind, id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.seen[id]:
		return false
	case d.closing:
		d.log.Debug("event came too late", "kind", k.String(), "id", id)
		return false
	case d.under[k] >= k.most():
		d.log.Warn("event not taken", "kind", k.String(), "id", id)
		return false
	}
	if len(d.order) < maxSeen {
		d.order = append(d.order, id)
	} else {
		delete(d.seen, d.order[d.next])
		d.order[d.next] = id
		d.next = (d.next + 1) % maxSeen
	}
	d.seen[id] = true
	d.under[k]++
	return true
}

// leave says that n events have been dealt with.
func (d *dispatch) leave(k kind, n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.under[k] -= n
	if d.closing && d.underWay() == 0 {
		close(d.idle)
	}
}

// underWay is how many events are under way. The caller holds mu.
func (d *dispatch) underWay() (sum int) {
	for _, n := range d.under {
		sum += n
	}
	return sum
}

// drain takes nothing new, and gives what is under way that time to finish; messages that still wait when half of it is over
// are skipped. It reports how many had to be left.
func (d *dispatch) drain(timeout time.Duration) (left int) {
	d.mu.Lock()
	d.closing = true
	if d.underWay() == 0 {
		close(d.idle)
	}
	for _, c := range d.backlog.channels { // who is skipped is told now, if at all
		if c.skips.rest != nil && c.skips.rest.Stop() {
			c.skips.rest.Reset(0)
		}
	}
	d.mu.Unlock()
	select {
	case <-d.idle:
	case <-time.After(timeout / 2):
		d.mu.Lock()
		waiting := d.backlog.clear()
		d.mu.Unlock()
		for _, m := range waiting {
			d.skip(m, comeBack, "leaving")
		}
		select {
		case <-d.idle:
		case <-time.After(timeout / 2):
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.underWay()
}
