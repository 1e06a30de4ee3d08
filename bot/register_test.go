package bot

import (
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
			expect("at first", commands(), true)
			expect("again", commands(), false)
			if got := len(f.Commands(guild)); got != len(commands()) {
				t.Errorf("%d commands", got)
			}
			f.Fail(fakediscord.Failure{Method: "GET", Path: "/commands", Status: 404})
			expect("not listed", commands(), true)
			turned := commands()
			turned[0], turned[1] = turned[1], turned[0]
			expect("in another order", turned, false)
			for what, change := range map[string]func([]*discordgo.ApplicationCommand){
				"another description": func(c []*discordgo.ApplicationCommand) { c[0].Description += "." },
				"another option":      func(c []*discordgo.ApplicationCommand) { c[0].Options[0].Description += "." },
				"no autocompletion":   func(c []*discordgo.ApplicationCommand) { c[0].Options[1].Autocomplete = false },
				"a shortest length":   func(c []*discordgo.ApplicationCommand) { c[0].Options[0].MinLength = &yes },
				"options turned":      func(c []*discordgo.ApplicationCommand) { o := c[0].Options; o[1], o[2] = o[2], o[1] },
			} {
				changed := commands()
				change(changed)
				expect(what, changed, true)
				expect(what+", again", changed, false)
			}
			expect("fewer", commands()[:2], true)
			places := commands()[:2]
			places[0].Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
			expect("elsewhere usable", places, guild == "")
		})
	}
}
