package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"citebot/answer"
	"citebot/corpus"
	"citebot/index"
	"citebot/quote"
	"citebot/reader"
)

// Exit statuses, as grep's.
const (
	exitFound   = 0
	exitNothing = 1 // refused, or nothing found
	exitError   = 2
)

// errNothing ends a command that found nothing, or not what there should be, and has said so, or had nothing to say.
var errNothing = errors.New("nothing found")

// program is what the commands of one run share.
type program struct {
	in      io.Reader
	out     *output
	errOut  io.Writer
	env     []string       // KEY=value
	library *index.Library // nil until a command opens it
}

// run is the whole program but for the process around it; env holds KEY=value strings, and the result is the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	p := &program{in: stdin, out: &output{Writer: stdout}, errOut: stderr, env: env}
	root := p.rootCommand()
	root.SetArgs(append([]string{}, args...)) // never nil, for which cobra would take the process's own
	err := root.Execute()
	if p.library != nil {
		p.library.Close() // it was only read from, so nothing can be lost
	}
	if p.out.err != nil {
		err = fmt.Errorf("write the output: %w", p.out.err)
	}
	switch {
	case err == nil:
		return exitFound
	case err == errNothing:
		return exitNothing
	}
	fmt.Fprintf(stderr, "citebot: %s\n", visible(err.Error()))
	return exitError
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "citebot",
		Short: "Ask an article; get the sentence that answers, with its citation",
		Long: `Ask an article a question: citebot shows the sentence that answers it, word for
word, and where it stands. Where the article does not answer, citebot says so.

Without --articles, and without ARTICLES_DIR in the environment or in a file
.env, it answers from the article that comes with it.`,
		Example: `  citebot ask "When did Azerbaijan retake control of Karabakh?"
  citebot chat --articles ~/articles`,
		Args:                       noSuchCommand,
		RunE:                       showHelp,
		SuggestionsMinimumDistance: 2,

		SilenceErrors: true, // run prints them
		SilenceUsage:  true,
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.errOut)
	root.SetFlagErrorFunc(badFlag)
	root.AddCommand(
		p.askCommand(),
		p.chatCommand(),
		p.quoteCommand(),
		p.articlesCommand(),
		p.runCommand(),
		p.checkCommand(),
		p.predictCommand(),
		p.evalCommand(),
		p.benchCommand(),
		p.versionCommand(),
	)
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Long = "Show what a command does, and which arguments and flags it takes."
		help.Example = "  citebot help ask"
		help.Args = noSuchTopic
	}
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Example = `  source <(citebot completion bash)
  citebot completion zsh > "${fpath[1]}/_citebot"
  citebot completion fish > ~/.config/fish/completions/citebot.fish
  citebot completion powershell | Out-String | Invoke-Expression`
		completion.Args = noSuchCommand
		completion.RunE = showHelp
		for _, shell := range completion.Commands() {
			shell.Args = flagsOnly
		}
	}
	return root
}

// showHelp is what a command does that only has others.
func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// articlesFlag gives cmd the flag --articles and returns where its values will be.
func articlesFlag(cmd *cobra.Command) *[]string {
	return cmd.Flags().StringArray("articles", nil, "answer from the file or folder at `PATH`; may be given more than once")
}

// openEngine is what answers from the articles at paths. It can answer at once; its vectors are made in the background.
func (p *program) openEngine(config Config, paths []string) (*answer.Engine, *reader.Model, error) {
	model, err := reader.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open the reader: %w", err)
	}
	if err := p.openLibrary(config, paths, model); err != nil {
		return nil, nil, err
	}
	return answer.New(p.library, model), model, nil
}

// openQuotes is what looks quotations up in the articles at paths.
func (p *program) openQuotes(config Config, paths []string) (*quote.Finder, error) {
	if err := p.openLibrary(config, paths, nil); err != nil {
		return nil, err
	}
	return quote.New(p.library), nil
}

// openLibrary indexes the articles at paths; model, which may be nil, makes their vectors. The library stays open until the
// run ends.
func (p *program) openLibrary(config Config, paths []string, model *reader.Model) error {
	articles, err := p.load(config, paths)
	if err != nil {
		return err
	}
	sentences := 0
	for _, a := range articles {
		sentences += a.SentenceCount()
	}
	done := announce(p.notices(), "Indexing "+count(sentences, "sentence")+"…")
	defer done()
	if p.library, err = index.New(articles, model, index.Options{Cache: config.CacheDir}); err != nil {
		return fmt.Errorf("index the articles: %w", err)
	}
	return nil
}

// slowReader tells a host whose processor makes the reader slow.
const slowReader = "This processor has none of the instructions that make reading fast, so fewer passages are read for each question."

// How long somebody who asks at a terminal waits for vectors: for those of a library of so many windows, about that long at
// most. A larger library is asked without those that are missing.
const (
	fewWindows     = 40
	vectorPatience = 2 * time.Second
)

// openForPerson is openEngine for somebody who is about to ask at a terminal.
func (p *program) openForPerson(ctx context.Context, config Config, paths []string) (*answer.Engine, error) {
	engine, model, err := p.openEngine(config, paths)
	if err != nil {
		return nil, err
	}
	if isSlow(model) {
		fmt.Fprintln(p.notices(), slowReader)
	}
	if _, windows := p.library.Progress(); windows <= fewWindows {
		ctx, cancel := context.WithTimeout(ctx, vectorPatience)
		defer cancel()
		p.library.Wait(ctx) // without all vectors there is an answer too
	}
	return engine, nil
}

func isSlow(model *reader.Model) bool { return model.Kernel() == "plain" }

// load reads the articles at the given paths, else those that the settings name, else the bundled one. It tells what could
// not be read among others that could, and leaves it out.
func (p *program) load(config Config, paths []string) ([]*corpus.Article, error) {
	origin := "--articles"
	if len(paths) == 0 && config.ArticlesDir != "" {
		origin, paths = "ARTICLES_DIR", []string{config.ArticlesDir}
	}
	if len(paths) == 0 {
		return []*corpus.Article{corpus.Bundled()}, nil
	}
	if slices.Contains(paths, "") {
		return nil, fmt.Errorf("%s is empty; give the path of an article or of a folder of articles", origin)
	}
	articles, problems, err := corpus.Load(paths...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", origin, err)
	}
	for _, problem := range problems {
		fmt.Fprintf(p.errOut, "citebot: left out: %s\n", visible(problem.Err.Error()))
	}
	return articles, nil
}

// output remembers that a write failed, so that nobody who prints a line has to look.
type output struct {
	io.Writer
	err error // the first failure
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}
