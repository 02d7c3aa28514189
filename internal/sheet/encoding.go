package sheet

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"bellwether/internal/fault"
)

// Encoding is the canonical name of how a file writes its characters.
type Encoding string

// The encodings that are read. UTF16 is declared where the byte-order mark
// says which of the two it is; without a mark it is UTF16LE, as spreadsheets
// write it.
const (
	UTF8        Encoding = "utf-8"
	UTF16       Encoding = "utf-16"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	GB18030     Encoding = "gb18030"
	Big5        Encoding = "big5"
	Latin1      Encoding = "iso-8859-1"
	Windows1252 Encoding = "windows-1252"
)

// encodings lists every name by which an encoding may be declared, the
// canonical one first.
var encodings = []struct {
	encoding Encoding
	names    []string
}{
	{UTF8, []string{"utf-8", "utf8", "utf-8-sig"}},
	{UTF16, []string{"utf-16", "utf16"}},
	{UTF16LE, []string{"utf-16le", "utf16le"}},
	{UTF16BE, []string{"utf-16be", "utf16be"}},
	{GB18030, []string{"gb18030", "gbk", "gb2312", "cp936"}},
	{Big5, []string{"big5"}},
	{Latin1, []string{"iso-8859-1", "latin1", "latin-1"}},
	{Windows1252, []string{"windows-1252", "cp1252"}},
}

// ParseEncoding reads a declared name; case and `_` for `-` do not matter. An
// empty name is no declaration. Any other name is csv_encoding_unknown.
func ParseEncoding(name string) (Encoding, error) {
	folded := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	if folded == "" {
		return "", nil
	}
	known := make([]string, 0, len(encodings))
	for _, e := range encodings {
		if slices.Contains(e.names, folded) {
			return e.encoding, nil
		}
		known = append(known, string(e.encoding))
	}
	return "", fault.New(fault.Invalid, fault.CSVEncodingUnknown, "the encoding %q is not known", name).
		Expect("%s", strings.Join(known, ", "))
}

var marks = []struct {
	encoding Encoding
	bytes    []byte
}{
	{UTF8, []byte{0xEF, 0xBB, 0xBF}},
	{UTF16LE, []byte{0xFF, 0xFE}},
	{UTF16BE, []byte{0xFE, 0xFF}},
}

// decoded is the text of a file and how it was written.
type decoded struct {
	text     io.Reader // UTF-8 without the mark; for UTF-8 unchecked
	encoding Encoding
	marked   bool // a byte-order mark said so
	declared bool // the mark or a setting said so
}

// decode takes the byte-order mark off raw and returns its text as UTF-8. What
// the encoding does not have comes out as U+FFFD, except in UTF-8.
func decode(raw io.Reader, declared Encoding) (decoded, error) {
	buffered := bufio.NewReaderSize(raw, 64<<10)
	head, err := buffered.Peek(3)
	if err != nil && err != io.EOF {
		return decoded{}, err
	}
	d := decoded{encoding: declared, declared: declared != ""}
	for _, mark := range marks {
		if !bytes.HasPrefix(head, mark.bytes) {
			continue
		}
		if !agrees(declared, mark.encoding) {
			return decoded{}, fault.New(fault.Refused, fault.CSVEncodingConflict,
				"the byte-order mark says %s, the setting says %s", mark.encoding, declared).
				With(fault.Item{Code: fault.CSVEncodingConflict, Line: 1, Value: string(declared), Expected: string(mark.encoding)})
		}
		d.encoding, d.marked, d.declared = mark.encoding, true, true
		if _, err := buffered.Discard(len(mark.bytes)); err != nil {
			return decoded{}, err
		}
		break
	}
	d.encoding, d.text = decoder(d.encoding, buffered)
	return d, nil
}

func agrees(declared, marked Encoding) bool {
	return declared == "" || declared == marked || declared == UTF16 && marked != UTF8
}

func decoder(e Encoding, raw io.Reader) (Encoding, io.Reader) {
	legacy := map[Encoding]encoding.Encoding{
		GB18030: simplifiedchinese.GB18030, Big5: traditionalchinese.Big5,
		Latin1: charmap.ISO8859_1, Windows1252: charmap.Windows1252,
	}
	switch e {
	case UTF16, UTF16LE:
		return UTF16LE, &utf16Reader{src: raw, at: func(b []byte) uint16 { return uint16(b[1])<<8 | uint16(b[0]) }}
	case UTF16BE:
		return UTF16BE, &utf16Reader{src: raw, at: func(b []byte) uint16 { return uint16(b[0])<<8 | uint16(b[1]) }}
	case "", UTF8:
		return UTF8, raw
	}
	return e, legacy[e].NewDecoder().Reader(raw)
}
