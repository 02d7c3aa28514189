package sheet

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns UTF-16 into UTF-8. Half a pair, or half a unit at the end,
// becomes the byte 0xFF, which no UTF-8 has, so that damage is told from a
// U+FFFD that the file itself states.
type utf16Reader struct {
	src  io.Reader
	at   func([]byte) uint16 // the unit in two bytes
	raw  [32 << 10]byte
	held int // bytes of raw not turned yet
	out  []byte
	buf  [48<<10 + utf8.UTFMax]byte // three bytes for each unit at most
	err  error
}

// Read fills p with UTF-8.
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	n, err := u.src.Read(u.raw[u.held:])
	u.err = err
	data := u.raw[:u.held+n]
	out := u.buf[:0]
	for len(data) >= 2 {
		r, size := rune(u.at(data)), 2
		if utf16.IsSurrogate(r) {
			if len(data) < 4 && err == nil {
				break
			}
			r = utf8.RuneError
			if len(data) >= 4 {
				r = utf16.DecodeRune(rune(u.at(data)), rune(u.at(data[2:])))
				size = 4
			}
			if r == utf8.RuneError {
				out, data = append(out, 0xFF), data[2:]
				continue
			}
		}
		out, data = utf8.AppendRune(out, r), data[size:]
	}
	if err != nil && len(data) > 0 {
		out, data = append(out, 0xFF), nil
	}
	u.held = copy(u.raw[:], data)
	u.out = out
}
