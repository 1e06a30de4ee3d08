package main

import (
	"os"
	"path/filepath"
	"strings"

	"citebot/answer/lexicon"
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
