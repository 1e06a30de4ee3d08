package fakediscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Intents that matter here.
const (
	IntentGuilds         = 1 << 0
	IntentGuildMembers   = 1 << 1
	IntentPresences      = 1 << 8
	IntentGuildMessages  = 1 << 9
	IntentDirectMessages = 1 << 12
	IntentMessageContent = 1 << 15

	allIntents = 1<<27 - 1
)

// Gateway opcodes.
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

// Packet is what goes over the gateway.
type Packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
}

// Script says how one coming connection misbehaves. Each connection takes the next one that [Server.Next] was given.
type Script struct {
	Refuse       int      // answer the upgrade with this HTTP status
	NoHello      bool     // accept the connection and say nothing at all
	NoReady      bool     // fall silent after IDENTIFY or RESUME
	Close        int      // close with this code in answer to IDENTIFY or RESUME
	Reconnect    bool     // op 7 as the first packet after IDENTIFY or RESUME
	Invalid      bool     // op 9 as the first packet after IDENTIFY or RESUME
	Resumable    bool     // what op 9 says
	BeforeReady  []Packet // sent ahead of READY
	ReadyTwice   bool
	ForgetResume bool // the session to be resumed is not known any more: op 9, not resumable
}

// Conn is a connection that the bot made, as a test may look at it.
type Conn struct {
	Shard      Shard // of its IDENTIFY, or of the session that it resumed
	Identified bool  // it sent IDENTIFY
	Resumed    bool  // it sent RESUME
	Intents    int   // of its IDENTIFY
	Closed     bool  // it is over
	CloseCode  int   // that the bot closed with; 0 if it did not say goodbye
	Heartbeats int   // received
	Seq        int64 // that it resumed from
	Renamed    bool  // it came to the address that READY names for resuming
	At         time.Time
}

type gateway struct {
	scripts  []Script
	conns    []*conn
	sessions map[string]*session
	troubles map[int]Script
	fewest   int               // shards that there must be; fewer are refused with 4011
	began    map[int]time.Time // when the last shard of each bucket identified
}

// session is what can be resumed: numbered events, kept until the bot says goodbye.
type session struct {
	id      string
	shard   Shard
	intents int
	seq     int64
	events  [][]byte // events[i] has sequence number first+i
	first   int64
	conn    *conn // that receives; nil while nobody does
}

// keep is how many events a session remembers for a resume.
const keep = 4096

type conn struct {
	ws     *websocket.Conn
	seen   Conn
	silent bool
	dead   bool
	out    sync.Mutex // one writer at a time
}

// Next queues a script for a coming connection.
func (f *Server) Next(s ...Script) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gateway.scripts = append(f.gateway.scripts, s...)
}

// Conns are the gateway connections so far, oldest first.
func (f *Server) Conns() []Conn {
	f.mu.Lock()
	defer f.mu.Unlock()
	var cs []Conn
	for _, c := range f.gateway.conns {
		cs = append(cs, c.seen)
	}
	return cs
}

// Connected waits until the bot has a session and receives events.
func (f *Server) Connected() {
	f.t.Helper()
	f.ConnectedShards(1)
}

// Reconnected does something to the connections and waits until the bot receives events of the same shards over others.
func (f *Server) Reconnected(trouble func()) {
	f.t.Helper()
	f.mu.Lock()
	before := f.gateway.receiving()
	f.mu.Unlock()
	trouble()
	f.await("the bot to connect again", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		now := f.gateway.receiving()
		for shard, c := range before {
			if now[shard] == nil || now[shard] == c || now[shard].silent {
				return false
			}
		}
		return len(before) > 0 || len(now) > 0
	})
}

// Drop cuts the connection without a word.
func (f *Server) Drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gateway.dropAll()
	f.touch()
}

// Close closes the connection with that code. After 4007 and 4009 the session is forgotten.
func (f *Server) Close(code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.gateway.alive() {
		c.close(code)
	}
	if code == 4007 || code == 4009 {
		f.gateway.sessions = nil
	}
	for _, s := range f.gateway.sessions {
		s.conn = nil
	}
	f.touch()
}

// Silence makes the connection fall silent: it stays open, but nothing is answered and nothing is sent any more.
func (f *Server) Silence() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.gateway.alive() {
		c.silent = true
	}
}

// Reconnect asks the bot to connect again (op 7).
func (f *Server) Reconnect() { f.Packet(Packet{Op: opReconnect}) }

// InvalidSession tells the bot that its session is over (op 9), or may be resumed.
func (f *Server) InvalidSession(resumable bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.gateway.alive() {
		if !resumable {
			f.gateway.forget(c)
		}
		c.send(Packet{Op: opInvalid, Data: json.RawMessage(fmt.Sprint(resumable))})
	}
	f.touch()
}

// Packet sends a packet as it is, outside of the session's numbering unless it is an event without a number.
func (f *Server) Packet(p Packet) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.gateway.sessions {
		if p.Op == opDispatch && p.Seq == 0 {
			s.dispatch(p.Type, p.Data)
			return
		}
	}
	for _, c := range f.gateway.alive() {
		c.send(p)
	}
}

// Raw sends text that need not be a packet, or JSON at all.
func (f *Server) Raw(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.gateway.alive() {
		c.write(websocket.TextMessage, []byte(text))
	}
}

// Event sends an event with any data, known to Discord or not.
func (f *Server) Event(name, data string) {
	f.Packet(Packet{Type: name, Data: json.RawMessage(data)})
}

// Redeliver sends the event for a message once more, as after a resume that overlaps.
func (f *Server) Redeliver(m Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gateway.dispatchMessage(f, "MESSAGE_CREATE", f.messages[m.ID])
}

func (g *gateway) alive() []*conn {
	var cs []*conn
	for _, c := range g.conns {
		if !c.dead {
			cs = append(cs, c)
		}
	}
	return cs
}

func (g *gateway) dropAll() {
	for _, c := range g.alive() {
		c.drop()
	}
	for _, s := range g.sessions {
		s.conn = nil
	}
}

// receiving are the connections that sessions deliver to.
func (g *gateway) receiving() map[Shard]*conn {
	cs := map[Shard]*conn{}
	for _, s := range g.sessions {
		if s.conn != nil && !s.conn.dead {
			cs[s.shard] = s.conn
		}
	}
	return cs
}

// forget drops the session that delivers to c.
func (g *gateway) forget(c *conn) {
	for id, s := range g.sessions {
		if s.conn == c {
			delete(g.sessions, id)
		}
	}
}

// receivers are the sessions of c's shard whose intents ask for what happens in c; none if the bot may not see it.
func (g *gateway) receivers(f *Server, c *channel) []*session {
	needed := IntentGuildMessages
	if c.Type == channelDM {
		needed = IntentDirectMessages
	}
	var all []*session
	for _, s := range g.sessions {
		if s.intents&needed != 0 && s.shard.covers(c.GuildID) && f.may(c, ViewChannel) {
			all = append(all, s)
		}
	}
	return all
}

// dispatchIn delivers an event of a channel.
func (g *gateway) dispatchIn(f *Server, c *channel, name string, event any) {
	data, _ := json.Marshal(event)
	for _, s := range g.receivers(f, c) {
		s.dispatch(name, data)
	}
}

// dispatchMessage delivers MESSAGE_CREATE or MESSAGE_UPDATE.
func (g *gateway) dispatchMessage(f *Server, name string, m *Message) {
	if m.Flags&Ephemeral != 0 && m.Author.ID != BotID {
		return
	}
	for _, s := range g.receivers(f, f.channels[m.ChannelID]) {
		privileged := s.intents&IntentMessageContent != 0
		shown := f.shown(m, privileged)
		if shown.Reference != nil {
			if to := f.messages[shown.Reference.MessageID]; to != nil {
				r := f.shown(to, privileged)
				shown.Referenced = &r
			}
		}
		data, _ := json.Marshal(shown)
		s.dispatch(name, data)
	}
}

// dispatch numbers an event, remembers it, and sends it if somebody receives.
func (s *session) dispatch(name string, data json.RawMessage) {
	s.seq++
	packet, err := json.Marshal(Packet{Op: opDispatch, Data: data, Seq: s.seq, Type: name})
	if err != nil { // malformed on purpose
		packet = fmt.Appendf(nil, `{"op":0,"s":%d,"t":%q,"d":%s}`, s.seq, name, data)
	}
	s.events = append(s.events, packet)
	if len(s.events) > keep {
		s.events = slices.Clone(s.events[len(s.events)-keep/2:])
		s.first = s.seq - int64(len(s.events)) + 1
	}
	if s.conn != nil && !s.conn.silent {
		s.conn.write(websocket.TextMessage, packet)
	}
}

func (c *conn) write(kind int, data []byte) {
	c.out.Lock()
	defer c.out.Unlock()
	c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	c.ws.WriteMessage(kind, data)
}

func (c *conn) send(p Packet) {
	if p.Data == nil {
		p.Data = json.RawMessage("null")
	}
	data, _ := json.Marshal(p)
	c.write(websocket.TextMessage, data)
}

// close says goodbye with a code. It leaves cutting to the bot, for a while, so that the code is not lost on the way.
func (c *conn) close(code int) {
	c.write(websocket.CloseMessage, websocket.FormatCloseMessage(code, fmt.Sprintf("closed with %d", code)))
	c.dead, c.seen.Closed = true, true
	c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	if half, ok := c.ws.NetConn().(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
}

// drop cuts the connection.
func (c *conn) drop() {
	c.dead, c.seen.Closed = true, true
	c.ws.Close()
}

// serveGateway is one connection of the bot's.
func (f *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	var script Script
	f.mu.Lock()
	if len(f.gateway.scripts) > 0 {
		script, f.gateway.scripts = f.gateway.scripts[0], f.gateway.scripts[1:]
	}
	f.mu.Unlock()
	if script.Refuse != 0 {
		w.WriteHeader(script.Refuse)
		return
	}
	up := websocket.Upgrader{}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws, seen: Conn{Renamed: strings.HasPrefix(r.URL.Path, resumePath), At: time.Now()}}
	f.mu.Lock()
	f.gateway.conns = append(f.gateway.conns, c)
	if f.closed {
		c.drop()
	}
	f.touch()
	f.mu.Unlock()
	if !script.NoHello {
		hello := fmt.Sprintf(`{"heartbeat_interval":%d}`, f.o.Heartbeat.Milliseconds())
		c.send(Packet{Op: opHello, Data: json.RawMessage(hello)})
	}
	for {
		_, data, err := ws.ReadMessage()
		f.mu.Lock()
		if err != nil {
			f.ended(c, err)
			f.mu.Unlock()
			return
		}
		var p Packet
		if json.Unmarshal(data, &p) == nil && !script.NoHello && !c.silent && !c.dead {
			f.receive(c, p, script)
		}
		f.touch()
		f.mu.Unlock()
	}
}

// ended notes that a connection is over; a session whose bot said goodbye (1000, 1001) is gone. The caller holds mu.
func (f *Server) ended(c *conn, err error) {
	c.dead, c.seen.Closed = true, true
	c.ws.Close()
	c.ws = nil // so that a long run does not keep the buffers of every connection
	if bye, ok := err.(*websocket.CloseError); ok {
		c.seen.CloseCode = bye.Code
		if bye.Code == websocket.CloseNormalClosure || bye.Code == websocket.CloseGoingAway {
			f.gateway.forget(c)
		}
	}
	for _, s := range f.gateway.sessions {
		if s.conn == c {
			s.conn = nil
		}
	}
	f.touch()
}

// receive answers what the bot sent. The caller holds mu.
func (f *Server) receive(c *conn, p Packet, script Script) {
	switch p.Op {
	case opHeartbeat:
		c.seen.Heartbeats++
		c.send(Packet{Op: opAck})
	case opIdentify:
		f.identify(c, p.Data, script)
	case opResume:
		f.resume(c, p.Data, script)
	default:
		c.close(4001)
	}
}

func (f *Server) identify(c *conn, data json.RawMessage, script Script) {
	var d struct {
		Token   string  `json:"token"`
		Intents int     `json:"intents"`
		Shard   *[2]int `json:"shard"`
	}
	json.Unmarshal(data, &d)
	shard := Shard{0, 1}
	if d.Shard != nil {
		shard = Shard{d.Shard[0], d.Shard[1]}
	}
	c.seen.Identified, c.seen.Intents, c.seen.Shard = true, d.Intents, shard
	if trouble, ok := f.gateway.troubles[shard.ID]; ok {
		script = trouble
	}
	privileged := IntentGuildMembers | IntentPresences | IntentMessageContent
	if f.o.MessageContent {
		privileged &^= IntentMessageContent
	}
	switch {
	case f.token == "" || d.Token != f.token && d.Token != "Bot "+f.token:
		c.close(4004)
		return
	case d.Intents&^allIntents != 0:
		c.close(4013)
		return
	case d.Intents&privileged != 0:
		c.close(4014)
		return
	case shard.ID < 0 || shard.ID >= shard.Count:
		c.close(4010)
		return
	case shard.Count < f.gateway.fewest:
		c.close(4011)
		return
	case f.misbehave(c, script):
		return
	case !f.mayIdentify(shard):
		c.send(Packet{Op: opInvalid, Data: json.RawMessage("false")})
		return
	}
	if f.gateway.sessions == nil {
		f.gateway.sessions = map[string]*session{}
	}
	for id, s := range f.gateway.sessions { // one session a shard: an old one would keep receiving
		if s.shard == shard || s.shard.Count != shard.Count {
			delete(f.gateway.sessions, id)
		}
	}
	s := &session{id: "session-" + f.snowflake(), shard: shard, intents: d.Intents, first: 1, conn: c}
	for _, p := range script.BeforeReady {
		s.dispatch(p.Type, p.Data)
	}
	f.gateway.sessions[s.id] = s
	ready := func() {
		body, _ := json.Marshal(map[string]any{
			"v": 9, "user": f.users[BotID], "session_id": s.id, "guilds": f.guildsOf(shard),
			"resume_gateway_url": f.gatewayURL(resumePath), "application": map[string]any{"id": AppID, "flags": 0},
			"shard": []int{shard.ID, shard.Count},
		})
		s.dispatch("READY", body)
	}
	ready()
	if script.ReadyTwice {
		ready()
	}
}

func (f *Server) resume(c *conn, data json.RawMessage, script Script) {
	var d struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int64  `json:"seq"`
	}
	json.Unmarshal(data, &d)
	c.seen.Resumed, c.seen.Seq = true, d.Seq
	if f.token == "" || d.Token != f.token && d.Token != "Bot "+f.token {
		c.close(4004)
		return
	}
	if f.misbehave(c, script) {
		return
	}
	s := f.gateway.sessions[d.Session]
	if s == nil || script.ForgetResume || d.Seq > s.seq || d.Seq+1 < s.first {
		delete(f.gateway.sessions, d.Session)
		c.send(Packet{Op: opInvalid, Data: json.RawMessage("false")})
		return
	}
	c.seen.Shard = s.shard
	for _, e := range s.events[d.Seq+1-s.first:] {
		c.write(websocket.TextMessage, e)
	}
	s.conn = c
	s.dispatch("RESUMED", json.RawMessage("{}"))
}

// misbehave does in answer to IDENTIFY or RESUME what the script says, and reports whether that was all.
func (f *Server) misbehave(c *conn, script Script) bool {
	switch {
	case script.NoReady:
		c.silent = true
	case script.Close != 0:
		c.close(script.Close)
	case script.Reconnect:
		c.send(Packet{Op: opReconnect})
	case script.Invalid:
		c.send(Packet{Op: opInvalid, Data: json.RawMessage(fmt.Sprint(script.Resumable))})
	default:
		return false
	}
	return true
}
