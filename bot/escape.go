package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"citebot/corpus"
)

// markdown writes text so that Discord shows exactly its characters: nothing in it is markup, a mention, a custom emoji, a link
// or an invite, and what would be invisible or would turn the text around is made visible. The parts of text in bold (byte
// ranges) are emphasised. Each line after the first starts with prefix, which keeps a quotation of several lines a
// quotation.
func markdown(text string, bold []corpus.Span, prefix string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	bold = mergeSpans(text, bold)
	inBold, lineStart := false, true
	toggle := func() {
		b.WriteString("**")
		inBold = !inBold
	}
	for i, r := range text {
		for len(bold) > 0 && i >= bold[0].End {
			if inBold {
				toggle()
			}
			bold = bold[1:]
		}
		if r == '\n' {
			// Emphasis is closed around a line break, since Discord would read the prefix as a part of it.
			if inBold {
				toggle()
			}
			b.WriteString("\n" + prefix)
			lineStart = true
			continue
		}
		if !inBold && len(bold) > 0 && i >= bold[0].Start {
			toggle()
		}
		if isMarkup(text, i, r, lineStart) {
			b.WriteByte('\\')
		}
		writeVisible(&b, text, i, r)
		lineStart = lineStart && (r == ' ' || r == '\t' || isDigit(r))
	}
	if inBold {
		toggle()
	}
	return b.String()
}

// plain is text for the parts of a message in which Discord reads no markdown (author, footer, button): only what would be
// invisible is changed.
func plain(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		if r == '\n' {
			r = ' '
		}
		writeVisible(&b, text, i, r)
	}
	return b.String()
}

// isMarkup reports whether the rune r at byte i of text could be read as markup, so that a backslash must stand before it.
// Discord's rule is that a backslash before anything but a letter, digit or space shows that character as it is.
func isMarkup(text string, i int, r rune, lineStart bool) bool {
	switch r {
	case '\\', '*', '_', '~', '`', '|', '[', ']', '<', '@':
		return true
	case '#', '>', '-', '+':
		return lineStart // heading, quotation, subtext and lists
	case '.':
		listItem := lineStart && i > 0 && isDigit(rune(text[i-1]))
		return listItem || isInvite(text[:i])
	case ':':
		return strings.HasPrefix(text[i+1:], "//")
	}
	return false
}

// isInvite reports whether before ends in a name under which Discord has invite links, which unfold even without "https://".
func isInvite(before string) bool {
	for _, name := range []string{"discord", "discordapp"} {
		if len(before) >= len(name) && strings.EqualFold(before[len(before)-len(name):], name) {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// writeVisible writes r, the rune at byte i of text, or its code point in guillemets if a reader would not see it.
func writeVisible(b *strings.Builder, text string, i int, r rune) {
	if isHidden(r) && !isJoining(text, i, r) {
		fmt.Fprintf(b, "‹U+%04X›", r)
		return
	}
	b.WriteRune(r)
}

// isHidden reports whether r has no shape of its own: controls, bidirectional controls, zero-width characters and fillers. The
// soft hyphen is left out: it is typography that deceives nobody.
func isHidden(r rune) bool {
	switch r {
	case '\t', '\u00AD':
		return false
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0', '\u2028', '\u2029':
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// isJoining reports whether the hidden rune r at byte i of text does its proper work there: joiners and direction marks beside
// scripts that need them or between parts of one emoji, and the tags of a flag emoji.
func isJoining(text string, i int, r rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	_, size := utf8.DecodeRuneInString(text[i:])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	switch {
	case r == '\u200C' || r == '\u200D':
		return isJoinable(before) && isJoinable(after)
	case r == '\u200E' || r == '\u200F' || r == '\u061C':
		return isRightToLeft(before) || isRightToLeft(after)
	case r >= 0xE0020 && r <= 0xE007F:
		return before == '\U0001F3F4' || before >= 0xE0020 && before <= 0xE007F
	}
	return false
}

func isJoinable(r rune) bool {
	if r < 0x0590 || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sk)
}

func isRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// mergeSpans puts spans of text in order, drops what does not lie in it, moves bounds to those of runes, and joins spans
// with only white space between them: "**a** **b**" reads worse than "**a b**", and "**a****b**" is not read as emphasis.
func mergeSpans(text string, spans []corpus.Span) []corpus.Span {
	var merged []corpus.Span
	spans = slices.SortedFunc(slices.Values(spans), func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, s := range spans {
		s.Start, s.End = max(s.Start, 0), min(s.End, len(text))
		for s.Start < s.End && !utf8.RuneStart(text[s.Start]) {
			s.Start++
		}
		for s.End < len(text) && s.End > s.Start && !utf8.RuneStart(text[s.End]) {
			s.End++
		}
		if s.Start >= s.End || strings.TrimSpace(text[s.Start:s.End]) == "" {
			continue
		}
		if n := len(merged); n > 0 && (s.Start <= merged[n-1].End || strings.TrimSpace(text[merged[n-1].End:s.Start]) == "") {
			merged[n-1].End = max(merged[n-1].End, s.End)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
