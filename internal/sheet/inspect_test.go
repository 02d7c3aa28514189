package sheet_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

func encoded(t *testing.T, text string, as sheet.Encoding) string {
	t.Helper()
	var out string
	var err error
	switch as {
	case sheet.GB18030:
		out, err = simplifiedchinese.GB18030.NewEncoder().String(text)
	case sheet.UTF16LE:
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	case sheet.UTF16BE:
		out, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestInspect(t *testing.T) {
	for _, test := range []struct {
		name, raw string
		options   sheet.Options
		encoding  sheet.Encoding
		code      fault.Code
		line      int
	}{
		{name: "plain", raw: "a,b\n1,2\n", encoding: sheet.UTF8},
		{name: "mark", raw: "\xef\xbb\xbfa,年\n", encoding: sheet.UTF8},
		{name: "UTF-16 little", raw: encoded(t, "a,年\n𠀀\n", sheet.UTF16LE), encoding: sheet.UTF16LE},
		{name: "UTF-16 big", raw: encoded(t, "a,年\n", sheet.UTF16BE), encoding: sheet.UTF16BE},
		{name: "UTF-16 declared and marked", raw: encoded(t, "a\n", sheet.UTF16BE), options: sheet.Options{Encoding: sheet.UTF16}, encoding: sheet.UTF16BE},
		{name: "GB18030 declared", raw: encoded(t, "地区,数值\n", sheet.GB18030), options: sheet.Options{Encoding: sheet.GB18030}, encoding: sheet.GB18030},
		{name: "GB18030 not declared", raw: encoded(t, "a\n地区\n", sheet.GB18030), code: fault.AskEncoding, line: 2},
		{name: "UTF-8 declared and not true", raw: "a\nb\nc\xff", options: sheet.Options{Encoding: sheet.UTF8}, encoding: sheet.UTF8, code: fault.CSVBadEncoding, line: 3},
		{name: "GB18030 declared and not true", raw: "a\n\xff\n", options: sheet.Options{Encoding: sheet.GB18030}, encoding: sheet.GB18030, code: fault.CSVBadEncoding, line: 2},
		{name: "half a UTF-16 pair", raw: "\xff\xfea\x00\n\x00\x00\xd8a\x00", encoding: sheet.UTF16LE, code: fault.CSVBadEncoding, line: 2},
		{name: "odd UTF-16", raw: "\xff\xfea\x00b", encoding: sheet.UTF16LE, code: fault.CSVBadEncoding, line: 1},
		{name: "mark against the setting", raw: "\xef\xbb\xbfa", options: sheet.Options{Encoding: sheet.GB18030}, code: fault.CSVEncodingConflict, line: 1},
		{name: "nothing", raw: "", encoding: sheet.UTF8, code: fault.CSVEmpty},
		{name: "mark alone", raw: "\xef\xbb\xbf", encoding: sheet.UTF8, code: fault.CSVEmpty},
		{name: "line ends alone", raw: "\r\n\n", encoding: sheet.UTF8, code: fault.CSVEmpty},
		{name: "NUL before a bad byte", raw: "a\nb\xff\nc\x00", encoding: sheet.UTF8, code: fault.CSVNul, line: 3},
		{name: "replacement character", raw: "a\nL\uFFFDA\n", encoding: sheet.UTF8, code: fault.CSVReplacement, line: 2},
		{name: "only CR", raw: "a,b\r1,2\r", encoding: sheet.UTF8, code: fault.AskLineEnding, line: 1},
		{name: "only CR, declared", raw: "a,b\r1,2\r", options: sheet.Options{CR: true}, encoding: sheet.UTF8},
		{name: "declared CR and LF", raw: "a\rb\n", options: sheet.Options{CR: true}, encoding: sheet.UTF8, code: fault.CSVStrayCR, line: 1},
		{name: "mixed", raw: "a,b\r\n1,2\r3,4\n", encoding: sheet.UTF8, code: fault.CSVStrayCR, line: 2},
		{name: "CR at the end", raw: "a\nb\r", encoding: sheet.UTF8, code: fault.CSVStrayCR, line: 2},
		{name: "too large", raw: "123456789", options: sheet.Options{Limits: sheet.Limits{Bytes: 8}}, code: fault.FileTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole": strings.NewReader(test.raw), "byte by byte": iotest.OneByteReader(strings.NewReader(test.raw)),
			} {
				facts, err := sheet.Inspect(r, test.options)
				if code := fault.CodeOf(err); code != test.code {
					t.Fatalf("%s: Inspect(%q) = %v, want %q", name, test.raw, err, test.code)
				}
				if err != nil && fault.From(err).Items[0].Line != test.line {
					t.Errorf("%s: line %d, want %d", name, fault.From(err).Items[0].Line, test.line)
				}
				if facts.Encoding != test.encoding {
					t.Errorf("%s: encoding %q, want %q", name, facts.Encoding, test.encoding)
				}
				if sum := sha256.Sum256([]byte(test.raw)); test.code != fault.FileTooLarge && facts.SHA256 != hex.EncodeToString(sum[:]) {
					t.Errorf("%s: SHA-256 %s of %d bytes, want that of the whole file", name, facts.SHA256, facts.Bytes)
				}
			}
		})
	}
}

func TestCSVReadsEveryEncoding(t *testing.T) {
	const text = "指标,数值\n地区生产总值,118.7\n"
	want, err := readAll(t, strings.NewReader(text), sheet.Options{})
	if err != nil || len(want) != 2 {
		t.Fatalf("rows of UTF-8 = %v, %v", want, err)
	}
	for _, e := range []sheet.Encoding{sheet.GB18030, sheet.UTF16LE, sheet.UTF16BE} {
		raw := encoded(t, text, e)
		got, err := readAll(t, strings.NewReader(raw), sheet.Options{Encoding: e})
		if err != nil || len(got) != 2 || got[1].Cells[0] != want[1].Cells[0] {
			t.Errorf("rows of %s = %v, %v; want %v", e, got, err, want)
		}
	}
}

func TestInspectFindsWhatLiesAcrossChunks(t *testing.T) {
	for shift := range 4 {
		pad := strings.Repeat("x", 64<<10-2-shift) + "年\n"
		raw := bytes.Repeat([]byte(pad), 3)
		if _, err := sheet.Inspect(bytes.NewReader(raw), sheet.Options{}); err != nil {
			t.Errorf("Inspect with a character across chunks at %d = %v, want none", shift, err)
		}
		raw = append(raw, "\uFFFD"...)
		_, err := sheet.Inspect(bytes.NewReader(raw), sheet.Options{})
		if fault.CodeOf(err) != fault.CSVReplacement || fault.From(err).Items[0].Line != 4 {
			t.Errorf("Inspect = %v, want %s on line 4", err, fault.CSVReplacement)
		}
	}
}

func TestParseEncoding(t *testing.T) {
	for name, want := range map[string]sheet.Encoding{
		"": "", "UTF8": sheet.UTF8, "GBK": sheet.GB18030, "utf_16le": sheet.UTF16LE, "Latin1": sheet.Latin1, "cp1252": sheet.Windows1252,
	} {
		if got, err := sheet.ParseEncoding(name); got != want || err != nil {
			t.Errorf("ParseEncoding(%q) = %q, %v, want %q", name, got, err, want)
		}
	}
	if _, err := sheet.ParseEncoding("ebcdic"); fault.CodeOf(err) != fault.CSVEncodingUnknown {
		t.Errorf("ParseEncoding(ebcdic) = %v, want %s", err, fault.CSVEncodingUnknown)
	}
}
