package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

// transcript holds a conversation with the program: every line that it reads is also written to out, as if typed there.
type transcript struct {
	lines []string
	out   strings.Builder
}

func (t *transcript) Read(b []byte) (int, error) {
	if len(t.lines) == 0 {
		return 0, io.EOF
	}
	line := t.lines[0]
	t.lines = t.lines[1:]
	t.out.WriteString("> " + line + "\n")
	return copy(b, line+"\n"), nil
}

func (t *transcript) Write(b []byte) (int, error) { return t.out.Write(b) }

// converse is the transcript of a chat in which these lines are entered.
func converse(t *testing.T, settings []string, args []string, lines ...string) string {
	t.Helper()
	talk := &transcript{lines: lines}
	var errOut strings.Builder
	if status := run(append([]string{"chat"}, args...), talk, talk, &errOut, environment(settings...)); status != exitFound || errOut.Len() > 0 {
		t.Errorf("exit status %d, errors %q", status, errOut.String())
	}
	return talk.out.String()
}

func TestChat(t *testing.T) {
	for _, test := range []struct {
		name  string
		args  []string
		lines []string
	}{
		{"follow-ups", nil, []string{"When did Azerbaijan retake Karabakh?", "How many people fled?", "Where did they go?"}},
		{"more", nil, []string{"/more", "Who nominated Trump for the Nobel Peace Prize?", "/more", "/more", "/more", "/more", "/more", "/more"}},
		{"more-after-refusal", nil, []string{"Who won the World Cup in 2022?", "/more"}},
		{"context", nil, []string{"/context", "How many ethnic Armenians fled?", "/context", "And why?", "/context"}},
		{"quote", []string{"--articles", ours}, []string{
			"/quote", "/quote speaker: Inge Tamm", "/quote SPEAKER:tamm  bored", "/quote icebreaker",
			"/quote speaker: Nobody At All", "/quote speaker:", "/quote zeppelins",
		}},
		{"commands", []string{"--articles", ours}, []string{"/help", "/articles", "/frob", "/", "", "   ", "/quit", "never asked"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			golden(t, "chat/"+test.name+".txt", converse(t, []string{"COLUMNS=80"}, test.args, test.lines...))
		})
	}
}

// A remark that is answered without a passage leaves /more and /context with those shown before it.
func TestRemarksAreNoQuestions(t *testing.T) {
	const question = "How many ethnic Armenians fled?"
	want := converse(t, nil, nil, question, "/context", "/more", "/more")
	got := converse(t, nil, nil, question, "thanks", "/context", "???", "/more", "thanks", "/more")
	if got = regexp.MustCompile(`> (thanks|\?\?\?)\n.+\n\n`).ReplaceAllString(got, ""); got != want {
		t.Errorf("with remarks\n%s\nwithout\n%s", got, want)
	}
	first := converse(t, nil, nil, "???", "/more", "/context")
	if !strings.Contains(first, "Ask something first.") || !strings.Contains(first, "There is no passage yet") {
		t.Errorf("before any question\n%s", first)
	}
}

// The same question gets the same answer again, whatever was asked in between; "more" gets what was not shown yet, be it by
// an answer or by /more.
func TestChatGoesOn(t *testing.T) {
	const question, other = "How many ethnic Armenians fled?", "Who nominated Trump for the Nobel Peace Prize?"
	answers := strings.Split(converse(t, nil, nil, question, "/more", "more", other, question), "> ")[1:]
	body := func(i int) string {
		_, text, _ := strings.Cut(answers[i], "\n")
		return text
	}
	if body(4) != body(0) {
		t.Errorf("first\n%s\nlater\n%s", body(0), body(4))
	}
	place := regexp.MustCompile(`¶\d+ s\d+`)
	shown := map[string]bool{}
	for i := range 3 {
		for _, p := range place.FindAllString(body(i), -1) {
			if shown[p] {
				t.Errorf("%s is shown again by\n%s", p, answers[i])
			}
			shown[p] = true
		}
	}
	if len(shown) < 5 {
		t.Errorf("only %d passages are shown", len(shown))
	}
}

func TestChatEndsWithItsInput(t *testing.T) {
	if got := citebot("", nil, "chat"); got != (result{}) {
		t.Errorf("%+v", got)
	}
	without, with := citebot("Who lives there?", nil, "chat"), citebot("Who lives there?\r\n", nil, "chat")
	if without != with || without.out == "" {
		t.Errorf("the last line's end matters: %+v, %+v", without, with)
	}
}

func TestChatTakesLongLines(t *testing.T) {
	long := strings.Repeat("Karabakh ", 20_000)
	if got := citebot(long+"\nWho governed it?\n", nil, "chat"); got.status != exitFound || strings.Count(got.out, "\n\n") < 2 {
		t.Errorf("%+v", got)
	}
}

func TestChatRemembersTenTurns(t *testing.T) {
	var c answer.Conversation
	for i := range 25 {
		c = append(c, answer.Turn{Question: fmt.Sprint(i)})
		got := recent(c)
		if len(got) > 10 || got[len(got)-1].Question != fmt.Sprint(i) {
			t.Fatalf("after %d turns: %v", i+1, got)
		}
	}
}

func TestPassagesOfARefusalAreNoAnswer(t *testing.T) {
	p := passage(harbour(), 0, 1)
	for _, verdict := range []answer.Verdict{answer.Answered, answer.Closest, answer.Refused} {
		got := turn(answer.Answer{Question: "?", Verdict: verdict, Passages: []answer.Passage{p}}, []answer.Passage{p})
		if told := got.Article == "harbour" && len(got.Shown) == 1; told != (verdict != answer.Refused) {
			t.Errorf("%s: %+v", verdict, got)
		}
	}
}

// What is shown with a passage has been shown too.
func TestTurnHoldsAllThatIsShown(t *testing.T) {
	g := guide(t)
	code, row := answer.PassageAt(g, corpus.Place{Block: 6}), passage(g, 9, 0)
	got := turn(answer.Answer{Question: "?", Verdict: answer.Closest}, []answer.Passage{code, row})
	want := []answer.Shown{
		{Article: "guide", Place: corpus.Place{Block: 6}}, {Article: "guide", Place: corpus.Place{Block: 9}},
		{Article: "guide", Place: corpus.Place{Block: 7}}, {Article: "guide", Place: corpus.Place{Block: 7, Sentence: 1}},
		{Article: "guide", Place: corpus.Place{Block: 7, Sentence: 2}},
	}
	if !slices.Equal(got.Shown, want) {
		t.Errorf("got %v, want %v", got.Shown, want)
	}
}
