package bot

import (
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	l := newLimiter(Limits{PersonPerMinute: 6, PersonBurst: 2, ServerPerMinute: 60, ServerBurst: 3}.withDefaults())
	steps := []struct {
		person, server string
		allowed        bool
	}{
		{"ann", "s", true},
		{"ann", "s", true},
		{"ann", "s", false}, // her burst is used up
		{"ann", "", false},  // everywhere
		{"ben", "s", true},
		{"ben", "s", false}, // the server's burst is used up
		{"eve", "", true},   // outside servers there is none
		{"eve", "other", true},
	}
	for n, step := range steps {
		wait := l.wait(step.person, step.server)
		if (wait == 0) != step.allowed {
			t.Errorf("step %d, %+v: wait %v", n, step, wait)
		}
		if wait > 10*time.Second {
			t.Errorf("step %d: a token comes every 10 s, but the wait is %v", n, wait)
		}
	}
}

func TestLimitsHaveDefaults(t *testing.T) {
	if l := (Limits{}).withDefaults(); l.PersonPerMinute != 30 || l.PersonBurst != 10 || l.ServerPerMinute != 300 || l.ServerBurst != 60 || l.QuestionLength != 500 {
		t.Errorf("%+v", l)
	}
	if l := (Limits{QuestionLength: 9999}).withDefaults(); l.QuestionLength != 2000 {
		t.Errorf("questions of %d characters", l.QuestionLength)
	}
	unlimited := newLimiter(Limits{PersonPerMinute: -1, ServerBurst: -1}.withDefaults())
	for range 1000 {
		if wait := unlimited.wait("ann", "s"); wait != 0 {
			t.Fatalf("without limits, there is a wait of %v", wait)
		}
	}
}
