package bot

import (
	"context"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/unicode/norm"

	"citebot/answer"
	"citebot/corpus"
	"citebot/quote"
)

// Limits of Discord on suggestions, the length in [units].
const (
	maxChoices   = 25
	choiceLength = 100
)

// planAutocomplete suggests articles, passages, quotations or speakers while one is being typed.
func (h *handler) planAutocomplete(data discordgo.ApplicationCommandInteractionData) plan {
	return plan{
		late: choicesResponse([]*discordgo.ApplicationCommandOptionChoice{}),
		work: func(ctx context.Context, _ *discordgo.Session) outcome { return outcome{choices: h.suggest(ctx, data)} },
	}
}

// suggestions are what Discord shows below what is being typed.
type suggestions []*discordgo.ApplicationCommandOptionChoice

// add adds a suggestion, as long as there is room.
func (s *suggestions) add(name, value string) {
	name = label(plain(name), choiceLength)
	if name != "" && value != "" && len(*s) < maxChoices {
		*s = append(*s, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: value})
	}
}

func (h *handler) suggest(ctx context.Context, data discordgo.ApplicationCommandInteractionData) []*discordgo.ApplicationCommandOptionChoice {
	choices := suggestions{}
	typed := optionText(data, focused(data))
	id := ""
	if article, _ := h.articleNamed(optionText(data, articleOption)); article != nil {
		id = article.ID
	}
	var err error
	switch focused(data) {
	case articleOption:
		for _, a := range matching(h.engine.Articles(), typed, func(a *corpus.Article) string { return a.Title }) {
			choices.add(a.Title, articleValue(a))
		}
	case speakerOption:
		err = h.suggestSpeakers(ctx, typed, id, &choices)
	case aboutOption:
		err = h.suggestQuotes(ctx, quote.Query{About: typed, Article: id, Speaker: optionText(data, speakerOption)}, &choices)
	case passageOption:
		err = h.suggestPassages(ctx, typed, id, &choices)
	}
	if err != nil {
		h.log.WarnContext(ctx, "nothing suggested", "option", focused(data), "error", err)
	}
	return choices
}

func (h *handler) suggestSpeakers(ctx context.Context, typed, article string, choices *suggestions) error {
	var names []string
	if typed == "" {
		for _, s := range h.quotes.Speakers(article) {
			names = append(names, s.Name)
		}
	} else {
		var err error
		if names, err = h.quotes.TypedSpeakers(ctx, typed, article, maxChoices); err != nil {
			return err
		}
	}
	for _, name := range names {
		choices.add(name, name[:bytesWithin(name, choiceLength)])
	}
	return nil
}

func (h *handler) suggestQuotes(ctx context.Context, q quote.Query, choices *suggestions) error {
	if q.Speaker != "" {
		speaker, complaint := h.speakerNamed(q.Speaker, q.Article)
		if complaint != "" {
			return nil // the command will say so
		}
		q.Speaker = speaker
	}
	found, err := h.quotes.Typed(ctx, q, maxChoices)
	if err != nil {
		return err
	}
	for _, f := range found {
		by := ""
		if f.Quotation.Speaker != "" {
			by = label(plain(f.Quotation.Speaker), nameLength/2) + ": "
		}
		choices.add(by+around(f.Text, f.Matches, choiceLength-units(by)), quoteValue(f.Quote))
	}
	return nil
}

func (h *handler) suggestPassages(ctx context.Context, typed, article string, choices *suggestions) error {
	passages, err := h.engine.Typed(ctx, typed, article, maxChoices)
	if err != nil {
		return err
	}
	for i, p := range pointersTo(passages) {
		choices.add(around(passages[i].Text, passages[i].Highlights, choiceLength), passageValue(p))
	}
	return nil
}

// A value that begins with chosenMark stands for what was chosen from the suggestions, by its ID: no name or words do.
const chosenMark = "#"

// passageValue stands for a passage in a suggestion.
func passageValue(p pointer) string {
	return chosenMark + action{kind: actionContext, pointers: []pointer{p}}.customID()
}

// quoteValue stands for a quotation in a suggestion: where it starts, and which of those that start there it is.
func quoteValue(q quote.Quote) string {
	a := action{kind: actionQuote, pointers: pointersTo([]answer.Passage{answer.PassageAt(q.Article, q.Place)})}
	for _, other := range q.Article.Quotations {
		if q.Article.QuotationPlace(other) == q.Place {
			if other.Start == q.Quotation.Start && other.Speaker == q.Quotation.Speaker {
				break
			}
			a.page++
		}
	}
	return chosenMark + a.customID()
}

// chosen is what a value of that kind of action stands for; false for anything that was typed.
func chosen(value string, kind actionKind) (action, bool) {
	id, ok := strings.CutPrefix(value, chosenMark)
	a, err := parseAction(id)
	return a, ok && err == nil && a.kind == kind && len(a.pointers) == 1
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
	if isASCII(text) { // titles mostly are, and there may be many
		return strings.Join(strings.Fields(strings.ToLower(text)), " ")
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
