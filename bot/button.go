package bot

import (
	"github.com/bwmarrin/discordgo"

	"citebot/answer"
)

func button(name string, a action) discordgo.Button {
	return discordgo.Button{Label: name, Style: discordgo.SecondaryButton, CustomID: a.customID()}
}

func contextButton(name string, p pointer, q asked) discordgo.Button {
	return button(name, action{kind: actionContext, private: q.private, scope: q.scope, pointers: []pointer{p}})
}

func passagesButton(name string, pointers []pointer, from int, q asked) discordgo.Button {
	return button(name, action{kind: actionPassages, private: q.private, scope: q.scope, page: from, pointers: pointers})
}

// turnButton shows another page in place of the one it is on.
func turnButton(name string, a action) discordgo.Button {
	a.inPlace = true
	return button(name, a)
}

// askButton opens the modal for a follow-up. Its pointers are also how the bot knows later what this message showed.
func askButton(shown []pointer, q asked) discordgo.Button {
	return button("Follow up", action{kind: actionAsk, private: q.private, scope: q.scope, pointers: shown})
}

// sourceButton opens the article at the passage, or tells where an article without an address comes from.
func sourceButton(p answer.Passage, to pointer, q asked) discordgo.Button {
	for _, url := range []string{p.Citation.URL, p.Article.URL} {
		if url != "" && units(url) <= buttonURLLength {
			return discordgo.Button{Label: "Source", Style: discordgo.LinkButton, URL: url}
		}
	}
	return button("Source", action{kind: actionSource, private: q.private, pointers: []pointer{to}})
}
