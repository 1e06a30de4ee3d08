package bot

import (
	"strings"
	"testing"

	"citebot/internal/fakediscord"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name   string
		o      fakediscord.Options
		change func(*fakediscord.Server, *Config)
		wants  []string
		err    string
	}{
		{"all good", fakediscord.Options{}, func(*fakediscord.Server, *Config) {},
			[]string{"Token: good; the bot is citebot", "Application: citebot", "off, which is right", "Commands: not up to date in the server",
				"Connection: good; Discord allows 1000 more of 1000 connections today.", "Shards: 1, as Discord recommends, all in this process.", "Invite: http"}, ""},
		{"intent missing", fakediscord.Options{}, func(_ *fakediscord.Server, c *Config) { c.AnswerChannels = []string{fakediscord.ChannelID} },
			[]string{"off, but ANSWER_CHANNELS needs it: switch it on", "refuses the Message Content intent", "Connection: good"}, ""},
		{"intent there", fakediscord.Options{MessageContent: true}, func(_ *fakediscord.Server, c *Config) { c.AnswerChannels = []string{fakediscord.ChannelID} },
			[]string{"on, as ANSWER_CHANNELS needs it", "Connection: good"}, ""},
		{"intent not needed", fakediscord.Options{MessageContent: true}, func(*fakediscord.Server, *Config) {},
			[]string{"on, but needed only with ANSWER_CHANNELS"}, ""},
		{"wrong token", fakediscord.Options{}, func(_ *fakediscord.Server, c *Config) { c.Token = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.a.b" }, nil, "Discord refused the token"},
		{"no token", fakediscord.Options{}, func(_ *fakediscord.Server, c *Config) { c.Token = "" }, nil, "DISCORD_TOKEN is not set"},
		{"not in the server", fakediscord.Options{}, func(f *fakediscord.Server, _ *Config) {
			f.Fail(fakediscord.Failure{Method: "GET", Path: "/commands", Status: 403, Body: `{"message":"Missing Access","code":50001}`})
		}, []string{"Connection: good"}, "invite it there with"},
		{"no gateway", fakediscord.Options{}, func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Refuse: 503}) },
			[]string{"Application:"}, "may open WebSocket connections"},
		{"token refused at the gateway", fakediscord.Options{}, func(f *fakediscord.Server, _ *Config) { f.Next(fakediscord.Script{Close: 4004}) },
			nil, "Discord refused the token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, tt.o)
			cfg := hurried(f)
			tt.change(f, &cfg)
			out := new(buffer)
			cfg.Out = out
			err := Check(t.Context(), cfg)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("got %v, want %q", err, tt.err)
			}
			for _, want := range tt.wants {
				if !strings.Contains(out.String(), want) {
					t.Errorf("not said: %s in\n%s", want, out)
				}
			}
			if strings.Contains(out.String(), fakediscord.Token) {
				t.Error("the token is told")
			}
			if n := writes(f); n > 0 {
				t.Error("something was changed at Discord")
			}
		})
	}
}
