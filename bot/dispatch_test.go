package bot

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// newTestDispatch hands messages to handle.
func newTestDispatch(t *testing.T, handle func(context.Context, string)) (*dispatch, *buffer) {
	t.Helper()
	logged := new(buffer)
	d := newDispatch(t.Context(), nil, &handler{}, slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	d.onMessage = func(ctx context.Context, _ *discordgo.Session, m *discordgo.Message) { handle(ctx, m.ID) }
	return d, logged
}

func event(id string) *discordgo.MessageCreate {
	return &discordgo.MessageCreate{Message: &discordgo.Message{ID: id, Author: &discordgo.User{ID: "1"}}}
}

func TestPanicIsCaught(t *testing.T) {
	done := make(chan string)
	d, logged := newTestDispatch(t, func(_ context.Context, id string) {
		if id == "bad" {
			panic("on purpose")
		}
		done <- id
	})
	d.message(nil, event("bad"))
	d.message(nil, event("good"))
	if got := <-done; got != "good" {
		t.Errorf("handled %q", got)
	}
	if left := d.drain(time.Minute); left != 0 {
		t.Errorf("%d left", left)
	}
	for _, want := range []string{"on purpose", "id=bad", "dispatch_test.go"} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("not logged: %s in %s", want, logged)
		}
	}
}

func TestHandlersAreBounded(t *testing.T) {
	var running, most, handled atomic.Int64
	full := make(chan struct{})
	d, logged := newTestDispatch(t, func(ctx context.Context, _ string) {
		now := running.Add(1)
		for {
			old := most.Load()
			if now <= old || most.CompareAndSwap(old, now) {
				break
			}
		}
		<-full
		running.Add(-1)
		handled.Add(1)
	})
	for i := range maxActive + 5 {
		d.message(nil, event(fmt.Sprint(i)))
	}
	close(full)
	if left := d.drain(time.Minute); left != 0 {
		t.Errorf("%d left", left)
	}
	if most.Load() > maxRunning {
		t.Errorf("%d ran at once", most.Load())
	}
	if handled.Load() != maxActive {
		t.Errorf("%d were handled, want %d", handled.Load(), maxActive)
	}
	if n := strings.Count(logged.String(), "event not taken"); n != 5 {
		t.Errorf("%d refused, want 5", n)
	}
}

func TestHandlersHaveADeadline(t *testing.T) {
	left := make(chan time.Duration, 1)
	d, _ := newTestDispatch(t, func(ctx context.Context, _ string) {
		deadline, _ := ctx.Deadline()
		left <- time.Until(deadline)
	})
	d.message(nil, event("1"))
	if got := <-left; got <= 0 || got > eventTimeout {
		t.Errorf("%s left", got)
	}
}

// TestEventsAreHandledOnce, as far back as IDs are remembered, and memory does not grow with them.
func TestEventsAreHandledOnce(t *testing.T) {
	d, _ := newTestDispatch(t, nil)
	id := 0
	for range 3 * maxSeen {
		if got := d.enter(fmt.Sprint(id)); got != eventTaken {
			t.Fatalf("event %d: %v", id, got)
		}
		d.leave()
		id++
	}
	for back := range maxSeen {
		if got := d.enter(fmt.Sprint(id - 1 - back)); got != eventSeen {
			t.Fatalf("the event %d ago: %v", back, got)
		}
	}
	if len(d.seen) != maxSeen || len(d.order) != maxSeen {
		t.Errorf("%d and %d remembered", len(d.seen), len(d.order))
	}
}

// TestDrain: what is under way is finished, what comes is refused, and what takes too long is left.
func TestDrain(t *testing.T) {
	begun, finish := make(chan bool, 2), make(chan bool)
	d, logged := newTestDispatch(t, func(context.Context, string) {
		begun <- true
		<-finish
	})
	d.message(nil, event("under way"))
	<-begun
	drained := make(chan int)
	go func() { drained <- d.drain(time.Minute) }()
	for i := 0; d.enter(fmt.Sprint("probe ", i)) != eventLate; i++ { // until draining has begun
		d.leave()
	}
	d.message(nil, event("late"))
	finish <- true
	if left := <-drained; left != 0 {
		t.Errorf("%d left", left)
	}
	if !strings.Contains(logged.String(), "id=late") {
		t.Error("the late event was taken")
	}

	d, _ = newTestDispatch(t, func(ctx context.Context, _ string) {
		begun <- true
		<-ctx.Done()
	})
	d.message(nil, event("stuck"))
	<-begun
	if left := d.drain(time.Millisecond); left != 1 {
		t.Errorf("%d left, want 1", left)
	}
}
