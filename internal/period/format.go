package period

import (
	"strconv"
	"strings"
)

// String returns the canonical text, the first that fits: 2013, 2013-H1,
// 2013-Q3, 2013-09, 2013-09-15, whole months from a day of the month that
// every month has as 2013-01-01/P9M (twelve are P12M), and anything else in
// days as 2013-01-01/P274D. It is empty for no period.
func (p Period) String() string { return string(p.AppendTo(make([]byte, 0, 20))) }

// AppendTo appends the canonical text to dst.
func (p Period) AppendTo(dst []byte) []byte { return p.appendWith(dst, 'H') }

// SDMX returns the text that SDMX uses: the canonical one, with S for halves.
func (p Period) SDMX() string { return string(p.appendWith(make([]byte, 0, 20), 'S')) }

// Path returns the canonical text with -- for the slash, for paths and file
// names.
func (p Period) Path() string { return strings.Replace(p.String(), "/", "--", 1) }

func (p Period) appendWith(dst []byte, half byte) []byte {
	if p.IsZero() {
		return dst
	}
	year, month, _ := p.start.YMD()
	switch p.Frequency() {
	case Annual:
		return appendPadded(dst, year, 4)
	case HalfYear:
		return append(appendPadded(dst, year, 4), '-', half, byte('1'+month/6))
	case Quarter:
		return append(appendPadded(dst, year, 4), '-', 'Q', byte('1'+month/3))
	case Month:
		return appendPadded(append(appendPadded(dst, year, 4), '-'), month, 2)
	case Day:
		return p.start.AppendTo(dst)
	case None:
	}
	return p.appendDuration(dst)
}

func (p Period) appendDuration(dst []byte) []byte {
	dst = append(p.start.AppendTo(dst), '/', 'P')
	length := p.Length()
	if length.Months > 0 {
		return append(strconv.AppendInt(dst, int64(length.Months), 10), 'M')
	}
	return append(strconv.AppendInt(dst, int64(length.Days), 10), 'D')
}
