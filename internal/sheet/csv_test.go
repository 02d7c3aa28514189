package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

func ExampleCSV() {
	rows, err := sheet.NewCSV(strings.NewReader("label,value\n\"GDP, total\",118.7\n"), sheet.Options{})
	if err != nil {
		panic(err)
	}
	for {
		row, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			panic(err)
		}
		fmt.Printf("line %d, %s: %s | %s: %s\n", row.Line, row.Coordinate(0), row.Cells[0], row.Coordinate(1), row.Cells[1])
	}
	// Output:
	// line 1, A1: label | B1: value
	// line 2, A2: GDP, total | B2: 118.7
}

// line is what one row says, for comparison.
type line struct {
	Line, Number int
	Cells        []string
	Fault        fault.Code
	At           string
}

func readAll(t testing.TB, r io.Reader, o sheet.Options) ([]line, error) {
	t.Helper()
	rows, err := sheet.NewCSV(r, o)
	if err != nil {
		return nil, err
	}
	var all []line
	for {
		row, err := rows.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			if _, again := rows.Next(); !errors.Is(again, err) {
				t.Errorf("Next() after %v = %v, want the same error", err, again)
			}
			return all, err
		}
		l := line{Line: row.Line, Number: row.Number}
		for _, cell := range row.Cells {
			l.Cells = append(l.Cells, string(cell))
		}
		if row.Fault != nil {
			l.Fault, l.At = row.Fault.Code, fmt.Sprintf("%s line %d", row.Fault.Cell, row.Fault.Line)
		}
		all = append(all, l)
	}
}

func TestNext(t *testing.T) {
	small := sheet.Limits{Columns: 3, CellBytes: 8, Rows: 4}
	for _, test := range []struct {
		name, text string
		options    sheet.Options
		want       []line
		err        fault.Code
		errLine    int
	}{
		{name: "LF", text: "a,b\n1,2\n", want: []line{{1, 1, []string{"a", "b"}, "", ""}, {2, 2, []string{"1", "2"}, "", ""}}},
		{name: "CRLF without an end", text: "a,b\r\n1,2", want: []line{{1, 1, []string{"a", "b"}, "", ""}, {2, 2, []string{"1", "2"}, "", ""}}},
		{name: "LF and CRLF", text: "a\r\nb\nc\r\n", want: []line{{1, 1, []string{"a"}, "", ""}, {2, 2, []string{"b"}, "", ""}, {3, 3, []string{"c"}, "", ""}}},
		{name: "blank lines keep their numbers", text: "\n\r\na\n\nb", want: []line{{3, 3, []string{"a"}, "", ""}, {5, 5, []string{"b"}, "", ""}}},
		{name: "empty cells", text: ",\n\"\"\n", want: []line{{1, 1, []string{"", ""}, "", ""}, {2, 2, []string{""}, "", ""}}},
		{name: "quotes", text: "\"a,b\",\"say \"\"x\"\"\"\n", want: []line{{1, 1, []string{"a,b", `say "x"`}, "", ""}}},
		{name: "a line end in a cell moves the lines and not the rows", text: "\"a\nb\r\nc\",1\nd,2\n", want: []line{
			{1, 1, []string{"a\nb\r\nc", "1"}, "", ""}, {4, 2, []string{"d", "2"}, "", ""}}},
		{name: "semicolons", text: "a;1,5\n", options: sheet.Options{Delimiter: ';'}, want: []line{{1, 1, []string{"a", "1,5"}, "", ""}}},
		{name: "declared carriage returns", text: "a,b\r1,2\r", options: sheet.Options{CR: true}, want: []line{
			{1, 1, []string{"a", "b"}, "", ""}, {2, 2, []string{"1", "2"}, "", ""}}},
		{name: "lines above the table", text: "Title \"x\nUnit\na\n", options: sheet.Options{Skip: 2}, want: []line{{3, 3, []string{"a"}, "", ""}}},
		{name: "spaces stay", text: " a ,b\t\n", want: []line{{1, 1, []string{" a ", "b\t"}, "", ""}}},
		{name: "bare quote", text: "a,b\nx,y\"z,q\n1,2\n", want: []line{
			{1, 1, []string{"a", "b"}, "", ""}, {2, 2, nil, fault.CSVBareQuote, "B2 line 2"}, {3, 3, []string{"1", "2"}, "", ""}}},
		{name: "space before a quote", text: "a, \"b\"\n", want: []line{{1, 1, nil, fault.CSVBareQuote, "B1 line 1"}}},
		{name: "text behind a quote", text: "\"a\"b,c\nd\n", want: []line{{1, 1, nil, fault.CSVBareQuote, "B1 line 1"}, {2, 2, []string{"d"}, "", ""}}},
		{name: "a quote left open meets the next one", text: "a,\"b\nc,\"d\",e\nf\n", want: []line{
			{1, 1, nil, fault.CSVBareQuote, "C1 line 2"}, {3, 2, []string{"f"}, "", ""}}},
		{name: "unclosed quote", text: "a\nb,\"c\nd\n", want: []line{{1, 1, []string{"a"}, "", ""}}, err: fault.CSVUnclosedQuote, errLine: 2},
		{name: "stray CR", text: "a\rb\nc\n", want: []line{{1, 1, nil, fault.CSVStrayCR, "A1 line 1"}, {2, 2, []string{"c"}, "", ""}}},
		{name: "too many columns", text: "a,b,c,d\n1\n", options: sheet.Options{Limits: small}, want: []line{
			{1, 1, nil, fault.TooManyColumns, "D1 line 1"}, {2, 2, []string{"1"}, "", ""}}},
		{name: "cell too long", text: "12345678,123456789\n1\n", options: sheet.Options{Limits: small}, want: []line{
			{1, 1, nil, fault.CellTooLong, "B1 line 1"}, {2, 2, []string{"1"}, "", ""}}},
		{name: "too many rows", text: "1\n2\n\n3\n4\n5\n", options: sheet.Options{Limits: small}, want: []line{
			{1, 1, []string{"1"}, "", ""}, {2, 2, []string{"2"}, "", ""}, {4, 4, []string{"3"}, "", ""}, {5, 5, []string{"4"}, "", ""}},
			err: fault.TooManyRows, errLine: 6},
		{name: "a header does not count", text: "h\n\nh\n1\n2\n3\n4\n", options: sheet.Options{Limits: small, Header: 2}, want: []line{
			{1, 1, []string{"h"}, "", ""}, {3, 3, []string{"h"}, "", ""}, {4, 4, []string{"1"}, "", ""}, {5, 5, []string{"2"}, "", ""},
			{6, 6, []string{"3"}, "", ""}, {7, 7, []string{"4"}, "", ""}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole": strings.NewReader(test.text), "byte by byte": iotest.OneByteReader(strings.NewReader(test.text)),
			} {
				got, err := readAll(t, r, test.options)
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("%s: rows of %q (-want +got):\n%s", name, test.text, diff)
				}
				if code := fault.CodeOf(err); code != test.err {
					t.Errorf("%s: error of %q = %v, want %q", name, test.text, err, test.err)
				}
				if err != nil && fault.From(err).Items[0].Line != test.errLine {
					t.Errorf("%s: error on line %d, want %d", name, fault.From(err).Items[0].Line, test.errLine)
				}
			}
		})
	}
}

func TestNextPassesOnWhatTheSourceSays(t *testing.T) {
	broken := errors.New("the disk is gone")
	got, err := readAll(t, io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), sheet.Options{})
	if !errors.Is(err, broken) || len(got) != 1 {
		t.Errorf("rows %v, error %v; want one row and %v", got, err, broken)
	}
}

func TestNextHoldsOneRowOnly(t *testing.T) {
	endless := strings.Repeat("x", 64<<10)
	long := io.MultiReader(strings.NewReader("\"open"), &repeated{text: endless, times: 1000})
	_, err := readAll(t, long, sheet.Options{})
	if code := fault.CodeOf(err); code != fault.CSVUnclosedQuote {
		t.Errorf("an open quote before 64 MB = %v, want %s", err, fault.CSVUnclosedQuote)
	}
	got, err := readAll(t, io.MultiReader(&repeated{text: endless, times: 1000}, strings.NewReader("\nb,c\n")), sheet.Options{})
	if err != nil || len(got) != 2 || got[0].Fault != fault.RowTooLong || len(got[1].Cells) != 2 {
		t.Errorf("a row of 64 MB = %v, %v; want %s and the row behind it", got, err, fault.RowTooLong)
	}
}

type repeated struct {
	text  string
	times int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.times == 0 {
		return 0, io.EOF
	}
	r.times--
	return copy(p, r.text), nil
}

func TestLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := sheet.Letters(column); got != want {
			t.Errorf("Letters(%d) = %q, want %q", column, got, want)
		}
	}
}

// write is the strict form of a table: every cell in quotes.
func write(table [][]string) string {
	var b strings.Builder
	for _, row := range table {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func TestCellsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("a,\"\n\r 9年;=")), 0, 12, -1)
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 5), 1, 8).Draw(t, "table")
		text := write(want)
		rows, err := sheet.NewCSV(iotest.HalfReader(strings.NewReader(text)), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for {
			row, err := rows.Next()
			if err == io.EOF {
				break
			}
			if err != nil || row.Fault != nil {
				t.Fatalf("Next() of %q = %+v, %v", text, row, err)
			}
			got = append(got, strings.Split(string(bytes.Join(row.Cells, []byte{0})), "\x00"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("cells of %q (-want +got):\n%s", text, diff)
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\"\"b\"\r\n", "a\r", "\"", "\xef\xbb\xbfa", "\xff\xfea\x00", "a,\"b\nc\",d"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		facts, err := sheet.Inspect(bytes.NewReader(raw), sheet.Options{})
		if err != nil {
			return
		}
		if facts.Bytes != int64(len(raw)) {
			t.Errorf("Inspect(%q) counts %d bytes, want %d", raw, facts.Bytes, len(raw))
		}
		got, err := readAll(t, bytes.NewReader(raw), sheet.Options{})
		if err != nil && fault.CodeOf(err) != fault.CSVUnclosedQuote {
			t.Fatalf("CSV(%q) = %v", raw, err)
		}
		var table [][]string
		for _, l := range got {
			if l.Fault == "" {
				table = append(table, l.Cells)
			}
		}
		again, err := readAll(t, strings.NewReader(write(table)), sheet.Options{})
		if err != nil || len(again) != len(table) {
			t.Fatalf("the cells of %q, written: %d rows, %v; want %d", raw, len(again), err, len(table))
		}
		for i := range again {
			if diff := cmp.Diff(table[i], again[i].Cells); diff != "" {
				t.Errorf("the cells of %q change when written (-want +got):\n%s", raw, diff)
			}
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	text := []byte(strings.Repeat("gdp,cn-cq-lj,2013-01-01/P9M,118.7,CNY,9,16.2,yoy,2014-02-22\n", 10_000))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		rows, err := sheet.NewCSV(bytes.NewReader(text), sheet.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for {
			if _, err := rows.Next(); err != nil {
				break
			}
		}
	}
}
