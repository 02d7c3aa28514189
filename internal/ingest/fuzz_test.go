package ingest_test

import (
	"strings"
	"testing"

	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// FuzzRow reads any row under a good header: it never panics, what it refuses
// has a place, and what it states has a series, a period and a value or a
// reason.
func FuzzRow(f *testing.F) {
	f.Add("gdp,cn,2013,118.7,bn yuan,1,P,16.2%,yoy,real,,2014-02-22,NBS,https://example.org,x")
	f.Add("gdp,cn,2013,,,,withdrawn,1.8倍,,,,2014-02-22T10:00:00+08:00,,,")
	f.Add("\"gdp\",,9-Jan,(4.2),m,-2,A;P,…,qoq,cheap,words,soon,,x,")
	labels, zone := words(f), shanghai(f)
	f.Fuzz(func(t *testing.T, row string) {
		text := "indicator,area,period,value,unit,decimals,status,growth_reported,growth_comparison,growth_basis,growth_text,published_at,source,source_url,note\n" + row + "\n"
		put := 0
		report, err := ingest.Read(t.Context(), fileOf("row.csv", text), ingest.Reading{Labels: labels, Moment: ingest.Moment{Now: now, Zone: zone}}, func(s ingest.Statement) error {
			put++
			if s.Code == "" || s.Code != s.Key.Code() || s.Period.IsZero() || s.Status == "" || s.State != obs.Present && s.State != obs.Nil && s.State != obs.BelowUnit && s.Reason == "" {
				t.Errorf("%q states %+v", row, s)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("Read(%q): %v", row, err)
		}
		if report.Verdict != ingest.Accept && put > 0 {
			t.Errorf("%q: verdict %s and %d statements", row, report.Verdict, put)
		}
		for _, finding := range report.Errors {
			if finding.Expected == "" || finding.Line == 0 && strings.TrimSpace(row) != "" && finding.Code != "csv_no_rows" {
				t.Errorf("%q: a finding without a place or a remedy: %+v", row, finding)
			}
		}
	})
}
