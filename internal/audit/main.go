// Command audit converts what an office published in its own currency and
// counts how that compares with the dollars that it published itself: how many
// figures convert, how many are refused and why, how many agree.
//
//	go run ./internal/audit GDP.csv RATES.csv [DOLLARS.csv]
//
// The files are those of the World Bank with years across: NY.GDP.MKTP.CN,
// PA.NUS.FCRF and, where it is there, NY.GDP.MKTP.CD. The conversion is that of
// package fx; nothing imports this one, which owns the count alone.
package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/big"
	"os"
	"slices"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

func main() {
	if len(os.Args) < 3 || len(os.Args) > 4 {
		fmt.Fprintln(os.Stderr, "audit: the files of figures and of rates are needed, and at most one of dollars")
		os.Exit(2)
	}
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "audit:", err)
		os.Exit(1)
	}
}

// run reads the files and writes the counts.
func run(paths []string, out io.Writer) error {
	tables := make([]table, 3)
	for i, path := range paths {
		var err error
		if tables[i], err = readFile(path); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
	a, err := newAudit(tables[0], tables[1], tables[2])
	if err != nil {
		return err
	}
	return a.count().write(out)
}

// audit is the three tables with what the catalogue says of currencies.
type audit struct {
	home, rates, dollars table
	units                fx.Currencies
}

func newAudit(home, rates, dollars table) (*audit, error) {
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		return nil, err
	}
	units, err := fx.CurrenciesOf(words.Units())
	return &audit{home: home, rates: rates, dollars: dollars, units: units}, err
}

// legacy is the currency that each area of the euro had before, by the area's
// ISO 3166 code. The figures of all years are in euro, the rates of the years
// before it are in the old currency.
var legacy = map[string]string{
	"AUT": "ATS", "BEL": "BEF", "CYP": "CYP", "DEU": "DEM", "ESP": "ESP", "EST": "EEK", "FIN": "FIM",
	"FRA": "FRF", "GRC": "GRD", "HRV": "HRK", "IRL": "IEP", "ITA": "ITL", "LTU": "LTL", "LUX": "LUF",
	"LVA": "LVL", "MLT": "MTL", "NLD": "NLG", "PRT": "PTE", "SVK": "SKK", "SVN": "SIT",
}

const (
	dollar = "USD"
	euro   = "EUR"
)

// currencies returns what an area's figures and its rates of a year are in.
// Outside the euro both are in the area's money, which its code stands for.
func (a *audit) currencies(c cell) (figures, rate string) {
	old, member := legacy[c.area]
	if !member {
		return c.area, c.area
	}
	ended, _ := a.units.Lookup(old)
	if c.year.Start() < ended.FixedFrom {
		return euro, old
	}
	return euro, euro
}

// convert returns the dollars of a figure in an area's own money, exactly.
func (a *audit) convert(c cell) (*big.Rat, error) {
	figures, quoted := a.currencies(c)
	rate, err := fx.ParsePublished(a.rates[c])
	if err != nil {
		return nil, err
	}
	list := []fx.Currency{{Code: dollar}}
	for _, code := range slices.Compact([]string{figures, quoted}) {
		if code != dollar {
			known, _ := a.units.Lookup(code)
			known.Code, known.Retired = code, false
			list = append(list, known)
		}
	}
	known, err := fx.NewCurrencies(list)
	if err != nil {
		return nil, err
	}
	book, err := fx.NewBook([]fx.Rate{{
		Feed: "worldbank", Base: dollar, Quote: quoted, Kind: fx.Mean, Period: c.year, Value: rate,
	}}, known)
	if err != nil {
		return nil, err
	}
	factor, err := book.Factor(fx.Ask{From: figures, To: dollar, Period: c.year, Method: fx.ByAverage})
	if err != nil {
		return nil, err
	}
	amount, ok := new(big.Rat).SetString(a.home[c])
	if !ok {
		return nil, fmt.Errorf("%s %s: %q is no number", c.area, c.year, a.home[c])
	}
	return amount.Mul(amount, factor.Exact()), nil
}

// tally is what was counted of the pairs of an area and a year that have both
// a figure and a rate.
type tally struct {
	pairs, converted int
	refused          map[fault.Code]int
	compared, agree  int
	apart            []string // the pairs that do not agree
}

// count converts every pair.
func (a *audit) count() tally {
	t := tally{refused: map[fault.Code]int{}}
	for _, c := range slices.SortedFunc(maps.Keys(a.home), compareCells) {
		if a.rates[c] == "" {
			continue
		}
		t.pairs++
		got, err := a.convert(c)
		if err != nil {
			t.refused[fault.CodeOf(err)]++
			continue
		}
		t.converted++
		want, ok := new(big.Rat).SetString(a.dollars[c])
		if !ok {
			continue
		}
		t.compared++
		if agrees(got, want) {
			t.agree++
		} else {
			t.apart = append(t.apart, c.area+" "+c.year.String()+" "+got.FloatString(0)+" "+want.FloatString(0))
		}
	}
	return t
}

// agrees says whether two amounts differ by at most a millionth of the second.
func agrees(got, want *big.Rat) bool {
	apart := new(big.Rat).Sub(got, want)
	return apart.Abs(apart).Cmp(new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(1, 1_000_000))) <= 0
}

func compareCells(a, b cell) int {
	return cmp.Or(cmp.Compare(a.area, b.area), period.Compare(a.year, b.year))
}

func (t tally) write(out io.Writer) error {
	text := fmt.Sprintf("pairs of an area and a year: %d\nconverted: %d\n", t.pairs, t.converted)
	for _, code := range slices.Sorted(maps.Keys(t.refused)) {
		text += fmt.Sprintf("refused, %s: %d\n", code, t.refused[code])
	}
	text += fmt.Sprintf("with published dollars: %d\nwithin a millionth of them: %d\n", t.compared, t.agree)
	for _, line := range t.apart {
		text += "apart: " + line + "\n"
	}
	_, err := io.WriteString(out, text)
	return err
}
