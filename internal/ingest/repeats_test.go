package ingest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestRepeatsFindsWhatOccursTwice compares the runs, spilled and held, with a
// count of everything.
func TestRepeatsFindsWhatOccursTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Uint64Range(0, 60), 0, 200).Draw(t, "fingerprints")
		r := repeats{limit: rapid.IntRange(1, 50).Draw(t, "held")}
		defer func() {
			if err := r.close(); err != nil {
				t.Error(err)
			}
		}()
		counts := map[uint64]int{}
		for _, print := range all {
			counts[print]++
			if err := r.add(print); err != nil {
				t.Fatal(err)
			}
		}
		var want, got []uint64
		for print, n := range counts {
			if n > 1 {
				want = append(want, print)
			}
		}
		slices.Sort(want)
		bound, bounded := uint64(0), false
		for {
			some, err := r.after(bound, bounded, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(some) == 0 {
				break
			}
			got = append(got, some...)
			bound, bounded = some[len(some)-1], true
		}
		if !slices.Equal(got, want) {
			t.Errorf("repeats of %v, held in runs of %d: %v, want %v", all, r.limit, got, want)
		}
	})
}

func TestMarks(t *testing.T) {
	var m marks
	for _, ordinal := range []uint32{0, 63, 64, 1000} {
		m.set(ordinal)
	}
	for ordinal, want := range map[uint32]bool{0: true, 1: false, 63: true, 64: true, 65: false, 999: false, 1000: true, 5000: false} {
		if got := m.has(ordinal); got != want {
			t.Errorf("has(%d) = %t, want %t", ordinal, got, want)
		}
	}
}

func TestNearlyKnown(t *testing.T) {
	for header, want := range map[string]string{
		"vaule": "value", "values": "value", "Indikator": "indicator", "indicators": "indicator", "perid": "period", "growth_report": "growth_reported",
		"publishd": "published", "sorce url": "source_url", "区": "", "year": "", "id": "", "remarks": "", "code": "", "date": "", "name": "", "数": "", "state": "",
	} {
		if got := nearlyKnown(header, tidyNames); got != want {
			t.Errorf("nearlyKnown(%q) = %q, want %q", header, got, want)
		}
	}
}

func TestNoKnownNameIsNearAnother(t *testing.T) {
	for _, n := range tidyNames {
		for _, name := range n.names {
			if lookUp(name, tidyNames) != n.meaning {
				t.Errorf("lookUp(%q) = %s, want %s", name, lookUp(name, tidyNames), n.meaning)
			}
		}
	}
}

func TestStatus(t *testing.T) {
	for text, want := range map[string]string{"": "", "A": "A", "p": "P", "E;P": "P;E", "b u": "B;U", "P,P": "P"} {
		if got, taken, err := status([]byte(text)); got != want || taken || err != nil {
			t.Errorf("status(%q) = %q, %t, %v, want %q", text, got, taken, err, want)
		}
	}
	for _, text := range []string{"Withdrawn", "撤回"} {
		if _, taken, err := status([]byte(text)); !taken || err != nil {
			t.Errorf("status(%q) = %t, %v, want withdrawn", text, taken, err)
		}
	}
	for _, text := range []string{"A;P", "X", "PE", "provisional"} {
		if got, _, err := status([]byte(text)); err == nil {
			t.Errorf("status(%q) = %q, want a fault", text, got)
		}
	}
}
