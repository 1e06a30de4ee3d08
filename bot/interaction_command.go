package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// Bounds of the check of a message, which costs its asker one turn however long the message is.
const (
	checkStatements = 8
	checkReplies    = 3 // messages that show it
)

// planCommand answers a slash command or the message command.
func (h *handler) planCommand(i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) plan {
	do := func(private bool, work func(ctx context.Context) outcome) plan {
		return plan{late: later(private), work: func(ctx context.Context, _ *discordgo.Session) outcome { return work(ctx) }}
	}
	switch data.Name {
	case askName:
		return do(optionTrue(data, privateOption), func(ctx context.Context) outcome { return h.slashAsk(ctx, data) })
	case quoteName:
		return do(false, func(context.Context) outcome { return h.slashQuote(data) })
	case articlesName:
		return do(false, func(context.Context) outcome { return shown(renderArticles(h.engine.Articles(), 0)) })
	case helpName:
		return plan{late: later(true), work: func(ctx context.Context, s *discordgo.Session) outcome { return h.slashHelp(ctx, s, i) }}
	case aboutName:
		return h.planAbout(i)
	case checkName:
		return do(true, func(ctx context.Context) outcome { return h.checkMessage(ctx, data) })
	}
	return refusal("I do not know that command any more. `/help` says what I can do.")
}

func (h *handler) slashAsk(ctx context.Context, data discordgo.ApplicationCommandInteractionData) outcome {
	question := cleanQuestion(optionText(data, questionOption))
	if complaint := h.complaint(question); complaint != "" {
		return refused(complaint)
	}
	q := asked{question: question, private: optionTrue(data, privateOption)}
	article, complaint := h.articleNamed(optionText(data, articleOption))
	if complaint != "" {
		return refused(complaint)
	}
	passage, complaint := h.passageNamed(ctx, optionText(data, passageOption), article)
	switch {
	case complaint != "":
		return refused(complaint)
	case passage == nil:
		return h.answerInteraction(ctx, "/ask", q, article, nil)
	}
	shown := answer.Turn{Article: passage.Article.ID, Shown: passage.Shown()}
	return h.answerInteraction(ctx, "/ask", q, passage.Article, answer.Conversation{shown})
}

// answerInteraction asks the engine, of the article alone if there is one, and shows the answer.
func (h *handler) answerInteraction(ctx context.Context, where string, q asked, article *corpus.Article, c answer.Conversation) outcome {
	question := answer.Question{Text: q.question}
	if article != nil {
		question.Article = article.ID
		q.scope = hashOf(article.ID)
	}
	a, err := h.ask(ctx, where, question, c)
	if err != nil {
		return refused(excuse(err))
	}
	return shown(renderAnswer(a, q))
}

// complaint is what is wrong with a question, for its asker; "" if nothing is.
func (h *handler) complaint(question string) string {
	switch {
	case question == "":
		return h.hint()
	case units(question) > h.limits.QuestionLength:
		return tooLong(h.limits.QuestionLength)
	}
	return ""
}

func (h *handler) slashQuote(data discordgo.ApplicationCommandInteractionData) outcome {
	q := quoteAsked{about: cleanQuestion(optionText(data, aboutOption))}
	if len(q.about) > aboutLength {
		return refused("That is too much to look for. Please give a few words.")
	}
	if a, ok := chosen(q.about, actionQuote); ok {
		return h.showChosenQuote(a)
	}
	article, complaint := h.articleNamed(optionText(data, articleOption))
	if complaint != "" {
		return refused(complaint)
	}
	if article != nil {
		q.article = article.ID
	}
	if q.speaker, complaint = h.speakerNamed(optionText(data, speakerOption), q.article); complaint != "" {
		return refused(complaint)
	}
	if q == (quoteAsked{}) {
		speakers := h.quotes.Speakers("")
		if len(speakers) == 0 {
			return refused("Nobody is quoted in the articles.")
		}
		return shown(renderSpeakers(speakers, 0))
	}
	quotes := h.quotes.Quotes(q.query())
	if len(quotes) == 0 {
		return refused("I found no such quotation. `/quote` without options lists who is quoted.")
	}
	return shown(renderQuote(quotes, 0, "", q))
}

func (h *handler) slashHelp(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) outcome {
	id := ""
	if self := h.self.Load(); self != nil {
		id = self.ID
	}
	return shown(renderHelp(id, len(h.engine.Articles()), h.commandIDs(ctx, s, i)))
}

// commandIDs are the IDs of the commands that can be used where the interaction is: those of the server and those registered
// everywhere. Discord is asked once an hour; what it does not tell is left out.
func (h *handler) commandIDs(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) commandIDs {
	key := i.AppID + " " + i.GuildID
	if ids, ok := h.commands.get(key); ok {
		return ids
	}
	ids := commandIDs{}
	for _, guild := range slices.Compact([]string{"", i.GuildID}) {
		registered, err := s.ApplicationCommands(i.AppID, guild, options(ctx)...)
		if err != nil {
			h.log.InfoContext(ctx, "commands not listed", "server", guild, "error", withoutURL(err))
			continue
		}
		for _, c := range registered {
			ids[c.Name] = c.ID
		}
	}
	h.commands.set(key, ids)
	return ids
}

// checkMessage looks for what the articles say to each statement of a message.
func (h *handler) checkMessage(ctx context.Context, data discordgo.ApplicationCommandInteractionData) outcome {
	var target *discordgo.Message
	if data.Resolved != nil {
		target = data.Resolved.Messages[data.TargetID]
	}
	if target == nil || strings.TrimSpace(target.Content) == "" {
		return refused("That message has no text that I could check.")
	}
	content := userMark.ReplaceAllString(otherMark.ReplaceAllString(target.Content, " "), " ")
	done, err := h.turns.take(ctx)
	if err != nil {
		h.log.ErrorContext(ctx, "message not checked", "error", err)
		return refused(excuse(err))
	}
	defer done()
	checked, statements, err := h.engine.Check(ctx, strings.ToValidUTF8(content, "\uFFFD"), checkStatements)
	if err != nil {
		h.log.ErrorContext(ctx, "message not checked", "error", err)
		return refused(sorry)
	}
	h.log.InfoContext(ctx, "check", "checked", len(checked), "statements", statements)
	replies := renderCheck(checked, statements, checkReplies)
	return outcome{reply: &replies[0], more: replies[1:]}
}

// articleNamed is the article that somebody chose from the suggestions or named by its title or ID; nil if they named none. If
// there is no such article, or several, the complaint says so.
func (h *handler) articleNamed(name string) (article *corpus.Article, complaint string) {
	if name == "" {
		return nil, ""
	}
	articles := h.engine.Articles()
	for _, a := range articles {
		if a.ID == name || articleValue(a) == name {
			return a, ""
		}
	}
	found := matching(articles, name, func(a *corpus.Article) string { return a.Title })
	switch {
	case len(found) == 1, len(found) > 1 && fold(found[0].Title) == fold(name) && fold(found[1].Title) != fold(name):
		return found[0], ""
	case len(found) == 0:
		return nil, fmt.Sprintf("I have no article “%s”. `/articles` lists what there is.", quoted(name))
	}
	return nil, fmt.Sprintf("“%s” fits %d of my articles. Please choose one from the suggestions.", quoted(name), len(found))
}

// passageNamed is the passage that somebody chose from the suggestions, or the one that best fits the words they typed, of the
// article alone if there is one; nil if they typed none. If there is none, the complaint says so.
func (h *handler) passageNamed(ctx context.Context, name string, article *corpus.Article) (p *answer.Passage, complaint string) {
	if name == "" {
		return nil, ""
	}
	if a, ok := chosen(name, actionContext); ok {
		found, note, ok := h.lookup().find(a.pointers[0])
		if !ok {
			return nil, note
		}
		return &found, ""
	}
	id := ""
	if article != nil {
		id = article.ID
	}
	found, err := h.engine.Typed(ctx, name, id, 1)
	if err != nil || len(found) == 0 {
		return nil, fmt.Sprintf("I have no passage with “%s”. Please choose one from the suggestions.", quoted(name))
	}
	return &found[0], ""
}

// speakerNamed is the whole name of the speaker that somebody chose or named in part, among those quoted in the article with
// that ID ("" for all); "" if they named none.
func (h *handler) speakerNamed(name, article string) (speaker, complaint string) {
	if name == "" {
		return "", ""
	}
	found := matching(h.quotes.Speakers(article), name, func(s quote.Speaker) string { return s.Name })
	switch {
	case len(found) == 0:
		return "", fmt.Sprintf("Nobody called “%s” is quoted there. `/quote` without options lists who is.", quoted(name))
	case len(found) == 1, fold(found[0].Name) == fold(name):
		return found[0].Name, ""
	}
	var names []string
	for _, s := range found[:min(5, len(found))] {
		names = append(names, quoted(s.Name))
	}
	return "", fmt.Sprintf("“%s” could be %s. Please choose one from the suggestions.", quoted(name), strings.Join(names, ", "))
}

// quoted is text from outside, fit to stand in a line of the bot's.
func quoted(text string) string { return short(text, 100) }
