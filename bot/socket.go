package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// A socket is one connection to Discord's gateway. It keeps the heart beating, and notices when Discord's has stopped.
type socket struct {
	ws  *websocket.Conn
	seq atomic.Int64 // number of the last event, for heartbeats

	writing sync.Mutex
	acked   atomic.Bool // Discord has answered the last heartbeat

	readyBy *time.Timer
	ending  sync.Once
	over    chan struct{} // closed when the connection has ended
	why     error         // readable once over is closed
}

// Opcodes of the gateway.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// Why a connection ended, besides network errors and *websocket.CloseError.
var (
	errSilent    = errors.New("silence")
	errNotReady  = errors.New("no session was begun")
	errReconnect = errors.New("asked to connect again (op 7)")
	errResumable = errors.New("asked to resume the session (op 9)")
	errInvalid   = errors.New("session ended (op 9)")
	errLeaving   = errors.New("the bot is leaving")
)

const (
	helloTimeout   = 20 * time.Second // for the connection, and for Discord's first packet
	readyTimeout   = time.Minute      // until READY or RESUMED, although heartbeats are answered
	writeTimeout   = 10 * time.Second
	goodbyeTimeout = time.Second      // for Discord's answer to a goodbye
	maxInterval    = 10 * time.Minute // of heartbeats; Discord asks for 41 s
)

// comingBack is the code that the bot closes with to keep its session; after 1000 and 1001 it would be gone.
const comingBack = 4000

// dial connects to the gateway at that address, through a proxy that HTTPS_PROXY and its kin name. timeout is for that and
// then for Discord's greeting.
func dial(ctx context.Context, address string, timeout time.Duration) (*socket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the gateway's address %q: %w", address, err)
	}
	u.RawQuery = url.Values{"v": {discordgo.APIVersion}, "encoding": {"json"}}.Encode()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: timeout}
	ws, resp, err := dialer.DialContext(ctx, u.String(), nil)
	if err != nil {
		if resp != nil {
			return nil, fmt.Errorf("the gateway answered %s", resp.Status)
		}
		return nil, err
	}
	ws.SetReadDeadline(time.Now().Add(timeout))
	c := &socket{ws: ws, over: make(chan struct{})}
	c.acked.Store(true)
	c.readyBy = time.AfterFunc(timeout+readyTimeout, func() { c.end(errNotReady) })
	return c, nil
}

// end ends the connection; only the first reason counts, and is returned.
func (c *socket) end(why error) error {
	c.ending.Do(func() {
		c.why = why
		close(c.over)
		if why != errLeaving {
			bye := websocket.FormatCloseMessage(comingBack, "")
			c.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(goodbyeTimeout))
		}
		c.ws.Close()
	})
	<-c.over
	return c.why
}

// sayGoodbye tells Discord that the session is over; the connection ends once it has heard that, or soon after.
func (c *socket) sayGoodbye() {
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	deadline := time.Now().Add(goodbyeTimeout)
	c.ws.WriteControl(websocket.CloseMessage, bye, deadline)
	time.AfterFunc(goodbyeTimeout, func() { c.end(errLeaving) })
}

// greet waits for Discord's greeting and starts the heartbeat that it asks for. After an error the connection has ended.
func (c *socket) greet() error {
	for {
		p, err := c.next()
		if err != nil {
			return c.end(err)
		}
		if p.Op == opReconnect {
			return c.end(errReconnect)
		}
		if p.Op != opHello {
			continue
		}
		var hello struct {
			Interval int64 `json:"heartbeat_interval"` // milliseconds
		}
		if json.Unmarshal(p.Data, &hello) != nil || hello.Interval <= 0 || hello.Interval > maxInterval.Milliseconds() {
			return c.end(errors.New("a greeting without a sensible heartbeat interval (op 10)"))
		}
		c.ws.SetReadDeadline(time.Time{}) // from now on the heartbeat notices silence
		go c.beat(time.Duration(hello.Interval) * time.Millisecond)
		return nil
	}
}

// isReady notes that the session goes on.
func (c *socket) isReady() { c.readyBy.Stop() }

// read hands each packet to receive, until that returns an error or the connection ends; it returns the reason.
func (c *socket) read(receive func(*socket, packet) error) error {
	for {
		p, err := c.next()
		if err != nil {
			return c.end(err)
		}
		switch p.Op {
		case opHeartbeat: // Discord wants one now
			c.send(opHeartbeat, c.lastSeq())
		case opAck:
			c.acked.Store(true)
		default:
			if p.Seq > 0 {
				c.seq.Store(p.Seq)
			}
			if err := receive(c, p); err != nil {
				return c.end(err)
			}
		}
	}
}

// next reads a packet. What is none is passed over.
func (c *socket) next() (packet, error) {
	for {
		_, data, err := c.ws.ReadMessage()
		if timeout, ok := err.(interface{ Timeout() bool }); ok && timeout.Timeout() {
			return packet{}, errSilent
		}
		if err != nil {
			return packet{}, err
		}
		var p *packet
		if json.Unmarshal(data, &p) == nil && p != nil {
			return *p, nil
		}
	}
}

// beat sends heartbeats until the connection has ended, the first one after a random part of the interval. One that Discord has
// not answered when the next is due ends the connection.
func (c *socket) beat(interval time.Duration) {
	timer := time.NewTimer(rand.N(interval))
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
		case <-c.over:
			return
		}
		if !c.acked.Swap(false) {
			c.end(errSilent)
			return
		}
		if err := c.send(opHeartbeat, c.lastSeq()); err != nil {
			c.end(err)
			return
		}
		timer.Reset(interval)
	}
}

// lastSeq is the number of the last event, nil if there was none.
func (c *socket) lastSeq() any {
	if seq := c.seq.Load(); seq > 0 {
		return seq
	}
	return nil
}

// send sends a packet.
func (c *socket) send(op int, data any) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.ws.SetWriteDeadline(time.Now().Add(writeTimeout))
	return c.ws.WriteJSON(map[string]any{"op": op, "d": data})
}
