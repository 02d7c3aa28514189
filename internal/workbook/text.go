package workbook

import (
	"unicode/utf16"
	"unicode/utf8"
)

// maxText is how many characters a cell may hold, as spreadsheets count them:
// in units of UTF-16.
const maxText = 32_767

// clipped returns as much of the text from its beginning as a cell may hold.
func clipped(text string) string {
	if len(text) <= maxText {
		return text
	}
	units := 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > maxText {
			return text[:i]
		}
	}
	return text
}

const hexDigits = "0123456789ABCDEF"

// appendText appends a text as XML has it. What XML has no characters for is
// written as _xHHHH_, as workbooks do, and so is a low line that would be read
// as the beginning of that. Bytes that are no UTF-8 become U+FFFD.
func appendText(dst []byte, text string) []byte {
	for i, r := range text {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF, r == '_' && escaped(text[i:]):
			dst = append(dst, '_', 'x', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15], '_')
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// escaped reports whether a text begins as a character does that is written by
// its number.
func escaped(text string) bool {
	if len(text) < len("_x0000_") || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}
