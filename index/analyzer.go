package index

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/go-porterstemmer"
)

// Token is a word of a text.
type Token struct {
	Term       string // what it is found by: folded, stemmed; of a stop word, the folded word
	Start, End int    // bytes in the text
	Stop       bool   // a stop word: not indexed. English only, other languages leave theirs out
}

// Analyzer turns text of one language into tokens. Sentences and questions go through the same one. It is safe for
// concurrent use.
type Analyzer struct {
	language  string
	tokenizer analysis.Tokenizer
	stop      analysis.TokenMap // English only
	bleve     analysis.Analyzer // other languages: Bleve's own analyzer; nil for Unicode words without stemming
}

// NewAnalyzer makes the analyzer for a BCP 47 language tag. English ("", "en", "en-gb") folds apostrophes, diacritics,
// dotted abbreviations and digit grouping and stems with Porter's algorithm (1980); a language that Bleve has an analyzer
// for uses that; any other is split into Unicode words (UAX #29) without stemming.
func NewAnalyzer(language string) (*Analyzer, error) {
	a := &Analyzer{language: primary(language), tokenizer: unicode.NewUnicodeTokenizer()}
	if a.English() {
		a.stop = analysis.NewTokenMap()
		if err := a.stop.LoadBytes(en.EnglishStopWords); err != nil {
			return nil, fmt.Errorf("load the English stop words: %w", err)
		}
		return a, nil
	}
	name := a.language
	switch name {
	case "zh", "ja", "ko":
		name = cjk.AnalyzerName
	case "nb", "nn":
		name = "no"
	}
	if own, err := registry.NewCache().AnalyzerNamed(name); err == nil && len(name) <= 3 {
		a.bleve = own // an unknown name is no error here: Unicode words do
	}
	return a, nil
}

// primary is a language tag's primary subtag in lower case; English where there is none.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if tag == "" {
		return "en"
	}
	return tag
}

// Language is the primary subtag of the analyzer's language, in lower case ("en", "pt").
func (a *Analyzer) Language() string { return a.language }

// English reports whether the analyzer is for English.
func (a *Analyzer) English() bool { return a.language == "en" }

// Tokens are the words of text in order.
func (a *Analyzer) Tokens(text string) []Token { return a.tokens(text, nil) }

// known is what words that were met before have come out as, by the word as written. It spares stemming them again.
type known map[string]Token

// tokens is Tokens with a memory for whoever analyzes much text; it may be nil.
func (a *Analyzer) tokens(text string, memory known) []Token {
	text = valid(text)
	if a.bleve != nil {
		return fromStream(a.bleve.Analyze([]byte(a.unjoined(text))))
	}
	stream := a.tokenizer.Tokenize([]byte(text))
	tokens := make([]Token, 0, len(stream))
	for _, t := range stream {
		surface := text[t.Start:t.End]
		token, met := memory[surface]
		if !met {
			token = a.token(surface)
			if memory != nil {
				memory[surface] = token
			}
		}
		token.Start, token.End = t.Start, t.End
		tokens = append(tokens, token)
	}
	return tokens
}

// valid is text with bytes that are no characters as spaces: Bleve's analyzers count what they replace them with.
func valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var s strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			s.WriteByte(' ')
		} else {
			s.WriteString(text[i : i+size])
		}
		i += size
	}
	return s.String()
}

// unjoined is Persian text with its zero width non-joiners as spaces, so that Bleve's analyzer has none to replace: it puts
// one byte for three, and all offsets after it would be wrong. Text of other languages stays as it is.
func (a *Analyzer) unjoined(text string) string {
	const nonJoiner = "\u200c"
	if a.language != fa.AnalyzerName {
		return text
	}
	return strings.ReplaceAll(text, nonJoiner, strings.Repeat(" ", len(nonJoiner)))
}

func fromStream(stream analysis.TokenStream) []Token {
	tokens := make([]Token, 0, len(stream))
	for _, t := range stream {
		if len(t.Term) > 0 {
			tokens = append(tokens, Token{Term: foldDiacritics(string(t.Term)), Start: t.Start, End: t.End})
		}
	}
	return tokens
}

// token is a word as written, without its place.
func (a *Analyzer) token(surface string) Token {
	word := fold(surface)
	if !a.English() {
		return Token{Term: word}
	}
	bare := strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "'")
	if a.stop[bare] || a.stop[word] {
		return Token{Term: bare, Stop: true}
	}
	if isASCIILower(bare) {
		bare = string(porterstemmer.StemWithoutLowerCasing([]rune(bare)))
	}
	return Token{Term: bare}
}

func isASCIILower(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
