package corpus

import (
	"cmp"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readPage makes blocks of an HTML page's article, without the navigation and advertisements around it, and fills in from
// the page's metadata what the front matter did not say.
func (d *document) readPage() error {
	root, err := html.Parse(strings.NewReader(d.body))
	if err != nil {
		return errors.New("is HTML that is nested too deeply. Save it as text or Markdown")
	}
	parser := readability.NewParser()
	article, err := parser.ParseDocument(root, nil)
	if err == nil && article.Node != nil {
		d.blocks = pageBlocks(article.Node)
	}
	if len(d.blocks) == 0 { // nothing that looks like an article: whatever there is to read
		d.blocks = pageBlocks(root)
	}
	d.meta.Title = cmp.Or(d.meta.Title, oneLine(article.Title()))
	d.meta.Author = cmp.Or(d.meta.Author, byline(article.Byline()))
	d.meta.Source = cmp.Or(d.meta.Source, oneLine(article.SiteName()))
	d.meta.URL = cmp.Or(d.meta.URL, address(root))
	d.meta.Language = cmp.Or(d.meta.Language, languageTag(article.Language()))
	if published, err := article.PublishedTime(); err == nil {
		d.meta.Published = cmp.Or(d.meta.Published, published.Format(time.DateOnly))
	}
	return nil
}

// byline is an author line without "By"; "" if it is too long to be one.
func byline(s string) string {
	const longest = 100
	s = oneLine(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	if utf8.RuneCountInString(s) > longest {
		return ""
	}
	return s
}

// address is the page's own idea of its address, "" if it is not absolute.
func address(root *html.Node) string {
	found := ""
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Body:
			return found
		case n.DataAtom == atom.Link && strings.EqualFold(attribute(n, "rel"), "canonical"):
			if href := webAddress(attribute(n, "href")); href != "" {
				return href
			}
		case n.DataAtom == atom.Meta && attribute(n, "property") == "og:url":
			found = webAddress(attribute(n, "content"))
		}
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
