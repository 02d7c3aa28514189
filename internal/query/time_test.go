package query_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
)

// publish states one figure of China's product in 2013 as a revision.
func publish(t *testing.T, s *store.Store, value string, embargo time.Time) obs.Revision {
	t.Helper()
	key, err := series.Parse("gdp.cn.cny")
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Publish(t.Context(), obs.Release{Upload: uploadOf(value), By: "clerk", Embargo: embargo}, strings.NewReader(value),
		func(put func(obs.Entry) error) error {
			return put(obs.Entry{Key: key, Observation: obs.Observation{Period: period.MustParse("2013"), Value: figure.MustParse(value, 8), Status: "A"}})
		})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func answer(s *query.Service, when query.When) (string, error) {
	var out bytes.Buffer
	m, err := s.At(context.Background(), when)
	if err == nil {
		err = s.Series(context.Background(), m, "gdp.cn.cny", query.Question{}, encode.NewJSON(&out, encode.Options{}))
	}
	return out.String(), err
}

// atTime opens an empty database and a service over it, both at an instant that
// the test moves.
func atTime(t *testing.T, db testdb.DB, now *time.Time) (*store.Store, asker) {
	t.Helper()
	tick := func() time.Time { return *now }
	s, err := store.Create(t.Context(), store.Options{DSN: db.DSN, Clock: tick}, obs.Office{Zone: "Asia/Shanghai"}, newShelf(t).words)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, asker{t, query.New(s, tick)}
}

func TestUndoAndEmbargo(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		first := publish(t, s, "588019", time.Time{})
		before, err := answer(a.Service, query.When{})
		if err != nil {
			t.Fatal(err)
		}
		token := a.now().Token

		hidden := publish(t, s, "600000", now.Add(time.Hour))
		if got, err := answer(a.Service, query.When{}); err != nil || got != before {
			t.Errorf("under the embargo:\n%s, %v, want\n%s", got, err, before)
		}
		if _, err := a.Revision(t.Context(), a.now(), hidden.ID, "en", query.Page{}); fault.CodeOf(err) != fault.UnknownRevision {
			t.Errorf("the hidden revision: %v, want %s", err, fault.UnknownRevision)
		}

		now = now.Add(2 * time.Hour)
		if got, err := answer(a.Service, query.When{}); err != nil || !strings.Contains(got, "600000") {
			t.Errorf("after the embargo: %s, %v", got, err)
		}
		d, err := a.Revision(t.Context(), a.now(), hidden.ID, "en", query.Page{})
		if err != nil || len(d.Difference.Changes) != 1 || d.Difference.Changes[0].Percent != "2.04" {
			t.Errorf("the revision tells %+v, %v", d, err)
		}

		for _, r := range []obs.Revision{hidden, first} {
			if _, err := s.Undo(t.Context(), r.ID, "clerk", "a mistake"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := answer(a.Service, query.When{}); fault.CodeOf(err) != fault.UnknownSeries {
			t.Errorf("after the undo: %v, want %s", err, fault.UnknownSeries)
		}
		list, err := a.Revisions(t.Context(), a.now(), "", 1)
		if err != nil || len(list.Revisions) != 1 || string(list.Revisions[0].Undoes) != first.ID {
			t.Fatalf("the record = %+v, %v", list, err)
		}
		d, err = a.Revision(t.Context(), a.now(), list.Revisions[0].ID, "en", query.Page{})
		if err != nil || d.Difference.Counts.Removed != 1 {
			t.Errorf("the undo tells %+v, %v", d, err)
		}
		if got, err := answer(a.Service, query.When{State: token}); err != nil || got != before {
			t.Errorf("the pinned state:\n%s, %v, want\n%s", got, err, before)
		}
	})
}

// TestACursorBelongsToItsAsOf goes on from a page beside another as_of, which
// the answer would claim and not have.
func TestACursorBelongsToItsAsOf(t *testing.T) {
	a := ask(t, sampleShelf(t))
	first := func(asOf string) string {
		m := a.at(query.When{AsOf: asOf})
		record, err := a.Revisions(t.Context(), m, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		rows := a.observations(m, query.Question{Limit: 1})
		for _, next := range []string{rows.Next, string(record.Next)} {
			if again, err := a.At(t.Context(), query.When{Cursor: next, AsOf: asOf}); err != nil || again.Point != m.Point {
				t.Errorf("the page behind the first one as of %q: %v, %v, want %v", asOf, again.Point, err, m.Point)
			}
		}
		return rows.Next
	}
	live, then := first(""), first("2013-12-31")
	for _, when := range []query.When{
		{Cursor: live, AsOf: "2013-12-31"}, {Cursor: then}, {Cursor: then, AsOf: "2013-12-30"},
	} {
		_, err := a.At(t.Context(), when)
		f := fault.From(err)
		if f == nil || f.Code != fault.CursorInvalid || len(f.Items) != 2 || f.Items[0].Parameter != "cursor" || f.Items[1].Parameter != "as_of" {
			t.Errorf("At(%+v) = %v, want %s that names cursor and as_of", when, err, fault.CursorInvalid)
		}
	}
	m := a.at(query.When{AsOf: "2013-12-31"})
	if p := a.observations(m, query.Question{Limit: 1, Cursor: then}); len(p.Observations) != 1 || p.Observations[0].text("published") > "2013-12-31" {
		t.Errorf("the second page as of 2013: %v", p.Observations)
	}
}

// TestTheRecordRunsOnVisibility reads the public record as of instants before,
// between and after two recordings of figures that were published long ago.
func TestTheRecordRunsOnVisibility(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		now = now.Add(time.Hour)
		first := publish(t, s, "588019", time.Time{})
		now = now.Add(time.Hour)
		second := publish(t, s, "595244", time.Time{})
		now = now.Add(time.Hour)

		idsAt := func(asOf time.Time) (query.Moment, []string) {
			m := a.at(query.When{AsOf: asOf.Format(time.RFC3339)})
			list, err := a.Revisions(t.Context(), m, "", 10)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, r := range list.Revisions {
				ids = append(ids, r.ID)
			}
			if list.Total != len(ids) {
				t.Errorf("as of %s: total %d of %d", asOf, list.Total, len(ids))
			}
			return m, ids
		}
		if _, ids := idsAt(clock().AddDate(-10, 0, 0)); len(ids) != 0 {
			t.Errorf("ten years before the first record: %v", ids)
		}
		between, ids := idsAt(clock().Add(90 * time.Minute))
		if len(ids) != 2 || ids[0] != first.ID {
			t.Errorf("between the two: %v, want %s and the catalogue", ids, first.ID)
		}
		if _, err := a.Revision(t.Context(), between, second.ID, "en", query.Page{}); fault.CodeOf(err) != fault.UnknownRevision {
			t.Errorf("a revision before it was visible: %v, want %s", err, fault.UnknownRevision)
		}
		if d, err := a.Revision(t.Context(), between, first.ID, "en", query.Page{}); err != nil || d.Difference.Counts.New != 1 {
			t.Errorf("the first revision tells %+v, %v", d, err)
		}
		if _, ids := idsAt(now); len(ids) != 3 || ids[0] != second.ID {
			t.Errorf("after both: %v", ids)
		}
	})
}

// TestRecordedViewIsTheAnswerOfThen remembers the answers that were given while
// figures were published, hidden, undone and stated again, and asks for each of
// them later: to the byte they are what was answered then.
func TestRecordedViewIsTheAnswerOfThen(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		type remembered struct {
			at     time.Time
			answer string
			code   fault.Code
		}
		var then []remembered
		remember := func() {
			now = now.Add(time.Hour)
			text, err := answer(a.Service, query.When{})
			then = append(then, remembered{now, text, fault.CodeOf(err)})
			now = now.Add(time.Minute)
		}
		remember()
		first := publish(t, s, "588019", time.Time{})
		remember()
		hidden := publish(t, s, "600000", now.Add(90*time.Minute))
		remember()
		remember()
		cancelled := publish(t, s, "610000", now.Add(90*time.Minute))
		remember()
		for _, r := range []obs.Revision{cancelled, hidden, first} {
			if _, err := s.Undo(t.Context(), r.ID, "clerk", ""); err != nil {
				t.Fatal(err)
			}
			remember()
		}
		publish(t, s, "588018.8", time.Time{})
		remember()
		now = now.Add(240 * time.Hour)
		for _, was := range then {
			asked := was.at.Format(time.RFC3339)
			got, err := answer(a.Service, query.When{Recorded: asked})
			if fault.CodeOf(err) != was.code {
				t.Errorf("recorded as of %s: %v, want %q", asked, err, was.code)
			}
			if want := strings.Replace(was.answer, `"updated_at"`, `"recorded_as_of":"`+asked+`","updated_at"`, 1); got != want {
				t.Errorf("recorded as of %s:\n%s, want\n%s", asked, got, want)
			}
		}
	})
}

// TestRecordedViewOfDays asks for days: one that is over ends in the office's
// zone, today is now, and before the service began nothing was known.
func TestRecordedViewOfDays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		publish(t, s, "588019", time.Time{})
		yesterday := a.now()
		now = vintage.StartOfDay(vintage.DayOf(now, shanghai(t))+2, shanghai(t))
		publish(t, s, "595244", time.Time{})
		today := a.now()
		day := func(n period.Date) string { return (vintage.DayOf(now, shanghai(t)) + n).String() }
		for recorded, want := range map[string]query.Moment{day(-1): yesterday, day(0): today} {
			if m := a.at(query.When{Recorded: recorded}); m.Token != want.Token || m.Recorded != recorded {
				t.Errorf("recorded as of %s: %+v, want the point of %+v", recorded, m, want)
			}
		}
		if _, err := a.At(t.Context(), query.When{Recorded: day(1)}); fault.CodeOf(err) != fault.AsOfInFuture {
			t.Errorf("recorded as of tomorrow: %v, want %s", err, fault.AsOfInFuture)
		}
		before := a.at(query.When{Recorded: "1999-12-31"})
		if list, err := a.List(t.Context(), before, query.Filter{}, "en"); err != nil || len(list) != 0 {
			t.Errorf("before the first record: %v, %v, want nothing", list, err)
		}
		if again := a.at(query.When{State: before.Token}); again.Point != before.Point {
			t.Errorf("the state of before the first record: %v, want %v", again.Point, before.Point)
		}
		for _, when := range []query.When{{AsOf: "2013-12-31"}, {State: today.Token}, {Cursor: "x"}} {
			when.Recorded = day(-1)
			if _, err := a.At(t.Context(), when); fault.CodeOf(err) != fault.ParameterConflict {
				t.Errorf("At(%+v) = %v, want %s", when, err, fault.ParameterConflict)
			}
		}
	})
}

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
