package corpus

import (
	_ "embed"
	"strings"
)

//go:embed bundled.md
var bundled string

// Bundled is the article that comes with the program, so that everything runs without any file.
func Bundled() *Article {
	_, body, _ := strings.Cut(strings.TrimPrefix(bundled, "---\n"), "\n---\n")
	meta := Article{
		ID:        "bundled",
		Title:     "Trump to Host Peace Talks Between Armenia and Azerbaijan",
		Author:    "citebot",
		Source:    "bundled with citebot",
		Published: "2025-08-07",
		Language:  "en",
	}
	return New(meta, strings.Split(strings.TrimSpace(body), "\n\n"))
}
