package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/peterh/liner"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"citebot/answer"
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
		engine, err := p.open(config, *paths)
		if err != nil {
			return err
		}
		c := &chat{engine: engine, screen: newScreen(p.out, config)}
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
	screen screen

	conversation answer.Conversation // everything asked and shown, the last turn included

	// What /more and /context refer to: the last answer that showed a passage, not a "you are welcome" after it.
	last   answer.Answer
	before answer.Conversation // what last was understood from
	shown  int                 // how many passages of last were shown
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
		query := parseQuote(c.engine, rest)
		c.screen.quoted(c.engine, query, c.engine.Quotes(query))
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
		c.last, c.before, c.shown = a, before, len(shown)
	}
	c.conversation = append(c.conversation, turn(a, shown))
	return nil
}

// recent is the part of c that a question is understood from.
func recent(c answer.Conversation) answer.Conversation {
	return c[max(0, len(c)-remembered):]
}

// turn is what later questions are told about a. The closest passages offered with a refusal were not an answer.
func turn(a answer.Answer, shown []answer.Passage) answer.Turn {
	t := answer.Turn{Question: a.Question}
	if a.Verdict == answer.Refused {
		return t
	}
	for _, p := range shown {
		t.Shown = append(t.Shown, answer.Shown{Article: p.Article.ID, Place: p.Place})
	}
	if len(shown) > 0 {
		t.Article = shown[0].Article.ID
	}
	return t
}

// more asks the last question that passages were shown for again, in the conversation before it, for more of them.
func (c *chat) more(ctx context.Context) error {
	if c.shown == 0 {
		c.screen.line("Ask something first.")
		return nil
	}
	a, err := c.engine.Ask(ctx, answer.Question{Text: c.last.Question, Top: c.shown + morePage}, c.before)
	if err != nil {
		return fmt.Errorf("look for more: %w", err)
	}
	if len(a.Passages) <= c.shown {
		c.screen.line("There are no more passages.")
		return nil
	}
	c.screen.passages(a.Passages[c.shown:], answer.Closest, c.shown)
	c.shown = len(a.Passages)
	return nil
}

func (c *chat) context() {
	if c.shown == 0 {
		c.screen.line("There is no passage yet to show more of.")
		return
	}
	c.screen.context(c.last.Passages[0])
}

// parseQuote understands "[speaker: NAME] [WORDS]". The name is the longest run of words that somebody who is quoted
// answers to, and else all of them.
func parseQuote(engine *answer.Engine, text string) answer.QuoteQuery {
	const label = "speaker:"
	text = strings.TrimSpace(text)
	if len(text) < len(label) || !strings.EqualFold(text[:len(label)], label) {
		return answer.QuoteQuery{About: text}
	}
	words := strings.Fields(text[len(label):])
	for n := len(words); n > 0; n-- {
		query := answer.QuoteQuery{Speaker: strings.Join(words[:n], " ")}
		if len(engine.Quotes(query)) > 0 {
			query.About = strings.Join(words[n:], " ")
			return query
		}
	}
	return answer.QuoteQuery{Speaker: strings.Join(words, " ")}
}
