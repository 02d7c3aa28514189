package api

import (
	"encoding/json"
	"testing"
)

// TestFilesOfRatesOverHTTP hands in what offices publish, as it comes, and
// converts by it.
func TestFilesOfRatesOverHTTP(t *testing.T) {
	const (
		worldBank = "\uFEFF\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2014-02-01\",\n\n" +
			"\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2011\",\"2012\",\n" +
			"\"China\",\"CHN\",\"Official exchange rate (LCU per US$, period average)\",\"PA.NUS.FCRF\",\"6.46\",\"6.4\",\n" +
			"\"Turkiye\",\"TUR\",\"Official exchange rate (LCU per US$, period average)\",\"PA.NUS.FCRF\",\"\",\"1.8\",\n"
		board = "\"Series Description\",\"CHINA -- SPOT EXCHANGE RATE\"\n\"Unit:\",\"Currency:_Per_USD\"\n\"Multiplier:\",\"1\"\n" +
			"\"Currency:\",\"CNY\"\n\"Unique Identifier: \",\"H10/H10/RXI_N.B.CH\"\n\"Time Period\",\"RXI_N.B.CH\"\n" +
			"2013-01-01,ND\n2013-01-02,6.25\n"
	)
	for _, c := range []struct{ name, query, file, ask, value, source string }{
		{"the World Bank's", "&set=constants.feed=worldbank&set=areas.CHN=CNY&set=areas.TUR=TRY", worldBank, "amount=64&from=CNY&to=USD&period=2012", "10.00", "worldbank"},
		{"the Board's", "", board, "amount=625&from=CNY&to=USD&period=2013-01-03&fx=spot", "100.00", "frb-h10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEmpty(t, Config{}, func(t *testing.T, s *service) {
				s.post("?publish=now"+c.query, c.file).want(201)
				var answer struct {
					Conversion struct {
						Value    json.Number
						FXSource string `json:"fx_source"`
					}
				}
				s.get("/v1/convert?" + c.ask).want(200).json(&answer)
				if got := answer.Conversion; got.Value.String() != c.value || got.FXSource != c.source {
					t.Errorf("%s is %s by %s, want %s by %s", c.ask, got.Value, got.FXSource, c.value, c.source)
				}
				var again struct {
					Report struct {
						Difference struct{ New int }
					}
				}
				s.post("?publish=now"+c.query, c.file).want(200).json(&again)
				if again.Report.Difference.New != 0 {
					t.Errorf("the same file again brings %d rates, want none", again.Report.Difference.New)
				}
			})
		})
	}
}
