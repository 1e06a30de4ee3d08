package eval

import (
	"fmt"

	"citebot/corpus"
)

// builder puts an Article together. It keeps the paragraphs as the data has them, which is what offsets refer to.
type builder struct {
	Article
	paragraphs []string
}

// newBuilder starts with an article of paragraphs.
func newBuilder(meta corpus.Article, paragraphs []string) *builder {
	return &builder{Article{Article: corpus.New(meta, paragraphs)}, paragraphs}
}

// annotation converts one annotation; a bad one is reported as what's.
func (b *builder) annotation(what string, l lineAnnotation) (Annotation, bool) {
	if l.Paragraph < 0 || l.Paragraph >= len(b.paragraphs) {
		b.leaveOut("%s: there is no paragraph %d; the first is 0, the last %d", what, l.Paragraph, len(b.paragraphs)-1)
		return Annotation{}, false
	}
	span, ok := byteSpan(b.paragraphs[l.Paragraph], l.Start, l.End)
	if !ok {
		b.leaveOut("%s: paragraph %d has no code points %d to %d", what, l.Paragraph, l.Start, l.End)
		return Annotation{}, false
	}
	return Annotation{Text: l.Text, Paragraph: l.Paragraph, Span: span}, true
}

// annotations converts a list; the text of each must stand at its place, else offsets are likely not in code points, and it
// is reported as what's too.
func (b *builder) annotations(what string, ls []lineAnnotation) []Annotation {
	var ns []Annotation
	for _, l := range ls {
		n, ok := b.annotation(what, l)
		if !ok {
			continue
		}
		if there := b.paragraphs[n.Paragraph][n.Start:n.End]; l.Text != "" && there != l.Text {
			b.leaveOut("%s: %q is not what stands at %d to %d of paragraph %d (offsets count Unicode code points)",
				what, l.Text, l.Start, l.End, l.Paragraph)
			continue
		}
		ns = append(ns, n)
	}
	return ns
}

// leaveOut notes that an annotation is off.
func (b *builder) leaveOut(format string, args ...any) {
	b.LeftOut = append(b.LeftOut, fmt.Sprintf(format, args...))
}
