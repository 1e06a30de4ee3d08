package fakediscord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Command is an application command as it was registered.
type Command struct {
	ID   string
	Type int
	Name string
	JSON map[string]any // all of it, as it was sent

	listed map[string]any // as Discord gives it back
}

// Errors that Discord numbers.
const (
	unknownChannel     = 10003
	unknownMessage     = 10008
	unknownWebhook     = 10015
	unknownInteraction = 10062
	alreadyAnswered    = 40060
	invalidForm        = 50035
)

// gatewayPath is where the gateway is; GET /gateway gives its whole address. READY names resumePath for resuming.
const (
	gatewayPath = "/gateway/"
	resumePath  = gatewayPath + "resume/"
)

func (f *Server) gatewayURL(path string) string {
	return "ws" + strings.TrimPrefix(f.http.URL, "http") + path
}

func (f *Server) routes() http.Handler {
	mux := http.NewServeMux()
	on := func(pattern string, h http.HandlerFunc) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /api/{version}"+path, h)
	}
	on("GET /gateway", f.authorized(f.getGateway))
	on("GET /gateway/bot", f.authorized(f.getGatewayBot))
	on("GET /users/@me", f.authorized(f.getSelf))
	on("GET /applications/@me", f.authorized(f.getApplication))
	on("GET /oauth2/applications/@me", f.authorized(f.getApplication))
	for _, scope := range []string{"/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands"} {
		on("GET "+scope, f.authorized(f.getCommands))
		on("PUT "+scope, f.authorized(f.putCommands))
	}
	on("GET /users/@me/guilds", f.authorized(f.getGuilds))
	on("GET /guilds/{guild}/roles", f.inGuild(f.guildRoles))
	on("GET /guilds/{guild}/members/{member}", f.inGuild(f.guildMember))
	on("GET /guilds/{guild}/channels", f.inGuild(f.guildChannels))
	on("GET /channels/{channel}", f.authorized(f.getChannel))
	on("POST /channels/{channel}/typing", f.authorized(f.typing))
	on("GET /channels/{channel}/messages", f.authorized(f.getMessages))
	on("POST /channels/{channel}/messages", f.authorized(f.postMessage))
	on("GET /channels/{channel}/messages/{message}", f.authorized(f.getMessage))
	on("PATCH /channels/{channel}/messages/{message}", f.authorized(f.patchMessage))
	on("DELETE /channels/{channel}/messages/{message}", f.authorized(f.deleteMessage))
	on("POST /interactions/{interaction}/{token}/callback", f.callback)
	on("POST /webhooks/{app}/{token}", f.followup)
	on("GET /webhooks/{app}/{token}/messages/{message}", f.getResponse)
	on("PATCH /webhooks/{app}/{token}/messages/{message}", f.patchResponse)
	on("DELETE /webhooks/{app}/{token}/messages/{message}", f.deleteResponse)
	mux.HandleFunc(gatewayPath, f.serveGateway)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f.violate(r, []string{"the fake knows no such path"})
		refuse(w, http.StatusNotFound, 0, "404: Not Found")
	})
	return f.recorded(mux)
}

// recorded notes each request, and applies failures.
func (f *Server) recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, gatewayPath) {
			next.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		path := r.URL.Path
		if parts := strings.SplitN(path, "/", 4); len(parts) == 4 { // "", "api", "v9", rest
			path = "/" + parts[3]
		}
		entry := Request{Method: r.Method, Path: path, Query: r.URL.RawQuery, Body: body, Header: r.Header.Clone(), At: time.Now()}
		rec := &recorder{ResponseWriter: w}
		defer func() {
			entry.Status = rec.status
			f.mu.Lock()
			f.requests = append(f.requests, entry)
			f.touch()
			f.mu.Unlock()
		}()
		if f.limited(rec, r.Method, path) {
			return
		}
		x := f.failing(r, path)
		if x == nil {
			next.ServeHTTP(rec, r)
			return
		}
		if x.After {
			next.ServeHTTP(&recorder{ResponseWriter: discard{}}, r)
		}
		for k, v := range x.Header {
			rec.Header().Set(k, v)
		}
		switch {
		case x.Cut:
			panic(http.ErrAbortHandler)
		case x.Hang:
			<-r.Context().Done()
		case x.Status != 0:
			rec.WriteHeader(x.Status)
			io.WriteString(rec, x.Body)
		default:
			next.ServeHTTP(rec, r)
		}
	})
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

func (f *Server) authorized(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		token := f.token
		f.mu.Unlock()
		if token == "" || r.Header.Get("Authorization") != "Bot "+token {
			refuse(w, http.StatusUnauthorized, 0, "401: Unauthorized")
			return
		}
		next(w, r)
	}
}

func (f *Server) getGateway(w http.ResponseWriter, r *http.Request) {
	reply(w, http.StatusOK, map[string]any{"url": f.gatewayURL(gatewayPath)})
}

func (f *Server) getGatewayBot(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	reply(w, http.StatusOK, map[string]any{
		"url": f.gatewayURL(gatewayPath), "shards": max(f.o.Shards, f.gateway.fewest),
		"session_start_limit": map[string]any{"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": f.o.Concurrency},
	})
}

func (f *Server) getSelf(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	reply(w, http.StatusOK, f.users[BotID])
}

func (f *Server) getApplication(w http.ResponseWriter, r *http.Request) {
	flags := 0
	if f.o.MessageContent {
		flags = 1 << 19 // GATEWAY_MESSAGE_CONTENT_LIMITED
	}
	reply(w, http.StatusOK, map[string]any{"id": AppID, "name": "citebot", "description": "", "flags": flags,
		"bot_public": true, "bot_require_code_grant": false, "verify_key": "00",
		"integration_types_config": map[string]any{"0": map[string]any{}, "1": map[string]any{}}})
}

func (f *Server) getCommands(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := []map[string]any{}
	for _, c := range f.commands[r.PathValue("guild")] {
		list = append(list, c.listed)
	}
	reply(w, http.StatusOK, list)
}

func (f *Server) putCommands(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkCommands)
	if !ok {
		return
	}
	var sent []map[string]any
	json.Unmarshal(body, &sent)
	f.mu.Lock()
	defer f.mu.Unlock()
	guild := r.PathValue("guild")
	old := f.commands[guild]
	var kept []Command
	list := []map[string]any{}
	for _, j := range sent {
		c := Command{Type: 1, Name: fmt.Sprint(j["name"]), JSON: maps.Clone(j), listed: j}
		if n, ok := j["type"].(float64); ok {
			c.Type = int(n)
		}
		c.ID = f.snowflake()
		for _, o := range old {
			if o.Name == c.Name && o.Type == c.Type {
				c.ID = o.ID
			}
		}
		fillCommand(j)
		j["id"], j["application_id"], j["version"], j["type"] = c.ID, AppID, f.snowflake(), c.Type
		if guild != "" { // where they are usable is for global commands to say
			j["guild_id"], j["contexts"], j["integration_types"] = guild, nil, []int{0}
		}
		kept = append(kept, c)
		list = append(list, j)
	}
	f.commands[guild] = kept
	f.touch()
	reply(w, http.StatusOK, list)
}

// fillCommand makes of a command as sent what Discord gives back for it: defaults are spelled out, and fields that say
// nothing are left out, so that whoever compares must know what is the same.
func fillCommand(j map[string]any) {
	j["nsfw"] = j["nsfw"] == true
	for _, k := range []string{"name_localizations", "description_localizations", "default_member_permissions"} {
		if j[k] == nil {
			j[k] = nil
		}
	}
	if j["description"] == nil {
		j["description"] = ""
	}
	if j["integration_types"] == nil {
		j["integration_types"] = []any{0}
	}
	if j["contexts"] == nil {
		j["contexts"] = nil
	}
	fillOptions(j)
}

func fillOptions(j map[string]any) {
	options, _ := j["options"].([]any)
	if len(options) == 0 {
		delete(j, "options")
	}
	for _, o := range options {
		o := o.(map[string]any)
		for _, k := range []string{"required", "autocomplete"} {
			if o[k] == false {
				delete(o, k)
			}
		}
		for _, k := range []string{"choices", "channel_types"} {
			if list, _ := o[k].([]any); len(list) == 0 {
				delete(o, k)
			}
		}
		fillOptions(o)
	}
}

// Commands are the commands registered in a guild; "" means globally.
func (f *Server) Commands(guild string) []Command {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.commands[guild])
}

func (f *Server) getChannel(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.channels[r.PathValue("channel")]
	if c == nil {
		refuse(w, http.StatusNotFound, unknownChannel, "Unknown Channel")
		return
	}
	if !f.may(c, ViewChannel) {
		refuse(w, http.StatusForbidden, missingAccess, "Missing Access")
		return
	}
	reply(w, http.StatusOK, c)
}

func (f *Server) typing(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func (f *Server) getMessages(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.channels[r.PathValue("channel")]
	if c == nil {
		refuse(w, http.StatusNotFound, unknownChannel, "Unknown Channel")
		return
	}
	if !f.may(c, ViewChannel) {
		refuse(w, http.StatusForbidden, missingAccess, "Missing Access")
		return
	}
	if !f.may(c, ReadMessageHistory) {
		reply(w, http.StatusOK, []Message{})
		return
	}
	limit := 50
	if n, err := strconv.Atoi(r.URL.Query().Get("limit")); err == nil && n >= 1 && n <= 100 {
		limit = n
	}
	before, after := r.URL.Query().Get("before"), r.URL.Query().Get("after")
	ids := slices.DeleteFunc(slices.Clone(c.history), func(id string) bool {
		return f.messages[id] == nil || before != "" && !older(id, before) || after != "" && !older(after, id)
	})
	if from := len(ids) - limit; after != "" {
		ids = ids[:min(limit, len(ids))] // the ones next to it
	} else if from > 0 {
		ids = ids[from:]
	}
	list := []Message{} // newest first
	for _, id := range slices.Backward(ids) {
		list = append(list, f.rest(f.messages[id]))
	}
	reply(w, http.StatusOK, list)
}

// older compares IDs, which are numbers.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// rest is a message as the REST interface shows it: as on the gateway, but without guild_id.
func (f *Server) rest(m *Message) Message {
	s := f.shown(m, f.o.MessageContent)
	s.GuildID = ""
	if s.Reference != nil {
		if to := f.messages[s.Reference.MessageID]; to != nil {
			r := f.shown(to, f.o.MessageContent)
			r.GuildID = ""
			s.Referenced = &r
		}
	}
	return s
}

func (f *Server) getMessage(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.messages[r.PathValue("message")]
	if m == nil || m.ChannelID != r.PathValue("channel") || m.Flags&Ephemeral != 0 {
		refuse(w, http.StatusNotFound, unknownMessage, "Unknown Message")
		return
	}
	reply(w, http.StatusOK, f.rest(m))
}

// sent is what a bot may decide about a message.
type sent struct {
	Content         *string         `json:"content"`
	Embeds          *[]Embed        `json:"embeds"`
	Components      *[]Component    `json:"components"`
	Flags           int             `json:"flags"`
	Nonce           any             `json:"nonce"`
	EnforceNonce    bool            `json:"enforce_nonce"`
	Reference       *Reference      `json:"message_reference"`
	AllowedMentions *allowedMention `json:"allowed_mentions"`
}

type allowedMention struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// write applies what the bot sent to m.
func (s sent) write(m *Message, body []byte) {
	if s.Content != nil {
		m.Content = *s.Content
	}
	if s.Embeds != nil {
		m.Embeds = *s.Embeds
	}
	if s.Components != nil {
		m.Components = *s.Components
	}
	m.Flags |= s.Flags
	m.Body = body
}

func (f *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkMessage)
	if !ok {
		return
	}
	var s sent
	json.Unmarshal(body, &s)
	f.mu.Lock()
	defer f.mu.Unlock()
	channelID := r.PathValue("channel")
	c := f.channels[channelID]
	if c == nil {
		refuse(w, http.StatusNotFound, unknownChannel, "Unknown Channel")
		return
	}
	if status, code, message := f.refusal(c, s); status != 0 {
		refuse(w, status, code, message)
		return
	}
	s = f.stripped(c, s)
	key := fmt.Sprint(channelID, " ", s.Nonce)
	if s.EnforceNonce && s.Nonce != nil {
		if m := f.messages[f.nonces[key]]; m != nil {
			reply(w, http.StatusOK, f.rest(m))
			return
		}
	}
	me := f.users[BotID]
	m := &Message{ChannelID: channelID, Author: &me, Nonce: s.Nonce, Reference: s.Reference,
		NoPing: s.AllowedMentions != nil && !s.AllowedMentions.RepliedUser}
	s.write(m, body)
	m = f.post(m)
	if s.EnforceNonce && s.Nonce != nil {
		f.nonces[key] = m.ID
	}
	f.gateway.dispatchMessage(f, "MESSAGE_CREATE", m)
	reply(w, http.StatusOK, f.rest(m))
}

// ownMessage is the message of the bot's that a request names, or nil after a refusal: with that code and text for one of
// somebody else. The caller holds mu.
func (f *Server) ownMessage(w http.ResponseWriter, r *http.Request, code int, text string) *Message {
	m := f.messages[r.PathValue("message")]
	switch {
	case m == nil || m.ChannelID != r.PathValue("channel"):
		refuse(w, http.StatusNotFound, unknownMessage, "Unknown Message")
	case !f.may(f.channels[m.ChannelID], ViewChannel):
		refuse(w, http.StatusForbidden, missingAccess, "Missing Access")
	case m.Author == nil || m.Author.ID != BotID:
		refuse(w, http.StatusForbidden, code, text)
	default:
		return m
	}
	return nil
}

func (f *Server) patchMessage(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkEdit)
	if !ok {
		return
	}
	var s sent
	json.Unmarshal(body, &s)
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.ownMessage(w, r, cannotEditOthers, "Cannot edit a message authored by another user")
	if m == nil {
		return
	}
	f.edit(m, f.stripped(f.channels[m.ChannelID], s), body)
	f.gateway.dispatchMessage(f, "MESSAGE_UPDATE", m)
	reply(w, http.StatusOK, f.rest(m))
}

// edit changes a message of the bot's. The caller holds mu.
func (f *Server) edit(m *Message, s sent, body []byte) {
	e := *m
	s.write(&e, body)
	e.Flags &^= loading
	now := time.Now().UTC().Format(time.RFC3339Nano)
	e.Edited = &now
	*m = e
	f.touch()
}

// body reads and checks what was sent; on a violation it answers as Discord does, and reports false.
func (f *Server) body(w http.ResponseWriter, r *http.Request, check func(*checker, any)) ([]byte, bool) {
	raw, _ := io.ReadAll(r.Body)
	problems := inspect(r, raw, check)
	if len(problems) == 0 {
		return raw, true
	}
	f.violate(r, problems)
	refuse(w, http.StatusBadRequest, invalidForm, "Invalid Form Body: "+strings.Join(problems, "; "))
	return nil, false
}
