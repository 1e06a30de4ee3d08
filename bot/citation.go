package bot

import (
	"fmt"
	"strings"
	"time"

	"citebot/corpus"
)

// cite is a citation in small print: title, section, paragraph and sentence, date, and where the passage stands among others
// ("1 of 7"; "" leaves that out). The title opens the source at the passage, where it has an address.
func cite(c corpus.Citation, position string) string {
	title, place := short(c.Title, titleLength), ""
	if c.Block > 0 && c.Sentence > 0 {
		place = fmt.Sprintf("¶%d s%d", c.Block, c.Sentence)
	}
	if target := linkTarget(c.URL); target != "" && units(target) <= buttonURLLength {
		if linkable(c.Title) {
			title = "[" + title + "](" + target + ")"
		} else if place != "" {
			place = "[" + place + "](" + target + ")"
		}
	}
	if n := len(c.Headings); n > 0 {
		title = strings.TrimSpace(title + " › " + short(c.Headings[n-1], headingLength))
	}
	parts := []string{title, place}
	if c.Published != "" {
		parts = append(parts, dateMark(c.Published))
	}
	parts = append(parts, position)
	var known []string
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	return "-# " + strings.Join(known, " · ")
}

// linkable reports whether Discord would take a title for the text of a link: one with brackets, or with an address in it, it
// shows with all of its markup.
func linkable(title string) bool {
	return strings.TrimSpace(title) != "" && !strings.ContainsAny(title, "[]()<>`\\") &&
		!strings.Contains(title, "://") && !strings.Contains(strings.ToLower(title), "discord")
}

// dateMark is a date as Discord's clients write it out in their reader's language; as the source wrote it where it is no
// whole date. Noon in Greenwich is the same day nearly everywhere.
func dateMark(published string) string {
	day, err := time.Parse(time.DateOnly, published)
	if err != nil {
		return short(corpus.Citation{Published: published}.String(), detailLength)
	}
	return fmt.Sprintf("<t:%d:D>", day.Add(12*time.Hour).Unix())
}
