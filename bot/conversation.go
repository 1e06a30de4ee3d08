package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

// A conversation is kept nowhere: it is read from the chain of replies that leads to a question, each message naming the one
// it answers. What was read is remembered for some minutes, so that a conversation under way costs no requests.
const (
	maxTurns    = 10
	maxMessages = 3 * maxTurns // in a chain: a question, its answer, and perhaps more passages
	maxFetches  = 4            // of fetchSize messages each, for one conversation
	fetchSize   = 50
	exchangeAge = 30 * time.Minute // how old the last answer may be that a question without a reply goes on from
)

// chainMessage is what a message of a reply chain means to the conversation.
type chainMessage struct {
	answers  bool      // the bot wrote it, to answer a question
	question string    // what a person asked, or the question that is shown above the bot's answer
	shown    []pointer // what the answer showed; none in a refusal
	parent   string    // ID of the message that it answers or goes on from; "" if none
}

// conversation is what was asked and shown before, from the message with that ID ("" for none) back.
func (h *handler) conversation(ctx context.Context, s *discordgo.Session, channelID, id string) answer.Conversation {
	var turns answer.Conversation
	var open *answer.Turn // what was shown last, until the question to it is found
	if id == "" {
		return nil
	}
	articles := h.lookup()
	budget := maxFetches
	for range maxMessages {
		if id == "" || len(turns) == maxTurns {
			break
		}
		m, ok := h.message(ctx, s, channelID, id, &budget)
		if !ok {
			break
		}
		if m.answers && open == nil {
			turn := turnOf(m.shown, articles)
			open = &turn
		}
		if open != nil && m.question != "" {
			open.Question = m.question
			turns = append(turns, *open)
			open = nil
		}
		id = m.parent
	}
	if open != nil && len(open.Shown) > 0 && len(turns) < maxTurns {
		turns = append(turns, *open) // the question is gone, but not what answered it
	}
	slices.Reverse(turns)
	return turns
}

// turnOf is a turn in which that was shown. What is no longer in an article was not, for who looks now.
func turnOf(shown []pointer, articles articleLookup) answer.Turn {
	var t answer.Turn
	for _, p := range shown {
		if passage, _, ok := articles.find(p); ok {
			t.Shown = append(t.Shown, answer.Shown{Article: passage.Article.ID, Place: passage.Place})
		}
	}
	if len(t.Shown) > 0 {
		t.Article = t.Shown[0].Article
	}
	return t
}

// message is what the message with that ID means. Unless it is remembered it is fetched, with those before it, as often as
// budget allows.
func (h *handler) message(ctx context.Context, s *discordgo.Session, channelID, id string, budget *int) (chainMessage, bool) {
	if m, ok := h.messages.get(id); ok {
		return m, true
	}
	if *budget == 0 {
		return chainMessage{}, false
	}
	*budget--
	for _, m := range h.fetch(ctx, s, channelID, "before", after(id)) {
		h.remember(m, "")
	}
	return h.messages.get(id)
}

// fetch is up to fetchSize messages "before" or "after" the one with that ID, newest first. A message that cannot be decoded is
// left out.
func (h *handler) fetch(ctx context.Context, s *discordgo.Session, channelID, side, id string) []*discordgo.Message {
	endpoint := discordgo.EndpointChannelMessages(channelID)
	query := url.Values{"limit": {strconv.Itoa(fetchSize)}, side: {id}}
	body, err := s.RequestWithBucketID(http.MethodGet, endpoint+"?"+query.Encode(), nil, endpoint, options(ctx)...)
	if err != nil {
		h.log.WarnContext(ctx, "earlier messages not read", "channel", channelID, "error", withoutURL(err))
		return nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		h.log.WarnContext(ctx, "earlier messages not understood", "channel", channelID, "error", err)
		return nil
	}
	var messages []*discordgo.Message
	for _, r := range raw {
		m, err := decode[discordgo.Message](r)
		if err == nil && m.Author != nil {
			messages = append(messages, m)
		}
	}
	return messages
}

// remember notes what m means. parent is the message that m goes on from where m itself names none; "" leaves it as it was.
func (h *handler) remember(m *discordgo.Message, parent string) {
	self := h.self.Load()
	if self == nil || m == nil || m.Author == nil {
		return
	}
	r := meaningOf(m, self, parent)
	if r.parent == "" {
		known, _ := h.messages.get(m.ID)
		r.parent = known.parent
	}
	h.messages.set(m.ID, r)
}

// meaningOf is what m means.
func meaningOf(m *discordgo.Message, self *discordgo.User, parent string) chainMessage {
	r := chainMessage{parent: parent}
	if isReply(m) {
		r.parent = m.MessageReference.MessageID
	} else if id := pressedOn(m); id != "" {
		r.parent = id
	}
	if m.Author.ID != self.ID {
		r.question = questionOf(m, self)
		return r
	}
	r.question = questionShown(m)
	r.shown, r.answers = passagesShown(m)
	return r
}

// pressedOn is the ID of the message with the button that m answers, directly or through a modal; "" if none.
func pressedOn(m *discordgo.Message) string {
	for origin := m.InteractionMetadata; origin != nil; origin = origin.TriggeringInteractionMetadata {
		if origin.InteractedMessageID != "" {
			return origin.InteractedMessageID
		}
	}
	return ""
}

// questionShown is the question that stands above the bot's answer m; "" if none does.
func questionShown(m *discordgo.Message) string {
	if m != nil && len(m.Embeds) > 0 && m.Embeds[0] != nil && m.Embeds[0].Author != nil {
		return m.Embeds[0].Author.Name
	}
	return ""
}

// passagesShown are the passages that the bot's message m shows: its button Follow up holds them. Without one it is no answer.
func passagesShown(m *discordgo.Message) (shown []pointer, isAnswer bool) {
	for _, row := range m.Components {
		buttons, ok := row.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range buttons.Components {
			b, ok := c.(*discordgo.Button)
			if !ok {
				continue
			}
			if a, err := parseAction(b.CustomID); err == nil && a.kind == actionAsk {
				return a.pointers, true
			}
		}
	}
	return nil, false
}

// parentOf is the ID of the message that m goes on from: the one it replies to, or in a direct message or a thread the bot's
// last answer to the same person, if that was not long ago. "" if there is none.
func (h *handler) parentOf(ctx context.Context, s *discordgo.Session, m *discordgo.Message) string {
	if isReply(m) {
		h.remember(m.ReferencedMessage, "")
		return m.MessageReference.MessageID
	}
	if m.GuildID != "" && !h.isThread(ctx, s, m.ChannelID) {
		return ""
	}
	if id, ok := h.latest.get(m.ChannelID + " " + m.Author.ID); ok {
		return id
	}
	return h.readExchange(ctx, s, m)
}

// readExchange reads what was said before m in its channel, noting for each person which answer their next question goes on
// from, and is the ID of the last answer to m's author; "" if there is none or it is too old.
func (h *handler) readExchange(ctx context.Context, s *discordgo.Session, m *discordgo.Message) string {
	self := h.self.Load()
	author := map[string]string{}             // message > person, of questions
	latest := map[string]*discordgo.Message{} // person > the bot's last answer to them
	goesOn := func(person string, at time.Time) string {
		if last := latest[person]; last != nil && at.Sub(last.Timestamp) <= exchangeAge {
			return last.ID
		}
		return ""
	}
	messages := h.fetch(ctx, s, m.ChannelID, "before", m.ID)
	slices.Reverse(messages)
	for _, earlier := range messages {
		if earlier.Author.ID != self.ID {
			author[earlier.ID] = earlier.Author.ID
			h.remember(earlier, goesOn(earlier.Author.ID, earlier.Timestamp))
			continue
		}
		person := answersTo(earlier, author)
		h.remember(earlier, goesOn(person, earlier.Timestamp))
		if person != "" {
			latest[person] = earlier
		}
	}
	return goesOn(m.Author.ID, m.Timestamp)
}

// answersTo is the ID of the person whom the bot's message m answers; "" if that is not known.
func answersTo(m *discordgo.Message, author map[string]string) string {
	if isReply(m) && author[m.MessageReference.MessageID] != "" {
		return author[m.MessageReference.MessageID]
	}
	if m.InteractionMetadata != nil && m.InteractionMetadata.User != nil {
		return m.InteractionMetadata.User.ID
	}
	return ""
}

// isThread reports whether a server's channel is a thread. That is asked of Discord once, and remembered.
func (h *handler) isThread(ctx context.Context, s *discordgo.Session, channelID string) bool {
	if thread, ok := h.threads.get(channelID); ok {
		return thread
	}
	c, err := s.Channel(channelID, options(ctx)...)
	if err != nil {
		h.log.WarnContext(ctx, "channel not read", "channel", channelID, "error", withoutURL(err))
		return false
	}
	h.threads.set(channelID, c.IsThread())
	return c.IsThread()
}

// after is the ID that follows id. IDs are numbers in the order of time.
func after(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return id
	}
	return strconv.FormatUint(n+1, 10)
}
