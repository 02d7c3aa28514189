package check_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/catalog"
	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

const words = `
indicators:
  - {code: gdp, name: {en: GDP, zh: 生产总值}, kind: flow, definition: {en: a, zh: b}}
  - {code: stockpile, name: {en: Stockpile, zh: 库存}, kind: stock, definition: {en: a, zh: b}}
  - {code: trade, name: {en: Trade, zh: 进出口}, kind: flow, parts: [exports, imports], definition: {en: a, zh: b}}
  - {code: exports, name: {en: Exports, zh: 出口}, kind: flow, definition: {en: a, zh: b}}
  - {code: imports, name: {en: Imports, zh: 进口}, kind: flow, definition: {en: a, zh: b}}
areas:
  - {code: cn, name: {en: China, zh: 中国}, kind: country}
units:
  - {code: CNY, name: {en: yuan, zh: 人民币}, kind: currency}
  - {code: USD, name: {en: dollar, zh: 美元}, kind: currency}
  - {code: persons, name: {en: persons, zh: 人}, kind: count}
datasets:
  - {code: main, name: {en: Main, zh: 主}, rank: 1}
  - {code: imf, name: {en: IMF, zh: 基金}, rank: 2}
`

// rules are those of a small catalogue.
func rules(t testing.TB) (*check.Rules, *catalog.Catalog) {
	t.Helper()
	c, err := catalog.Read([]catalog.File{{Name: "test.yaml", Body: []byte(words)}})
	if err != nil {
		t.Fatal(err)
	}
	return check.NewRules(c), c
}

// rates are six yuan for a dollar in 2013.
func rates(t testing.TB, c *catalog.Catalog) *fx.Book {
	t.Helper()
	currencies, err := fx.CurrenciesOf(c.Units())
	if err != nil {
		t.Fatal(err)
	}
	book, err := fx.NewBook([]fx.Rate{{Feed: "f", Base: "USD", Quote: "CNY", Kind: fx.Mean, Period: period.MustParse("2013"),
		Value: figure.MustParse("6.0000", 0)}}, currencies, fx.Feed{Code: "f", Averaging: "published"})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// stated reads "gdp.cn.cny 2013 118.7 day 3": a series, a period, a value and
// where it matters the day of publication.
func stated(t testing.TB, lines ...string) []check.Statement {
	t.Helper()
	all := map[string]*obs.Series{}
	var list []check.Statement
	for _, line := range lines {
		f := strings.Fields(line)
		s := all[f[0]]
		if s == nil {
			s = &obs.Series{Key: series.MustParse(f[0]), Code: f[0]}
			all[f[0]] = s
		}
		one := check.Statement{Series: s, Period: period.MustParse(f[1]), Published: time.Unix(0, 0)}
		if f[2] == "words" {
			one.State = obs.InWords
		} else {
			one.Value = figure.MustParse(f[2], 0)
		}
		if len(f) > 3 {
			one.Published = time.Unix(int64(f[3][0]), 0)
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b check.Statement) int {
		return cmp.Or(cmp.Compare(a.Series.Key.Family(), b.Series.Key.Family()), cmp.Compare(a.Series.Code, b.Series.Code),
			period.Compare(a.Period, b.Period), a.Published.Compare(b.Published))
	})
	return list
}

// found runs the checks and returns what they tell, in order.
func found(t testing.TB, wanted func(check.Class) bool, statements []check.Statement) []*check.Found {
	t.Helper()
	var list []*check.Found
	known, c := rules(t)
	f := check.NewFinder(known, rates(t, c), wanted, func(one *check.Found) {
		kept := *one
		list = append(list, &kept)
	})
	for i := range statements {
		f.Add(&statements[i])
	}
	f.Close()
	slices.SortFunc(list, check.Compare)
	return list
}

// line writes a finding as a test reads it.
func line(f *check.Found) string {
	text := func(v *figure.Value) string {
		if v == nil {
			return "-"
		}
		return v.Text()
	}
	parts := []string{string(f.Class), f.Subject.Series.Code, f.Subject.Period.String(), text(f.Reported), "is", text(f.Computed), "gap", text(f.Gap)}
	if why := f.Why(); why != "" {
		parts = append(parts, why)
	}
	for _, o := range f.Others {
		parts = append(parts, "+", o.Series.Code, o.Period.String())
	}
	return strings.Join(parts, " ")
}

func TestFinder(t *testing.T) {
	for _, c := range []struct {
		name   string
		stated []string
		want   []string
	}{
		{"a growth that its levels contradict",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 118.0", "gdp.cn.cny.yoy 2013 30.0"},
			[]string{"scope_or_revision gdp.cn.cny 2013 30.0 is 18.00 gap -9.23 size_only"}},
		{"another version of the prior fits",
			[]string{"gdp.cn.cny 2012 100.0 1", "gdp.cn.cny 2012 110.0 2", "gdp.cn.cny 2013 118.0", "gdp.cn.cny.yoy 2013 18.0"},
			[]string{"scope_or_revision gdp.cn.cny 2013 18.0 is 7.27 gap -9.09 other_prior"}},
		{"prices explain real growth",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 118.0", "gdp.cn.cny.yoy.real 2013 15.0"},
			[]string{"price_basis gdp.cn.cny 2013 15.0 is 18.00 gap 2.61"}},
		{"real growth is of constant prices where they are published",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 118.0", "gdp.cn.cny.real-2010 2012 90.0", "gdp.cn.cny.real-2010 2013 103.5", "gdp.cn.cny.yoy.real 2013 15.0"},
			nil},
		{"growth that does not say is of current prices where they are published",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 1080.0", "gdp.cn.cny.chained-2010 2012 90.0", "gdp.cn.cny.chained-2010 2013 97.2", "gdp.cn.cny.yoy 2013 8.0", "gdp.cn.cny.yoy.real 2013 8.0"},
			[]string{"unexplained gdp.cn.cny 2013 8.0 is 980.00 gap 900.00 power_of_ten:-1"}},
		{"and of constant ones where no others are",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny.chained-2010 2012 90.0", "gdp.cn.cny.chained-2010 2013 97.2", "gdp.cn.cny.yoy 2013 8.0"}, nil},
		{"levels at current prices do not bear out real growth that constant ones rule out",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 113.0", "gdp.cn.cny.real-2010 2012 90.0", "gdp.cn.cny.real-2010 2013 95.0", "gdp.cn.cny.yoy.real 2013 13.0"},
			[]string{"scope_or_revision gdp.cn.cny.real-2010 2013 13.0 is 5.56 gap -6.59 size_only"}},
		{"nominal growth of parts says nothing of totals at constant prices",
			[]string{"trade.cn.usd.real-2010 2013 20.223", "exports.cn.usd.real-2010 2013 6.903", "imports.cn.usd.real-2010 2013 13.320",
				"trade.cn.usd.yoy.nominal 2013 20.2", "exports.cn.usd.yoy.nominal 2013 75.8", "imports.cn.usd.yoy.nominal 2013 3.1"}, nil},
		{"a decimal point that moved",
			[]string{"gdp.cn.cny 2012 100.0", "gdp.cn.cny 2013 1150.0", "gdp.cn.cny.yoy.nominal 2013 15.0"},
			[]string{"unexplained gdp.cn.cny 2013 15.0 is 1050.00 gap 900.00 power_of_ten:-1"}},
		{"parts that do not make their total",
			[]string{"trade.cn.usd 2013 30.0", "exports.cn.usd 2013 20.0", "imports.cn.usd 2013 11.0"},
			[]string{"parts_total_mismatch trade.cn.usd 2013 30.0 is 31.0 gap -3.23 + exports.cn.usd 2013 + imports.cn.usd 2013"}},
		{"parts that make it within their rounding",
			[]string{"trade.cn.usd 2013 30", "exports.cn.usd 2013 20.3", "imports.cn.usd 2013 10.3"}, nil},
		{"parts in another currency are none",
			[]string{"trade.cn.cny 2013 30", "exports.cn.usd 2013 20.3", "imports.cn.usd 2013 11.3"}, nil},
		{"growth of parts that rules out that of the total",
			[]string{"trade.cn.usd 2013 20.223", "exports.cn.usd 2013 6.903", "imports.cn.usd 2013 13.320",
				"trade.cn.usd.yoy 2013 20.2", "exports.cn.usd.yoy 2013 75.8", "imports.cn.usd.yoy 2013 3.1"},
			[]string{"parts_growth_mismatch trade.cn.usd 2013 20.2 is 20.05 gap -0.13 + exports.cn.usd 2013 + imports.cn.usd 2013"}},
		{"growth of another basis is not compared",
			[]string{"trade.cn.usd 2013 20.223", "exports.cn.usd 2013 6.903", "imports.cn.usd 2013 13.320",
				"trade.cn.usd.yoy.real 2013 20.2", "exports.cn.usd.yoy 2013 75.8", "imports.cn.usd.yoy 2013 3.1"}, nil},
		{"quarters against the year",
			[]string{"gdp.cn.cny 2013 100.0", "gdp.cn.cny 2013-Q1 20.0", "gdp.cn.cny 2013-Q2 25.0", "gdp.cn.cny 2013-Q3 25.0", "gdp.cn.cny 2013-Q4 31.0"},
			[]string{"periods_mismatch gdp.cn.cny 2013 100.0 is 101.0 gap -0.99 + gdp.cn.cny 2013-Q1 + gdp.cn.cny 2013-Q2 + gdp.cn.cny 2013-Q3 + gdp.cn.cny 2013-Q4"}},
		{"a month against what is cumulated, with January and February as one",
			[]string{"gdp.cn.cny 2013-01-01/P2M 10.0", "gdp.cn.cny 2013-03 5.0", "gdp.cn.cny 2013-Q1 16.0"},
			[]string{"periods_mismatch gdp.cn.cny 2013-Q1 16.0 is 15.0 gap 6.67 + gdp.cn.cny 2013-01-01/P2M + gdp.cn.cny 2013-03"}},
		{"one wrong month is told once",
			[]string{"gdp.cn.cny 2013-01 1.0", "gdp.cn.cny 2013-02 1.0", "gdp.cn.cny 2013-03 9.0", "gdp.cn.cny 2013-Q1 3.0", "gdp.cn.cny 2013-Q2 3.0", "gdp.cn.cny 2013-H1 6.0"},
			[]string{"periods_mismatch gdp.cn.cny 2013-Q1 3.0 is 11.0 gap -72.73 + gdp.cn.cny 2013-01 + gdp.cn.cny 2013-02 + gdp.cn.cny 2013-03"}},
		{"a gap makes nothing up",
			[]string{"gdp.cn.cny 2013-H1 100.0", "gdp.cn.cny 2013-Q1 20.0"}, nil},
		{"stocks do not add up", []string{"stockpile.cn.cny 2013-H1 9.0", "stockpile.cn.cny 2013-Q1 1.0", "stockpile.cn.cny 2013-Q2 1.0"}, nil},
		{"nor do adjusted figures", []string{"gdp.cn.cny.sa 2013-H1 9.0", "gdp.cn.cny.sa 2013-Q1 1.0", "gdp.cn.cny.sa 2013-Q2 1.0"}, nil},
		{"one figure under two currencies, the later one is suspect",
			[]string{"gdp.cn.cny 2013 20.2 2", "gdp.cn.usd 2013 20.223 1"},
			[]string{"label_suspect gdp.cn.cny 2013 20.2 is 121.34 gap -83.35 + gdp.cn.usd 2013"}},
		{"both where they came together",
			[]string{"gdp.cn.cny 2013 20.2", "gdp.cn.usd 2013 20.223"},
			[]string{"label_suspect gdp.cn.cny 2013 20.2 is 121.34 gap -83.35 + gdp.cn.usd 2013", "label_suspect gdp.cn.usd 2013 20.223 is 3.367 gap 500.68 + gdp.cn.cny 2013"}},
		{"no verdict without a rate", []string{"gdp.cn.cny 2012 20.2", "gdp.cn.usd 2012 20.223"}, nil},
		{"persons are no currency", []string{"gdp.cn.cny 2013 20.2", "gdp.cn.persons 2013 20.2"}, nil},
		{"datasets that differ",
			[]string{"gdp.cn.cny 2013 100.0", "gdp.cn.cny@imf 2013 101", "gdp.cn.cny 2012 100.0", "gdp.cn.cny@imf 2012 100"},
			[]string{"datasets_differ gdp.cn.cny@imf 2013 101 is 100.0 gap 1.00 + gdp.cn.cny 2013"}},
		{"forecasts may differ", []string{"gdp.cn.cny.forecast 2013 100.0", "gdp.cn.cny.forecast@imf 2013 101"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range found(t, check.Class.Shown, stated(t, c.stated...)) {
				got = append(got, line(f))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestFinderTellsWhatCannotBeTestedWhenAsked(t *testing.T) {
	list := found(t, func(c check.Class) bool { return !c.Shown() }, stated(t,
		"gdp.cn.cny 2013 118.0", "gdp.cn.cny.yoy 2013 30.0", "gdp.cn.cny.pop 2013 3.0", "gdp.cn.cny.yoy 2014 words", "gdp.cn.cny.yoy 2015 8.0",
		"trade.cn.cny 2012 100", "trade.cn.cny 2013 110", "trade.cn.cny.yoy 2013 10", "exports.cn.percent.yoy 2013 8.0"))
	var got []string
	for _, f := range list {
		got = append(got, fmt.Sprint(f.Class, " ", f.Claim.Series.Code, " ", f.Claim.Period, " ", f.Why()))
	}
	want := []string{
		"not_testable exports.cn.percent.yoy 2013 value_missing",
		"not_testable gdp.cn.cny.pop 2013 not_year_on_year",
		"not_testable gdp.cn.cny.yoy 2013 base_missing",
		"not_testable gdp.cn.cny.yoy 2014 words",
		"not_testable gdp.cn.cny.yoy 2015 base_missing",
		"consistent trade.cn.cny.yoy 2013 ",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Whatever the quarters, months and cumulated figures of a year are: a figure
// that is told of is contradicted by some way to make it up, found by trying
// all of them, and where any is contradicted the shortest such is told of.
func TestPeriodsAgainstEveryWayToMakeThemUp(t *testing.T) {
	known, _ := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.SampledFrom([]string{
			"2013-01", "2013-02", "2013-03", "2013-04", "2013-05", "2013-06", "2013-01-01/P2M", "2013-Q1", "2013-01-01/P4M",
			"2013-01-01/P5M", "2013-H1", "2013-Q2", "2013-02-01/P2M", "2013-H2", "2013",
		}), func(s string) string { return s }).Draw(t, "periods")
		one := &obs.Series{Key: series.MustParse("gdp.cn.cny"), Code: "gdp.cn.cny"}
		scale := big.NewInt(rapid.SampledFrom([]int64{1, 1e17}).Draw(t, "scale"))
		var list []check.Statement
		for _, name := range names {
			p := period.MustParse(name)
			months, _ := p.Months()
			decimals := rapid.IntRange(0, 2).Draw(t, name+" decimals")
			hundredths := new(big.Int).Mul(big.NewInt(int64(months)*100), scale)
			hundredths.Add(hundredths, big.NewInt(rapid.Int64Range(-9, 9).Draw(t, name+" off")))
			value := new(big.Rat).SetFrac(hundredths, big.NewInt(100))
			list = append(list, check.Statement{Series: one, Period: p, Value: figure.Rounded(value, decimals, 0)})
		}
		slices.SortFunc(list, func(a, b check.Statement) int { return period.Compare(a.Period, b.Period) })
		told := map[period.Period]bool{}
		f := check.NewFinder(known, nil, check.Class.Shown, func(one *check.Found) {
			told[one.Subject.Period] = true
			if sum := add(one.Others); sum.Meets(one.Subject.Level().Interval()) {
				t.Errorf("%s is told of with pieces that make it up", one.Subject.Period)
			}
			for i := 1; i < len(one.Others); i++ {
				if one.Others[i-1].Period.End() != one.Others[i].Period.Start() {
					t.Errorf("%s is told of with pieces that do not join", one.Subject.Period)
				}
			}
		})
		for i := range list {
			f.Add(&list[i])
		}
		f.Close()
		shortest := -1
		broken := map[period.Period]bool{}
		for i := range list {
			if contradicted(list, i) {
				broken[list[i].Period] = true
				if days := length(&list[i]); shortest < 0 || days < shortest {
					shortest = days
				}
			}
		}
		for p := range told {
			if !broken[p] {
				t.Errorf("%s is told of, and every way to make it up agrees", p)
			}
		}
		for i := range list {
			if broken[list[i].Period] && length(&list[i]) == shortest && !told[list[i].Period] {
				t.Errorf("%s is contradicted and not told of", list[i].Period)
			}
		}
	})
}

func length(s *check.Statement) int { return int(s.Period.End() - s.Period.Start()) }

func add(list []check.Statement) growth.Interval {
	sum := growth.Interval{Low: new(big.Rat), High: new(big.Rat)}
	for i := range list {
		span := list[i].Level().Interval()
		sum.Low.Add(sum.Low, span.Low)
		sum.High.Add(sum.High, span.High)
	}
	return sum
}

// contradicted tries every way to lay shorter figures end to end.
func contradicted(list []check.Statement, i int) bool {
	whole := &list[i]
	var lay func(from period.Date, used []check.Statement) bool
	lay = func(from period.Date, used []check.Statement) bool {
		if from == whole.Period.End() {
			return !add(used).Meets(whole.Level().Interval())
		}
		for j := range list {
			p := list[j].Period
			if j != i && p.Start() == from && p.End() <= whole.Period.End() && lay(p.End(), append(slices.Clone(used), list[j])) {
				return true
			}
		}
		return false
	}
	return lay(whole.Period.Start(), nil)
}
