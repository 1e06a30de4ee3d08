package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"
)

const aboutName = "about"

// aboutCommand tells those who manage a server what the bot lacks there. Discord shows it to them only, unless they decide otherwise.
func aboutCommand() *discordgo.ApplicationCommand {
	managers := int64(discordgo.PermissionManageGuild)
	return &discordgo.ApplicationCommand{
		Name: aboutName, Type: discordgo.ChatApplicationCommand, Description: "What I may and may not do in this channel",
		DefaultMemberPermissions: &managers,
		IntegrationTypes:         &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall},
		Contexts:                 &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild},
	}
}

// planAbout answers /about to whoever manages the server. Who else may use it there is for the server to say, so that is looked at
// again.
func (h *handler) planAbout(i *discordgo.Interaction) plan {
	if i.GuildID == "" {
		return refusal("Permissions matter in servers only. Here I can answer you.")
	}
	const managers = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	if i.Member == nil || i.Member.Permissions&managers == 0 {
		return refusal("This is for those who manage the server. `/help` says what I can do.")
	}
	return plan{late: later(true), work: func(ctx context.Context, s *discordgo.Session) outcome { return h.about(ctx, s, i) }}
}

// about shows what the bot may do in the channel of i.
func (h *handler) about(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) outcome {
	const unseen = "I do not see this channel: give me the permission **View Channel** here, or invite me to this server if I am not in it. Commands work all the same."
	self := h.self.Load()
	if self == nil {
		return refused(sorry)
	}
	standing, err := readStanding(ctx, s, i.GuildID, self.ID)
	var c channel
	if err == nil {
		c, err = readChannel(ctx, s, i.ChannelID)
	}
	text := unseen
	switch {
	case err == nil:
		granted := standing.in(c)
		text = permissionList(c.needed(), granted)
		if c.needed()&^granted == 0 {
			h.shortfalls.note(i.ChannelID, 0) // what was mended just now counts at once
		}
	case !isRefused(err):
		h.log.WarnContext(ctx, "permissions not read", "channel", i.ChannelID, "error", err)
		return refused(sorry)
	}
	return refused(text + "\n-# Whoever invites me with [this link](" + linkTarget(inviteLink(h.apiURL, i.AppID)) + ") gives me what I need, and no more.")
}

// permissionList tells for each permission that is needed whether it is granted, and what comes of those that are not.
func permissionList(needed, granted int64) string {
	var lines []string
	for _, p := range []struct {
		bit     int64
		without string
	}{
		{discordgo.PermissionViewChannel, "I see no question here; commands work"},
		{discordgo.PermissionSendMessages, "I answer nobody here; commands work"},
		{discordgo.PermissionSendMessagesInThreads, "I answer nobody in threads; commands work"},
		{discordgo.PermissionEmbedLinks, "my answers are plain text"},
		{discordgo.PermissionReadMessageHistory, "my answers are not replies, and I forget what was said before a restart"},
	} {
		name := strings.Join(permissionNames(p.bit), "")
		switch {
		case needed&p.bit == 0:
		case granted&p.bit != 0:
			lines = append(lines, "✅ "+name)
		default:
			lines = append(lines, "❌ **"+name+"** — without it, "+p.without)
		}
	}
	if needed&^granted == 0 {
		return "I have all the permissions that I need in this channel:\n" + strings.Join(lines, "\n")
	}
	return "Not all is as I need it in this channel:\n" + strings.Join(lines, "\n")
}
