package bot

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// TestTurns: one person's many questions do not hold up another's, nor a server's those of another, nor messages a command.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		pass, err := turns.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var order []string
		ask := func(ctx context.Context, name string, a asker) {
			go func() {
				done, err := turns.take(withAsker(ctx, a))
				if err != nil {
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				done()
			}()
			synctest.Wait() // until it waits
		}
		for _, name := range []string{"ann1", "ann2", "ann3", "ben1"} {
			ask(t.Context(), name, asker{server: "A", person: name[:3]})
		}
		ask(t.Context(), "eve1", asker{server: "B", person: "eve"})
		leaving, leave := context.WithCancel(t.Context())
		ask(leaving, "gone", asker{server: "B", person: "joe"})
		ask(t.Context(), "command", asker{server: "A", person: "ann", interaction: true})
		leave()
		synctest.Wait()
		pass()
		synctest.Wait()
		if got := strings.Join(order, " "); got != "ann1 command eve1 ben1 ann2 ann3" {
			t.Errorf("in the order %s", got)
		}
		if turns.free != 1 || turns.waiting.size != 0 {
			t.Errorf("%d free, %d waiting", turns.free, turns.waiting.size)
		}
	})
}

// TestTurnsAreBounded: no more work at once than may.
func TestTurnsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		var dones []func()
		var mu sync.Mutex
		for range 5 {
			go func() {
				done, err := turns.take(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				dones = append(dones, done)
				mu.Unlock()
			}()
		}
		for _, want := range []int{2, 3, 4, 5, 5} {
			synctest.Wait()
			mu.Lock()
			if len(dones) != want {
				t.Errorf("%d work, want %d", len(dones), want)
			}
			done := dones[len(dones)-1]
			mu.Unlock()
			done()
		}
	})
}

// TestNoTurnInTime: who waits too long is told so while there is time to answer that.
func TestNoTurnInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		done, _ := turns.take(t.Context())
		ctx, cancel := context.WithTimeout(t.Context(), eventTimeout)
		defer cancel()
		if _, err := turns.take(ctx); err != errNoTurn || ctx.Err() != nil {
			t.Errorf("%v, and the time for the event: %v", err, ctx.Err())
		}
		done()
		if turns.free != 1 {
			t.Error("the turn is lost")
		}
	})
}
