package period

import "strings"

// maxText is the longest period cell that is read, in bytes. The longest
// accepted notation is far shorter.
const maxText = 128

// fold brings a cell to the form that the notations are written in: full-width
// ASCII to ASCII, dash variants to -, white space to single spaces without
// outer ones, letters to lower case. The table is fixed and smaller than any
// Unicode normalisation: a circled digit stays what it is and is refused.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		r = foldRune(r)
		if r == ' ' {
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

func foldRune(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFF01 - '!'
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '~', r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0x301C, r == '至':
		return '-'
	case r == ' ', r >= '\t' && r <= '\r', r == 0x00A0, r == 0x3000:
		return ' '
	}
	return r
}
