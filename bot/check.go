package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
)

// Check prints, to cfg.Out, whether the token, the application, the commands and the connection are good. It changes nothing
// at Discord. An error says what is not good and what to do about it.
func Check(ctx context.Context, cfg Config) error {
	b, err := newBot(ctx, cfg)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err := b.identify(ctx); err != nil {
		return err
	}
	b.sayf("Token: good; the bot is %s (ID %s).", b.user.Username, b.user.ID)
	b.sayf("Application: %s (ID %s); Message Content intent %s.", b.app.Name, b.app.ID, b.messageContent())
	if err := b.checkConnection(ctx); err != nil {
		return err
	}
	if err := b.checkCommands(ctx); err != nil {
		return err
	}
	b.sayf("Invite: %s", b.invite())
	return nil
}

// contentFlags are the application's flags that say that it has the Message Content intent, wholly or up to 100 servers.
const contentFlags = 1<<18 | 1<<19

// messageContent says whether the privileged intent is switched on, and whether that is as it should be.
func (b *connectedBot) messageContent() string {
	switch on := b.app.Flags&contentFlags != 0; {
	case on && len(b.cfg.AnswerChannels) == 0:
		return "on, but needed only with ANSWER_CHANNELS"
	case on:
		return "on, as ANSWER_CHANNELS needs it"
	case len(b.cfg.AnswerChannels) > 0:
		return "off, but ANSWER_CHANNELS needs it: switch it on, on the Bot page at " + portalURL
	}
	return "off, which is right without ANSWER_CHANNELS"
}

func (b *connectedBot) checkCommands(ctx context.Context) error {
	same, err := registered(ctx, b.session, b.app.ID, b.cfg.GuildID, b.cfg.Limits.commands())
	if err != nil {
		return b.explainRegistering(err)
	}
	if same {
		b.sayf("Commands: up to date %s.", b.where())
	} else {
		b.sayf("Commands: not up to date %s; citebot run sees to that.", b.where())
	}
	return nil
}

// checkConnection connects one shard, as Run would, and says goodbye.
func (b *connectedBot) checkConnection(ctx context.Context) error {
	g := b.gateway(slog.New(slog.DiscardHandler))
	about, err := g.entrance.look(ctx)
	if err != nil {
		return b.explain(err)
	}
	connected, done := context.WithCancel(ctx)
	defer done()
	good := false
	g.ready = func([]string) {
		good = true
		done()
	}
	s := b.anyShard(g, about.Shards)
	for !good {
		why := s.connect(connected)
		if good {
			break
		}
		step := s.next(why)
		switch {
		case step.end == errTooFew:
			return finalError{fmt.Sprintf("Discord wants more than %d shards and recommends %d: set SHARD_COUNT to that, or to auto", s.count, about.Shards)}
		case step.end != nil:
			return step.end
		case !step.fresh || !step.atOnce:
			return finalError{fmt.Sprintf("Discord's gateway at %s could not be used (%v): look whether this machine may open WebSocket connections", about.URL, why)}
		}
		b.sayf("Connection: Discord refuses the Message Content intent; the bot works without it, but then questions in ANSWER_CHANNELS need a mention.")
	}
	if limit := about.SessionStartLimit; limit.Total > 0 {
		b.sayf("Connection: good; Discord allows %d more of %d connections today.", limit.Remaining, limit.Total)
	} else {
		b.sayf("Connection: good.")
	}
	b.sayf("Shards: %s.", b.shards(s.count, about.Shards))
	return nil
}

// anyShard is the first shard of this process.
func (b *connectedBot) anyShard(g *gateway, recommended int) *shard {
	id := 0
	if len(b.cfg.ShardIDs) > 0 {
		id = b.cfg.ShardIDs[0]
	}
	return newShard(g, id, cmp.Or(b.cfg.ShardCount, recommended))
}

// shards says which shards this process has, and how many there should be.
func (b *connectedBot) shards(count, recommended int) string {
	which := "all in this process"
	if len(b.cfg.ShardIDs) > 0 {
		which = "of which this process has " + numbers(b.cfg.ShardIDs)
	}
	if count == recommended {
		return fmt.Sprintf("%d, as Discord recommends, %s", count, which)
	}
	return fmt.Sprintf("%d, %s; Discord recommends %d", count, which, recommended)
}
