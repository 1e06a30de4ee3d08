package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// noteOldButton answers a button of a version of the bot whose buttons meant something else.
const noteOldButton = "This button is from an earlier version of me. Please ask again."

// planButton does what a pressed button is for.
func (h *handler) planButton(i *discordgo.Interaction, user *discordgo.User, data discordgo.MessageComponentInteractionData) plan {
	a, err := parseAction(data.CustomID)
	if err == nil && a.kind == actionOpen && len(data.Values) == 1 {
		a, err = parseAction(data.Values[0])
	}
	if err != nil {
		return refusal(noteOldButton)
	}
	if a.kind == actionAsk {
		return plan{work: func(context.Context, *discordgo.Session) outcome { return h.openModal(a) }} // no form opens after a deferral
	}
	// Who presses a button wants to see something; the others in the channel need not. A page is turned for all who see it by
	// whoever asked for it.
	inPlace := a.inPlace && mayTurn(i.Message, user)
	private := a.private || i.GuildID != "" || i.Context == discordgo.InteractionContextPrivateChannel
	p := plan{late: later(private), inPlace: inPlace}
	if inPlace {
		p.late = &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
		private = isPrivate(i.Message)
	}
	q := asked{question: questionShown(i.Message), scope: a.scope, private: private}
	p.work = func(context.Context, *discordgo.Session) outcome { return h.press(a, q) }
	return p
}

// mayTurn reports whether the user may change the message with the button: they asked for it, or nobody else sees it.
func mayTurn(m *discordgo.Message, user *discordgo.User) bool {
	if m == nil || isPrivate(m) || m.InteractionMetadata == nil || m.InteractionMetadata.User == nil {
		return true
	}
	return m.InteractionMetadata.User.ID == user.ID
}

func isPrivate(m *discordgo.Message) bool {
	return m != nil && m.Flags&discordgo.MessageFlagsEphemeral != 0
}

// press is what a button shows.
func (h *handler) press(a action, q asked) outcome {
	switch a.kind {
	case actionContext:
		return h.pointed(a, func(p answer.Passage, note string) reply {
			return renderContext(p, pointersTo([]answer.Passage{p})[0], note, q)
		})
	case actionSource:
		return h.pointed(a, func(p answer.Passage, note string) reply { return renderSource(p.Article, note) })
	case actionPassages:
		return h.showPassage(a, q)
	case actionQuotes:
		return h.showQuote(a, q.private)
	case actionSpeakers:
		r := renderSpeakers(h.quotes.Speakers(""), a.page)
		r.private = q.private
		return shown(r)
	case actionArticles:
		r := renderArticles(h.engine.Articles(), a.page)
		r.private = q.private
		return shown(r)
	}
	return refused(noteOldButton)
}

// pointed shows what a's first pointer points to, or says that it is gone.
func (h *handler) pointed(a action, render func(p answer.Passage, note string) reply) outcome {
	if len(a.pointers) == 0 {
		return refused(noteOldButton)
	}
	passage, note, ok := h.lookup().find(a.pointers[0])
	if !ok {
		return refused(note)
	}
	return shown(render(passage, note))
}

// showPassage shows one of the passages that an answer found when it was given.
func (h *handler) showPassage(a action, q asked) outcome {
	if a.page >= len(a.pointers) {
		return refused(noteOldButton)
	}
	passage, note, ok := h.lookup().find(a.pointers[a.page])
	if !ok {
		return refused(note)
	}
	return shown(renderPassage(passage, a, note, q))
}

// showChosenQuote shows the quotation that was chosen from the suggestions.
func (h *handler) showChosenQuote(a action) outcome {
	p, note, ok := h.lookup().find(a.pointers[0])
	if !ok {
		return refused(note)
	}
	var here []quote.Quote
	for _, q := range h.quotes.Quotes(quote.Query{Article: p.Article.ID}) {
		if q.Place == p.Place {
			here = append(here, q)
		}
	}
	if a.page >= len(here) {
		return refused(noteGone)
	}
	return shown(renderQuote(here[a.page:a.page+1], 0, note, quoteAsked{}))
}

// showQuote shows a page of the quotations that fit the query in a.
func (h *handler) showQuote(a action, private bool) outcome {
	q := quoteAsked{about: a.about, private: private}
	if a.scope != (nameHash{}) {
		article := h.lookup().articles[a.scope]
		if article == nil {
			return refused(noteRemoved)
		}
		q.article = article.ID
	}
	if a.speaker != (nameHash{}) {
		for _, s := range h.quotes.Speakers(q.article) {
			if a.speaker.isOf(s.Name) {
				q.speaker = s.Name
			}
		}
		if q.speaker == "" {
			return refused("The article has changed since then, and that speaker is no longer quoted in it.")
		}
	}
	quotes := h.quotes.Quotes(q.query())
	if len(quotes) == 0 {
		return refused("The article has changed since then, and no such quotation is in it any more.")
	}
	note := ""
	if len(a.pointers) > 0 {
		_, note, _ = h.lookup().find(a.pointers[0])
	}
	if note != "" {
		note = "The article has changed since then."
	}
	return shown(renderQuote(quotes, min(a.page, len(quotes)-1, mostQuotes-1), note, q))
}

// inputID names the only input of the modal.
const inputID = "question"

// openModal asks for a follow-up. All that answering it needs goes along in the modal's custom_id.
func (h *handler) openModal(a action) outcome {
	a.kind = actionFollowUp
	return outcome{modal: &discordgo.InteractionResponseData{
		CustomID: a.customID(), Title: "Follow up",
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID: inputID, Label: "Your question", Style: discordgo.TextInputParagraph,
			Placeholder: "And when?", Required: true, MaxLength: h.limits.QuestionLength,
		}}}},
	}}
}

// planModal answers what was typed into the modal.
func (h *handler) planModal(i *discordgo.Interaction, data discordgo.ModalSubmitInteractionData) plan {
	a, err := parseAction(data.CustomID)
	if err != nil || a.kind != actionFollowUp {
		return refusal(noteOldButton)
	}
	private := a.private || isPrivate(i.Message)
	return plan{late: later(private), work: func(ctx context.Context, s *discordgo.Session) outcome {
		question := cleanQuestion(typed(data.Components))
		if complaint := h.complaint(question); complaint != "" {
			return refused(complaint)
		}
		var article *corpus.Article
		if a.scope != (nameHash{}) {
			if article = h.lookup().articles[a.scope]; article == nil {
				return refused(noteRemoved)
			}
		}
		q := asked{question: question, private: private}
		return h.answerInteraction(ctx, "follow up", q, article, h.before(ctx, s, i, a))
	}}
}

// before is the conversation that a follow-up button belongs to: that of the message it is on, which the interaction brings
// along. If it did not, at least what the message showed is known.
func (h *handler) before(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, a action) answer.Conversation {
	if i.Message == nil || i.Message.Author == nil {
		return answer.Conversation{turnOf(a.pointers, h.lookup())}
	}
	h.remember(i.Message, "")
	h.remember(i.Message.ReferencedMessage, "")
	return h.conversation(ctx, s, i.ChannelID, i.Message.ID)
}

// typed is the text in the modal's only input.
func typed(components []discordgo.MessageComponent) string {
	for _, c := range components {
		row, ok := c.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range row.Components {
			if input, ok := c.(*discordgo.TextInput); ok && input.CustomID == inputID {
				return strings.TrimSpace(input.Value)
			}
		}
	}
	return ""
}
