package corpus

import "strings"

// barRows are the rows of a table that is drawn with bars, one on each line of a paragraph; nil if it is none: each line begins
// with a bar, or all have as many. A line of hyphens below the first row makes it the one that names the columns. lead is
// the number of the block that leads in, and next that of the first row.
func barRows(lines []string, lead, next int) []block {
	if !areBarred(lines) {
		return nil
	}
	var rows []block
	head := -1
	for i, line := range lines {
		text := strings.Trim(line, "| ")
		if text == "" || isTableRule(line) {
			continue
		}
		row := block{text: text, kind: Row, lead: lead}
		switch {
		case len(rows) == 0 && i+1 < len(lines) && isTableRule(lines[i+1]):
			row.kind = TableHead
			head = next
		case head >= 0:
			row.lead = head
		}
		rows = append(rows, row)
	}
	return rows
}

func areBarred(lines []string) bool {
	begin, same := true, true
	bars := 0
	for i, line := range lines {
		if isTableRule(line) {
			continue
		}
		n := strings.Count(line, "|")
		if bars == 0 {
			bars = n
		}
		begin = begin && strings.HasPrefix(line, "|")
		same = same && n == bars && n > 0 && (i > 0 || len(lines) > 2)
	}
	return len(lines) > 1 && bars > 0 && (begin || same)
}

// isTableRule reports whether a line is drawn between rows of a table: |---|---| or +===+===+.
func isTableRule(line string) bool {
	return strings.ContainsAny(line, "|+") && strings.ContainsAny(line, "-=") && strings.Trim(line, "|+-=: ") == ""
}
