package corpus

import (
	"strings"
	"time"
)

// isoDate is s as an ISO 8601 date (2025-08-07) if it is understood, else s. Dates in figures alone whose order differs
// from country to country, as 08/07/2025, are not.
func isoDate(s string) string {
	s = oneLine(s)
	const iso = time.DateOnly
	if len(s) > len(iso) && (s[len(iso)] == 'T' || s[len(iso)] == ' ') {
		if _, err := time.Parse(iso, s[:len(iso)]); err == nil {
			return s[:len(iso)]
		}
	}
	plain := strings.ReplaceAll(s, "Sept.", "Sep")
	for _, layout := range []string{
		iso, "2006-1-2", "2006/1/2", "2.1.2006", "January 2, 2006", "January 2 2006", "2 January 2006", "2. January 2006",
		"Jan 2, 2006", "Jan. 2, 2006", "2 Jan 2006", "2 Jan. 2006", "Monday, January 2, 2006", "Monday, 2 January 2006",
		time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate, "20060102",
	} {
		if t, err := time.Parse(layout, plain); err == nil {
			return t.Format(iso)
		}
	}
	return s
}

// isISODate reports whether s is an ISO 8601 date, or one of which only the month or the year is known.
func isISODate(s string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// longDate is an ISO date as people write it: 7 August 2025. Months and years alone are written out too, and what is no
// ISO date stays as it is.
func longDate(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t.Format("2 January 2006")
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return t.Format("January 2006")
	}
	return s
}
