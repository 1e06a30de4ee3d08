package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnnounceOnlyWhatTakesLong(t *testing.T) {
	for took, want := range map[time.Duration]string{900 * time.Millisecond: "", 3 * time.Second: "Indexing 9 sentences…\n"} {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			done := announce(&out, "Indexing 9 sentences…")
			time.Sleep(took)
			done()
			time.Sleep(time.Minute)
			synctest.Wait()
			if out.String() != want {
				t.Errorf("after %v: %q, want %q", took, out.String(), want)
			}
		})
	}
}
