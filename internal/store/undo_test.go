package store_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// TestOfUndosAtOnceOneWins sends undos of one revision at the same time through
// two processes.
func TestOfUndosAtOnceOneWins(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(1))
		revision := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		var group sync.WaitGroup
		var mu sync.Mutex
		codes := map[fault.Code]int{}
		for _, node := range []*fixture{f, other, f, other} {
			group.Go(func() {
				_, err := node.Undo(context.Background(), revision.ID, "clerk", "")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					codes["done"]++
					return
				}
				codes[fault.CodeOf(err)]++
			})
		}
		group.Wait()
		if codes["done"] != 1 || codes[fault.AlreadyUndone] != 3 {
			t.Errorf("four undos at once end in %v, want one done and three %s", codes, fault.AlreadyUndone)
		}
		f.checkSound()
	})
}

func TestAnUndoWithAKeyIsMadeOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		one := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		two := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "2"))
		asked := obs.UndoRequest{Revision: two.ID, By: "clerk", Message: "wrong", Key: "k"}
		first, err := f.UndoOnce(t.Context(), asked)
		if err != nil {
			t.Fatal(err)
		}
		again, err := f.UndoOnce(t.Context(), asked)
		if err != nil || again.ID != first.ID || !again.VisibleAt.Equal(first.VisibleAt) {
			t.Errorf("the same request again = %+v, %v, want %+v", again, err, first)
		}
		asked.Revision = one.ID
		_, err = f.UndoOnce(t.Context(), asked)
		wantFault(t, "the key with another revision", err, fault.Conflict, fault.IdempotencyKeyReused)
		_, err = f.Publish(t.Context(), obs.Release{Upload: upload("x"), By: "clerk", Key: "k"}, bytes.NewReader([]byte("x")), func(func(obs.Entry) error) error { return nil })
		wantFault(t, "the key with an import", err, fault.Conflict, fault.IdempotencyKeyReused)
		_, err = f.UndoOnce(t.Context(), obs.UndoRequest{Revision: two.ID, By: "another", Key: "k"})
		wantFault(t, "the key of somebody else", err, fault.Conflict, fault.AlreadyUndone)
	})
}

func TestUndoableSaysWhatUndoWould(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		hidden := f.publish(day(9), entry("gdp.cn.cny", "2013", "1"))
		if r, err := f.Undoable(t.Context(), hidden.ID); err != nil || r.Import != hidden.Import || !r.VisibleAt.Equal(day(9)) {
			t.Errorf("Undoable = %+v, %v, want %+v", r, err, hidden)
		}
		undo, err := f.Undo(t.Context(), hidden.ID, "clerk", "")
		if err != nil || !undo.VisibleAt.Equal(vintage.Forever) {
			t.Fatalf("Undo of a hidden one = %+v, %v, want one that is never visible", undo, err)
		}
		_, err = f.Undoable(t.Context(), hidden.ID)
		wantFault(t, "Undoable twice", err, fault.Conflict, fault.AlreadyUndone)
		_, err = f.Undoable(t.Context(), undo.ID)
		wantFault(t, "Undoable of an undo", err, fault.Conflict, fault.UndoOfUndo)
		_, err = f.Undoable(t.Context(), "000000000000")
		wantFault(t, "Undoable of nothing", err, fault.NotFound, fault.UnknownRevision)
		if r, err := f.Recorded(t.Context(), hidden.ID); err != nil || r.ID != hidden.ID {
			t.Errorf("Recorded = %+v, %v, want it also when it was undone", r, err)
		}
		if codes, err := f.Datasets(t.Context(), hidden.ID); err != nil || !slices.Equal(codes, []string{"main"}) {
			t.Errorf("Datasets = %q, %v, want main", codes, err)
		}
	})
}

// TestRevisionsSinceRunOnVisibility asks for what became visible after an
// instant that lies between a recording and its embargo.
func TestRevisionsSinceRunOnVisibility(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		embargoed := f.publish(day(4), entry("gdp.cn.cny", "2013", "1"))
		cancelled := f.publish(day(5), entry("gdp.cn.cny", "2011", "1"))
		f.clock.Set(day(2))
		first := f.publish(time.Time{}, entry("gdp.cn.cny", "2012", "1"))
		between := f.now()
		if _, err := f.Undo(t.Context(), cancelled.ID, "clerk", ""); err != nil {
			t.Fatal(err)
		}
		f.clock.Set(day(6))
		undo, err := f.Undo(t.Context(), first.ID, "clerk", "")
		if err != nil {
			t.Fatal(err)
		}
		ids := func(since time.Time, after string, limit int) (list []string, total int) {
			found, total, err := f.RevisionsSince(t.Context(), f.now(), since, after, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range found {
				list = append(list, r.ID)
			}
			return list, total
		}
		if got, total := ids(between.Published, "", 9); !slices.Equal(got, []string{embargoed.ID, undo.ID}) || total != 2 {
			t.Errorf("since day 2: %q of %d, want %s and %s", got, total, embargoed.ID, undo.ID)
		}
		if got, total := ids(between.Published, embargoed.ID, 9); !slices.Equal(got, []string{undo.ID}) || total != 2 {
			t.Errorf("behind the first: %q of %d, want %s of 2", got, total, undo.ID)
		}
		if got, total := ids(time.Unix(0, 0), "", 2); len(got) != 2 || got[1] != first.ID || total != 4 {
			t.Errorf("from the beginning: %q of %d, want the catalogue and %s of 4", got, total, first.ID)
		}
		_, _, err = f.RevisionsSince(t.Context(), between, between.Published, undo.ID, 9)
		wantFault(t, "RevisionsSince behind a hidden one", err, fault.NotFound, fault.UnknownRevision)
	})
}

func TestStatedRatesHaveEveryVersion(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		first := f.publishRates(rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2"))
		f.clock.Set(day(2))
		second := f.publishRates(rate("2013-01-02", "6.11"))
		f.clock.Set(day(3))
		undo, err := f.Undo(t.Context(), second.ID, "clerk", "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		err = f.StatedRates(t.Context(), undo.ID, f.now(), func(r *query.RateVersion) error {
			got = append(got, fmt.Sprint(r.Period, " ", r.Value.Text(), " ", r.Revision == first.ID, " ", !r.UndoneAt.IsZero()))
			return nil
		})
		if want := []string{"2013-01-02 6.1 true false", "2013-01-02 6.11 false true"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("StatedRates = %q, %v, want %q", got, err, want)
		}
	})
}

// TestAFileOfRatesCountsAgainAfterAnUndo imports a file that repeats the rates
// of an earlier one, which is then undone: what the repeat left out is missing,
// and the same file brings it back.
func TestAFileOfRatesCountsAgainAfterAnUndo(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		first := f.publishRates(rate("2013-01-02", "6.1"))
		f.clock.Set(day(2))
		if r, err := f.rateFile("both", rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2")); err != nil || r.Rows != 1 {
			t.Fatalf("the repeat stores %d rates, %v, want the new one", r.Rows, err)
		}
		_, err := f.rateFile("both", rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2"))
		wantFault(t, "the same file again", err, fault.Conflict, fault.ImportStands)
		f.clock.Set(day(3))
		if _, err := f.Undo(t.Context(), first.ID, "clerk", ""); err != nil {
			t.Fatal(err)
		}
		if got := f.rates(f.now()); !slices.Equal(got, []string{"2013-01-03 6.2 H.10"}) {
			t.Errorf("Rates after the undo = %q, want the second day", got)
		}
		f.clock.Set(day(4))
		if r, err := f.rateFile("both", rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2")); err != nil || r.Rows != 1 {
			t.Errorf("the same file again stores %d rates, %v, want the one that was undone", r.Rows, err)
		}
		if got := f.rates(f.now()); len(got) != 2 {
			t.Errorf("Rates = %q, want both days", got)
		}
		_, err = f.rateFile("both", rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2"))
		wantFault(t, "the same file once more", err, fault.Conflict, fault.ImportStands)
		f.checkSound()
	})
}

// rateFile publishes rates as the file of those bytes.
func (f *fixture) rateFile(body string, list ...fx.Rate) (obs.Revision, error) {
	release := obs.Release{Upload: upload(body), By: "clerk"}
	return f.PublishRates(context.Background(), release, bytes.NewReader([]byte(body)), func(put func(fx.Rate) error) error {
		for _, r := range list {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	})
}
