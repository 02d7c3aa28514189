package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

func zipped(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, text := range members {
		m, err := w.Create("member" + string(rune('a'+i)) + ".csv")
		if err == nil {
			_, err = io.WriteString(m, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func unpackAll(raw io.Reader) (text string, packed bool, err error) {
	r, packed, err := sheet.Unpack(raw)
	if err != nil {
		return "", packed, err
	}
	var b strings.Builder
	_, err = io.Copy(&b, r)
	return b.String(), packed, err
}

func TestUnpack(t *testing.T) {
	const text = "Date,USD,\n2020-12-31,1.2271,\n"
	for _, test := range []struct {
		name, raw string
		packed    bool
	}{
		{"plain", text, false}, {"zip", zipped(t, text), true}, {"gzip", gzipped(t, text), true},
	} {
		got, packed, err := unpackAll(iotest.OneByteReader(strings.NewReader(test.raw)))
		if got != text || packed != test.packed || err != nil {
			t.Errorf("%s: Unpack = %q, %v, %v; want %q, %v", test.name, got, packed, err, text, test.packed)
		}
	}
	for _, short := range []string{"", "a", "P", "PK"} {
		if got, packed, err := unpackAll(strings.NewReader(short)); got != short || packed || err != nil {
			t.Errorf("Unpack(%q) = %q, %v, %v; want it as it is", short, got, packed, err)
		}
	}
}

func TestUnpackRefuses(t *testing.T) {
	bomb := strings.Repeat("0", 65<<20)
	text := strings.Repeat("Date,USD,\n2020-12-31,1.2271,\n", 99)
	damaged := []byte(gzipped(t, text))
	damaged[len(damaged)-6] ^= 0xff
	for _, test := range []struct{ name, raw, says string }{
		{"a bomb in zip", zipped(t, bomb), "more than 67108864 bytes"},
		{"a bomb in gzip", gzipped(t, bomb), "more than 67108864 bytes"},
		{"two members", zipped(t, text, text), "2 entries"},
		{"no member", zipped(t), "0 entries"},
		{"a zip that is cut off", zipped(t, text)[:80], "damaged"},
		{"a gzip that is cut off", gzipped(t, text)[:40], "damaged"},
		{"a gzip that is damaged", string(damaged), "damaged"},
		{"a gzip of nothing but a mark", "\x1f\x8b", "damaged"},
		{"a directory that points in front of the file", "PK\x03\x04PK\x01\x02000000000000000000000000 \x00\x00\x00\x00\x00000000000\x00\x00\x0000000000000PK\x05\x06000000\x01\x009\x00\x00\x007000\x00\x00", "damaged"},
		{"a large zip", "PK\x03\x04" + strings.Repeat("x", 17<<20), "more than 16777216 bytes"},
	} {
		_, packed, err := unpackAll(strings.NewReader(test.raw))
		if fault.CodeOf(err) != fault.ArchiveInvalid || !packed || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: Unpack = %v, want %s that says %q", test.name, err, fault.ArchiveInvalid, test.says)
		}
	}
}

func TestUnpackPassesOnWhatTheSourceReturns(t *testing.T) {
	failed := errors.New("the disk failed")
	whole := gzipped(t, strings.Repeat("0123456789", 1<<16))
	for _, raw := range []io.Reader{
		iotest.ErrReader(failed),
		io.MultiReader(strings.NewReader(whole[:20]), iotest.ErrReader(failed)),
		io.MultiReader(strings.NewReader("PK\x03\x04"), iotest.ErrReader(failed)),
	} {
		if _, _, err := unpackAll(raw); !errors.Is(err, failed) || fault.CodeOf(err) == fault.ArchiveInvalid {
			t.Errorf("Unpack = %v, want %v", err, failed)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte(zipped(f, "a,b\n")))
	f.Add([]byte(gzipped(f, "a,b\n")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, packed, err := unpackAll(bytes.NewReader(raw)); err != nil && (!packed || fault.CodeOf(err) != fault.ArchiveInvalid) {
			t.Errorf("Unpack(%q) = %v, want %s", raw, err, fault.ArchiveInvalid)
		}
	})
}
