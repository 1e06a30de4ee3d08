package bot

import (
	"context"
	"encoding/hex"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/unicode/norm"

	"citebot/corpus"
	"citebot/quote"
)

// Limits of Discord on suggestions, the length in [units].
const (
	maxChoices   = 25
	choiceLength = 100
)

// planAutocomplete suggests articles or speakers while one is being typed.
func (h *handler) planAutocomplete(data discordgo.ApplicationCommandInteractionData) plan {
	return plan{
		late: choicesResponse([]*discordgo.ApplicationCommandOptionChoice{}),
		work: func(context.Context, *discordgo.Session) outcome { return outcome{choices: h.suggest(data)} },
	}
}

func (h *handler) suggest(data discordgo.ApplicationCommandInteractionData) []*discordgo.ApplicationCommandOptionChoice {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	add := func(name, value string) {
		name = label(plain(name), choiceLength)
		if name != "" && value != "" && len(choices) < maxChoices {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: value})
		}
	}
	switch typed := optionText(data, focused(data)); focused(data) {
	case articleOption:
		for _, a := range matching(h.engine.Articles(), typed, func(a *corpus.Article) string { return a.Title }) {
			add(a.Title, articleValue(a))
		}
	case speakerOption:
		article, _ := h.articleNamed(optionText(data, articleOption))
		id := ""
		if article != nil {
			id = article.ID
		}
		for _, s := range matching(h.quotes.Speakers(id), typed, func(s quote.Speaker) string { return s.Name }) {
			add(s.Name, s.Name[:bytesWithin(s.Name, choiceLength)])
		}
	}
	return choices
}

// focused is the name of the option that is being typed.
func focused(data discordgo.ApplicationCommandInteractionData) string {
	for _, o := range data.Options {
		if o != nil && o.Focused {
			return o.Name
		}
	}
	return ""
}

// articleValue stands for an article in a suggestion: its ID, or where that is too long, its hash.
func articleValue(a *corpus.Article) string {
	if a.ID != "" && units(a.ID) <= choiceLength {
		return a.ID
	}
	h := hashOf(a.ID)
	return "#" + hex.EncodeToString(h[:])
}

// matching are the items whose names fit what was typed: first those that are it, then those that start with it, then those that
// contain it, each in their order. Upper and lower case and diacritics are alike.
func matching[T any](items []T, typed string, name func(T) string) []T {
	typed = fold(typed)
	var exact, prefixed, containing []T
	for _, item := range items {
		switch n := fold(name(item)); {
		case n == typed:
			exact = append(exact, item)
		case strings.HasPrefix(n, typed):
			prefixed = append(prefixed, item)
		case strings.Contains(n, typed):
			containing = append(containing, item)
		}
	}
	return append(append(exact, prefixed...), containing...)
}

// fold makes texts equal that differ in case, diacritics or space only.
func fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
