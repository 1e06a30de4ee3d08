package fakediscord

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// Discord's limits on REST requests that matter here.
const (
	globalRequests  = 50 // a second, interactions exempt
	channelMessages = 5  // messages sent to one channel in channelWindow
	channelWindow   = 5 * time.Second
)

// window counts requests in one span of time.
type window struct {
	ends time.Time
	used int
}

// use counts a request, and reports whether it was within the limit.
func (w *window) use(now time.Time, span time.Duration, limit int) bool {
	if !now.Before(w.ends) {
		*w = window{ends: now.Add(span)}
	}
	w.used++
	return w.used <= limit
}

// rateLimits are Discord's; a request that is refused counts as well.
type rateLimits struct {
	global   window
	channels map[string]*window
}

var (
	sendsMessage = regexp.MustCompile(`^/channels/(\d+)/messages$`)
	exempt       = regexp.MustCompile(`^/(interactions|webhooks)/`) // from the global limit
)

// limited answers a request that exceeds a rate limit, and says in any answer how much is left.
func (f *Server) limited(w http.ResponseWriter, method, path string) bool {
	if !f.o.RateLimits {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if !exempt.MatchString(path) && !f.limits.global.use(now, time.Second, globalRequests) {
		w.Header().Set("X-RateLimit-Global", "true")
		tooMany(w, f.limits.global.ends.Sub(now), true)
		return true
	}
	channel := sendsMessage.FindStringSubmatch(path)
	if method != http.MethodPost || channel == nil {
		return false
	}
	c := f.limits.channels[channel[1]]
	if c == nil {
		c = new(window)
		f.limits.channels[channel[1]] = c
	}
	within := c.use(now, channelWindow, channelMessages)
	w.Header().Set("X-RateLimit-Bucket", "messages")
	w.Header().Set("X-RateLimit-Limit", strconv.Itoa(channelMessages))
	w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(max(0, channelMessages-c.used)))
	w.Header().Set("X-RateLimit-Reset-After", seconds(c.ends.Sub(now)))
	if !within {
		tooMany(w, c.ends.Sub(now), false)
	}
	return !within
}

func tooMany(w http.ResponseWriter, after time.Duration, global bool) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", seconds(after))
	w.WriteHeader(http.StatusTooManyRequests)
	io.WriteString(w, fmt.Sprintf(`{"message":"You are being rate limited.","retry_after":%s,"global":%v}`, seconds(after), global))
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
