package answer

// Emphasis lets the tests hand over a span that a reader might mark.
var Emphasis = emphasis
