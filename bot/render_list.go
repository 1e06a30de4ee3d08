package bot

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
)

// articlesPerPage is how many articles a page lists, at articleLength units each. Of more than mostArticles, the rest is left to
// the suggestions.
const (
	articlesPerPage = 5
	articleLength   = 800
	mostArticles    = 5 * articlesPerPage
)

// renderArticles lists what can be asked about, from page on.
func renderArticles(articles []*corpus.Article, page int) reply {
	if len(articles) == 0 {
		return sayPrivately("There is nothing to ask about yet: whoever runs me has given me no article.")
	}
	left := len(articles) - mostArticles
	articles = articles[:min(mostArticles, len(articles))]
	pages := (len(articles) + articlesPerPage - 1) / articlesPerPage
	page = min(page, pages-1)
	from := page * articlesPerPage
	var blocks []string
	for _, a := range articles[from:min(from+articlesPerPage, len(articles))] {
		block := "**" + short(a.Title, titleLength) + "**\n-# " + about(a)
		if link := " · [open](" + linkTarget(a.URL) + ")"; a.URL != "" && units(block+link) <= articleLength {
			block += link
		}
		blocks = append(blocks, block)
	}
	if left > 0 && page == pages-1 {
		blocks = append(blocks, "-# "+count(left, "more article")+": find one by its title in the option *"+articleOption+"* of `/ask`.")
	}
	e := &discordgo.MessageEmbed{
		Color: colourListed, Title: "What you can ask about", Description: strings.Join(blocks, "\n"),
	}
	return paged(e, actionArticles, page, pages)
}

// commandIDs are the IDs of the bot's commands by name, with which Discord makes mentions of them that can be pressed.
type commandIDs map[string]string

// mention is a command to press, or its name alone where its ID is not known.
func (ids commandIDs) mention(name string) string {
	if id := ids[name]; id != "" {
		return "</" + name + ":" + id + ">"
	}
	return "`/" + name + "`"
}

// renderHelp tells how to use the bot, whose user ID is self ("" if not known yet).
func renderHelp(self string, articles int, ids commandIDs) reply {
	mention := "me"
	if self != "" {
		mention = "<@" + self + ">"
	}
	lines := []string{
		"I answer from " + count(articles, "article") + ", word for word, and tell you where each answer stands. If the answer is not there, I say so.",
		"",
		"**Ask** — mention " + mention + " with your question, write to me directly, or use " + ids.mention(askName) + ".",
		"**Go on** — reply to my answer, or press *Follow up*: “And when?” is enough.",
		"**Quote** — " + ids.mention(quoteName) + " finds who said what, in their own words.",
		"**Look around** — " + ids.mention(articlesName) + " lists what you can ask about.",
		"**Check a message** — right-click it (or hold it), then *Apps* › *" + checkName + "*.",
		"",
		"-# Under an answer, *Context* shows its paragraph and *Next* the next best passage.",
	}
	return reply{private: true, embed: &discordgo.MessageEmbed{
		Color: colourListed, Title: "How to ask me", Description: strings.Join(lines, "\n"),
	}}
}

// renderCheck shows, for each statement of a message that was checked, whether a passage supports it, and which comes closest, in
// as many replies as it takes, but not more than most. If those are not all of the statements, it says how many are shown.
func renderCheck(checked []answer.Answer, statements, most int) []reply {
	if len(checked) == 0 {
		return []reply{sayPrivately("I see no statement in that message that could be checked.")}
	}
	const room = descriptionLength - 100 // for the line on what is left out
	var pages []string
	var page strings.Builder
	shown := len(checked)
	for i, a := range checked {
		block := checkedStatement(i+1, a)
		if page.Len() > 0 && units(page.String())+units(block)+2 > room {
			pages = append(pages, page.String())
			page.Reset()
		}
		if len(pages) == most {
			shown = i
			break
		}
		if page.Len() > 0 {
			page.WriteString("\n\n")
		}
		page.WriteString(block)
	}
	if page.Len() > 0 {
		pages = append(pages, page.String())
	}
	var replies []reply
	for i, text := range pages {
		if shown < statements && i == len(pages)-1 {
			text += fmt.Sprintf("\n\n-# These are the first %d of %s. Check a shorter message to see the others.", shown, count(statements, "statement"))
		}
		e := &discordgo.MessageEmbed{Color: colourListed, Description: text}
		if i == 0 {
			e.Title = "What the articles say to this message"
		}
		replies = append(replies, reply{embed: e, private: true})
	}
	return replies
}

func checkedStatement(n int, a answer.Answer) string {
	statement := fmt.Sprintf("**%d** · *%s*\n", n, short(strings.Join(strings.Fields(a.Question), " "), statementLength))
	if a.Verdict == answer.Refused || a.Remark || len(a.Passages) == 0 {
		return statement + "**Nothing about this**"
	}
	verdict := "**Closest, not supported**\n"
	if a.Passages[0].Supports(a.Question) {
		verdict = "**Supported**\n"
	}
	return statement + verdict + cited(a.Passages[0], "", listLength)
}
