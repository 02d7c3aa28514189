package api

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

// TestNoMoneyIsNotConverted asks for rates of growth, indices and counts in
// another currency, on every path: none has a value, and each says why.
func TestNoMoneyIsNotConverted(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.publish("indicator,area,period,value,unit,multiplier,growth_reported,growth_comparison,growth_basis,published\n" +
			"gdp,cn,2012,519.5,CNY,11,7.7,yoy,real,2014-01-20\ngdp,cn,2013,568.8,CNY,11,7.7,yoy,real,2014-01-20\n")
		s.publish("indicator,area,period,value,unit,price_basis,published\n" +
			"gdp,cn,2012,107.7,index-2010,chained-2011,2014-01-20\ngdp,cn,2013,116.0,index-2010,chained-2011,2014-01-20\n")
		s.publish("indicator,area,period,value,unit,published\n" +
			"population,cn,2012,1354040000,persons,2014-01-20\npopulation,cn,2013,1360720000,persons,2014-01-20\n")
		s.publish("feed,base,quote,kind,period,rate,published\n" +
			"frb-h10,USD,CNY,average,2012,6.3093,2013-01-02\nfrb-h10,USD,CNY,average,2013,6.1478,2014-01-02\n")
		for _, code := range []string{"gdp.cn.cny.yoy.real", "gdp.cn.index-2010.chained-2011", "population.cn.persons"} {
			for _, how := range []string{"", "&fx=average", "&fx=end", "&fx=spot", "&fx=fixed:6.1", "&transform=yoy", "&transform=index:2012"} {
				if how == "&transform=yoy" && strings.Contains(code, ".yoy") || how == "&transform=index:2012" && strings.Contains(code, ".yoy") {
					continue // of growth there is no transform
				}
				t.Run(code+how, func(t *testing.T) { unconverted(t, s, code, "currency=USD"+how) })
			}
		}
	})
}

const notConvertible = "rate_not_convertible"

func unconverted(t *testing.T, s *service, code, ask string) {
	path := "/v1/series/" + code + "/observations"
	for _, path := range []string{path + "?period=2013&", "/v1/observations?series=" + code + "&period=2013&"} {
		var rows struct {
			Observations []struct {
				Value  *string
				Reason string
			}
		}
		s.get(path + "numbers=string&" + ask).want(200).json(&rows)
		if len(rows.Observations) != 1 || rows.Observations[0].Value != nil || rows.Observations[0].Reason != notConvertible {
			t.Errorf("%s: %+v, want nothing and %s", path, rows.Observations, notConvertible)
		}
		line := s.line(strings.Replace(path, "observations?", "observations.csv?", 1) + ask)
		if line["value"] != "" || line["reason"] != notConvertible {
			t.Errorf("%s as CSV: %v, want nothing and %s", path, line, notConvertible)
		}
		unconvertedTable(t, s, path+"layout=wide&"+ask)
	}
	cell := s.get(path + "/2013.txt?" + ask).want(200)
	if got := cell.Header().Get("Bellwether-Reason"); cell.Body.Len() != 0 || got != notConvertible {
		t.Errorf("%s as text: %q with the reason %q", path, cell.Body, got)
	}
	if strings.Contains(ask, "transform") {
		return
	}
	var number struct {
		Converted []struct {
			Value  *string
			Reason string
		}
	}
	s.get(path + "/2013?" + ask).want(200).json(&number)
	if len(number.Converted) != 1 || number.Converted[0].Value != nil || number.Converted[0].Reason != notConvertible {
		t.Errorf("%s explained: %+v, want nothing and %s", path, number.Converted, notConvertible)
	}
}

func unconvertedTable(t *testing.T, s *service, path string) {
	var table struct {
		Rows []struct {
			Cells []struct {
				Value  any
				Reason string
			}
		}
	}
	s.get(path).want(200).json(&table)
	if len(table.Rows) != 1 || len(table.Rows[0].Cells) != 1 || table.Rows[0].Cells[0].Value != nil || table.Rows[0].Cells[0].Reason != notConvertible {
		t.Errorf("%s: %+v, want nothing and %s", path, table.Rows, notConvertible)
	}
	body := s.get(strings.Replace(path, "observations?", "observations.csv?", 1)).want(200).Body.String()
	lines, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(lines) != 2 {
		t.Fatalf("%s as CSV: %v, %q", path, err, body)
	}
	if last := lines[1][len(lines[1])-1]; !slices.Contains(strings.Split(last, ";"), notConvertible) {
		t.Errorf("%s as CSV: %q, want %s", path, lines[1], notConvertible)
	}
}
