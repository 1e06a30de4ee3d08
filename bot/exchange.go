package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// exchange is a question in a channel and what the bot said to it, so that the answer follows the question when that is edited
// or deleted.
type exchange struct {
	gone atomic.Bool // the question was deleted

	mu     sync.Mutex // held while the bot answers, edits or deletes
	place  string     // channel and person, as in [handler].latest; "" if not known
	said   string     // ID of the bot's message; "" if nothing was sent
	asked  string     // the question that said answers; "" if not known
	edited time.Time  // when that was edited last; zero if never

	revised *discordgo.Message // the question as it was edited before its turn came; nil if it was not
}

const (
	exchangeSpan = 24 * time.Hour   // so long after it was last of use an exchange is remembered
	exchangeSize = 10_000           // exchanges, at some 300 bytes each
	editableSpan = 10 * time.Minute // so long after a question it may be edited with effect
)

// expect notes a question that has come in and may have to wait, so that it is known if it is deleted or edited meanwhile.
func (h *handler) expect(m *discordgo.Message) {
	h.exchanges.getOrMake(m.ID, func() *exchange { return new(exchange) })
}

// onEdit answers a question anew that was edited, in place of the answer that it has. If it has none yet, it will be answered as it
// is now.
func (h *handler) onEdit(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	self := h.self.Load()
	if self == nil || !isFromPerson(m, self) || !editedInTime(m) || !h.addresses(m, self) && !h.mentionsOwnRole(ctx, s, m) {
		return
	}
	x := h.exchangeOf(ctx, s, m, self)
	if x == nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	text := questionOf(m, self)
	if x.gone.Load() || !m.EditedTimestamp.After(x.edited) {
		return
	}
	if x.said == "" {
		x.revised, x.edited = m, *m.EditedTimestamp
		return
	}
	if text == x.asked {
		return
	}
	if h.limiter.wait(m.Author.ID, m.GuildID) > 0 {
		h.log.InfoContext(ctx, "rate limit", "where", "edit", "message", m.ID)
		return
	}
	r, isAnswer, err := h.answerTo(ctx, s, m, self, h.parentBefore)
	if err != nil {
		h.log.WarnContext(ctx, "answer not edited", "message", m.ID, "error", err)
		return
	}
	x.asked, x.edited = text, *m.EditedTimestamp
	if sent := h.revise(ctx, s, m.ChannelID, x.said, r); sent != nil && isAnswer {
		h.remember(sent, m.ID)
	}
}

// editedInTime reports whether somebody edited m, and soon enough. Discord also tells of links whose preview it has found.
func editedInTime(m *discordgo.Message) bool {
	written, err := discordgo.SnowflakeTimestamp(m.ID)
	return err == nil && m.EditedTimestamp != nil && m.EditedTimestamp.Sub(written) <= editableSpan
}

// exchangeOf is the exchange that m is the question of; nil if the bot said nothing to it. After a restart it is found by the
// reply among the messages after m.
func (h *handler) exchangeOf(ctx context.Context, s *discordgo.Session, m *discordgo.Message, self *discordgo.User) *exchange {
	if x, ok := h.exchanges.get(m.ID); ok {
		return x
	}
	for _, later := range h.fetch(ctx, s, m.ChannelID, "after", m.ID) {
		if isBy(later, self) && isReply(later) && later.MessageReference.MessageID == m.ID && later.InteractionMetadata == nil && later.Interaction == nil {
			return h.exchanges.getOrMake(m.ID, func() *exchange { return &exchange{said: later.ID} })
		}
	}
	return nil
}

// parentBefore is the ID of the message that m, asked a while ago, goes on from.
func (h *handler) parentBefore(ctx context.Context, s *discordgo.Session, m *discordgo.Message) string {
	if known, ok := h.messages.get(m.ID); ok {
		return known.parent
	}
	if isReply(m) {
		return m.MessageReference.MessageID
	}
	if m.GuildID != "" && !h.isThread(ctx, s, m.ChannelID) {
		return ""
	}
	return h.readExchange(ctx, s, m)
}

// knows reports whether a message is a question that may have an answer.
func (h *handler) knows(id string) bool {
	_, ok := h.exchanges.get(id)
	return ok
}

// onDelete deletes what the bot said to a question that was deleted, and forgets both.
func (h *handler) onDelete(ctx context.Context, s *discordgo.Session, channelID, id string) {
	x, ok := h.exchanges.get(id)
	if !ok {
		return
	}
	x.gone.Store(true) // an answer that is being made is not sent
	x.mu.Lock()
	defer x.mu.Unlock()
	h.messages.remove(id)
	if x.said == "" {
		return // what is known of it keeps the question from being answered
	}
	h.messages.remove(x.said)
	if latest, _ := h.latest.get(x.place); latest == x.said {
		h.latest.remove(x.place)
	}
	if err := takeBack(ctx, s, channelID, x.said); err != nil {
		h.log.WarnContext(ctx, "answer not deleted", "message", x.said, "channel", channelID, "error", err)
		return
	}
	h.exchanges.remove(id)
	h.log.InfoContext(ctx, "answer deleted with its question", "channel", channelID)
}
