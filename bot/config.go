package bot

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Config is what the bot must be told. Its zero value lacks only the token.
type Config struct {
	Token          string    // the bot's token, with or without "Bot " before it
	GuildID        string    // register commands in this server only, where they appear at once; "" registers them everywhere
	APIURL         string    // a Discord-compatible server to use instead of https://discord.com; "" for Discord
	ShardCount     int       // how many shards all processes have together; 0 for as many as Discord recommends
	ShardIDs       []int     // which of them are this process's, the first being 0; nil for all
	AnswerChannels []string  // IDs of channels in which every question is answered without a mention
	LogQuestions   bool      // whether the text of questions may be logged
	Limits         Limits    // against abuse
	Out            io.Writer // where what a host wants to read at start is printed; nil for nowhere

	timing timing
}

// timing is how long the bot waits for Discord; tests have less time. Zero values mean the usual.
type timing struct {
	pause      func(failures int) time.Duration // before connecting again, never nothing; backOff
	invalid    func() time.Duration             // before beginning a session after one that Discord ended; afterInvalid
	hello      time.Duration                    // for the first packet of a connection; helloTimeout
	identify   time.Duration                    // between two shards of a bucket; identifyApart
	invitation time.Duration                    // before looking again whether the bot was invited; 10 s
	tidying    time.Duration                    // between two servers that are looked through for old commands; 250 ms
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
	if c.timing.invalid == nil {
		c.timing.invalid = afterInvalid
	}
	c.timing.hello = cmp.Or(c.timing.hello, helloTimeout)
	c.timing.identify = cmp.Or(c.timing.identify, identifyApart)
	c.timing.invitation = cmp.Or(c.timing.invitation, 10*time.Second)
	c.timing.tidying = cmp.Or(c.timing.tidying, 250*time.Millisecond)
	if c.APIURL = strings.TrimRight(strings.TrimSpace(c.APIURL), "/"); c.APIURL == "" {
		c.APIURL = discordURL
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.User != nil {
		return c, fmt.Errorf("DISCORD_API_URL must be an address such as %s, without a name or password in it, not %s", discordURL, Shown(c.APIURL))
	}
	if c.GuildID != "" && !snowflake.MatchString(c.GuildID) {
		return c, fmt.Errorf("DISCORD_GUILD_ID must be the server's ID, a number of 17 to 20 digits, not %s: in Discord, switch on "+
			"Settings > Advanced > Developer Mode, right-click the server and choose Copy Server ID", Shown(c.GuildID))
	}
	for _, id := range c.AnswerChannels {
		if !snowflake.MatchString(id) {
			return c, fmt.Errorf("ANSWER_CHANNELS must hold channel IDs, numbers of 17 to 20 digits with commas between them, not %s: "+
				"in Discord, switch on Settings > Advanced > Developer Mode, right-click the channel and choose Copy Channel ID", Shown(id))
		}
	}
	if err := c.checkShards(); err != nil {
		return c, err
	}
	return c, c.checkToken()
}

// Shown is the value of a setting as an error may show it: in quotes, but not where it may be a token, which people paste into
// the wrong line.
func Shown(value string) string {
	const longest = 40 // bytes; tokens have some 70
	if len(value) > longest || strings.Count(value, ".") >= 2 || strings.Contains(value, "@") {
		return "what it is now"
	}
	return fmt.Sprintf("%q", value)
}

// checkShards says what is wrong with the numbers of shards.
func (c Config) checkShards() error {
	switch {
	case c.ShardCount < 0:
		return fmt.Errorf("SHARD_COUNT must be a number above 0, or auto for as many as Discord recommends, not %d", c.ShardCount)
	case len(c.ShardIDs) > 0 && c.ShardCount == 0:
		return errors.New("SHARD_IDS needs SHARD_COUNT to be a number, the same in every process, so that the processes agree who serves which server")
	}
	for _, id := range c.ShardIDs {
		if id < 0 || id >= c.ShardCount {
			return fmt.Errorf("SHARD_IDS names shard %d, but %d shards have the numbers 0 to %d: take it away, or raise SHARD_COUNT in every process",
				id, c.ShardCount, c.ShardCount-1)
		}
	}
	return nil
}

// hasShard reports whether that shard is this process's.
func (c Config) hasShard(id int) bool { return len(c.ShardIDs) == 0 || slices.Contains(c.ShardIDs, id) }

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
