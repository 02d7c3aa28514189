package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fx"
	"bellwether/internal/ingest"
)

// TestARatePrintedAsZeroIsRefusedWhereItStands reads files of every kind with a
// zero in the place of a rate: it is no rate, and no missing one either.
func TestARatePrintedAsZeroIsRefusedWhereItStands(t *testing.T) {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>
<Cube time="2020-02-28">
<Cube currency="USD" rate="1.0977"/>
<Cube currency="CNY" rate="7.6662"/>
</Cube></Cube></gesmes:Envelope>`
	for _, c := range []struct {
		name, feed string
		known      fx.Feed
		text, rate string
		want       string
	}{
		{"fixings in columns", "ecb", ecb, fixings, "1.3621", "4 B4 USD rate_invalid"},
		{"fixings as XML", "ecb", ecb, xml, "7.6662", "5 D5 rate rate_invalid"},
		{"tidy", "", ecb, "feed,date,base,quote,rate\necb,2020-02-27,EUR,USD,1.0964\necb,2020-02-28,EUR,USD,1.0977\n", "1.0977", "3 E3 rate rate_invalid"},
		{"tidy averages", "", ecb, "feed,period,base,quote,rate,kind\necb,2019,EUR,USD,1.1195,average\n", "1.1195", "2 E2 rate rate_invalid"},
		{"the Board's file", "", frb, boardFile, "1.6262", "8 C8 RXI$US_N.B.UK rate_invalid"},
		{"a series of FRED", "frb-h10", frb, "DATE,DEXCHUS\n2013-01-02,6.2301\n", "6.2301", "2 B2 DEXCHUS rate_invalid"},
		{"yearly averages by country", "frb-g5", g5, "Date,Country,Exchange rate\n2012-01-01,China,6.3093\n", "6.3093", "2 C2 Exchange rate rate_invalid"},
		{"official rates by area", "worldbank", wb, official(officialRow("CHN", "8.27895750", "8.27825000")), "8.27825000", "6 F6 1999 rate_invalid"},
		{"official rates of an area that is left out", "worldbank", wb, official(officialRow("AFG", "47.5", "47.6")), "47.6", "6 F6 1999 rate_invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(c.text, c.rate) != 1 {
				t.Fatalf("%s stands %d times in the file", c.rate, strings.Count(c.text, c.rate))
			}
			settings := ingest.Settings{}
			if c.feed != "" {
				settings.Constants = map[string]string{"feed": c.feed}
			}
			for _, zero := range []string{"0", "0.0000", "-0", "0.00E+00"} {
				report, _ := readAt(t, strings.Replace(c.text, c.rate, zero, 1), settings, ingest.Moment{Now: now, Zone: shanghai(t), Feeds: []fx.Feed{c.known}})
				if diff := cmp.Diff([]string{c.want}, errorsOf(report)); diff != "" || report.Verdict == ingest.Accept {
					t.Errorf("%s: verdict %s, errors (-want +got):\n%s", zero, report.Verdict, diff)
				}
			}
		})
	}
}
