package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

// Config is the settings, each named in .env.example.
type Config struct {
	ArticlesDir string // ARTICLES_DIR: the file or folder to answer from; "" for the bundled article
	CacheDir    string // CACHE_DIR: the folder to keep vectors in from one run to the next; "" for none
	NoColor     bool   // NO_COLOR, see https://no-color.org: nothing is made bold or dim
	Columns     string // COLUMNS: how wide to print, where the terminal does not say
	Term        string // TERM, as the terminal sets it
	Discord     discordSettings
}

// readConfig reads the settings from the file at path, which need not exist, and from env, whose KEY=value strings win.
func readConfig(path string, env []string) (Config, error) {
	values, err := readDotenv(path)
	if err != nil {
		return Config{}, err
	}
	for _, setting := range env {
		key, value, _ := strings.Cut(setting, "=")
		values[key] = value
	}
	return Config{
		ArticlesDir: values["ARTICLES_DIR"],
		CacheDir:    values["CACHE_DIR"],
		NoColor:     values["NO_COLOR"] != "",
		Columns:     values["COLUMNS"],
		Term:        values["TERM"],
		Discord:     readDiscordSettings(values),
	}, nil
}

// largestDotenv is the size of a file of settings, in bytes, that is read at most. Those of .env.example take 5 kB.
const largestDotenv = 64 << 10

func readDotenv(path string) (map[string]string, error) {
	file, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return map[string]string{}, nil
	case err == nil && (!file.Mode().IsRegular() || file.Size() > largestDotenv):
		return nil, fmt.Errorf("%s is no file of settings of at most %d bytes: move it away, or write it as in .env.example", path, largestDotenv)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the settings cannot be read (%w): make %s readable, or move it away", err, path)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF")) // Windows editors like to put one
	values, ok := parseDotenv(text)
	if !ok {
		return nil, fmt.Errorf("%s: line %d is not of the form KEY=value", path, faultyLine(text))
	}
	return values, nil
}

// parseDotenv withholds godotenv's error on purpose: it quotes the file, and so might show a token.
func parseDotenv(text []byte) (map[string]string, bool) {
	values, err := godotenv.UnmarshalBytes(text)
	for key := range maps.Keys(values) {
		if key == "" || strings.ContainsAny(key, " \t") {
			return nil, false
		}
	}
	return values, err == nil
}

// faultyLine is the 1-based number of the line after the longest run of first lines that can be parsed: the one that is
// at fault, or that opens the quoted value that is.
func faultyLine(text []byte) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for n := len(lines) - 1; n > 0; n-- {
		if _, ok := parseDotenv(bytes.Join(lines[:n], nil)); ok {
			return n + 1
		}
	}
	return 1
}
