package bot

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// outcome is what an interaction comes to: exactly one of its fields but more.
type outcome struct {
	reply   *reply
	more    []reply // after reply
	modal   *discordgo.InteractionResponseData
	choices []*discordgo.ApplicationCommandOptionChoice // nil if this is no autocompletion
}

func shown(r reply) outcome { return outcome{reply: &r} }

// refused is a plain sentence for the asker alone.
func refused(text string) outcome { return shown(sayPrivately(text)) }

// onInteraction answers a command, a button, a form or an autocompletion.
func (h *handler) onInteraction(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) {
	if i == nil {
		return
	}
	plan := h.plan(i)
	if plan.work == nil {
		h.log.WarnContext(ctx, "unknown interaction", "type", int(i.Type), "interaction", i.ID)
		return
	}
	h.carryOut(ctx, s, i, plan)
}

// completionPatience is how many times longer suggestions may take than other responses before an empty list stands in for them,
// which is worth little.
const completionPatience = 6

// carryOut does the work of a plan and answers with what it comes to, in time.
func (h *handler) carryOut(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, plan plan) {
	r := &responder{h: h, ctx: ctx, s: s, i: i, late: plan.late, inPlace: plan.inPlace}
	after := h.deferAfter
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		after *= completionPatience
	}
	timer := time.AfterFunc(after, r.deferResponse)
	defer func() {
		timer.Stop()
		if p := recover(); p != nil {
			r.finish(refused(sorry))
			panic(p) // for whoever called to log
		}
	}()
	r.finish(plan.work(ctx, s))
}

// plan says how to answer an interaction, before anything that takes time.
type plan struct {
	work    func(ctx context.Context, s *discordgo.Session) outcome // nil for an interaction that is none of ours
	late    *discordgo.InteractionResponse                          // the first response if work takes long; nil if nothing can stand in for it
	inPlace bool                                                    // the reply takes the place of the message with the button
}

// plan looks at an interaction without trusting that its data is of the type it says.
func (h *handler) plan(i *discordgo.Interaction) plan {
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		data, _ := i.Data.(discordgo.ApplicationCommandInteractionData)
		return h.planAutocomplete(data)
	}
	user := userOf(i)
	// The next question there without a reply may go on from what this is going to show.
	h.latest.remove(i.ChannelID + " " + user.ID)
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return h.limited(i, user, h.planCommand(i, data))
	case discordgo.MessageComponentInteractionData:
		return h.limited(i, user, h.planButton(i, user, data))
	case discordgo.ModalSubmitInteractionData:
		return h.limited(i, user, h.planModal(i, data))
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		return refusal(noteNotUnderstood) // its data could not be decoded
	}
	return plan{}
}

// noteNotUnderstood answers what is of a known kind but not of a known form.
const noteNotUnderstood = "I did not understand that. `/help` says what I can do."

// refusal is a plan to say a plain sentence to the asker alone.
func refusal(text string) plan {
	return plan{late: later(true), work: func(context.Context, *discordgo.Session) outcome { return refused(text) }}
}

// limited puts a refusal in the place of p's work if the person or the server asks too much.
func (h *handler) limited(i *discordgo.Interaction, user *discordgo.User, p plan) plan {
	wait := h.limiter.wait(user.ID, i.GuildID)
	if wait == 0 {
		return p
	}
	h.log.Info("rate limit", "where", "interaction", "interaction", i.ID)
	return refusal(slowDown(wait))
}

// userOf is who acted, in a server or outside; nobody if the event does not say.
func userOf(i *discordgo.Interaction) *discordgo.User {
	if i.Member != nil && i.Member.User != nil {
		return i.Member.User
	}
	if i.User != nil {
		return i.User
	}
	return &discordgo.User{}
}

// later defers a new message.
func later(private bool) *discordgo.InteractionResponse {
	r := reply{private: private}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: r.flags(), AllowedMentions: noMentions()},
	}
}

// apologyTime is how long the bot may take to say that it has run out of time.
const apologyTime = 2 * time.Second

// responder sees that an interaction gets one first response, in time, and that what comes later is added to it rightly.
type responder struct {
	h       *handler
	ctx     context.Context
	s       *discordgo.Session
	i       *discordgo.Interaction
	late    *discordgo.InteractionResponse
	inPlace bool

	mu       sync.Mutex // held while a response is on its way
	deferred bool
	finished bool
}

// deferResponse makes the first response if there is none yet. It runs on a goroutine of its own.
func (r *responder) deferResponse() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finished || r.deferred || r.late == nil || r.ctx.Err() != nil {
		return
	}
	r.deferred = true
	r.log("deferral", respond(r.ctx, r.s, r.i, r.late))
}

// finish sends the outcome: as the first response, or in place of the deferral.
func (r *responder) finish(o outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finished {
		return
	}
	r.finished = true
	if r.ctx.Err() != nil { // the work took all the time there was; saying so needs some more
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), apologyTime)
		defer cancel()
		r.ctx = ctx
	}
	switch {
	case o.reply == nil && r.deferred:
		// An autocompletion that came too late, or a form that cannot be shown any more.
	case o.modal != nil:
		r.log("modal", respond(r.ctx, r.s, r.i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: o.modal}))
	case o.reply == nil:
		r.log("choices", respond(r.ctx, r.s, r.i, choicesResponse(o.choices)))
	case r.deferred && r.inPlace && o.reply.private && o.reply.embed == nil:
		r.log("reply", add(r.ctx, r.s, r.i, *o.reply)) // a refusal must not wipe out what the message shows
	case r.deferred:
		r.log("reply", amend(r.ctx, r.s, r.i, *o.reply))
	case r.inPlace && o.reply.embed != nil:
		o.reply.private = false // the message keeps its readers
		r.log("reply", respond(r.ctx, r.s, r.i, o.reply.response(discordgo.InteractionResponseUpdateMessage)))
	default:
		r.log("reply", respond(r.ctx, r.s, r.i, o.reply.response(discordgo.InteractionResponseChannelMessageWithSource)))
	}
	for _, more := range o.more {
		r.log("further reply", add(r.ctx, r.s, r.i, more))
	}
}

func (r *responder) log(what string, err error) {
	switch {
	case err == nil:
	case hasCode(err, discordgo.ErrCodeUnknownInteraction), hasCode(err, discordgo.ErrCodeUnknownWebhook):
		r.h.log.InfoContext(r.ctx, "interaction expired", "what", what, "interaction", r.i.ID)
	default:
		r.h.log.WarnContext(r.ctx, "interaction not answered", "what", what, "interaction", r.i.ID, "error", err)
	}
}

func choicesResponse(choices []*discordgo.ApplicationCommandOptionChoice) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: choices},
	}
}

// optionText is the value of a command's option of type string, without space around it; "" if it is missing or of another type.
func optionText(data discordgo.ApplicationCommandInteractionData, name string) string {
	o := data.GetOption(name)
	if o == nil {
		return ""
	}
	value, _ := o.Value.(string)
	return strings.TrimSpace(value)
}

// optionTrue is the value of a command's option of type boolean.
func optionTrue(data discordgo.ApplicationCommandInteractionData, name string) bool {
	o := data.GetOption(name)
	if o == nil {
		return false
	}
	value, _ := o.Value.(bool)
	return value
}
