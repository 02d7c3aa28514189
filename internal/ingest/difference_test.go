package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// TestARevisionIsToldAsPrinted shows both figures at one multiplier: that of
// the new number, else that of the earlier one.
func TestARevisionIsToldAsPrinted(t *testing.T) {
	const header = "indicator,area,period,value,unit,status,growth_text,published\n"
	each(t, func(t *testing.T, d *desk) {
		d.publish(header + "gdp,cn,2010,11409.60,亿元,,,2013-01-20\ngdp,cn,2011,…,亿元,,,2013-01-20\n" +
			"gdp,cn,2012,11409.60,亿元,,,2013-01-20\ngdp,cn,2013,,亿元,,twofold,2013-01-20\n")
		got := d.publish(header + "gdp,cn,2010,,亿元,withdrawn,,2014-01-20\ngdp,cn,2011,12.5,bn yuan,,,2014-01-20\n" +
			"gdp,cn,2012,1.2,trillion yuan,,,2014-01-20\ngdp,cn,2013,,亿元,,threefold,2014-01-20\n").Report.Difference
		want := []ingest.Change{
			{Series: "gdp.cn.cny", Period: "2010", Line: 2, From: "11409.60", To: "withdrawn", Multiplier: 8},
			{Series: "gdp.cn.cny", Period: "2011", Line: 3, From: "no value", To: "12.5", Multiplier: 9},
			{Series: "gdp.cn.cny.yoy", Period: "2013", Line: 5, From: "twofold", To: "threefold"},
			{Series: "gdp.cn.cny", Period: "2012", Line: 4, From: "1.140960", To: "1.2", Multiplier: 12, Percent: "5.17"},
		}
		if diff := cmp.Diff(want, got.Revisions); diff != "" {
			t.Errorf("revisions (-want +got):\n%s", diff)
		}
	})
}
