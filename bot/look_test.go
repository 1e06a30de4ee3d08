package bot

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// A small reader of Discord's markdown, for two uses: tests see what a person would see, and testdata/look.html shows it.
// Its rules are those that Discord's clients apply, in their order; where it differs, it finds markup too readily.

type node struct {
	kind string // "" is text; else "strong", "em", "quote", "subtext", "link", "br", …
	text string
	href string
	in   nodes
}

type nodes []node

// text is what a person reads, with the name of any markup that is no emphasis, quotation or small print before it.
func (ns nodes) text() string {
	var b strings.Builder
	for _, n := range ns {
		switch n.kind {
		case "":
			b.WriteString(n.text)
		case "br":
			b.WriteByte('\n')
		case "strong", "quote":
			b.WriteString(n.in.text())
		case "list", "subtext":
			b.WriteString(n.in.text() + "\n")
		case "time":
			b.WriteString(dateOf(n.text))
		default:
			b.WriteString("{" + n.kind + ":" + n.text + n.in.text() + "}")
		}
	}
	return b.String()
}

var (
	quoteRule  = regexp.MustCompile(`^(?: *>>> [\s\S]*| *> [^\n]*(?:\n *> [^\n]*)*\n?)`)
	quoteMark  = regexp.MustCompile(`(?m)^ *>(?:>>)? ?`)
	escapeRule = regexp.MustCompile(`^\\([^0-9A-Za-z\s])`)
	linkRule   = regexp.MustCompile(`^\[((?:\\.|[^\[\]])*)\]\(([^\s()]+)\)`)
	lineRules  = []struct {
		kind string
		rule *regexp.Regexp
	}{
		{"heading", regexp.MustCompile(`^ *#{1,3} +([^\n]+)(?:\n|$)`)},
		{"subtext", regexp.MustCompile(`^ *-# +([^\n]+)(?:\n|$)`)},
		{"list", regexp.MustCompile(`^ *(?:[-*+]|\d+\.) +([^\n]+)(?:\n|$)`)},
	}
	anywhereRules = []struct {
		kind string
		rule *regexp.Regexp
	}{
		{"code block", regexp.MustCompile("^```([\\s\\S]+?)```")},
		{"autolink", regexp.MustCompile(`^<((?:https?|mailto|tel):[^ >]+)>`)},
		{"url", regexp.MustCompile(`^((?:https?|steam|discord)://[^\s<]+)`)},
		{"invite", regexp.MustCompile(`^((?i:discord(?:app)?\.(?:gg|com/invite))/\w+)`)},
		{"underline", regexp.MustCompile(`^__([\s\S]+?)__`)},
		{"em", regexp.MustCompile(`^\*((?:\\[\s\S]|[^\s*\\])(?:\\[\s\S]|[^*\\])*)\*`)},
		{"em", regexp.MustCompile(`^_((?:\\[\s\S]|[^_\\])+)_`)},
		{"strike", regexp.MustCompile(`^~~([\s\S]+?)~~`)},
		{"code", regexp.MustCompile("^`+([^`]+)`")},
		{"spoiler", regexp.MustCompile(`^\|\|([\s\S]+?)\|\|`)},
		{"mention", regexp.MustCompile(`^<(@!?\d+|@&\d+|#\d+|/[^:>]+:\d+|id:\w+)>`)},
		{"mention", regexp.MustCompile(`^@(everyone|here)`)},
		{"emoji", regexp.MustCompile(`^<a?:(\w+):\d+>`)},
		{"time", regexp.MustCompile(`^<t:(-?\d+)(?::\w)?>`)},
	}
)

func readMarkdown(source string) nodes { return readNodes(source, true, false) }

func readNodes(source string, lineStart, inQuote bool) nodes {
	var ns nodes
	text := func(s string) {
		if n := len(ns); n > 0 && ns[n-1].kind == "" {
			ns[n-1].text += s
			return
		}
		ns = append(ns, node{text: s})
	}
	for source != "" {
		size := 0
		switch n, length := readNode(source, lineStart, inQuote); {
		case length > 0 && n.kind == "escape":
			text(n.text)
			size = length
		case length > 0:
			ns = append(ns, n)
			size = length
		default:
			_, size = utf8.DecodeRuneInString(source)
			text(source[:size])
		}
		lineStart = source[size-1] == '\n'
		source = source[size:]
	}
	return ns
}

// readNode is the markup that source starts with, and its length in bytes; 0 if it starts with text.
func readNode(source string, lineStart, inQuote bool) (node, int) {
	if lineStart && !inQuote {
		if m := quoteRule.FindString(source); m != "" {
			return node{kind: "quote", in: readNodes(quoteMark.ReplaceAllString(m, ""), true, true)}, len(m)
		}
	}
	if source[0] == '\n' {
		return node{kind: "br"}, 1
	}
	if m := escapeRule.FindStringSubmatch(source); m != nil {
		return node{kind: "escape", text: m[1]}, len(m[0])
	}
	if lineStart {
		for _, r := range lineRules {
			if m := r.rule.FindStringSubmatch(source); m != nil {
				return node{kind: r.kind, in: readNodes(m[1], false, inQuote)}, len(m[0])
			}
		}
	}
	if m := linkRule.FindStringSubmatch(source); m != nil {
		return node{kind: "link", href: m[2], in: readNodes(m[1], false, inQuote)}, len(m[0])
	}
	if size := strongLength(source); size > 0 {
		return node{kind: "strong", in: readNodes(source[2:size-2], false, inQuote)}, size
	}
	for _, r := range anywhereRules {
		if m := r.rule.FindStringSubmatch(source); m != nil {
			if r.kind == "em" {
				return node{kind: "em", in: readNodes(m[1], false, inQuote)}, len(m[0])
			}
			return node{kind: r.kind, text: m[1]}, len(m[0])
		}
	}
	return node{}, 0
}

// strongLength is the length of the **strong** text that source starts with, or 0.
func strongLength(source string) int {
	if !strings.HasPrefix(source, "**") {
		return 0
	}
	for i := 2; i < len(source); i++ {
		switch {
		case source[i] == '\\':
			i++
		case i > 2 && strings.HasPrefix(source[i:], "**") && !strings.HasPrefix(source[i:], "***"):
			return i + 2
		}
	}
	return 0
}

// dateOf is a moment, in seconds since 1970, as Discord's clients write its day in English.
func dateOf(seconds string) string {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return "Invalid date"
	}
	return time.Unix(n, 0).UTC().Format("2 January 2006")
}

func (ns nodes) html() string {
	var b strings.Builder
	for _, n := range ns {
		switch n.kind {
		case "":
			b.WriteString(html.EscapeString(n.text))
		case "br":
			b.WriteString("<br>")
		case "quote":
			b.WriteString("<blockquote>" + n.in.html() + "</blockquote>")
		case "subtext":
			b.WriteString("<small>" + n.in.html() + "</small>")
		case "link":
			fmt.Fprintf(&b, `<a href="%s">%s</a>`, html.EscapeString(n.href), n.in.html())
		case "mention":
			name := "@citebot"
			if command, _, isCommand := strings.Cut(n.text, ":"); isCommand {
				name = command
			}
			b.WriteString(`<span class="mention">` + html.EscapeString(name) + `</span>`)
		case "time":
			b.WriteString(`<span class="stamp">` + dateOf(n.text) + `</span>`)
		case "code block":
			b.WriteString("<pre>" + html.EscapeString(strings.TrimPrefix(n.text, "\n")) + "</pre>")
		case "list":
			b.WriteString("<li>" + n.in.html() + "</li>")
		case "code":
			b.WriteString("<code>" + html.EscapeString(n.text) + "</code>")
		default:
			fmt.Fprintf(&b, "<%s>%s%s</%[1]s>", n.kind, html.EscapeString(n.text), n.in.html())
		}
	}
	return b.String()
}

// lookPage shows replies much as Discord's dark theme does. titles name them.
func lookPage(titles []string, replies []reply) string {
	var b strings.Builder
	b.WriteString(lookHead)
	for i, r := range replies {
		fmt.Fprintf(&b, "<h2>%s</h2>\n<article><b class=name>citebot</b> <span class=app>APP</span> <time>Today at 12:00</time>\n", html.EscapeString(titles[i]))
		if r.text != "" {
			b.WriteString("<p>" + readMarkdown(r.text).html() + "</p>\n")
		}
		if e := r.embed; e != nil {
			b.WriteString(lookEmbed(e))
		}
		if r.menu != nil {
			b.WriteString(lookMenu(r.menu))
		}
		for _, row := range r.rows {
			b.WriteString("<div class=row>")
			for _, button := range row {
				arrow := ""
				if button.Style == discordgo.LinkButton {
					arrow = " ↗"
				}
				b.WriteString("<button>" + html.EscapeString(button.Label) + arrow + "</button>")
			}
			b.WriteString("</div>\n")
		}
		if r.private {
			b.WriteString("<p class=only>Only you can see this</p>\n")
		}
		b.WriteString("</article>\n")
	}
	return b.String()
}

func lookEmbed(e *discordgo.MessageEmbed) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<section style="border-left-color:#%06x">`, e.Color)
	if e.Author != nil {
		b.WriteString("<p class=author>" + html.EscapeString(e.Author.Name) + "</p>")
	}
	if e.Title != "" {
		b.WriteString("<p class=title>" + readMarkdown(e.Title).html() + "</p>")
	}
	if e.Description != "" {
		b.WriteString("<div>" + readMarkdown(e.Description).html() + "</div>")
	}
	if e.Footer != nil {
		b.WriteString("<p class=footer>" + html.EscapeString(e.Footer.Text) + "</p>")
	}
	b.WriteString("</section>\n")
	return b.String()
}

// lookMenu is a menu that has been opened.
func lookMenu(m *discordgo.SelectMenu) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<div class=menu><p>%s<span>⌄</span></p>", html.EscapeString(m.Placeholder))
	for _, o := range m.Options {
		fmt.Fprintf(&b, "<div>%s", html.EscapeString(o.Label))
		if o.Description != "" {
			fmt.Fprintf(&b, "<small>%s</small>", html.EscapeString(o.Description))
		}
		b.WriteString("</div>")
	}
	b.WriteString("</div>\n")
	return b.String()
}

const lookHead = `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>How citebot's answers look</title>
<style>
body { background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", Helvetica, Arial, sans-serif; max-width: 640px; margin: 1em auto; padding: 0 1em; }
h2 { font-size: 12px; color: #949ba4; text-transform: uppercase; border-top: 1px solid #3f4147; margin: 2em 0 .5em; padding-top: .5em; }
article p { margin: .2em 0; }
.name { color: #f2f3f5; font-weight: 500; }
.app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; padding: 1px 4px; }
time, .only { color: #949ba4; font-size: 12px; }
section { background: #2b2d31; border-left: 4px solid; border-radius: 4px; font-size: 14px; line-height: 1.3; margin: 4px 0; max-width: 516px; padding: .5em 1em 1em .75em; }
section div { margin-top: 8px; white-space: break-spaces; overflow-wrap: break-word; }
section .author, section .title { margin-top: 8px; font-weight: 600; color: #f2f3f5; }
section .title { font-size: 16px; }
section .footer { font-size: 12px; margin-top: 8px; }
blockquote { border-left: 4px solid #4e5058; border-radius: 4px; margin: 0; padding: 0 8px 0 12px; }
small { display: block; color: #949ba4; font-size: 13px; }
a { color: #00a8fc; text-decoration: none; }
li { margin-left: 1.2em; }
pre { background: #1e1f22; border: 1px solid #3f4147; border-radius: 4px; margin: 4px 0; padding: .5em; }
code { background: #1e1f22; border-radius: 4px; padding: 0 .2em; }
.mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; }
.stamp { background: #3f4147; border-radius: 3px; padding: 0 2px; }
.menu { background: #1e1f22; border: 1px solid #3f4147; border-radius: 4px; font-size: 14px; margin: 4px 0; max-width: 400px; }
.menu p { color: #949ba4; display: flex; justify-content: space-between; margin: 0; padding: 8px; }
.menu div { border-top: 1px solid #2b2d31; overflow: hidden; padding: 6px 8px; text-overflow: ellipsis; white-space: nowrap; }
.row { margin: 4px 0; }
button { background: #4e5058; border: 0; border-radius: 3px; color: #fff; font: 500 14px "Noto Sans", sans-serif; height: 32px; margin: 4px 8px 4px 0; padding: 2px 16px; }
</style>
`
