package encode

import (
	"strings"
	"unicode/utf8"

	"bellwether/internal/sheet"
)

const hexDigits = "0123456789abcdef"

// appendString appends the text as a string of JSON. Bytes that are no UTF-8
// become U+FFFD.
func appendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
			dst = append(append(dst, text[start:i]...), "\uFFFD"...)
			i++
			start = i
			continue
		}
		dst = append(dst, text[start:i]...)
		dst = appendEscape(dst, c)
		i++
		start = i
	}
	dst = append(dst, text[start:]...)
	return append(dst, '"')
}

// appendEscape appends the escape of a byte that cannot stand in a string of
// JSON.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// appendCell appends the text as a cell of CSV, quoted where RFC 4180 asks for
// it, and neutralised where a spreadsheet would take it for a formula.
func appendCell(dst []byte, text string) []byte {
	text = sheet.Neutralised(text)
	if !strings.ContainsAny(text, "\",\r\n") && !edged(text) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for {
		before, after, found := strings.Cut(text, `"`)
		dst = append(dst, before...)
		if !found {
			return append(dst, '"')
		}
		dst = append(dst, '"', '"')
		text = after
	}
}

// edged reports whether the text begins or ends with a space, which some
// readers drop from cells without quotes.
func edged(text string) bool {
	return text != "" && (text[0] == ' ' || text[len(text)-1] == ' ')
}
