package main

import (
	"encoding/json"
	"strings"
	"testing"

	"citebot/eval"
)

func TestBench(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, more without fast instructions")
	}
	got := citebot("", nil, "bench", "--questions", "1", "--json")
	var speed eval.Speed
	if err := json.Unmarshal([]byte(got.out), &speed); err != nil || got.status != exitFound || got.errOut != "" || len(speed.Paces) == 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestBenchMistakes(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"--questions 0", "--questions must be 1 or more"},
		{"--questions many", "--questions takes a number such as 3, not “many”"},
		{"now", "bench takes flags only, not “now”"},
	} {
		got := citebot("", nil, append([]string{"bench"}, strings.Fields(test.args)...)...)
		if got.status != exitError || got.out != "" || !strings.Contains(got.errOut, test.want) {
			t.Errorf("%s: %+v", test.args, got)
		}
	}
}
