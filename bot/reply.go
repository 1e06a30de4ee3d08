package bot

import "github.com/bwmarrin/discordgo"

// reply is what the bot says, whichever way it is sent.
type reply struct {
	text    string // a line or two of Discord's markdown; "" if there is an embed
	embed   *discordgo.MessageEmbed
	menu    *discordgo.SelectMenu // above the buttons; nil for none
	rows    [][]discordgo.Button  // at most five rows of five, four below a menu
	private bool                  // only who asked may see it; possible in interactions
}

// say is a reply of plain words. Words that are not the bot's own must have gone through markdown.
func say(text string) reply { return reply{text: text} }

// sayPrivately is say for the asker alone.
func sayPrivately(text string) reply { return reply{text: text, private: true} }

// noMentions lets nothing in a message ping anybody. Parse must not be nil: Discord would take its own defaults.
func noMentions() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// embeds and components are never nil, so that an edit takes away what was there before.
func (r reply) embeds() []*discordgo.MessageEmbed {
	if r.embed == nil {
		return []*discordgo.MessageEmbed{}
	}
	return []*discordgo.MessageEmbed{r.embed}
}

func (r reply) components() []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	if r.menu != nil {
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{*r.menu}})
	}
	for _, buttons := range r.rows {
		if len(buttons) == 0 {
			continue
		}
		var row discordgo.ActionsRow
		for _, b := range buttons {
			row.Components = append(row.Components, b)
		}
		rows = append(rows, row)
	}
	return rows
}

func (r reply) flags() discordgo.MessageFlags {
	if r.private {
		return discordgo.MessageFlagsEphemeral
	}
	return 0
}

// message is r as an answer to the message at ref.
func (r reply) message(ref *discordgo.MessageReference) *discordgo.MessageSend {
	return &discordgo.MessageSend{
		Content: r.text, Embeds: r.embeds(), Components: r.components(), AllowedMentions: noMentions(), Reference: ref,
	}
}

// response is r as the first response to an interaction.
func (r reply) response(kind discordgo.InteractionResponseType) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: kind, Data: &discordgo.InteractionResponseData{
		Content: r.text, Embeds: r.embeds(), Components: r.components(), AllowedMentions: noMentions(), Flags: r.flags(),
	}}
}

// edit is r in place of a response that was sent before.
func (r reply) edit() *discordgo.WebhookEdit {
	embeds, components := r.embeds(), r.components()
	return &discordgo.WebhookEdit{Content: &r.text, Embeds: &embeds, Components: &components, AllowedMentions: noMentions()}
}

// followup is r as one more message after the response to an interaction.
func (r reply) followup() *discordgo.WebhookParams {
	return &discordgo.WebhookParams{
		Content: r.text, Embeds: r.embeds(), Components: r.components(), AllowedMentions: noMentions(), Flags: r.flags(),
	}
}
