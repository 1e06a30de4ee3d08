package corpus

import (
	"fmt"
	"path/filepath"
	"strings"
)

// format is what a file holds.
type format int

const (
	unknown format = iota
	plain
	markdown
	page
)

func formatOf(name string) format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".text":
		return plain
	case ".md", ".markdown":
		return markdown
	case ".html", ".htm":
		return page
	}
	return unknown
}

func (f format) String() string {
	switch f {
	case plain:
		return "text file"
	case markdown:
		return "Markdown file"
	case page:
		return "HTML file"
	}
	return "file"
}

// limit is how many bytes a file may have, so that reading it takes seconds and a few hundred megabytes at most.
func (f format) limit() int {
	switch f {
	case markdown:
		return 8 << 20
	case page:
		return 16 << 20
	}
	return 64 << 20
}

func unknownFormat(name string) error {
	return fmt.Errorf("%s has an extension that is not known. Give a .txt, .md or .html file", name)
}
