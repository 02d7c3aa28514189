package main

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

func generated(t *testing.T, s shape) [][]string {
	t.Helper()
	f, err := newFigures(s)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := f.writeCSV(&text); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1+s.rows() {
		t.Fatalf("there are %d lines, want a header and %d", len(lines), s.rows())
	}
	return lines[1:]
}

func TestGeneratedRowsReadBackAndDiffer(t *testing.T) {
	const months = 200
	lines := generated(t, shape{series: 40, months: months})
	keys, values := map[string]bool{}, map[string]bool{}
	for i, cells := range lines {
		p, err := period.Parse(cells[2])
		if err != nil || p.Frequency() != period.Month || p.String() != cells[2] {
			t.Fatalf("Parse(%q) = %v, %v, want a month in its canonical form", cells[2], p, err)
		}
		if i%months > 0 {
			if before := period.MustParse(lines[i-1][2]); before.End() != p.Start() {
				t.Fatalf("line %d: %s does not follow %s", i, p, before)
			}
		}
		multiplier, err := strconv.Atoi(cells[5])
		if err != nil {
			t.Fatal(err)
		}
		v, err := figure.Parse(cells[3], multiplier)
		if err != nil || v.Text() != cells[3] || v.Decimals() != 1 || v.Sign() <= 0 {
			t.Fatalf("Parse(%q) = %v, %v, want a number above 0 with one decimal", cells[3], v, err)
		}
		code := cells[0] + "." + cells[1] + "." + cells[4]
		if _, err := series.Parse(code); err != nil {
			t.Fatal(err)
		}
		keys[code+" "+cells[2]] = true
		values[cells[3]] = true
	}
	if len(keys) != len(lines) {
		t.Errorf("%d rows have %d keys, want one each", len(lines), len(keys))
	}
	if len(values) < len(lines)/2 {
		t.Errorf("%d rows have only %d values", len(lines), len(values))
	}
}

func TestGeneratedFiguresAreTheSameEveryTime(t *testing.T) {
	first, second := generated(t, shape{series: 9, months: 30}), generated(t, shape{series: 9, months: 30})
	for i := range first {
		if strings.Join(first[i], ",") != strings.Join(second[i], ",") {
			t.Fatalf("line %d is %v and then %v", i, first[i], second[i])
		}
	}
}

func TestTradeIsExportsAndImports(t *testing.T) {
	f, err := newFigures(shape{series: 80, months: 30})
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		area   string
		period period.Period
	}
	rest := map[place]decimal.Decimal{}
	err = f.each(func(r row) error {
		at := place{r.area, r.period}
		switch r.indicator {
		case "trade":
			rest[at] = rest[at].Add(r.value.Decimal())
		case "exports", "imports":
			rest[at] = rest[at].Sub(r.value.Decimal())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(rest) != 10*30 {
		t.Errorf("there is trade of %d areas and months, want %d", len(rest), 10*30)
	}
	for at, left := range rest {
		if !left.IsZero() {
			t.Errorf("%s %s: trade is %s more than exports and imports", at.area, at.period, left)
		}
	}
}

func TestSeriesAreFamiliesOfTheirOwn(t *testing.T) {
	f, err := newFigures(shape{series: 2_000, months: 1})
	if err != nil {
		t.Fatal(err)
	}
	families := map[string]bool{}
	for _, of := range f.identities {
		key, err := series.Parse(of.code())
		if err != nil {
			t.Fatal(err)
		}
		families[key.Family()] = true
	}
	if len(families) != 2_000 {
		t.Errorf("2,000 series are %d families", len(families))
	}
}

func TestMoreSeriesThanTheCatalogueHasAreRefused(t *testing.T) {
	if _, err := newFigures(shape{series: 100_000, months: 1}); err == nil {
		t.Error("100,000 series were named")
	}
}

func TestRatesCoverEveryMonth(t *testing.T) {
	f, err := newFigures(shape{series: 1, months: 30})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := f.writeRates(&text); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	months := map[string]bool{}
	for _, cells := range lines[1:] {
		months[cells[4]] = true
		if _, err := figure.Parse(cells[5], 0); err != nil {
			t.Error(err)
		}
	}
	err = f.each(func(r row) error {
		if !months[r.period.String()] {
			t.Errorf("there is no rate for %s", r.period)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
