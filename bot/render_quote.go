package bot

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/quote"
)

// speakersPerPage is how many speakers a page lists, with names of nameLength units at most. Nobody turns more pages than
// these before looking for something narrower.
const (
	speakersPerPage = 20
	nameLength      = 80
	mostSpeakers    = 5 * speakersPerPage
	mostQuotes      = 25
)

// quoteAsked is a /quote: its query, kept in the pages' buttons.
type quoteAsked struct {
	about   string
	speaker string
	article string // ID
	private bool
}

func (q quoteAsked) query() quote.Query {
	return quote.Query{Speaker: q.speaker, About: q.about, Article: q.article}
}

// words are what was looked for, as a person would say it.
func (q quoteAsked) words() []string {
	var words []string
	if q.speaker != "" {
		words = append(words, label(plain(q.speaker), nameLength))
	}
	if q.about != "" {
		words = append(words, "about “"+plain(q.about)+"”")
	}
	return words
}

// page is the button's action for page n. shown, the quotation on the page where the button is, tells later whether the
// article has changed.
func (q quoteAsked) page(n int, shown []pointer) action {
	a := action{kind: actionQuotes, private: q.private, page: n, pointers: shown, about: q.about}
	if q.speaker != "" {
		a.speaker = hashOf(q.speaker)
	}
	if q.article != "" {
		a.scope = hashOf(q.article)
	}
	return a
}

// renderQuote shows quotation number n of quotes: the words, who said them, and where.
func renderQuote(quotes []quote.Quote, n int, note string, q quoteAsked) reply {
	found := quotes[n]
	passage := answer.PassageAt(found.Article, found.Place)
	shown := pointersTo([]answer.Passage{passage})

	speaker := "Somebody the article does not name"
	if found.Quotation.Speaker != "" {
		speaker = "**" + short(found.Quotation.Speaker, nameLength) + "**"
	}
	source := "— " + speaker + "\n" + cite(found.Citation, position(n, min(len(quotes), mostQuotes)))
	if found.Quotation.Partial {
		source = dimmed(label(passage.Text, contextLength)) + "\n" + source
	}
	if n+1 == mostQuotes && len(quotes) > mostQuotes {
		source += fmt.Sprintf("\n\n-# %d more fit. Narrow it with a speaker or with more words.", len(quotes)-mostQuotes)
	}
	e := &discordgo.MessageEmbed{
		Color:       colourListed,
		Description: noted(note, quotation(found.Text, nil, descriptionLength-units(source)-units(note)-8)+"\n"+source),
	}
	if words := q.words(); len(words) > 0 {
		e.Footer = &discordgo.MessageEmbedFooter{Text: strings.Join(words, " · ")}
	}
	buttons := []discordgo.Button{contextButton("Context", shown[0], asked{private: q.private})}
	if n > 0 {
		buttons = append(buttons, turnButton("Previous", q.page(n-1, shown)))
	}
	if n+1 < min(len(quotes), mostQuotes) {
		buttons = append(buttons, turnButton("Next", q.page(n+1, shown)))
	}
	return reply{private: q.private, embed: e, rows: [][]discordgo.Button{buttons}}
}

// renderSpeakers lists who is quoted and how often, from page on.
func renderSpeakers(speakers []quote.Speaker, page int) reply {
	left := len(speakers) - mostSpeakers
	speakers = speakers[:min(mostSpeakers, len(speakers))]
	pages := max(1, (len(speakers)+speakersPerPage-1)/speakersPerPage)
	page = min(page, pages-1)
	from := page * speakersPerPage
	lines := []string{"**Who is quoted**"}
	for _, s := range speakers[from:min(from+speakersPerPage, len(speakers))] {
		lines = append(lines, short(s.Name, nameLength)+" · "+count(s.Quotations, "quotation"))
	}
	if left > 0 && page == pages-1 {
		lines = append(lines, "and "+count(left, "other"))
	}
	lines = append(lines, "-# Their words: /quote, with a speaker or with what it is about.")
	e := &discordgo.MessageEmbed{Color: colourListed, Description: strings.Join(lines, "\n")}
	return paged(e, actionSpeakers, page, pages)
}

// paged adds the buttons and the number of a page.
func paged(e *discordgo.MessageEmbed, kind actionKind, page, pages int) reply {
	r := reply{embed: e}
	if pages == 1 {
		return r
	}
	e.Footer = &discordgo.MessageEmbedFooter{Text: fmt.Sprintf("Page %d of %d", page+1, pages)}
	var buttons []discordgo.Button
	if page > 0 {
		buttons = append(buttons, turnButton("Previous", action{kind: kind, page: page - 1}))
	}
	if page+1 < pages {
		buttons = append(buttons, turnButton("Next", action{kind: kind, page: page + 1}))
	}
	r.rows = [][]discordgo.Button{buttons}
	return r
}
