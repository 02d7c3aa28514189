package encode_test

import (
	"strings"
	"testing"

	"bellwether/internal/encode"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	table, err := encode.NewTable(&b, encode.Options{BOM: true}, "code", "name", "rank")
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range [][]encode.Cell{
		{{Text: "a"}, {Text: `two, "quoted"`}, {Number: "-1"}},
		{{Text: "b"}, {Text: "=1+1"}, {}},
	} {
		if err := table.Line(cells...); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFcode,name,rank\r\na,\"two, \"\"quoted\"\"\",-1\r\nb,'=1+1,\r\n"
	if b.String() != want {
		t.Errorf("table = %q, want %q", b.String(), want)
	}
}
