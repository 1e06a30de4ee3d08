package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// newTestDispatch hands messages to handle.
func newTestDispatch(t *testing.T, handle func(context.Context, string)) (*dispatch, *buffer) {
	t.Helper()
	logged := new(buffer)
	d := newDispatch(t.Context(), nil, &handler{}, slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	d.concerns = func(*discordgo.Message) concern { return isForBot }
	d.expect = func(*discordgo.Message) {}
	d.pause = func(*discordgo.Message) time.Duration { return 0 }
	d.onMessage = func(ctx context.Context, _ *discordgo.Session, m *discordgo.Message) bool {
		handle(ctx, m.ID)
		return true
	}
	return d, logged
}

// event is a message in a channel of its own.
func event(id string) *discordgo.MessageCreate { return said(id, "server", "channel of "+id, "1") }

func said(id, server, channel, person string) *discordgo.MessageCreate {
	return &discordgo.MessageCreate{Message: &discordgo.Message{
		ID: id, GuildID: server, ChannelID: channel, Author: &discordgo.User{ID: person},
	}}
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

// TestMessagesAreBounded, all of them and those of one channel. Who is told of nothing is answered.
func TestMessagesAreBounded(t *testing.T) {
	tests := []struct {
		name              string
		channel           func(n int) string
		atOnce, taken     int
		sent, most, named int
	}{
		{"one channel", func(int) string { return "c" }, channelAtOnce, channelAtOnce + channelWaiting, 100, channelAtOnce, 1},
		{"many channels", func(n int) string { return fmt.Sprint(n) }, messagesAtOnce, messagesAtOnce + allWaiting, 2500, messagesAtOnce, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var running, most, handled atomic.Int64
				full := make(chan struct{})
				d, _ := newTestDispatch(t, func(context.Context, string) {
					most.Store(max(most.Load(), running.Add(1)))
					<-full
					running.Add(-1)
					handled.Add(1)
				})
				told := 0
				d.tell = func(_ context.Context, _ *discordgo.Session, n notice) { told += n.questions() }
				for i := range tt.sent {
					d.message(nil, said(fmt.Sprint(i), "server", tt.channel(i), fmt.Sprint(i)))
					synctest.Wait()
				}
				close(full)
				synctest.Wait()
				if left := d.drain(time.Minute); left != 0 {
					t.Errorf("%d left", left)
				}
				if int(most.Load()) != tt.atOnce || int(handled.Load()) != tt.taken || told != tt.sent-tt.taken {
					t.Errorf("%d at once, %d handled, %d told of", most.Load(), handled.Load(), told)
				}
			})
		})
	}
}

// TestNoInteractionWaitsForMessages: it begins at once although messages fill their places.
func TestNoInteractionWaitsForMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until := make(chan struct{})
		d, _ := newTestDispatch(t, func(context.Context, string) { <-until })
		for i := range messagesAtOnce + 100 {
			d.message(nil, event(fmt.Sprint(i)))
		}
		begun := map[string]bool{}
		d.onInteraction = func(_ context.Context, _ *discordgo.Session, i *discordgo.Interaction) { begun[i.ID] = true }
		for id, kind := range map[string]discordgo.InteractionType{
			"command": discordgo.InteractionApplicationCommand, "autocompletion": discordgo.InteractionApplicationCommandAutocomplete,
		} {
			d.interaction(nil, &discordgo.InteractionCreate{Interaction: &discordgo.Interaction{ID: id, Token: "t", Type: kind}})
			synctest.Wait()
		}
		if !begun["command"] || !begun["autocompletion"] {
			t.Errorf("begun: %v", begun)
		}
		close(until)
		d.drain(time.Minute)
	})
}

// TestInteractionsAreBounded, and autocompletions, each by themselves.
func TestInteractionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until := make(chan struct{})
		d, logged := newTestDispatch(t, nil)
		begun := map[discordgo.InteractionType]int{}
		var mu sync.Mutex
		d.onInteraction = func(_ context.Context, _ *discordgo.Session, i *discordgo.Interaction) {
			mu.Lock()
			begun[i.Type]++
			mu.Unlock()
			<-until
		}
		for _, kind := range []discordgo.InteractionType{discordgo.InteractionApplicationCommandAutocomplete, discordgo.InteractionApplicationCommand} {
			for i := range maxInteractions + 3 {
				d.interaction(nil, &discordgo.InteractionCreate{Interaction: &discordgo.Interaction{ID: fmt.Sprint(kind, i), Token: "t", Type: kind}})
			}
		}
		synctest.Wait()
		if begun[discordgo.InteractionApplicationCommand] != maxInteractions || begun[discordgo.InteractionApplicationCommandAutocomplete] != maxCompletions {
			t.Errorf("begun: %v", begun)
		}
		if n := strings.Count(logged.String(), "event not taken"); n != 3+maxInteractions+3-maxCompletions {
			t.Errorf("%d refused", n)
		}
		close(until)
		d.drain(time.Minute)
	})
}

// TestTurnsOfPeople: who asks much in a channel takes turns with who asks little, and so do servers.
func TestTurnsOfPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		order := make(chan string, 100)
		until := make(chan struct{})
		d, _ := newTestDispatch(t, func(_ context.Context, id string) {
			<-until
			order <- id
			time.Sleep(time.Second) // in the bubble, no time passes outside
		})
		for i := range 10 {
			d.message(nil, said(fmt.Sprint("ann", i), "A", "channel", "ann"))
		}
		d.message(nil, said("ben", "A", "channel", "ben"))
		close(until)
		synctest.Wait()
		if left := d.drain(time.Hour); left != 0 {
			t.Errorf("%d left", left)
		}
		for place := 1; ; place++ {
			if <-order == "ben" {
				if place > channelAtOnce+2 {
					t.Errorf("Ben was answered as number %d", place)
				}
				return
			}
		}
	})
}

// TestSkippedAreTold: nobody's question disappears. The first skip is told at once, those of the next seconds together, each
// person by name.
func TestSkippedAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, logged := newTestDispatch(t, nil)
		d.pause = func(*discordgo.Message) time.Duration { return 7 * time.Second }
		var notices []string
		d.tell = func(_ context.Context, _ *discordgo.Session, n notice) { notices = append(notices, n.text()) }
		start := time.Now()
		for i, person := range []string{"1", "2", "2", "3", "1"} {
			d.message(nil, said(fmt.Sprint(i), "A", "channel", person))
			synctest.Wait()
		}
		time.Sleep(noticeInterval)
		synctest.Wait()
		want := []string{
			"That is a lot at once. Please try again in 7 seconds.",
			"That is a lot at once. I skipped 2 questions of <@2>, 1 of <@3> and 1 of <@1>. Please try again in 7 seconds.",
		}
		if !slices.Equal(notices, want) {
			t.Errorf("told %q", notices)
		}
		// When nothing is skipped any more the channel is forgotten.
		time.Sleep(noticeInterval)
		synctest.Wait()
		if len(d.backlog.channels) != 0 || time.Since(start) > time.Minute {
			t.Errorf("channels left: %d", len(d.backlog.channels))
		}
		if left := d.drain(time.Minute); left != 0 {
			t.Errorf("%d left", left)
		}
		if !strings.Contains(logged.String(), `questions=4 people=3 "since start"=5`) {
			t.Errorf("not counted: %s", logged)
		}
	})
}

// TestWhoWaitsTooLongIsTold: what could not be answered within patience is skipped.
func TestWhoWaitsTooLongIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var answered atomic.Int64
		d, _ := newTestDispatch(t, func(context.Context, string) {
			time.Sleep(patience - time.Second)
			answered.Add(1)
		})
		told := 0
		d.tell = func(_ context.Context, _ *discordgo.Session, n notice) { told += n.questions() }
		for i := range 3 * channelAtOnce {
			d.message(nil, said(fmt.Sprint(i), "A", "channel", fmt.Sprint(i)))
		}
		if left := d.drain(time.Hour); left != 0 {
			t.Errorf("%d left", left)
		}
		if answered.Load() != 2*channelAtOnce || told != channelAtOnce {
			t.Errorf("%d answered, %d told of", answered.Load(), told)
		}
	})
}

// TestWhoHasNoTurnIsTold: so is who was let in but for whom the engine had no time.
func TestWhoHasNoTurnIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := newTestDispatch(t, nil)
		d.onMessage = func(context.Context, *discordgo.Session, *discordgo.Message) bool { return false }
		told := ""
		d.tell = func(_ context.Context, _ *discordgo.Session, n notice) { told = n.text() }
		d.message(nil, event("1"))
		if left := d.drain(time.Minute); left != 0 || told != slowDown(comeBack) {
			t.Errorf("%d left, told %q", left, told)
		}
	})
}

// TestOneServerDoesNotTakeAllPlaces: where too much waits in all, the server that has most waiting is cut short.
func TestOneServerDoesNotTakeAllPlaces(t *testing.T) {
	b := backlog{channels: map[string]*channelBacklog{}}
	now := time.Now()
	for i := range allWaiting {
		if b.add(said(fmt.Sprint("big", i), "big", fmt.Sprint(i%200), "ann").Message, now) != nil {
			t.Fatal("skipped too early")
		}
	}
	for i := range 20 {
		skipped := b.add(said(fmt.Sprint("small", i), "small", "quiet", fmt.Sprint(i)).Message, now)
		if skipped == nil || skipped.GuildID != "big" {
			t.Fatalf("skipped %+v", skipped)
		}
	}
	if b.waiting != allWaiting {
		t.Errorf("%d wait", b.waiting)
	}
}

// TestLongNotices: a notice fits a message, and who is not on it is on the next.
func TestLongNotices(t *testing.T) {
	var s skips
	for i := range 100 {
		s.add(said("1", "A", "c", fmt.Sprintf("12345678901234567%03d", i)).Message, time.Minute)
	}
	first, second := s.take(), s.take()
	if len(first.people) != noticePeople || len(second.people) != 100-noticePeople || len(s.people) != 0 {
		t.Errorf("%d and %d people", len(first.people), len(second.people))
	}
	if n := units(first.text()); n > 2000 {
		t.Errorf("%d characters", n)
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
		if !d.enter(messages, fmt.Sprint(id)) {
			t.Fatalf("event %d was not taken", id)
		}
		d.leave(messages, 1)
		id++
	}
	for back := range maxSeen {
		if d.enter(messages, fmt.Sprint(id-1-back)) {
			t.Fatalf("the event %d ago was taken again", back)
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
	for i := 0; d.enter(messages, fmt.Sprint("probe ", i)); i++ { // until draining has begun
		d.leave(messages, 1)
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

// TestWhoWaitsWhenTheBotLeavesIsTold: what is being answered has the time there is, what still waits is skipped.
func TestWhoWaitsWhenTheBotLeavesIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := newTestDispatch(t, func(ctx context.Context, _ string) { <-ctx.Done() })
		told := 0
		d.tell = func(_ context.Context, _ *discordgo.Session, n notice) { told += n.questions() }
		for i := range channelAtOnce + 5 {
			d.message(nil, said(fmt.Sprint(i), "A", "channel", fmt.Sprint(i)))
		}
		if left := d.drain(drainTimeout); left != channelAtOnce || told != 5 {
			t.Errorf("%d left, %d told of", left, told)
		}
		time.Sleep(eventTimeout) // ends what was left
		synctest.Wait()
	})
}
