package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// tries is how often a request is made that Discord did not take.
const tries = 4

// answerMessage sends r as a reply to m. The nonce makes Discord take the message once only, however often it is sent.
func (h *handler) answerMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message, r reply) (*discordgo.Message, error) {
	// SoftReference makes it an ordinary message where m was deleted meanwhile.
	body := struct {
		*discordgo.MessageSend
		Nonce        string `json:"nonce"`
		EnforceNonce bool   `json:"enforce_nonce"`
	}{r.message(m.SoftReference()), m.ID, true}
	endpoint := discordgo.EndpointChannelMessages(m.ChannelID)
	var sent []byte
	err := retry(ctx, func() (err error) {
		sent, err = s.RequestWithBucketID(http.MethodPost, endpoint, body, endpoint, options(ctx)...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("answer a message: %w", withoutURL(err))
	}
	var message discordgo.Message
	if err := json.Unmarshal(sent, &message); err != nil {
		return nil, fmt.Errorf("read the message that was sent: %w", err)
	}
	return &message, nil
}

// respond is the first response to an interaction. Discord takes one only, so it may be sent again.
func respond(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	first := true
	err := retry(ctx, func() error {
		err := request(ctx, s, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), r)
		if !first && hasCode(err, discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged) {
			return nil // the try before had reached Discord after all
		}
		first = false
		return err
	})
	if err != nil {
		return fmt.Errorf("respond to an interaction: %w", err)
	}
	return nil
}

// amend puts r in place of the first response.
func amend(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, r reply) error {
	endpoint := discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original")
	if err := retry(ctx, func() error { return request(ctx, s, http.MethodPatch, endpoint, r.edit()) }); err != nil {
		return fmt.Errorf("amend a response: %w", err)
	}
	return nil
}

// add sends r after the first response. It is tried once: Discord would take it twice.
func add(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, r reply) error {
	if err := request(ctx, s, http.MethodPost, discordgo.EndpointWebhookToken(i.AppID, i.Token), r.followup()); err != nil {
		return fmt.Errorf("add to a response: %w", err)
	}
	return nil
}

// request sends a body to an address of an interaction. Each such address is used for minutes only and has no rate limit of
// its own, so it gets a bucket of its own that goes with it: the session would keep one for ever.
func request(ctx context.Context, s *discordgo.Session, method, address string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	bucket := discordgo.NewRatelimiter().LockBucket("")
	_, err = s.RequestWithLockedBucket(method, address, "application/json", data, bucket, 0, options(ctx)...)
	return withoutURL(err)
}

// options make a request end with ctx, and leave trying again to retry.
func options(ctx context.Context) []discordgo.RequestOption {
	return []discordgo.RequestOption{
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0),
	}
}

// retry does do until it succeeds, fails for good, or ctx ends. It waits as long as Discord asks, else longer each time.
func retry(ctx context.Context, do func() error) error {
	pause := 100 * time.Millisecond
	for try := 1; ; try++ {
		err := do()
		if err == nil || try == tries || isFinal(err) {
			return err
		}
		wait := pause
		if met := (limit{}); errors.As(withoutURL(err), &met) && met.retryAfter > 0 {
			wait = met.retryAfter
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return err
		}
		pause *= 3
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return err
		}
	}
}

// withoutURL takes out of an error the address that was asked for: those of interactions hold a token.
func withoutURL(err error) error {
	if failed := new(url.Error); errors.As(err, &failed) {
		return failed.Err
	}
	if limited := new(discordgo.RateLimitError); errors.As(err, &limited) {
		return limit{limited.RetryAfter}
	}
	return err
}

// limit is a rate limit that was met.
type limit struct{ retryAfter time.Duration }

func (l limit) Error() string { return "rate limited for " + l.retryAfter.String() }

// isFinal reports whether Discord would say the same again.
func isFinal(err error) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError &&
		refused.Response.StatusCode != http.StatusTooManyRequests
}

// hasCode reports whether err is Discord's error with that number.
func hasCode(err error, code int) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Message != nil && refused.Message.Code == code
}
