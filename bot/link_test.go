package bot

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// frame is a frame as a server sends it.
func frame(opcode int, payload string) string {
	var b bytes.Buffer
	b.WriteByte(0x80 | byte(opcode))
	switch n := len(payload); {
	case n < 126:
		b.WriteByte(byte(n))
	case n < 1<<16:
		b.WriteByte(126)
		binary.Write(&b, binary.BigEndian, uint16(n))
	default:
		b.WriteByte(127)
		binary.Write(&b, binary.BigEndian, uint64(n))
	}
	return b.String() + payload
}

func text(payload string) string { return frame(websocket.TextMessage, payload) }

// over is what a reader gets of stream, which is sent in pieces of that many bytes, and why the link ended.
func over(t testing.TB, stream string, piece int) (string, error) {
	t.Helper()
	server, client := net.Pipe()
	l := newLink(client, time.Minute)
	go func() {
		for len(stream) > 0 {
			n := min(piece, len(stream))
			if _, err := io.WriteString(server, stream[:n]); err != nil {
				return
			}
			stream = stream[n:]
		}
		server.Close()
	}()
	got, _ := io.ReadAll(l)
	<-l.over
	return string(got), l.why
}

func TestLinkEndsWhereDiscordgoWouldNotCope(t *testing.T) {
	event := text(`{"op":0,"t":"MESSAGE_CREATE","s":1,"d":{"content":"` + strings.Repeat("op 7 ", 3000) + `"}}`)
	small := text(`{"op":0,"s":2,"t":"TYPING_START","d":{}}`)
	hello := text(`{"op":10,"d":{"heartbeat_interval":41250}}`)
	bye := func(code uint16) string {
		return frame(websocket.CloseMessage, string(binary.BigEndian.AppendUint16(nil, code))+"bye")
	}
	tests := []struct {
		name, before, then string
		why                error
	}{
		{"op 7", hello + small, text(`{"t":null,"s":null,"op":7,"d":null}`), errReconnect},
		{"op 7 after a large event", hello + event, text(`{"op":7,"d":null}`), errReconnect},
		{"op 9", hello, text(`{"op":9,"d":false}`), errInvalid},
		{"op 9, resumable", hello + event + event + small, text(`{"op":9,"d":true}`), errResumable},
		{"close", hello + small, bye(4004), &websocket.CloseError{Code: 4004, Text: "bye"}},
		{"close without a code", hello, frame(websocket.CloseMessage, ""), &websocket.CloseError{Code: 1005}},
		{"null", hello, text("null\n"), errGarbled},
		{"nothing", hello + small + event + text(`{"op":"7"}`) + text(`[]`) + frame(websocket.PingMessage, `{"op":7}`), "", io.EOF},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stream := upgraded + tt.before + tt.then
			for _, piece := range []int{1, 2, 7, 100, len(stream)} {
				got, why := over(t, stream, piece)
				if why.Error() != tt.why.Error() {
					t.Errorf("in pieces of %d: ended with %v", piece, why)
				}
				// Of the frame that ends it, its beginning may have been passed on.
				if !strings.HasPrefix(got, upgraded+tt.before) || !strings.HasPrefix(stream, got) || tt.then != "" && got == stream {
					t.Errorf("in pieces of %d: passed on %d of %d bytes", piece, len(got), len(stream))
				}
			}
		})
	}
}

// TestLinkNoticesSilence: before hello by its own limit, after it by the heartbeat's interval.
func TestLinkNoticesSilence(t *testing.T) {
	for name, sent := range map[string]string{"no hello": upgraded, "after hello": upgraded + text(`{"op":10,"d":{"heartbeat_interval":5}}`)} {
		t.Run(name, func(t *testing.T) {
			server, client := net.Pipe()
			silence := time.Hour
			if name == "no hello" {
				silence = 10 * time.Millisecond
			}
			l := newLink(client, silence)
			go io.WriteString(server, sent)
			if _, err := io.ReadAll(l); err == nil || l.why != errSilent {
				t.Errorf("ended with %v", l.why)
			}
			if n, err := l.Write([]byte("x")); n != 1 || err != nil {
				t.Errorf("writing to a link that has ended: %d, %v", n, err)
			}
		})
	}
}

func TestLinkRefusesAnImpossibleHeartbeat(t *testing.T) {
	for _, interval := range []string{"0", "-1", "9e99", `"x"`, "99999999"} {
		if _, why := over(t, upgraded+text(`{"op":10,"d":{"heartbeat_interval":`+interval+`}}`), 100); errors.Is(why, io.EOF) {
			t.Errorf("%s was taken", interval)
		}
	}
}

// FuzzLink: whatever a server sends, in whatever pieces, what is passed on is what was sent, in order.
func FuzzLink(f *testing.F) {
	f.Add([]byte(upgraded+text(`{"op":10,"d":{"heartbeat_interval":41250}}`)+text(`{"op":7}`)), uint8(3))
	f.Add([]byte(upgraded+frame(websocket.CloseMessage, "x")), uint8(1))
	f.Add([]byte(upgraded+"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff"), uint8(200))
	f.Fuzz(func(t *testing.T, stream []byte, piece uint8) {
		got, _ := over(t, string(stream), int(piece)+1)
		if !strings.HasPrefix(string(stream), got) {
			t.Errorf("sent %q, passed on %q", stream, got)
		}
	})
}

// TestLinkEndsAfterWhatCameBefore: whoever watches the link learns of its end only when its reader has had all that came
// before, although it was sent in one piece.
func TestLinkEndsAfterWhatCameBefore(t *testing.T) {
	server, client := net.Pipe()
	l := newLink(client, time.Minute)
	before := upgraded + text(`{"op":0,"t":"TYPING_START","s":1,"d":{}}`)
	go io.WriteString(server, before+text(`{"op":9,"d":false}`))
	p := make([]byte, 4096)
	if n, err := l.Read(p); string(p[:n]) != before || err != nil {
		t.Errorf("read %q, %v", p[:n], err)
	}
	select {
	case <-l.over:
		t.Error("it ended too early")
	default:
	}
	if n, err := l.Read(p); n != 0 || err != errInvalid {
		t.Errorf("then read %q, %v", p[:n], err)
	}
	<-l.over
}
