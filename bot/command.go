package bot

import "github.com/bwmarrin/discordgo"

// Names of the commands, and of their options.
const (
	askName      = "ask"
	quoteName    = "quote"
	articlesName = "articles"
	helpName     = "help"
	checkName    = "Check against the articles"

	questionOption = "question"
	articleOption  = "article"
	privateOption  = "private"
	aboutOption    = "about"
	speakerOption  = "speaker"
	passageOption  = "passage"
)

// aboutLength is how many bytes of what a /quote is about fit a button, however much else it must hold.
const aboutLength = 42

// commands are the commands as they are registered, with questions of at most the length that l allows: all but /about are usable
// in servers, in direct messages, and by whoever installed the bot for themselves.
func (l Limits) commands() []*discordgo.ApplicationCommand {
	article := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Name: articleOption, Autocomplete: true,
		Description: "Only in this article",
	}
	all := []*discordgo.ApplicationCommand{
		{
			Name: askName, Description: "Ask the articles: get the sentence that answers, and where it stands",
			Options: []*discordgo.ApplicationCommandOption{
				{
					Type: discordgo.ApplicationCommandOptionString, Name: questionOption, Required: true,
					Description: "What do you want to know?", MaxLength: l.withDefaults().QuestionLength,
				},
				article,
				{
					Type: discordgo.ApplicationCommandOptionString, Name: passageOption, Autocomplete: true,
					Description: "Go on from this passage: type some of its words",
				},
				{
					Type: discordgo.ApplicationCommandOptionBoolean, Name: privateOption,
					Description: "Show the answer to me alone",
				},
			},
		},
		{
			Name: quoteName, Description: "Who said what, word for word; without options: who is quoted",
			Options: []*discordgo.ApplicationCommandOption{
				{
					Type: discordgo.ApplicationCommandOptionString, Name: aboutOption, Autocomplete: true, MaxLength: aboutLength,
					Description: "What the words are about",
				},
				{
					Type: discordgo.ApplicationCommandOptionString, Name: speakerOption, Autocomplete: true,
					Description: "Who said them",
				},
				article,
			},
		},
		{Name: articlesName, Description: "What you can ask about"},
		{Name: helpName, Description: "How to ask me"},
		{Name: checkName, Type: discordgo.MessageApplicationCommand},
	}
	for _, c := range all {
		if c.Type == 0 {
			c.Type = discordgo.ChatApplicationCommand
		}
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
			discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
		}
		c.Contexts = &[]discordgo.InteractionContextType{
			discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
		}
	}
	return append(all, aboutCommand())
}
