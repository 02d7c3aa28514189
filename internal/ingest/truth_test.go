package ingest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/check"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// doubts writes the warnings about figures that do not fit, in one line each.
func doubts(r *ingest.Report) []string {
	list := []string{}
	for _, f := range r.Warnings {
		list = append(list, fmt.Sprintf("%d %s %s %s; %s", f.Line, f.Column, f.Code, f.Value, f.Expected))
	}
	return list
}

// review is the dry run of a file.
func (d *desk) review(text string) *ingest.Report {
	d.Helper()
	report, err := d.Review(context.Background(), ingest.Request{File: fileOf("file.csv", text), By: "clerk"})
	if err != nil {
		d.Fatalf("Review: %v", err)
	}
	return report
}

const doubtful = "indicator,area,period,value,unit,multiplier,growth_reported,growth_comparison,growth_basis,published\n"

func TestFiguresThatDoNotFitTheStateAreWarnedOf(t *testing.T) {
	for _, c := range []struct {
		name           string
		standing, file string
		want           []string
	}{
		{"a growth that the file's own levels rule out", "",
			"gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\ngdp,cn,2013,104.0,CNY,9,16.2,yoy,,2014-02-01\n",
			[]string{"3 growth_reported claim_contradicted gdp.cn.cny 2013: 16.2 %; 4.00 % (3.8981 to 4.1021), as the levels have it, a gap of -10.50 %; the prior is 100.0e9 and would be 89.501e9 (scope_or_revision, size_only, a guess)"}},
		{"a growth beside a stored prior", "gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\n",
			"gdp,cn,2013,1040,CNY,9,4.0,yoy,nominal,2014-02-01\n",
			[]string{"2 growth_reported claim_contradicted gdp.cn.cny 2013: 4.0 %; 940.00 % (938.9805 to 941.0205), as the levels have it, a gap of 900.00 %; the prior is 100.0e9 and would be 1000.000e9 (unexplained, power_of_ten:-1)"}},
		{"a revised prior that a stored growth rules out", "gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\ngdp,cn,2013,104.0,CNY,9,4.0,yoy,,2014-02-01\n",
			"gdp,cn,2012,120.0,CNY,9,,,,2014-03-01\n",
			[]string{"2 value claim_contradicted gdp.cn.cny 2013: 4.0 %; -13.33 % (-13.4111 to -13.2555), as the levels have it, a gap of -16.67 %; the prior is 120.0e9 and would be 100.000e9 (scope_or_revision, other_prior)"}},
		{"prices that explain", "gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\n", "gdp,cn,2013,110.0,CNY,9,7.7,yoy,real,2014-02-01\n",
			[]string{"2 growth_reported claim_price_basis gdp.cn.cny 2013: 7.7 %; 10.00 % (9.8951 to 10.1051), as the levels at current prices have it, a gap of 2.14 % that prices can explain"}},
		{"parts against a stored total", "trade,cn,2013,30.0,USD,9,,,,2014-02-01\nimports,cn,2013,10.0,USD,9,,,,2014-02-01\n",
			"exports,cn,2013,21.0,USD,9,,,,2014-02-01\n",
			[]string{"2 value parts_total_mismatch trade.cn.usd 2013: 30.0e9; 31.0e9 (30.9000e9 to 31.1000e9), the sum of exports.cn.usd + imports.cn.usd"}},
		{"quarters against a stored year", "gdp,cn,2013,100.0,CNY,9,,,,2014-02-01\ngdp,cn,2013-H2,50.0,CNY,9,,,,2014-02-01\n",
			"gdp,cn,2013-Q1,20.0,CNY,9,,,,2014-02-01\ngdp,cn,2013-Q2,20.0,CNY,9,,,,2014-02-01\n",
			[]string{"2 value periods_mismatch gdp.cn.cny 2013: 100.0e9; 90.0e9 (89.8500e9 to 90.1500e9), the sum of 2013-Q1 + 2013-Q2 + 2013-H2"}},
		{"one figure under two currencies", "trade,cn,2013,20.223,USD,9,,,,2014-02-01\n", "trade,cn,2013,20.2,CNY,9,,,,2014-03-01\n",
			[]string{"2 value label_suspect trade.cn.cny 2013: 20.2e9; 121.34e9 (121.3350e9 to 121.3410e9), as trade.cn.usd has it at the average rate"}},
		{"what stands and does not fit is no concern of another file", "gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\ngdp,cn,2013,104.0,CNY,9,16.2,yoy,,2014-02-01\n",
			"gdp,cn,2011,90.0,CNY,9,,,,2012-02-01\n", []string{}},
		{"a late file does not change what stands", "gdp,cn,2012,100.0,CNY,9,,,,2014-02-01\ngdp,cn,2013,104.0,CNY,9,4.0,yoy,,2014-02-01\n",
			"gdp,cn,2012,120.0,CNY,9,,,,2013-02-01\n", []string{}},
		{"what fits is not mentioned", "gdp,cn,2012,100.0,CNY,9,,,,2013-02-01\n", "gdp,cn,2013,104.0,CNY,9,4.0,yoy,,2014-02-01\n", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				d.publishRates()
				if c.standing != "" {
					d.publish(doubtful + c.standing)
				}
				dry := doubts(d.review(doubtful + c.file))
				wet := doubts(d.publish(doubtful + c.file).Report)
				if !slices.Equal(dry, c.want) {
					t.Errorf("warnings\n%s\nwant\n%s", strings.Join(dry, "\n"), strings.Join(c.want, "\n"))
				}
				if !slices.Equal(dry, wet) {
					t.Errorf("the dry run warns of\n%s\nthe real one of\n%s", strings.Join(dry, "\n"), strings.Join(wet, "\n"))
				}
			})
		})
	}
}

// publishRates stores that a dollar was six yuan in 2013.
func (d *desk) publishRates() {
	d.Helper()
	_, err := d.Import(context.Background(), ingest.Request{By: "clerk", Publish: ingest.Publish{Now: true},
		File: fileOf("rates.csv", "feed,base,quote,kind,period,rate,published_at\nf,USD,CNY,average,2013,6.0000,2014-01-02T00:00:00Z\n")})
	if err != nil {
		d.Fatalf("Import of rates: %v", err)
	}
}

// What an import warns of is what is found in the state that it makes.
func TestWarningsAreWhatIsFoundAfterwards(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var file strings.Builder
		file.WriteString(doubtful)
		for i, area := range []string{"cn", "us", "de", "jp", "fr"} {
			for year := 2005; year < 2014; year++ {
				exports, imports := 100+7*((i*31+year*17)%13), 90+5*((i*11+year*7)%11)
				off := map[bool]int{true: 3}[(year+i)%5 == 0]
				fmt.Fprintf(&file, "trade,%s,%d,%d,USD,9,%d,yoy,,2014-02-01\n", area, year, exports+imports+off, (year*i)%9)
				fmt.Fprintf(&file, "exports,%s,%d,%d,USD,9,%d,yoy,real,2014-02-01\n", area, year, exports, (year+i)%7)
				fmt.Fprintf(&file, "imports,%s,%d,%d,USD,9,,,,2014-02-01\n", area, year, imports)
				fmt.Fprintf(&file, "imports,%s,%d-H1,%d,USD,9,,,,2014-02-01\nimports,%s,%d-H2,%d,USD,9,,,,2014-02-01\n",
					area, year, imports/2, area, year, imports-imports/2+off)
			}
		}
		warned := d.publish(file.String()).Report.WarningTotal
		found := 0
		finder := check.NewFinder(check.NewRules(words(t)), nil, check.Class.Shown, func(*check.Found) { found++ })
		err := d.store.Versions(t.Context(), query.Selection{}, vintage.Now(d.now()), func(v *obs.Version) error {
			s := check.Stated(v)
			finder.Add(&s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		finder.Close()
		if found != warned || found < 20 {
			t.Errorf("%d warnings, %d found afterwards", warned, found)
		}
	})
}

func (d *desk) now() time.Time {
	head, err := d.store.Head(context.Background())
	if err != nil {
		d.Fatal(err)
	}
	return head.Instant
}
