package corpus

import "strings"

// directive reads a directive of reStructuredText, a comment or the target of a link: ".. note:: Text". What a directive holds
// is read as any text; pictures, tables of contents and the like are left out.
func (r *textReader) directive() {
	l := r.lines[r.at]
	end := r.dedent(r.at+1, l.indent)
	name, argument, found := strings.Cut(strings.TrimSpace(l.bare[2:]), "::")
	if !found || strings.ContainsAny(name, " _|") {
		r.at = end
		return
	}
	r.at++
	for r.at < end && strings.HasPrefix(r.lines[r.at].bare, ":") {
		r.at++
	}
	argument = strings.TrimSpace(argument)
	switch name {
	case "contents", "toctree", "image", "figure", "include", "meta", "index", "raw", "highlight", "only":
		r.at = end
	case "code-block", "code", "sourcecode", "parsed-literal", "prompt", "literalinclude":
		r.literal = l.indent
	case "csv-table":
		lead := lastProse(r.blocks)
		for ; r.at < end; r.at++ {
			if row := r.lines[r.at].bare; row != "" {
				r.add(block{text: row, kind: Row, lead: lead})
			}
		}
	case "topic", "rubric", "admonition", "option", "confval", "envvar", "describe", "function", "method", "class", "attribute":
		if argument == "" {
			return
		}
		r.add(block{text: argument, lead: -1, level: levelTerm})
		if name != "rubric" {
			r.limits = append(r.limits, lineLimit{len(r.blocks) - 1, end})
		}
	default:
		if argument == "" {
			return
		}
		for r.at < end && r.lines[r.at].bare != "" {
			r.at++
		}
		from := l.start + strings.Index(r.text[l.start:l.end], "::") + 2
		if strings.HasPrefix(name, "version") || name == "deprecated" { // what was added, and when
			from = l.start + strings.Index(r.text[l.start:l.end], name)
		}
		r.add(r.blockAt(from, r.at))
	}
}
