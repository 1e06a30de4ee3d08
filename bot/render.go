package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"citebot/answer"
	"citebot/corpus"
)

// Limits of Discord, in [units].
const (
	descriptionLength = 4096
	authorLength      = 256
	buttonURLLength   = 512
)

// Lengths that keep an answer easy to read, in units but for contextLength.
const (
	titleLength     = 150 // of an article's title
	detailLength    = 60  // of an article's author, source or date
	reasonLength    = 300
	statementLength = 240
	headingLength   = 60   // of a heading
	contextLength   = 220  // bytes of what stands before a passage, and of what stands after it
	listLength      = 1000 // of a passage in a list
	passageLength   = 2000 // of the passage that answers
	paragraphLength = 2000
)

// How many passages an answer shows where none surely answers, and how many it offers at most, as a menu has room for.
const (
	passagesListed = 3
	mostPassages   = 25
)

// Colours of the stripe beside an embed.
const (
	colourAnswered = 0x3BA55D
	colourClosest  = 0xF0B132
	colourRefused  = 0x80848E
	colourListed   = 0x5865F2
)

// asked tells where an answer belongs.
type asked struct {
	question string   // shown above the answer where it would not stand in the channel otherwise; "" leaves it out
	scope    nameHash // the only article the question was about, for its follow-ups
	private  bool
}

// author shows the question, where there is one. Discord renders no markdown there.
func (q asked) author() *discordgo.MessageEmbedAuthor {
	if strings.TrimSpace(q.question) == "" {
		return nil
	}
	return &discordgo.MessageEmbedAuthor{Name: label(plain(q.question), authorLength)}
}

// renderAnswer shows the passage that answers, or the two between which it is a toss-up, or the closest few, or a refusal
// with what can be asked instead. A remark gets a line.
func renderAnswer(a answer.Answer, q asked) reply {
	switch {
	case a.Remark:
		return reply{text: short(a.Reason, reasonLength), private: q.private}
	case a.Verdict == answer.Answered && len(a.Passages) > 0:
		return renderAnswered(a, q)
	case a.Verdict == answer.Closest && len(a.Passages) > 0:
		return renderClosest(a, q)
	}
	return renderRefusal(a, q)
}

func renderAnswered(a answer.Answer, q asked) reply {
	shown := max(1, min(a.Best, len(a.Passages)))
	pointers := action{kind: actionPassages, private: q.private, scope: q.scope, pointers: pointersTo(a.Passages)}.carried()
	e := &discordgo.MessageEmbed{Author: q.author(), Color: colourAnswered}
	followUp := askButton(pointersShown(a.Passages[:shown]), q)
	var buttons []discordgo.Button
	if shown == 1 {
		e.Description = cited(a.Passages[0], position(0, len(pointers)), descriptionLength)
		buttons = []discordgo.Button{contextButton("Context", pointers[0], q), followUp}
	} else {
		e.Description = "One of these answers, or both do:\n\n" + passageList(a.Passages[:shown], len(pointers))
		for i, p := range pointersTo(a.Passages[:shown]) {
			buttons = append(buttons, contextButton(fmt.Sprintf("Context of %d", i+1), p, q))
		}
		buttons = append(buttons, followUp)
	}
	if len(pointers) > shown {
		buttons = append(buttons, passagesButton("Next", pointers, shown, q))
	}
	return reply{embed: e, private: q.private, rows: [][]discordgo.Button{buttons}}
}

func renderClosest(a answer.Answer, q asked) reply {
	shown := a.Passages[:min(passagesListed, len(a.Passages))]
	all := a.Passages[:min(mostPassages, len(a.Passages))]
	return reply{
		private: q.private,
		embed: &discordgo.MessageEmbed{
			Author: q.author(), Color: colourClosest,
			Description: sentence(a.Reason, "This may not answer it, but it comes closest:") + "\n\n" + passageList(shown, len(all)) + narrow(len(all)),
		},
		menu: passagesMenu(all, q),
		rows: [][]discordgo.Button{{askButton(pointersShown(shown), q)}},
	}
}

func renderRefusal(a answer.Answer, q asked) reply {
	lines := []string{sentence(a.Reason, "The articles do not answer that.")}
	if sought := soughtLine(a.Sought); sought != "" {
		lines = append(lines, sought)
	}
	if offers := offersOf(a.Passages); len(offers) > 0 {
		lines = append(lines, "", "You can ask about:")
		for _, o := range offers {
			lines = append(lines, "- "+o)
		}
	}
	all := a.Passages[:min(mostPassages, len(a.Passages))]
	return reply{
		private: q.private,
		embed:   &discordgo.MessageEmbed{Author: q.author(), Color: colourRefused, Description: strings.Join(lines, "\n") + narrow(len(all))},
		menu:    passagesMenu(all, q),
		rows:    [][]discordgo.Button{{askButton(nil, q)}},
	}
}

// mostSought is how many of the words that were looked for a refusal names.
const mostSought = 6

// soughtLine is a line in small print on the words that were looked for; "" if there were none.
func soughtLine(words []string) string {
	var named []string
	for _, w := range words[:min(mostSought, len(words))] {
		named = append(named, "“"+short(w, detailLength)+"”")
	}
	switch {
	case len(named) == 0:
		return ""
	case len(words) > mostSought:
		named = append(named, "more")
	}
	text := named[0]
	if n := len(named); n > 1 {
		text = strings.Join(named[:n-1], ", ") + " and " + named[n-1]
	}
	return "-# I looked for " + text + "."
}

// mostOffers is how many sections a refusal offers.
const mostOffers = 3

// offersOf are the sections that passages stand in, nearest first, and if all are of one article others of its; with the
// article's title where there are several. An article without headings offers none.
func offersOf(passages []answer.Passage) []string {
	var offers []string
	articles := articlesOf(passages)
	add := func(a *corpus.Article, headings []string) {
		if len(headings) == 0 || len(offers) == mostOffers {
			return
		}
		offer := short(headings[len(headings)-1], headingLength)
		if len(articles) > 1 {
			offer += " — *" + short(a.Title, headingLength) + "*"
		}
		if !slices.Contains(offers, offer) {
			offers = append(offers, offer)
		}
	}
	for _, p := range passages {
		add(p.Article, p.Citation.Headings)
	}
	if len(articles) == 1 {
		for _, section := range passages[0].Article.Sections {
			add(passages[0].Article, section.Headings)
		}
	}
	return offers
}

// articlesOf are the articles that passages come from, each once.
func articlesOf(passages []answer.Passage) []*corpus.Article {
	var articles []*corpus.Article
	for _, p := range passages {
		if !slices.Contains(articles, p.Article) {
			articles = append(articles, p.Article)
		}
	}
	return articles
}

// narrow asks for a narrower question where as many passages were found as are listed at most.
func narrow(listed int) string {
	if listed < mostPassages {
		return ""
	}
	return fmt.Sprintf("\n\n-# These are the closest %d. For others, narrow the question.", mostPassages)
}

// position says which of how many passages one is, from 0; "" if it is the only one.
func position(n, of int) string {
	if of <= 1 {
		return ""
	}
	return fmt.Sprintf("%d of %d", n+1, of)
}

// renderPassage shows passage number a.page of a.pointers, p, which are all that an answer found.
func renderPassage(p answer.Passage, a action, note string, q asked) reply {
	var turns []discordgo.Button
	turn := action{kind: actionPassages, private: q.private, scope: q.scope, pointers: a.pointers}
	if turn.page = a.page - 1; turn.page >= 0 {
		turns = append(turns, turnButton("Previous", turn))
	}
	end := ""
	if turn.page = a.page + 1; turn.page < len(a.pointers) {
		turns = append(turns, turnButton("Next", turn))
	} else {
		end = "\n\n-# For other passages, narrow the question."
	}
	shown := []answer.Passage{p}
	buttons := []discordgo.Button{contextButton("Context", pointersTo(shown)[0], q), askButton(pointersShown(shown), q)}
	return reply{
		private: q.private,
		embed: &discordgo.MessageEmbed{
			Author: q.author(), Color: colourListed,
			Description: noted(note, cited(p, position(a.page, len(a.pointers)), descriptionLength-units(note)-units(end)-8)+end),
		},
		rows: [][]discordgo.Button{append(buttons, turns...)},
	}
}

// renderContext shows the whole paragraph of p, or the code or list that it shows, its sentence emphasised, and dimmed what
// stands around it: in news, a paragraph is often but one sentence.
func renderContext(p answer.Passage, to pointer, note string, q asked) reply {
	citation := cite(p.Citation, "")
	room := descriptionLength - units(citation) - units(note) - 8
	before, after := "", ""
	blocks := p.Article.Blocks
	if i := p.First.Block - 1; i >= 0 && blocks[i].Kind != corpus.TableHead {
		before = tail(blocks[i].Text)
	}
	if i := p.Last.Block + 1; i < len(blocks) {
		after = head(blocks[i].Text)
	}
	shown := between(before, whole(p, min(room, paragraphLength)), after, room)
	return reply{
		private: q.private,
		embed: &discordgo.MessageEmbed{
			Author: q.author(), Color: colourListed, Description: noted(note, shown+"\n"+citation),
		},
		rows: [][]discordgo.Button{{askButton([]pointer{to}, q)}},
	}
}

// renderSource tells where an article comes from.
func renderSource(a *corpus.Article, note string) reply {
	lines := []string{"**" + short(a.Title, titleLength) + "**", about(a)}
	if a.URL == "" {
		lines = append(lines, "It has no web address: whoever runs this bot added it as a file.")
	} else {
		lines = append(lines, "[Open it]("+linkTarget(a.URL)+")")
	}
	return reply{private: true, embed: &discordgo.MessageEmbed{
		Color: colourListed, Description: noted(note, strings.Join(lines, "\n")),
	}}
}

// cited is a passage as a quotation and its citation in small print, in at most room units. What leads in to an item or to
// code stands above it, for the item alone may say the opposite.
func cited(p answer.Passage, position string, room int) string {
	citation := cite(p.Citation, position)
	room -= units(citation) + 1
	lead := ""
	if b := p.Article.Blocks[p.First.Block]; p.First.Sentence == 0 && b.Lead >= 0 && b.Kind != corpus.Row {
		lead = tail(p.Article.Sentence(corpus.Place{Block: b.Lead, Sentence: len(p.Article.Blocks[b.Lead].Sentences) - 1}))
	}
	return between(lead, passageText(p, min(room, passageLength)), "", room) + "\n" + citation
}

// between puts a quotation between the dimmed texts before and after it, as far as they fit room units.
func between(before, quoted, after string, room int) string {
	if b := dimmed(before); b != "" && units(b)+units(quoted) < room {
		quoted = b + "\n" + quoted
	}
	if a := dimmed(after); a != "" && units(a)+units(quoted) < room {
		quoted += "\n" + a
	}
	return quoted
}

// tail is the end of text, as far as contextLength allows.
func tail(text string) string {
	if from := len(text) - contextLength; from > 0 {
		return omitted + " " + text[wordStart(text, from):]
	}
	return text
}

// head is the start of text, as far as contextLength allows.
func head(text string) string {
	if len(text) > contextLength {
		return text[:wordEnd(text, len(cutBytes(text, contextLength)))] + " " + omitted
	}
	return text
}

// passageList is the first passages of as many as there are in all, each with its citation.
func passageList(shown []answer.Passage, all int) string {
	var blocks []string
	room := (descriptionLength - 2*reasonLength) / len(shown)
	for i, p := range shown {
		blocks = append(blocks, cited(p, position(i, all), min(room, listLength)))
	}
	return strings.Join(blocks, "\n\n")
}

// quotation renders text as a quotation of at most limit units of markdown, with a mark where words had to be left out.
func quotation(text string, bold []corpus.Span, limit int) string {
	for size := len(text); ; size = min(size*7/8, limit) {
		w := window(text, bold, size)
		shown := "> " + excerpt(text, w, bold, "> ")
		if units(shown) <= limit || size < 16 {
			return shown
		}
	}
}

// excerpt is the part w of text, emphasised as text would be, with marks for what is left out around it.
func excerpt(text string, w corpus.Span, bold []corpus.Span, prefix string) string {
	var moved []corpus.Span
	for _, s := range bold {
		moved = append(moved, corpus.Span{Start: s.Start - w.Start, End: s.End - w.Start})
	}
	shown := markdown(text[w.Start:w.End], moved, prefix)
	if w.Start > 0 {
		shown = omitted + " " + shown
	}
	if w.End < len(text) {
		shown += " " + omitted
	}
	return shown
}

// whole is the whole paragraph around p, or the whole code or list that it shows, in at most limit units, p emphasised.
func whole(p answer.Passage, limit int) string {
	all := p
	all.First.Sentence, all.Last.Sentence = 0, len(p.Article.Blocks[p.Last.Block].Sentences)-1
	all.Highlights = []corpus.Span{{Start: 0, End: len(p.Text)}}
	if parts := all.Parts(); len(parts) == 1 && parts[0].Kind != corpus.Code {
		return paragraph(p, limit)
	}
	return passageText(all, limit)
}

// paragraph is the paragraph around p as a quotation of at most limit units, p emphasised. What is left out are whole
// sentences, the furthest first, and only then words of p.
func paragraph(p answer.Passage, limit int) string {
	par := p.Article.Blocks[p.Place.Block]
	at := par.Sentences[p.Place.Sentence]
	first, last := 0, len(par.Sentences)-1
	for {
		w := corpus.Span{Start: 0, End: len(par.Text)}
		if first > 0 {
			w.Start = par.Sentences[first].Start
		}
		if last < len(par.Sentences)-1 {
			w.End = par.Sentences[last].End
		}
		shown := "> " + excerpt(par.Text, w, []corpus.Span{at}, "> ")
		switch {
		case units(shown) <= limit:
			return shown
		case first == p.Place.Sentence && last == p.Place.Sentence:
			return quotation(p.Text, []corpus.Span{{Start: 0, End: len(p.Text)}}, limit)
		case p.Place.Sentence-first > last-p.Place.Sentence:
			first++
		default:
			last--
		}
	}
}

// dimmed is text in small grey letters.
func dimmed(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return "-# " + markdown(emptyLines.ReplaceAllString(text, "\n"), nil, "-# ")
}

// emptyLines are where code leaves lines empty, which Discord would not show small.
var emptyLines = regexp.MustCompile(`\n\s*\n`)

// linkTarget keeps an address from ending a markdown link early.
func linkTarget(url string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C").Replace(url)
}

// sentence is the engine's reason, or the other where it gave none.
func sentence(reason, otherwise string) string {
	if strings.TrimSpace(reason) == "" {
		return otherwise
	}
	return short(reason, reasonLength)
}

// noted puts a note above a text.
func noted(note, text string) string {
	if note == "" {
		return text
	}
	return "*" + note + "*\n" + text
}

// about is a line on an article: who published it and when, and how long it is.
func about(a *corpus.Article) string {
	var parts []string
	for _, part := range []string{a.Author, a.Source} {
		if part != "" {
			parts = append(parts, short(part, detailLength))
		}
	}
	if a.Published != "" {
		parts = append(parts, dateMark(a.Published))
	}
	return strings.Join(append(parts, count(len(a.Blocks), "paragraph")+", "+count(a.SentenceCount(), "sentence")), " · ")
}

// short is text on one line of at most limit units before its markup is escaped, which at most doubles them.
func short(text string, limit int) string { return markdown(label(plain(text), limit), nil, "") }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
