package bot

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Config is what the bot must be told. Its zero value lacks only the token.
type Config struct {
	Token          string    // the bot's token, with or without "Bot " before it
	GuildID        string    // register commands in this server only, where they appear at once; "" registers them everywhere
	APIURL         string    // a Discord-compatible server to use instead of https://discord.com; "" for Discord
	AnswerChannels []string  // IDs of channels in which every question is answered without a mention
	LogQuestions   bool      // whether the text of questions may be logged
	Limits         Limits    // against abuse
	Out            io.Writer // where what a host wants to read at start is printed; nil for nowhere

	timing timing
}

// timing is how long the bot waits for Discord; tests have less time. Zero values mean the usual.
type timing struct {
	pause      func(failures int) time.Duration // before connecting again, never nothing; backOff
	hello      time.Duration                    // for the first packet of a connection; helloTimeout
	invitation time.Duration                    // before looking again whether the bot was invited; 10 s
}

const (
	discordURL = "https://discord.com"
	portalURL  = "https://discord.com/developers/applications"
)

var snowflake = regexp.MustCompile(`^[0-9]{15,20}$`)

// prepared is the config without what people leave around values by mistake, or what is wrong with it, as a sentence that
// says how to mend it.
func (c Config) prepared() (Config, error) {
	c.Token = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(c.Token), "Bot "))
	if c.Out == nil {
		c.Out = io.Discard
	}
	if c.timing.pause == nil {
		c.timing.pause = backOff
	}
	if c.timing.hello == 0 {
		c.timing.hello = helloTimeout
	}
	if c.timing.invitation == 0 {
		c.timing.invitation = 10 * time.Second
	}
	if c.APIURL = strings.TrimRight(strings.TrimSpace(c.APIURL), "/"); c.APIURL == "" {
		c.APIURL = discordURL
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" {
		return c, fmt.Errorf("DISCORD_API_URL must be an address such as %s, not %q", discordURL, c.APIURL)
	}
	if c.GuildID != "" && !snowflake.MatchString(c.GuildID) {
		return c, fmt.Errorf("DISCORD_GUILD_ID must be the server's ID, a number of 17 to 20 digits, not %q: in Discord, switch on "+
			"Settings > Advanced > Developer Mode, right-click the server and choose Copy Server ID", c.GuildID)
	}
	for _, id := range c.AnswerChannels {
		if !snowflake.MatchString(id) {
			return c, fmt.Errorf("ANSWER_CHANNELS must hold channel IDs, numbers of 17 to 20 digits with commas between them, not %q: "+
				"in Discord, switch on Settings > Advanced > Developer Mode, right-click the channel and choose Copy Channel ID", id)
		}
	}
	return c, c.checkToken()
}

// checkToken says what is wrong with the token, as far as its form tells, without showing it.
func (c Config) checkToken() error {
	const where = "on the Bot page of your application at " + portalURL
	if c.Token == "" {
		return errors.New("DISCORD_TOKEN is not set: copy the bot's token, which Reset Token shows " + where +
			", into a file .env as DISCORD_TOKEN=…")
	}
	what := "is not a bot token"
	switch parts := strings.Split(c.Token, "."); {
	case c.APIURL != discordURL && !strings.ContainsFunc(c.Token, unprintable):
		return nil // another server may have tokens of another form
	case len(parts) == 3 && encodesID(parts[0]) && !strings.ContainsFunc(c.Token, unprintable):
		return nil
	case snowflake.MatchString(c.Token):
		what = "looks like the application's ID and not like the bot's token"
	case regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(c.Token):
		what = "looks like the application's public key and not like the bot's token"
	case regexp.MustCompile(`^[\w-]{32}$`).MatchString(c.Token):
		what = "looks like the client secret and not like the bot's token"
	}
	return fmt.Errorf("DISCORD_TOKEN %s, which has three parts with dots between them: copy the one that Reset Token shows %s", what, where)
}

func unprintable(r rune) bool { return r <= ' ' || r > '~' }

// encodesID reports whether s, the first part of a token, encodes the bot's ID.
func encodesID(s string) bool {
	id, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	return err == nil && snowflake.Match(id)
}
