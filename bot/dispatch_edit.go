package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// edit takes the event of an edited message. There are many that concern nobody: the bot's own edits, and previews of links.
func (d *dispatch) edit(_ *discordgo.Session, e *discordgo.MessageUpdate) {
	m := e.Message
	if m == nil || m.ID == "" || m.Author == nil || m.Author.Bot || m.EditedTimestamp == nil || !editedInTime(m) {
		return
	}
	d.change("edit "+m.ID+" "+m.EditedTimestamp.String(), askerOf(m), func(ctx context.Context) { d.onEdit(ctx, d.rest, m) })
}

func (d *dispatch) deletion(_ *discordgo.Session, e *discordgo.MessageDelete) {
	if e.Message != nil {
		d.delete(e.ChannelID, e.ID)
	}
}

func (d *dispatch) deletions(_ *discordgo.Session, e *discordgo.MessageDeleteBulk) {
	for _, id := range e.Messages {
		d.delete(e.ChannelID, id)
	}
}

// delete takes the event of a deleted message, if it is a question.
func (d *dispatch) delete(channelID, id string) {
	if !d.isQuestion(id) {
		return
	}
	d.change("deletion "+id, asker{}, func(ctx context.Context) { d.onDelete(ctx, d.rest, channelID, id) })
}

// change runs handle for the change of a message, once.
func (d *dispatch) change(id string, who asker, handle func(context.Context)) {
	if d.enter(changes, id) {
		d.start(changes, id, who, handle, func() { d.leave(changes, 1) })
	}
}
