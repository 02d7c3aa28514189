package encode_test

import (
	"io"
	"slices"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// TestRowsDoNotAllocate writes rows of ordinary size into a buffer that has
// room.
func TestRowsDoNotAllocate(t *testing.T) {
	for name, sink := range map[string]query.Sink{
		"JSON": encode.NewJSON(io.Discard, encode.Options{}),
		"CSV":  encode.NewCSV(io.Discard, encode.Options{Zone: shanghai()}),
	} {
		r := gdp()
		if err := sink.Begin(head(r)); err != nil {
			t.Fatal(err)
		}
		n := testing.AllocsPerRun(200, func() {
			if err := sink.Row(r); err != nil {
				t.Error(err)
			}
		})
		if n > 0 {
			t.Errorf("%s allocates %v times a row, want 0", name, n)
		}
	}
}

func BenchmarkRowsJSON(b *testing.B) { benchmark(b, encode.NewJSON(io.Discard, encode.Options{})) }

func BenchmarkRowsCSV(b *testing.B) {
	benchmark(b, encode.NewCSV(io.Discard, encode.Options{Zone: shanghai()}))
}

// benchmark writes an answer of 200 rows at each turn.
func benchmark(b *testing.B, sink query.Sink) {
	rows := slices.Repeat([]*query.Row{gdp()}, 200)
	if err := sink.Begin(head(rows[0])); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range rows {
			if err := sink.Row(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
