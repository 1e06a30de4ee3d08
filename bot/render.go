package bot

import (
	"fmt"
	"regexp"
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
	contextLength   = 220  // bytes of what stands before a passage, and of what stands after it
	listLength      = 1000 // of a passage in a list
	passageLength   = 2000 // of the passage that answers
	paragraphLength = 2000
)

// passagesPerPage is how many passages a list shows.
const passagesPerPage = 3

// Colours of the stripe beside an embed.
const (
	colourAnswered = 0x3BA55D
	colourClosest  = 0xF0B132
	colourRefused  = 0x80848E
	colourListed   = 0x5865F2
)

// asked tells where an answer belongs.
type asked struct {
	question string    // shown above the answer where it would not stand in the channel otherwise; "" leaves it out
	scope    shortHash // the only article the question was about, for its follow-ups
	private  bool
}

// author shows the question, where there is one. Discord renders no markdown there.
func (q asked) author() *discordgo.MessageEmbedAuthor {
	if strings.TrimSpace(q.question) == "" {
		return nil
	}
	return &discordgo.MessageEmbedAuthor{Name: label(plain(q.question), authorLength)}
}

// renderAnswer shows the passage that answers with its neighbours, or the two between which it is a toss-up, or the closest
// few, or the refusal alone.
func renderAnswer(a answer.Answer, q asked) reply {
	pointers := pointersTo(a.Passages)
	e := &discordgo.MessageEmbed{Author: q.author()}
	r := reply{embed: e, private: q.private}
	shown := 0
	switch {
	case a.Verdict == answer.Answered && a.Best == 2:
		shown = 2
		e.Color = colourAnswered
		e.Description = "One of these answers, or both do:\n\n" + passageList(rank(a.Passages[:shown]))
	case a.Verdict == answer.Answered && len(a.Passages) > 0:
		shown = 1
		e.Color = colourAnswered
		e.Description = inContext(a.Passages[0])
	case a.Verdict == answer.Closest && len(a.Passages) > 0:
		shown = min(passagesPerPage, len(a.Passages))
		e.Color = colourClosest
		e.Description = sentence(a.Reason, "This may not answer it, but it comes closest:") + "\n\n" + passageList(rank(a.Passages[:shown]))
	default:
		e.Color = colourRefused
		e.Description = sentence(a.Reason, "The articles do not answer that.")
	}
	followUp := askButton(pointersShown(a.Passages[:shown]), q)
	if shown == 0 {
		r.rows = [][]discordgo.Button{{followUp}}
		if len(pointers) > 0 {
			r.rows = [][]discordgo.Button{{passagesButton("Closest passages", pointers, 0, q), followUp}}
		}
		return r
	}
	buttons := []discordgo.Button{contextButton("Context", pointers[0], q)}
	if a.Best == 2 {
		buttons = []discordgo.Button{contextButton("Context of 1", pointers[0], q), contextButton("Context of 2", pointers[1], q)}
	}
	if len(pointers) > shown {
		buttons = append(buttons, passagesButton("More passages", pointers, shown, q))
	}
	r.rows = [][]discordgo.Button{append(buttons, followUp, sourceButton(a.Passages[0], pointers[0], q))}
	return r
}

// numbered is a passage with its rank in an answer, from 1.
type numbered struct {
	answer.Passage
	rank int
}

// rank numbers passages from 1.
func rank(passages []answer.Passage) []numbered {
	ranked := make([]numbered, len(passages))
	for i, p := range passages {
		ranked[i] = numbered{p, i + 1}
	}
	return ranked
}

// renderPassages shows the page of an answer's passages that starts at number a.page (from 0) of a.pointers, all of them.
func renderPassages(page []numbered, a action, note string, q asked) reply {
	var passages []answer.Passage
	for _, p := range page {
		passages = append(passages, p.Passage)
	}
	pointers := pointersTo(passages)
	var contexts, pages []discordgo.Button
	for i, p := range page {
		contexts = append(contexts, contextButton(fmt.Sprintf("Context of %d", p.rank), pointers[i], q))
	}
	turn := action{kind: actionPassages, private: q.private, scope: q.scope, pointers: a.pointers}
	if turn.page = a.page - passagesPerPage; turn.page >= 0 {
		pages = append(pages, turnButton("Previous", turn))
	}
	if turn.page = a.page + passagesPerPage; turn.page < len(a.pointers) {
		pages = append(pages, turnButton("Next", turn))
	}
	return reply{
		private: q.private,
		embed:   &discordgo.MessageEmbed{Author: q.author(), Color: colourListed, Description: noted(note, passageList(page))},
		rows:    [][]discordgo.Button{contexts, append(pages, askButton(pointersShown(passages), q))},
	}
}

// renderContext shows the whole paragraph of p, or the code or list that it shows, its sentence emphasised, and dimmed what
// stands around it: in news, a paragraph is often but one sentence.
func renderContext(p answer.Passage, to pointer, note string, q asked) reply {
	citation := cite(p.Citation)
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
			Author: q.author(), Color: colourListed, Description: noted(note, shown+"\n\n"+citation),
		},
		rows: [][]discordgo.Button{{askButton([]pointer{to}, q), sourceButton(p, to, q)}},
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

// inContext is a passage as a quotation between the sentences around it, dimmed, and its citation.
func inContext(p answer.Passage) string {
	before, after := neighbours(p)
	citation := cite(p.Citation)
	room := descriptionLength - units(citation) - 8
	return between(before, passageText(p, min(room, passageLength)), after, room) + "\n\n" + citation
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

// neighbours are the sentences before and after what p shows, in its paragraph, as far as contextLength allows. What leads
// in to an item or to code counts as the one before it; above a row, its head is shown in any case.
func neighbours(p answer.Passage) (before, after string) {
	a := p.Article
	switch b := a.Blocks[p.First.Block]; {
	case p.First.Sentence > 0:
		before = tail(a.Sentence(corpus.Place{Block: p.First.Block, Sentence: p.First.Sentence - 1}))
	case b.Lead >= 0 && b.Kind != corpus.Row:
		before = tail(a.Sentence(corpus.Place{Block: b.Lead, Sentence: len(a.Blocks[b.Lead].Sentences) - 1}))
	}
	if next := (corpus.Place{Block: p.Last.Block, Sentence: p.Last.Sentence + 1}); a.Has(next) {
		after = head(a.Sentence(next))
	}
	return before, after
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

// passageList is a page of passages, each with its rank and citation.
func passageList(page []numbered) string {
	var blocks, citations []string
	room := descriptionLength - 2*reasonLength - 100 // the rest of what stands above a list
	for _, p := range page {
		c := fmt.Sprintf("\n**%d** · %s", p.rank, cite(p.Citation))
		citations = append(citations, c)
		room -= units(c) + 2
	}
	for i, p := range page {
		blocks = append(blocks, passageText(p.Passage, min(listLength, room/len(page)))+citations[i])
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

// cite is a citation whose paragraph and sentence open the source there, where it has an address. Only they carry the link,
// for a title could hold what makes Discord show a link's inside: brackets, or an address.
func cite(c corpus.Citation) string {
	c.Title, c.Published = label(plain(c.Title), titleLength), label(plain(c.Published), detailLength)
	if n := len(c.Headings); n > 0 {
		c.Headings = []string{plain(c.Headings[n-1])} // the others are not shown
	}
	text := c.String()
	at := strings.LastIndex(text, "¶")
	target := linkTarget(c.URL)
	if target == "" || at < 0 || units(target) > buttonURLLength {
		return markdown(text, nil, "")
	}
	return markdown(text[:at], nil, "") + "[" + markdown(text[at:], nil, "") + "](" + target + ")"
}

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
	for _, part := range []string{a.Author, a.Source, corpus.Citation{Published: a.Published}.String()} {
		if part != "" {
			parts = append(parts, short(part, detailLength))
		}
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
