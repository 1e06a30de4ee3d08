package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestHelp(t *testing.T) {
	var check func(cmd *cobra.Command)
	check = func(cmd *cobra.Command) {
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			if cmd.Short == "" || cmd.Long == "" || cmd.Example == "" {
				t.Error("needs a short text, a long one and an example")
			}
			args := strings.Fields(cmd.CommandPath())[1:]
			got := citebot("", nil, append(args, "--help")...)
			if got.status != exitFound || got.errOut != "" {
				t.Fatalf("%+v", got)
			}
			golden(t, "help/"+strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".txt", got.out)
		})
		if cmd.Name() == "completion" {
			return // the texts of the shells are cobra's
		}
		for _, child := range cmd.Commands() {
			check(child)
		}
	}
	check((&program{}).rootCommand())
}

func TestWithoutArgumentsHelps(t *testing.T) {
	if bare, help := citebot("", nil), citebot("", nil, "--help"); bare != help || bare.out == "" {
		t.Errorf("got %+v, want %+v", bare, help)
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := citebot("", nil, "completion", shell); got.status != exitFound || !strings.Contains(got.out, "citebot") {
			t.Errorf("%s: %+v", shell, got)
		}
	}
	if got := citebot("", nil, "__complete", "ar"); !strings.HasPrefix(got.out, "articles\t") {
		t.Errorf("%+v", got)
	}
}

func TestVersion(t *testing.T) {
	if got := citebot("", nil, "version"); got.status != exitFound || !strings.HasPrefix(got.out, "citebot ") {
		t.Errorf("%+v", got)
	}
}
