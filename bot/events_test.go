package bot

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// seeds are events as Discord sends them, of each kind that the bot handles.
var seeds = []struct{ event, data string }{
	{"MESSAGE_CREATE", `{"id":"1100000000000000005","type":0,"channel_id":"1100000000000000003","guild_id":"1100000000000000002","content":"<@42> When did Azerbaijan retake Karabakh?",
		"author":{"id":"7","username":"ann","global_name":"Ann","avatar":null,"discriminator":"0","public_flags":0},"member":{"roles":["9"],"joined_at":"2024-01-02T03:04:05.678000+00:00","nick":null,"mute":false,"deaf":false},
		"timestamp":"2025-08-07T10:00:00.000000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[{"id":"42","username":"citebot","bot":true}],
		"mention_roles":["1100000000000000009"],"attachments":[],"embeds":[],"pinned":false,"flags":0,"nonce":"1100000000000000006"}`},
	{"MESSAGE_CREATE", `{"id":"1100000000000000015","type":19,"channel_id":"1100000000000000003","content":"And how many fled?","author":{"id":"7","username":"ann"},"timestamp":"2025-08-07T10:01:00Z",
		"mentions":[],"message_reference":{"type":0,"message_id":"1100000000000000010","channel_id":"1100000000000000003"},
		"referenced_message":{"id":"1100000000000000010","type":19,"channel_id":"1100000000000000003","author":{"id":"42","username":"citebot","bot":true},"content":"","timestamp":"2025-08-07T10:00:01Z",
		"embeds":[{"type":"rich","author":{"name":"When?"},"description":"In **2023**.","footer":{"text":"1 of 2"},"fields":[{"name":"a","value":"b"}]}],
		"components":[{"type":1,"components":[{"type":2,"style":2,"label":"Follow up","custom_id":"a"},{"type":2,"style":5,"label":"Source","url":"https://example.org"}]}],
		"interaction_metadata":{"id":"1100000000000000008","type":3,"user":{"id":"7"},"interacted_message_id":"1100000000000000004","triggering_interaction_metadata":{"id":"1","type":2,"user":null}}}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000021","application_id":"42","type":2,"token":"t","version":1,"guild_id":"1100000000000000002","channel_id":"1100000000000000003",
		"channel":{"id":"1100000000000000003","type":0,"name":"general"},"member":{"user":{"id":"7","username":"ann"},"roles":[],"permissions":"2147483647","joined_at":"2024-01-02T03:04:05Z"},
		"locale":"en-GB","guild_locale":"en-US","context":0,"authorizing_integration_owners":{"0":"1100000000000000002"},"entitlements":[],"app_permissions":"274877959232",
		"data":{"id":"3","name":"ask","type":1,"guild_id":"1100000000000000002","options":[{"name":"question","type":3,"value":"When?"},{"name":"private","type":5,"value":true},{"name":"article","type":3,"value":"karabakh"}]}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000022","application_id":"42","type":2,"token":"t","channel_id":"1100000000000000003","user":{"id":"7","username":"ann"},"context":1,
		"data":{"id":"4","name":"Check against the articles","type":3,"target_id":"8","resolved":{"messages":{"8":{"id":"8","content":"Azerbaijan retook it.","author":{"id":"9"},"attachments":[],"embeds":[],"components":[]}}}}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000023","application_id":"42","type":2,"token":"t","channel_id":"3","user":{"id":"7"},"data":{"id":"4","name":"quote","type":1,"options":[{"name":"speaker","type":3,"value":"Trump"},{"name":"about","type":3,"value":"peace"}]}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000024","application_id":"42","type":2,"token":"t","channel_id":"3","user":{"id":"7"},"data":{"id":"4","name":"articles","type":1}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000025","application_id":"42","type":2,"token":"t","channel_id":"3","user":{"id":"7"},"data":{"id":"4","name":"help","type":1,"options":[]}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000026","application_id":"42","type":4,"token":"t","channel_id":"3","user":{"id":"7"},"data":{"id":"4","name":"quote","type":1,"options":[{"name":"speaker","type":3,"value":"Tr","focused":true}]}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000027","application_id":"42","type":3,"token":"t","channel_id":"3","guild_id":"2","member":{"user":{"id":"7"}},
		"message":{"id":"10","channel_id":"3","author":{"id":"42","bot":true},"embeds":[{"author":{"name":"When?"}}],"components":[{"type":1,"components":[{"type":2,"style":2,"label":"Context","custom_id":"c"}]}]},
		"data":{"custom_id":"c","component_type":2,"values":[]}}`},
	{"INTERACTION_CREATE", `{"id":"1100000000000000028","application_id":"42","type":5,"token":"t","channel_id":"3","user":{"id":"7"},"message":null,
		"data":{"custom_id":"m","components":[{"type":1,"components":[{"type":4,"custom_id":"question","value":"And when?"}]}]}}`},
	{"MESSAGE_UPDATE", `{"id":"1100000000000000005","channel_id":"3","guild_id":"2","content":"<@42> Who?","author":{"id":"7"},"edited_timestamp":"2025-08-07T10:02:00Z","mentions":[{"id":"42"}]}`},
	{"MESSAGE_DELETE", `{"id":"1100000000000000005","channel_id":"3","guild_id":"2"}`},
}

// strict is a log that fails the test when a handler has panicked.
type strict struct{ t testing.TB }

func (s strict) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }
func (s strict) WithAttrs([]slog.Attr) slog.Handler               { return s }
func (s strict) WithGroup(string) slog.Handler                    { return s }
func (s strict) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "panic" || a.Key == "stack" {
			s.t.Errorf("%s: %s", a.Key, a.Value)
		}
		return true
	})
	return nil
}

// obliging is a Discord that takes every request at once, and answers each with an empty list or a message.
type obliging struct{}

func (obliging) RoundTrip(r *http.Request) (*http.Response, error) {
	body := `{"id":"2","channel_id":"3","author":{"id":"42","bot":true}}`
	if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/messages") {
		body = `[]`
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// deliverTo gives an event to a bot as it comes from the gateway, and waits until that has handled it.
func deliverTo(t testing.TB, event string, data []byte) {
	engine, quotes := bundledEngine(t)
	log := slog.New(strict{t})
	cfg := generous
	cfg.AnswerChannels = []string{"1100000000000000003"}
	h := newHandler(cfg, engine, quotes, log)
	h.setSelf(&discordgo.User{ID: "42", Username: "citebot", Bot: true})
	s, err := discordgo.New("Bot x")
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &http.Client{Transport: obliging{}}
	d := newDispatch(t.Context(), s, h, log)
	e := newEvents(log)
	d.attach(e)
	e.deliver(event, data)
	if left := d.drain(time.Minute); left > 0 {
		t.Errorf("%d handlers go on", left)
	}
}

// FuzzEvents: whatever an event holds, no handler of it panics, and each ends.
func FuzzEvents(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed.event == "MESSAGE_CREATE", []byte(seed.data))
	}
	f.Fuzz(func(t *testing.T, message bool, data []byte) {
		event := "INTERACTION_CREATE"
		if message {
			event = "MESSAGE_CREATE"
		}
		deliverTo(t, event, data)
	})
}

// FuzzMutatedEvents: the same for sound events that were changed in ways that are still JSON.
func FuzzMutatedEvents(f *testing.F) {
	for n := range seeds {
		for place := range 20 {
			f.Add(uint8(n), []byte{byte(2 * place), byte(place + n)})
		}
		f.Add(uint8(n), []byte{5, 1, 9, 2, 30, 3, 2, 4})
	}
	f.Fuzz(func(t *testing.T, n uint8, how []byte) {
		seed := seeds[int(n)%len(seeds)]
		deliverTo(t, seed.event, mutated(t, seed.data, how))
	})
}

// mutated changes JSON: each two bytes of how name a place, counted in the order of keys, and what is put there.
func mutated(t testing.TB, data string, how []byte) []byte {
	tree, err := parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	for ; len(how) >= 2; how = how[2:] {
		place := int(how[0])
		change := mutations[int(how[1])%len(mutations)]
		tree = changeAt(tree, &place, change)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// mutations are what can happen to a value.
var mutations = []func(any) any{
	func(any) any { return nil },
	func(any) any { return "text" },
	func(any) any { return 99 },
	func(any) any { return []any{} },
	func(any) any { return map[string]any{} },
	func(v any) any { return []any{v, nil, v} },
	func(v any) any { return map[string]any{"type": 99, "id": nil, "components": []any{v}} },
	func(any) any { return true },
	func(any) any { return "<@42> \u202e@everyone\x00\u0000 " + strings.Repeat("?", 4000) },
	func(any) any { return -1 },
	func(any) any { return json.Number("1e400") },
}

// changeAt changes the value at that place, counted down.
func changeAt(tree any, place *int, change func(any) any) any {
	if *place == 0 {
		*place--
		return change(tree)
	}
	*place--
	switch v := tree.(type) {
	case map[string]any:
		for _, key := range simpleFirst(v) {
			if *place >= 0 {
				v[key] = changeAt(v[key], place, change)
			}
		}
	case []any:
		for i := range v {
			if *place >= 0 {
				v[i] = changeAt(v[i], place, change)
			}
		}
	}
	return tree
}

// openAPI is Discord's own description of what it sends, as far as it is at hand.
var openAPI = sync.OnceValues(func() (map[string]any, error) {
	shared := os.Getenv("CITEBOT_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "discord", "openapi.json"))
	if err != nil {
		return nil, err
	}
	var doc struct {
		Components struct {
			Schemas map[string]any `json:"schemas"`
		} `json:"components"`
	}
	err = json.Unmarshal(text, &doc)
	return doc.Components.Schemas, err
})

// FuzzDescribedMessages delivers messages with all that Discord's description allows in them, also as part of interactions.
func FuzzDescribedMessages(f *testing.F) {
	schemas, err := openAPI()
	if err != nil {
		f.Skipf("Discord's OpenAPI description is not at hand: %v", err)
	}
	for n := range 8 {
		f.Add([]byte{byte(n), byte(n * 7), byte(n * 31), byte(n * 101), byte(n >> 3)})
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		m := (&described{schemas, choices, 0}).value(map[string]any{"$ref": "#/components/schemas/MessageResponse"}, 0)
		deliver := func(event string, v any) {
			data, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			deliverTo(t, event, data)
		}
		deliver("MESSAGE_CREATE", m)
		deliver("INTERACTION_CREATE", map[string]any{"id": "21", "type": 2, "token": "t", "user": map[string]any{"id": "7"}, "data": map[string]any{
			"name": "Check against the articles", "type": 3, "target_id": "8", "resolved": map[string]any{"messages": map[string]any{"8": m}}}})
		deliver("INTERACTION_CREATE", map[string]any{"id": "22", "type": 3, "token": "t", "user": map[string]any{"id": "7"}, "message": m,
			"data": map[string]any{"custom_id": "c", "component_type": 2}})
	})
}

// described makes values as a schema describes them. The bytes of choices decide; when they are used up, they begin again.
type described struct {
	schemas map[string]any
	choices []byte
	used    int
}

// choose is a number below n.
func (d *described) choose(n int) int {
	if len(d.choices) == 0 || n == 0 {
		return 0
	}
	d.used++
	return (int(d.choices[d.used%len(d.choices)]) + d.used/len(d.choices)*13) % n
}

// describedLevels is how deep values are made.
const describedLevels = 6

func (d *described) value(schema map[string]any, level int) any {
	if ref, ok := schema["$ref"].(string); ok {
		schema, _ = d.schemas[ref[strings.LastIndex(ref, "/")+1:]].(map[string]any)
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		if options, ok := schema[key].([]any); ok && len(options) > 0 {
			option, _ := options[d.choose(len(options))].(map[string]any)
			if c, ok := option["const"]; ok {
				return c
			}
			return d.value(option, level+1)
		}
	}
	if options, ok := schema["enum"].([]any); ok {
		return options[d.choose(len(options))]
	}
	if c, ok := schema["const"]; ok {
		return c
	}
	kind, _ := schema["type"].(string)
	if kinds, ok := schema["type"].([]any); ok {
		kind, _ = kinds[d.choose(len(kinds))].(string)
	}
	switch kind {
	case "object":
		return d.object(schema, level)
	case "array":
		items, _ := schema["items"].(map[string]any)
		list := []any{}
		for range d.choose(4) {
			if level < describedLevels {
				list = append(list, d.value(items, level+1))
			}
		}
		return list
	case "string":
		return []string{"1100000000000000003", "<@42> When did Azerbaijan retake it?", "2025-08-07T10:00:00+00:00", "", "7"}[d.choose(5)]
	case "integer", "number":
		return d.choose(30)
	case "boolean":
		return d.choose(2) == 1
	}
	return nil
}

func (d *described) object(schema map[string]any, level int) any {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	object := map[string]any{}
	for _, key := range simpleFirst(properties) {
		if level < describedLevels && (slices.Contains(required, any(key)) || d.choose(3) > 0) {
			property, _ := properties[key].(map[string]any)
			object[key] = d.value(property, level+1)
		}
	}
	if d.choose(5) == 0 {
		object["brand_new"] = map[string]any{"of": nil}
	}
	return object
}
