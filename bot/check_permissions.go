package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// CheckPermissions prints, to cfg.Out, the link with which the bot is invited and which of its permissions are missing: in the
// channels with these IDs or, without any, in all channels of all its servers. It reports whether none is. An error says what could
// not be found out and what to do about it.
func CheckPermissions(ctx context.Context, cfg Config, channels []string) (complete bool, err error) {
	for _, id := range channels {
		if !snowflake.MatchString(id) {
			return false, fmt.Errorf("a channel is named by its ID, a number of 17 to 20 digits, not “%s”: in Discord, switch on "+
				"Settings > Advanced > Developer Mode, right-click the channel and choose Copy Channel ID", label(plain(id), nameLength))
		}
	}
	b, err := newBot(ctx, cfg)
	if err != nil {
		return false, err
	}
	if err := b.identify(ctx); err != nil {
		return false, err
	}
	b.sayf("Invite link: %s", b.invite())
	b.sayf("It asks for %s.", strings.Join(permissionNames(permissions), ", "))
	if len(channels) > 0 {
		return b.checkChannels(ctx, channels)
	}
	return b.checkServers(ctx)
}

// checkChannels prints what is missing in each channel.
func (b *connectedBot) checkChannels(ctx context.Context, ids []string) (complete bool, err error) {
	b.sayf("")
	complete = true
	standings := map[string]standing{} // by server
	for _, id := range ids {
		c, err := readChannel(ctx, b.session, id)
		if isRefused(err) {
			b.sayf("%s: the bot does not see it. Either it is in no server with such a channel, or View Channel is missing.", id)
			complete = false
			continue
		}
		if err != nil {
			return false, b.explain(err)
		}
		if c.GuildID == "" {
			b.sayf("%s: a direct message, where permissions do not matter.", id)
			continue
		}
		if _, known := standings[c.GuildID]; !known {
			if standings[c.GuildID], err = readStanding(ctx, b.session, c.GuildID, b.user.ID); err != nil {
				return false, b.explain(err)
			}
		}
		missing := c.needed() &^ standings[c.GuildID].in(c)
		complete = complete && missing == 0
		if missing == 0 {
			b.sayf("%s (%s): nothing is missing.", channelName(c), id)
		} else {
			b.sayf("%s (%s), missing: %s", channelName(c), id, strings.Join(permissionNames(missing), ", "))
		}
	}
	return complete, nil
}

// serversPerRequest is how many servers Discord lists at once.
const serversPerRequest = 200

// checkServers prints what is missing in each server.
func (b *connectedBot) checkServers(ctx context.Context) (complete bool, err error) {
	complete = true
	for last, more := "0", true; more; {
		query := url.Values{"limit": {fmt.Sprint(serversPerRequest)}, "after": {last}}
		var servers []server
		if err := read(ctx, b.session, discordgo.EndpointUserGuilds("@me")+"?"+query.Encode(), &servers); err != nil {
			return false, b.explain(err)
		}
		if len(servers) == 0 && last == "0" {
			b.sayf("\nThe bot is in no server yet: open the link to invite it.")
			return false, nil
		}
		for _, s := range servers {
			ok, err := b.checkServer(ctx, s)
			if err != nil {
				return false, b.explain(err)
			}
			complete = complete && ok
			last = s.ID
		}
		more = len(servers) == serversPerRequest
	}
	return complete, nil
}

// checkServer prints what is missing in one server.
func (b *connectedBot) checkServer(ctx context.Context, s server) (complete bool, err error) {
	name := fmt.Sprintf("%s (%s)", label(plain(s.Name), nameLength), s.ID)
	standing, err := readStanding(ctx, b.session, s.ID, b.user.ID)
	var channels []channel
	if err == nil {
		err = read(ctx, b.session, discordgo.EndpointGuildChannels(s.ID), &channels)
	}
	if isRefused(err) {
		b.sayf("\n%s: the bot is not in it any more.", name)
		return true, nil
	}
	if err != nil {
		return false, err
	}
	common, groups := lacking(standing, channels)
	if common == 0 && len(groups) == 0 {
		b.sayf("\n%s: nothing is missing.", name)
		return true, nil
	}
	b.sayf("\n%s, missing:", name)
	if common != 0 {
		b.sayf("  in all channels: %s", strings.Join(permissionNames(common), ", "))
	}
	for _, g := range groups {
		b.sayf("  in %s: %s", listed(g.channels), strings.Join(permissionNames(g.missing), ", "))
	}
	return false, nil
}

// lack is what is missing in some channels.
type lack struct {
	missing  int64
	channels []string // names
}

// lacking is what the bot lacks in all channels that it could answer in, and what else in some, those with the same together and in
// the order of channels.
func lacking(s standing, channels []channel) (common int64, some []lack) {
	channels = slices.DeleteFunc(channels, func(c channel) bool { return c.needed() == 0 })
	common = permissions
	for _, c := range channels {
		common &= c.needed() &^ s.in(c)
	}
	if len(channels) < 2 {
		common = 0
	}
	for _, c := range channels {
		missing := c.needed() &^ s.in(c) &^ common
		if missing == 0 {
			continue
		}
		i := slices.IndexFunc(some, func(l lack) bool { return l.missing == missing })
		if i < 0 {
			i, some = len(some), append(some, lack{missing: missing})
		}
		some[i].channels = append(some[i].channels, channelName(c))
	}
	return common, some
}

// namesShown is how many channels are named that lack the same.
const namesShown = 5

// listed are names in a sentence.
func listed(names []string) string {
	if len(names) <= namesShown+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:namesShown], ", "), len(names)-namesShown)
}

// channelName is c's name as Discord shows it.
func channelName(c channel) string { return "#" + label(plain(c.Name), nameLength) }

// isRefused reports whether Discord does not let the bot see what it asked about, or there is none.
func isRefused(err error) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) &&
		(refused.Response.StatusCode == http.StatusForbidden || refused.Response.StatusCode == http.StatusNotFound)
}
