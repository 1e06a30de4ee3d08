package bot

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/quote"
)

// deferAfter is when an interaction that has no response yet is deferred: Discord waits for 3 s, and the network needs some.
const deferAfter = 1500 * time.Millisecond

// handler answers what people write and press. Its only state is what Discord would tell it again: it is safe to lose, and
// safe for concurrent use.
type handler struct {
	engine  *answer.Engine
	quotes  *quote.Finder
	log     *slog.Logger
	limits  Limits
	limiter *limiter

	answerChannels map[string]bool
	logQuestions   bool
	deferAfter     time.Duration

	self     atomic.Pointer[discordgo.User]
	messages *cache[string, chainMessage] // by message ID
	latest   *cache[string, string]       // channel and person > ID of the bot's last answer to them there
	threads  *cache[string, bool]         // by channel ID
	commands *cache[string, commandIDs]   // by application and server
}

func newHandler(cfg Config, engine *answer.Engine, quotes *quote.Finder, log *slog.Logger) *handler {
	h := &handler{
		engine:         engine,
		quotes:         quotes,
		log:            log,
		limits:         cfg.Limits.withDefaults(),
		answerChannels: map[string]bool{},
		logQuestions:   cfg.LogQuestions,
		deferAfter:     deferAfter,
		messages:       newCache[string, chainMessage](10*time.Minute, 10_000),
		latest:         newCache[string, string](10*time.Minute, 10_000),
		threads:        newCache[string, bool](time.Hour, 10_000),
		commands:       newCache[string, commandIDs](time.Hour, 1000),
	}
	h.limiter = newLimiter(h.limits)
	go func() {
		if err := quotes.Prepare(); err != nil {
			log.Warn("no quotations to suggest", "error", err)
		}
	}()
	for _, id := range cfg.AnswerChannels {
		h.answerChannels[id] = true
	}
	return h
}

// setSelf tells who the bot is. Until then it cannot know that it is mentioned, and stays silent.
func (h *handler) setSelf(u *discordgo.User) { h.self.Store(u) }

// ask answers a question and logs that it did.
func (h *handler) ask(ctx context.Context, where string, q answer.Question, c answer.Conversation) (answer.Answer, error) {
	start := time.Now()
	q.Top = mostPassages
	a, err := h.engine.Ask(ctx, q, c)
	fields := []any{"where", where, "turns", len(c), "took", time.Since(start)}
	if h.logQuestions {
		fields = append(fields, "question", q.Text)
	}
	if err != nil {
		h.log.ErrorContext(ctx, "question not answered", append(fields, "error", err)...)
		return a, err
	}
	h.log.InfoContext(ctx, "question", append(fields, "verdict", a.Verdict.String(), "confidence", a.Confidence)...)
	return a, nil
}

// sorry is what people are told when the engine fails.
const sorry = "Something went wrong on my side. Please try again."
