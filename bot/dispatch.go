package bot

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// dispatch runs a handler for each event, on its own goroutine, and keeps each from harming the others: a panic is caught,
// there is a bound on how many run and how many wait, and each has a deadline. An event that comes twice, as after a
// resume, is handled once.
type dispatch struct {
	rest          *discordgo.Session // for the handlers' requests
	onMessage     func(context.Context, *discordgo.Session, *discordgo.Message)
	onInteraction func(context.Context, *discordgo.Session, *discordgo.Interaction)
	expect        func(*discordgo.Message) // called at once for each message that comes, and must not block
	onEdit        func(context.Context, *discordgo.Session, *discordgo.Message)
	onDelete      func(ctx context.Context, s *discordgo.Session, channelID, id string)
	isQuestion    func(id string) bool // whether a message may have an answer
	log           *slog.Logger

	slots chan struct{} // one for each handler that runs
	ctx   context.Context

	mu      sync.Mutex
	seen    map[string]bool
	order   []string // IDs in seen, a ring
	next    int
	active  int           // events under way
	closing bool          // nothing new is taken
	idle    chan struct{} // closed once closing and nothing is under way
}

const (
	maxRunning   = 256              // handlers; most of their time they wait for Discord
	maxActive    = 2000             // events under way, waiting ones included
	eventTimeout = 30 * time.Second // for a handler, waiting included
	maxSeen      = 8192             // IDs of events that are remembered
)

// newDispatch makes a dispatch whose handlers end with ctx at the latest.
func newDispatch(ctx context.Context, rest *discordgo.Session, h *handler, log *slog.Logger) *dispatch {
	return &dispatch{
		rest: rest, onMessage: h.onMessage, onInteraction: h.onInteraction, log: log,
		expect: h.expect, onEdit: h.onEdit, onDelete: h.onDelete, isQuestion: h.knows,
		slots: make(chan struct{}, maxRunning), ctx: ctx,
		seen: map[string]bool{}, idle: make(chan struct{}),
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

// message takes an event. Where it could not be decoded, discordgo hands over what it has.
func (d *dispatch) message(_ *discordgo.Session, e *discordgo.MessageCreate) {
	if e.Message == nil || e.ID == "" || e.Author == nil {
		d.log.Debug("a message was not understood")
		return
	}
	d.expect(e.Message)
	d.start("message", e.ID, func(ctx context.Context) { d.onMessage(ctx, d.rest, e.Message) })
}

func (d *dispatch) interaction(_ *discordgo.Session, e *discordgo.InteractionCreate) {
	if e.Interaction == nil || e.ID == "" || e.Token == "" {
		d.log.Debug("an interaction was not understood")
		return
	}
	d.start("interaction", e.ID, func(ctx context.Context) { d.onInteraction(ctx, d.rest, e.Interaction) })
}

// start runs handle for the event with that ID, unless it was seen, too much is under way, or the bot is leaving. It never
// blocks, since the gateway's readers call it, one for each shard.
func (d *dispatch) start(kind, id string, handle func(context.Context)) {
	switch d.enter(id) {
	case eventSeen:
		return
	case eventLate:
		d.log.Debug("event came too late", "kind", kind, "id", id)
		return
	case eventRefused:
		d.log.Warn("event not taken", "kind", kind, "id", id)
		return
	}
	ctx, cancel := context.WithTimeout(d.ctx, eventTimeout)
	go func() {
		defer d.leave()
		defer cancel()
		defer func() {
			if p := recover(); p != nil {
				d.log.Error("a handler failed", "kind", kind, "id", id, "panic", p, "stack", string(debug.Stack()))
			}
		}()
		select {
		case d.slots <- struct{}{}:
			defer func() { <-d.slots }()
			handle(ctx)
		case <-ctx.Done():
			d.log.Warn("event waited too long", "kind", kind, "id", id)
		}
	}()
}

type entry int

const (
	eventTaken entry = iota
	eventSeen
	eventLate    // the bot is leaving
	eventRefused // too much is under way
)

// enter takes an event, or says why not.
func (d *dispatch) enter(id string) entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen[id] {
		return eventSeen
	}
	if d.closing {
		return eventLate
	}
	if d.active >= maxActive {
		return eventRefused
	}
	if len(d.order) < maxSeen {
		d.order = append(d.order, id)
	} else {
		delete(d.seen, d.order[d.next])
		d.order[d.next] = id
		d.next = (d.next + 1) % maxSeen
	}
	d.seen[id] = true
	d.active++
	return eventTaken
}

func (d *dispatch) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.active--
	if d.closing && d.active == 0 {
		close(d.idle)
	}
}

// drain takes nothing new, and gives what is under way that time to finish. It reports how many had to be left.
func (d *dispatch) drain(timeout time.Duration) (left int) {
	d.mu.Lock()
	d.closing = true
	if d.active == 0 {
		close(d.idle)
	}
	d.mu.Unlock()
	select {
	case <-d.idle:
	case <-time.After(timeout):
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.active
}
