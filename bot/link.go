package bot

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A link is the network connection under discordgo's gateway session. It watches what Discord sends before discordgo sees
// it, because there discordgo blocks for ever (a silent server; op 7 right after a resume), forgets (why Discord closed),
// gives up too much (op 9 that allows a resume) or panics (null). At any of these the link ends the connection and says why;
// to discordgo it looks like a network failure, after which the same session can be resumed.
type link struct {
	net.Conn
	frames  frames
	silence time.Duration // how long Discord may be silent; only the reader changes it

	pending error // ends the link at the next Read, when discordgo has handled what came before

	ending sync.Once
	over   chan struct{} // closed when the connection has ended
	why    error         // readable once over is closed
}

// Why a link ended, besides network errors and *websocket.CloseError.
var (
	errSilent    = errors.New("silence")
	errReconnect = errors.New("asked to connect again (op 7)")
	errResumable = errors.New("asked to resume the session (op 9)")
	errInvalid   = errors.New("session ended (op 9)")
	errGarbled   = errors.New("null instead of a packet")
	errLeaving   = errors.New("the bot is leaving")
)

const (
	helloTimeout = 20 * time.Second
	writeTimeout = 10 * time.Second
)

// newLink watches c. silence is for Discord's first packet, which tells how long it may be silent from then on.
func newLink(c net.Conn, silence time.Duration) *link {
	return &link{Conn: c, silence: silence, over: make(chan struct{})}
}

// end ends the connection; only the first reason counts.
func (l *link) end(why error) {
	l.ending.Do(func() {
		l.why = why
		l.Conn.Close()
		close(l.over)
	})
}

// Close is called by whoever uses the link, who knows the reason.
func (l *link) Close() error {
	l.end(errLeaving)
	return nil
}

// Read passes on what Discord sends, up to what ends the link.
func (l *link) Read(p []byte) (int, error) {
	select {
	case <-l.over:
		return 0, l.why
	default:
	}
	if l.pending != nil {
		l.end(l.pending)
		return 0, l.why
	}
	l.Conn.SetReadDeadline(time.Now().Add(l.silence))
	n, err := l.Conn.Read(p)
	good, why := l.frames.feed(p[:n], l.inspect)
	switch {
	case why != nil && good > 0:
		l.pending = why
		return good, nil
	case why != nil:
		l.end(why)
		return 0, l.why
	case errors.Is(err, os.ErrDeadlineExceeded):
		l.end(errSilent)
	case err != nil:
		l.end(err)
	}
	return n, err
}

// Write sends. On a link that has ended it pretends to, so that only discordgo's reader finds out, and closes once.
func (l *link) Write(p []byte) (int, error) {
	select {
	case <-l.over:
		return len(p), nil
	default:
	}
	l.Conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	if _, err := l.Conn.Write(p); err != nil {
		l.end(err)
	}
	return len(p), nil
}

// SetDeadline and its kin are the link's own business.
func (l *link) SetDeadline(time.Time) error      { return nil }
func (l *link) SetReadDeadline(time.Time) error  { return nil }
func (l *link) SetWriteDeadline(time.Time) error { return nil }

// inspect looks at one small frame; an error ends the link.
func (l *link) inspect(first byte, payload []byte) error {
	switch first {
	case 0x80 | websocket.CloseMessage:
		code := websocket.CloseNoStatusReceived
		if len(payload) >= 2 {
			code = int(binary.BigEndian.Uint16(payload))
			payload = payload[2:]
		}
		return &websocket.CloseError{Code: code, Text: string(payload)}
	case 0x80 | websocket.TextMessage:
		return l.inspectPacket(payload)
	}
	return nil
}

func (l *link) inspectPacket(payload []byte) error {
	if string(bytes.TrimSpace(payload)) == "null" { // at which discordgo panics
		return errGarbled
	}
	var packet struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(payload, &packet) != nil {
		return nil // discordgo ignores it too
	}
	switch packet.Op {
	case 7:
		return errReconnect
	case 9:
		if string(packet.Data) == "true" {
			return errResumable
		}
		return errInvalid
	case 10:
		var hello struct {
			Interval int64 `json:"heartbeat_interval"` // milliseconds
		}
		if json.Unmarshal(packet.Data, &hello) != nil || hello.Interval <= 0 || hello.Interval > 600_000 {
			return errors.New("a greeting without a sensible heartbeat interval (op 10)")
		}
		// Discord answers every heartbeat, so that it is never silent for more than an interval.
		l.silence = 2 * time.Duration(hello.Interval) * time.Millisecond
	}
	return nil
}

// frames finds WebSocket frames (RFC 6455, section 5.2) in the bytes that a server sends, after the HTTP answer that opens
// them. Servers send without a mask.
type frames struct {
	opened bool   // the HTTP answer is over
	held   []byte // the last bytes of the HTTP answer, or the frame so far
	skip   uint64 // bytes to come of a frame that is too large to be looked at
}

// maxFrame is the largest frame that is looked at, in bytes; the packets that matter have some 150 at most.
const maxFrame = 1024

// feed takes the next bytes and hands every small frame, its first byte and its payload, to inspect. If inspect minds, feed
// stops there: good is how many of the bytes came before that frame.
func (f *frames) feed(data []byte, inspect func(first byte, payload []byte) error) (good int, why error) {
	for i := 0; i < len(data); {
		if f.skip > 0 {
			n := min(f.skip, uint64(len(data)-i))
			f.skip -= n
			i += int(n)
			continue
		}
		f.held = append(f.held, data[i])
		i++
		if !f.opened {
			f.held = append(f.held[:0], f.held[max(0, len(f.held)-4):]...)
			if f.opened = string(f.held) == "\r\n\r\n"; f.opened {
				f.held = f.held[:0]
			}
			continue
		}
		header, payload, ok := frameSize(f.held)
		switch {
		case !ok:
		case payload > maxFrame:
			f.held, f.skip = f.held[:0], payload
		case len(f.held) == header+int(payload):
			if err := inspect(f.held[0], f.held[header:]); err != nil {
				return max(0, i-len(f.held)), err
			}
			f.held = f.held[:0]
		}
	}
	return len(data), nil
}

// frameSize is the length of the header that frame starts with and of the payload that it announces; false while the
// header is not complete.
func frameSize(frame []byte) (header int, payload uint64, ok bool) {
	if len(frame) < 2 {
		return 0, 0, false
	}
	payload, header = uint64(frame[1]&0x7f), 2
	switch payload {
	case 126:
		header = 4
	case 127:
		header = 10
	}
	if frame[1]&0x80 != 0 { // masked, which no server should
		header += 4
	}
	if len(frame) < header {
		return 0, 0, false
	}
	switch frame[1] & 0x7f {
	case 126:
		payload = uint64(binary.BigEndian.Uint16(frame[2:]))
	case 127:
		payload = binary.BigEndian.Uint64(frame[2:])
	}
	return header, payload, true
}
