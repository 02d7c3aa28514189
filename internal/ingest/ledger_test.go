package ingest

import (
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// What is written to a file comes back as it was, in its order.
func TestLedgerKeepsEveryEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger{limit: rapid.IntRange(1, 5).Draw(t, "limit")}
		defer l.close()
		var want []entry
		var values []figure.Value
		for i := range rapid.IntRange(0, 20).Draw(t, "entries") {
			value := figure.New(rapid.Int64().Draw(t, "coefficient"), rapid.IntRange(-60, 18).Draw(t, "decimals"), rapid.IntRange(-60, 60).Draw(t, "multiplier"))
			if rapid.Bool().Draw(t, "wide") {
				value = figure.MustParse("123456789012345678901234567890.5", 3)
			}
			e := entry{
				series: int32(i), start: period.Date(rapid.Int32().Draw(t, "start")), end: period.Date(rapid.Int32().Draw(t, "end")),
				line: rapid.Int32().Draw(t, "line"), column: rapid.Int32().Draw(t, "column"), ordinal: uint32(i),
				published: rapid.Int64().Draw(t, "published"), state: obs.State(rapid.IntRange(0, 4).Draw(t, "state")), withdrawn: rapid.Bool().Draw(t, "withdrawn"),
			}
			if err := l.add(e, value); err != nil {
				t.Fatal(err)
			}
			want, values = append(want, e), append(values, value)
		}
		n := 0
		if err := l.each(func(e *entry) {
			if got := l.value(e); !got.SameAs(values[n]) {
				t.Errorf("entry %d has the number %s, want %s", n, got, values[n])
			}
			got := *e
			got.coefficient, got.decimals, got.multiplier, got.wide = 0, 0, 0, false
			if got != want[n] {
				t.Errorf("entry %d = %+v, want %+v", n, got, want[n])
			}
			n++
		}); err != nil {
			t.Fatal(err)
		}
		if n != len(want) {
			t.Errorf("%d entries came back of %d", n, len(want))
		}
	})
}
