package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/diff"
	"bellwether/internal/ingest"
	"bellwether/internal/query"
)

// TestReleasesOfOneFileAreToldOneByOne states a figure in several releases of
// one file, out of order, and takes one back that an earlier line states.
func TestReleasesOfOneFileAreToldOneByOne(t *testing.T) {
	const header = "indicator,area,period,value,unit,status,published\n"
	each(t, func(t *testing.T, d *desk) {
		d.publish(header + "gdp,cn,2012,51.9,trillion yuan,,2013-01-20\n")
		got := d.publish(header +
			"gdp,cn,2013,56.9,trillion yuan,,2014-01-20\n" +
			"gdp,cn,2013,58.8,trillion yuan,,2015-01-20\n" + // revises what line 4 repeats
			"gdp,cn,2013,56.9,trillion yuan,,2014-09-20\n" +
			"gdp,cn,2012,51.8,trillion yuan,,2012-12-20\n" + // older than what stands
			"gdp,cn,2012,,CNY,withdrawn,2014-01-20\n" +
			"gdp,cn,2011,47.1,trillion yuan,,2012-01-20\n" +
			"gdp,cn,2011,,CNY,withdrawn,2013-01-20\n" +
			"gdp,cn,2011,47.3,trillion yuan,,2014-01-20\n").Report.Difference
		counts := diff.Counts{New: 3, Revised: 1, Withdrawn: 2, Revived: 1, Unchanged: 1}
		want := &ingest.Difference{Counts: counts, Figures: diff.Counts{New: 2, Withdrawn: 1}, Late: 1,
			Revisions: []ingest.Change{
				{Series: "gdp.cn.cny", Period: "2012", Line: 6, From: "51.9", To: "withdrawn", Multiplier: 12},
				{Series: "gdp.cn.cny", Period: "2011", Line: 8, From: "47.1", To: "withdrawn", Multiplier: 12},
				{Series: "gdp.cn.cny", Period: "2011", Line: 9, From: "withdrawn", To: "47.3", Multiplier: 12},
				{Series: "gdp.cn.cny", Period: "2013", Line: 3, From: "56.9", To: "58.8", Multiplier: 12, Percent: "3.34"},
			},
			Series: []ingest.Touch{{Series: "gdp.cn.cny", Counts: counts}}, SeriesAll: 1}
		if unlike := cmp.Diff(want, got); unlike != "" {
			t.Errorf("difference (-want +got):\n%s", unlike)
		}
	})
}

// TestNoPercentageOfAPercentage revises a share, a reported growth and an
// amount: only of the amount the change is told in percent.
func TestNoPercentageOfAPercentage(t *testing.T) {
	const header = "indicator,area,period,value,unit,growth_reported,published\n"
	each(t, func(t *testing.T, d *desk) {
		d.publish(header + "gdp,cn,2012,50,trillion yuan,7.8,2013-01-20\ngdp,cn,2012,52.6,percent,,2013-01-20\n")
		for _, c := range d.publish(header + "gdp,cn,2012,52,trillion yuan,7.9,2014-01-20\ngdp,cn,2012,53.1,percent,,2014-01-20\n").Report.Difference.Revisions {
			if want := map[string]string{"gdp.cn.cny": "4.00"}[c.Series]; c.Percent != want {
				t.Errorf("change of %s from %s to %s is %q percent, want %q", c.Series, c.From, c.To, c.Percent, want)
			}
		}
	})
}

// TestTheReportSaysWhatTheRevisionChanges publishes random files of a few
// figures in several releases, late, withdrawn, repeated and under embargo: the
// report counts each figure as the public record does when the file is visible.
func TestTheReportSaysWhatTheRevisionChanges(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		asked := query.New(d.store, d.clock)
		area := 0
		rapid.Check(t, func(rt *rapid.T) {
			area++
			for n := range rapid.IntRange(1, 4).Draw(rt, "files") {
				text := scripted(rt, area)
				result, err := d.Import(t.Context(), ingest.Request{File: fileOf(fmt.Sprint(area, n), text), By: "clerk", Publish: ingest.Publish{Now: true}})
				if err != nil {
					rt.Fatalf("Import(%s): %v", text, err)
				}
				if result.NoOp {
					continue
				}
				moment, err := asked.At(t.Context(), query.When{})
				if err != nil {
					rt.Fatal(err)
				}
				detail, err := asked.Revision(t.Context(), moment, result.Revision.ID, "en", query.Page{})
				if err != nil {
					rt.Fatal(err)
				}
				if unlike := cmp.Diff(detail.Difference.Counts, result.Report.Difference.Figures); unlike != "" {
					rt.Fatalf("figures of\n%s(-revision +report):\n%s", text, unlike)
				}
			}
		})
	})
}

// scripted is a file of statements, at most one a day of each figure. The
// years keep the scripts apart.
func scripted(t *rapid.T, n int) string {
	var b strings.Builder
	b.WriteString("indicator,area,period,value,unit,status,published\n")
	stated := map[string]bool{}
	for range rapid.IntRange(1, 12).Draw(t, "rows") {
		year := 1801 + 2*(n%199) + rapid.IntRange(0, 1).Draw(t, "year")
		day := rapid.SampledFrom([]string{"2013-01-20", "2014-01-20", "2015-01-20", "2016-01-20", ""}).Draw(t, "published")
		if key := fmt.Sprint(year, day); stated[key] {
			continue
		} else {
			stated[key] = true
		}
		says := rapid.SampledFrom([]string{"1.0,bn yuan,", "1.0,bn yuan,P", "1.00,bn yuan,", "2.0,bn yuan,", "…,bn yuan,", ",CNY,withdrawn"}).Draw(t, "says")
		fmt.Fprintf(&b, "gdp,cn,%d,%s,%s\n", year, says, day)
	}
	return b.String()
}
