package ingest_test

import (
	"testing"

	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// TestAnImportSaysWhatItWasReadWith holds that the profile stands in the report
// of each reading, also of one that is published later by somebody else, and
// beside the import.
func TestAnImportSaysWhatItWasReadWith(t *testing.T) {
	const text = "series;period;value;published\ngdp.cn.cny;2012;1;2014-01-20\n"
	each(t, func(t *testing.T, d *desk) {
		request := ingest.Request{File: fileOf("file.csv", text), Settings: ingest.Settings{Delimiter: ";"}, ReadWith: "nbs@3", By: "clerk"}
		kept, err := d.Import(t.Context(), request)
		if err != nil || kept.Report.Understood.Profile != "nbs@3" {
			t.Fatalf("Import = %+v, %v, want the profile nbs@3", kept, err)
		}
		published, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "chief")
		if err != nil || published.Report.Understood.Profile != "nbs@3" {
			t.Fatalf("Publish = %+v, %v, want the profile nbs@3", published, err)
		}
		found, err := d.store.Import(t.Context(), kept.Import.ID)
		if err != nil || found.ReadWith != "nbs@3" || found.Profile != `{"delimiter":";"}` || found.Operations[0] != (obs.ImportEvent{At: found.At, What: obs.Uploaded, By: "clerk", Detail: "nbs@3"}) {
			t.Errorf("Import(%s) = %+v, %v, want it read with nbs@3", kept.Import.ID, found, err)
		}
		request.ReadWith, request.Publish = "nbs@4", ingest.Publish{Now: true}
		again, err := d.Import(t.Context(), request)
		if err != nil || !again.NoOp || again.Import.ID != kept.Import.ID {
			t.Errorf("the same file with equal settings = %+v, %v, want the import that stands", again, err)
		}
	})
}
