package bot

import (
	"encoding/json"
	"log/slog"
	"reflect"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// events hands what happens at Discord to whoever handles it, as discordgo's types. Nothing that Discord sends can end it.
type events struct {
	handlers map[string][]func(json.RawMessage) // by Discord's name of the event
	log      *slog.Logger
}

// subscriber is where handlers of events are added: events, or a session of discordgo's.
type subscriber interface {
	AddHandler(handler any) (remove func())
}

func newEvents(log *slog.Logger) *events {
	return &events{handlers: map[string][]func(json.RawMessage){}, log: log}
}

// newWord is where a name in CamelCase has the next word.
var newWord = regexp.MustCompile(`([a-z])([A-Z])`)

// AddHandler makes handler, a func(*discordgo.Session, *discordgo.E), take every event E; its session is nil. It must not
// block. All handlers are there before the first event and stay: what is returned does nothing.
func (e *events) AddHandler(handler any) func() {
	h := reflect.ValueOf(handler)
	kind := h.Type().In(1).Elem()
	name := strings.ToUpper(newWord.ReplaceAllString(kind.Name(), "${1}_$2"))
	noSession := reflect.ValueOf((*discordgo.Session)(nil))
	e.handlers[name] = append(e.handlers[name], func(data json.RawMessage) {
		event := reflect.New(kind)
		if err := decodeInto(data, event); err != nil {
			e.log.Debug("an event was not understood", "event", name, "error", err)
			return
		}
		h.Call([]reflect.Value{noSession, event})
	})
	return func() {}
}

// deliver hands over an event.
func (e *events) deliver(name string, data json.RawMessage) {
	for _, handle := range e.handlers[name] {
		e.safely(name, func() { handle(data) })
	}
}

func (e *events) safely(name string, do func()) {
	defer func() {
		if p := recover(); p != nil {
			e.log.Error("an event was not handled", "event", name, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	do()
}
