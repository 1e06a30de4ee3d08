package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/peterh/liner"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"citebot/answer"
	"citebot/quote"
)

const (
	remembered = 10 // turns of conversation that a question is understood from
	morePage   = 3  // passages that /more shows at a time
)

const chatHelp = `Ask about the articles; follow-ups such as "and when?" are understood.

/more       the next passages for the last question
/context    the paragraphs around the last answer
/quote [speaker: NAME] [WORDS]
            who said what; on its own, who is quoted
/articles   what can be asked about
/help       this list
/quit       leave, as do Ctrl-D and Ctrl-C`

func (p *program) chatCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "chat [flags]",
		Short: "Ask question after question, follow-ups included",
		Long: `Ask question after question at a prompt. A follow-up such as "and when?" is
understood from the questions and answers before it. Lines that start with / are
commands; /help lists them.

From a pipe, every line is a question or a command, and no prompt is shown.`,
		Example: `  citebot chat
  citebot chat --articles ~/articles
  printf 'Who governed Karabakh?\nUntil when?\n' | citebot chat`,
		Args: flagsOnly,
	}
	paths := articlesFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		config, err := readConfig(".env", p.env)
		if err != nil {
			return err
		}
		engine, err := p.openForPerson(cmd.Context(), config, *paths)
		if err != nil {
			return err
		}
		c := &chat{engine: engine, quotes: quote.New(p.library), screen: newScreen(p.out, config)}
		if !p.atTerminal() {
			return c.run(cmd.Context(), piped(p.in))
		}
		c.greet()
		lines, close := prompted(p.out)
		defer close()
		ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt) // else Ctrl-C would leave the terminal in raw mode
		defer stop()
		return c.run(ctx, lines)
	}
	return cmd
}

// lines yields what somebody enters, a line at a time without its end, then io.EOF.
type lines func() (string, error)

func piped(in io.Reader) lines {
	r := bufio.NewReader(in)
	return func() (string, error) {
		line, err := r.ReadString('\n')
		if line != "" {
			err = nil // the last line may lack its end
		}
		return strings.TrimRight(line, "\r\n"), err
	}
}

// prompted reads from the terminal, with line editing and this conversation's history.
func prompted(out io.Writer) (read lines, close func() error) {
	l := liner.NewLiner()
	l.SetCtrlCAborts(true)
	l.SetMultiLineMode(true)
	l.SetCompleter(func(start string) []string {
		var fit []string
		for _, command := range []string{"/more", "/context", "/quote ", "/quote speaker: ", "/articles", "/help", "/quit"} {
			if start != "" && strings.HasPrefix(command, start) {
				fit = append(fit, command)
			}
		}
		return fit
	})
	return func() (string, error) {
		line, err := l.Prompt("> ")
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(out) // Ctrl-D leaves the prompt's line open, as Ctrl-C does not
		}
		if errors.Is(err, liner.ErrPromptAborted) {
			err = io.EOF
		}
		if err == nil && strings.TrimSpace(line) != "" {
			l.AppendHistory(line)
		}
		return line, err
	}, l.Close
}

// atTerminal reports whether somebody sits at both ends.
func (p *program) atTerminal() bool {
	in, ok := p.in.(*os.File)
	out, ok2 := p.out.Writer.(*os.File)
	return ok && ok2 && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// chat is one conversation.
type chat struct {
	engine *answer.Engine
	quotes *quote.Finder
	screen screen

	conversation answer.Conversation // everything asked and shown, the last turn included

	// What /more and /context refer to: the last answer that showed a passage, not a "you are welcome" after it.
	last   answer.Answer
	before answer.Conversation // what last was understood from
	turn   int                 // its number in conversation
	shown  []answer.Passage    // of last, so far
}

func (c *chat) greet() {
	articles := c.engine.Articles()
	source := fmt.Sprintf("%d articles", len(articles))
	if len(articles) == 1 {
		source = "“" + articles[0].Title + "”"
	}
	c.screen.paragraph("", "", stretch{"Ask about " + source + ".", plain})
	c.screen.line("/help lists the commands, /quit leaves.")
	c.screen.line("")
}

// run answers line after line until they end, somebody quits, or ctx does.
func (c *chat) run(ctx context.Context, next lines) error {
	for {
		line, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the next question: %w", err)
		}
		line = strings.TrimSpace(line)
		if line == "/quit" {
			return nil
		}
		if line == "" {
			continue
		}
		if err := c.reply(ctx, line); ctx.Err() != nil {
			return nil
		} else if err != nil {
			return err
		}
		c.screen.line("")
	}
}

// reply answers a question or carries out a command.
func (c *chat) reply(ctx context.Context, line string) error {
	command, rest, _ := strings.Cut(line, " ")
	switch {
	case !strings.HasPrefix(line, "/"):
		return c.ask(ctx, line)
	case command == "/more":
		return c.more(ctx)
	case command == "/context":
		c.context()
	case command == "/quote":
		query := parseQuote(c.quotes, rest)
		c.screen.quoted(c.quotes, query, c.quotes.Quotes(query))
	case command == "/articles":
		c.screen.articles(c.engine.Articles())
	case command == "/help":
		c.screen.line(chatHelp)
	default:
		c.screen.line("There is no %s; /help lists the commands.", command)
	}
	return nil
}

func (c *chat) ask(ctx context.Context, question string) error {
	before := recent(c.conversation)
	a, err := c.engine.Ask(ctx, answer.Question{Text: question}, before)
	if err != nil {
		return fmt.Errorf("answer the question: %w", err)
	}
	shown := worthShowing(a, 0)
	c.screen.answer(a, shown)
	if len(shown) > 0 {
		c.last, c.before, c.turn, c.shown = a, before, len(c.conversation), shown
	}
	c.conversation = append(c.conversation, turn(a, shown))
	return nil
}

// recent is the part of c that a question is understood from.
func recent(c answer.Conversation) answer.Conversation {
	return c[max(0, len(c)-remembered):]
}

// turn is what later questions are told about a: the passages shown, and then what was shown with them. The closest
// passages offered with a refusal were not an answer.
func turn(a answer.Answer, shown []answer.Passage) answer.Turn {
	t := answer.Turn{Question: a.Question}
	if a.Verdict == answer.Refused || len(shown) == 0 {
		return t
	}
	t.Article = shown[0].Article.ID
	var with []answer.Shown
	for _, p := range shown {
		all := p.Shown()
		t.Shown = append(t.Shown, all[0])
		with = append(with, all[1:]...)
	}
	t.Shown = append(t.Shown, with...)
	return t
}

// more asks the last question that passages were shown for again, in the conversation before it, for more of them. By now
// other windows may have a vector, so that the passages need not come in the order in which they came before.
func (c *chat) more(ctx context.Context) error {
	if len(c.shown) == 0 {
		c.screen.line("Ask something first.")
		return nil
	}
	a, err := c.engine.Ask(ctx, answer.Question{Text: c.last.Question, Top: len(c.shown) + morePage}, c.before)
	if err != nil {
		return fmt.Errorf("look for more: %w", err)
	}
	next := slices.DeleteFunc(a.Passages, func(p answer.Passage) bool {
		return slices.ContainsFunc(c.shown, func(q answer.Passage) bool { return q.Article == p.Article && q.Place == p.Place })
	})
	if len(next) == 0 {
		c.screen.line("There are no more passages.")
		return nil
	}
	c.screen.passages(next, answer.Closest, len(c.shown))
	c.shown = slices.Concat(c.shown, next)
	c.conversation[c.turn] = turn(c.last, c.shown)
	return nil
}

func (c *chat) context() {
	if len(c.shown) == 0 {
		c.screen.line("There is no passage yet to show more of.")
		return
	}
	for i, p := range c.shown[:max(c.last.Best, 1)] {
		if i > 0 {
			c.screen.line("")
		}
		c.screen.context(p)
	}
}

// parseQuote understands "[speaker: NAME] [WORDS]". The name is the longest run of words that somebody who is quoted
// answers to, and else all of them.
func parseQuote(quotes *quote.Finder, text string) quote.Query {
	const label = "speaker:"
	text = strings.TrimSpace(text)
	if len(text) < len(label) || !strings.EqualFold(text[:len(label)], label) {
		return quote.Query{About: text}
	}
	words := strings.Fields(text[len(label):])
	for n := len(words); n > 0; n-- {
		query := quote.Query{Speaker: strings.Join(words[:n], " ")}
		if len(quotes.Quotes(query)) > 0 {
			query.About = strings.Join(words[n:], " ")
			return query
		}
	}
	return quote.Query{Speaker: strings.Join(words, " ")}
}
