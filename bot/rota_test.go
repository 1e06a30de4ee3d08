package bot

import (
	"strings"
	"testing"
)

func popAll(r *rota[string]) string {
	var all []string
	for item, ok := r.pop(); ok; item, ok = r.pop() {
		all = append(all, item)
	}
	return strings.Join(all, " ")
}

func TestRotaGivesTurns(t *testing.T) {
	var r rota[string]
	for _, item := range []string{"a1", "a2", "a3", "b1", "c1", "c2"} {
		r.push(item, "server", item[:1])
	}
	r.push("d1", "other server", "d")
	r.push("d2", "other server", "d")
	if got := popAll(&r); got != "a1 d1 b1 d2 c1 a2 c2 a3" {
		t.Errorf("in the order %s", got)
	}
	if r.size != 0 || len(r.order) != 0 || len(r.below) != 0 {
		t.Errorf("something is left: %+v", r)
	}
}

// TestRotaTakesBackOfTheLongest: who has most waiting loses the last of it, and of equals whoever came last.
func TestRotaTakesBackOfTheLongest(t *testing.T) {
	var r rota[string]
	for _, item := range []string{"a1", "b1", "b2", "b3", "c1"} {
		r.push(item, item[:1])
	}
	var dropped []string
	for range 3 {
		item, _ := r.drop()
		dropped = append(dropped, item)
	}
	if got := strings.Join(dropped, " "); got != "b3 b2 c1" {
		t.Errorf("dropped %s", got)
	}
	if got := popAll(&r); got != "a1 b1" {
		t.Errorf("left is %s", got)
	}
	if _, ok := r.drop(); ok || r.size != 0 {
		t.Error("an empty rota gave something")
	}
}
