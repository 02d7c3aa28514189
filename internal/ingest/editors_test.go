package ingest_test

import (
	"fmt"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// The dataset chiefs of the tests' catalogue may be edited by the key chief.
func TestADatasetSaysWhoMayEditIt(t *testing.T) {
	const parts = "indicator,area,dataset,period,value,unit,published\ngdp,cn,,2013,1,CNY,2014-01-20\ngdp,cn,chiefs,2013,1,CNY,2014-01-20\n"
	const coded = "series,period,value,published\ngdp.cn.cny@chiefs,2012,1,2014-01-20\n"
	const whole = "indicator,area,period,value,unit,published\ngdp,cn,2011,1,CNY,2014-01-20\n"
	chiefs := ingest.Settings{Dataset: "chiefs"}
	for _, test := range []struct {
		name, by, text string
		settings       ingest.Settings
		want           string
	}{
		{name: "a key that it does not name", by: "clerk", text: parts, want: "3 C3 dataset"},
		{name: "the series says it", by: "clerk", text: coded, want: "2  dataset"},
		{name: "a setting says it", by: "clerk", text: whole, settings: chiefs, want: "2  dataset"},
		{name: "another dataset", by: "clerk", text: whole},
		{name: "a key that it names", by: "chief", text: parts},
		{name: "the command line", by: obs.CommandLine, text: coded},
		{name: "the sample", by: obs.Sample, text: whole, settings: chiefs},
	} {
		t.Run(test.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				result, err := d.Import(t.Context(), ingest.Request{File: fileOf("file.csv", test.text), Settings: test.settings, By: test.by, Publish: ingest.Publish{Now: true}})
				if test.want == "" {
					if err != nil {
						t.Errorf("Import by %s = %v, want none", test.by, err)
					}
					return
				}
				e := fault.From(err)
				if e == nil || e.Kind != fault.Forbidden || e.Code != fault.DatasetForbidden || result.Report == nil {
					t.Fatalf("Import by %s = %v, want forbidden with a report", test.by, err)
				}
				if got := fmt.Sprintf("%d %s %s", e.Items[0].Line, e.Items[0].Cell, e.Items[0].Column); len(e.Items) != 1 || got != test.want || e.Items[0].Value != "chiefs" {
					t.Errorf("items %+v, want one at %s", e.Items, test.want)
				}
				if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
					t.Errorf("Empty() = %t, %v, want true: nothing is stored", empty, err)
				}
			})
		})
	}
}

// TestAnEditorPublishesWhatAnotherHandedIn holds that the one who publishes
// must be named, not the one who hands in.
func TestAnEditorPublishesWhatAnotherHandedIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		request := ingest.Request{File: fileOf("file.csv", "series,period,value,published\ngdp.cn.cny@chiefs,2012,1,2014-01-20\n"), By: "clerk"}
		kept, err := d.Import(t.Context(), request)
		if err != nil || kept.Report.Errors[0].Code != fault.DatasetForbidden {
			t.Fatalf("Import without publishing = %+v, %v; want it kept with the error", kept, err)
		}
		atOnce := ingest.Publish{Now: true}
		if _, err := d.Publish(t.Context(), kept.Import.ID, atOnce, "clerk"); fault.CodeOf(err) != fault.DatasetForbidden {
			t.Errorf("Publish by clerk = %v, want %s", err, fault.DatasetForbidden)
		}
		if _, err := d.Publish(t.Context(), kept.Import.ID, atOnce, "chief"); err != nil {
			t.Errorf("Publish by chief = %v, want none", err)
		}
		request.Publish = atOnce
		if _, err := d.Import(t.Context(), request); fault.CodeOf(err) != fault.DatasetForbidden {
			t.Errorf("Import by clerk of what stands = %v, want %s", err, fault.DatasetForbidden)
		}
	})
}
