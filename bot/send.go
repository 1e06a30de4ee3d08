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

// send answers m as far as its channel allows: without the reference to it, or as text, if need be. It is nil if nothing was sent,
// which is logged, but once only for each channel in which nothing may be.
func (h *handler) send(ctx context.Context, s *discordgo.Session, m *discordgo.Message, r reply) *discordgo.Message {
	return h.within(ctx, s, m.ChannelID, r, func(ctx context.Context, r reply, missing int64, before *discordgo.Message) (*discordgo.Message, error) {
		if before != nil {
			return editMessage(ctx, s, m.ChannelID, before.ID, r)
		}
		return answerMessage(ctx, s, m, r, missing&discordgo.PermissionReadMessageHistory == 0)
	})
}

// revise puts r in place of what the bot's message with that ID says, as far as the channel allows. It is nil if that failed.
func (h *handler) revise(ctx context.Context, s *discordgo.Session, channelID, id string, r reply) *discordgo.Message {
	return h.within(ctx, s, channelID, r, func(ctx context.Context, r reply, _ int64, _ *discordgo.Message) (*discordgo.Message, error) {
		return editMessage(ctx, s, channelID, id, r)
	})
}

// within tries to say r in a channel, each time without what turned out to be missing there, and remembers that. Where Discord
// took the message but not its embed, the next try gets that message.
func (h *handler) within(ctx context.Context, s *discordgo.Session, channelID string, r reply,
	try func(ctx context.Context, r reply, missing int64, before *discordgo.Message) (*discordgo.Message, error)) *discordgo.Message {
	if ctx.Err() != nil { // answering took all the time there was; saying so needs some more
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), apologyTime)
		defer cancel()
	}
	believed := h.shortfalls.missing(channelID)
	missing := believed
	var sent *discordgo.Message
	var err error
	for missing&unsendable == 0 {
		if missing&discordgo.PermissionEmbedLinks != 0 {
			r = r.asText()
		}
		sent, err = try(ctx, r, missing, sent)
		lacking := missingBy(err, sent, r, missing)
		if lacking == 0 {
			break
		}
		missing |= lacking
	}
	if missing&unsendable != 0 { // whether an embed would have been taken is not known then
		missing &= unsendable
		if missing == discordgo.PermissionSendMessages && h.isThread(ctx, s, channelID) {
			missing = discordgo.PermissionSendMessagesInThreads
		}
		sent, err = nil, nil
	}
	if err == nil && (missing != believed || missing == 0) {
		if news := h.shortfalls.note(channelID, missing); news != 0 {
			h.log.WarnContext(ctx, "a channel does not allow all that the bot needs; /about says what, to whoever manages the server",
				"channel", channelID, "missing", permissionNames(news), "answers", consequence(missing))
		}
	}
	if err != nil {
		h.log.WarnContext(ctx, "no answer sent", "channel", channelID, "error", err)
	}
	return sent
}

// consequence is what becomes of answers where these permissions are missing.
func consequence(missing int64) string {
	switch {
	case missing&unsendable != 0:
		return "none"
	case missing&discordgo.PermissionEmbedLinks != 0:
		return "as text"
	}
	return "not as replies"
}

// answerMessage sends r to m's channel, as a reply to m if it may. The nonce makes Discord take the message once only, however
// often it is sent.
func answerMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message, r reply, mayReply bool) (*discordgo.Message, error) {
	var reference *discordgo.MessageReference
	if mayReply {
		reference = m.SoftReference() // an ordinary message where m was deleted meanwhile
	}
	body := struct {
		*discordgo.MessageSend
		Nonce        string `json:"nonce"`
		EnforceNonce bool   `json:"enforce_nonce"`
	}{r.message(reference), m.ID, true}
	endpoint := discordgo.EndpointChannelMessages(m.ChannelID)
	sent, err := write(ctx, s, http.MethodPost, endpoint, endpoint, body)
	if err != nil {
		return nil, fmt.Errorf("answer a message: %w", err)
	}
	return sent, nil
}

// editMessage puts r in place of what the bot's message with that ID says.
func editMessage(ctx context.Context, s *discordgo.Session, channelID, id string, r reply) (*discordgo.Message, error) {
	sent, err := write(ctx, s, http.MethodPatch, discordgo.EndpointChannelMessage(channelID, id), discordgo.EndpointChannelMessage(channelID, ""), r.edit())
	if err != nil {
		return nil, fmt.Errorf("edit an answer: %w", err)
	}
	return sent, nil
}

// takeBack deletes the bot's message with that ID, unless somebody else has.
func takeBack(ctx context.Context, s *discordgo.Session, channelID, id string) error {
	err := retry(ctx, func() error {
		_, err := s.RequestWithBucketID(http.MethodDelete, discordgo.EndpointChannelMessage(channelID, id), nil,
			discordgo.EndpointChannelMessage(channelID, ""), options(ctx)...)
		return err
	})
	if err == nil || hasCode(err, discordgo.ErrCodeUnknownMessage) {
		return nil
	}
	return fmt.Errorf("delete an answer: %w", withoutURL(err))
}

// write makes a request that Discord answers with a message.
func write(ctx context.Context, s *discordgo.Session, method, address, bucket string, body any) (*discordgo.Message, error) {
	var sent []byte
	err := retry(ctx, func() (err error) {
		sent, err = s.RequestWithBucketID(method, address, body, bucket, options(ctx)...)
		return err
	})
	if err != nil {
		return nil, withoutURL(err)
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
