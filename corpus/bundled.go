package corpus

import _ "embed"

//go:embed bundled.md
var bundled []byte

// Bundled is the article that comes with the program, so that everything runs without any file.
func Bundled() *Article {
	a, err := Parse("bundled.md", bundled)
	if err != nil {
		panic(err) // a mistake in this package, which its tests would have found
	}
	return a
}
