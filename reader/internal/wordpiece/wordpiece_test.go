package wordpiece_test

import (
	"slices"
	"strings"
	"testing"

	"citebot/reader/internal/wordpiece"
)

var vocabulary = strings.Fields("[UNK] un ##aff ##able a ##b ##c cafe ! - ' don t 東 京 ;  ##a b c ᄒ ##ᅡ ##ᆫ i x")

func newTokenizer(t testing.TB) *wordpiece.Tokenizer {
	t.Helper()
	tokenizer, err := wordpiece.New(vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	return tokenizer
}

func TestPieces(t *testing.T) {
	tokenizer := newTokenizer(t)
	type part struct{ piece, text string }
	for _, c := range []struct {
		text string
		want []part
	}{
		{"", nil},
		{" \t\n\u00a0\u3000\u2028", nil},
		{"\x00\x07\ufffd\u200b\u00ad", nil},
		{"unaffable", []part{{"un", "un"}, {"##aff", "aff"}, {"##able", "able"}}},
		{"UNaffABLE!", []part{{"un", "UN"}, {"##aff", "aff"}, {"##able", "ABLE"}, {"!", "!"}}},
		{"unaffordable", []part{{"[UNK]", "unaffordable"}}},
		{"don't", []part{{"don", "don"}, {"'", "'"}, {"t", "t"}}},
		{"Café", []part{{"cafe", "Café"}}},
		{"cafe\u0301 a", []part{{"cafe", "cafe"}, {"a", "a"}}},
		{"東京", []part{{"東", "東"}, {"京", "京"}}},
		{"\u037e", []part{{";", "\u037e"}}}, // the Greek question mark
		{"한", []part{{"ᄒ", "한"}, {"##ᅡ", "한"}, {"##ᆫ", "한"}}},
		{"İ", []part{{"i", "İ"}}},
		{"a\xffb\xc3", []part{{"a", "a"}, {"##b", "b"}}},
		{"a\u200db", []part{{"a", "a"}, {"##b", "b"}}},
		{"[UNK]", []part{{"[UNK]", "["}, {"[UNK]", "UNK"}, {"[UNK]", "]"}}}, // the name of a special token is text
		{"a" + strings.Repeat("b", 99), append([]part{{"a", "a"}}, slices.Repeat([]part{{"##b", "b"}}, 99)...)},
		{"a" + strings.Repeat("b", 100), []part{{"[UNK]", "a" + strings.Repeat("b", 100)}}},
	} {
		var got []part
		for _, p := range tokenizer.Pieces(c.text, -1) {
			got = append(got, part{vocabulary[p.ID], c.text[p.Start:p.End]})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLimit(t *testing.T) {
	tokenizer := newTokenizer(t)
	text := "unaffable a b c"
	all := tokenizer.Pieces(text, -1)
	for limit := range len(all) + 2 {
		if got := tokenizer.Pieces(text, limit); !slices.Equal(got, all[:min(limit, len(all))]) {
			t.Errorf("limit %d: %v", limit, got)
		}
	}
	if got := tokenizer.Count(text); got != len(all) {
		t.Errorf("%d pieces are counted as %d", len(all), got)
	}
}

func TestBadVocabulary(t *testing.T) {
	for want, pieces := range map[string][]string{"no [UNK]": {"a"}, `"##a" twice`: {"[UNK]", "a", "##a", "##a"}} {
		if _, err := wordpiece.New(pieces); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", pieces, err, want)
		}
	}
}

func FuzzPieces(f *testing.F) {
	tokenizer := newTokenizer(f)
	for _, text := range []string{"unaffable", "cafe\u0301!", "한東", "a\xffb", strings.Repeat("ab", 60)} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		all := tokenizer.Pieces(text, -1)
		before := wordpiece.Piece{}
		for _, p := range all {
			if p.ID < 0 || int(p.ID) >= len(vocabulary) || p.Start >= p.End || p.End > len(text) ||
				p.Start < before.Start || p.End < before.End {
				t.Fatalf("piece %+v after %+v in %d bytes", p, before, len(text))
			}
			before = p
		}
		if limit = min(max(limit, 0), len(all)); !slices.Equal(tokenizer.Pieces(text, limit), all[:limit]) {
			t.Fatalf("the first %d pieces are others with that limit", limit)
		}
	})
}
