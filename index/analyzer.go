package index

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/go-porterstemmer"

	"citebot/lexicon"
)

// Token is a word of a text.
type Token struct {
	Term       string // what it is found by: folded, stemmed; of a stop word, the folded word
	Start, End int    // bytes in the text
	Stop       bool   // a stop word: not indexed, but kept for those who look at word order
}

// Analyzer turns text of one language into tokens. Sentences and questions go through the same one.
type Analyzer struct {
	language  string
	tokenizer analysis.Tokenizer
	stop      analysis.TokenMap // English only
	words     *lexicon.Lexicon  // English only
	bleve     analysis.Analyzer // other languages: Bleve's own analyzer; nil for Unicode words without stemming
}

// NewAnalyzer makes the analyzer for a BCP 47 language tag. English ("", "en", "en-gb") folds apostrophes, diacritics,
// abbreviations and digit grouping and stems with Porter's algorithm (1980) after WordNet's irregular forms; a language that
// Bleve has an analyzer for uses that; any other is split into Unicode words (UAX #29) without stemming.
func NewAnalyzer(language string, words *lexicon.Lexicon) (*Analyzer, error) {
	a := &Analyzer{language: primary(language), tokenizer: unicode.NewUnicodeTokenizer()}
	if a.English() {
		a.words = words
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

// English reports whether the analyzer is for English, so whether English word lists apply to its texts.
func (a *Analyzer) English() bool { return a.language == "en" }

// CapitalsTell reports whether a capital within a sentence marks a name: not in German and Luxembourgish, which write every noun with one.
func (a *Analyzer) CapitalsTell() bool { return a.language != "de" && a.language != "lb" }

// Tokens are the words of text in order. A name with a well-known abbreviation ("United States") yields, after its own words,
// one more token for the abbreviation that covers them all.
func (a *Analyzer) Tokens(text string) []Token { return a.tokens(text, nil) }

// seen is what words that were met before have come out as, by the word as written. It spares stemming them again.
type seen map[string]Token

// tokens is Tokens with a memory for whoever analyzes much text; it may be nil.
func (a *Analyzer) tokens(text string, memory seen) []Token {
	if a.bleve != nil {
		return fromStream(a.bleve.Analyze([]byte(text)))
	}
	stream := a.tokenizer.Tokenize([]byte(text))
	tokens := make([]Token, 0, len(stream)+2)
	for _, t := range stream {
		surface := text[t.Start:t.End]
		token := Token{Start: t.Start, End: t.End}
		if known, ok := memory[surface]; ok {
			token.Term, token.Stop = known.Term, known.Stop
		} else if a.English() {
			token.Term, token.Stop = a.englishTerm(surface)
			if memory != nil {
				memory[surface] = token
			}
		} else {
			token.Term = fold(surface)
		}
		tokens = append(tokens, token)
		if a.English() {
			tokens = appendAbbreviation(tokens)
		}
	}
	return tokens
}

// Term is the term of a single word, "" if it is a stop word or no word at all.
func (a *Analyzer) Term(word string) string {
	if a.English() && isASCIILower(word) {
		if term, stop := a.englishTerm(word); !stop {
			return term
		}
		return ""
	}
	if tokens := a.Tokens(word); len(tokens) == 1 && !tokens[0].Stop {
		return tokens[0].Term
	}
	return ""
}

func fromStream(stream analysis.TokenStream) []Token {
	tokens := make([]Token, len(stream))
	for i, t := range stream {
		tokens[i] = Token{Term: foldDiacritics(string(t.Term)), Start: t.Start, End: t.End}
	}
	return tokens
}

// englishTerm is the term for an English word as written, and whether it is a stop word.
func (a *Analyzer) englishTerm(surface string) (term string, stop bool) {
	if name, ok := abbreviation(surface); ok {
		return name, false
	}
	word := strings.TrimSuffix(strings.TrimSuffix(fold(surface), "'s"), "'")
	if a.stop[word] || a.stop[fold(surface)] {
		return word, true
	}
	if base := a.words.Irregular(word); base != "" {
		word = base
	}
	if !isASCIILower(word) {
		return word, false
	}
	return string(porterstemmer.StemWithoutLowerCasing([]rune(word))), false
}

func isASCIILower(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
