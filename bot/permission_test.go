package bot

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"

	"citebot/corpus"
	"citebot/internal/fakediscord"
)

// logbook keeps what is logged, and makes those who wait for the fake look at it.
type logbook struct {
	buffer
	f *fakediscord.Server
}

func (l *logbook) Write(p []byte) (int, error) {
	n, err := l.buffer.Write(p)
	l.f.Poke()
	return n, err
}

// logging is a bench whose log can be read.
func logging(t *testing.T, f *fakediscord.Server, article *corpus.Article) (*bench, *logbook) {
	t.Helper()
	l := &logbook{f: f}
	h := newHandlerOn(t, generous, article)
	h.log = slog.New(slog.NewTextHandler(l, nil))
	b := &bench{Server: f, h: h}
	b.connect(t, generous, h.onInteraction)
	return b, l
}

// await waits until done reports true.
func (b *bench) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	if err := b.Wait(t.Context(), done); err != nil {
		t.Fatalf("waited for %s: %v", what, err)
	}
}

// surface is a way to talk to the bot. It prepares a place, lets somebody take permissions from the bot there, and then uses it;
// the result is what a person sees, nil for nothing.
type surface struct {
	name string
	use  func(deny func(channelID string)) *fakediscord.Message
}

// outcomeOf sends m and waits for what the bot says to it, in whatever form; nil once the bot has logged that it may not, or if it is
// never told of m.
func (s *permissionTable) outcomeOf(m fakediscord.Message) *fakediscord.Message {
	said := len(s.bench.fromBot(m.ChannelID))
	s.bench.Send(m)
	if s.unseen {
		s.bench.Ask(s.ann, s.bench.DM(s.ann), "What did the new ship cost?") // comes after m, and is answered
	} else {
		s.bench.await(s.t, "an answer or the reason for none", func() bool {
			none := regexp.MustCompile("channel=" + m.ChannelID + " missing=.* answers=none")
			return len(s.bench.fromBot(m.ChannelID)) > said || none.MatchString(s.log.String())
		})
	}
	own := s.bench.fromBot(m.ChannelID)
	if len(own) == said {
		return nil
	}
	return &own[said]
}

// permissionTable is what a table of cells is made with.
type permissionTable struct {
	t      *testing.T
	bench  *bench
	log    *logbook
	ann    fakediscord.User
	unseen bool // the bot is told of nothing
}

func (s *permissionTable) surfaces() []surface {
	b := s.bench
	ask := func(channelID, to string) *fakediscord.Message {
		m := fakediscord.Message{Author: &s.ann, ChannelID: channelID, Content: fakediscord.Mention + whenRun}
		if to != "" {
			m.Content, m.Reference = "What did the new ship cost?", &fakediscord.Reference{MessageID: to}
		}
		return s.outcomeOf(m)
	}
	return []surface{
		{"mention", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			deny(c)
			return ask(c, "")
		}},
		{"reply", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			first := b.Ask(s.ann, c, whenRun)
			deny(c)
			return ask(c, first.ID)
		}},
		{"direct message", func(func(string)) *fakediscord.Message {
			c := b.DM(s.ann)
			a := b.Answer(b.Send(fakediscord.Message{Author: &s.ann, ChannelID: c, Content: whenRun}))
			return &a
		}},
		{"thread", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			deny(c)
			return ask(b.Thread(c, "ferry"), "")
		}},
		{"forum post", func(deny func(string)) *fakediscord.Message {
			c := b.Forum("questions")
			deny(c)
			return ask(b.Thread(c, "ferry"), "")
		}},
		{"/ask", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			deny(c)
			a := b.Slash(s.ann, c, "ask", map[string]any{"question": whenRun})
			return &a
		}},
		{"/quote", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			deny(c)
			a := b.Slash(s.ann, c, "quote", map[string]any{"about": "smoke"})
			return &a
		}},
		{"button", func(deny func(string)) *fakediscord.Message {
			c := b.Channel("talk")
			first := b.Ask(s.ann, c, whenRun)
			deny(c)
			a := b.Press(s.ann, first, "Context").Message()
			return &a
		}},
	}
}

// inWords says in which form a person sees m.
func inWords(m *fakediscord.Message) string {
	if m == nil {
		return "nothing"
	}
	form := "text"
	if len(m.Embeds) > 0 {
		form = "embed"
	}
	switch {
	case m.Flags&fakediscord.Ephemeral != 0:
		return form + ", to them alone"
	case m.Interaction != nil:
		return form
	case m.Reference == nil:
		return form + ", no reply"
	}
	return form + " as a reply"
}

// TestPermissionTable keeps testdata/permissions.md: what people see of the bot where it lacks permissions.
func TestPermissionTable(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b, log := logging(t, f, quoting())
	s := &permissionTable{t: t, bench: b, log: log, ann: b.Person("Ann")}
	rows := []struct {
		name   string
		denied int64
	}{
		{"nothing", 0},
		{"Read Message History", fakediscord.ReadMessageHistory},
		{"Embed Links", fakediscord.EmbedLinks},
		{"Embed Links, Read Message History", fakediscord.EmbedLinks | fakediscord.ReadMessageHistory},
		{"Send Messages", fakediscord.SendMessages},
		{"Send Messages in Threads", fakediscord.SendMessagesInThreads},
		{"View Channel", fakediscord.ViewChannel},
		{"all of these", fakediscord.ViewChannel | fakediscord.SendMessages | fakediscord.SendMessagesInThreads | fakediscord.EmbedLinks | fakediscord.ReadMessageHistory},
	}
	var page strings.Builder
	surfaces := s.surfaces()
	page.WriteString("| missing |")
	for _, place := range surfaces {
		page.WriteString(" " + place.name + " |")
	}
	page.WriteString("\n|---|" + strings.Repeat("---|", len(surfaces)) + "\n")
	var forms []string
	texts := map[string]string{}
	for _, row := range rows {
		page.WriteString("| " + row.name + " |")
		for _, place := range surfaces {
			s.unseen = row.denied&fakediscord.ViewChannel != 0
			seen := place.use(func(channelID string) { f.Deny(channelID, row.denied) })
			form := inWords(seen)
			page.WriteString(" " + form + " |")
			key := form + ", in answer to a " + place.name
			if seen == nil || slices.Contains(forms, form) {
				continue
			}
			forms = append(forms, form)
			texts[form] = key + ":\n\n" + indented(*seen)
		}
		page.WriteString("\n")
	}
	for _, form := range forms {
		page.WriteString("\n" + texts[form])
	}
	golden(t, "permissions.md", page.String())
}

// indented is a message as the bot wrote it, as a block of code.
func indented(m fakediscord.Message) string {
	text := m.Content
	for _, e := range m.Embeds {
		if e.Author != nil {
			text += e.Author.Name + "\n"
		}
		text += e.Description + "\n"
	}
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n[" + strings.ReplaceAll(labels(m), ", ", "] [") + "]\n") {
		b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
	}
	return b.String()
}

// TestEmbedsDropped: Discord may also take a message and say nothing of the embed that it dropped.
func TestEmbedsDropped(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{StripEmbeds: true})
	f.Deny(fakediscord.ChannelID, fakediscord.EmbedLinks)
	b, log := logging(t, f, ferry())
	ann := b.Person("Ann")
	q := b.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + whenRun})
	b.await(t, "the text", func() bool { r := b.Replies(q); return len(r) == 1 && r[0].Content != "" })
	expect(t, b.Replies(q)[0], batteries, "¶1 s1")
	second := b.Ask(ann, "", "What did the new ship cost?") // as text at once
	expect(t, second, "41 million crowns")
	if n := strings.Count(log.String(), "level=WARN"); n != 1 {
		t.Errorf("%d warnings:\n%s", n, log)
	}
	if len(b.fromBot("")) != 2 {
		t.Error("answered twice")
	}
	b.Edit(q.ID, fakediscord.Mention+"What did the new ship cost?")
	b.await(t, "the edit", func() bool { return strings.Contains(visible(b.Replies(q)[0]), "41 million crowns") })
}

// TestEmptyMessageRefused: without buttons, a message whose embed is dropped is empty, and refused.
func TestEmptyMessageRefused(t *testing.T) {
	b := start(t, ferry())
	b.Fail(fakediscord.Failure{Method: "POST", Path: "/messages", Status: 400, Body: `{"message":"Cannot send an empty message","code":50006}`})
	a := b.Ask(b.Person("Ann"), "", whenRun)
	expect(t, a, batteries)
	if a.Content == "" || len(a.Embeds) > 0 {
		t.Errorf("not as text: %s", a.Body)
	}
}

// TestSilenceIsLoggedOnce, however much is asked where nothing may be said, and ends when it may.
func TestSilenceIsLoggedOnce(t *testing.T) {
	t.Parallel()
	f := fakediscord.New(t, fakediscord.Options{})
	b, log := logging(t, f, ferry())
	ann := b.Person("Ann")
	quiet, other := b.Channel("quiet"), b.Channel("other")
	f.Deny(quiet, fakediscord.SendMessages)
	for range 5 {
		b.Send(fakediscord.Message{Author: &ann, ChannelID: quiet, Content: fakediscord.Mention + whenRun})
	}
	b.await(t, "the log", func() bool { return strings.Contains(log.String(), "channel="+quiet) })
	b.Send(fakediscord.Message{Author: &ann, ChannelID: quiet, Content: fakediscord.Mention + whenRun})
	expect(t, b.Ask(ann, other, whenRun), batteries)
	if n := strings.Count(log.String(), "level=WARN"); n != 1 {
		t.Errorf("%d warnings:\n%s", n, log)
	}
	if n := len(b.fromBot(quiet)); n != 0 {
		t.Errorf("%d messages where none is allowed", n)
	}
	f.Deny(quiet, 0)
	b.h.shortfalls.note(quiet, 0) // as after a while
	expect(t, b.Ask(ann, quiet, whenRun), batteries)
}

// TestPermissionsOfStandings: as Discord's documentation counts them.
func TestPermissionsOfStandings(t *testing.T) {
	const view, send, embed, admin = fakediscord.ViewChannel, fakediscord.SendMessages, fakediscord.EmbedLinks, fakediscord.Administrator
	everyone, ours, other := role{ID: "1", Permissions: view | send}, role{ID: "2", Permissions: embed}, role{ID: "3", Permissions: admin}
	base := standing{guild: "1", self: "9", roles: []role{everyone, ours, other}, own: []string{"2"}}
	for _, tt := range []struct {
		name       string
		own        []string
		overwrites []overwrite
		want       int64
	}{
		{"roles only", []string{"2"}, nil, view | send | embed},
		{"no role of its own", nil, nil, view | send},
		{"administrator", []string{"3"}, []overwrite{{ID: "1", Deny: view}}, permissions},
		{"denied to everyone", []string{"2"}, []overwrite{{ID: "1", Deny: send}}, view | embed},
		{"denied to everyone, allowed to its role", []string{"2"}, []overwrite{{ID: "2", Allow: send}, {ID: "1", Deny: send}}, view | send | embed},
		{"a role it lacks", []string{"2"}, []overwrite{{ID: "3", Deny: view}}, view | send | embed},
		{"itself last", []string{"2"}, []overwrite{{ID: "9", Type: 1, Deny: embed}, {ID: "2", Allow: embed}}, view | send},
		{"somebody else", []string{"2"}, []overwrite{{ID: "8", Type: 1, Deny: embed}}, view | send | embed},
		{"allowed by one role, denied by another", []string{"2", "1"}, []overwrite{{ID: "2", Deny: send, Allow: send}}, view | send | embed},
	} {
		s := base
		s.own = tt.own
		if got := s.in(channel{Overwrites: tt.overwrites}); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, fmt.Sprint(permissionNames(got)), fmt.Sprint(permissionNames(tt.want)))
		}
	}
}
