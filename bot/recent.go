package bot

import (
	"container/list"
	"sync"
	"time"
)

// recent is a map that forgets: what has not been asked for or set during its span, and, when there is more than size, what
// was not for longest. It is safe for concurrent use.
type recent[K comparable, V any] struct {
	span time.Duration
	size int

	mu    sync.Mutex
	order *list.List // of remembered[K, V], the latest used first
	byKey map[K]*list.Element
}

type remembered[K comparable, V any] struct {
	key   K
	value V
	used  time.Time
}

func newRecent[K comparable, V any](span time.Duration, size int) *recent[K, V] {
	return &recent[K, V]{span: span, size: size, order: list.New(), byKey: map[K]*list.Element{}}
}

// get is the value at key, if it is still known.
func (r *recent[K, V]) get(key K) (value V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	r.forget(now)
	e, ok := r.byKey[key]
	if !ok {
		return value, false
	}
	return r.use(e, now), true
}

// set puts value at key.
func (r *recent[K, V]) set(key K, value V) {
	r.getOrSet(key, func() V { return value }, true)
}

// getOrMake is the value at key, or a fresh one if it is not known.
func (r *recent[K, V]) getOrMake(key K, fresh func() V) V { return r.getOrSet(key, fresh, false) }

func (r *recent[K, V]) getOrSet(key K, fresh func() V, anew bool) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	r.forget(now)
	e, ok := r.byKey[key]
	if !ok {
		e = r.order.PushFront(&remembered[K, V]{key: key})
		r.byKey[key] = e
	}
	if !ok || anew {
		e.Value.(*remembered[K, V]).value = fresh()
	}
	value := r.use(e, now)
	if len(r.byKey) > r.size {
		r.drop(r.order.Back())
	}
	return value
}

// remove forgets the value at key.
func (r *recent[K, V]) remove(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.byKey[key]; ok {
		r.drop(e)
	}
}

func (r *recent[K, V]) use(e *list.Element, now time.Time) V {
	v := e.Value.(*remembered[K, V])
	v.used = now
	r.order.MoveToFront(e)
	return v.value
}

func (r *recent[K, V]) forget(now time.Time) {
	for e := r.order.Back(); e != nil && now.Sub(e.Value.(*remembered[K, V]).used) > r.span; e = r.order.Back() {
		r.drop(e)
	}
}

func (r *recent[K, V]) drop(e *list.Element) {
	delete(r.byKey, r.order.Remove(e).(*remembered[K, V]).key)
}
