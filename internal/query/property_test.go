package query_test

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// anyShelf draws figures of one indicator in two areas and two currencies over
// a few years, with claims, revisions, withdrawals and missing values.
func anyShelf(t *rapid.T, outer testing.TB) *shelf {
	s := newShelf(outer)
	codes := []string{"gdp.cn.cny", "gdp.cn.usd", "gdp.cn-cq.cny", "gdp.cn.cny.yoy", "gdp.cn.cny.yoy.real", "gdp.cn.cny.yoy.nominal"}
	periods := []string{"2011", "2012", "2013", "2012-Q1", "2013-Q1", "2012-01-01/P9M", "2013-01-01/P9M"}
	for i := range rapid.IntRange(1, 40).Draw(t, "figures") {
		code := rapid.SampledFrom(codes).Draw(t, "code")
		multiplier := rapid.SampledFrom([]int{8, 9}).Draw(t, "multiplier")
		if len(code) > len("gdp.cn-cq.cny") {
			multiplier = 0
		}
		o := obs.Observation{
			Period:    period.MustParse(rapid.SampledFrom(periods).Draw(t, "period")),
			Value:     figure.New(rapid.Int64Range(-50, 5000).Draw(t, "value"), rapid.IntRange(0, 3).Draw(t, "decimals"), multiplier),
			Published: time.Date(2014, 1, 1+i, 0, 0, 0, 0, time.UTC),
		}
		switch rapid.IntRange(0, 12).Draw(t, "state") {
		case 0:
			o.Withdrawn, o.State = true, obs.Missing
		case 1:
			o.State, o.Reason, o.Status = obs.Missing, "not_available", "O"
		case 2:
			o.State, o.Status = obs.BelowUnit, "N"
		case 3:
			o.State, o.Value = obs.Nil, figure.New(0, 0, multiplier)
		case 4:
			o.State, o.Text = obs.InWords, "doubled"
		}
		s.put(code, o)
	}
	return s
}

// TestWhatIsNoNumberIsNeverNormal looks at every row, converted where there are
// rates and where there are none: a value, or a status other than A with a
// reason, and never both.
func TestWhatIsNoNumberIsNeverNormal(t *testing.T) {
	rates := sampleShelf(t).rates
	rapid.Check(t, func(rt *rapid.T) {
		s := anyShelf(rt, t)
		s.rates = rates
		a := ask(t, s)
		for _, currencies := range [][]string{nil, {"USD", "CNY", "JPY"}} {
			p := a.observations(a.now(), query.Question{Filter: everything(), View: query.View{Currencies: currencies}})
			for _, r := range p.Observations {
				what := fmt.Sprintf("%s %s in %v: value %q, decimals %q, status %q, reason %q",
					r.text("series"), r.text("period"), currencies, r.text("value"), r.text("decimals"), r.text("status"), r.text("reason"))
				if (r.text("value") == "") == (r.text("reason") == "") || r.text("value") == "" && r.text("status") == "A" {
					rt.Error(what)
				}
				if r.text("status") == "O" && (r.text("value") != "" || r.text("decimals") != "") {
					rt.Error(what)
				}
			}
		}
	})
}

// TestComputedGrowthIsThatOfTheShownLevels compares every computed growth with
// the fraction of the two levels that the answer shows.
func TestComputedGrowthIsThatOfTheShownLevels(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyShelf(rt, t))
		p := a.observations(a.now(), query.Question{})
		levels := map[string]row{}
		for _, r := range p.Observations {
			levels[r.text("series")+" "+r.text("period")] = r
		}
		for _, r := range p.Observations {
			earlier, _ := period.MustParse(r.text("period")).YearEarlier()
			base, there := levels[r.text("series")+" "+earlier.String()]
			want := ""
			if there && r.text("value") != "" && base.text("value") != "" {
				from := figure.MustParse(base.text("value"), 0).Rat()
				if from.Sign() > 0 {
					change := new(big.Rat).Quo(figure.MustParse(r.text("value"), 0).Rat(), from)
					change.Sub(change, big.NewRat(1, 1))
					want = figure.RoundHalfAway(change.Mul(change, big.NewRat(100, 1)), 2)
				}
			}
			if got := r.text("growth_computed"); got != want {
				rt.Errorf("%s %s: growth %q, want %q", r.text("series"), r.text("period"), got, want)
			}
			if (r.text("growth_computed") == "") == (r.text("growth_reason") == "") && r.text("growth_check") == "" {
				rt.Errorf("%s %s: growth %q with the reason %q", r.text("series"), r.text("period"), r.text("growth_computed"), r.text("growth_reason"))
			}
		}
	})
}

// TestOneSeriesAndAcrossSayTheSame reads each series by itself, from what is
// in force, and across, from all versions.
func TestOneSeriesAndAcrossSayTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := anyShelf(rt, t)
		a := ask(t, s)
		across := map[string]string{}
		p := a.observations(a.now(), query.Question{Filter: query.Filter{Measures: []string{query.All}}})
		for _, r := range p.Observations {
			across[r.text("series")] += line(r)
		}
		for code := range s.series {
			var alone string
			for _, r := range a.series(a.now(), code, query.Question{}).Observations {
				alone += line(r)
			}
			if alone != across[code] {
				rt.Errorf("%s alone:\n%s\nacross:\n%s", code, alone, across[code])
			}
		}
	})
}

func line(r row) string {
	text := ""
	for _, column := range encode.Columns() {
		text += r.text(column) + ","
	}
	return text + "\n"
}

// TestPagesJoinToTheWhole reads an answer in pages of every size.
func TestPagesJoinToTheWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyShelf(rt, t))
		q := query.Question{View: query.View{Currencies: rapid.SampledFrom([][]string{nil, {"usd"}, {"USD", "cny"}}).Draw(rt, "currencies")}}
		q.Frequency = rapid.SampledFrom([]string{"", "a", "Q"}).Draw(rt, "frequency")
		whole := a.observations(a.now(), q)
		q.Limit = rapid.IntRange(1, 7).Draw(rt, "limit")
		var joined []row
		for m := a.now(); ; m = a.at(query.When{Cursor: q.Cursor}) {
			p := a.observations(m, q)
			if p.Total != whole.Total || len(p.Observations) > q.Limit {
				rt.Fatalf("a page of %d with the total %d, want at most %d and %d", len(p.Observations), p.Total, q.Limit, whole.Total)
			}
			joined = append(joined, p.Observations...)
			if q.Cursor = p.Next; q.Cursor == "" {
				break
			}
		}
		if len(joined) != len(whole.Observations) || whole.Total != len(joined) {
			rt.Fatalf("%d rows in pages, want %d", len(joined), len(whole.Observations))
		}
		for i := range joined {
			if got, want := line(joined[i]), line(whole.Observations[i]); got != want {
				rt.Errorf("row %d is %s, want %s", i, got, want)
			}
		}
	})
}

// TestWhatIsReadDoesNotChangeWhatIsSaid asks for parts of the answer in every
// way that reads less of the store.
func TestWhatIsReadDoesNotChangeWhatIsSaid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyShelf(rt, t))
		whole := map[string]string{}
		all := a.observations(a.now(), query.Question{})
		for _, r := range all.Observations {
			whole[r.text("series")+" "+r.text("period")] = line(r)
		}
		p := period.MustParse(rapid.SampledFrom([]string{"2013", "2013-Q1", "2013-01-01/P9M"}).Draw(rt, "period"))
		for _, q := range []query.Question{
			{Range: query.Range{Periods: []period.Period{p}}},
			{Range: query.Range{Start: query.Day{Date: p.Last(), Set: true}}},
			{Range: query.Range{Latest: 1}},
		} {
			for _, r := range a.observations(a.now(), q).Observations {
				if got, want := line(r), whole[r.text("series")+" "+r.text("period")]; got != want {
					rt.Errorf("%+v: %s, want %s", q.Range, got, want)
				}
			}
		}
	})
}

// ready is a shelf that has the answer to every scan at hand, so that only the
// asking is measured.
type ready struct {
	*shelf
	list []obs.Version
}

func (r ready) Scan(_ context.Context, _ query.Selection, _ vintage.Point, each func(*obs.Version) error) error {
	for i := range r.list {
		if err := each(&r.list[i]); err != nil {
			return err
		}
	}
	return nil
}

func BenchmarkSeriesJSON(b *testing.B) {
	s := newShelf(b)
	for year := 1815; year < 2015; year++ {
		p, err := period.Parse(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"))
		if err != nil {
			b.Fatal(err)
		}
		published := time.Date(year+1, 3, 1, 0, 0, 0, 0, time.UTC)
		s.put("gdp.cn.cny", obs.Observation{Period: p, Value: figure.New(int64(year)*int64(year), 1, 9), Published: published})
		s.put("gdp.cn.cny.yoy", obs.Observation{Period: p, Value: figure.New(1, 1, 0), Published: published})
	}
	sel := query.Selection{Indicators: []string{"gdp"}}
	asked := query.New(ready{s, inForce(s.visible(sel, vintage.Now(s.now())))}, clock)
	m, err := asked.At(context.Background(), query.When{})
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := asked.Series(context.Background(), m, "gdp.cn.cny", query.Question{}, encode.NewJSON(&out, encode.Options{})); err != nil {
			b.Fatal(err)
		}
	}
}
