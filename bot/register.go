package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"
)

// registered reports whether Discord has these commands as they are: in the guild, or everywhere with guild "".
func registered(ctx context.Context, s *discordgo.Session, app, guild string, want []*discordgo.ApplicationCommand) (bool, error) {
	var have []*discordgo.ApplicationCommand
	err := retry(ctx, func() (err error) {
		have, err = s.ApplicationCommands(app, guild, options(ctx)...)
		return err
	})
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
	err = retry(ctx, func() error {
		_, err := s.ApplicationCommandBulkOverwrite(app, guild, want, options(ctx)...)
		return err
	})
	return err == nil, err
}

// register writes the bot's commands where they differ.
func (b *connectedBot) register(ctx context.Context, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	written, err := register(ctx, b.session, b.app.ID, b.cfg.GuildID, b.cfg.Limits.commands())
	if err != nil {
		return b.explainRegistering(err)
	}
	log.Info("commands", "written", written, "server", b.cfg.GuildID)
	return nil
}

// registerOnceInvited tries until the bot is in the server that its commands are for.
func (b *connectedBot) registerOnceInvited(ctx context.Context, log *slog.Logger) {
	for {
		select {
		case <-time.After(b.cfg.timing.invitation):
		case <-ctx.Done():
			return
		}
		err := b.register(ctx, log)
		switch {
		case err == nil, ctx.Err() != nil:
			return
		case !errors.As(err, new(notInvited)):
			log.Warn("commands not registered", "error", err)
		}
	}
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
