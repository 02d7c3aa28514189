package api

import (
	"strings"
	"testing"
)

// TestAnAmountOnTheWrongSideOfARedenominationIsRefused asks for lira of a year
// before they were a currency, and after.
func TestAnAmountOnTheWrongSideOfARedenominationIsRefused(t *testing.T) {
	s := sampled(t, Config{})
	for query, want := range map[string][2]string{
		"amount=1&from=TRY&to=USD&period=2000":         {`1 TRY is 1000000 TRL`, "TRL (1 TRY = 1000000 TRL, 2005-01-01)"},
		"amount=1&from=USD&to=TRL&period=2010":         {`"TRL" was redenominated on 2005-01-01`, "TRY (1 TRY = 1000000 TRL, 2005-01-01)"},
		"amount=1&from=ZMW&to=USD&period=2012/2013":    {`across the redenomination of 2013-01-01`, "ZMK ... 2012-12-31 | ZMW 2013-01-01 ... (1 ZMW = 1000 ZMK)"},
		"amount=1&from=TRY&to=USD&period=2000&lang=zh": {"“TRY”与该时期之间有货币改值", "TRL (1 TRY = 1000000 TRL, 2005-01-01)"},
	} {
		p := s.get("/v1/convert?"+query).problem(422, "redenominated")
		if !strings.Contains(p.Detail, want[0]) || len(p.Errors) != 1 || p.Errors[0].Expected != want[1] {
			t.Errorf("%s: %s, %+v, want %q and %q", query, p.Detail, p.Errors, want[0], want[1])
		}
	}
}

// TestFiguresAcrossARedenominationHaveNoValueOnAnyPath imports lira of 2000
// and asks for them in dollars.
func TestFiguresAcrossARedenominationHaveNoValueOnAnyPath(t *testing.T) {
	s := sampled(t, Config{})
	s.post("?publish=now", "indicator,area,period,value,unit\ngdp,tr,2000,171.5,TRY\n").want(201)
	const series = "/v1/series/gdp.tr.try/observations"
	for path, part := range map[string]string{
		series + "?currency=USD":                                          `"reason":"redenominated"`,
		series + "?currency=USD&lang=zh":                                  "1000000 TRL 合 1 TRY",
		series + ".csv?currency=USD":                                      "redenominated",
		"/v1/observations?layout=wide&series=gdp.tr.try&currency=USD":     `"redenominated"`,
		"/v1/observations.csv?layout=wide&series=gdp.tr.try&currency=USD": "redenominated",
		series + "/2000?currency=USD":                                     `"redenominated"`,
		"/v1/convert?amount=1&from=TRY&to=TRL&period=2000":                "1000000",
	} {
		if body := s.get(path).Body.String(); !strings.Contains(body, part) {
			t.Errorf("%s: %s, want %s", path, body, part)
		}
	}
	if cell := s.get(series + "/2000.txt?currency=USD"); cell.Header().Get("Bellwether-Reason") != "redenominated" || cell.Body.Len() != 0 {
		t.Errorf("%q with the reason %q, want nothing and redenominated", cell.Body, cell.Header().Get("Bellwether-Reason"))
	}
}
