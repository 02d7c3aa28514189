package ingest_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// TestANoOpTellsOfThisReading hands in a file again, by another name and after
// another one: the report is of what was handed in now and of what stands now.
func TestANoOpTellsOfThisReading(t *testing.T) {
	const header = "indicator,area,period,value,unit,published\n"
	const first = header + "gdp,cn,2012,51.9,trillion yuan,2014-01-20\ngdp,cn,2013,56.9,trillion yuan,2014-01-20\n"
	each(t, func(t *testing.T, d *desk) {
		one := d.publish(first)
		d.publish(header + "gdp,cn,2013,57.0,trillion yuan,2014-02-20\ngdp,cn,2014,63.6,trillion yuan,2015-01-20\n")
		kept, err := d.Import(t.Context(), ingest.Request{File: fileOf("kept.csv", first), By: "clerk"})
		if err != nil {
			t.Fatal(err)
		}
		atOnce := ingest.Publish{Now: true}
		for name, again := range map[string]func() (*ingest.Result, error){
			"again.csv": func() (*ingest.Result, error) {
				return d.Import(t.Context(), ingest.Request{File: fileOf("again.csv", first), By: "clerk", Publish: atOnce})
			},
			"kept.csv": func() (*ingest.Result, error) { return d.Publish(t.Context(), kept.Import.ID, atOnce, "clerk") },
		} {
			got, err := again()
			if err != nil || !got.NoOp || got.Import.ID != one.Import.ID || got.Report.State != obs.Published {
				t.Fatalf("%s = %+v, %v; want the earlier import %s and its state", name, got, err, one.Import.ID)
			}
			if got.Report.File.Name != name {
				t.Errorf("the report of %s names the file %s", name, got.Report.File.Name)
			}
			same := diff.Counts{Unchanged: 2}
			want := &ingest.Difference{Counts: same, Figures: same, Late: 1, Kept: 1, Revisions: []ingest.Change{},
				Series: []ingest.Touch{{Series: "gdp.cn.cny", Counts: same, Kept: 1}}, SeriesAll: 1}
			if unlike := cmp.Diff(want, got.Report.Difference); unlike != "" {
				t.Errorf("difference of %s (-want +got):\n%s", name, unlike)
			}
		}
	})
}

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
		if unlike := cmp.Diff(want, got.Revisions); unlike != "" {
			t.Errorf("revisions (-want +got):\n%s", unlike)
		}
	})
}

// TestAWithdrawalOfNothingIsWarnedOf withdraws what stands, what the file
// itself states earlier, and what was never stated.
func TestAWithdrawalOfNothingIsWarnedOf(t *testing.T) {
	const header = "indicator,area,period,value,unit,status,published\n"
	each(t, func(t *testing.T, d *desk) {
		d.publish(header + "gdp,cn,2012,51.9,trillion yuan,,2013-01-20\n")
		report := d.publish(header +
			"gdp,cn,2012,,CNY,withdrawn,2014-01-20\n" + // what stands
			"gdp,cn,2011,,CNY,withdrawn,2014-01-20\n" +
			"gdp,cn,2013,,CNY,withdrawn,2015-01-20\n" + // what line 6 states
			"gdp,cn,2010,,CNY,withdrawn,\n" + // what line 7 states
			"gdp,cn,2013,56.9,trillion yuan,,2014-01-20\n" +
			"gdp,cn,2010,40.9,trillion yuan,,2014-01-20\n" +
			"gdp,cn,2009,,CNY,withdrawn,2013-01-20\n" + // what line 9 states only later
			"gdp,cn,2009,34.9,trillion yuan,,2014-01-20\n" +
			"gdp,cn,2012,,CNY,withdrawn,2012-01-20\n" + // what stands only later
			"trade,cn,2012,,USD,withdrawn,2014-01-20\n").Report
		var got []string
		for _, w := range report.Warnings {
			if w.Code == fault.WithdrawsNothing {
				got = append(got, fmt.Sprintf("%d %s %s", w.Line, w.Column, w.Value))
			}
		}
		want := []string{"3 status gdp.cn.cny 2011", "8 status gdp.cn.cny 2009", "10 status gdp.cn.cny 2012", "11 status trade.cn.usd 2012"}
		if unlike := cmp.Diff(want, got); unlike != "" {
			t.Errorf("warnings of withdrawals (-want +got):\n%s", unlike)
		}
	})
}

func TestImportOfRatesTellsTheDifference(t *testing.T) {
	const header = "feed,base,quote,kind,period,rate,published\n"
	each(t, func(t *testing.T, d *desk) {
		first := d.publish(header + "frb-h10,USD,CNY,average,2012-01,6.3172,2012-02-01\nfrb-h10,USD,CNY,average,2012-02,6.2999,2012-03-01\n" +
			"frb-h10,USD,CNY,,2012-01-31,6.3110,2012-02-01\nfrb-h10,EUR,USD,,2012-01-31,1.3053,2012-02-01\n").Report.Difference
		if first == nil || first.New != 4 || first.Revised+first.Unchanged+first.Kept != 0 {
			t.Errorf("difference of the first rates = %+v, want four new", first)
		}
		got := d.publish(header + "frb-h10,USD,CNY,average,2012-01,6.3172,2012-02-01\nfrb-h10,USD,CNY,average,2012-02,6.3000,2012-04-01\n" +
			"frb-h10,USD,CNY,average,2012-03,6.3125,2012-04-01\nfrb-h10,USD,CNY,,2012-01-31,6.3000,2012-01-31\n").Report.Difference
		want := &ingest.Difference{Counts: diff.Counts{New: 2, Revised: 1, Unchanged: 1}, Figures: diff.Counts{New: 1, Revised: 1, Unchanged: 2}, Late: 1, SeriesAll: 2,
			Revisions: []ingest.Change{{Series: "frb-h10 USD CNY average", Period: "2012-02", Line: 3, From: "6.2999", To: "6.3000", Percent: "0.00"}},
			Series: []ingest.Touch{{Series: "frb-h10 USD CNY average", Counts: diff.Counts{New: 1, Revised: 1, Unchanged: 1}},
				{Series: "frb-h10 USD CNY fixing", Counts: diff.Counts{New: 1}}}}
		if unlike := cmp.Diff(want, got); unlike != "" {
			t.Errorf("difference (-want +got):\n%s", unlike)
		}
		again := d.publish(header + "frb-h10,USD,CNY,average,2012-03,6.3125,2012-04-01\n").Report.Difference
		if again == nil || again.Unchanged != 1 || again.Kept != 2 || again.New+again.Revised != 0 {
			t.Errorf("difference of a rate that stands = %+v, want one unchanged and two kept", again)
		}
	})
}
