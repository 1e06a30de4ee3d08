package bot

import (
	"time"

	"golang.org/x/time/rate"
)

// Limits keep one person or one server from using up the bot. In each, 0 means the default and a negative number no limit.
type Limits struct {
	PersonPerMinute int // questions, commands and buttons of one person a minute, in the long run; default 30
	PersonBurst     int // as many at once; default 10
	ServerPerMinute int // of all people in one server; default 300
	ServerBurst     int // default 60
	QuestionLength  int // characters in a question; default 500, at most 2,000
}

// withDefaults fills in what is not set.
func (l Limits) withDefaults() Limits {
	for _, s := range []struct {
		value    *int
		standard int
	}{{&l.PersonPerMinute, 30}, {&l.PersonBurst, 10}, {&l.ServerPerMinute, 300}, {&l.ServerBurst, 60}, {&l.QuestionLength, 500}} {
		if *s.value == 0 {
			*s.value = s.standard
		}
	}
	// Discord lets nobody type more, into a message or a modal.
	if l.QuestionLength < 0 || l.QuestionLength > 2000 {
		l.QuestionLength = 2000
	}
	return l
}

// limiter keeps token buckets, of people and of servers that were active of late. A bucket that is forgotten would have been
// full again.
type limiter struct {
	limits  Limits
	people  *cache[string, *rate.Limiter]
	servers *cache[string, *rate.Limiter]
}

const limiterSize = 50_000 // buckets of each kind, at some 200 bytes each

func newLimiter(l Limits) *limiter {
	buckets := func(perMinute, burst int) *cache[string, *rate.Limiter] {
		refill := time.Duration(float64(time.Minute) * float64(max(burst, 1)) / float64(max(perMinute, 1)))
		return newCache[string, *rate.Limiter](max(refill, time.Minute), limiterSize)
	}
	return &limiter{
		limits:  l,
		people:  buckets(l.PersonPerMinute, l.PersonBurst),
		servers: buckets(l.ServerPerMinute, l.ServerBurst),
	}
}

// wait takes a token of the person and one of the server ("" outside servers). It is zero if both had one, else the time
// after which to try again.
func (l *limiter) wait(person, server string) time.Duration {
	wait := take(l.people, person, l.limits.PersonPerMinute, l.limits.PersonBurst)
	if wait == 0 && server != "" {
		wait = take(l.servers, server, l.limits.ServerPerMinute, l.limits.ServerBurst)
	}
	return wait
}

func take(buckets *cache[string, *rate.Limiter], key string, perMinute, burst int) time.Duration {
	if perMinute < 0 || burst < 0 {
		return 0
	}
	bucket := buckets.getOrMake(key, func() *rate.Limiter { return rate.NewLimiter(rate.Limit(float64(perMinute)/60), burst) })
	reservation := bucket.Reserve()
	wait := reservation.Delay()
	if wait > 0 {
		reservation.Cancel()
	}
	return wait
}
