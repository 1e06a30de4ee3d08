package bot

import (
	"container/list"
	"sync"
	"time"
)

// cache is a map that forgets: what has not been asked for or set during its span, and, when there is more than size, what
// was not for longest. It is safe for concurrent use.
type cache[K comparable, V any] struct {
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

func newCache[K comparable, V any](span time.Duration, size int) *cache[K, V] {
	return &cache[K, V]{span: span, size: size, order: list.New(), byKey: map[K]*list.Element{}}
}

// get is the value at key, if it is still known.
func (c *cache[K, V]) get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.forget(now)
	e, ok := c.byKey[key]
	if !ok {
		return value, false
	}
	return c.use(e, now), true
}

// set puts value at key.
func (c *cache[K, V]) set(key K, value V) {
	c.getOrSet(key, func() V { return value }, true)
}

// getOrMake is the value at key, or a fresh one if it is not known.
func (c *cache[K, V]) getOrMake(key K, fresh func() V) V { return c.getOrSet(key, fresh, false) }

func (c *cache[K, V]) getOrSet(key K, fresh func() V, anew bool) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.forget(now)
	e, ok := c.byKey[key]
	if !ok {
		e = c.order.PushFront(&remembered[K, V]{key: key})
		c.byKey[key] = e
	}
	if !ok || anew {
		e.Value.(*remembered[K, V]).value = fresh()
	}
	value := c.use(e, now)
	if len(c.byKey) > c.size {
		c.drop(c.order.Back())
	}
	return value
}

// remove forgets the value at key.
func (c *cache[K, V]) remove(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.drop(e)
	}
}

func (c *cache[K, V]) use(e *list.Element, now time.Time) V {
	v := e.Value.(*remembered[K, V])
	v.used = now
	c.order.MoveToFront(e)
	return v.value
}

func (c *cache[K, V]) forget(now time.Time) {
	for e := c.order.Back(); e != nil && now.Sub(e.Value.(*remembered[K, V]).used) > c.span; e = c.order.Back() {
		c.drop(e)
	}
}

func (c *cache[K, V]) drop(e *list.Element) {
	delete(c.byKey, c.order.Remove(e).(*remembered[K, V]).key)
}
