package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// shape is how much is generated: so many series, each with so many months.
type shape struct{ series, months int }

func (s shape) rows() int { return s.series * s.months }

// identity is what tells a generated series from the others.
type identity struct {
	indicator, area, unit string
	multiplier            int
}

// code is the code of the series.
func (i identity) code() string {
	return i.indicator + "." + i.area + "." + series.Fold(i.unit)
}

// figures generates series: each indicator for each area of the catalogue, so
// that every series is a family of its own, as those of an office mostly are.
type figures struct {
	shape
	identities []identity
}

// The indicators that are generated: flows in yuan, and one stock of persons.
// Trade stands right before its two parts.
var indicators = []identity{
	{indicator: "gdp", unit: "CNY", multiplier: 8},
	{indicator: "industrial-output", unit: "CNY", multiplier: 8},
	{indicator: "fixed-investment", unit: "CNY", multiplier: 8},
	{indicator: "fiscal-revenue", unit: "CNY", multiplier: 8},
	{indicator: "trade", unit: "CNY", multiplier: 8},
	{indicator: "exports", unit: "CNY", multiplier: 8},
	{indicator: "imports", unit: "CNY", multiplier: 8},
	{indicator: "population", unit: "persons", multiplier: 3},
}

// newFigures names the series of a shape.
func newFigures(s shape) (*figures, error) {
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		return nil, err
	}
	f := &figures{shape: s}
	for _, area := range words.Areas() {
		for _, of := range indicators {
			if len(f.identities) == s.series {
				return f, nil
			}
			of.area = area.Code
			f.identities = append(f.identities, of)
		}
	}
	if len(f.identities) < s.series {
		return nil, fmt.Errorf("the catalogue has areas for %d series, and %d are wanted", len(f.identities), s.series)
	}
	return f, nil
}

// row is one generated figure.
type row struct {
	identity
	number int // of the series, from 0
	period period.Period
	value  figure.Value
}

// lastMonth is the last month of every series, publishedOn when all of them
// were published.
const (
	lastMonth   = "2020-12"
	publishedOn = "2021-01-15"
	sourceName  = "Generated figures"
)

// each calls take with every figure, series by series and each by month. The
// figures of a shape are always the same ones.
func (f *figures) each(take func(row) error) error {
	last := period.MustParse(lastMonth)
	for number, of := range f.identities {
		next := levelOf(number, of)
		for month := range f.months {
			p, ok := last.Shift(month + 1 - f.months)
			if !ok {
				return fmt.Errorf("there is no month %d months before %s", f.months-month-1, lastMonth)
			}
			if err := take(row{identity: of, number: number, period: p, value: figure.New(next(), 1, of.multiplier)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// levelOf gives the figures of a series one after the other, in tenths. Trade is
// what its two parts are together, as the checks of an import expect.
func levelOf(number int, of identity) func() int64 {
	if of.indicator == "trade" {
		exports, imports := walk(number+1), walk(number+2)
		return func() int64 { return exports() + imports() }
	}
	return walk(number)
}

// walk wanders from a level of its own.
func walk(number int) func() int64 {
	random := rand.New(rand.NewPCG(uint64(number), 2014))
	next := 10_000 + random.Int64N(9_000_000)
	return func() int64 {
		now := next
		next = step(now, random)
		return now
	}
}

// step moves a level by up to four percent and a little, away from nothing and
// from what no table prints.
func step(level int64, random *rand.Rand) int64 {
	level += level*(random.Int64N(81)-40)/1000 + random.Int64N(9) - 4
	return min(max(level, 1_000), 1_000_000_000)
}

// writeCSV writes the figures as a tidy file.
func (f *figures) writeCSV(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if _, err := out.WriteString("indicator,area,period,value,unit,multiplier,published,source\n"); err != nil {
		return err
	}
	var line []byte
	err := f.each(func(r row) error {
		line = append(append(line[:0], r.indicator...), ',')
		line = append(append(line, r.area...), ',')
		line = append(r.period.AppendTo(line), ',')
		line = append(r.value.AppendText(line), ',')
		line = append(append(line, r.unit...), ',')
		line = append(strconv.AppendInt(line, int64(r.multiplier), 10), ","+publishedOn+","+sourceName+"\n"...)
		_, err := out.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeRates writes a monthly average of yuan per dollar for every month of
// the figures.
func (f *figures) writeRates(w io.Writer) error {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString("feed,base,quote,kind,period,rate,published,source\n"); err != nil {
		return err
	}
	walk := rand.New(rand.NewPCG(1, 2014))
	for month := range f.months {
		p, ok := period.MustParse(lastMonth).Shift(month + 1 - f.months)
		if !ok {
			return fmt.Errorf("there is no month %d months before %s", f.months-month-1, lastMonth)
		}
		rate := figure.New(61_000+walk.Int64N(6_000), 4, 0)
		if _, err := fmt.Fprintf(out, "frb-h10,USD,CNY,average,%s,%s,%s,%s\n", p, rate.Text(), publishedOn, sourceName); err != nil {
			return err
		}
	}
	return out.Flush()
}
