package bot

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/quote"
)

// deferAfter is when an interaction that has no response yet is deferred. Discord waits for 3 s; people like to see sooner that
// something happens, and an answer for which nothing waits is there before.
const deferAfter = 250 * time.Millisecond

// goroutinesPerAnswer is how many goroutines the engine uses for one answer at most times.
const goroutinesPerAnswer = 2

// handler answers what people write and press. Its only state is what Discord would tell it again: it is safe to lose, and
// safe for concurrent use.
type handler struct {
	engine  *answer.Engine
	quotes  *quote.Finder
	log     *slog.Logger
	limits  Limits
	limiter *limiter
	turns   *turns // for the engine

	apiURL         string // where the bot is invited
	answerChannels map[string]bool
	logQuestions   bool
	deferAfter     time.Duration

	self     atomic.Pointer[discordgo.User]
	messages *cache[string, chainMessage] // by message ID
	latest   *cache[string, string]       // channel and person > ID of the bot's last answer to them there
	threads  *cache[string, bool]         // by channel ID
	commands *cache[string, commandIDs]   // by application and server
	ownRoles *cache[string, bool]         // role ID > whether Discord made it for the bot

	exchanges  *cache[string, *exchange] // by the question's message ID
	shortfalls *shortfalls
}

func newHandler(cfg Config, engine *answer.Engine, quotes *quote.Finder, log *slog.Logger) *handler {
	h := &handler{
		engine:         engine,
		quotes:         quotes,
		log:            log,
		limits:         cfg.Limits.withDefaults(),
		apiURL:         cmp.Or(cfg.APIURL, discordURL),
		answerChannels: map[string]bool{},
		logQuestions:   cfg.LogQuestions,
		deferAfter:     deferAfter,
		messages:       newCache[string, chainMessage](10*time.Minute, 10_000),
		latest:         newCache[string, string](10*time.Minute, 10_000),
		threads:        newCache[string, bool](time.Hour, 10_000),
		commands:       newCache[string, commandIDs](time.Hour, 1000),
		ownRoles:       newCache[string, bool](time.Hour, 10_000),
		exchanges:      newCache[string, *exchange](exchangeSpan, exchangeSize),
		shortfalls:     newShortfalls(),
	}
	h.limiter = newLimiter(h.limits)
	h.turns = newTurns(max(1, runtime.GOMAXPROCS(0)/goroutinesPerAnswer))
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

// ask answers a question, when it is the asker's turn, and logs that it did.
func (h *handler) ask(ctx context.Context, where string, q answer.Question, c answer.Conversation) (answer.Answer, error) {
	start := time.Now()
	var waited time.Duration
	q.Top = mostPassages
	a, err := func() (answer.Answer, error) {
		done, err := h.turns.take(ctx)
		if err != nil {
			return answer.Answer{}, err
		}
		defer done()
		waited = time.Since(start)
		return h.engine.Ask(ctx, q, c)
	}()
	fields := []any{"where", where, "turns", len(c), "waited", waited, "took", time.Since(start)}
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

// excuse is what people are told for an error of the engine, or because there was no time for it.
func excuse(err error) string {
	if errors.Is(err, errNoTurn) {
		return slowDown(comeBack)
	}
	return sorry
}
