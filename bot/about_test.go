package bot

import (
	"strings"
	"testing"

	"citebot/internal/fakediscord"
)

func TestAbout(t *testing.T) {
	b := start(t, ferry())
	b.register(t)
	ann := b.Person("Ann")
	forum := b.Forum("questions")
	lacks := b.Channel("lacks")
	hidden := b.Channel("hidden")
	b.Deny(lacks, fakediscord.EmbedLinks|fakediscord.ReadMessageHistory)
	b.Deny(hidden, fakediscord.ViewChannel)
	about := func(channelID string, moderator bool) fakediscord.Message {
		return b.Interact(fakediscord.Interaction{User: ann, ChannelID: channelID, Command: "about", Moderator: moderator}).Message()
	}
	var page strings.Builder
	for _, tt := range []struct {
		name, channel string
		moderator     bool
	}{
		{"nothing is missing", fakediscord.ChannelID, true},
		{"two are missing", lacks, true},
		{"the same in a thread", b.Thread(lacks, "talk"), true},
		{"a forum post", b.Thread(forum, "question"), true},
		{"hidden", hidden, true},
		{"a direct message", b.DM(ann), true},
		{"no moderator", lacks, false},
	} {
		m := about(tt.channel, tt.moderator)
		if !isEphemeral(m) {
			t.Errorf("%s: for all to see", tt.name)
		}
		if strings.Contains(m.Content, fakediscord.Token) {
			t.Error("the token is told")
		}
		page.WriteString(tt.name + ":\n" + m.Content + "\n\n")
	}
	golden(t, "about.txt", page.String())
}

// TestAboutEndsSilence: what was mended counts as soon as a moderator has looked.
func TestAboutEndsSilence(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	b.Deny(fakediscord.ChannelID, fakediscord.EmbedLinks)
	if a := b.Ask(ann, "", whenRun); len(a.Embeds) > 0 {
		t.Error("an embed where none is allowed")
	}
	b.Deny(fakediscord.ChannelID, 0)
	b.Interact(fakediscord.Interaction{User: ann, Command: "about", Moderator: true}).Message()
	if a := b.Ask(ann, "", whenRun); len(a.Embeds) != 1 {
		t.Error("no embed where it is allowed again")
	}
}

func TestCheckPermissions(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	hidden, other := f.Channel("staff\u202E\n"), f.Channel("rules")
	forum := f.Forum("questions")
	post := f.Thread(forum, "how?")
	check := func(channels ...string) (string, bool) {
		t.Helper()
		cfg := hurried(f)
		out := new(buffer)
		cfg.Out = out
		complete, err := CheckPermissions(t.Context(), cfg, channels)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), fakediscord.Token) {
			t.Error("the token is told")
		}
		hide := strings.NewReplacer(f.URL(), "https://discord.example", hidden, "HIDDEN", other, "OTHER", post, "POST", forum, "FORUM", "1234567890123456789", "NONE")
		return hide.Replace(out.String()), complete
	}
	var page strings.Builder
	show := func(name string, complete bool, channels ...string) {
		t.Helper()
		text, got := check(channels...)
		if got != complete {
			t.Errorf("%s: complete is %v", name, got)
		}
		page.WriteString("== " + name + "\n" + text + "\n")
	}
	show("all is well", true)
	f.Deny(hidden, fakediscord.ViewChannel)
	f.Deny(other, fakediscord.SendMessages|fakediscord.ReadMessageHistory)
	f.Deny(forum, fakediscord.SendMessagesInThreads)
	f.DenyEverywhere(fakediscord.EmbedLinks)
	show("some is missing", false)
	show("channels", false, fakediscord.ChannelID, other, post, hidden, "1234567890123456789")
	f.Deny(other, 0)
	for range 9 {
		f.Deny(f.Channel("more"), fakediscord.SendMessages)
	}
	show("many channels", false)
	golden(t, "check_permissions.txt", page.String())
	if n := writes(f); n > 0 {
		t.Error("something was changed at Discord")
	}
	if _, err := CheckPermissions(t.Context(), hurried(f), []string{"#general"}); err == nil || !strings.Contains(err.Error(), "Copy Channel ID") {
		t.Errorf("a name in place of an ID: %v", err)
	}
	f.RevokeToken()
	if _, err := CheckPermissions(t.Context(), hurried(f), nil); err == nil || !strings.Contains(err.Error(), "Discord refused the token") {
		t.Errorf("with a revoked token: %v", err)
	}
}
