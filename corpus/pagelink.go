package corpus

import (
	"strings"

	"golang.org/x/net/html"
)

// style is what is known of the looks of the text that a block is being made of.
type style struct {
	strong int // elements that make the text bold, in each other
	linked int // links, in each other

	words    bool // there are letters or digits
	unbold   bool // some of them are not bold
	unlinked bool // some are not in a link
	links    int  // links there are
	away     bool // one of them leads to another page
	boldEnd  int  // how much of the beginning is bold
}

// reset forgets the text, not where in the page it stands.
func (s *style) reset() { *s = style{strong: s.strong, linked: s.linked} }

// note takes notice of a piece of text that is written.
func (s *style) note(text string) {
	known := s.words && (s.unbold || s.strong > 0) && (s.unlinked || s.linked > 0)
	if known || !strings.ContainsFunc(text, isWordRune) {
		return
	}
	s.words = true
	s.unbold = s.unbold || s.strong == 0
	s.unlinked = s.unlinked || s.linked == 0
}

// endBold takes notice that a bold element ends after so many bytes.
func (s *style) endBold(length int) {
	if s.bold() && s.strong == 0 {
		s.boldEnd = length
	}
}

// bold reports whether all of the text is bold.
func (s *style) bold() bool { return s.words && !s.unbold }

// contents reports whether all of the text is links within the page, as in a table of contents.
func (s *style) contents() bool { return s.words && s.links > 0 && !s.unlinked && !s.away }

// anchor reads a link. One that a heading has for itself, as a sign to copy it by, is left out.
func (r *blockReader) anchor(n *html.Node) {
	href := attribute(n, "href")
	if href == "" {
		r.children(n)
		return
	}
	if r.level > 0 && strings.HasPrefix(href, "#") && !hasWords(n) {
		return
	}
	r.style.links++
	r.style.away = r.style.away || !strings.HasPrefix(href, "#")
	r.style.linked++
	r.children(n)
	r.style.linked--
}

func hasWords(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && strings.ContainsFunc(c.Data, isWordRune) && c.Data != "link" && c.Data != "Link" {
			return true
		}
	}
	return false
}

// isNavigation reports whether the text being read only leads around the site: several links with nothing but marks between
// them ("Home | Docs | Blog"), one within the page, or one that is known by its words.
func (r *blockReader) isNavigation(text string) bool {
	s := &r.style
	switch {
	case r.level > 0 || r.kind != Paragraph && r.kind != Quote || !s.words || s.unlinked || s.links == 0:
		return false
	case s.links > 1 || !s.away:
		return true
	}
	switch strings.ToLower(strings.Trim(text, " →←»«<>↑.!")) {
	case "edit this page", "edit this page on github", "edit on github", "edit", "improve this page", "view source", "source",
		"back to top", "back", "top", "next", "previous", "home", "read more", "skip to content", "permalink", "share":
		return true
	}
	return false
}
