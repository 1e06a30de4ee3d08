package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"citebot/bot"
	"citebot/index"
	"citebot/quote"
)

func (p *program) runCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "run [flags]",
		Short: "Answer in Discord",
		Long: `Connect to Discord and answer there until stopped: whoever mentions the bot,
replies to it or writes to it directly, and its commands.

It needs the bot's token in DISCORD_TOKEN, from the environment or a file .env;
the file .env.example says what else can be set. At start it prints the link
with which it is invited to a server.

Ctrl-C or SIGTERM stops it: it takes no new questions and finishes those under
way, which takes 5 s at most. A second one stops it at once.

The exit status is 0 when it was stopped, and 2 when it could not go on.`,
		Example: `  citebot run --check
  citebot run --articles ~/articles
  DISCORD_GUILD_ID=1234567890123456789 citebot run`,
		Args: flagsOnly,
	}
	paths := articlesFlag(cmd)
	cmd.Flags().BoolVar(&check, "check", false, "say whether the settings and the connection are good, change nothing, and exit")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		config, settings, err := p.botSettings()
		if err != nil {
			return err
		}
		log, err := config.Discord.logger(p.errOut)
		if err != nil {
			return err
		}
		ctx, stop := untilSignal(cmd.Context())
		defer stop()
		if check {
			return bot.Check(ctx, settings)
		}
		engine, model, err := p.openEngine(config, *paths)
		if err != nil {
			return err
		}
		if isSlow(model) {
			log.Warn(slowReader)
		}
		var watching sync.WaitGroup
		watching.Go(func() { logVectors(ctx, p.library, log) })
		defer watching.Wait()
		defer stop()
		return bot.Run(ctx, settings, engine, quote.New(p.library), log)
	}
	return cmd
}

// vectorWork is a library whose vectors are being made.
type vectorWork interface {
	Progress() (done, all int)
	Wait(ctx context.Context) error
	Cache() index.CacheReport
}

// quickWork is how long vectors may take without a word in the log.
const quickWork = 2 * time.Second

// logVectors logs, if it takes long, that vectors are being made, and when all are there. It returns then, or when ctx ends.
func logVectors(ctx context.Context, library vectorWork, log *slog.Logger) {
	start := time.Now()
	soon, cancel := context.WithTimeout(ctx, quickWork)
	err := library.Wait(soon)
	cancel()
	quick := !errors.Is(err, context.DeadlineExceeded)
	if !quick && ctx.Err() == nil {
		done, all := library.Progress()
		log.Info("making vectors; meanwhile answers are looked for by words", "done", done, "windows", all)
		err = library.Wait(ctx)
	}
	done, all := library.Progress()
	switch cache := library.Cache(); {
	case ctx.Err() != nil:
		return
	case err != nil:
		log.Error("no more vectors can be made", "done", done, "windows", all, "error", err)
	case cache.Faults > 0:
		log.Warn("CACHE_DIR could not be read or written", "files", cache.Faults)
	case !quick:
		log.Info("all vectors made", "windows", all, "cached", cache.Read, "took", time.Since(start).Round(time.Millisecond))
	}
}

// untilSignal is a context that ends with the first SIGINT or SIGTERM. From then on signals do what they do to any program,
// so that a second one ends it at once. (signal.NotifyContext would catch that one too, if it came quickly.)
func untilSignal(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
		}
		signal.Stop(signals)
		cancel()
	}()
	return ctx, cancel
}

// discordSettings are the settings of citebot run, as they are written; .env.example explains each.
type discordSettings struct {
	Token, GuildID, AnswerChannels, APIURL                                 string
	ShardCount, ShardIDs                                                   string
	PersonPerMinute, PersonBurst, ServerPerMinute, ServerBurst, LongestAsk string
	LogFormat, LogLevel, LogQuestions                                      string
}

func readDiscordSettings(values map[string]string) discordSettings {
	return discordSettings{
		Token:           values["DISCORD_TOKEN"],
		GuildID:         values["DISCORD_GUILD_ID"],
		AnswerChannels:  values["ANSWER_CHANNELS"],
		APIURL:          values["DISCORD_API_URL"],
		ShardCount:      values["SHARD_COUNT"],
		ShardIDs:        values["SHARD_IDS"],
		PersonPerMinute: values["PERSON_PER_MINUTE"],
		PersonBurst:     values["PERSON_BURST"],
		ServerPerMinute: values["SERVER_PER_MINUTE"],
		ServerBurst:     values["SERVER_BURST"],
		LongestAsk:      values["QUESTION_LENGTH"],
		LogFormat:       values["LOG_FORMAT"],
		LogLevel:        values["LOG_LEVEL"],
		LogQuestions:    values["LOG_QUESTIONS"],
	}
}

// botSettings are the settings, and those of the bot, which tells its host things on p's output.
func (p *program) botSettings() (Config, bot.Config, error) {
	config, err := readConfig(".env", p.env)
	if err != nil {
		return Config{}, bot.Config{}, err
	}
	settings, err := config.Discord.bot()
	settings.Out = p.out
	return config, settings, err
}

// bot is the settings as the bot takes them.
func (s discordSettings) bot() (bot.Config, error) {
	config := bot.Config{
		Token:          s.Token,
		GuildID:        strings.TrimSpace(s.GuildID),
		APIURL:         s.APIURL,
		AnswerChannels: strings.FieldsFunc(s.AnswerChannels, func(r rune) bool { return r == ',' || r == ' ' }),
		LogQuestions:   s.LogQuestions != "",
	}
	var err error
	if config.ShardCount, err = shardCount(s.ShardCount); err != nil {
		return config, err
	}
	if config.ShardIDs, err = shardIDs(s.ShardIDs); err != nil {
		return config, err
	}
	const longestMessage = 2000 // Discord takes no longer one from most people
	for _, n := range []struct {
		key, text string
		most      int // 0 for none; then -1 is no limit
		value     *int
	}{
		{"PERSON_PER_MINUTE", s.PersonPerMinute, 0, &config.Limits.PersonPerMinute},
		{"PERSON_BURST", s.PersonBurst, 0, &config.Limits.PersonBurst},
		{"SERVER_PER_MINUTE", s.ServerPerMinute, 0, &config.Limits.ServerPerMinute},
		{"SERVER_BURST", s.ServerBurst, 0, &config.Limits.ServerBurst},
		{"QUESTION_LENGTH", s.LongestAsk, longestMessage, &config.Limits.QuestionLength},
	} {
		if n.text == "" {
			continue
		}
		value, err := strconv.Atoi(strings.TrimSpace(n.text))
		switch {
		case n.most > 0 && (err != nil || value < 1 || value > n.most):
			return config, fmt.Errorf("%s must be a number from 1 to %d, not %s", n.key, n.most, bot.Shown(n.text))
		case err != nil || value == 0 || value < -1:
			return config, fmt.Errorf("%s must be a number above 0, or -1 for no limit, not %s", n.key, bot.Shown(n.text))
		}
		*n.value = value
	}
	return config, nil
}

// logger writes logs to w. Whatever is logged, the token is not.
func (s discordSettings) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil && s.LogLevel != "" {
		return nil, fmt.Errorf("LOG_LEVEL must be debug, info, warn or error, not %s", bot.Shown(s.LogLevel))
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: hideToken(s.Token)}
	switch strings.ToLower(s.LogFormat) {
	case "", "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, fmt.Errorf("LOG_FORMAT must be text or json, not %s", bot.Shown(s.LogFormat))
}

// hideToken takes the token out of whatever text is logged. None should ever hold it; this is for what nobody thought of.
func hideToken(token string) func([]string, slog.Attr) slog.Attr {
	return func(_ []string, a slog.Attr) slog.Attr {
		if token == "" {
			return a
		}
		switch v := a.Value.Any().(type) {
		case string:
			a.Value = slog.StringValue(strings.ReplaceAll(v, token, "…"))
		case error:
			a.Value = slog.StringValue(strings.ReplaceAll(v.Error(), token, "…"))
		}
		return a
	}
}
