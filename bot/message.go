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

// concern is whether a message is for the bot.
type concern int

const (
	notForBot   concern = iota
	mayBeForBot         // it mentions a role that may be the bot's
	isForBot
)

// concerns tells whether a message asks the bot something, where an answer may be sent as far as is known.
func (h *handler) concerns(m *discordgo.Message) concern {
	self := h.self.Load()
	switch {
	case self == nil || !isFromPerson(m, self) || h.silent(m.ChannelID):
		return notForBot
	case h.addresses(m, self):
		return isForBot
	case m.GuildID != "" && len(m.MentionRoles) > 0:
		return mayBeForBot
	}
	return notForBot
}

// silent reports whether a channel is known to let the bot send nothing.
func (h *handler) silent(channelID string) bool {
	return h.shortfalls.missing(channelID)&unsendable != 0
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

// onMessage answers a message that concerns the bot, as it was edited meanwhile. It reports false if there was no time for that, or
// no way to send the answer.
func (h *handler) onMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) bool {
	self := h.self.Load()
	x := h.exchanges.getOrMake(m.ID, func() *exchange { return new(exchange) })
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.revised != nil {
		m = x.revised
	}
	if x.gone.Load() {
		return true
	}
	x.place, x.asked = m.ChannelID+" "+m.Author.ID, questionOf(m, self)
	r, isAnswer, err := h.answerTo(ctx, s, m, self, h.parentOf)
	if err != nil {
		return false
	}
	if x.gone.Load() {
		return true
	}
	sent := h.send(ctx, s, m, r)
	if sent == nil {
		return h.silent(m.ChannelID) // where nobody can be told anything
	}
	x.said, x.revised = sent.ID, nil
	if isAnswer {
		h.remember(sent, m.ID)
		h.latest.set(x.place, sent.ID)
	}
	return true
}

// answerTo is what to say to m, which is for the bot, and whether that is an answer and no remark. The ID that parentOf gives is of
// the message that m goes on from. The error is errNoTurn.
func (h *handler) answerTo(ctx context.Context, s *discordgo.Session, m *discordgo.Message, self *discordgo.User,
	parentOf func(context.Context, *discordgo.Session, *discordgo.Message) string) (r reply, isAnswer bool, err error) {
	text := questionOf(m, self)
	switch {
	case text == "" && repliesUnseen(m, self):
		return say("Discord does not show me replies to that kind of answer. Press *Follow up* under it, or mention me in your reply."), false, nil
	case m.Content == "" && m.GuildID != "" && !mentions(m, self) && len(m.MentionRoles) > 0:
		return say("Discord does not show me what you write to my role. Please mention me myself: <@" + self.ID + ">"), false, nil
	case text == "":
		return say(h.hint()), false, nil
	case units(text) > h.limits.QuestionLength:
		return say(tooLong(h.limits.QuestionLength)), false, nil
	}
	parent := parentOf(ctx, s, m)
	a, err := h.ask(ctx, "message", answer.Question{Text: text}, h.conversation(ctx, s, m.ChannelID, parent))
	if errors.Is(err, errNoTurn) {
		return reply{}, false, errNoTurn
	}
	if err != nil {
		return say(sorry), false, nil
	}
	h.remember(m, parent)
	return renderAnswer(a, asked{}), true, nil
}

// isFromPerson reports whether a person wrote m: no bot, webhook or system. An event that could not be decoded may lack
// the author.
func isFromPerson(m *discordgo.Message, self *discordgo.User) bool {
	if m == nil || m.Author == nil || m.Author.Bot || m.Author.System || m.Author.ID == self.ID || m.WebhookID != "" {
		return false
	}
	return m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
}

// addresses reports whether m itself shows that it is written to the bot: directly, by mentioning it or replying to it with ping on,
// or as a question in a channel of its own. A mention of the role that Discord made for the bot is one of the bot too, which m does
// not show; those of other roles and of everyone are not.
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
