package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	const faq, rules = "../../corpus/testdata/articles/faq.md", "../../corpus/testdata/articles/rules.md"
	var fromArguments, fromInput bytes.Buffer
	if err := run([]string{faq, rules}, nil, &fromArguments); err != nil {
		t.Fatal(err)
	}
	if err := run(nil, strings.NewReader(faq+"\n"+rules+"\n"), &fromInput); err != nil {
		t.Fatal(err)
	}
	if fromArguments.String() != fromInput.String() {
		t.Error("paths as arguments and as lines make a difference")
	}
	for d := json.NewDecoder(&fromInput); d.More(); {
		var a article
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if a.Title == "" || len(a.Windows) == 0 {
			t.Errorf("%+v", a)
		}
		for _, w := range a.Windows {
			if w.Heading == "" || w.Context == nil || len(w.Sentences) == 0 || w.Sentences[0].Text == "" || w.Sentences[0].Kind == "" {
				t.Errorf("%s: %+v", a.File, w)
			}
		}
	}
	if err := run([]string{"missing.md"}, nil, &fromInput); err == nil {
		t.Error("a file that is missing is no error")
	}
}
