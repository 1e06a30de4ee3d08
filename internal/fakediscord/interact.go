package fakediscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Interaction types.
const (
	interactCommand      = 2
	interactComponent    = 3
	interactAutocomplete = 4
	interactModal        = 5
)

// Exchange is an interaction and what the bot makes of it.
type Exchange struct {
	f         *Server
	ID        string
	Token     string
	kind      int
	user      User
	channelID string
	source    string // ID of the message with the button
	sent      time.Time
	responded time.Time
	first     *Response
	original  string   // ID of the message that is the response
	followups []string // IDs
	expired   bool
}

// Response is the bot's first response to an interaction.
type Response struct {
	Type    int             `json:"-"`
	Choices []Choice        `json:"choices"` // of an autocompletion
	Modal   *Modal          `json:"-"`       // a form to fill in
	After   time.Duration   `json:"-"`       // how long it took
	Body    json.RawMessage `json:"-"`
}

// Choice is one suggestion of an autocompletion.
type Choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Modal is a form.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// Inputs are the modal's text inputs.
func (m Modal) Inputs() []Component {
	var inputs []Component
	for _, row := range m.Components {
		if row.Component != nil {
			inputs = append(inputs, *row.Component)
		}
		inputs = append(inputs, row.Components...)
	}
	return inputs
}

// Interaction says who does what, where. Exactly one of Command, Button, Modal is set.
type Interaction struct {
	User      User
	ChannelID string // "" means the first channel

	Command string         // name of a slash command, or of a message command with Target
	Options map[string]any // of a slash command
	Focused string         // the option being typed: an autocompletion
	Target  *Message       // of a message command

	Button  string   // custom_id of a pressed button, or of a changed select menu with Values
	On      *Message // the message with the button
	Values  []string
	Modal   string            // custom_id of a submitted modal
	Inputs  map[string]string // custom_id > text
	Raw     string            // sent as the interaction's data instead of anything above, with Type
	Type    int
	UserApp bool // used as a user-installed app, in a server that the bot is not in

	Moderator bool // the user may manage the server
}

// Interact delivers an interaction to the bot and does not wait.
func (f *Server) Interact(i Interaction) *Exchange {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if i.ChannelID == "" {
		i.ChannelID = ChannelID
	}
	if i.On != nil {
		i.ChannelID = i.On.ChannelID
	}
	c := f.channels[i.ChannelID]
	if c == nil {
		f.t.Fatalf("fakediscord: no channel %s", i.ChannelID)
	}
	x := &Exchange{f: f, ID: f.snowflake(), user: i.User, channelID: i.ChannelID, sent: time.Now()}
	x.Token = "interaction-token-" + x.ID
	f.exchanges[x.Token] = x
	// Whatever its permissions, an app may show embeds in its responses.
	permissions := flags(f.allowed(c) | EmbedLinks | AttachFiles)
	d := map[string]any{"id": x.ID, "application_id": AppID, "token": x.Token, "version": 1, "channel_id": i.ChannelID,
		"channel": c, "locale": "en-GB", "entitlements": []any{}, "app_permissions": permissions, "attachment_size_limit": 10485760}
	owner := map[string]string{"0": GuildID}
	if i.UserApp {
		owner = map[string]string{"1": i.User.ID}
	}
	d["authorizing_integration_owners"] = owner
	if c.Type == channelDM {
		d["context"], d["user"] = 1, i.User
	} else {
		may := flags(ViewChannel | SendMessages | ReadMessageHistory)
		if i.Moderator {
			may |= ManageGuild
		}
		d["context"], d["guild_id"], d["guild_locale"] = 0, c.GuildID, "en-US"
		d["member"] = map[string]any{"user": i.User, "roles": []string{}, "permissions": may, "joined_at": made(i.User.ID)}
	}
	x.kind, d["data"] = f.interactionData(i)
	d["type"] = x.kind
	if i.On != nil {
		x.source = i.On.ID
		if m := f.messages[i.On.ID]; m != nil {
			d["message"] = f.shown(m, true)
		} else {
			d["message"] = f.shown(i.On, true)
		}
	}
	data, err := json.Marshal(d)
	if err != nil {
		f.t.Fatalf("fakediscord: %v", err)
	}
	for _, s := range f.gateway.sessions {
		if s.shard.covers(c.GuildID) {
			s.dispatch("INTERACTION_CREATE", data)
		}
	}
	return x
}

func (f *Server) interactionData(i Interaction) (int, any) {
	switch {
	case i.Raw != "":
		return i.Type, json.RawMessage(i.Raw)
	case i.Button != "":
		kind := 2
		if i.Values != nil {
			kind = 3
		}
		return interactComponent, map[string]any{"custom_id": i.Button, "component_type": kind, "values": i.Values}
	case i.Modal != "":
		var rows []Component
		for id, value := range i.Inputs {
			rows = append(rows, Component{Type: 1, Components: []Component{{Type: 4, CustomID: id, Value: value}}})
		}
		return interactModal, map[string]any{"custom_id": i.Modal, "components": rows}
	}
	kind := 1
	if i.Target != nil {
		kind = 3
	}
	data := map[string]any{"id": f.commandID(i.Command, kind), "name": i.Command, "type": kind}
	if i.Target != nil {
		data["target_id"] = i.Target.ID
		data["resolved"] = map[string]any{"messages": map[string]any{i.Target.ID: f.shown(i.Target, true)}}
		return interactCommand, data
	}
	var options []map[string]any
	for name, v := range i.Options {
		o := map[string]any{"name": name, "type": 3, "value": v}
		switch v.(type) {
		case bool:
			o["type"] = 5
		case int:
			o["type"] = 4
		}
		if name == i.Focused {
			o["focused"] = true
		}
		options = append(options, o)
	}
	slices.SortFunc(options, func(a, b map[string]any) int { return strings.Compare(a["name"].(string), b["name"].(string)) })
	if len(options) > 0 {
		data["options"] = options
	}
	if i.Focused != "" {
		return interactAutocomplete, data
	}
	return interactCommand, data
}

// commandID is the ID of a registered command. Once the bot has registered any, a person can use no other.
func (f *Server) commandID(name string, kind int) string {
	some := false
	for _, cs := range f.commands {
		for _, c := range cs {
			some = true
			if c.Name == name && c.Type == kind {
				return c.ID
			}
		}
	}
	if some {
		f.t.Errorf("fakediscord: the bot has no command %q of type %d", name, kind)
	}
	return "0"
}

// Slash uses a slash command and waits for the message that answers it.
func (f *Server) Slash(who User, channelID, command string, options map[string]any) Message {
	f.t.Helper()
	return f.Interact(Interaction{User: who, ChannelID: channelID, Command: command, Options: options}).Message()
}

// Complete is what the bot suggests while option is being typed.
func (f *Server) Complete(who User, command, option, typed string, others map[string]any) []Choice {
	f.t.Helper()
	options := map[string]any{option: typed}
	for k, v := range others {
		options[k] = v
	}
	return f.Interact(Interaction{User: who, Command: command, Options: options, Focused: option}).First().Choices
}

// Press presses the button of m whose label contains label.
func (f *Server) Press(who User, m Message, label string) *Exchange {
	f.t.Helper()
	b := m.Button(label)
	if b.CustomID == "" {
		f.t.Fatalf("fakediscord: no button %q to press among %v", label, m.Buttons())
	}
	if b.Disabled {
		f.t.Fatalf("fakediscord: the button %q is disabled", label)
	}
	return f.Interact(Interaction{User: who, On: &m, Button: b.CustomID})
}

// Submit fills in the modal that the bot opened: each input gets the next text.
func (x *Exchange) Submit(texts ...string) *Exchange {
	x.f.t.Helper()
	modal := x.First().Modal
	if modal == nil {
		x.f.t.Fatalf("fakediscord: no modal was opened, but a response of type %d", x.First().Type)
	}
	inputs := map[string]string{}
	for n, in := range modal.Inputs() {
		if n < len(texts) {
			inputs[in.CustomID] = texts[n]
		}
	}
	i := Interaction{User: x.user, ChannelID: x.channelID, Modal: modal.CustomID, Inputs: inputs}
	if m, ok := x.f.Message(x.source); ok {
		i.On = &m
	}
	return x.f.Interact(i)
}

// First waits for the bot's first response.
func (x *Exchange) First() Response {
	x.f.t.Helper()
	x.f.await("a response to interaction "+x.ID, func() bool {
		x.f.mu.Lock()
		defer x.f.mu.Unlock()
		return x.first != nil
	})
	return *x.first
}

// Responded reports whether the bot has responded, without waiting.
func (x *Exchange) Responded() bool {
	x.f.mu.Lock()
	defer x.f.mu.Unlock()
	return x.first != nil
}

// Message waits for the message that answers the interaction: sent at once, or after a deferral; or for the changed
// message with the button.
func (x *Exchange) Message() Message {
	x.f.t.Helper()
	var got Message
	x.f.await("a message in answer to interaction "+x.ID, func() (ok bool) {
		got, ok = x.Peek()
		return ok
	})
	return got
}

// Peek is what Message waits for, if it is there already.
func (x *Exchange) Peek() (Message, bool) {
	x.f.mu.Lock()
	defer x.f.mu.Unlock()
	if x.first == nil || x.original == "" {
		return Message{}, false
	}
	m := x.f.messages[x.original]
	if m == nil || (x.first.Type == respondLater || x.first.Type == respondLaterEdit) && m.Body == nil {
		return Message{}, false
	}
	return *m, true
}

// Followups are the further messages the bot sent so far.
func (x *Exchange) Followups() []Message {
	x.f.mu.Lock()
	defer x.f.mu.Unlock()
	var ms []Message
	for _, id := range x.followups {
		ms = append(ms, *x.f.messages[id])
	}
	return ms
}

// Expire voids the interaction's token: whatever the bot sends for it now is refused.
func (x *Exchange) Expire() {
	x.f.mu.Lock()
	defer x.f.mu.Unlock()
	x.expired = true
}

// callback is the first response.
func (f *Server) callback(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkCallback)
	if !ok {
		return
	}
	var c struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	json.Unmarshal(body, &c)
	var s sent
	json.Unmarshal(c.Data, &s)
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.exchanges[r.PathValue("token")]
	switch {
	case x == nil || x.ID != r.PathValue("interaction") || x.expired || time.Since(x.sent) > f.o.FirstResponse:
		refuse(w, http.StatusNotFound, unknownInteraction, "Unknown interaction")
		return
	case x.first != nil:
		refuse(w, http.StatusBadRequest, alreadyAnswered, "Interaction has already been acknowledged.")
		return
	case !fits(x.kind, c.Type):
		refuse(w, http.StatusBadRequest, invalidForm, fmt.Sprintf("Invalid interaction response type %d", c.Type))
		return
	}
	x.responded = time.Now()
	x.first = &Response{Type: c.Type, After: x.responded.Sub(x.sent), Body: body}
	switch c.Type {
	case respondChoices:
		json.Unmarshal(c.Data, x.first)
	case respondModal:
		x.first.Modal = &Modal{}
		json.Unmarshal(c.Data, x.first.Modal)
	case respondMessage:
		f.answer(x, s, c.Data)
	case respondLater:
		f.answer(x, sent{Flags: s.Flags | loading}, nil)
	case respondEdit, respondLaterEdit:
		x.original = x.source
		if m := f.messages[x.source]; m != nil && c.Type == respondEdit {
			f.edit(m, s, c.Data)
		} else if m != nil {
			e := *m
			e.Body = nil
			*m = e
		}
	}
	f.touch()
	w.WriteHeader(http.StatusNoContent)
}

// fits reports whether a response of that type may answer that kind of interaction.
func fits(kind, response int) bool {
	switch kind {
	case interactAutocomplete:
		return response == respondChoices
	case interactCommand:
		return response == respondMessage || response == respondLater || response == respondModal
	case interactModal:
		return response >= respondMessage && response <= respondEdit
	default:
		return response >= respondMessage && response <= respondEdit || response == respondModal
	}
}

// answer posts the bot's message for an interaction. The caller holds mu.
func (f *Server) answer(x *Exchange, s sent, body json.RawMessage) *Message {
	me := f.users[BotID]
	m := &Message{ChannelID: x.channelID, Author: &me, WebhookID: AppID, Interaction: &Origin{ID: x.ID, Type: x.kind, User: x.user}}
	s.write(m, body)
	m = f.post(m)
	m.Type = kindSlash
	if x.source != "" {
		m.Type, m.Reference = kindReply, &Reference{MessageID: x.source, ChannelID: x.channelID, GuildID: m.GuildID}
	}
	if x.original == "" {
		x.original = m.ID
	} else {
		x.followups = append(x.followups, m.ID)
	}
	return m
}

// live finds the interaction of a request under /webhooks; nil if its token is void, which has been answered then.
func (f *Server) live(w http.ResponseWriter, r *http.Request) *Exchange {
	x := f.exchanges[r.PathValue("token")]
	if x == nil || x.expired || x.first == nil || time.Since(x.sent) > 15*time.Minute {
		refuse(w, http.StatusNotFound, unknownWebhook, "Unknown Webhook")
		return nil
	}
	return x
}

func (f *Server) followup(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkMessage)
	if !ok {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.live(w, r)
	if x == nil {
		return
	}
	var s sent
	json.Unmarshal(body, &s)
	// The first follow-up of a deferred response fills it in, as Discord does.
	if m := f.messages[x.original]; x.first.Type == respondLater && m != nil && m.Body == nil {
		f.edit(m, s, body)
		reply(w, http.StatusOK, f.rest(m))
		return
	}
	reply(w, http.StatusOK, f.rest(f.answer(x, s, body)))
}

// response is the message that a request under /webhooks names.
func (f *Server) response(w http.ResponseWriter, r *http.Request) *Message {
	x := f.live(w, r)
	if x == nil {
		return nil
	}
	id := r.PathValue("message")
	if id == "@original" {
		id = x.original
	} else if !slices.Contains(x.followups, id) && id != x.original {
		id = ""
	}
	m := f.messages[id]
	if m == nil {
		refuse(w, http.StatusNotFound, unknownMessage, "Unknown Message")
	}
	return m
}

func (f *Server) getResponse(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m := f.response(w, r); m != nil {
		reply(w, http.StatusOK, f.rest(m))
	}
}

func (f *Server) patchResponse(w http.ResponseWriter, r *http.Request) {
	body, ok := f.body(w, r, checkEdit)
	if !ok {
		return
	}
	var s sent
	json.Unmarshal(body, &s)
	f.mu.Lock()
	defer f.mu.Unlock()
	if m := f.response(w, r); m != nil {
		f.edit(m, s, body)
		reply(w, http.StatusOK, f.rest(m))
	}
}

func (f *Server) deleteResponse(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m := f.response(w, r); m != nil {
		delete(f.messages, m.ID)
		w.WriteHeader(http.StatusNoContent)
	}
}
