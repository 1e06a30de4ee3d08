package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// registered reports whether Discord has these commands as they are: in the guild, or everywhere with guild "".
func registered(ctx context.Context, s *discordgo.Session, app, guild string, want []*discordgo.ApplicationCommand) (bool, error) {
	have, err := registeredCommands(ctx, s, app, guild)
	if refused := new(discordgo.RESTError); errors.As(err, &refused) && refused.Response.StatusCode == http.StatusNotFound {
		return false, nil // some servers that stand in for Discord can write commands but not list them
	}
	if err != nil {
		return false, err
	}
	return canonical(have, guild) == canonical(want, guild), nil
}

// register writes the commands if Discord has others, and reports whether it did: a server takes 200 new ones a day.
func register(ctx context.Context, s *discordgo.Session, app, guild string, want []*discordgo.ApplicationCommand) (written bool, err error) {
	same, err := registered(ctx, s, app, guild, want)
	if err != nil || same {
		return false, err
	}
	err = replaceCommands(ctx, s, app, guild, want)
	return err == nil, err
}

// empty takes away all commands, in the guild or everywhere, and reports whether there were any.
func empty(ctx context.Context, s *discordgo.Session, app, guild string) (emptied bool, err error) {
	have, err := registeredCommands(ctx, s, app, guild)
	if err != nil || len(have) == 0 {
		return false, err
	}
	err = replaceCommands(ctx, s, app, guild, []*discordgo.ApplicationCommand{})
	return err == nil, err
}

func registeredCommands(ctx context.Context, s *discordgo.Session, app, guild string) (have []*discordgo.ApplicationCommand, err error) {
	err = retry(ctx, func() (err error) {
		have, err = s.ApplicationCommands(app, guild, options(ctx)...)
		return err
	})
	return have, err
}

func replaceCommands(ctx context.Context, s *discordgo.Session, app, guild string, commands []*discordgo.ApplicationCommand) error {
	return retry(ctx, func() error {
		_, err := s.ApplicationCommandBulkOverwrite(app, guild, commands, options(ctx)...)
		return err
	})
}

// registrar sees to it that Discord has the bot's commands where they should be, in one server or everywhere, and nowhere else:
// two sets would show every command twice.
type registrar struct {
	b    *connectedBot
	log  *slog.Logger
	work sync.WaitGroup
	done chan struct{} // closed when the commands are registered, or when that is another process's business

	mu   sync.Mutex // held while servers are looked through
	seen map[string]bool
}

func newRegistrar(b *connectedBot, log *slog.Logger) *registrar {
	return &registrar{b: b, log: log, done: make(chan struct{}), seen: map[string]bool{}}
}

// start registers the commands in the background, if this process has shard 0, until that has succeeded or ctx ends.
func (c *registrar) start(ctx context.Context) {
	if !c.b.cfg.hasShard(0) {
		close(c.done)
		return
	}
	c.work.Go(func() {
		if c.keepTrying(ctx) {
			close(c.done)
		}
	})
}

// wait waits until all work has ended.
func (c *registrar) wait() { c.work.Wait() }

// keepTrying registers the commands; false if ctx ended before. It tells each difficulty once.
func (c *registrar) keepTrying(ctx context.Context) bool {
	told := ""
	for failures := 0; ; failures++ {
		err := c.register(ctx)
		switch {
		case err == nil:
			return true
		case ctx.Err() != nil:
			return false
		case err.Error() != told:
			told = err.Error()
			c.b.sayf("  The commands are not registered yet: %v. It keeps trying.", err)
			c.log.Warn("commands not registered; it keeps trying", "error", err)
		}
		pause := c.b.cfg.timing.pause(failures)
		if errors.As(err, new(notInvited)) {
			pause = c.b.cfg.timing.invitation
		}
		if !sleep(ctx, pause) {
			return false
		}
	}
}

// register writes the bot's commands where they differ, and takes those away that are everywhere if they should be in one server.
func (c *registrar) register(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	b := c.b
	written, err := register(ctx, b.session, b.app.ID, b.cfg.GuildID, b.cfg.Limits.commands())
	if err != nil {
		return b.explainRegistering(err)
	}
	c.log.Info("commands", "written", written, "server", b.cfg.GuildID)
	if b.cfg.GuildID == "" {
		return nil
	}
	emptied, err := empty(ctx, b.session, b.app.ID, "")
	if err != nil && !isFinal(err) {
		return b.explain(err)
	}
	if emptied {
		c.log.Info("commands taken away everywhere, since DISCORD_GUILD_ID is set")
	}
	return nil
}

// tidy takes away, in the background, the commands that these servers have of their own, since DISCORD_GUILD_ID was another when
// they were registered. Each server is looked at once.
func (c *registrar) tidy(ctx context.Context, servers []string) {
	c.work.Go(func() {
		select {
		case <-c.done:
		case <-ctx.Done():
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, id := range servers {
			if c.seen[id] || id == c.b.cfg.GuildID || !snowflake.MatchString(id) {
				continue
			}
			if !sleep(ctx, c.b.cfg.timing.tidying) {
				return
			}
			c.seen[id] = c.tidyServer(ctx, id)
		}
	})
}

// tidyServer is tidy for one server, and reports whether it need not be looked at again.
func (c *registrar) tidyServer(ctx context.Context, id string) bool {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	emptied, err := empty(ctx, c.b.session, c.b.app.ID, id)
	switch {
	case isFinal(err): // such as a server in which the bot may have no commands
		return true
	case err != nil:
		c.log.Warn("old commands not looked for", "server", id, "error", withoutURL(err))
		return false
	case emptied:
		c.log.Info("commands taken away that an earlier DISCORD_GUILD_ID left", "server", id)
	}
	return true
}

// notInvited means that the bot is not in the server that its commands are for.
type notInvited struct{ finalError }

// explainRegistering says what to do where the commands could not be registered.
func (b *connectedBot) explainRegistering(err error) error {
	refused := new(discordgo.RESTError)
	if b.cfg.GuildID == "" || !errors.As(err, &refused) {
		return b.explain(err)
	}
	switch refused.Response.StatusCode {
	case http.StatusForbidden, http.StatusNotFound:
		return notInvited{finalError{fmt.Sprintf("Discord does not let the bot have commands in the server %s: invite it there with %s or, if it is there, "+
			"look whether DISCORD_GUILD_ID is right", b.cfg.GuildID, b.invite())}}
	}
	return b.explain(err)
}

// canonical is what makes commands differ, as text that can be compared: without what Discord adds, and without defaults, which
// may be spelled out or not. The order of commands does not count, that of options does.
func canonical(commands []*discordgo.ApplicationCommand, guild string) string {
	var each []string
	for _, c := range commands {
		fields := asMap(c)
		for _, k := range []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission"} {
			delete(fields, k)
		}
		if c.Type == 0 {
			fields["type"] = discordgo.ChatApplicationCommand
		}
		if guild != "" { // there Discord ignores where a command is usable
			delete(fields, "contexts")
			delete(fields, "integration_types")
		}
		text, _ := json.Marshal(withoutDefaults(fields)) // what came from JSON can be written as JSON
		each = append(each, string(text))
	}
	slices.Sort(each)
	return fmt.Sprint(each)
}

// asMap is a command's JSON.
func asMap(c *discordgo.ApplicationCommand) map[string]any {
	var fields map[string]any
	text, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	if err != nil {
		panic(fmt.Sprintf("a command that is no JSON: %v", err)) // discordgo's type always is
	}
	return fields
}

// withoutDefaults is v without null, false, "" and what is empty; nil if nothing is left. Lists of numbers are sets.
func withoutDefaults(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value = withoutDefaults(value); value == nil {
				delete(v, key)
			} else {
				v[key] = value
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i := range v {
			v[i] = withoutDefaults(v[i])
		}
		slices.SortStableFunc(v, compareNumbers)
	case string:
		if v == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

// compareNumbers orders numbers, and leaves everything else as it is.
func compareNumbers(a, b any) int {
	x, ok := a.(float64)
	y, also := b.(float64)
	switch {
	case !ok || !also || x == y:
		return 0
	case x < y:
		return -1
	}
	return 1
}
