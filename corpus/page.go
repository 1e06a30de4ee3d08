package corpus

import (
	"errors"
	"strings"
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
	given := d.meta
	d.meta = Article{
		Title:    oneLine(article.Title()),
		Author:   byline(article.Byline()),
		Source:   oneLine(article.SiteName()),
		URL:      address(root),
		Language: languageTag(article.Language()),
	}
	if t, err := article.PublishedTime(); err == nil {
		d.meta.Published = t.Format("2006-01-02")
	}
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&d.meta.ID, given.ID}, {&d.meta.Title, given.Title}, {&d.meta.Author, given.Author}, {&d.meta.Source, given.Source},
		{&d.meta.URL, given.URL}, {&d.meta.Published, given.Published}, {&d.meta.Language, given.Language},
	} {
		if f.from != "" {
			*f.to = f.from
		}
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
