package bot

import (
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// shortfalls are what channels turned out not to allow the bot. It follows no events that would tell it, so it learns from
// what Discord refuses, and remembers that for a while instead of being refused each time: Discord locks out who is too often.
type shortfalls struct {
	mu       sync.Mutex
	channels *cache[string, shortfall] // by ID
}

type shortfall struct {
	missing int64     // permissions
	again   time.Time // when to try as if nothing were missing: somebody may have mended it
}

const (
	shortfallAgain = 5 * time.Minute // so long what a channel lacks is believed
	shortfallSpan  = time.Hour       // so long it is known that this was logged
	shortfallSize  = 10_000          // channels, at some 200 bytes each
)

func newShortfalls() *shortfalls {
	return &shortfalls{channels: newCache[string, shortfall](shortfallSpan, shortfallSize)}
}

// missing are the permissions that are believed to be missing in a channel.
func (s *shortfalls) missing(channel string) int64 {
	known, ok := s.channels.get(channel)
	if !ok || !time.Now().Before(known.again) {
		return 0
	}
	return known.missing
}

// note remembers what was found missing in a channel, now that everything was tried: 0 if nothing is. It returns which of these
// are news.
func (s *shortfalls) note(channel string, missing int64) (news int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if missing == 0 {
		s.channels.remove(channel)
		return 0
	}
	known, _ := s.channels.get(channel)
	s.channels.set(channel, shortfall{missing, time.Now().Add(shortfallAgain)})
	return missing &^ known.missing
}

// unsendable are permissions without which nothing can be sent to a channel.
const unsendable = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads

// missingBy is the permission that sending r seems to have lacked, where those in without were not counted on: after an error, or
// where sent shows no embed. 0 if none.
func missingBy(err error, sent *discordgo.Message, r reply, without int64) int64 {
	counted := func(permission int64) bool { return without&permission == 0 }
	embeds := r.embed != nil && counted(discordgo.PermissionEmbedLinks)
	switch {
	case err == nil && embeds && sent != nil && len(sent.Embeds) == 0: // Discord then shows the buttons alone
		return discordgo.PermissionEmbedLinks
	case err == nil:
		return 0
	case hasCode(err, discordgo.ErrCodeCannotReplyWithoutPermissionToReadMessageHistory) && counted(discordgo.PermissionReadMessageHistory):
		return discordgo.PermissionReadMessageHistory
	case hasCode(err, discordgo.ErrCodeCannotSendEmptyMessage) && embeds:
		return discordgo.PermissionEmbedLinks
	case hasCode(err, discordgo.ErrCodeMissingPermissions) && embeds:
		return discordgo.PermissionEmbedLinks // or to send anything, which the next try shows
	case hasCode(err, discordgo.ErrCodeMissingPermissions):
		return discordgo.PermissionSendMessages
	case hasCode(err, discordgo.ErrCodeCannotSendMessagesToThisUser):
		return discordgo.PermissionSendMessages
	case hasCode(err, discordgo.ErrCodeMissingAccess):
		return discordgo.PermissionViewChannel
	}
	return 0
}
