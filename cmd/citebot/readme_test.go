package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the README shows on a terminal is what the program prints there, 80 columns wide. Its commands are run in a folder
// with the folder articles of testdata and the settings that the README speaks of; -update writes the outputs anew.
func TestREADME(t *testing.T) {
	path, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/readme")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(folder, "articles"), os.DirFS(ours)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)

	console := regexp.MustCompile("(?s)```console\n(.*?)```")
	blocks := 0
	real := console.ReplaceAllFunc(readme, func(block []byte) []byte {
		blocks++
		shown := string(console.FindSubmatch(block)[1])
		printed := replay(t, shown)
		if !*update && printed != shown {
			t.Errorf("the README shows\n%s\nbut this is what happens:\n%s", shown, printed)
		}
		return fmt.Appendf(nil, "```console\n%s```", printed)
	})
	if blocks < 5 {
		t.Errorf("found only %d blocks of commands", blocks)
	}
	if *update {
		if err := os.WriteFile(path, real, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// replay runs the commands of a terminal's transcript and returns the transcript with what they print.
func replay(t *testing.T, shown string) string {
	t.Helper()
	var printed strings.Builder
	for _, part := range regexp.MustCompile(`(?m)^\$ `).Split(shown, -1)[1:] {
		command, output, _ := strings.Cut(part, "\n")
		fmt.Fprintf(&printed, "$ %s\n", command)
		var entered []string // in a chat
		for line := range strings.Lines(output) {
			if text, ok := strings.CutPrefix(line, "> "); ok {
				entered = append(entered, strings.TrimSuffix(text, "\n"))
			}
		}
		printed.WriteString(strings.TrimRight(perform(t, command, entered), "\n") + "\n")
	}
	return printed.String()
}

// perform runs one command as a shell would: citebot, also through go run or into jq, and cat.
func perform(t *testing.T, command string, entered []string) string {
	t.Helper()
	command, pretty := strings.CutSuffix(command, " | jq .")
	words := shellWords(command)
	if len(words) > 2 && words[0] == "go" && words[1] == "run" && words[2] == "./cmd/citebot" {
		words = append([]string{"citebot"}, words[3:]...)
	}
	switch words[0] {
	case "cat":
		text, err := os.ReadFile(words[1])
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	case "citebot":
		talk := &transcript{lines: entered}
		run(words[1:], talk, talk, talk, environment("COLUMNS=80"))
		if !pretty {
			return talk.out.String()
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(talk.out.String()), "", "  "); err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		return indented.String()
	}
	t.Fatalf("this test cannot run: %s", command)
	return ""
}

// shellWords splits a command at spaces that are not in quotation marks.
func shellWords(command string) []string {
	var words []string
	for _, word := range regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`).FindAllString(command, -1) {
		words = append(words, strings.Trim(word, `"'`))
	}
	return words
}
