package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// vocabulary is the words of texts as they are spelled, folded, with how many texts have each.
type vocabulary struct {
	words  []string // sorted
	counts map[string]int
}

// newVocabulary makes a vocabulary of counts, which it keeps.
func newVocabulary(counts map[string]int) vocabulary {
	return vocabulary{slices.Sorted(maps.Keys(counts)), counts}
}

// completions are the most frequent words that begin with prefix and are not it, most frequent first, at most n: those
// that no more than budget texts have together, and after three letters the first one in any case.
func (v vocabulary) completions(prefix string, n, budget int) []string {
	from, _ := slices.BinarySearch(v.words, prefix)
	to := from
	for to < len(v.words) && strings.HasPrefix(v.words[to], prefix) {
		to++
	}
	found := slices.DeleteFunc(slices.Clone(v.words[from:to]), func(word string) bool { return word == prefix })
	slices.SortFunc(found, func(a, b string) int {
		return cmp.Or(cmp.Compare(v.counts[b], v.counts[a]), cmp.Compare(a, b))
	})
	var chosen []string
	for i, word := range found {
		if len(chosen) == n {
			break
		}
		meant := i == 0 && len(prefix) > 2
		if !meant && v.counts[word] > budget {
			continue
		}
		if !meant {
			budget -= v.counts[word]
		}
		chosen = append(chosen, word)
	}
	return chosen
}
