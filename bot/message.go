package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

// concerns reports whether a message asks the bot something.
func (h *handler) concerns(m *discordgo.Message) bool {
	self := h.self.Load()
	return self != nil && isFromPerson(m, self) && h.isForBot(m, self)
}

// pause is how long the author of a message must wait before asking again; 0 if they may ask now, which counts as done.
func (h *handler) pause(m *discordgo.Message) time.Duration {
	wait := h.limiter.wait(m.Author.ID, m.GuildID)
	if wait > 0 {
		h.log.Info("rate limit", "where", "message", "message", m.ID)
	}
	return wait
}

// tell tells people in a channel that questions of theirs are not answered.
func (h *handler) tell(ctx context.Context, s *discordgo.Session, n notice) {
	h.send(ctx, s, n.people[0].first, say(n.text()))
}

// onMessage answers a message that concerns the bot. It reports false if there was no time for that, or no way to
// send the answer.
func (h *handler) onMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) bool {
	self := h.self.Load()
	text := questionOf(m, self)
	switch {
	case text == "" && repliesUnseen(m, self):
		h.send(ctx, s, m, say("Discord does not show me replies to that kind of answer. Press *Follow up* under it, or mention me in your reply."))
		return true
	case text == "":
		h.send(ctx, s, m, say(h.hint()))
		return true
	case units(text) > h.limits.QuestionLength:
		h.send(ctx, s, m, say(tooLong(h.limits.QuestionLength)))
		return true
	}
	parent := h.parentOf(ctx, s, m)
	a, err := h.ask(ctx, "message", answer.Question{Text: text}, h.conversation(ctx, s, m.ChannelID, parent))
	if errors.Is(err, errNoTurn) {
		return false
	}
	if err != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), apologyTime)
		defer cancel()
		h.send(ctx, s, m, say(sorry))
		return true
	}
	h.remember(m, parent)
	sent := h.send(ctx, s, m, renderAnswer(a, asked{}))
	if sent == nil {
		return false
	}
	h.remember(sent, m.ID)
	h.latest.set(m.ChannelID+" "+m.Author.ID, sent.ID)
	return true
}

// send answers m, and is nil if that failed, which it logs.
func (h *handler) send(ctx context.Context, s *discordgo.Session, m *discordgo.Message, r reply) *discordgo.Message {
	sent, err := h.answerMessage(ctx, s, m, r)
	if r.embed != nil && (hasCode(err, discordgo.ErrCodeCannotSendEmptyMessage) || hasCode(err, discordgo.ErrCodeMissingPermissions)) {
		h.log.WarnContext(ctx, "no permission to embed links", "channel", m.ChannelID)
		sent, err = h.answerMessage(ctx, s, m, say(needEmbeds))
	}
	if err != nil {
		h.log.WarnContext(ctx, "no answer sent", "message", m.ID, "channel", m.ChannelID, "error", err)
	}
	return sent
}

// needEmbeds is said where an answer may not be shown.
const needEmbeds = "I may not show my answer here. Whoever runs this server can give me the permission *Embed Links*; `/ask` works without."

// isFromPerson reports whether a person wrote m: no bot, webhook or system. An event that could not be decoded may lack
// the author.
func isFromPerson(m *discordgo.Message, self *discordgo.User) bool {
	if m == nil || m.Author == nil || m.Author.Bot || m.Author.System || m.Author.ID == self.ID || m.WebhookID != "" {
		return false
	}
	return m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
}

// isForBot reports whether m is written to the bot: directly, by mentioning it or replying to it with ping on, or as a question
// in a channel of its own. Mentions of roles and of everyone are not meant for it.
func (h *handler) isForBot(m *discordgo.Message, self *discordgo.User) bool {
	switch {
	case m.GuildID == "", mentions(m, self):
		return true
	case !h.answerChannels[m.ChannelID]:
		return false
	case m.ReferencedMessage != nil || isReply(m):
		return isBy(m.ReferencedMessage, self) // what people say to each other is theirs
	}
	return asksSomething(questionOf(m, self))
}

// mentions reports whether m mentions the user. The text is searched too, for servers that leave the list empty.
func mentions(m *discordgo.Message, u *discordgo.User) bool {
	inList := slices.ContainsFunc(m.Mentions, func(o *discordgo.User) bool { return o != nil && o.ID == u.ID })
	return inList || strings.Contains(m.Content, "<@"+u.ID+">") || strings.Contains(m.Content, "<@!"+u.ID+">")
}

func isBy(m *discordgo.Message, u *discordgo.User) bool {
	return m != nil && m.Author != nil && m.Author.ID == u.ID
}

// isReply reports whether m answers another message; a forwarded message has a reference too.
func isReply(m *discordgo.Message) bool {
	return m.MessageReference != nil && m.MessageReference.Type == discordgo.MessageReferenceTypeDefault && m.MessageReference.MessageID != ""
}

// repliesUnseen reports whether m is a reply whose text Discord withholds: to the bot's answer to a command or button.
func repliesUnseen(m *discordgo.Message, self *discordgo.User) bool {
	to := m.ReferencedMessage
	return m.Content == "" && m.GuildID != "" && isBy(to, self) && (to.InteractionMetadata != nil || to.Interaction != nil)
}

var (
	userMark = regexp.MustCompile(`<@!?(\d+)>`)
	// Custom emoji, roles, channels, commands, timestamps and guide links: their numbers say nothing about the question.
	otherMark = regexp.MustCompile(`<(?:a?:\w+:\d+|@&\d+|#\d+|/[^<>]+:\d+|t:[-\d]+(?::\w)?|id:\w+)>`)
	space     = regexp.MustCompile(`\s+`)
)

// questionOf is the text of m as a question: without mentions of the bot and other marks, other people by name.
func questionOf(m *discordgo.Message, self *discordgo.User) string {
	text := userMark.ReplaceAllStringFunc(m.Content, func(mark string) string {
		id := strings.Trim(mark, "<@!>")
		for _, u := range m.Mentions {
			if u != nil && u.ID == id && id != self.ID {
				return u.DisplayName()
			}
		}
		return " "
	})
	return cleanQuestion(otherMark.ReplaceAllString(text, " "))
}

// cleanQuestion is what somebody typed, on one line.
func cleanQuestion(text string) string {
	return strings.TrimSpace(space.ReplaceAllString(strings.ToValidUTF8(text, "\uFFFD"), " "))
}

var (
	questionMark = regexp.MustCompile(`[?？؟]["”'’»)\]!?]*(?:\s|$)`)
	// questionStart begins a question in English that lacks its question mark.
	questionStart = regexp.MustCompile(`(?i)^(?:(?:and|but|so|ok|hi|hey|please),? )*(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|tell me|summari[sz]e|explain|describe)(?:['’](?:s|re|d|ll))?\b`)
)

// asksSomething reports whether a message in a channel of the bot's own is meant as a question.
func asksSomething(text string) bool {
	return questionMark.MatchString(text) || questionStart.MatchString(text)
}

// hint tells somebody who mentioned the bot without a question what to do.
func (h *handler) hint() string {
	articles := h.engine.Articles()
	switch len(articles) {
	case 0:
		return "I have no article to answer from yet."
	case 1:
		return fmt.Sprintf("Ask me something about “%s”, and I quote the sentence that answers it.", short(articles[0].Title, titleLength))
	}
	return fmt.Sprintf("Ask me something about one of my %d articles, and I quote the sentence that answers it. `/articles` lists them.", len(articles))
}

func tooLong(limit int) string {
	return fmt.Sprintf("That is too long for me. Please ask in at most %d characters.", limit)
}
