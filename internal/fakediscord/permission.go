package fakediscord

import (
	"net/http"
	"slices"
	"strconv"
)

// Permissions that matter here, as Discord numbers them.
const (
	Administrator         = 1 << 3
	ManageGuild           = 1 << 5
	ViewChannel           = 1 << 10
	SendMessages          = 1 << 11
	EmbedLinks            = 1 << 14
	AttachFiles           = 1 << 15
	ReadMessageHistory    = 1 << 16
	SendMessagesInThreads = 1 << 38

	all = Administrator | ManageGuild | ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | SendMessagesInThreads
)

// BotRoleID is the role that Discord made for the bot when it was added to the server.
const BotRoleID = "1000000000000000004"

// Errors of permissions.
const (
	missingAccess      = 50001
	cannotEditOthers   = 50005
	emptyMessage       = 50006
	missingPermissions = 50013
	noHistory          = 160002
)

// flags are permissions, which Discord writes as text.
type flags int64

func (f flags) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(f), 10), nil }

// role is a role of the server. Its ID is the server's for @everyone.
type role struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Managed     bool              `json:"managed"`
	Permissions flags             `json:"permissions"`
	Tags        map[string]string `json:"tags,omitempty"`
}

// overwrite changes what a role (type 0) or a member (type 1) may do in a channel.
type overwrite struct {
	ID    string `json:"id"`
	Type  int    `json:"type"`
	Allow flags  `json:"allow"`
	Deny  flags  `json:"deny"`
}

// newRoles are the roles of a server whose people may do what the bot needs, and to which the bot was added.
func newRoles() []role {
	usual := flags(ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | SendMessagesInThreads)
	return []role{
		{ID: GuildID, Name: "@everyone", Permissions: usual},
		{ID: BotRoleID, Name: "citebot", Managed: true, Permissions: usual, Tags: map[string]string{"bot_id": BotID}},
	}
}

// Deny takes permissions from the bot in a channel and its threads; 0 gives all back.
func (f *Server) Deny(channelID string, permissions int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.channels[channelID].Overwrites = nil
	if permissions != 0 {
		f.channels[channelID].Overwrites = []overwrite{{ID: BotID, Type: 1, Deny: flags(permissions)}}
	}
}

// DenyEverywhere takes permissions from all of the bot's roles.
func (f *Server) DenyEverywhere(permissions int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.roles {
		f.roles[i].Permissions &^= flags(permissions)
	}
}

// may reports whether the bot has all of these permissions in c. In a direct message it has. The caller holds mu.
func (f *Server) may(c *channel, permissions int64) bool {
	return c.GuildID == "" || f.allowed(c)&permissions == permissions
}

// allowed are the bot's permissions in a channel of the server, as Discord's documentation computes them: without View Channel
// nothing is allowed, without Send Messages none of what goes with a message.
func (f *Server) allowed(c *channel) int64 {
	granted := f.granted()
	if granted&Administrator != 0 {
		return all
	}
	if parent := f.channels[c.ParentID]; isThread(c) && parent != nil {
		c = parent
	}
	for _, o := range c.Overwrites {
		if o.Type == 0 && o.ID == GuildID {
			granted = granted&^o.Deny | o.Allow
		}
	}
	var allow, deny flags
	for _, o := range c.Overwrites {
		if o.Type == 0 && o.ID == BotRoleID {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	granted = granted&^deny | allow
	for _, o := range c.Overwrites {
		if o.Type == 1 && o.ID == BotID {
			granted = granted&^o.Deny | o.Allow
		}
	}
	if granted&ViewChannel == 0 {
		return 0
	}
	return int64(granted)
}

// granted is what the bot may do in the server, as far as no channel says otherwise.
func (f *Server) granted() flags {
	var granted flags
	for _, r := range f.roles {
		granted |= r.Permissions
	}
	return granted
}

func isThread(c *channel) bool { return c.Type == channelThread }

// refusal is why the bot may not send s to c: Discord's status, number and words; status 0 if it may. The caller holds mu.
func (f *Server) refusal(c *channel, s sent) (status, code int, message string) {
	send := int64(SendMessages)
	if isThread(c) {
		send = SendMessagesInThreads
	}
	switch {
	case !f.may(c, ViewChannel):
		return http.StatusForbidden, missingAccess, "Missing Access"
	case !f.may(c, send):
		return http.StatusForbidden, missingPermissions, "Missing Permissions"
	case s.Reference != nil && !f.may(c, ReadMessageHistory):
		return http.StatusBadRequest, noHistory, "You cannot reply to a message without the permission to read message history"
	case f.may(c, EmbedLinks) || s.Embeds == nil || len(*s.Embeds) == 0 || s.Content != nil && *s.Content != "":
		return 0, 0, ""
	case f.o.StripEmbeds && s.Components != nil && len(*s.Components) > 0:
		return 0, 0, "" // buttons alone are a message
	case f.o.StripEmbeds:
		return http.StatusBadRequest, emptyMessage, "Cannot send an empty message"
	}
	return http.StatusForbidden, missingPermissions, "Missing Permissions"
}

// stripped is s without embeds where the bot may show none. The caller holds mu.
func (f *Server) stripped(c *channel, s sent) sent {
	if s.Embeds != nil && !f.may(c, EmbedLinks) {
		s.Embeds = &[]Embed{}
	}
	return s
}

func (f *Server) getGuilds(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := []map[string]any{}
	if r.URL.Query().Get("after") < GuildID {
		list = append(list, map[string]any{"id": GuildID, "name": guildName, "owner": false, "permissions": f.granted(), "features": []string{}})
	}
	reply(w, http.StatusOK, list)
}

// guildName is the server's name.
const guildName = "Harbour friends"

// inGuild answers for the server that the bot is in, and refuses for others. The caller does not hold mu.
func (f *Server) inGuild(answer func() any) http.HandlerFunc {
	return f.authorized(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if r.PathValue("guild") != GuildID {
			refuse(w, http.StatusForbidden, missingAccess, "Missing Access")
			return
		}
		reply(w, http.StatusOK, answer())
	})
}

func (f *Server) guildRoles() any { return f.roles }

func (f *Server) guildMember() any {
	return map[string]any{"user": f.users[BotID], "roles": []string{BotRoleID}, "joined_at": made(BotRoleID), "deaf": false, "mute": false, "flags": 0}
}

// guildChannels are all channels of the server but its threads, also those that the bot does not see.
func (f *Server) guildChannels() any {
	list := []*channel{}
	for _, c := range f.channels {
		if c.GuildID != "" && !isThread(c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *channel) int {
		if older(a.ID, b.ID) {
			return -1
		}
		return 1
	})
	return list
}

func (f *Server) deleteMessage(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m := f.ownMessage(w, r, missingPermissions, "Missing Permissions"); m != nil {
		f.remove(m)
		w.WriteHeader(http.StatusNoContent)
	}
}
