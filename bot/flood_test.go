package bot

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"text/tabwriter"
	"time"

	"citebot/answer"
	"citebot/corpus"
	"citebot/internal/fakediscord"
	"citebot/quote"
)

// flood is many people asking at once in many channels, of a Discord whose rate limits hold, and commands in between.
type flood struct {
	*fakediscord.Server
	channels []string
	people   []fakediscord.User
	asked    []fakediscord.Message
	commands []*fakediscord.Exchange
}

func newFlood(t testing.TB, channels, people int) *flood {
	f := &flood{Server: fakediscord.New(t, fakediscord.Options{RateLimits: true, FirstResponse: 3 * time.Second, Patience: 2 * time.Minute})}
	for n := range channels {
		if n%5 == 0 { // servers of different sizes
			_, channel := f.Guild(fakediscord.Shard{Count: 1})
			f.channels = append(f.channels, channel)
		} else {
			f.channels = append(f.channels, f.Channel("busy"))
		}
	}
	for n := range people {
		f.people = append(f.people, f.Person(fmt.Sprint("Person ", n)))
	}
	return f
}

// run starts a bot that answers from the engine; stop ends it.
func (f *flood) run(t testing.TB, engine *answer.Engine, quotes *quote.Finder) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, hurried(f.Server), engine, quotes, slog.New(slog.DiscardHandler)) }()
	f.Connected()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// mention asks as the nth message of a channel; one person in each channel asks a third of all.
func (f *flood) mention(channel, n int, question string) {
	who := f.people[(channel*7+n)%len(f.people)]
	if n%3 == 0 {
		who = f.people[channel%len(f.people)]
	}
	f.asked = append(f.asked, f.Send(fakediscord.Message{Author: &who, ChannelID: f.channels[channel], Content: fakediscord.Mention + question}))
}

func (f *flood) command(n int, question string) {
	f.commands = append(f.commands, f.Interact(fakediscord.Interaction{
		User: f.people[n%len(f.people)], ChannelID: f.channels[n%len(f.channels)], Command: "ask", Options: map[string]any{"question": question},
	}))
}

// fates are what has become of the questions, as people see it.
type fates struct {
	answered, skipped int // of the questions in channels
	unaccounted       int // neither answered, nor is the asker told that it is skipped
	twice             int // both, or either twice
	acknowledged      []time.Duration
	commandsAnswered  int
	commandsRefused   int // told to ask again
	limited           int // requests that a rate limit refused
}

// settled reports whether every question has its fate.
func (got fates) settled(f *flood) bool {
	return got.unaccounted == 0 && got.commandsAnswered+got.commandsRefused == len(f.commands)
}

var skippedOf = regexp.MustCompile(`(\d+)(?: questions?)? of <@(\d+)>`)

// fates looks at what people see.
func (f *flood) fates() fates {
	var got fates
	open := map[string]int{} // channel and person > questions
	for _, m := range f.asked {
		open[m.ChannelID+" "+m.Author.ID]++
	}
	for _, channel := range f.channels {
		for _, m := range f.History(channel) {
			if m.Body == nil || m.Interaction != nil {
				continue
			}
			to, _ := f.Message(m.Reference.MessageID)
			named := skippedOf.FindAllStringSubmatch(m.Content, -1)
			switch {
			case len(m.Embeds) > 0:
				got.answered++
				open[channel+" "+to.Author.ID]--
			case len(named) > 0:
				for _, p := range named {
					n, _ := strconv.Atoi(p[1])
					got.skipped += n
					open[channel+" "+p[2]] -= n
				}
			default: // told to ask again
				got.skipped++
				open[channel+" "+to.Author.ID]--
			}
		}
	}
	for _, n := range open {
		got.unaccounted += max(0, n)
		got.twice += max(0, -n)
	}
	for _, x := range f.commands {
		if x.Responded() {
			got.acknowledged = append(got.acknowledged, x.First().After)
		}
		if m, ok := x.Peek(); ok && len(m.Embeds) > 0 {
			got.commandsAnswered++
		} else if ok {
			got.commandsRefused++
		}
	}
	slices.Sort(got.acknowledged)
	for _, r := range f.Requests() {
		if r.Status == 429 {
			got.limited++
		}
	}
	return got
}

// TestFlood: of more questions than Discord lets answers out, each is answered or its asker told that it is skipped, every command
// is answered, and a channel with few questions does not wait for the busy one.
func TestFlood(t *testing.T) {
	t.Parallel()
	f := newFlood(t, 2, 40)
	engine, quotes := bundledEngine(t)
	stop := f.run(t, engine, quotes)
	for n := range 2 * channelWaiting {
		f.mention(0, n, karabakh)
		if n%20 == 0 {
			f.mention(1, n, karabakh)
			f.command(n, karabakh)
		}
	}
	// The answers of the busy channel would take half a minute more.
	var got fates
	if err := f.Wait(t.Context(), func() bool {
		got = f.fates()
		return got.commandsAnswered == len(f.commands) && got.skipped > 0 && len(f.answers(1)) == 3
	}); err != nil {
		t.Fatalf("%+v: %v", got, err)
	}
	stop()
	if got = f.fates(); got.twice > 0 {
		t.Errorf("%+v", got)
	}
}

func (f *flood) answers(channel int) (answers []fakediscord.Message) {
	for _, m := range f.History(f.channels[channel]) {
		if m.Body != nil && m.Interaction == nil && len(m.Embeds) > 0 {
			answers = append(answers, m)
		}
	}
	return answers
}

// BenchmarkFlood prints what becomes of 50 channels' 10 questions a second for 30 s, with 10 commands a second in between, as a
// table. CITEBOT_FLOOD gives another number of seconds. It takes about a minute:
//
//	go test ./bot -run '^$' -bench Flood -benchtime 1x
func BenchmarkFlood(b *testing.B) {
	const channels, perSecond = 50, 10
	span := 30
	if s, err := strconv.Atoi(os.Getenv("CITEBOT_FLOOD")); err == nil {
		span = s
	}
	engine, quotes := newEngine(b, corpus.Bundled())
	questions := []string{karabakh, "How many people fled?", "Who said that they would restore peace?", "Where do the leaders meet?"}
	for b.Loop() {
		f := newFlood(b, channels, 2000)
		stop := f.run(b, engine, quotes)
		tick := time.NewTicker(time.Second / perSecond)
		began := time.Now()
		for n := range span * perSecond {
			<-tick.C
			for c := range channels {
				f.mention(c, n, questions[(n+c)%len(questions)])
			}
			f.command(n, questions[n%len(questions)])
		}
		tick.Stop()
		sent := time.Since(began)
		for !f.fates().settled(f) && time.Since(began) < time.Duration(span)*time.Second+2*time.Minute {
			<-time.After(time.Second) // the fake changes too often to look each time
		}
		settled := time.Since(began)
		got := f.fates()
		stop()
		at := func(p int) time.Duration {
			if len(got.acknowledged) == 0 {
				return 0
			}
			return got.acknowledged[(len(got.acknowledged)-1)*p/100].Round(time.Millisecond)
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		row := func(what string, value any) { fmt.Fprintf(w, "%s\t%v\n", what, value) }
		row("\nquestions in channels", fmt.Sprintf("%d in %s", len(f.asked), sent.Round(time.Second)))
		row("  answered", got.answered)
		row("  visibly skipped", got.skipped)
		row("  unaccounted for", got.unaccounted)
		row("  both, or twice", got.twice)
		row("commands", len(f.commands))
		row("  acknowledged", len(got.acknowledged))
		row("  after p50, p99, at most", fmt.Sprintf("%s, %s, %s", at(50), at(99), at(100)))
		row("  answered", got.commandsAnswered)
		row("  told to ask again", got.commandsRefused)
		row("requests refused by rate limits", got.limited)
		row("all settled after", settled.Round(time.Second))
		w.Flush()
		b.ReportMetric(float64(at(99)), "acknowledged-p99-ns")
		b.ReportMetric(float64(got.unaccounted+got.twice), "unaccounted")
	}
}
