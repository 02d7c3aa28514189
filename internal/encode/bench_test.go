package encode_test

import (
	"io"
	"math/big"
	"slices"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/fx"
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

// BenchmarkConvertedJSON writes an answer of 200 converted rows, each by a rate
// of its own whose texts are kept.
func BenchmarkConvertedJSON(b *testing.B) {
	var rows []*query.Row
	c := &query.Conversion{To: []string{"USD"}}
	for range 200 {
		r := gdp()
		r.Converted, r.OriginalUnit, r.Rate, r.Method, r.RateSource, r.Cells = true, "CNY", "6.16738889", "period_average", "frb-h10", &query.Written{}
		r.HasOriginal, r.Original, r.Unit = true, r.Value, "USD"
		rows = append(rows, r)
		c.Rows = append(c.Rows, query.Disclosed{
			Period: r.Version.Period, Written: &query.Written{},
			Disclosure: &fx.Disclosure{From: "CNY", To: "USD", Source: "frb-h10", Leg: fx.Leg{
				Method: "period_average", Averaging: "published", Observations: 1, First: "2004-05", Last: "2004-05",
				Quotation: "CNY per USD", Rate: r.Rate, RateExact: big.NewRat(616738889, 1e8), Inverted: true,
			}},
		})
	}
	h := head(rows[0])
	h.View.Currencies = []string{"USD"}
	for b.Loop() {
		if err := write(encode.NewJSON(io.Discard, encode.Options{}), h, query.Tail{Conversion: c}, rows...); err != nil {
			b.Fatal(err)
		}
	}
}
