package main

import (
	"github.com/spf13/cobra"

	"citebot/bot"
)

func (p *program) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [CHANNEL]...",
		Short: "Say which permissions the bot lacks in Discord",
		Long: `Print the link with which the bot is invited, and which permissions it lacks: in
the channels with the given IDs or, without any, in each of its servers. It
changes nothing.

It needs the bot's token in DISCORD_TOKEN, from the environment or a file .env.
Whether the token, the other settings and the connection are good is what
citebot run --check says.

The exit status is 0 when nothing is missing, 1 when something is, and 2 when
that could not be found out.`,
		Example: `  citebot check
  citebot check 1234567890123456789`,
		Args: cobra.ArbitraryArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, channels []string) error {
		_, settings, err := p.botSettings()
		if err != nil {
			return err
		}
		ctx, stop := untilSignal(cmd.Context())
		defer stop()
		complete, err := bot.CheckPermissions(ctx, settings, channels)
		if err == nil && !complete {
			return errNothing
		}
		return err
	}
	return cmd
}
