package fakediscord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPI is Discord's description of its REST interface, with the schemas compiled so far.
type openAPI struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	paths    map[string]map[string]any // path > method > operation
	compiled map[string]*jsonschema.Schema
}

// description loads the OpenAPI description once for all tests: reading it takes longer than most of them.
var description = sync.OnceValues(func() (*openAPI, error) {
	shared := os.Getenv("CITEBOT_SHARED")
	if shared == "" {
		shared = filepath.Join(moduleRoot(), "..", "shared")
	}
	file, err := os.Open(filepath.Join(shared, "discord", "openapi.json"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		return nil, err
	}
	api := &openAPI{compiler: jsonschema.NewCompiler(), paths: map[string]map[string]any{}, compiled: map[string]*jsonschema.Schema{}}
	if err := api.compiler.AddResource(descriptionURL, doc); err != nil {
		return nil, err
	}
	paths, _ := doc.(map[string]any)["paths"].(map[string]any)
	for path, item := range paths {
		api.paths[path], _ = item.(map[string]any)
	}
	return api, nil
})

// descriptionURL names the description. A name without a scheme would be a file in the working directory, which tests change.
const descriptionURL = "https://discord.com/openapi.json"

// moduleRoot is the folder of go.mod, found upwards from where the test runs.
func moduleRoot() string {
	dir, _ := os.Getwd()
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return "."
}

// schema is the schema of the body of a request; nil if the description has none for it.
func (api *openAPI) schema(method, path string) (*jsonschema.Schema, error) {
	template := api.template(path)
	key := method + " " + template
	api.mu.Lock()
	defer api.mu.Unlock()
	if s, ok := api.compiled[key]; ok {
		return s, nil
	}
	if _, ok := api.paths[template][strings.ToLower(method)]; !ok {
		return nil, errors.New("no such request in Discord's description")
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	pointer := "/paths/" + escape.Replace(template) + "/" + strings.ToLower(method) + "/requestBody/content/application~1json/schema"
	s, err := api.compiler.Compile(descriptionURL + "#" + (&url.URL{Path: pointer}).EscapedPath())
	if err != nil {
		return nil, err
	}
	api.compiled[key] = s
	return s, nil
}

// template is the path of the description that fits, the one with the fewest parameters if several do.
func (api *openAPI) template(path string) string {
	best, fewest := "", 1<<30
	parts := strings.Split(path, "/")
next:
	for template := range api.paths {
		ts := strings.Split(template, "/")
		if len(ts) != len(parts) {
			continue
		}
		params := 0
		for i, t := range ts {
			if strings.HasPrefix(t, "{") {
				params++
			} else if t != parts[i] {
				continue next
			}
		}
		if params < fewest {
			best, fewest = template, params
		}
	}
	return best
}

// inspect says what is wrong with a body: first by Discord's description, then by the limits that it lacks.
func inspect(r *http.Request, raw []byte, check func(*checker, any)) []string {
	var c checker
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		c.add("the body is not application/json")
	}
	var body any
	if err := json.Unmarshal(raw, &body); err != nil {
		c.add("the body is not JSON: %v", err)
		return c.problems
	}
	mendPermissions(body)
	if api, err := description(); err == nil {
		path := "/" + strings.SplitN(r.URL.Path, "/", 4)[3]
		if s, err := api.schema(r.Method, path); err != nil {
			c.add("%v", err)
		} else if err := s.Validate(body); err != nil {
			c.add("%v", err)
		}
	}
	check(&c, body)
	return c.problems
}

// mendPermissions makes numbers of the permissions in commands, which are text by Discord's documentation and as Discord gives them
// back, but numbers by its description.
func mendPermissions(body any) {
	commands, _ := body.([]any)
	for _, c := range commands {
		fields, _ := c.(map[string]any)
		if text, ok := fields["default_member_permissions"].(string); ok {
			if n, err := strconv.ParseInt(text, 10, 64); err == nil {
				fields["default_member_permissions"] = float64(n)
			}
		}
	}
}

// checker collects what is wrong.
type checker struct {
	problems []string
}

func (c *checker) add(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// length counts code points, as Discord's description does.
func length(s string) int { return utf8.RuneCountInString(s) }

func (c *checker) atMost(limit int, what, text string) {
	if n := length(text); n > limit {
		c.add("%s has %d characters, more than %d", what, n, limit)
	}
}

func text(m map[string]any, key string) string { s, _ := m[key].(string); return s }

func list(m map[string]any, key string) []any { l, _ := m[key].([]any); return l }

func checkMessage(c *checker, body any) { c.message(body, true) }
func checkEdit(c *checker, body any)    { c.message(body, false) }

func (c *checker) message(body any, creating bool) {
	m, ok := body.(map[string]any)
	if !ok {
		c.add("a message is an object")
		return
	}
	c.atMost(2000, "content", text(m, "content"))
	if creating && text(m, "content") == "" && len(list(m, "embeds")) == 0 && len(list(m, "components")) == 0 {
		c.add("the message is empty")
	}
	c.mentions(m)
	c.embeds(list(m, "embeds"))
	c.rows(list(m, "components"))
}

// mentions: every message says explicitly that it pings nobody; only an answer's own receiver may be pinged.
func (c *checker) mentions(m map[string]any) {
	a, ok := m["allowed_mentions"].(map[string]any)
	if !ok {
		c.add("allowed_mentions is missing")
		return
	}
	if parse, ok := a["parse"].([]any); !ok || len(parse) > 0 {
		c.add("allowed_mentions.parse is not []")
	}
	if len(list(a, "users"))+len(list(a, "roles")) > 0 {
		c.add("allowed_mentions names whom to ping")
	}
}

func (c *checker) embeds(embeds []any) {
	if len(embeds) > 10 {
		c.add("%d embeds, more than 10", len(embeds))
	}
	total := 0
	sized := func(limit int, what, s string) {
		c.atMost(limit, what, s)
		total += length(s)
	}
	for _, e := range embeds {
		e, _ := e.(map[string]any)
		sized(256, "embed title", text(e, "title"))
		sized(4096, "embed description", text(e, "description"))
		c.atMost(2048, "embed URL", text(e, "url"))
		if footer, ok := e["footer"].(map[string]any); ok {
			sized(2048, "embed footer", text(footer, "text"))
		}
		if author, ok := e["author"].(map[string]any); ok {
			sized(256, "embed author", text(author, "name"))
		}
		fields := list(e, "fields")
		if len(fields) > 25 {
			c.add("%d fields, more than 25", len(fields))
		}
		for _, f := range fields {
			f, _ := f.(map[string]any)
			sized(256, "field name", text(f, "name"))
			sized(1024, "field value", text(f, "value"))
			if strings.TrimSpace(text(f, "name")) == "" || strings.TrimSpace(text(f, "value")) == "" {
				c.add("a field's name and value must not be empty")
			}
		}
	}
	if total > 6000 {
		c.add("the embeds have %d characters together, more than 6000", total)
	}
}

func (c *checker) rows(rows []any) {
	if len(rows) > 5 {
		c.add("%d rows, more than 5", len(rows))
	}
	ids := map[string]bool{}
	for _, r := range rows {
		r, _ := r.(map[string]any)
		if r["type"] != 1.0 {
			continue // newer layouts; the description knows them
		}
		inside := list(r, "components")
		if len(inside) == 0 || len(inside) > 5 {
			c.add("a row holds 1 to 5 components, not %d", len(inside))
		}
		for _, x := range inside {
			x, _ := x.(map[string]any)
			c.component(x, ids)
		}
	}
}

func (c *checker) component(x map[string]any, ids map[string]bool) {
	id := text(x, "custom_id")
	c.atMost(100, "custom_id", id)
	if id != "" && ids[id] {
		c.add("two components share the custom_id %q", id)
	}
	ids[id] = true
	c.atMost(512, "button URL", text(x, "url"))
	if x["type"] == float64(menuType) {
		c.menu(x)
	}
	if x["type"] != 2.0 {
		return
	}
	c.atMost(80, "button label", text(x, "label"))
	link := x["style"] == 5.0
	if text(x, "label") == "" && x["emoji"] == nil {
		c.add("a button needs a label or an emoji")
	}
	if link != (text(x, "url") != "") || link == (id != "") {
		c.add("a link button has a URL and no custom_id, any other a custom_id and no URL: %v", x)
	}
}

// Callback types.
const (
	respondMessage    = 4
	respondLater      = 5
	respondLaterEdit  = 6
	respondEdit       = 7
	respondChoices    = 8
	respondModal      = 9
	choicesAtMost     = 25
	modalTitleAtMost  = 45
	modalInputsAtMost = 5
)

func checkCallback(c *checker, body any) {
	m, _ := body.(map[string]any)
	data, _ := m["data"].(map[string]any)
	switch m["type"] {
	case float64(respondMessage):
		c.message(data, true)
	case float64(respondEdit):
		c.message(data, false)
	case float64(respondChoices):
		c.choices(data)
	case float64(respondModal):
		c.modal(data)
	}
}

func (c *checker) choices(data map[string]any) {
	choices := list(data, "choices")
	if len(choices) > choicesAtMost {
		c.add("%d choices, more than %d", len(choices), choicesAtMost)
	}
	for _, x := range choices {
		x, _ := x.(map[string]any)
		c.atMost(100, "choice name", text(x, "name"))
		c.atMost(100, "choice value", text(x, "value"))
		if text(x, "name") == "" {
			c.add("a choice needs a name")
		}
	}
}

func (c *checker) modal(data map[string]any) {
	c.atMost(modalTitleAtMost, "modal title", text(data, "title"))
	c.atMost(100, "custom_id", text(data, "custom_id"))
	if text(data, "custom_id") == "" || text(data, "title") == "" {
		c.add("a modal needs a custom_id and a title")
	}
	rows := list(data, "components")
	if len(rows) == 0 || len(rows) > modalInputsAtMost {
		c.add("a modal holds 1 to %d inputs, not %d", modalInputsAtMost, len(rows))
	}
	for _, r := range rows {
		r, _ := r.(map[string]any)
		for _, x := range list(r, "components") {
			x, _ := x.(map[string]any)
			c.atMost(45, "input label", text(x, "label"))
			c.atMost(100, "custom_id", text(x, "custom_id"))
			c.atMost(100, "input placeholder", text(x, "placeholder"))
			c.atMost(4000, "input value", text(x, "value"))
		}
	}
}

var (
	commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	menuName    = regexp.MustCompile(`^.{1,32}$`)
)

func checkCommands(c *checker, body any) {
	commands, ok := body.([]any)
	if !ok {
		c.add("commands are a list")
	}
	names := map[string]bool{}
	for _, x := range commands {
		x, _ := x.(map[string]any)
		name := text(x, "name")
		kind := 1.0
		if k, ok := x["type"].(float64); ok {
			kind = k
		}
		key := fmt.Sprint(kind, name)
		if names[key] {
			c.add("two commands are called %q", name)
		}
		names[key] = true
		if kind != 1 {
			if !menuName.MatchString(name) || text(x, "description") != "" || len(list(x, "options")) > 0 {
				c.add("menu command %q: a name of 1 to 32 characters, no description, no options", name)
			}
			continue
		}
		c.named("command", x)
		c.options(x)
	}
}

func (c *checker) named(what string, x map[string]any) {
	name := text(x, "name")
	if !commandName.MatchString(name) || name != strings.ToLower(name) {
		c.add("%s %q: not a valid name", what, name)
	}
	if d := text(x, "description"); d == "" || length(d) > 100 {
		c.add("%s %q: a description has 1 to 100 characters", what, name)
	}
}

func (c *checker) options(x map[string]any) {
	options := list(x, "options")
	if len(options) > 25 {
		c.add("%d options, more than 25", len(options))
	}
	names, optional := map[string]bool{}, false
	for _, o := range options {
		o, _ := o.(map[string]any)
		c.named("option", o)
		name := text(o, "name")
		if names[name] {
			c.add("two options are called %q", name)
		}
		names[name] = true
		required := o["required"] == true
		if required && optional {
			c.add("the required option %q comes after one that is not", name)
		}
		optional = optional || !required
		if o["autocomplete"] == true && len(list(o, "choices")) > 0 {
			c.add("option %q has both choices and autocomplete", name)
		}
		c.choices(o)
		c.options(o)
	}
}
