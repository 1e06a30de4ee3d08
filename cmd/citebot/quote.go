package main

import (
	"strings"

	"github.com/spf13/cobra"

	"citebot/quote"
)

func (p *program) quoteCommand() *cobra.Command {
	var speaker string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "quote [flags] [WORDS…]",
		Short: "Look up who said what, word for word",
		Long: `Look up quotations by speaker, by words that they speak of, or both; each is
shown word for word, with its citation. Any part of a speaker's name will do.
Without a speaker and words: who is quoted, and how often.

The exit status is 0 if anything was found, 1 if nothing was, and 2 after an
error.`,
		Example: `  citebot quote
  citebot quote --speaker Trump
  citebot quote --speaker Trump ethnic cleansing`,
	}
	paths := articlesFlag(cmd)
	cmd.Flags().StringVar(&speaker, "speaker", "", "only what `NAME` said")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		config, err := readConfig(".env", p.env)
		if err != nil {
			return err
		}
		finder, err := p.openQuotes(config, *paths)
		if err != nil {
			return err
		}
		query := quote.Query{Speaker: speaker, About: strings.Join(args, " ")}
		quotes := finder.Quotes(query)
		all := query == quote.Query{}
		switch {
		case asJSON && all:
			err = writeJSON(p.out, asQuotesJSON(quotes, finder.Speakers("")))
		case asJSON:
			err = writeJSON(p.out, asQuotesJSON(quotes, nil))
		default:
			newScreen(p.out, config).quoted(finder, query, quotes)
		}
		if err == nil && len(quotes) == 0 {
			err = errNothing
		}
		return err
	}
	return cmd
}
