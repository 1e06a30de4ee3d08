package corpus

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// cutFrontMatter takes the YAML front matter off text: everything between a first line of three hyphens and the next such
// line (or one of three full stops). Text that only begins with a ruled line has none. Keys that are not known are passed
// over, since other programs keep theirs there.
func cutFrontMatter(name, text string) (*document, error) {
	d := &document{body: text}
	head, body, found := frontMatter(text)
	if !found {
		if d.opensFrontMatter() {
			d.warnings = append(d.warnings, "The front matter has no second line of ---, so it is read as text.")
		}
		return d, nil
	}
	// The first line stays, so that YAML's line numbers are the file's.
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(head), &root); err != nil {
		return nil, fmt.Errorf("%s has front matter that is not YAML: %s. Write it as key: value lines", name, yamlReason(err))
	}
	if len(root.Content) == 0 || root.Content[0].Kind == yaml.ScalarNode {
		if len(root.Content) > 0 && root.Content[0].Tag != "!!null" {
			return d, nil // prose between two ruled lines
		}
		d.body = body
		return d, nil
	}
	mapping := root.Content[0]
	if mapping.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s, line %d: the front matter must be key: value lines", name, mapping.Line)
	}
	d.body = body
	seen := map[string]bool{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		field := d.field(key.Value)
		if field == nil {
			continue
		}
		if seen[key.Value] {
			return nil, fmt.Errorf("%s, line %d: %s is given twice. Keep one", name, key.Line, key.Value)
		}
		seen[key.Value] = true
		if value.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("%s, line %d: %s must be a single text, as in %s: value", name, value.Line, key.Value, key.Value)
		}
		if value.Tag != "!!null" {
			*field = oneLine(value.Value)
		}
	}
	d.normalise()
	return d, nil
}

// opensFrontMatter reports whether the body begins with a ruled line and a paragraph in which a line has a key that is known.
func (d *document) opensFrontMatter() bool {
	line, next := cutLine(d.body, 0)
	if !isRule(line) {
		return false
	}
	for next < len(d.body) {
		line, next = cutLine(d.body, next)
		key, _, found := strings.Cut(line, ":")
		if found && d.field(key) != nil {
			return true
		}
		if strings.TrimSpace(line) == "" {
			return false
		}
	}
	return false
}

// field is where the value of a key of the front matter goes; nil if the key is not known.
func (d *document) field(key string) *string {
	switch key {
	case "id":
		return &d.meta.ID
	case "title":
		return &d.meta.Title
	case "author":
		return &d.meta.Author
	case "source":
		return &d.meta.Source
	case "url":
		return &d.meta.URL
	case "published", "date":
		return &d.meta.Published
	case "language", "lang":
		return &d.meta.Language
	}
	return nil
}

// normalise writes date, address and language as [Article] promises them, and drops what cannot be used, with a warning.
func (d *document) normalise() {
	d.meta.Published = isoDate(d.meta.Published)
	if raw := d.meta.Published; raw != "" && !isISODate(raw) {
		d.warnings = append(d.warnings, fmt.Sprintf("The date %s is not understood, so it is shown as it stands. Write it as 2025-08-07.", strconv.Quote(raw)))
	}
	if raw := d.meta.URL; raw != "" {
		d.meta.URL = webAddress(raw)
		if d.meta.URL == "" {
			d.warnings = append(d.warnings, fmt.Sprintf("The url %s is not an absolute http or https address and was left out.", strconv.Quote(raw)))
		}
	}
	if raw := d.meta.Language; raw != "" {
		d.meta.Language = languageTag(raw)
		if d.meta.Language == "" {
			d.warnings = append(d.warnings, fmt.Sprintf("The language %s is not a tag such as en or pt-BR and was left out.", strconv.Quote(raw)))
		}
	}
}

// webAddress is s if it is an absolute http or https address, with spaces and the like escaped; else "".
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// languageTag is s as a BCP 47 tag in lower case, "" if it is none or its language is not known.
func languageTag(s string) string {
	tag := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "-")
	primary, _, _ := strings.Cut(tag, "-")
	if _, err := language.ParseBase(primary); err != nil {
		return ""
	}
	for _, part := range strings.Split(tag, "-") {
		plain := strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
		if !plain || len(part) < 1 || len(part) > 8 {
			return ""
		}
	}
	return tag
}

// frontMatter cuts text in the front matter, its first line included and its last left out, and what follows.
func frontMatter(text string) (head, body string, found bool) {
	const longest = 64 << 10
	line, next := cutLine(text, 0)
	if !isRule(line) {
		return "", text, false
	}
	for i := next; i < len(text) && i < longest; i = next {
		line, next = cutLine(text, i)
		if isRule(line) || strings.TrimRight(line, " \t") == "..." {
			return text[:i], text[next:], true
		}
	}
	return "", text, false
}

// isRule reports whether a line is the one of three hyphens that front matter stands between.
func isRule(line string) bool { return strings.TrimRight(line, " \t") == "---" }

// yamlReason is what the YAML library says, without its own name.
func yamlReason(err error) string {
	return strings.TrimPrefix(err.Error(), "yaml: ")
}
