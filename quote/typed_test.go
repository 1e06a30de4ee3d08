package quote_test

import (
	"slices"
	"strings"
	"testing"

	"citebot/quote"
)

// TestTyped finds quotations while they are typed, by their words or their speakers' names.
func TestTyped(t *testing.T) {
	quotes := finder(t)
	tests := []struct {
		query quote.Query
		want  []string // how the quotations begin
	}{
		{quote.Query{About: "crew"}, []string{"“Nobody"}},
		{quote.Query{About: "olaf cre"}, []string{"“Nobody"}},
		{quote.Query{About: "old", Speaker: "Ana Dubois"}, []string{"“Old stones"}},
		{quote.Query{About: "ships old"}, []string{"“Old stones"}},
		{quote.Query{About: "old", Article: "harbour"}, []string{"“We can’t"}},
		{quote.Query{About: "xyzzy"}, nil},
		{quote.Query{Speaker: "Ana Dubois"}, []string{"“Concrete", "“Old stones"}},
		{quote.Query{}, []string{"“We can’t", "“Nobody", "“a museum"}},
	}
	for _, test := range tests {
		got, err := quotes.Typed(t.Context(), test.query, 3)
		if err != nil {
			t.Fatal(err)
		}
		ok := len(got) == len(test.want)
		for i := range min(len(got), len(test.want)) {
			ok = ok && strings.HasPrefix(got[i].Text, test.want[i])
		}
		if !ok {
			t.Errorf("%+v finds %d quotations, want %q: %+v", test.query, len(got), test.want, got)
		}
	}
	for typed, want := range map[string][]string{
		"dub": {"Ana Dubois", "Renée Dubois"}, "dubois ren": {"Renée Dubois"}, "BERG ol": {"Olaf van der Berg"}, "ubois": nil,
	} {
		got, err := quotes.TypedSpeakers(t.Context(), typed, "", 5)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}
