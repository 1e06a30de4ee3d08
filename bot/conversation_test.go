package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
	"citebot/internal/fakediscord"
)

// told is a conversation on one line: each question with the sentences shown after it.
func told(c answer.Conversation) string {
	var turns []string
	for _, t := range c {
		shown := []string{}
		for _, s := range t.Shown {
			shown = append(shown, fmt.Sprintf("¶%d s%d", s.Place.Block+1, s.Place.Sentence+1))
		}
		turns = append(turns, t.Question+" "+strings.Join(shown, " "))
	}
	return strings.Join(turns, " | ")
}

// before is the conversation that leads to m.
func (b *bench) before(t *testing.T, m fakediscord.Message) answer.Conversation {
	t.Helper()
	decoded := toMessage(t, m)
	return b.h.conversation(t.Context(), b.s, m.ChannelID, b.h.parentOf(t.Context(), b.s, decoded))
}

const (
	whenRun  = "When will the ferry run on batteries?"
	whatCost = "What did the new ship cost?"
	charging = "How long does charging take?"
)

func TestConversationIsTheReplyChain(t *testing.T) {
	b := start(t, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")
	say := func(who fakediscord.User, text, to string) fakediscord.Message {
		return b.Send(fakediscord.Message{Author: &who, Content: text, Reference: &fakediscord.Reference{MessageID: to}})
	}
	a1 := b.Ask(ann, "", whenRun)
	b.Ask(ann, "", charging) // another conversation
	a2 := b.Answer(say(ben, whatCost, a1.ID))
	q3 := say(ann, "And who paid?", a2.ID)
	b.Answer(q3)

	want := whenRun + " ¶1 s1 | " + whatCost + " ¶2 s1"
	if got := told(b.before(t, q3)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	asked := len(b.Requests())
	b.before(t, q3)
	if n := len(b.Requests()) - asked; n != 0 {
		t.Errorf("a conversation under way cost %d requests", n)
	}

	again := b.restarted(t, ferry())
	asked = len(again.Requests())
	if got := told(again.before(t, q3)); got != want {
		t.Errorf("after a restart got  %s\nwant %s", got, want)
	}
	if n := len(again.Requests()) - asked; n != 1 {
		t.Errorf("reading the conversation cost %d requests, want 1", n)
	}
	// The article changes: the first sentence is gone, the other has moved.
	changed := article(corpus.Article{ID: "ferry", Title: "Ferry"}, []string{"A new first sentence."}, []string{"And one more."}, []string{"The new ship cost 41 million crowns, of which the state paid a third."})
	again = b.restarted(t, changed)
	if got, want := told(again.before(t, q3)), whenRun+"  | "+whatCost+" ¶3 s1"; got != want {
		t.Errorf("after a change got  %s\nwant %s", got, want)
	}
}

func TestMoreIsWhatWasNotShown(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	reply := func(text string, to fakediscord.Message) fakediscord.Message {
		return b.Answer(b.Send(fakediscord.Message{Author: &ann, Content: text, Reference: &fakediscord.Reference{MessageID: to.ID}}))
	}
	first := b.Ask(ann, "", whenRun)
	more := reply("anything else?", first)
	shown, _ := passagesShown(toMessage(t, first))
	again, _ := passagesShown(toMessage(t, more))
	if len(shown) == 0 || visible(more) == visible(first) {
		t.Errorf("after\n%s\ncomes\n%s", visible(first), visible(more))
	}
	for _, p := range again {
		if slices.Contains(shown, p) {
			t.Errorf("%+v is shown again", p.place)
		}
	}
	if same := reply(whenRun, reply(whatCost, more)); visible(same) != visible(first) {
		t.Errorf("asked again, the question gets\n%s\nnot\n%s", visible(same), visible(first))
	}
}

func TestConversationIsBounded(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	m := b.Ask(ann, "", whenRun)
	for i := range 12 {
		m = b.Answer(b.Send(fakediscord.Message{Author: &ann, Content: fmt.Sprintf("%s (%d)", whatCost, i), Reference: &fakediscord.Reference{MessageID: m.ID}}))
	}
	q := b.Send(fakediscord.Message{Author: &ann, Content: "And?", Reference: &fakediscord.Reference{MessageID: m.ID}})
	c := b.before(t, q)
	if len(c) != maxTurns || c[0].Question != whatCost+" (2)" || c[9].Question != whatCost+" (11)" {
		t.Errorf("%d turns: %s", len(c), told(c))
	}
}

func TestConversationOutlivesWhatWasDeleted(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	q1 := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
	a1 := b.Answer(q1)
	q2 := b.Send(fakediscord.Message{Author: &ann, Content: "And what did it cost?", Reference: &fakediscord.Reference{MessageID: a1.ID}})
	b.Answer(q2)
	b.Drop() // who sees it deleted takes the answer back
	b.Delete(q1.ID)
	again := b.restarted(t, ferry())
	if got, want := told(again.before(t, q2)), " ¶1 s1"; got != want {
		t.Errorf("without the question got %q, want %q", got, want)
	}
	b.Delete(a1.ID)
	again = again.restarted(t, ferry())
	if got := told(again.before(t, q2)); got != "" {
		t.Errorf("without question and answer got %q", got)
	}
}

func TestExchangeWithoutReplies(t *testing.T) {
	b := start(t, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")
	thread := b.Thread(fakediscord.ChannelID, "about the ferry")
	tests := []struct{ name, channel, mention string }{
		{"direct messages", b.DM(ann), ""},
		{"thread", thread, fakediscord.Mention},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			say := func(who fakediscord.User, text string) fakediscord.Message {
				return b.Send(fakediscord.Message{Author: &who, ChannelID: tt.channel, Content: tt.mention + text})
			}
			b.Answer(say(ann, whenRun))
			if tt.mention != "" {
				b.Answer(say(ben, charging))
			}
			expect(t, b.Answer(say(ann, "")), "Ask me something")
			b.Answer(say(ann, whatCost))
			q := say(ann, "And who paid?")
			b.Answer(q)
			want := whenRun + " ¶1 s1 | " + whatCost + " ¶2 s1"
			cold := newHandlerOn(t, generous, ferry())
			cold.setSelf(b.h.self.Load())
			decoded := toMessage(t, q)
			got := told(cold.conversation(t.Context(), b.s, tt.channel, cold.parentOf(t.Context(), b.s, decoded)))
			if got != want {
				t.Errorf("after a restart got  %s\nwant %s", got, want)
			}
			late := *decoded
			late.Timestamp = late.Timestamp.Add(exchangeAge + time.Minute)
			cold = newHandlerOn(t, generous, ferry())
			cold.setSelf(b.h.self.Load())
			if parent := cold.parentOf(t.Context(), b.s, &late); parent != "" {
				t.Errorf("half an hour later the question goes on from %s", parent)
			}
		})
	}
	t.Run("what the engine gets", func(t *testing.T) {
		dm := b.DM(ben)
		b.Answer(b.Send(fakediscord.Message{Author: &ben, ChannelID: dm, Content: whenRun}))
		q := b.Send(fakediscord.Message{Author: &ben, ChannelID: dm, Content: whatCost})
		b.Answer(q)
		m, _ := b.h.messages.get(q.ID)
		if got, want := told(b.h.conversation(t.Context(), b.s, dm, m.parent)), whenRun+" ¶1 s1"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
	t.Run("a channel", func(t *testing.T) {
		b.Ask(ann, "", whenRun)
		q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + "And who paid?"})
		b.Answer(q)
		if c := b.before(t, q); len(c) != 0 {
			t.Errorf("a question in a channel goes on from %s", told(c))
		}
	})
}

func TestExchangeTakesInCommands(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	b.Slash(ann, dm, "ask", map[string]any{"question": whenRun})
	b.Slash(ann, dm, "ask", map[string]any{"question": whatCost})
	q := b.Send(fakediscord.Message{Author: &ann, ChannelID: dm, Content: "And who paid?"})
	b.Answer(q)
	m, _ := b.h.messages.get(q.ID)
	got := told(b.h.conversation(t.Context(), b.s, dm, m.parent))
	if want := whenRun + " ¶1 s1 | " + whatCost + " ¶2 s1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestStrangeMessagesAreSkipped sees that a message of a kind that discordgo cannot decode hides none of the others.
func TestStrangeMessagesAreSkipped(t *testing.T) {
	b := start(t, ferry())
	ann, robot := b.Person("Ann"), b.Person("Robot")
	robot.Bot = true
	a := b.Ask(ann, "", whenRun)
	b.Send(fakediscord.Message{Author: &robot, Content: "new", Components: []fakediscord.Component{{Type: 99}}})
	q := b.Send(fakediscord.Message{Author: &ann, Content: whatCost, Reference: &fakediscord.Reference{MessageID: a.ID}})
	b.Answer(q)
	again := b.restarted(t, ferry())
	if got, want := told(again.before(t, q)), whenRun+" ¶1 s1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestConversationWithoutPermissionToRead(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	a := b.Ask(ann, "", whenRun)
	again := b.restarted(t, ferry())
	again.Fail(fakediscord.Failure{Method: "GET", Path: "/messages", Status: 403, Body: `{"message":"Missing Access","code":50001}`, Times: 9})
	q := again.Send(fakediscord.Message{Author: &ann, Content: whatCost, Reference: &fakediscord.Reference{MessageID: a.ID}})
	expect(t, again.Answer(q), "The new ship cost 41 million crowns")
}

func TestMessageAnswersTheOneWithTheButton(t *testing.T) {
	self := &discordgo.User{ID: "42"}
	tests := []struct{ name, message, parent string }{
		{"reply", `{"message_reference":{"message_id":"7"}}`, "7"},
		{"forwarded", `{"message_reference":{"type":1,"message_id":"7"}}`, ""},
		{"button", `{"interaction_metadata":{"type":3,"interacted_message_id":"8"}}`, "8"},
		{"form behind a button", `{"interaction_metadata":{"type":5,"triggering_interaction_metadata":{"type":3,"interacted_message_id":"9"}}}`, "9"},
		{"command", `{"interaction_metadata":{"type":2}}`, ""},
	}
	for _, tt := range tests {
		var m discordgo.Message
		if err := json.Unmarshal([]byte(tt.message), &m); err != nil {
			t.Fatal(err)
		}
		m.Author = self
		if got := meaningOf(&m, self, "").parent; got != tt.parent {
			t.Errorf("%s: goes on from %q, want %q", tt.name, got, tt.parent)
		}
	}
}

func TestCacheForgets(t *testing.T) {
	r := newCache[int, string](time.Hour, 3)
	for i := range 5 {
		r.set(i, fmt.Sprint(i))
		r.get(0) // stays in use
	}
	var kept []int
	for i := range 5 {
		if _, ok := r.get(i); ok {
			kept = append(kept, i)
		}
	}
	if !slices.Equal(kept, []int{0, 3, 4}) {
		t.Errorf("kept %v", kept)
	}
	if v := r.getOrMake(4, func() string { return "new" }); v != "4" {
		t.Errorf("made %q anew", v)
	}
	r.remove(4)
	if v := r.getOrMake(4, func() string { return "new" }); v != "new" {
		t.Errorf("removed, but still %q", v)
	}
	r.span = -time.Second // everything is too old now
	if _, ok := r.get(0); ok || len(r.byKey) != 0 || r.order.Len() != 0 {
		t.Errorf("%d entries outlived their time", len(r.byKey))
	}
}
