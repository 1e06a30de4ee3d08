package bot

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

// passagesKept is how many passages an answer carries in its buttons, as far as they fit.
const passagesKept = 10

// deferAfter is when an interaction that has no response yet is deferred: Discord waits for 3 s, and the network needs some.
const deferAfter = 1500 * time.Millisecond

// handler answers what people write and press. Its only state is what Discord would tell it again: it is safe to lose, and
// safe for concurrent use.
type handler struct {
	engine  *answer.Engine
	log     *slog.Logger
	limits  Limits
	limiter *limiter

	answerChannels map[string]bool
	logQuestions   bool
	deferAfter     time.Duration

	self     atomic.Pointer[discordgo.User]
	messages *recent[string, said]   // by message ID
	latest   *recent[string, string] // channel and person > ID of the bot's last answer to them there
	threads  *recent[string, bool]   // by channel ID
}

func newHandler(cfg Config, engine *answer.Engine, log *slog.Logger) *handler {
	h := &handler{
		engine:         engine,
		log:            log,
		limits:         cfg.Limits.withDefaults(),
		answerChannels: map[string]bool{},
		logQuestions:   cfg.LogQuestions,
		deferAfter:     deferAfter,
		messages:       newRecent[string, said](10*time.Minute, 10_000),
		latest:         newRecent[string, string](10*time.Minute, 10_000),
		threads:        newRecent[string, bool](time.Hour, 10_000),
	}
	h.limiter = newLimiter(h.limits)
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
	q.Top = passagesKept
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
