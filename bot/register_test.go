package bot

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"citebot/internal/fakediscord"
)

// writes counts how often commands were written.
func writes(f *fakediscord.Server) int {
	n := 0
	for _, r := range f.Requests() {
		if r.Method == "PUT" {
			n++
		}
	}
	return n
}

func TestCommandsAreWrittenOnlyWhenTheyDiffer(t *testing.T) {
	yes := 1
	for name, guild := range map[string]string{"guild": fakediscord.GuildID, "global": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fakediscord.New(t, fakediscord.Options{})
			s := sessionOn(t, f.URL())
			expect := func(what string, want []*discordgo.ApplicationCommand, written bool) {
				t.Helper()
				before := writes(f)
				got, err := register(t.Context(), s, fakediscord.AppID, guild, want)
				if err != nil || got != written || (writes(f) > before) != written {
					t.Errorf("%s: written %v, %d times, %v", what, got, writes(f)-before, err)
				}
			}
			expect("at first", Limits{}.commands(), true)
			expect("again", Limits{}.commands(), false)
			if got := len(f.Commands(guild)); got != len(Limits{}.commands()) {
				t.Errorf("%d commands", got)
			}
			f.Fail(fakediscord.Failure{Method: "GET", Path: "/commands", Status: 404})
			expect("not listed", Limits{}.commands(), true)
			turned := Limits{}.commands()
			turned[0], turned[1] = turned[1], turned[0]
			expect("in another order", turned, false)
			for what, change := range map[string]func([]*discordgo.ApplicationCommand){
				"another description": func(c []*discordgo.ApplicationCommand) { c[0].Description += "." },
				"another option":      func(c []*discordgo.ApplicationCommand) { c[0].Options[0].Description += "." },
				"no autocompletion":   func(c []*discordgo.ApplicationCommand) { c[0].Options[1].Autocomplete = false },
				"a shortest length":   func(c []*discordgo.ApplicationCommand) { c[0].Options[0].MinLength = &yes },
				"options turned":      func(c []*discordgo.ApplicationCommand) { o := c[0].Options; o[1], o[2] = o[2], o[1] },
			} {
				changed := Limits{}.commands()
				change(changed)
				expect(what, changed, true)
				expect(what+", again", changed, false)
			}
			expect("fewer", Limits{}.commands()[:2], true)
			places := Limits{}.commands()[:2]
			places[0].Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
			expect("elsewhere usable", places, guild == "")
		})
	}
}

// listings counts how often the commands of that server, or everywhere with "", were asked for.
func listings(f *fakediscord.Server, guild string) int {
	n := 0
	for _, r := range f.Requests() {
		if r.Method == "GET" && strings.HasSuffix(r.Path, "/commands") && strings.Contains(r.Path, "/guilds/"+guild) == (guild != "") {
			n++
		}
	}
	return n
}

// TestCommandsAreInOnePlace: DISCORD_GUILD_ID may be set and removed; there is one set of commands, where it says, and what is
// as it should be is not written again.
func TestCommandsAreInOnePlace(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	run := func(guild string, done func() bool) {
		t.Helper()
		cfg := hurried(f)
		cfg.GuildID = guild
		h := online(t, f, cfg)
		if err := f.Wait(t.Context(), done); err != nil {
			t.Fatal(err)
		}
		h.stop()
		if err := h.outcome(); err != nil {
			t.Fatal(err)
		}
	}
	here, everywhere := fakediscord.GuildID, ""
	in := func(place, other string) func() bool {
		return func() bool { return len(f.Commands(place)) == len(Limits{}.commands()) && len(f.Commands(other)) == 0 }
	}
	run(here, in(here, everywhere))
	run(everywhere, in(everywhere, here))
	before, looked := writes(f), listings(f, here)
	run(everywhere, func() bool { return listings(f, here) > looked })
	if n := writes(f) - before; n != 0 {
		t.Errorf("commands that were as they should be were written %d times", n)
	}
	run(here, in(here, everywhere))
}

// TestRegistrationIsRetried, and the host is told; meanwhile the bot answers mentions.
func TestRegistrationIsRetried(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	f.Fail(fakediscord.Failure{Method: "PUT", Path: "/commands", Status: 400, Times: 1 << 20})
	h := online(t, f, hurried(f))
	h.Answer(h.mention())
	if err := f.Wait(t.Context(), func() bool { return writes(f) > 1 }); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(h.printed.String(), "The commands are not registered yet") || !strings.Contains(h.logged.String(), "commands not registered") {
		t.Error("the host is not told")
	}
	f.Mend()
	if err := f.Wait(t.Context(), func() bool { return len(f.Commands(fakediscord.GuildID)) > 0 }); err != nil {
		t.Fatal(err)
	}
}
