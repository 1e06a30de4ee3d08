package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestConfig(t *testing.T) {
	for _, test := range []struct {
		name, dotenv string
		env          []string
		want         Config
		fails        string // what the error says
	}{
		{name: "nothing"},
		{name: "from the file", dotenv: "ARTICLES_DIR=articles\n", want: Config{ArticlesDir: "articles"}},
		{name: "cache", dotenv: "CACHE_DIR=/var/cache/citebot\n", want: Config{CacheDir: "/var/cache/citebot"}},
		{name: "quoted", dotenv: "# mine\n\nexport ARTICLES_DIR=\"my articles\" # all\n", want: Config{ArticlesDir: "my articles"}},
		{name: "Windows line ends and byte order mark", dotenv: "\uFEFFNO_COLOR=1\r\nARTICLES_DIR=a\r\n", want: Config{ArticlesDir: "a", NoColor: true}},
		{name: "the environment wins", dotenv: "ARTICLES_DIR=a", env: []string{"ARTICLES_DIR=b=c"}, want: Config{ArticlesDir: "b=c"}},
		{name: "even empty", dotenv: "ARTICLES_DIR=a", env: []string{"ARTICLES_DIR="}},
		{name: "empty NO_COLOR", env: []string{"NO_COLOR=", "COLUMNS=60", "TERM=dumb"}, want: Config{Columns: "60", Term: "dumb"}},
		{name: "no equals sign", dotenv: "ARTICLES_DIR=a\nsecret token\nNO_COLOR=1\n", fails: "line 2 is not"},
		{name: "no equals sign at the end", dotenv: "ARTICLES_DIR=a\nsecret", fails: "line 2 is not"},
		{name: "open quote", dotenv: "A=\"1\n2\"\nTOKEN=\"secret\nB=1\n", fails: "line 3 is not"},
		{name: "huge", dotenv: strings.Repeat("A\x00\n", 1<<20), fails: "no file of settings"},
		{name: "not text", dotenv: "\x7fELF\x00\x00", fails: "line 1 is not"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, ".env", test.dotenv)
			got, err := readConfig(path, test.env)
			if test.fails != "" {
				if err == nil || !strings.Contains(err.Error(), test.fails) || strings.Contains(err.Error(), "secret") {
					t.Fatalf("error %v, want one with %q and without the file's text", err, test.fails)
				}
				return
			}
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestConfigFileMayBeMissingButNotUnreadable(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := readConfig(".env", nil); err != nil {
		t.Error(err)
	}
	if err := os.Mkdir(".env", 0o777); err != nil {
		t.Fatal(err)
	}
	got := citebot("", nil, "articles")
	if got.status != exitError || !strings.Contains(got.errOut, ".env") {
		t.Errorf("%+v", got)
	}
}

// Whoever copies the example gets settings that can be read, and every one of them as it is without it.
func TestExampleOfSettings(t *testing.T) {
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	got, err := readConfig(write(t, ".env", string(example)), nil)
	if err != nil || got != (Config{}) {
		t.Errorf("copied as it is, it sets %+v, %v", got, err)
	}
	uncommented := regexp.MustCompile(`(?m)^# ?([A-Z_]+=)`).ReplaceAllString(string(example), "$1")
	values, ok := parseDotenv([]byte(uncommented))
	if !ok {
		t.Error("uncommented, it cannot be read")
	}
	for _, key := range []string{"ARTICLES_DIR", "CACHE_DIR", "NO_COLOR"} {
		if values[key] == "" {
			t.Errorf("%s is not documented", key)
		}
	}
}
