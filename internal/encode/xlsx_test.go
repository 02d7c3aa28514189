package encode_test

import (
	"io"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// BenchmarkXLSX writes rows of a workbook with every column.
func BenchmarkXLSX(b *testing.B) {
	r := gdp()
	sink := encode.NewXLSX(io.Discard, encode.Options{Zone: shanghai()})
	if err := sink.Begin(head(r)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := sink.Row(r); err != nil {
			b.Fatal(err)
		}
	}
	if err := sink.End(query.Tail{}); err != nil {
		b.Fatal(err)
	}
}
