package bot

import (
	"strings"
	"testing"
	"time"

	"citebot/internal/fakediscord"
)

const (
	shipCost  = whatCost
	millions  = "41 million crowns"
	anotherIs = "Some question that is asked to see that nothing more comes: what did the new ship cost?"
)

// answeredAgain waits until the bot's only reply to q shows text.
func (b *bench) answeredAgain(t *testing.T, q fakediscord.Message, text string) {
	t.Helper()
	b.await(t, "the answer to show "+text, func() bool {
		r := b.Replies(q)
		return len(r) == 1 && strings.Contains(visible(r[0]), text)
	})
}

func TestEditedQuestionHasItsAnswerEdited(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	first := b.Ask(ann, "", whenRun)
	for _, tt := range []struct {
		name   string
		m      fakediscord.Message
		edited string
	}{
		{"mention", fakediscord.Message{Content: fakediscord.Mention + whenRun}, fakediscord.Mention + shipCost},
		{"mention without a question", fakediscord.Message{Content: fakediscord.Mention}, fakediscord.Mention + shipCost},
		{"direct message", fakediscord.Message{ChannelID: dm, Content: whenRun}, shipCost},
		{"reply", fakediscord.Message{Content: "And the smoke?", Reference: &fakediscord.Reference{MessageID: first.ID}}, shipCost},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.m.Author = &ann
			q := b.Send(tt.m)
			before := b.Answer(q)
			b.Edit(q.ID, tt.edited)
			b.answeredAgain(t, q, millions)
			if after := b.Replies(q)[0]; after.ID != before.ID {
				t.Error("another message instead of the same one edited")
			}
			b.Edit(q.ID, strings.TrimSuffix(tt.edited, shipCost)+strings.Repeat("why ", 126))
			b.answeredAgain(t, q, "at most 500 characters")
			if after := b.Replies(q)[0]; len(after.Embeds) > 0 || len(after.Components) > 0 {
				t.Errorf("left over: %s", after.Body)
			}
		})
	}
}

// TestEditGoesOnFromWhereItDid: an edited follow-up belongs to the conversation as it was, and those after it to the edited one.
func TestEditGoesOnFromWhereItDid(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	ask := func(text, to string) (q, a fakediscord.Message) {
		m := fakediscord.Message{Author: &ann, ChannelID: dm, Content: text}
		if to != "" {
			m.Reference = &fakediscord.Reference{MessageID: to}
		}
		q = b.Send(m)
		return q, b.Answer(q)
	}
	_, a1 := ask(whenRun, "")
	q2, a2 := ask("What about tickets?", a1.ID)
	q3, _ := ask("And the smoke?", a2.ID)
	b.Edit(q2.ID, shipCost)
	b.answeredAgain(t, q2, millions)
	before := func(q fakediscord.Message) string {
		m := toMessage(t, q)
		return told(b.h.conversation(t.Context(), b.s, dm, b.h.parentBefore(t.Context(), b.s, m)))
	}
	if got, want := before(q2), whenRun+" ¶1 s1"; got != want {
		t.Errorf("before the edited question: %q, want %q", got, want)
	}
	if got := before(q3); !strings.Contains(got, shipCost) || strings.Contains(got, "tickets") {
		t.Errorf("before the question after it: %q", got)
	}
}

// TestWhatIsNotEdited: nothing happens to answers but by edits of their questions, in time, that Discord shows the bot.
func TestWhatIsNotEdited(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(b *bench, q fakediscord.Message){
		"a link is unfurled":       func(b *bench, q fakediscord.Message) { b.Unfurl(q.ID) },
		"nothing but the mention":  func(b *bench, q fakediscord.Message) { b.Edit(q.ID, whenRun+" "+fakediscord.Mention) },
		"the mention is taken out": func(b *bench, q fakediscord.Message) { b.Edit(q.ID, shipCost) },
		"an odd event": func(b *bench, q fakediscord.Message) {
			b.Event("MESSAGE_UPDATE", `{"id":"`+q.ID+`","channel_id":"`+q.ChannelID+`"}`)
			b.Event("MESSAGE_UPDATE", `null`)
			b.Event("MESSAGE_DELETE", `null`)
			b.Event("MESSAGE_DELETE_BULK", `{"ids":null}`)
		},
		"somebody else's message": func(b *bench, q fakediscord.Message) {
			ben := b.Person("Ben")
			m := b.Send(fakediscord.Message{Author: &ben, Content: "Lunch?"})
			b.Edit(m.ID, fakediscord.Mention+shipCost)
			b.Delete(m.ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, ferry())
			ann := b.Person("Ann")
			q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
			b.Answer(q)
			change(b, q)
			b.Ask(ann, "", anotherIs)
			if r := b.Replies(q); len(r) != 1 || r[0].Edited != nil {
				t.Errorf("replies: %+v", r)
			}
			if n := len(b.fromBot("")); n != 2 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

func TestLateEditChangesNothing(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{Start: time.Now().Add(-11 * time.Minute)}) // when messages are written
	b := work(t, f, generous, ferry())
	ann := b.Person("Ann")
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
	b.Answer(q)
	b.Edit(q.ID, fakediscord.Mention+shipCost)
	b.Ask(ann, "", anotherIs)
	if r := b.Replies(q); r[0].Edited != nil {
		t.Errorf("edited to %s", visible(r[0]))
	}
}

// TestEditAfterARestart finds the answer by its reference.
func TestEditAfterARestart(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
	b.Answer(q)
	again := b.restarted(t, ferry())
	b.Edit(q.ID, fakediscord.Mention+shipCost)
	again.answeredAgain(t, q, millions)
}

// TestEditsCountAsTurns of who edits; what is too much changes nothing.
func TestEditsCountAsTurns(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b := work(t, f, Config{Limits: Limits{PersonPerMinute: 1, PersonBurst: 2}}, ferry())
	ann, ben := b.Person("Ann"), b.Person("Ben")
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
	b.Answer(q)
	b.Edit(q.ID, fakediscord.Mention+shipCost)
	b.answeredAgain(t, q, millions)
	b.Edit(q.ID, fakediscord.Mention+whenRun)
	b.Ask(ben, "", shipCost)
	b.answeredAgain(t, q, millions)
}

func TestDeletedQuestionHasItsAnswerDeleted(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	dm := b.DM(ann)
	var asked []fakediscord.Message
	for range 3 {
		q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
		b.Answer(q)
		asked = append(asked, q)
	}
	kept := b.Ask(ann, "", whenRun)
	direct := b.Send(fakediscord.Message{Author: &ann, ChannelID: dm, Content: whenRun})
	b.Answer(direct)

	b.Delete(asked[0].ID)
	b.await(t, "one answer to go", func() bool { return len(b.fromBot("")) == 3 })
	b.Delete(asked[1].ID, asked[2].ID)
	b.await(t, "two more answers to go", func() bool { return len(b.fromBot("")) == 1 })
	if left := b.fromBot("")[0]; left.ID != kept.ID {
		t.Error("the wrong answers were deleted")
	}
	b.Delete(direct.ID)
	b.await(t, "the direct answer to go", func() bool { return len(b.fromBot(dm)) == 0 })
	// What was deleted is no part of what is asked next.
	next := b.Send(fakediscord.Message{Author: &ann, ChannelID: dm, Content: "And the cost?"})
	b.Answer(next)
	if got := told(b.before(t, next)); got != "" {
		t.Errorf("goes on from what was deleted: %q", got)
	}
	for _, r := range b.Requests() {
		if r.Method == "DELETE" && r.Status != 204 {
			t.Errorf("%s was refused", r.Path)
		}
	}
}

func TestOwnRoleIsTheBot(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{MessageContent: true})
	cfg := generous
	cfg.AnswerChannels = []string{f.Channel("ask-here")} // for the intent
	b := work(t, f, cfg, ferry())
	ann := b.Person("Ann")
	for range 2 {
		expect(t, b.Answer(b.Send(fakediscord.Message{Author: &ann, Content: "<@&" + fakediscord.BotRoleID + "> " + whenRun})), batteries)
	}
	asked := 0
	for _, r := range b.Requests() {
		if strings.HasSuffix(r.Path, "/roles") {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("Discord was asked for roles %d times", asked)
	}
}

// TestOwnRoleUnseen: without the intent, Discord may withhold what is written to a role.
func TestOwnRoleUnseen(t *testing.T) {
	b := start(t, ferry())
	ann := b.Person("Ann")
	expect(t, b.Answer(b.Send(fakediscord.Message{Author: &ann, Content: "<@&" + fakediscord.BotRoleID + "> " + whenRun})), "Please mention me myself")
}
