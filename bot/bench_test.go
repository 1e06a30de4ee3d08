package bot

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

// BenchmarkMention measures what the bot adds to the engine's time, from the event to the request that answers it: "added-p50-ns".
func BenchmarkMention(b *testing.B) {
	h, s, sent := benchmarked(b)
	question := answer.Question{Text: whenRun, Top: passagesKept}
	var added []time.Duration
	for b.Loop() {
		m := mention("<@42> " + whenRun)
		start := time.Now()
		h.onMessage(context.Background(), s, m)
		took := sent.at.Sub(start)
		start = time.Now()
		if _, err := h.engine.Ask(context.Background(), question, nil); err != nil {
			b.Fatal(err)
		}
		added = append(added, took-time.Since(start))
	}
	slices.Sort(added)
	b.ReportMetric(float64(added[len(added)/2]), "added-p50-ns")
	b.ReportMetric(float64(added[len(added)*99/100]), "added-p99-ns")
}

func BenchmarkRenderAnswer(b *testing.B) {
	a := ferryAnswer()
	for b.Loop() {
		renderAnswer(a, asked{question: whenRun}).message(nil)
	}
}

func BenchmarkRenderGiantSentence(b *testing.B) {
	a := answer.Answer{Verdict: answer.Answered, Passages: []answer.Passage{passage(long(), 2, 1, "Zoe Last")}}
	for b.Loop() {
		renderAnswer(a, asked{}).message(nil)
	}
}

// wire takes the bot's requests and answers each with a message.
type wire struct{ at time.Time }

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.at = time.Now()
	body := []byte(`{"id":"2","channel_id":"5","author":{"id":"42","username":"citebot","bot":true}}`)
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

func mention(text string) *discordgo.Message {
	return &discordgo.Message{
		ID: "1", ChannelID: "5", GuildID: "6", Content: text, Author: &discordgo.User{ID: "7", Username: "Ann"},
		Mentions: []*discordgo.User{{ID: "42"}},
	}
}

func benchmarked(b *testing.B) (*handler, *discordgo.Session, *wire) {
	b.Helper()
	engine, quotes := newEngine(b, ferry())
	h := newHandler(generous, engine, quotes, slog.New(slog.DiscardHandler))
	h.setSelf(&discordgo.User{ID: "42"})
	s, err := discordgo.New("Bot x")
	if err != nil {
		b.Fatal(err)
	}
	w := new(wire)
	s.Client = &http.Client{Transport: w}
	return h, s, w
}
