package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"

	"bellwether/internal/fault"
)

// Options says how bytes are to be read. The zero value reads UTF-8, or what a
// byte-order mark says, with commas and lines that end in LF or CRLF.
type Options struct {
	Encoding  Encoding // declared; empty: the mark, else UTF-8
	Delimiter byte     // zero: comma
	CR        bool     // declared: lines end in a lone carriage return
	XML       bool     // the rows are those of EuroXML
	Book      *Book    // the rows are those of a sheet of this workbook
	Sheet     string   // declared: the sheet of a workbook, by name or number
	Shown     string   // declared: StoredNumbers or ShownNumbers, of a workbook
	Skip      int      // physical lines above the table, which are not read as cells
	Above     bool     // the lines above the table are given too, each as a row of one cell, of CSV
	Header    int      // rows of the table that do not count against the limit on rows
	Limits    Limits
}

// Facts is what Inspect found out about a file.
type Facts struct {
	Encoding Encoding // empty where it has to be asked for
	Marked   bool     // the file has a byte-order mark
	SHA256   string
	Bytes    int64
}

// Inspect reads raw to its end and says whether it is text in the encoding of
// the options. The facts are complete also when there is an error, except
// after file_too_large.
//
// Faults, in this order whatever comes first in the file: file_too_large,
// csv_encoding_conflict, csv_empty, csv_nul, ask_encoding or, where an encoding
// is declared, csv_bad_encoding, csv_replacement_character, ask_line_ending,
// csv_stray_cr. Each has one item with the line.
func Inspect(raw io.Reader, o Options) (Facts, error) {
	digest := NewDigest(raw, o.Limits.WithDefaults().Bytes)
	d, err := decode(digest, o.Encoding)
	if err != nil {
		if _, drain := io.Copy(io.Discard, digest); drain != nil {
			return Facts{}, drain
		}
		return Facts{SHA256: digest.Sum(), Bytes: digest.Bytes()}, err
	}
	s := scanner{line: 1}
	if err := s.read(d.text); err != nil {
		return Facts{}, err
	}
	facts := Facts{Encoding: d.encoding, Marked: d.marked, SHA256: digest.Sum(), Bytes: digest.Bytes()}
	err = s.verdict(d, o.CR)
	if fault.CodeOf(err) == fault.AskEncoding {
		facts.Encoding = ""
	}
	return facts, err
}

// scanner looks at text chunk by chunk. Each field with Line in its name is
// the first line that has it, 0 for none.
type scanner struct {
	line                                 int
	nulLine, badLine, damageLine, crLine int
	feeds                                bool // some line ends in LF
	text                                 bool // something other than line ends stands there
	afterCR                              bool // the chunk before ended in CR
}

const chunk = 64 << 10

func (s *scanner) read(text io.Reader) error {
	buf := make([]byte, chunk)
	held := 0
	for {
		n, err := text.Read(buf[held:])
		data := buf[:held+n]
		end := err == io.EOF
		if err != nil && !end {
			return err
		}
		whole := data
		if !end {
			whole = data[:wholeRunes(data)]
		}
		s.take(whole)
		held = copy(buf, data[len(whole):])
		if end {
			s.endCR()
			return nil
		}
	}
}

// wholeRunes returns how many bytes of data end on the end of a character; at
// most three are left over.
func wholeRunes(data []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(data); back++ {
		at := len(data) - back
		if utf8.RuneStart(data[at]) {
			if !utf8.FullRune(data[at:]) {
				return at
			}
			break
		}
	}
	return len(data)
}

func (s *scanner) take(data []byte) {
	if len(data) == 0 {
		return
	}
	s.note(&s.nulLine, data, bytes.IndexByte(data, 0))
	if s.badLine == 0 && !utf8.Valid(data) {
		s.note(&s.badLine, data, firstInvalid(data))
	}
	s.note(&s.damageLine, data, bytes.Index(data, []byte("\uFFFD")))
	s.returns(data)
	s.text = s.text || len(bytes.Trim(data, "\r\n")) > 0
	feeds := bytes.Count(data, []byte{'\n'})
	s.feeds = s.feeds || feeds > 0
	s.line += feeds
}

// note keeps the line of the byte at the index, when it is the first of its
// sort.
func (s *scanner) note(first *int, data []byte, at int) {
	if at >= 0 && *first == 0 {
		*first = s.line + bytes.Count(data[:at], []byte{'\n'})
	}
}

func firstInvalid(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
	return -1
}

// returns looks for carriage returns without a line feed.
func (s *scanner) returns(data []byte) {
	if s.crLine != 0 {
		return
	}
	if s.afterCR && data[0] != '\n' {
		s.endCR()
		return
	}
	s.afterCR = false
	for at := 0; at < len(data); {
		next := bytes.IndexByte(data[at:], '\r')
		if next < 0 {
			return
		}
		at += next + 1
		if at == len(data) {
			s.afterCR = true
			return
		}
		if data[at] != '\n' {
			s.note(&s.crLine, data, at-1)
			return
		}
	}
}

// endCR counts a carriage return that nothing follows.
func (s *scanner) endCR() {
	if s.afterCR && s.crLine == 0 {
		s.crLine = s.line
	}
	s.afterCR = false
}

func (s *scanner) verdict(d decoded, cr bool) error {
	switch {
	case !s.text:
		return refuse(fault.CSVEmpty, 0, "there is no text in the file", "a header and rows")
	case s.nulLine > 0:
		return refuse(fault.CSVNul, s.nulLine, "there is a NUL, so this is no text in "+string(d.encoding), "text in UTF-8, or UTF-16 with a byte-order mark")
	case s.badLine > 0 && !d.declared:
		return refuse(fault.AskEncoding, s.badLine, "the bytes are not UTF-8", "encoding=gb18030, big5, windows-1252, or the file saved as UTF-8")
	case s.badLine > 0, s.damageLine > 0 && legacy(d.encoding):
		return refuse(fault.CSVBadEncoding, max(s.badLine, s.damageLine), "the bytes are not "+string(d.encoding), "the encoding that the file is in")
	case s.damageLine > 0:
		return refuse(fault.CSVReplacement, s.damageLine, "the text has the replacement character U+FFFD: it was damaged before it came here", "the file as it was before it was converted")
	case s.crLine > 0 && !cr && !s.feeds:
		return refuse(fault.AskLineEnding, s.crLine, "the lines end in a lone carriage return", "line_ending=cr, or the file saved with LF or CRLF")
	case s.crLine > 0 && (!cr || s.feeds):
		return refuse(fault.CSVStrayCR, s.crLine, "a carriage return without a line feed among lines that end in one", "lines that all end in LF or CRLF")
	}
	return nil
}

// legacy reports whether the decoder writes U+FFFD for what the encoding does
// not have.
func legacy(e Encoding) bool {
	return e == GB18030 || e == Big5 || e == Latin1 || e == Windows1252
}

func refuse(code fault.Code, line int, detail, expected string) error {
	return fault.New(fault.Refused, code, "%s", detail).Expect("%s", expected).
		With(fault.Item{Code: code, Line: line, Expected: expected})
}

// Digest passes bytes on, counts and hashes them, and stops at a limit.
type Digest struct {
	src   io.Reader
	hash  hash.Hash
	bytes int64
	limit int64
}

// NewDigest returns a digest of src that reads at most limit bytes; one more
// is a fault of kind TooLarge with code file_too_large.
func NewDigest(src io.Reader, limit int64) *Digest {
	return &Digest{src: src, hash: sha256.New(), limit: limit}
}

// Read passes on what src gives.
func (d *Digest) Read(p []byte) (int, error) {
	n, err := d.src.Read(p)
	d.bytes += int64(n)
	if d.bytes > d.limit {
		expected := fmt.Sprintf("at most %d bytes (limits.upload_bytes); several files instead of one", d.limit)
		return 0, fault.New(fault.TooLarge, fault.FileTooLarge, "the file has more than %d bytes", d.limit).
			Expect("%s", expected).With(fault.Item{Code: fault.FileTooLarge, Expected: expected})
	}
	d.hash.Write(p[:n])
	return n, err
}

// Bytes returns how many bytes were read so far.
func (d *Digest) Bytes() int64 { return d.bytes }

// Sum returns the SHA-256 of what was read so far, in hex.
func (d *Digest) Sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }
