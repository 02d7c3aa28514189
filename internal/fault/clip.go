package fault

import "unicode/utf8"

// MaxValue is how many bytes of a found text a fault repeats.
const MaxValue = 128

// Clip cuts a found text to MaxValue bytes at the end of a character, and
// marks the cut with an ellipsis.
func Clip(text string) string {
	const mark = "…"
	if len(text) <= MaxValue {
		return text
	}
	cut := MaxValue - len(mark)
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + mark
}
