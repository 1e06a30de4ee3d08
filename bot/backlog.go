package bot

import (
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	channelAtOnce  = 2                // messages of one channel that are being answered; Discord lets about one answer a second in
	messagesAtOnce = 64               // of all channels; most of their time they wait for Discord
	channelWaiting = 30               // messages that wait in one channel: about as many as patience lets be answered
	allWaiting     = 2000             // messages that wait in all channels
	patience       = 30 * time.Second // how long a message may wait
)

// backlog holds the messages that wait to be answered. Servers take turns, in each of them its channels, in each channel its
// people; one person's messages are answered one after the other, since the next may follow on the answer. A message that comes
// to where too much waits takes the place of the last one of whoever has most waiting; what has lost its place, or waited too
// long, is skipped. A backlog is not safe for concurrent use.
type backlog struct {
	channels map[string]*channelBacklog // those with anything waiting, being answered or skipped
	ready    rota[*channelBacklog]      // those that something can be taken from, once each
	waiting  int
	running  int
}

// channelBacklog is the part of one channel.
type channelBacklog struct {
	id, server string
	people     rota[waitingMessage]
	answered   map[string]bool // who is being answered, by user ID
	isReady    bool
	skips      skips
}

type waitingMessage struct {
	*discordgo.Message
	since time.Time
}

// at is the part of m's channel.
func (b *backlog) at(m *discordgo.Message) *channelBacklog {
	c := b.channels[m.ChannelID]
	if c == nil {
		c = &channelBacklog{id: m.ChannelID, server: serverOf(m.GuildID, m.ChannelID), answered: map[string]bool{}}
		b.channels[c.id] = c
	}
	return c
}

// isFree reports whether nothing of that person is being answered.
func (c *channelBacklog) isFree(person string) bool { return !c.answered[person] }

// add lets m wait, and reports what it had to skip for that, if anything, which may be m itself.
func (b *backlog) add(m *discordgo.Message, now time.Time) (skipped *discordgo.Message) {
	c := b.at(m)
	c.people.push(waitingMessage{m, now}, m.Author.ID)
	b.waiting++
	var crowded *channelBacklog
	switch {
	case b.waiting > allWaiting:
		crowded = b.longest()
	case c.people.size > channelWaiting:
		crowded = c
	}
	if crowded != nil {
		last, _ := crowded.people.drop()
		b.waiting--
		skipped = last.Message
	}
	b.settle(c)
	return skipped
}

// longest is the channel with most waiting, of the server with most waiting.
func (b *backlog) longest() (longest *channelBacklog) {
	servers := map[string]int{}
	for _, c := range b.channels {
		servers[c.server] += c.people.size
	}
	for _, c := range b.channels {
		if longest == nil || servers[c.server] > servers[longest.server] ||
			servers[c.server] == servers[longest.server] && c.people.size > longest.people.size {
			longest = c
		}
	}
	return longest
}

// next takes out the message whose turn it is, if there is one that can be answered now, and on the way what has waited too
// long. Whoever has answered it calls done.
func (b *backlog) next(now time.Time) (next *discordgo.Message, skipped []*discordgo.Message) {
	for b.running < messagesAtOnce {
		c, ok := b.ready.pop()
		if !ok {
			break
		}
		c.isReady = false
		m, ok := c.people.popFree(c.isFree)
		if !ok { // dropped meanwhile
			b.settle(c)
			continue
		}
		b.waiting--
		if now.Sub(m.since) > patience {
			skipped = append(skipped, m.Message)
			b.settle(c)
			continue
		}
		c.answered[m.Author.ID] = true
		b.running++
		b.settle(c)
		return m.Message, skipped
	}
	return nil, skipped
}

// clear takes out all that waits.
func (b *backlog) clear() (waiting []*discordgo.Message) {
	for _, c := range b.channels {
		for m, ok := c.people.pop(); ok; m, ok = c.people.pop() {
			waiting = append(waiting, m.Message)
		}
	}
	b.waiting = 0
	return waiting
}

// done says that a message of next has been dealt with.
func (b *backlog) done(m *discordgo.Message) {
	c := b.at(m)
	delete(c.answered, m.Author.ID)
	b.running--
	b.settle(c)
}

// settle sees that c is ready if something can be taken from it, and forgets it if there is nothing to remember.
func (b *backlog) settle(c *channelBacklog) {
	switch {
	case len(c.answered) < channelAtOnce && slices.ContainsFunc(c.people.order, c.isFree) && !c.isReady:
		c.isReady = true
		b.ready.push(c, c.server)
	case c.people.size == 0 && len(c.answered) == 0 && !c.isReady && !c.skips.resting:
		delete(b.channels, c.id)
	}
}
