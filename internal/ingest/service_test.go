package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
)

// desk is a service over a database of its own, with a clock that goes on by a
// second whenever it is looked at.
type desk struct {
	*ingest.Service
	testing.TB
	store *store.Store
	ticks atomic.Int64
}

func (d *desk) clock() time.Time { return now.Add(time.Duration(d.ticks.Add(1)) * time.Second) }

func each(t *testing.T, run func(t *testing.T, d *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		d := &desk{TB: t}
		s, err := store.Create(t.Context(), store.Options{DSN: db.DSN, Clock: d.clock}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		d.store, d.Service = s, ingest.New(s, d.clock, ingest.Limits{})
		run(t, d)
	})
}

func (d *desk) publish(text string) *ingest.Result {
	d.Helper()
	result, err := d.Import(context.Background(), ingest.Request{File: fileOf("file.csv", text), By: "clerk", Publish: ingest.Publish{Now: true}})
	if err != nil {
		d.Fatalf("Import: %v", err)
	}
	return result
}

const columns = "indicator,area,period,value,unit,growth_reported,published\n"

// standing returns the value that stands of one series and period.
func (d *desk) standing(code string, text string) string {
	d.Helper()
	report, statements := readText(d.TB, "series,period,value,published\n"+code+","+text+",1,2020-02-01\n", ingest.Settings{})
	if report.Verdict != ingest.Accept {
		d.Fatalf("errors %v", errorsOf(report))
	}
	found, err := d.store.Preceding(context.Background(), []ingest.Ask{{Code: code, Period: statements[0].Period, PublishedAt: now.AddDate(1, 0, 0)}})
	if err != nil {
		d.Fatal(err)
	}
	if found[0] == nil {
		return ""
	}
	return found[0].Value.String()
}

func TestImportPublishes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		result := d.publish(columns + "gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\ngdp,cn,2012,51.9,trillion yuan,7.8,2014-01-20\n")
		if result.Revision == nil || result.Revision.Rows != 4 || result.Import.State != obs.Published || result.Report.State != obs.Published {
			t.Fatalf("result %+v, revision %+v; want four published rows", result, result.Revision)
		}
		for code, want := range map[string]string{"gdp.cn.cny": "56.9e12", "gdp.cn.cny.yoy": "7.7"} {
			if got := d.standing(code, "2013"); got != want {
				t.Errorf("%s of 2013 = %q, want %q", code, got, want)
			}
		}
	})
}

func TestImportTellsTheDifference(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.publish(columns + "gdp,cn,2011,47.2,trillion yuan,,2013-01-20\ngdp,cn,2012,51.9,trillion yuan,7.8,2013-01-20\ngdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n")
		result := d.publish(columns + "gdp,cn,2012,51.9,trillion yuan,,2015-01-20\ngdp,cn,2013,588019,亿元,7.7,2015-01-20\ngdp,cn,2014,63.6,trillion yuan,7.4,2015-01-20\ngdp,cn,2011,47.1,trillion yuan,,2012-01-20\n")
		want := &ingest.Difference{Counts: diff.Counts{New: 3, Revised: 1, Unchanged: 2}, Figures: diff.Counts{New: 2, Revised: 1, Unchanged: 3}, Contradicted: 3, Late: 1, Kept: 1, SeriesAll: 2,
			Revisions: []ingest.Change{{Series: "gdp.cn.cny", Period: "2013", Line: 3, From: "569000", To: "588019", Multiplier: 8, Percent: "3.34"}},
			Series: []ingest.Touch{{Series: "gdp.cn.cny", Counts: diff.Counts{New: 2, Revised: 1, Unchanged: 1}},
				{Series: "gdp.cn.cny.yoy", Counts: diff.Counts{New: 1, Unchanged: 1}, Kept: 1}}}
		if unlike := cmp.Diff(want, result.Report.Difference); unlike != "" {
			t.Errorf("difference (-want +got):\n%s", unlike)
		}
		if got := d.standing("gdp.cn.cny", "2011"); got != "47.2e12" {
			t.Errorf("2011 = %s, want 47.2e12: an older release imported late is not the latest", got)
		}
	})
}

func TestReviewIsTheRealRunAndStoresNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := columns + "gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"
		dry, err := d.Review(t.Context(), ingest.Request{File: fileOf("file.csv", text), Publish: ingest.Publish{Now: true}})
		if err != nil {
			t.Fatal(err)
		}
		if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
			t.Errorf("Empty() = %t, %v after a review, want true", empty, err)
		}
		if kept, err := d.store.Imports(t.Context(), 10, ""); err != nil || len(kept) != 0 {
			t.Errorf("Imports() = %v, %v after a review, want none", kept, err)
		}
		real := d.publish(text).Report
		real.State = dry.State
		if diff := cmp.Diff(dry, real); diff != "" {
			t.Errorf("the dry run's report and the real one's (-dry +real):\n%s", diff)
		}
	})
}

func TestImportRefusesAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := columns + "gdp,cn,2013,x,trillion yuan,7.7,2014-01-20\ngdp,cn,2012,51.9,trillion yuan,,2014-01-20\ngpd,cn,2011,47.2,trillion yuan,,2014-01-20\ngdp,cn,9-Jan,47.2,trillion yuan,,2014-01-20\n"
		request := ingest.Request{File: fileOf("file.csv", text), By: "clerk", Publish: ingest.Publish{Now: true}}
		result, err := d.Import(t.Context(), request)
		refused := fault.From(err)
		if fault.KindOf(err) != fault.Refused || refused.Code != fault.ImportRefused || len(refused.Items) != 3 {
			t.Fatalf("Import = %v with %d items, want refused with three", err, len(refused.Items))
		}
		if result == nil || result.Report.ErrorTotal != 3 {
			t.Errorf("result %+v, want the report of three errors", result)
		}
		if got := d.standing("gdp.cn.cny", "2012"); got != "" {
			t.Errorf("2012 = %s, want nothing", got)
		}
		request.Publish = ingest.Publish{}
		kept, err := d.Import(t.Context(), request)
		if err != nil || kept.Revision != nil || kept.Import.ID == "" {
			t.Fatalf("Import without publishing = %+v, %v; want it kept", kept, err)
		}
		if _, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "clerk"); fault.CodeOf(err) != fault.ImportRefused {
			t.Errorf("Publish of a file with errors = %v, want %s", err, fault.ImportRefused)
		}
	})
}

func TestImportKeepsThenPublishes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := columns + "gdp,cn,2013,56.9,万亿元,7.7,\n"
		kept, err := d.Import(t.Context(), ingest.Request{File: fileOf("q4.csv", text), By: "clerk", Settings: ingest.Settings{Constants: map[string]string{"note": "first"}}})
		if err != nil || kept.Revision != nil {
			t.Fatalf("Import = %+v, %v; want it kept", kept, err)
		}
		if got := d.standing("gdp.cn.cny", "2013"); got != "" {
			t.Errorf("2013 = %s before it is published", got)
		}
		var original bytes.Buffer
		if err := d.store.Original(t.Context(), kept.Import.ID, &original); err != nil || original.String() != text {
			t.Errorf("Original = %q, %v; want the bytes", original.String(), err)
		}
		published, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "chief")
		if err != nil || published.Revision == nil || published.Import.ID != kept.Import.ID || published.Import.State != obs.Published {
			t.Fatalf("Publish = %+v, %v; want the kept import published", published, err)
		}
		if got := d.standing("gdp.cn.cny", "2013"); got != "56.9e12" {
			t.Errorf("2013 = %q, want 56.9e12", got)
		}
		if _, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "chief"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("Publish again = %v, want a conflict", err)
		}
		if _, err := d.Publish(t.Context(), "0123456789ab", ingest.Publish{Now: true}, "chief"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Publish of an unknown import = %v, want not found", err)
		}
	})
}

func TestImportOfTheSameFileIsNone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		first := columns + "gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"
		one := d.publish(first)
		d.publish(columns + "gdp,cn,2013,57,trillion yuan,7.7,2014-02-20\n")
		again := d.publish(first)
		if !again.NoOp || again.Import.ID != one.Import.ID || again.Revision != nil || again.Report.File.SHA256 != one.Report.File.SHA256 {
			t.Errorf("again = %+v, want the earlier import", again)
		}
		kept, err := d.Import(t.Context(), ingest.Request{File: fileOf("copy.csv", first), By: "clerk"})
		if err != nil || kept.Import.ID == one.Import.ID {
			t.Fatalf("Import without publishing = %+v, %v; want it kept", kept, err)
		}
		if same, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "clerk"); err != nil || !same.NoOp || same.Import.ID != one.Import.ID {
			t.Errorf("Publish of a copy = %+v, %v; want the earlier import", same, err)
		}
		if _, err := d.store.Undo(t.Context(), one.Revision.ID, "clerk", "wrong table"); err != nil {
			t.Fatal(err)
		}
		if after := d.publish(first); after.NoOp || after.Import.ID == one.Import.ID {
			t.Errorf("after the undo = %+v, want a new import", after)
		}
	})
}

// TestImportOfTheSameFileMeanwhileIsNone imports a file that another clerk
// publishes while it is read.
func TestImportOfTheSameFileMeanwhileIsNone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := columns + "gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"
		kept, err := d.Import(t.Context(), ingest.Request{File: fileOf("kept.csv", text), By: "clerk"})
		if err != nil {
			t.Fatal(err)
		}
		var first *ingest.Result
		file, opened := fileOf("file.csv", text), 0
		open := file.Open
		file.Open = func() (io.ReadCloser, error) {
			if opened++; opened == 3 { // to be stored
				first = d.publish(text)
			}
			return open()
		}
		again, err := d.Import(t.Context(), ingest.Request{File: file, By: "clerk", Publish: ingest.Publish{Now: true}})
		if err != nil || !again.NoOp || again.Import.ID != first.Import.ID || again.Revision != nil {
			t.Errorf("Import = %+v, %v; want the import %s that was published meanwhile", again, err, first.Import.ID)
		}
		if same, err := d.Publish(t.Context(), kept.Import.ID, ingest.Publish{Now: true}, "clerk"); err != nil || !same.NoOp || same.Import.ID != first.Import.ID {
			t.Errorf("Publish of a copy = %+v, %v; want the earlier import", same, err)
		}
	})
}

func TestImportNamesTheLimit(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := columns + "gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\ngdp,cn,2012,51.9,trillion yuan,7.8,2014-01-20\n"
		request := ingest.Request{File: fileOf("file.csv", text), Publish: ingest.Publish{Now: true}}
		for limit, limits := range map[string]ingest.Limits{
			"file_too_large at most 50 bytes (limits.upload_bytes)":        {Bytes: 50},
			"too_many_rows at most 1 rows (limits.rows)":                   {Rows: 1},
			"too_many_columns at most 3 columns (limits.columns)":          {Columns: 3},
			"cell_too_long at most 10 bytes in a cell (limits.cell_bytes)": {CellBytes: 10},
		} {
			_, err := ingest.New(d.store, d.clock, limits).Import(t.Context(), request)
			items := fault.From(err).Items
			if fault.KindOf(err) != fault.Refused || len(items) == 0 || !strings.HasPrefix(string(items[0].Code)+" "+items[0].Expected, limit) {
				t.Errorf("Import = %v %+v, want refused and %s", err, items, limit)
			}
		}
		if _, err := ingest.New(d.store, d.clock, ingest.Limits{Rows: 2}).Import(t.Context(), request); err != nil {
			t.Errorf("Import of a header and two rows with at most two = %v, want none: a header is no row of the file", err)
		}
	})
}

func TestImportUnderEmbargo(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		request := ingest.Request{File: fileOf("file.csv", columns+"gdp,cn,2013,56.9,trillion yuan,,2014-01-20\n"), By: "clerk", Publish: ingest.Publish{At: now.Add(time.Hour)}}
		result, err := d.Import(t.Context(), request)
		if err != nil || result.Import.State != obs.Scheduled || !result.Revision.VisibleAt.Equal(now.Add(time.Hour)) {
			t.Fatalf("Import = %+v, %v; want it scheduled", result, err)
		}
		request.Publish.At = now.Add(-time.Hour)
		if _, err := d.Import(t.Context(), request); fault.CodeOf(err) != fault.ReleaseInPast {
			t.Errorf("Import with an instant that has gone by = %v, want %s", err, fault.ReleaseInPast)
		}
	})
}

func TestImportRates(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		const header = "feed,base,quote,kind,period,rate,published\n"
		result := d.publish(header + "frb-h10,USD,CNY,average,2012-01,6.3172,2012-02-01\nfrb-h10,USD,CNY,,2012-01-31,6.3110,2012-02-01\n")
		if result.Revision == nil || result.Revision.Kind != obs.ByRates || result.Revision.Rows != 2 || result.Report.Kind != ingest.Rates || result.Report.Understood.Rates != 2 {
			t.Errorf("result %+v, revision %+v; want two rates", result, result.Revision)
		}
		_, err := d.Import(t.Context(), ingest.Request{File: fileOf("rates.csv", header+"Frb H10!,USD,usd,daily,2012-01,0,2012-02-01\necb,XXY,CNY,,2012-01,6.3,2012-02-01\n"), Publish: ingest.Publish{Now: true}})
		var codes []string
		for _, item := range fault.From(err).Items {
			codes = append(codes, item.Cell+" "+string(item.Code))
		}
		want := []string{"A2 word_unknown", "D2 rate_invalid", "C2 rate_invalid", "F2 rate_invalid", "B3 currency_unknown", "D3 cell_empty"}
		if diff := cmp.Diff(want, codes); diff != "" {
			t.Errorf("errors (-want +got):\n%s", diff)
		}
	})
}

func TestImportOfAFileThatChanges(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		opened, changed := 0, 0
		file := ingest.File{Name: "file.csv", Open: func() (io.ReadCloser, error) {
			opened++
			value := "1"
			if opened == changed {
				value = "2"
			}
			return io.NopCloser(strings.NewReader(columns + "gdp,cn,2013," + value + ",CNY,,2014-01-20\n")), nil
		}}
		if _, err := d.Review(t.Context(), ingest.Request{File: file}); err != nil {
			t.Fatal(err)
		}
		checking, storing := opened, opened+2
		for _, changed = range []int{checking, storing} {
			opened = 0
			_, err := d.Import(t.Context(), ingest.Request{File: file, Publish: ingest.Publish{Now: true}})
			if code := fault.CodeOf(err); code != fault.FileChanged {
				t.Errorf("Import of a file that is another when it is opened the %d. time = %v, want %s", changed, err, fault.FileChanged)
			}
		}
		if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
			t.Errorf("Empty() = %t, %v, want true", empty, err)
		}
	})
}

func TestImportStopsWhenItIsCancelled(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var b strings.Builder
		b.WriteString("series,period,value,published\n")
		for i := range 20_000 {
			b.WriteString("gdp.cn.cny," + time.Date(1850, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) + ",1,2014-01-20\n")
		}
		ctx, cancel := context.WithCancel(t.Context())
		stages := map[string]bool{}
		_, err := d.Import(ctx, ingest.Request{File: fileOf("file.csv", b.String()), Publish: ingest.Publish{Now: true}, Progress: func(stage string, done, total int64) {
			stages[stage] = true
			if done > total {
				t.Errorf("%s: %d of %d", stage, done, total)
			}
			if stage == ingest.StoreStage {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) && err == nil {
			t.Errorf("Import = %v, want it cancelled", err)
		}
		if len(stages) != 3 {
			t.Errorf("stages %v, want three", stages)
		}
		if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
			t.Errorf("Empty() = %t, %v after a cancelled import, want true", empty, err)
		}
	})
}
