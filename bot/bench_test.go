package bot

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/quote"
)

// BenchmarkMention measures what the bot adds to the engine's time, from the event to the request that answers it: "added-p50-ns".
func BenchmarkMention(b *testing.B) {
	h, s, sent := benchmarked(b)
	question := answer.Question{Text: whenRun, Top: mostPassages}
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

// BenchmarkAutocomplete measures suggestions while something is typed, letter by letter, with 10,000 articles: "p99-ms".
func BenchmarkAutocomplete(b *testing.B) {
	library, err := index.New(archive(10_000), nil, index.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { library.Close() })
	h := newHandler(generous, answer.New(library, nil), quote.New(library), slog.New(slog.DiscardHandler))
	typed := "warden goha bri"
	for _, option := range []string{passageOption, aboutOption, speakerOption, articleOption} {
		b.Run(option, func(b *testing.B) {
			var took []time.Duration
			n := 0
			for i := 0; b.Loop(); i++ {
				o := &discordgo.ApplicationCommandInteractionDataOption{Name: option, Type: discordgo.ApplicationCommandOptionString, Value: typed[:1+i%len(typed)], Focused: true}
				data := discordgo.ApplicationCommandInteractionData{Options: []*discordgo.ApplicationCommandInteractionDataOption{o}}
				start := time.Now()
				n = max(n, len(h.suggest(context.Background(), data)))
				if i > 0 { // the first builds the index of quotations, which the bot does as it starts
					took = append(took, time.Since(start))
				}
			}
			if len(took) == 0 {
				return
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(n), "choices")
		})
	}
}

// archive is n articles in words of a made-up language, of which few are frequent and most are rare, as in any.
func archive(n int) []*corpus.Article {
	random := rand.New(rand.NewPCG(1, 2))
	frequent := rand.NewZipf(random, 1.1, 3, 40_000)
	syllables := []string{"wa", "rden", "go", "ha", "bri", "ton", "se", "mi", "lo", "ka", "re", "stu", "pel", "an", "ode", "fi"}
	word := func() string {
		var w strings.Builder
		for k := frequent.Uint64() + 20; k > 0; k /= uint64(len(syllables)) {
			w.WriteString(syllables[k%uint64(len(syllables))])
		}
		return w.String()
	}
	words := func(n int) string {
		all := make([]string, n)
		for i := range all {
			all[i] = word()
		}
		return strings.Join(all, " ")
	}
	articles := make([]*corpus.Article, n)
	for i := range articles {
		var paragraphs []string
		for range 5 {
			paragraphs = append(paragraphs, "The "+words(12)+". A "+words(12)+". It "+words(9)+".")
		}
		for range 2 {
			paragraphs = append(paragraphs, "“We "+words(10)+",” said Ann K"+word()+". “They "+words(8)+".”")
		}
		articles[i] = corpus.New(corpus.Article{ID: fmt.Sprint("a", i), Title: words(6)}, paragraphs)
	}
	return articles
}
