package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// mentionsOwnRole reports whether m mentions the role that Discord made for the bot in that server. It has the bot's name, so
// that people choose it by mistake. What the roles are is asked of Discord when an unknown one is mentioned, and remembered.
func (h *handler) mentionsOwnRole(ctx context.Context, s *discordgo.Session, m *discordgo.Message) bool {
	self := h.self.Load()
	unknown := false
	for _, id := range m.MentionRoles {
		own, known := h.ownRoles.get(id)
		if own {
			return true
		}
		unknown = unknown || !known
	}
	if !unknown || m.GuildID == "" {
		return false
	}
	roles, err := rolesOf(ctx, s, m.GuildID)
	if err != nil {
		h.log.WarnContext(ctx, "roles not read", "server", m.GuildID, "error", err)
		return false
	}
	found := false
	for _, id := range m.MentionRoles {
		own := false
		for _, r := range roles {
			own = own || r.ID == id && r.Tags.BotID == self.ID
		}
		h.ownRoles.set(id, own)
		found = found || own
	}
	return found
}
