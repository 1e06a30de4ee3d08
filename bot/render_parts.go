package bot

import (
	"slices"
	"strings"

	"citebot/answer"
	"citebot/corpus"
)

// passageText is what p shows as a quotation of at most limit units: lists with bullets, code as code. What is left out are
// whole parts, those furthest from p's own sentence first, and only then words of that.
func passageText(p answer.Passage, limit int) string {
	parts := p.Parts()
	own := slices.IndexFunc(parts, func(part answer.Part) bool { return part.Sentence.End > part.Sentence.Start })
	if len(parts) == 1 && parts[0].Kind != corpus.Code || own < 0 {
		return quotation(p.Text, p.Highlights, limit)
	}
	for first, last := 0, len(parts)-1; first <= last; {
		if shown := partsText(parts, first, last); units(shown) <= limit {
			return shown
		}
		if own-first > last-own {
			first++
		} else {
			last--
		}
	}
	return quotation(p.Text, p.Highlights, limit)
}

// partsText is the parts from first to last, with marks for what is left out.
func partsText(parts []answer.Part, first, last int) string {
	var lines []string
	if first > 0 {
		lines = append(lines, "> "+omitted)
	}
	for i := first; i <= last; i++ {
		lines = append(lines, partText(parts[i], i > 0))
	}
	if last < len(parts)-1 {
		lines = append(lines, "> "+omitted)
	}
	return strings.Join(lines, "\n")
}

// partText is one part in Discord's markdown. An item gets a bullet if another part stands before it, and it has no number.
func partText(part answer.Part, follows bool) string {
	const fence = "```"
	switch {
	case part.Kind == corpus.Code && !strings.Contains(part.Text, fence):
		return fence + "\n" + visibleLines(part.Text) + "\n" + fence
	case part.Kind == corpus.Item && follows:
		indent := "> " + strings.Repeat("  ", part.Depth)
		if part.IsNumbered() {
			return indent + markdown(part.Text, part.Highlights, indent)
		}
		return indent + "- " + markdown(part.Text, part.Highlights, indent+"  ")
	}
	return "> " + markdown(part.Text, part.Highlights, "> ")
}

// visibleLines is text for a block of code, in which Discord reads no markdown: only what would be invisible is changed.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = plain(line)
	}
	return strings.Join(lines, "\n")
}
