package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

// onMessage answers a message if it asks the bot something.
func (h *handler) onMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	self := h.self.Load()
	if self == nil || !isFromPerson(m, self) || !h.isForBot(ctx, s, m, self) || h.shortfalls.missing(m.ChannelID)&unsendable != 0 {
		return
	}
	if wait := h.limiter.wait(m.Author.ID, m.GuildID); wait > 0 {
		h.log.InfoContext(ctx, "rate limit", "where", "message", "message", m.ID)
		if h.limiter.mayTell(m.Author.ID) {
			h.send(ctx, s, m, say(slowDown(wait)))
		}
		return
	}
	x := h.exchanges.getOrMake(m.ID, func() *exchange { return new(exchange) })
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.gone.Load() {
		return
	}
	x.place, x.asked = m.ChannelID+" "+m.Author.ID, questionOf(m, self)
	said := h.answerTo(ctx, s, m, self, h.parentOf)
	if x.gone.Load() {
		return
	}
	sent := h.send(ctx, s, m, said.reply)
	if sent == nil {
		return
	}
	x.said = sent.ID
	if said.answers {
		h.remember(sent, m.ID)
		h.latest.set(x.place, sent.ID)
	}
}

// said is what the bot says to a message.
type said struct {
	reply
	answers bool // it is an answer, and no remark
}

// answerTo is what to say to m, which is for the bot. The ID that parentOf gives is of the message that m goes on from.
func (h *handler) answerTo(ctx context.Context, s *discordgo.Session, m *discordgo.Message, self *discordgo.User,
	parentOf func(context.Context, *discordgo.Session, *discordgo.Message) string) said {
	text := questionOf(m, self)
	switch {
	case text == "" && repliesUnseen(m, self):
		return said{reply: say("Discord does not show me replies to that kind of answer. Press *Follow up* under it, or mention me in your reply.")}
	case m.Content == "" && m.GuildID != "" && !mentions(m, self) && len(m.MentionRoles) > 0:
		return said{reply: say("Discord does not show me what you write to my role. Please mention me myself: <@" + self.ID + ">")}
	case text == "":
		return said{reply: say(h.hint())}
	case units(text) > h.limits.QuestionLength:
		return said{reply: say(tooLong(h.limits.QuestionLength))}
	}
	parent := parentOf(ctx, s, m)
	a, err := h.ask(ctx, "message", answer.Question{Text: text}, h.conversation(ctx, s, m.ChannelID, parent))
	if err != nil {
		return said{reply: say(sorry)}
	}
	h.remember(m, parent)
	return said{renderAnswer(a, asked{}), true}
}

// isFromPerson reports whether a person wrote m: no bot, webhook or system. An event that could not be decoded may lack
// the author.
func isFromPerson(m *discordgo.Message, self *discordgo.User) bool {
	if m == nil || m.Author == nil || m.Author.Bot || m.Author.System || m.Author.ID == self.ID || m.WebhookID != "" {
		return false
	}
	return m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
}

// isForBot reports whether m is written to the bot. A mention of the role that Discord made for it is one of the bot; those of
// other roles and of everyone are not.
func (h *handler) isForBot(ctx context.Context, s *discordgo.Session, m *discordgo.Message, self *discordgo.User) bool {
	return h.addresses(m, self) || h.mentionsOwnRole(ctx, s, m, self)
}

// addresses reports whether m itself shows that it is written to the bot: directly, by mentioning it or replying to it with ping on,
// or as a question in a channel of its own.
func (h *handler) addresses(m *discordgo.Message, self *discordgo.User) bool {
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
