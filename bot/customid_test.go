package bot

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"citebot/corpus"
)

func TestActionSurvivesItsCustomID(t *testing.T) {
	at := func(article string, paragraph, sentence int) pointer {
		return pointer{hashOf(article), hashText("text of " + article), corpus.Place{Paragraph: paragraph, Sentence: sentence},
			hashText(fmt.Sprint(paragraph, sentence))}
	}
	tests := []action{
		{deed: deedArticles},
		{deed: deedSpeakers, inPlace: true, page: 300},
		{deed: deedSource, pointers: []pointer{at("a", 0, 0)}},
		{deed: deedContext, pointers: []pointer{at("a", 5, 1)}},
		{deed: deedAsk, private: true, scope: hashOf("a")},
		{deed: deedPassages, page: 3, pointers: []pointer{at("a", 5, 1), at("b", 4000, 130), at("a", 0, 2)}},
		{deed: deedQuotes, page: 12, scope: hashOf("a"), speaker: hashOf("Ann Example"), about: "peace & “trade”"},
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

func TestCustomIDKeepsWhatFits(t *testing.T) {
	var same, different []pointer
	for i := range 12 {
		p := pointer{article: hashOf("a"), place: corpus.Place{Paragraph: i, Sentence: 3}}
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
		{"five passages of as many articles fit", different, 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id := action{deed: deedPassages, pointers: tt.pointers}.customID()
			a, err := parseAction(id)
			if err != nil || len(id) > customIDLength {
				t.Fatalf("%d characters, %v", len(id), err)
			}
			if !reflect.DeepEqual(a.pointers, tt.pointers[:tt.kept]) {
				t.Errorf("kept %d pointers, want the first %d", len(a.pointers), tt.kept)
			}
		})
	}
	id := action{deed: deedQuotes, about: strings.Repeat("é", 80)}.customID()
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
	f.Add(action{deed: deedPassages, page: 3, pointers: make([]pointer, 4)}.customID())
	f.Fuzz(func(t *testing.T, id string) {
		a, err := parseAction(id)
		if err != nil || len(id) > customIDLength {
			return
		}
		// Two texts may stand for one action (flags without meaning, spare bits), so it is the action that must survive.
		again, err := parseAction(a.customID())
		if err != nil || len(a.customID()) > customIDLength || again.deed != a.deed || again.page != a.page || again.about != a.about {
			t.Errorf("%q is %+v and then %+v, %v", id, a, again, err)
		}
	})
}
