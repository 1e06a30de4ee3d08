package bot

import "slices"

// rota is a queue in which those who wait take turns: whoever has much waiting is served as often as whoever has little.
// They may have parts that take turns in their stead, as people do in a server; a path names them from the top. What one of
// them has waiting is served in its order. The zero value is an empty rota.
type rota[T any] struct {
	size  int      // of all that waits, below as well
	items []T      // in their order, where the path ends
	order []string // who has something waiting below, next first
	below map[string]*rota[T]
}

// push lets item wait for the one that path names.
func (r *rota[T]) push(item T, path ...string) {
	r.size++
	if len(path) == 0 {
		r.items = append(r.items, item)
		return
	}
	next := r.below[path[0]]
	if next == nil {
		if r.below == nil {
			r.below = map[string]*rota[T]{}
		}
		next = new(rota[T])
		r.below[path[0]] = next
		r.order = append(r.order, path[0])
	}
	next.push(item, path[1:]...)
}

// pop takes out what is next; false if nothing waits.
func (r *rota[T]) pop() (item T, ok bool) {
	if len(r.items) > 0 {
		item = r.items[0]
		r.items = slices.Delete(r.items, 0, 1)
		r.size--
		return item, true
	}
	return r.popFree(func(string) bool { return true })
}

// popFree is pop from below, but passes over those at the top whose name is not free; false if nobody else has anything waiting.
func (r *rota[T]) popFree(free func(name string) bool) (item T, ok bool) {
	at := slices.IndexFunc(r.order, free)
	if at < 0 {
		return item, false
	}
	name := r.order[at]
	r.order = slices.Delete(r.order, at, at+1)
	next := r.below[name]
	item, _ = next.pop()
	if next.size == 0 {
		delete(r.below, name)
	} else {
		r.order = append(r.order, name)
	}
	r.size--
	return item, true
}

// drop takes out the last of whoever has most waiting, of several the one who came last; false if nothing waits.
func (r *rota[T]) drop() (item T, ok bool) {
	if r.size == 0 {
		return item, false
	}
	r.size--
	if last := len(r.items) - 1; last >= 0 {
		item = r.items[last]
		r.items = slices.Delete(r.items, last, last+1)
		return item, true
	}
	longest := 0
	for n, name := range r.order {
		if r.below[name].size >= r.below[r.order[longest]].size {
			longest = n
		}
	}
	name := r.order[longest]
	item, _ = r.below[name].drop()
	if r.below[name].size == 0 {
		delete(r.below, name)
		r.order = slices.Delete(r.order, longest, longest+1)
	}
	return item, true
}
