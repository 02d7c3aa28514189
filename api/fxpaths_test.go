package api

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

// traps publishes figures that a conversion must be careful with: of Austria
// before and after the euro, in both its currencies, and of years from July.
func (s *service) traps() {
	s.Helper()
	s.publish("indicator,area,period,value,unit,multiplier,published\n" +
		"gdp,at,1998,190.6,EUR,9,2016-01-20\ngdp,at,1999,198.2,EUR,9,2016-01-20\n" +
		"gdp,at,1998,2622.6,ATS,9,2016-01-20\ngdp,at,1999,2727.3,ATS,9,2016-01-20\ngdp,at,2005,3300.0,ATS,9,2016-01-20\n" +
		"gdp,cn,2012-07-01/P1Y,550.0,CNY,9,2016-01-20\ngdp,cn,2013-07-01/P1Y,600.0,CNY,9,2016-01-20\ngdp,cn,2014-07-01/P1Y,650.0,CNY,9,2016-01-20\n")
	s.publish("feed,base,quote,kind,period,rate,published\n" +
		"frb-h10,EUR,USD,average,1999,1.0653,2000-01-03\n" +
		"frb-h10,USD,CNY,average,2012-07-01/P1Y,6.2600,2013-07-01\nfrb-h10,USD,CNY,average,2013-07-01/P1Y,6.1400,2014-07-01\n")
}

// trap is a figure that a conversion must be careful with, and what every path
// has to say of it.
type trap struct{ name, series, period, ask, flag, reason string }

var traps = []trap{
	{"restated, at a declared rate", "gdp.at.eur", "1998", "currency=USD&fx=fixed:1.1", "restated_currency", ""},
	{"restated, without a rate", "gdp.at.eur", "1998", "currency=USD", "restated_currency", "rate_missing"},
	{"before the euro", "gdp.at.ats", "1998", "currency=EUR", "pre_euro_fixed_rate", ""},
	{"after its currency", "gdp.at.ats", "2005", "currency=EUR", "area_currency_differs", "currency_retired"},
	{"after its currency, at a declared rate", "gdp.at.ats", "2005", "currency=EUR&fx=fixed:13.7603", "area_currency_differs", "currency_retired"},
	{"a year from July", "gdp.cn.cny", "2013-07-01/P12M", "currency=USD", "fiscal_year_rates", ""},
}

// TestTrapsOfConversionOnEveryPath asks for the same figure on every path.
func TestTrapsOfConversionOnEveryPath(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.traps()
		for _, c := range traps {
			t.Run(c.name, func(t *testing.T) {
				c.onRows(t, s)
				c.inTables(t, s)
				c.ofOneNumber(t, s)
			})
		}
	})
}

// told fails unless what a path says is what the trap is.
func (c *trap) told(t *testing.T, path, flags, reason string) {
	t.Helper()
	if !slices.Contains(strings.Split(flags, ";"), c.flag) || reason != c.reason {
		t.Errorf("%s: flags %q and reason %q, want %s and %q", path, flags, reason, c.flag, c.reason)
	}
}

// warned fails unless the warnings of a path name the trap.
func (c *trap) warned(t *testing.T, path string, warnings []struct{ Code, Message string }) {
	t.Helper()
	for _, w := range warnings {
		if w.Code == c.flag && w.Message != "" {
			return
		}
	}
	t.Errorf("%s: warnings %+v, want %s", path, warnings, c.flag)
}

func (c *trap) onRows(t *testing.T, s *service) {
	for _, path := range []string{
		"/v1/series/" + c.series + "/observations?period=" + c.period + "&" + c.ask,
		"/v1/observations?series=" + c.series + "&period=" + c.period + "&" + c.ask,
	} {
		var answer struct {
			Observations []struct{ Flags, Reason string }
			Warnings     []struct{ Code, Message string }
		}
		s.get(path).want(200).json(&answer)
		if len(answer.Observations) != 1 {
			t.Fatalf("%s: %d rows, want 1", path, len(answer.Observations))
		}
		c.told(t, path, answer.Observations[0].Flags, answer.Observations[0].Reason)
		c.warned(t, path, answer.Warnings)
		path = strings.Replace(path, "observations?", "observations.csv?", 1)
		row := s.line(path)
		c.told(t, path, row["flags"], row["reason"])
	}
}

// line returns the one line of an answer in CSV by its columns.
func (s *service) line(path string) map[string]string {
	s.Helper()
	lines, err := csv.NewReader(strings.NewReader(s.get(path).want(200).Body.String())).ReadAll()
	if err != nil || len(lines) != 2 {
		s.Fatalf("%s: %v, %d lines, want a header and one", path, err, len(lines))
	}
	row := map[string]string{}
	for i, name := range lines[0] {
		row[name] = lines[1][i]
	}
	return row
}

func (c *trap) inTables(t *testing.T, s *service) {
	for _, path := range []string{
		"/v1/series/" + c.series + "/observations?layout=wide&period=" + c.period + "&" + c.ask,
		"/v1/observations?layout=wide&series=" + c.series + "&period=" + c.period + "&" + c.ask,
	} {
		var answer struct {
			Rows []struct {
				Cells []struct{ Flags, Reason string }
			}
			Warnings []struct{ Code, Message string }
		}
		s.get(path).want(200).json(&answer)
		if len(answer.Rows) != 1 || len(answer.Rows[0].Cells) != 1 {
			t.Fatalf("%s: %+v, want one cell", path, answer.Rows)
		}
		c.told(t, path, answer.Rows[0].Cells[0].Flags, answer.Rows[0].Cells[0].Reason)
		c.warned(t, path, answer.Warnings)
		path = strings.Replace(path, "observations?", "observations.csv?", 1)
		status := strings.Split(s.line(path)["gdp status"], ";")
		if !slices.Contains(status, c.flag) || c.reason != "" && !slices.Contains(status, c.reason) {
			t.Errorf("%s: status %q, want %s and %q", path, status, c.flag, c.reason)
		}
	}
}

func (c *trap) ofOneNumber(t *testing.T, s *service) {
	path := "/v1/series/" + c.series + "/observations/" + strings.ReplaceAll(c.period, "/", "--")
	cell := s.get(path + ".txt?" + c.ask).want(200)
	c.told(t, path+".txt", cell.Header().Get("Bellwether-Flags"), cell.Header().Get("Bellwether-Reason"))
	if (cell.Body.Len() == 0) != (c.reason != "") {
		t.Errorf("%s.txt: %q with the reason %q", path, cell.Body, c.reason)
	}
	var answer struct {
		Converted []struct{ Flags, Reason string }
		Warnings  []struct{ Code, Message string }
	}
	s.get(path + "?" + c.ask).want(200).json(&answer)
	if len(answer.Converted) != 1 {
		t.Fatalf("%s: %+v, want one conversion", path, answer.Converted)
	}
	c.told(t, path, answer.Converted[0].Flags, answer.Converted[0].Reason)
	c.warned(t, path, answer.Warnings)
}

// TestTrapsOfTheBaseOfAGrowth compares with a figure of a year that a
// conversion must be careful with, on every path of transforms.
func TestTrapsOfTheBaseOfAGrowth(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.traps()
		for _, c := range []trap{
			{"restated, without a rate", "gdp.at.eur", "1999", "currency=USD&transform=yoy", "restated_currency", "rate_missing"},
			{"restated, at a declared rate", "gdp.at.eur", "1999", "currency=USD&fx=fixed:1.1&transform=yoy", "restated_currency", ""},
			{"restated, base of an index", "gdp.at.eur", "1999", "currency=USD&fx=fixed:1.1&transform=index:1998", "restated_currency", ""},
			{"before the euro", "gdp.at.ats", "1999", "currency=EUR&transform=yoy", "pre_euro_fixed_rate", ""},
			{"before the euro, another basis", "gdp.at.ats", "1999", "currency=EUR&transform=cagr:1998", "pre_euro_fixed_rate", ""},
			{"a year from July", "gdp.cn.cny", "2013-07-01/P12M", "currency=USD&transform=yoy", "fiscal_year_rates", ""},
			{"after its currency", "gdp.at.ats", "2005", "currency=EUR&transform=yoy", "area_currency_differs", "currency_retired"},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.onRows(t, s)
				c.inTables(t, s)
				path := "/v1/series/" + c.series + "/observations/" + strings.ReplaceAll(c.period, "/", "--") + ".txt"
				cell := s.get(path + "?" + c.ask).want(200)
				c.told(t, path, cell.Header().Get("Bellwether-Flags"), cell.Header().Get("Bellwether-Reason"))
			})
		}
	})
}

// TestTrapsOfOneAmount asks for amounts, also such as are refused: the refusal
// names the trap.
func TestTrapsOfOneAmount(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.traps()
		for _, c := range []struct{ name, ask, flag string }{
			{"restated", "from=EUR&to=USD&period=1998&area=at&fx=fixed:1.1", "restated_currency"},
			{"before the euro", "from=ATS&to=EUR&period=1998", "pre_euro_fixed_rate"},
			{"a year from July", "from=CNY&to=USD&period=2013-07-01/P1Y", "fiscal_year_rates"},
		} {
			var answer struct {
				Conversion struct {
					Warnings []struct{ Code, Message string }
				}
			}
			s.get("/v1/convert?amount=1&" + c.ask).want(200).json(&answer)
			(&trap{flag: c.flag}).warned(t, c.name, answer.Conversion.Warnings)
		}
		for _, c := range []struct{ name, ask, code, flag, says string }{
			{"restated", "from=EUR&to=USD&period=1998&area=at", "rate_missing", "restated_currency", "it used ATS"},
			{"restated, in Chinese", "from=EUR&to=USD&period=1998&area=at&lang=zh", "rate_missing", "restated_currency", "而是使用 ATS"},
			{"after its currency", "from=ATS&to=EUR&period=2005&area=at", "currency_retired", "area_currency_differs", "it used EUR"},
			{"of nobody in particular", "from=ATS&to=EUR&period=2005", "currency_retired", "", ""},
			{"a year from July", "from=CNY&to=USD&period=2014-07-01/P1Y", "rate_missing", "fiscal_year_rates", "rates of its own months"},
		} {
			p := s.get("/v1/convert?amount=1&"+c.ask).problem(422, c.code)
			switch w := p.Warnings; {
			case c.flag == "" && len(w) == 0:
			case len(w) != 1 || w[0].Code != c.flag || !strings.Contains(w[0].Message, c.says):
				t.Errorf("%s: warnings %+v, want %s with %q", c.name, w, c.flag, c.says)
			}
		}
	})
}
