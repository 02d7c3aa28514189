package store_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// keep keeps a file without publishing it.
func (f *fixture) keep(body, report string) obs.Import {
	f.Helper()
	kept, err := f.Keep(context.Background(), upload(body), []byte(report), strings.NewReader(body))
	if err != nil {
		f.Fatalf("Keep: %v", err)
	}
	return kept
}

// release publishes a kept import with one figure.
func (f *fixture) release(id string, embargo time.Time) (obs.Revision, error) {
	return f.Publish(context.Background(), obs.Release{ID: id, Embargo: embargo, By: "clerk"}, nil, func(put func(obs.Entry) error) error {
		return put(entry("gdp.cn.cny", "2013", "1"))
	})
}

func (f *fixture) imported(id string) obs.Import {
	f.Helper()
	found, err := f.Import(context.Background(), id)
	if err != nil {
		f.Fatalf("Import: %v", err)
	}
	return found
}

func TestOriginalsAreKeptByteForByte(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		for name, body := range map[string]string{
			"empty": "", "small": "a,b\r\n\x00\xff", "one chunk": strings.Repeat("x", 1<<20), "more": strings.Repeat("0123456789", 250_001),
		} {
			kept := f.keep(body, `{"state":"reviewed"}`)
			var back bytes.Buffer
			if err := f.Original(t.Context(), kept.ID, &back); err != nil || back.String() != body {
				t.Errorf("%s: Original = %d bytes, %v, want the same %d bytes", name, back.Len(), err, len(body))
			}
		}
		f.checkSound()
	})
}

func TestBytesThatWereNotAnnouncedAreRefused(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		_, err := f.Keep(t.Context(), upload("these"), nil, strings.NewReader("others"))
		wantFault(t, "Keep", err, fault.Refused, fault.OriginalDiffers)
		if list, err := f.Imports(t.Context(), 10, ""); err != nil || len(list) != 0 {
			t.Errorf("Imports = %v, %v, want none", list, err)
		}
		f.keep("these", "") // nothing of the refused one is in the way
	})
}

func TestAnImportGoesThroughItsStates(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		kept := f.keep("file", `{"state":"reviewed"}`)
		if kept.State != obs.Reviewed || string(kept.Report) != `{"state":"reviewed"}` || len(kept.Operations) != 2 || kept.Revision != "" {
			t.Errorf("Keep = %+v, want a reviewed import with its report and two events", kept)
		}
		revision, err := f.release(kept.ID, day(3))
		if err != nil {
			t.Fatalf("Publish: %v", err)
		}
		if got := f.imported(kept.ID); got.State != obs.Scheduled || got.Revision != revision.ID || !got.Embargo.Equal(day(3)) {
			t.Errorf("Import = %+v, want scheduled for day 3", got)
		}
		_, err = f.release(kept.ID, time.Time{})
		wantFault(t, "Publish again", err, fault.Conflict, fault.ImportStands)
		f.clock.Set(day(3))
		if got := f.imported(kept.ID).State; got != obs.Published {
			t.Errorf("State at the embargo = %s, want published", got)
		}
		wantFault(t, "Cancel", f.Cancel(t.Context(), kept.ID, "clerk"), fault.Conflict, fault.ImportNotScheduled)
		if _, err := f.Undo(t.Context(), revision.ID, "clerk", "wrong"); err != nil {
			t.Fatalf("Undo: %v", err)
		}
		if got := f.imported(kept.ID).State; got != obs.Undone {
			t.Errorf("State = %s, want undone", got)
		}
		again, err := f.release(kept.ID, time.Time{})
		if err != nil || again.ID == revision.ID {
			t.Errorf("Publish after an undo = %v, %v, want another revision", again, err)
		}
	})
}

func TestARefusedFileIsKeptAsRefused(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if got := f.keep("file", `{"state":"refused","errors":[]}`).State; got != obs.Refused {
			t.Errorf("State = %s, want refused", got)
		}
		_, err := f.Import(t.Context(), "nothing")
		wantFault(t, "Import", err, fault.NotFound, fault.UnknownImport)
	})
}

func TestCancellingLeavesNoTrace(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		before, _, err := f.Revisions(t.Context(), f.now(), "", 10)
		if err != nil {
			t.Fatal(err)
		}
		live := f.now()
		kept := f.keep("secret", "")
		if _, err := f.Publish(t.Context(), obs.Release{ID: kept.ID, Embargo: day(3), By: "clerk"}, nil, func(put func(obs.Entry) error) error {
			return put(entry("gdp.cn.cny", "2013", "2"))
		}); err != nil {
			t.Fatal(err)
		}
		f.clock.Set(day(2))
		if err := f.Cancel(t.Context(), kept.ID, "clerk"); err != nil {
			t.Fatalf("Cancel: %v", err)
		}
		wantFault(t, "Cancel twice", f.Cancel(t.Context(), kept.ID, "clerk"), fault.Conflict, fault.ImportNotScheduled)
		if got := f.imported(kept.ID).State; got != obs.Cancelled {
			t.Errorf("State = %s, want cancelled", got)
		}
		f.clock.Set(day(4))
		head, err := f.Head(t.Context())
		if err != nil || !head.Instant.Equal(live.Recorded) || !head.Next.IsZero() {
			t.Errorf("Head = %+v, %v, want the instant %v and nothing to come", head, err, live.Recorded)
		}
		after, total, err := f.Revisions(t.Context(), f.now(), "", 10)
		if err != nil || len(after) != len(before) || total != len(before) {
			t.Errorf("Revisions = %v, %d, %v, want the %d of before", after, total, err, len(before))
		}
		if got := f.texts(query.Selection{}, f.now()); len(got) != 1 || got[0] != "gdp.cn.cny 2013 1" {
			t.Errorf("Scan = %q, want the value of before", got)
		}
		f.checkSound()
	})
}

func TestTheSameFileIsFoundWhileItStands(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		same := func(u obs.Upload, embargo time.Time) string {
			t.Helper()
			found, ok, err := f.Same(t.Context(), u, embargo)
			if err != nil || ok != (found.ID != "") {
				t.Fatalf("Same = %+v, %v, %v", found, ok, err)
			}
			return found.ID
		}
		kept := f.keep("file", "")
		if got := same(upload("file"), time.Time{}); got != "" {
			t.Errorf("Same of an unpublished file = %q, want none", got)
		}
		revision, err := f.release(kept.ID, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		other := upload("file")
		other.Profile = "another"
		for name, c := range map[string]struct {
			upload  obs.Upload
			embargo time.Time
			want    string
		}{
			"the same":        {upload("file"), time.Time{}, kept.ID},
			"other bytes":     {upload("other"), time.Time{}, ""},
			"another profile": {other, time.Time{}, ""},
			"another embargo": {upload("file"), day(9), ""},
		} {
			if got := same(c.upload, c.embargo); got != c.want {
				t.Errorf("%s: Same = %q, want %q", name, got, c.want)
			}
		}
		if _, err := f.Undo(t.Context(), revision.ID, "clerk", ""); err != nil {
			t.Fatal(err)
		}
		if got := same(upload("file"), time.Time{}); got != "" {
			t.Errorf("Same after an undo = %q, want none", got)
		}
	})
}

// TestTheSameFileAtTheSameTimeIsPublishedOnce publishes one file from two
// processes, each several times at once, as uploads and as kept imports.
func TestTheSameFileAtTheSameTimeIsPublishedOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		nodes := []*fixture{f, open(t, f.db, day(1))}
		var published atomic.Int32
		var clerks sync.WaitGroup
		for n := range 8 {
			clerks.Go(func() {
				release := obs.Release{Upload: upload("file"), By: "clerk"}
				if n%4 > 1 {
					kept, err := nodes[n%2].Keep(t.Context(), upload("file"), nil, strings.NewReader("file"))
					if err != nil {
						t.Errorf("Keep: %v", err)
						return
					}
					release = obs.Release{ID: kept.ID, By: "clerk"}
				}
				_, err := nodes[n%2].Publish(t.Context(), release, strings.NewReader("file"), func(put func(obs.Entry) error) error {
					return put(entry("gdp.cn.cny", "2013", "1"))
				})
				if err == nil {
					published.Add(1)
					return
				}
				wantFault(t, "Publish of a file that stands", err, fault.Conflict, fault.ImportStands)
			})
		}
		clerks.Wait()
		if got := published.Load(); got != 1 {
			t.Errorf("%d of eight were published, want one", got)
		}
		if got := f.collect(f.Versions, query.Selection{}, f.now()); len(got) != 1 {
			t.Errorf("Versions = %q, want one", got)
		}
		f.checkSound()
	})
}

func TestAnIdempotencyKeyStoresOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		try := func(body, key, by string) (obs.Revision, error) {
			release := obs.Release{Upload: upload(body), By: by, Key: key}
			return f.Publish(t.Context(), release, strings.NewReader(body), func(put func(obs.Entry) error) error {
				return put(entry("gdp.cn.cny", "2013", "1"))
			})
		}
		first, err := try("file", "k1", "clerk")
		if err != nil {
			t.Fatal(err)
		}
		again, err := try("file", "k1", "clerk")
		if err != nil || again.ID != first.ID || again.Rows != 1 || again.Import != first.Import {
			t.Errorf("the same key = %+v, %v, want %+v", again, err, first)
		}
		_, err = try("other", "k1", "clerk")
		wantFault(t, "another file with the key", err, fault.Conflict, fault.IdempotencyKeyReused)
		if other, err := try("other", "k1", "deputy"); err != nil || other.ID == first.ID {
			t.Errorf("the key of somebody else = %+v, %v, want a revision of its own", other, err)
		}
	})
}

func TestNothingIsStoredWhenReadingFails(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		before, err := f.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		broken := errors.New("row 60 is bad")
		release := obs.Release{Upload: upload("file"), By: "clerk"}
		_, err = f.Publish(t.Context(), release, strings.NewReader("file"), func(put func(obs.Entry) error) error {
			for n := range 60 {
				e := entry("gdp.cn.cny", "1950", "1")
				e.Origin.Line = n
				e.Published = day(1).Add(-time.Duration(n+1) * time.Hour)
				if err := put(e); err != nil {
					return err
				}
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("Publish = %v, want %v", err, broken)
		}
		if after, err := f.Head(t.Context()); err != nil || after != before {
			t.Errorf("Head = %+v, %v, want %+v", after, err, before)
		}
		if empty, err := f.Empty(t.Context()); err != nil || !empty {
			t.Errorf("Empty = %v, %v, want true", empty, err)
		}
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		f.checkSound()
	})
}

func TestImportsAreListedNewestFirst(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var ids []string
		for n, body := range []string{"a", "b", "c"} {
			f.clock.Set(day(n + 1))
			ids = append(ids, f.keep(body, "").ID)
		}
		list, err := f.Imports(t.Context(), 2, "")
		if err != nil || len(list) != 2 || list[0].ID != ids[2] || list[1].ID != ids[1] {
			t.Fatalf("Imports = %v, %v, want %v and %v", list, err, ids[2], ids[1])
		}
		rest, err := f.Imports(t.Context(), 2, list[1].ID)
		if err != nil || len(rest) != 1 || rest[0].ID != ids[0] {
			t.Errorf("Imports before = %v, %v, want %v", rest, err, ids[0])
		}
	})
}
