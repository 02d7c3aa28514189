package api

import (
	"encoding/json"
	"strings"
	"testing"
)

// halves publishes a half-year with its quarters in three areas: as it is
// accumulated, as quarters alone, and as both; and the rates of its months.
func (s *service) halves() {
	s.Helper()
	s.publish("indicator,area,period,value,unit,multiplier,published\n" +
		"gdp,cn,2013-Q1,30.0,CNY,9,2013-07-15\ngdp,cn,2013-H1,90.0,CNY,9,2013-07-15\n" +
		"gdp,cn-cq,2013-Q1,30.0,CNY,9,2013-07-15\ngdp,cn-cq,2013-Q2,60.0,CNY,9,2013-07-15\n" +
		"gdp,cn-cq-lj,2013-Q1,30.0,CNY,9,2013-07-15\ngdp,cn-cq-lj,2013-Q2,60.0,CNY,9,2013-07-15\ngdp,cn-cq-lj,2013-H1,90.0,CNY,9,2013-07-15\n")
	s.publish("feed,base,quote,kind,period,rate,published\n" +
		"frb-h10,USD,CNY,average,2013-01,6.2215,2013-02-01\nfrb-h10,USD,CNY,average,2013-02,6.2323,2013-03-01\n" +
		"frb-h10,USD,CNY,average,2013-03,6.2154,2013-04-01\nfrb-h10,USD,CNY,average,2013-04,6.1861,2013-05-01\n" +
		"frb-h10,USD,CNY,average,2013-05,6.1416,2013-06-03\nfrb-h10,USD,CNY,average,2013-06,6.1342,2013-07-01\n")
}

// inDollars is a row, a cell or an explained number.
type inDollars struct {
	Period     string
	Value      json.Number
	Decimals   int
	HalfWidth  json.Number `json:"half_width"`
	Flags      string
	Derivation string
}

// TestEveryWindowIsConvertedOverItself asks for a half-year and its quarters in
// dollars. The half-year is 14.54 by the mean of six months and its quarters,
// by those of three, 4.82 and 9.75: they add up to 14.57. Both are right, and
// neither is made to fit: a quarter that is derived is not the difference of
// the dollars, which would be 9.72, and a half-year not their sum.
func TestEveryWindowIsConvertedOverItself(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.halves()
		for _, c := range []struct {
			name, series, ask, period string
			value, half, flags        string
		}{
			{"a half-year from January", "gdp.cn.cny", "", "2013-H1", "14.54", "", ""},
			{"its first quarter", "gdp.cn.cny", "&frequency=Q", "2013-Q1", "4.82", "", ""},
			{"a quarter that is derived", "gdp.cn.cny", "&frequency=Q", "2013-Q2", "9.75", "0.016", "derived"},
			{"a quarter that is reported", "gdp.cn-cq.cny", "", "2013-Q2", "9.75", "", ""},
			{"a half-year that is derived", "gdp.cn-cq.cny", "&frequency=Q&accumulation=ytd", "2013-H1", "14.54", "0.016", "derived"},
			{"a half-year beside its quarters", "gdp.cn-cq-lj.cny", "", "2013-H1", "14.54", "", ""},
			{"a quarter beside its half-year", "gdp.cn-cq-lj.cny", "", "2013-Q2", "9.75", "", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				path, ask := "/v1/series/"+c.series+"/observations", "currency=USD"+c.ask
				var rows struct{ Observations []inDollars }
				s.get(path + "?period=" + c.period + "&" + ask).want(200).json(&rows)
				var table struct{ Rows []struct{ Cells []inDollars } }
				s.get(path + "?layout=wide&period=" + c.period + "&" + ask).want(200).json(&table)
				var number struct{ Converted []inDollars }
				s.get(path + "/" + c.period + "?currency=USD").want(200).json(&number)
				for where, got := range map[string]inDollars{"rows": rows.Observations[0], "table": table.Rows[0].Cells[0], "one number": number.Converted[0]} {
					if got.Value.String() != c.value || got.Decimals != 2 || got.HalfWidth.String() != c.half || got.Flags != c.flags {
						t.Errorf("%s: %+v, want %s ± %q with the flags %q", where, got, c.value, c.half, c.flags)
					}
				}
				line := s.line(path + ".csv?period=" + c.period + "&" + ask)
				if line["value"] != c.value || line["half_width"] != c.half || line["flags"] != c.flags {
					t.Errorf("CSV: %v, want %s ± %q with the flags %q", line, c.value, c.half, c.flags)
				}
				s.bare(path+"/"+c.period+".txt?"+ask, c.value+"\n", "Half-Width", c.half, "Flags", c.flags, "Unit", "USD")
			})
		}
	})
}

// TestWindowsAreDisclosedEach holds the rate of every row to the months of its
// own period, and that nothing is said to contradict.
func TestWindowsAreDisclosedEach(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.halves()
		var answer struct {
			Conversion struct {
				Rows []struct {
					Period, First, Last string
					Observations        int
					Rate                json.Number
				}
			}
		}
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations?currency=USD").want(200).json(&answer)
		got := map[string]string{}
		for _, r := range answer.Conversion.Rows {
			got[r.Period] = r.First + " " + r.Last + " " + r.Rate.String()
		}
		for p, want := range map[string]string{
			"2013-Q1": "2013-01 2013-03 6.22306667", "2013-Q2": "2013-04 2013-06 6.15396667", "2013-H1": "2013-01 2013-06 6.18851667",
		} {
			if got[p] != want {
				t.Errorf("%s is converted by %q, want %q", p, got[p], want)
			}
		}
		if body := s.get("/v1/checks").want(200).Body.String(); strings.Contains(body, `"sum`) || strings.Contains(body, "2013-H1") {
			t.Errorf("the checks say of conversions: %s", body)
		}
	})
}

// TestConvertedPartsDoNotAddUp has the numbers of the exact cases: four decimals
// of a half-year and of its quarters, which differ by 0.0275.
func TestConvertedPartsDoNotAddUp(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.halves()
		for ask, want := range map[string]string{
			"amount=90.0&period=2013-H1": "14.5431", "amount=30.0&period=2013-Q1": "4.8208", "amount=60.0&period=2013-Q2": "9.7498",
		} {
			var answer struct{ Conversion struct{ Value json.Number } }
			s.get("/v1/convert?from=CNY&to=USD&decimals=4&" + ask).want(200).json(&answer)
			if got := answer.Conversion.Value.String(); got != want {
				t.Errorf("%s: %s, want %s", ask, got, want)
			}
		}
	})
}
