package corpus

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode is the text of a file in UTF-8, without a byte order mark. Line ends stay as they are. A file that is not text
// is an error; single faulty bytes show as U+FFFD, with a warning.
func decode(name string, data []byte, f format) (text string, warnings []string, err error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, fmt.Errorf("%s is empty. Give a .txt, .md or .html file with an article in it", name)
	}
	if e := encodingOf(data, f); e != nil {
		converted, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return "", nil, fmt.Errorf("%s cannot be converted to UTF-8: %w. Save it as UTF-8", name, err)
		}
		data = converted
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if kind := binary(data); kind != "" {
		return "", nil, fmt.Errorf("%s is not text: it %s. Give a .txt, .md or .html file", name, kind)
	}
	text = string(data)
	if valid := strings.ToValidUTF8(text, "\uFFFD"); valid != text {
		warnings = append(warnings, "Some bytes are not valid UTF-8; they show as \uFFFD. Save the file as UTF-8 to mend that.")
		text = valid
	}
	return text, warnings, nil
}

// encodingOf is the encoding that a byte order mark or an HTML page's head declares; nil for UTF-8. A page that declares
// none and is not UTF-8 is taken for Windows-1252, as browsers do.
func encodingOf(data []byte, f format) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	case f == page && !utf8.Valid(data):
		e, name, _ := charset.DetermineEncoding(data, "text/html")
		if name != "utf-8" {
			return e
		}
	}
	return nil
}

// binary says why data is no text, or "" if it is.
func binary(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "is a PDF"
	case bytes.IndexByte(data, 0) >= 0:
		return "has NUL bytes"
	}
	const sample = 8 << 10
	head := data[:min(sample, len(data))]
	odd := 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		control := r < ' ' && (r < '\t' || r > '\r')
		if control || r == utf8.RuneError && size == 1 {
			odd++
		}
		i += size
	}
	if odd*4 > len(head) {
		return "is mostly bytes that stand for no character"
	}
	return ""
}
