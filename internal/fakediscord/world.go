package fakediscord

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// User is a person or a bot.
type User struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name,omitempty"`
	Bot        bool   `json:"bot,omitempty"`
}

// Channel types, as Discord numbers them.
const (
	channelText   = 0
	channelDM     = 1
	channelThread = 11
	channelForum  = 15
)

type channel struct {
	ID         string `json:"id"`
	Type       int    `json:"type"`
	GuildID    string `json:"guild_id,omitempty"`
	ParentID   string `json:"parent_id,omitempty"`
	Name       string `json:"name,omitempty"`
	Recipients []User `json:"recipients,omitempty"`

	Overwrites []overwrite `json:"permission_overwrites,omitempty"`
	history    []string    // IDs of its messages, oldest first
}

// Message is a message as Discord shows it to bots. Tests fill in what a person decides; the fake adds the rest.
type Message struct {
	ID              string       `json:"id"`
	Type            int          `json:"type"` // 0 ordinary, 19 reply, 20 and 23 answers to commands
	ChannelID       string       `json:"channel_id"`
	GuildID         string       `json:"guild_id,omitempty"`
	Author          *User        `json:"author,omitempty"`
	WebhookID       string       `json:"webhook_id,omitempty"`
	Content         string       `json:"content"`
	Timestamp       string       `json:"timestamp"`
	Edited          *string      `json:"edited_timestamp"`
	Mentions        []User       `json:"mentions"`
	MentionEveryone bool         `json:"mention_everyone"`
	MentionRoles    []string     `json:"mention_roles"`
	Attachments     []Attachment `json:"attachments"`
	Embeds          []Embed      `json:"embeds"`
	Components      []Component  `json:"components,omitempty"`
	Flags           int          `json:"flags"`
	Nonce           any          `json:"nonce,omitempty"`
	Reference       *Reference   `json:"message_reference,omitempty"`
	Referenced      *Message     `json:"referenced_message,omitempty"`
	Interaction     *Origin      `json:"interaction_metadata,omitempty"`

	NoPing bool            `json:"-"` // a reply whose writer switched the ping off
	Body   json.RawMessage `json:"-"` // what the bot sent: the last body that made or changed the message
}

// Reference is what a reply answers.
type Reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id,omitempty"`
	GuildID   string `json:"guild_id,omitempty"`
}

// Origin tells which interaction a message answers.
type Origin struct {
	ID   string `json:"id"`
	Type int    `json:"type"`
	User User   `json:"user"`
}

// Attachment is a file on a message.
type Attachment struct {
	ID       string `json:"id"`
	Filename string `json:"filename"`
	Size     int    `json:"size"`
	URL      string `json:"url"`
}

// Embed is a rich embed.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

type EmbedAuthor struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type EmbedFooter struct {
	Text string `json:"text,omitempty"`
}

type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// Component is an action row, a button, a select menu, or a text input of a modal.
type Component struct {
	Type        int         `json:"type"`
	Style       int         `json:"style,omitempty"`
	CustomID    string      `json:"custom_id,omitempty"`
	Label       string      `json:"label,omitempty"`
	URL         string      `json:"url,omitempty"`
	Disabled    bool        `json:"disabled,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	Value       string      `json:"value,omitempty"`
	Required    *bool       `json:"required,omitempty"`
	MinLength   *int        `json:"min_length,omitempty"`
	MaxLength   int         `json:"max_length,omitempty"`
	Options     []Option    `json:"options,omitempty"`
	Components  []Component `json:"components,omitempty"`
	Component   *Component  `json:"component,omitempty"`
}

// Option is a choice of a select menu.
type Option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}

// Message flags and kinds that matter here.
const (
	Ephemeral = 1 << 6
	loading   = 1 << 7
	kindReply = 19
	kindSlash = 20
)

// Buttons are the buttons of a message, in order.
func (m Message) Buttons() []Component { return buttons(m.Components) }

func buttons(cs []Component) []Component {
	var all []Component
	for _, c := range cs {
		if c.Type == 2 {
			all = append(all, c)
		}
		all = append(all, buttons(c.Components)...)
	}
	return all
}

// Button is the first button whose label contains label; its zero value if there is none.
func (m Message) Button(label string) Component {
	for _, b := range m.Buttons() {
		if strings.Contains(b.Label, label) {
			return b
		}
	}
	return Component{}
}

// Mention is how the bot is addressed at the start of a message.
const Mention = "<@" + BotID + "> "

// Person makes a person.
func (f *Server) Person(name string) User {
	f.mu.Lock()
	defer f.mu.Unlock()
	u := User{ID: f.snowflake(), Username: name, GlobalName: name}
	f.users[u.ID] = u
	return u
}

// Channel makes another text channel in the server, and says its ID.
func (f *Server) Channel(name string) string {
	return f.addChannel(channel{Type: channelText, GuildID: GuildID, Name: name})
}

// Forum makes a channel that holds nothing but threads, its posts.
func (f *Server) Forum(name string) string {
	return f.addChannel(channel{Type: channelForum, GuildID: GuildID, Name: name})
}

// Thread makes a public thread in the channel with that ID, or a post in a forum.
func (f *Server) Thread(parent, name string) string {
	return f.addChannel(channel{Type: channelThread, GuildID: GuildID, ParentID: parent, Name: name})
}

// DM makes the direct message channel between a person and the bot.
func (f *Server) DM(with User) string {
	return f.addChannel(channel{Type: channelDM, Recipients: []User{with}})
}

func (f *Server) addChannel(c channel) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	c.ID = f.snowflake()
	f.channels[c.ID] = &c
	return c.ID
}

// Send posts a message as its Author does, and delivers it to the bot as far as Discord would. Author, ChannelID (""
// means the first channel) and Content matter, and Reference for a reply. It does not wait for the bot.
func (f *Server) Send(m Message) Message {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if m.ChannelID == "" {
		m.ChannelID = ChannelID
	}
	if f.channels[m.ChannelID] == nil {
		f.t.Fatalf("fakediscord: no channel %s", m.ChannelID)
	}
	stored := f.post(&m)
	f.gateway.dispatchMessage(f, "MESSAGE_CREATE", stored)
	return *stored
}

// Ask posts a message that mentions the bot, and waits for its reply.
func (f *Server) Ask(who User, channelID, text string) Message {
	f.t.Helper()
	return f.Answer(f.Send(Message{Author: &who, ChannelID: channelID, Content: Mention + text}))
}

// Answer waits for the bot's first reply to m.
func (f *Server) Answer(m Message) Message {
	f.t.Helper()
	var a Message
	f.await("a reply to “"+m.Content+"”", func() bool {
		rs := f.Replies(m)
		if len(rs) > 0 {
			a = rs[0]
		}
		return len(rs) > 0
	})
	return a
}

// Replies are the bot's replies to m so far.
func (f *Server) Replies(m Message) []Message {
	f.mu.Lock()
	defer f.mu.Unlock()
	var rs []Message
	for _, id := range f.replies[m.ID] {
		if r := f.messages[id]; r != nil {
			rs = append(rs, *r)
		}
	}
	return rs
}

// Message is the message with that ID as it is now.
func (f *Server) Message(id string) (Message, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m := f.messages[id]; m != nil {
		return *m, true
	}
	return Message{}, false
}

// Edit changes the text of a person's message, and delivers that to the bot as far as Discord would. IDs of whom the message
// mentions are found anew. It does not wait for the bot.
func (f *Server) Edit(id, content string) Message {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.messages[id]
	if m == nil {
		f.t.Fatalf("fakediscord: no message %s", id)
	}
	e := *m
	now := time.Now().UTC().Format(time.RFC3339Nano)
	e.Content, e.Edited = content, &now
	f.findMentions(&e)
	*m = e
	f.gateway.dispatchMessage(f, "MESSAGE_UPDATE", m)
	f.touch()
	return e
}

// Unfurl delivers a message again as Discord does once it has found previews for the links in it: nobody edited it.
func (f *Server) Unfurl(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gateway.dispatchMessage(f, "MESSAGE_UPDATE", f.messages[id])
}

// Delete removes messages of one channel, and tells the bot; replies to them stay, as in Discord.
func (f *Server) Delete(ids ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var gone []string
	var from *channel
	for _, id := range ids {
		if m := f.messages[id]; m != nil {
			gone, from = append(gone, id), f.channels[m.ChannelID]
			f.remove(m)
		}
	}
	switch len(gone) {
	case 0:
	case 1:
		f.gateway.dispatchIn(f, from, "MESSAGE_DELETE", map[string]any{"id": gone[0], "channel_id": from.ID, "guild_id": from.GuildID})
	default:
		f.gateway.dispatchIn(f, from, "MESSAGE_DELETE_BULK", map[string]any{"ids": gone, "channel_id": from.ID, "guild_id": from.GuildID})
	}
}

// remove takes a message away. The caller holds mu.
func (f *Server) remove(m *Message) {
	c := f.channels[m.ChannelID]
	c.history = slices.DeleteFunc(c.history, func(other string) bool { return other == m.ID })
	delete(f.messages, m.ID)
	f.touch()
}

// History is what stands in a channel, oldest first.
func (f *Server) History(channelID string) []Message {
	f.mu.Lock()
	defer f.mu.Unlock()
	var ms []Message
	for _, id := range f.channels[channelID].history {
		if m := f.messages[id]; m != nil {
			ms = append(ms, *m)
		}
	}
	return ms
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// post stores a message, adding what Discord adds. The caller holds mu and has checked the channel.
func (f *Server) post(m *Message) *Message {
	c := f.channels[m.ChannelID]
	m.ID = f.snowflake()
	m.GuildID = c.GuildID
	m.Timestamp = made(m.ID).Format(time.RFC3339Nano)
	if m.Reference != nil {
		m.Type = kindReply
		m.Reference.ChannelID, m.Reference.GuildID = c.ID, c.GuildID
		if to := f.messages[m.Reference.MessageID]; to != nil && m.Author != nil && m.Author.ID == BotID {
			f.replies[to.ID] = append(f.replies[to.ID], m.ID)
		}
	}
	f.findMentions(m)
	f.messages[m.ID] = m
	if m.Flags&Ephemeral == 0 {
		c.history = append(c.history, m.ID)
	}
	f.touch()
	return m
}

// findMentions notes whom the text of m mentions, and whom it pings as a reply.
func (f *Server) findMentions(m *Message) {
	m.Mentions, m.MentionRoles = nil, nil
	for _, id := range userMention.FindAllStringSubmatch(m.Content, -1) {
		f.mention(m, id[1])
	}
	for _, id := range roleMention.FindAllStringSubmatch(m.Content, -1) {
		m.MentionRoles = append(m.MentionRoles, id[1])
	}
	m.MentionEveryone = strings.Contains(m.Content, "@everyone") || strings.Contains(m.Content, "@here")
	if m.Reference == nil || m.NoPing {
		return
	}
	if to := f.messages[m.Reference.MessageID]; to != nil && to.Author != nil {
		f.mention(m, to.Author.ID)
	}
}

func (f *Server) mention(m *Message, id string) {
	u, known := f.users[id]
	if known && !slices.ContainsFunc(m.Mentions, func(o User) bool { return o.ID == id }) {
		m.Mentions = append(m.Mentions, u)
	}
}

// shown is the message as the bot may see it: without the privileged intent, content only of direct messages, of its own
// messages, and of those that mention it, but for replies to its answers to commands. The caller holds mu.
func (f *Server) shown(m *Message, privileged bool) Message {
	s := *m
	if s.Mentions == nil {
		s.Mentions = []User{}
	}
	if s.MentionRoles == nil {
		s.MentionRoles = []string{}
	}
	if s.Attachments == nil {
		s.Attachments = []Attachment{}
	}
	if s.Embeds == nil {
		s.Embeds = []Embed{}
	}
	if !privileged && !f.mayRead(m) {
		s.Content, s.Embeds, s.Attachments, s.Components = "", []Embed{}, []Attachment{}, nil
	}
	return s
}

func (f *Server) mayRead(m *Message) bool {
	if f.channels[m.ChannelID].Type == channelDM || m.Author != nil && m.Author.ID == BotID {
		return true
	}
	if strings.Contains(m.Content, "<@"+BotID+">") || strings.Contains(m.Content, "<@!"+BotID+">") {
		return true
	}
	if m.Reference == nil || m.NoPing {
		return false
	}
	to := f.messages[m.Reference.MessageID]
	return to != nil && to.Author != nil && to.Author.ID == BotID && to.Interaction == nil
}
