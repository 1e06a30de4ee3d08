package bot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestDecodeLeavesOutOnlyWhatIsAtFault: a question is read although something beside it is of a kind that discordgo does not know.
func TestDecodeLeavesOutOnlyWhatIsAtFault(t *testing.T) {
	const question = `"id":"5","channel_id":"6","author":{"id":"7","username":"Ann"},"content":"How many?","timestamp":"2025-08-07T10:00:00Z"`
	known := `{"type":1,"components":[{"type":2,"style":1,"label":"Known","custom_id":"x"}]}`
	for _, tt := range []struct {
		name, fields string
		want         func(*discordgo.MessageCreate) bool
	}{
		{"a component of another kind", `"components":[{"type":99,"custom_id":"x"},` + known + `]`,
			func(m *discordgo.MessageCreate) bool { return len(m.Components) == 1 }},
		{"one in a row", `"components":[{"type":1,"components":[{"type":99},{"type":2,"style":1,"custom_id":"x"}]}]`,
			func(m *discordgo.MessageCreate) bool {
				return len(m.Components) == 1 && len(m.Components[0].(*discordgo.ActionsRow).Components) == 1
			}},
		{"one in the message replied to", `"referenced_message":{"id":"4","author":{"id":"42"},"components":[{"type":99}],"embeds":[{"title":"T"}]}`,
			func(m *discordgo.MessageCreate) bool {
				r := m.ReferencedMessage
				return r != nil && r.Author.ID == "42" && r.Embeds[0].Title == "T" && len(r.Components) == 0
			}},
		{"null in lists", `"mentions":[null,{"id":"42"}, null],"embeds":[null],"components":[null,` + known + `]`,
			func(m *discordgo.MessageCreate) bool {
				return len(m.Mentions) == 1 && len(m.Embeds) == 0 && len(m.Components) == 1
			}},
		{"a number for a text", `"webhook_id":99999999999999999,"tts":"yes","nonce":12345678901234567890`,
			func(m *discordgo.MessageCreate) bool { return m.WebhookID == "" }},
		{"an object for a list", `"mentions":{},"attachments":"none","mention_roles":["1",2,"3"]`,
			func(m *discordgo.MessageCreate) bool { return len(m.Mentions) == 0 && len(m.MentionRoles) == 2 }},
		{"a time that is none", `"edited_timestamp":"yesterday"`,
			func(m *discordgo.MessageCreate) bool { return m.EditedTimestamp == nil }},
		{"unknown fields", `"brand_new":{"x":[null,{"y":null}]},"poll":{"answers":[{"poll_media":{"emoji":7}}]}`,
			func(m *discordgo.MessageCreate) bool { return true }},
	} {
		for _, data := range []string{"{" + question + "," + tt.fields + "}", "{" + tt.fields + "," + question + "}"} {
			m, err := decode[discordgo.MessageCreate]([]byte(data))
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
				continue
			}
			if m.ID != "5" || m.ChannelID != "6" || m.Content != "How many?" || m.Author.Username != "Ann" || m.Timestamp.Year() != 2025 || !tt.want(m) {
				t.Errorf("%s: %+v", tt.name, m.Message)
			}
		}
	}
}

// TestDecodeKeepsACommandsRest: what stands beside data that is at fault decides how the rest of it is read.
func TestDecodeKeepsACommandsRest(t *testing.T) {
	i, err := decode[discordgo.InteractionCreate]([]byte(`{"data":{"name":"ask","type":"slash","options":[null,{"name":"question","type":3,"value":"How many?"},{"name":7}]},
		"id":"5","token":"t","type":2,"member":{"user":{"id":"7"},"joined_at":"never"},"app_permissions":5}`))
	if err != nil {
		t.Fatal(err)
	}
	data, ok := i.Data.(discordgo.ApplicationCommandInteractionData)
	if !ok || data.Name != "ask" || optionText(data, "question") != "How many?" || i.Member.User.ID != "7" || i.Token != "t" {
		t.Errorf("%+v with %+v", i.Interaction, i.Data)
	}
}

func TestDecodeRefusesWhatIsNoObject(t *testing.T) {
	for _, data := range []string{``, `null`, `[1,2]`, `"x"`, `7`, `{`, `{}}`} {
		if m, err := decode[discordgo.MessageCreate]([]byte(data)); err == nil {
			t.Errorf("%s became %+v", data, m)
		}
	}
}

// TestDecodeOfSoundDataIsDiscordgos: nothing is lost where nothing is at fault.
func TestDecodeOfSoundDataIsDiscordgos(t *testing.T) {
	for _, seed := range seeds {
		got, err := decode[discordgo.MessageCreate]([]byte(seed.data))
		var want discordgo.MessageCreate
		if json.Unmarshal([]byte(seed.data), &want) != nil || seed.event != "MESSAGE_CREATE" {
			continue
		}
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %+v, %v", seed.data, got, err)
		}
	}
}

// TestDecodeEndsSoon, however much is at fault.
func TestDecodeEndsSoon(t *testing.T) {
	many := strings.Repeat(`{"type":99},`, 2000)
	deep := strings.Repeat(`{"type":1,"components":[`, 200) + strings.Repeat(`]}`, 200)
	for _, faulty := range []string{many + `{"type":99}`, deep, many + deep} {
		data := fmt.Appendf(nil, `{"id":"5","components":[%s]}`, faulty)
		if m, err := decode[discordgo.MessageCreate](data); err == nil && m.ID != "5" {
			t.Errorf("%+v", m)
		}
	}
}

func BenchmarkDecodeMessage(b *testing.B) {
	data := []byte(seeds[0].data)
	for b.Loop() {
		if _, err := decode[discordgo.MessageCreate](data); err != nil {
			b.Fatal(err)
		}
	}
}
