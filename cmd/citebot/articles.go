package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) articlesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "articles [flags]",
		Short: "Show what can be asked about",
		Long: `Show the articles that are answered from: title, author, source, date, length,
address, and whatever was odd about the file.`,
		Example: `  citebot articles
  citebot articles --articles ~/articles --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("articles takes no path by itself; write: citebot articles --articles %s", args[0])
			}
			return nil
		},
	}
	paths := articlesFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.RunE = func(*cobra.Command, []string) error {
		config, err := readConfig(".env", p.env)
		if err != nil {
			return err
		}
		articles, err := p.load(config, *paths)
		if err != nil {
			return err
		}
		if asJSON {
			return writeJSON(p.out, asArticlesJSON(articles))
		}
		newScreen(p.out, config).articles(articles)
		return nil
	}
	return cmd
}
