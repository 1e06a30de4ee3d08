package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"citebot/index"
	"citebot/internal/fakediscord"
)

// TestMain lets the test's own program stand for citebot, for what needs a process: signals.
func TestMain(m *testing.M) {
	if os.Getenv("BE_CITEBOT") != "" {
		main()
	}
	vectors() // while the working directory is this one
	status := m.Run()
	os.RemoveAll(vectors())
	os.Exit(status)
}

func discord(f *fakediscord.Server, more ...string) []string {
	return append([]string{"DISCORD_TOKEN=" + fakediscord.Token, "DISCORD_API_URL=" + f.URL(), "DISCORD_GUILD_ID=" + fakediscord.GuildID}, more...)
}

func TestRunCheck(t *testing.T) {
	t.Chdir(t.TempDir())
	f := fakediscord.New(t, fakediscord.Options{})
	got := citebot("", discord(f), "run", "--check")
	if got.status != exitFound || got.errOut != "" {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{"Token: good", "Application: citebot", "Commands: not up to date", "Connection: good", "Invite: "} {
		if !strings.Contains(got.out, want) {
			t.Errorf("not said: %s in\n%s", want, got.out)
		}
	}
	for name, env := range map[string][]string{
		"by the environment": discord(f, "DISCORD_TOKEN="),
		"by the file":        {"DISCORD_API_URL=" + f.URL()},
	} {
		if err := os.WriteFile(".env", []byte("DISCORD_TOKEN=\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := citebot("", env, "run", "--check"); got.status != exitError || !strings.Contains(got.errOut, "DISCORD_TOKEN is not set") {
			t.Errorf("no token %s: %+v", name, got)
		}
	}
}

func TestRunSettings(t *testing.T) {
	t.Chdir(t.TempDir())
	f := fakediscord.New(t, fakediscord.Options{})
	for _, tt := range []struct{ setting, want string }{
		{"DISCORD_TOKEN=", "DISCORD_TOKEN is not set"},
		{"DISCORD_TOKEN=MTAwMDAwMDAwMDAwMDAwMDAwMQ.other.token", "Discord refused the token"},
		{"DISCORD_GUILD_ID=here", "DISCORD_GUILD_ID must be"},
		{"ANSWER_CHANNELS=general, other", "ANSWER_CHANNELS must"},
		{"DISCORD_API_URL=discord", "DISCORD_API_URL must"},
		{"PERSON_PER_MINUTE=many", "PERSON_PER_MINUTE must be a number"},
		{"SERVER_BURST=0", "SERVER_BURST must be a number"},
		{"PERSON_BURST=-5", "PERSON_BURST must be a number"},
		{"QUESTION_LENGTH=1.5", "QUESTION_LENGTH must be a number"},
		{"SHARD_COUNT=many", "SHARD_COUNT must be a number from 1 to 65536, or auto"},
		{"SHARD_COUNT=0", "SHARD_COUNT must be a number"},
		{"SHARD_IDS=0,x", "SHARD_IDS must hold numbers and ranges of shards"},
		{"SHARD_IDS=3-1", "SHARD_IDS must hold"},
		{"SHARD_IDS=0-99999999999", "SHARD_IDS must hold"},
		{"SHARD_IDS=0", "SHARD_IDS needs SHARD_COUNT to be a number"},
		{"SHARD_COUNT=2\nSHARD_IDS=1-2", "SHARD_IDS names shard 2, but 2 shards have the numbers 0 to 1"},
		{"SHARD_COUNT=2\nSHARD_IDS=,", "SHARD_IDS holds no number"},
		{"QUESTION_LENGTH=2001", "QUESTION_LENGTH must be a number from 1 to 2000"},
		{"DISCORD_API_URL=http://me:some.other.token@127.0.0.1:9", "DISCORD_API_URL must"},
		{"SHARD_COUNT=" + fakediscord.Token, "SHARD_COUNT must be a number"},
		{"DISCORD_GUILD_ID=" + fakediscord.Token, "DISCORD_GUILD_ID must be"},
		{"ANSWER_CHANNELS=" + fakediscord.Token, "ANSWER_CHANNELS must"},
		{"LOG_LEVEL=" + fakediscord.Token, "LOG_LEVEL must"},
		{"LOG_FORMAT=xml", "LOG_FORMAT must be text or json"},
		{"LOG_LEVEL=loud", "LOG_LEVEL must be debug"},
	} {
		got := citebot("", discord(f, strings.Split(tt.setting, "\n")...), "run")
		if got.status != exitError || !strings.Contains(got.errOut, tt.want) || strings.Count(got.errOut, "\n") > 1 || got.out != "" {
			t.Errorf("%s: %+v", tt.setting, got)
		}
		if strings.Contains(got.errOut, fakediscord.Token) || strings.Contains(got.errOut, "other.token") {
			t.Errorf("%s: the token is told", tt.setting)
		}
	}
}

// pretendedWork takes a while, then fails if it is to.
type pretendedWork struct {
	takes time.Duration
	fails error
	cache index.CacheReport
}

func (w pretendedWork) Progress() (done, all int) { return 3, 9 }
func (w pretendedWork) Cache() index.CacheReport  { return w.cache }

func (w pretendedWork) Wait(ctx context.Context) error {
	select {
	case <-time.After(w.takes):
		return w.fails
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestVectorsAreLogged(t *testing.T) {
	for _, test := range []struct {
		name string
		work pretendedWork
		want []string // messages
	}{
		{"quick", pretendedWork{takes: time.Second}, nil},
		{"slow", pretendedWork{takes: time.Minute}, []string{"making vectors; meanwhile answers are looked for by words", "all vectors made"}},
		{"failed", pretendedWork{fails: errors.New("no memory")}, []string{"no more vectors can be made"}},
		{"cache out of order", pretendedWork{cache: index.CacheReport{Faults: 1}}, []string{"CACHE_DIR could not be read or written"}},
		{"stopped", pretendedWork{takes: time.Hour}, []string{"making vectors; meanwhile answers are looked for by words"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
				defer stop()
				var logged bytes.Buffer
				logVectors(ctx, test.work, slog.New(slog.NewJSONHandler(&logged, nil)))
				var got []string
				for line := range strings.Lines(logged.String()) {
					var entry struct{ Msg string }
					if err := json.Unmarshal([]byte(line), &entry); err != nil {
						t.Fatal(err)
					}
					got = append(got, entry.Msg)
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("logged %q, want %q", got, test.want)
				}
			})
		})
	}
}

// process starts citebot run as a process of its own, and returns what it logs, line by line.
func process(t *testing.T, f *fakediscord.Server, settings ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "run")
	cmd.Dir = t.TempDir()
	cmd.Env = append(append(os.Environ(), "BE_CITEBOT=1"), discord(f, settings...)...)
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	f.Connected()
	return cmd, bufio.NewScanner(logs)
}

func TestRunStopsOnSignals(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			f := fakediscord.New(t, fakediscord.Options{})
			cmd, logs := process(t, f, "LOG_FORMAT=json", "LOG_LEVEL=debug")
			f.Ask(f.Person("Ann"), "", "When did Azerbaijan retake control of Karabakh?")
			if err := cmd.Process.Signal(signal); err != nil {
				t.Skip("this system has no such signal: ", err)
			}
			for logs.Scan() {
				if line := logs.Text(); !strings.HasPrefix(line, "{") || strings.Contains(line, fakediscord.Token) {
					t.Errorf("logged: %s", line)
				}
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("ended with %v", err)
			}
			if c := f.Conns()[0]; c.CloseCode != 1000 {
				t.Errorf("no goodbye: %+v", c)
			}
		})
	}
}

// TestRunEndsOnTheSecondSignal, although a question is under way.
func TestRunEndsOnTheSecondSignal(t *testing.T) {
	f := fakediscord.New(t, fakediscord.Options{})
	cmd, logs := process(t, f)
	f.Fail(fakediscord.Failure{Method: "POST", Path: "/messages", Hang: true})
	ann := f.Person("Ann")
	f.Send(fakediscord.Message{Author: &ann, Content: fakediscord.Mention + "When did Azerbaijan retake control of Karabakh?"})
	for logs.Scan() && !strings.Contains(logs.Text(), "verdict=") {
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip("this system has no such signal: ", err)
	}
	if err := f.Wait(t.Context(), func() bool { return f.Conns()[0].Closed }); err != nil { // it has begun to leave
		t.Fatal(err)
	}
	cmd.Process.Signal(os.Interrupt)
	for logs.Scan() {
		if strings.Contains(logs.Text(), "stopped") {
			t.Error("it took its time")
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Success() {
		t.Errorf("ended with %v", err)
	}
}

// TestRunOverTLS: as with Discord itself, requests and gateway are encrypted.
func TestRunOverTLS(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux takes the certificates to trust from SSL_CERT_FILE")
	}
	f := fakediscord.New(t, fakediscord.Options{TLS: true})
	trusted := write(t, "trusted.pem", string(f.Certificate()))
	process(t, f, "SSL_CERT_FILE="+trusted)
	ann := f.Person("Ann")
	f.Ask(ann, "", "When did Azerbaijan retake control of Karabakh?")
	f.Reconnected(f.Reconnect)
	f.Ask(ann, "", "When did Azerbaijan retake control of Karabakh?")
	if c := f.Conns(); len(c) != 2 || !c[1].Resumed {
		t.Errorf("connections: %+v", c)
	}
}

func TestCheck(t *testing.T) {
	t.Chdir(t.TempDir())
	f := fakediscord.New(t, fakediscord.Options{})
	for _, tt := range []struct {
		name   string
		env    []string
		args   []string
		deny   int64
		status int
		out    string
		errOut string
	}{
		{"nothing missing", discord(f), nil, 0, exitFound, "nothing is missing", ""},
		{"something missing", discord(f), nil, fakediscord.EmbedLinks, exitNothing, "missing:\n  in #general: Embed Links", ""},
		{"in one channel", discord(f), []string{fakediscord.ChannelID}, fakediscord.EmbedLinks, exitNothing, "#general", ""},
		{"no channel", discord(f), []string{"general"}, 0, exitError, "", "a channel is named by its ID"},
		{"no token", discord(f, "DISCORD_TOKEN="), nil, 0, exitError, "", "DISCORD_TOKEN is not set"},
	} {
		f.Deny(fakediscord.ChannelID, tt.deny)
		got := citebot("", tt.env, append([]string{"check"}, tt.args...)...)
		if got.status != tt.status || !strings.Contains(got.out, tt.out) || !strings.Contains(got.errOut, tt.errOut) || strings.Count(got.errOut, "\n") > 1 {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if strings.Contains(got.out+got.errOut, fakediscord.Token) {
			t.Errorf("%s: the token is told", tt.name)
		}
	}
}
