package query_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
)

// file states figures of one series as a revision: a period and a value each,
// "withdrawn" for one that is taken back.
func file(t rapid.TB, s *store.Store, code string, embargo time.Time, figures ...string) obs.Revision {
	t.Helper()
	key, err := series.Parse(code)
	if err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprint(time.Now().UnixNano(), figures)
	r, err := s.Publish(context.Background(), obs.Release{Upload: uploadOf(body), By: "clerk", Embargo: embargo, Message: "a file"}, strings.NewReader(body),
		func(put func(obs.Entry) error) error {
			for i := 0; i < len(figures); i += 2 {
				o := obs.Observation{Period: period.MustParse(figures[i]), Status: "A"}
				if figures[i+1] == "withdrawn" {
					o.State, o.Reason, o.Withdrawn, o.Status = obs.Missing, "withdrawn", true, "O"
				} else {
					o.Value = figure.MustParse(figures[i+1], 8)
				}
				if err := put(obs.Entry{Key: key, Observation: o}); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fates writes what remains as "fate period value revision".
func fates(r *query.UndoReport, names map[string]string) []string {
	list := []string{}
	for _, f := range r.Remains.Figures {
		value := "nothing"
		if f.Figure != nil {
			value = string(f.Figure.Value) + string(f.Figure.Reason)
		}
		list = append(list, fmt.Sprintf("%s %s %s %s", f.Fate, f.Period, value, names[string(f.Revision)]))
	}
	return list
}

func TestUndoTellsWhatLaterRevisionsKeep(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		names := map[string]string{}
		publish := func(name string, figures ...string) obs.Revision {
			now = now.Add(time.Hour)
			r := file(t, s, "gdp.cn.cny", time.Time{}, figures...)
			names[r.ID] = name
			return r
		}
		publish("first", "2010", "10", "2011", "11", "2012", "12", "2009", "withdrawn")
		wrong := publish("wrong", "2009", "9", "2011", "11", "2012", "120", "2013", "130", "2014", "140")
		publish("later", "2013", "131", "2014", "140")
		now = now.Add(time.Hour)

		plan, err := a.Undoing(t.Context(), strings.ToUpper(wrong.ID), "en")
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			"restored 2009 withdrawn first", "restored 2011 11 first", "restored 2012 12 first", "kept 2013 131 later", "kept 2014 140 later",
		}
		if got := fates(plan, names); !slices.Equal(got, want) {
			t.Errorf("what remains = %q, want %q", got, want)
		}
		if c := plan.Difference.Counts; c.Withdrawn != 1 || c.Revised != 1 || c.Unchanged != 3 || c.Changed() != 2 {
			t.Errorf("counts = %+v, want one withdrawn, one revised, three unchanged", c)
		}
		if !plan.DryRun || plan.Revision != nil || plan.Outcome != query.UndoneInPublic || plan.Target.ID != wrong.ID || string(plan.Import) != wrong.Import {
			t.Errorf("the dry run = %+v", plan)
		}

		undo, err := s.UndoOnce(t.Context(), obs.UndoRequest{Revision: wrong.ID, By: "clerk", Message: "the wrong table"})
		if err != nil {
			t.Fatal(err)
		}
		done, err := a.Undone(t.Context(), undo, "en")
		if err != nil {
			t.Fatal(err)
		}
		if done.DryRun || done.Revision == nil || done.Revision.ID != undo.ID || string(done.Revision.Undoes) != wrong.ID {
			t.Errorf("the undo = %+v", done)
		}
		sameButForTheRun(t, plan, done)
		record, err := a.Revision(t.Context(), a.now(), undo.ID, "en", query.Page{})
		if err != nil || !cmp.Equal(record.Difference, done.Difference) {
			t.Errorf("the record has %+v, %v, want %+v", record, err, done.Difference)
		}
		if _, err := a.Undoing(t.Context(), wrong.ID, "en"); fault.CodeOf(err) != fault.AlreadyUndone {
			t.Errorf("a second dry run = %v, want %s", err, fault.AlreadyUndone)
		}
	})
}

// sameButForTheRun holds that the dry run told what the real run did.
func sameButForTheRun(t rapid.TB, plan, done *query.UndoReport) {
	t.Helper()
	real := *done
	real.DryRun, real.Revision = plan.DryRun, plan.Revision
	if diff := cmp.Diff(plan, &real); diff != "" {
		t.Errorf("the dry run told otherwise (-dry +real):\n%s", diff)
	}
}

// TestUndoAgreesWithTheStates undoes revisions of random scripts and holds the
// report against the states before and after.
func TestUndoAgreesWithTheStates(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		script := 0
		rapid.Check(t, func(r *rapid.T) {
			script++
			code := fmt.Sprintf("gdp.cn.cny@d%d", script)
			made := []obs.Revision{file(r, s, code, time.Time{}, "2014", "1")} // a number, which the multiplier is that of
			for range rapid.IntRange(0, 6).Draw(r, "files") {
				now = now.Add(time.Minute)
				made = append(made, file(r, s, code, time.Time{}, someFigures(r)...))
			}
			for range rapid.IntRange(1, 3).Draw(r, "undos") {
				now = now.Add(time.Minute)
				target := rapid.SampledFrom(made).Draw(r, "target")
				before := standingOf(r, s, a, code)
				plan, err := a.Undoing(context.Background(), target.ID, "en")
				undo, undoErr := s.Undo(context.Background(), target.ID, "clerk", "")
				if fault.CodeOf(err) != fault.CodeOf(undoErr) {
					r.Fatalf("the dry run says %v, the undo %v", err, undoErr)
				}
				if err != nil {
					continue
				}
				done, err := a.Undone(context.Background(), undo, "en")
				if err != nil {
					r.Fatal(err)
				}
				sameButForTheRun(r, plan, done)
				holdAgainst(r, done, before, standingOf(r, s, a, code))
			}
		})
	})
}

func someFigures(r *rapid.T) []string {
	var figures []string
	for _, year := range []string{"2011", "2012", "2013"} {
		if rapid.Bool().Draw(r, year) {
			figures = append(figures, year, rapid.SampledFrom([]string{"1", "2", "withdrawn"}).Draw(r, "value"))
		}
	}
	if figures == nil {
		return []string{"2014", "1"}
	}
	return figures
}

// standingOf reads the live state of a series: by period the value and the
// revision that says it.
func standingOf(t rapid.TB, s *store.Store, a asker, code string) map[string][2]string {
	t.Helper()
	m, err := a.At(context.Background(), query.When{})
	if err != nil {
		t.Fatal(err)
	}
	state := map[string][2]string{}
	err = s.Scan(context.Background(), query.Selection{Codes: []string{code}}, m.Point, func(v *obs.Version) error {
		value := v.Value.Text()
		if v.Withdrawn {
			value = ""
		}
		state[v.Period.String()] = [2]string{value, v.Revision}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// holdAgainst compares a report with the states before and after the undo.
func holdAgainst(t rapid.TB, r *query.UndoReport, before, after map[string][2]string) {
	t.Helper()
	for _, f := range r.Remains.Figures {
		was, is := before[f.Period], after[f.Period]
		want := query.Restored
		switch {
		case is[1] == "":
			want = query.Vanished
		case was[1] != r.Target.ID:
			want = query.Kept
		}
		if f.Fate != want || string(f.Revision) != is[1] || f.Figure != nil && string(f.Figure.Value) != is[0] {
			t.Errorf("%+v, and it was %v and is %v", f, was, is)
		}
		delete(before, f.Period)
		delete(after, f.Period)
	}
	if !cmp.Equal(before, after) {
		t.Errorf("elsewhere %v became %v", before, after)
	}
	if n := r.Remains.Kept + r.Remains.Restored + r.Remains.Vanished; n != len(r.Remains.Figures) || n != r.Target.Rows {
		t.Errorf("%d fates of %d figures", n, r.Target.Rows)
	}
}

func TestUndoOfWhatIsHiddenChangesNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		hidden := file(t, s, "gdp.cn.cny", now.Add(time.Hour), "2013", "1")
		plan, err := a.Undoing(t.Context(), hidden.ID, "en")
		if err != nil || plan.Outcome != query.CancelledUnder || plan.Difference.Counts.Changed() != 0 || len(plan.Remains.Figures) != 0 {
			t.Errorf("the dry run = %+v, %v, want nothing to change", plan, err)
		}
		undo, err := s.Undo(t.Context(), hidden.ID, "clerk", "")
		if err != nil {
			t.Fatal(err)
		}
		done, err := a.Undone(t.Context(), undo, "en")
		if err != nil || done.Outcome != query.CancelledUnder || done.Revision != nil {
			t.Errorf("the undo = %+v, %v, want no revision that anybody sees", done, err)
		}
		now = now.Add(2 * time.Hour)
		if list, err := a.Revisions(t.Context(), a.now(), "", 10); err != nil || list.Total != 1 {
			t.Errorf("the record = %+v, %v, want the catalogue alone", list, err)
		}
	})
}

func TestUndoOfRatesTellsRates(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		publish := func(rates ...string) obs.Revision {
			now = now.Add(time.Hour)
			body := fmt.Sprint(rates)
			r, err := s.PublishRates(t.Context(), obs.Release{Upload: uploadOf(body), By: "clerk"}, bytes.NewReader([]byte(body)), func(put func(fx.Rate) error) error {
				for i := 0; i < len(rates); i += 2 {
					if err := put(fx.Rate{Feed: "frb-h10", Base: "USD", Quote: "CNY", Kind: fx.Mean, Period: period.MustParse(rates[i]), Value: figure.MustParse(rates[i+1], 0)}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := publish("2013-01", "6.20")
		wrong := publish("2013-01", "6.02", "2013-02", "6.3", "2013-03", "6.4")
		later := publish("2013-03", "6.41")
		d, err := a.Revision(t.Context(), a.now(), wrong.ID, "en", query.Page{Limit: 2})
		if err != nil || d.Total != 3 || len(d.Difference.Rates) != 2 || d.Next == "" || !d.Difference.Truncated {
			t.Fatalf("the revision of rates = %+v, %v", d, err)
		}
		now = now.Add(time.Hour)
		undo, err := s.Undo(t.Context(), wrong.ID, "clerk", "")
		if err != nil {
			t.Fatal(err)
		}
		done, err := a.Undone(t.Context(), undo, "en")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range done.Remains.Rates {
			got = append(got, fmt.Sprint(r.Fate, " ", r.Period, " ", r.Rate, " ", r.Revision))
		}
		want := []string{"restored 2013-01 6.20 " + first.ID, "vanished 2013-02  ", "kept 2013-03 6.41 " + later.ID}
		if !slices.Equal(got, want) {
			t.Errorf("what remains = %q, want %q", got, want)
		}
		changes := done.Difference.Rates
		if len(changes) != 2 || changes[0].From != "6.02" || changes[0].To != "6.20" || changes[1].To != "" || done.Difference.Counts.Removed != 1 {
			t.Errorf("the difference = %+v", done.Difference)
		}
	})
}

func TestWhoMayUndo(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		r := file(t, s, "gdp.cn.cny", time.Time{}, "2013", "1")
		for by, want := range map[string]fault.Code{"clerk": "", obs.CommandLine: ""} {
			if err := a.MayUndo(t.Context(), r.ID, by); err != nil {
				t.Errorf("MayUndo by %q = %v, want %q", by, err, want)
			}
		}
		if err := a.MayUndo(t.Context(), "000000000000", "clerk"); fault.CodeOf(err) != fault.UnknownRevision {
			t.Errorf("MayUndo of nothing = %v, want %s", err, fault.UnknownRevision)
		}
	})
}
