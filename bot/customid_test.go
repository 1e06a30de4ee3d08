package bot

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"citebot/answer"
	"citebot/corpus"
)

func TestActionSurvivesItsCustomID(t *testing.T) {
	at := func(article string, paragraph, sentence int) pointer {
		return pointer{hashOf(article), hashText("text of " + article), corpus.Place{Block: paragraph, Sentence: sentence},
			hashText(fmt.Sprint(paragraph, sentence))}
	}
	tests := []action{
		{kind: actionArticles},
		{kind: actionSpeakers, inPlace: true, page: 300},
		{kind: actionSource, pointers: []pointer{at("a", 0, 0)}},
		{kind: actionContext, pointers: []pointer{at("a", 5, 1)}},
		{kind: actionAsk, private: true, scope: hashOf("a")},
		{kind: actionAsk, scope: hashOf("a"), pointers: []pointer{at("a", 5, 1)}},
		{kind: actionPassages, page: 3, pointers: []pointer{at("a", 5, 1), at("b", 4000, 130), at("a", 0, 2)}},
		{kind: actionQuotes, page: 12, scope: hashOf("a"), speaker: hashOf("Ann Example"), about: "peace & “trade”"},
	}
	for _, a := range tests {
		id := a.customID()
		if len(id) > customIDLength {
			t.Errorf("%q has %d characters", id, len(id))
		}
		got, err := parseAction(id)
		if err != nil {
			t.Errorf("%+v: %v", a, err)
		} else if !reflect.DeepEqual(got, a) {
			t.Errorf("got %+v, want %+v", got, a)
		}
	}
}

// What is shown with a passage is known to the next question too, after the passages themselves.
func TestPointersToAllThatIsShown(t *testing.T) {
	g := guide()
	list, item := passage(g, 1, 2), passage(g, 13, 1) // the line that leads in to a list, and an item
	var got []corpus.Place
	for _, p := range pointersShown([]answer.Passage{list, item}) {
		got = append(got, p.place)
		if found, _, ok := (articleLookup{map[nameHash]*corpus.Article{hashOf(g.ID): g}, versions{}}).find(p); !ok || found.Place != p.place {
			t.Errorf("%+v points nowhere", p.place)
		}
	}
	want := []corpus.Place{{Block: 0, Sentence: 1}, {Block: 12}, {Block: 1}, {Block: 2}, {Block: 3}, {Block: 3, Sentence: 1}, {Block: 4}, {Block: 5}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCustomIDKeepsWhatFits(t *testing.T) {
	var same, different []pointer
	for i := range 12 {
		p := pointer{article: hashOf("a"), place: corpus.Place{Block: i, Sentence: 3}}
		same = append(same, p)
		p.article = hashOf(fmt.Sprint(i))
		different = append(different, p)
	}
	tests := []struct {
		name     string
		pointers []pointer
		kept     int
	}{
		{"ten passages of an article fit", same, 10},
		{"four passages of as many articles fit", different, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id := action{kind: actionPassages, pointers: tt.pointers}.customID()
			a, err := parseAction(id)
			if err != nil || len(id) > customIDLength {
				t.Fatalf("%d characters, %v", len(id), err)
			}
			if !reflect.DeepEqual(a.pointers, tt.pointers[:tt.kept]) {
				t.Errorf("kept %d pointers, want the first %d", len(a.pointers), tt.kept)
			}
		})
	}
	id := action{kind: actionQuotes, about: strings.Repeat("é", 80)}.customID()
	if a, err := parseAction(id); err != nil || len(id) > customIDLength || strings.Trim(a.about, "é") != "" || a.about == "" {
		t.Errorf("a long search became %q (%d characters, %v)", a.about, len(id), err)
	}
}

func TestParseActionRefusesWhatIsNotIts(t *testing.T) {
	for _, id := range []string{"", "x", "c", "c!", "p____", "zAAA", "pAAABCQ", "ask:1:2", "cAP__________8A"} {
		if a, err := parseAction(id); err == nil {
			t.Errorf("parseAction(%q) = %+v, want an error", id, a)
		}
	}
}

func FuzzParseAction(f *testing.F) {
	f.Add("a" + "AAAA")
	f.Add(action{kind: actionPassages, page: 3, pointers: make([]pointer, 4)}.customID())
	f.Fuzz(func(t *testing.T, id string) {
		a, err := parseAction(id)
		if err != nil || len(id) > customIDLength {
			return
		}
		// Two texts may stand for one action (flags without meaning, spare bits), so it is the action that must survive.
		again, err := parseAction(a.customID())
		if err != nil || len(a.customID()) > customIDLength || again.kind != a.kind || again.page != a.page || again.about != a.about {
			t.Errorf("%q is %+v and then %+v, %v", id, a, again, err)
		}
	})
}
