package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"

	"citebot/lexicon"
)

// readNames reads given names, one a line, in lower case, with the sexes that bear them.
func readNames(dir string) (map[string]lexicon.Kind, error) {
	names := map[string]lexicon.Kind{}
	for file, kind := range map[string]lexicon.Kind{"female.txt": lexicon.FemaleName, "male.txt": lexicon.MaleName} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return nil, err
		}
		for _, name := range strings.Fields(string(text)) {
			names[strings.ToLower(name)] |= kind
		}
	}
	return names, nil
}

// likelyNames drops from the lists, which are generous, what mostly is something else (had, way, florida) and sexes that
// few bearers of a name have (Frank). Both show in how like a word's vector is to the mean of names that are nothing else.
func likelyNames(names, kinds map[string]lexicon.Kind, words []string, vectors [][]float64) map[string]lexicon.Kind {
	const (
		nameAlone = 0   // least likeness of a name that is no other word
		nameToo   = .12 // or is
		oneSex    = .1  // difference that tells a sex
	)
	typical := map[lexicon.Kind][]float64{}
	for _, sex := range []lexicon.Kind{lexicon.FemaleName, lexicon.MaleName} {
		mean := make([]float64, lexicon.Dim)
		for i, v := range vectors {
			if names[words[i]]&sex != 0 && kinds[words[i]] == 0 {
				add(mean, v, 1)
			}
		}
		scale(mean, 1/math.Sqrt(dot(mean, mean)))
		typical[sex] = mean
	}
	likely := map[string]lexicon.Kind{}
	for name, sexes := range names {
		if kind := kinds[name]; kind == 0 || kind&lexicon.Proper != 0 {
			likely[name] = sexes // unless its vector, below, says otherwise
		}
	}
	for i, v := range vectors {
		name := words[i]
		if names[name] == 0 {
			continue
		}
		female, male := dot(v, typical[lexicon.FemaleName]), dot(v, typical[lexicon.MaleName])
		least := nameToo
		if _, alone := likely[name]; alone {
			least = nameAlone
		}
		switch {
		case names[name]&lexicon.FemaleName == 0 && male < least, names[name]&lexicon.MaleName == 0 && female < least, max(female, male) < least:
			delete(likely, name)
		case names[name] == lexicon.GivenName && female > male+oneSex:
			likely[name] = lexicon.FemaleName
		case names[name] == lexicon.GivenName && male > female+oneSex:
			likely[name] = lexicon.MaleName
		default:
			likely[name] = names[name]
		}
	}
	return likely
}
