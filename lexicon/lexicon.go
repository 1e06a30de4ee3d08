// Package lexicon is a stand-in until the word lists are here.
package lexicon

// Lexicon is what is known about English words.
type Lexicon struct{}

// Open opens the embedded lists.
func Open() (*Lexicon, error) { return &Lexicon{}, nil }

// Irregular is the base form of an irregularly inflected word, "" for any other.
func (*Lexicon) Irregular(word string) string { return "" }
