package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// permissions are what the bot needs in a channel.
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// permissionNames are the names of permissions that the bot needs, as Discord's settings show them in English, and in their order.
func permissionNames(wanted int64) []string {
	var names []string
	for _, p := range []struct {
		bit  int64
		name string
	}{
		{discordgo.PermissionViewChannel, "View Channel"},
		{discordgo.PermissionSendMessages, "Send Messages"},
		{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"},
		{discordgo.PermissionEmbedLinks, "Embed Links"},
		{discordgo.PermissionReadMessageHistory, "Read Message History"},
	} {
		if wanted&p.bit != 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// inviteLink is where an application's bot is added to a server, with the permissions that it needs and no others.
func inviteLink(apiURL, app string) string {
	query := url.Values{"client_id": {app}, "scope": {"bot applications.commands"}, "permissions": {fmt.Sprint(permissions)}}
	return apiURL + "/oauth2/authorize?" + query.Encode()
}

// What the bot reads of servers. Its own types hold no more than is needed, for discordgo's lack a role's tags, and fail where one
// field is not as they expect it.
type (
	server struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	role struct {
		ID          string `json:"id"`
		Permissions int64  `json:"permissions,string"`
		Tags        struct {
			BotID string `json:"bot_id"` // of the bot that the role was made for
		} `json:"tags"`
	}
	channel struct {
		ID         string                `json:"id"`
		Type       discordgo.ChannelType `json:"type"`
		GuildID    string                `json:"guild_id"`
		ParentID   string                `json:"parent_id"`
		Name       string                `json:"name"`
		Overwrites []overwrite           `json:"permission_overwrites"`
	}
	overwrite struct {
		ID    string                            `json:"id"` // of a role or a member
		Type  discordgo.PermissionOverwriteType `json:"type"`
		Allow int64                             `json:"allow,string"`
		Deny  int64                             `json:"deny,string"`
	}
	member struct {
		Roles []string `json:"roles"` // IDs, without that of @everyone
	}
)

func (c channel) isThread() bool {
	switch c.Type {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

// needed are the permissions that the bot needs in c to do all it can there; 0 where nobody writes anything.
func (c channel) needed() int64 {
	switch c.Type {
	case discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews:
		return permissions
	case discordgo.ChannelTypeGuildVoice, discordgo.ChannelTypeGuildStageVoice: // they have a chat, but no threads
		return permissions &^ discordgo.PermissionSendMessagesInThreads
	case discordgo.ChannelTypeGuildForum, discordgo.ChannelTypeGuildMedia: // they have threads only
		return permissions &^ discordgo.PermissionSendMessages
	}
	if c.isThread() {
		return permissions &^ discordgo.PermissionSendMessages
	}
	return 0
}

// standing is the bot in one server: what decides what it may do there.
type standing struct {
	guild string
	self  string // the bot's user ID
	roles []role
	own   []string // IDs of the roles it has
}

// in are the bot's permissions in c, which for a thread must have its parent's overwrites. They are counted as Discord's
// documentation says, but without what follows from others: who may not see a channel may not write there either, and yet only
// the first is missing.
func (s standing) in(c channel) int64 {
	has := map[string]bool{s.guild: true} // @everyone's role has the server's ID
	for _, id := range s.own {
		has[id] = true
	}
	var granted int64
	for _, r := range s.roles {
		if has[r.ID] {
			granted |= r.Permissions
		}
	}
	if granted&discordgo.PermissionAdministrator != 0 {
		return permissions
	}
	var allow, deny int64
	for _, o := range c.Overwrites {
		switch {
		case o.Type != discordgo.PermissionOverwriteTypeRole:
		case o.ID == s.guild:
			granted = granted&^o.Deny | o.Allow
		case has[o.ID]:
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	granted = granted&^deny | allow
	for _, o := range c.Overwrites {
		if o.Type == discordgo.PermissionOverwriteTypeMember && o.ID == s.self {
			granted = granted&^o.Deny | o.Allow
		}
	}
	return granted
}

// readStanding asks Discord for the bot's standing in a server.
func readStanding(ctx context.Context, s *discordgo.Session, guild, self string) (standing, error) {
	roles, err := rolesOf(ctx, s, guild)
	if err != nil {
		return standing{}, err
	}
	var m member
	if err := read(ctx, s, discordgo.EndpointGuildMember(guild, self), &m); err != nil {
		return standing{}, fmt.Errorf("read the bot's roles: %w", err)
	}
	return standing{guild: guild, self: self, roles: roles, own: m.Roles}, nil
}

func rolesOf(ctx context.Context, s *discordgo.Session, guild string) ([]role, error) {
	var roles []role
	if err := read(ctx, s, discordgo.EndpointGuildRoles(guild), &roles); err != nil {
		return nil, fmt.Errorf("read a server's roles: %w", err)
	}
	return roles, nil
}

// readChannel asks Discord for a channel; a thread gets its parent's overwrites, which count there.
func readChannel(ctx context.Context, s *discordgo.Session, id string) (channel, error) {
	var c channel
	if err := read(ctx, s, discordgo.EndpointChannel(id), &c); err != nil {
		return c, fmt.Errorf("read a channel: %w", err)
	}
	if !c.isThread() {
		return c, nil
	}
	var parent channel
	if err := read(ctx, s, discordgo.EndpointChannel(c.ParentID), &parent); err != nil {
		return c, fmt.Errorf("read a thread's channel: %w", err)
	}
	c.Overwrites = parent.Overwrites
	return c, nil
}

// read makes a GET request and decodes the answer.
func read(ctx context.Context, s *discordgo.Session, address string, into any) error {
	bucket, _, _ := strings.Cut(address, "?")
	return retry(ctx, func() error {
		body, err := s.RequestWithBucketID(http.MethodGet, address, nil, bucket, options(ctx)...)
		if err != nil {
			return withoutURL(err)
		}
		return json.Unmarshal(body, into)
	})
}
