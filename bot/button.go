package bot

import (
	"fmt"

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

// passagesMenu opens each of the passages in its context: one line a passage, with the article where they are of several. Nil
// without passages.
func passagesMenu(passages []answer.Passage, q asked) *discordgo.SelectMenu {
	if len(passages) == 0 {
		return nil
	}
	menu := &discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, Placeholder: "Open the closest passage",
		CustomID: action{kind: actionOpen, private: q.private, scope: q.scope}.customID(),
	}
	if n := len(passages); n > 1 {
		menu.Placeholder = fmt.Sprintf("Open one of the %d closest passages", n)
	}
	several := len(articlesOf(passages)) > 1
	for i, p := range pointersTo(passages) {
		o := discordgo.SelectMenuOption{
			Label: around(passages[i].Text, passages[i].Highlights, choiceLength),
			Value: action{kind: actionContext, private: q.private, scope: q.scope, pointers: []pointer{p}}.customID(),
		}
		if several {
			o.Description = label(plain(passages[i].Article.Title), choiceLength)
		}
		menu.Options = append(menu.Options, o)
	}
	return menu
}
