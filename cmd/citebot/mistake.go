package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noSuchCommand refuses what a command was given in place of a subcommand's name, and says what may have been meant.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if strings.Contains(strings.TrimSpace(args[0]), " ") {
		return fmt.Errorf("“%s” is no command; to ask a question, write: citebot ask QUESTION", args[0])
	}
	if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
		return fmt.Errorf("there is no command “%s”; did you mean %s?", args[0], strings.Join(like, " or "))
	}
	return fmt.Errorf("there is no command “%s”; see %s --help", args[0], cmd.CommandPath())
}

// noSuchTopic refuses to help with a command that there is not.
func noSuchTopic(help *cobra.Command, args []string) error {
	cmd, rest, err := help.Root().Find(args)
	if err != nil {
		return err
	}
	return noSuchCommand(cmd, rest)
}

// flagsOnly refuses whatever a command was given that is no flag.
func flagsOnly(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes flags only, not “%s”; see %s --help", cmd.Name(), args[0], cmd.CommandPath())
}

// badFlag says what is wrong with a flag. Where its value is, the parser's words are not for people.
func badFlag(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		flag, takes := invalid.GetFlag(), "another value"
		switch flag.Value.Type() {
		case "int":
			takes = "a number such as 3"
		case "bool":
			takes = "true or false"
		}
		err = fmt.Errorf("--%s takes %s, not “%s”", flag.Name, takes, invalid.GetValue())
	}
	return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
}
