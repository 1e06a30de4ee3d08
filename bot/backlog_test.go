package bot

import (
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// TestOnePersonIsAnsweredInOrder: what somebody writes next waits for the answer before it, and nobody else does.
func TestOnePersonIsAnsweredInOrder(t *testing.T) {
	b := &backlog{channels: map[string]*channelBacklog{}}
	write := func(id, person string) *discordgo.Message {
		m := &discordgo.Message{ID: id, ChannelID: "1", GuildID: "2", Author: &discordgo.User{ID: person}}
		if skipped := b.add(m, time.Now()); skipped != nil {
			t.Errorf("%s is skipped", skipped.ID)
		}
		return m
	}
	expect := func(want *discordgo.Message) {
		t.Helper()
		if got, skipped := b.next(time.Now()); got != want || len(skipped) > 0 {
			t.Errorf("got %v and skipped %d, want %v", got, len(skipped), want)
		}
	}
	question, followUp, other := write("1", "ann"), write("2", "ann"), write("3", "bob")
	expect(question)
	expect(other)
	expect(nil)
	b.done(other)
	expect(nil)
	b.done(question)
	expect(followUp)
	b.done(followUp)
	if len(b.channels) > 0 {
		t.Errorf("%d channels are remembered", len(b.channels))
	}
}
