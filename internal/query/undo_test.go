package query_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
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
	"bellwether/internal/vintage"
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

// TestADifferenceInPages reads a revision page by page, while something else is
// published, and finds its changes once each.
func TestADifferenceInPages(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		var figures []string
		for year := 1990; year < 2001; year++ {
			figures = append(figures, fmt.Sprint(year), fmt.Sprint(year))
		}
		r := file(t, s, "gdp.cn.cny", time.Time{}, figures...)
		whole, err := a.Revision(t.Context(), a.now(), r.ID, "en", query.Page{})
		if err != nil || len(whole.Difference.Changes) != 11 || whole.Next != "" || whole.Difference.Truncated {
			t.Fatalf("the whole = %+v, %v", whole, err)
		}
		var gathered []query.ChangeInfo
		when, next := query.When{}, ""
		for {
			m := a.at(when)
			page, err := a.Revision(t.Context(), m, r.ID, "en", query.Page{Limit: 4, Cursor: next})
			if err != nil {
				t.Fatal(err)
			}
			if page.Total != 11 || page.Difference.Counts != whole.Difference.Counts || !cmp.Equal(page.Difference.Series, whole.Difference.Series) {
				t.Errorf("a page counts %+v, want those of the whole", page)
			}
			gathered = append(gathered, page.Difference.Changes...)
			if next = string(page.Next); next == "" {
				break
			}
			when = query.When{Cursor: next}
			now = now.Add(time.Minute)
			file(t, s, "gdp.cn.cny", time.Time{}, "1990", fmt.Sprint(len(gathered)))
			if _, err := a.Revision(t.Context(), a.at(when), whole.Revision.ID, "en", query.Page{Question: "another", Cursor: next}); fault.CodeOf(err) != fault.CursorInvalid {
				t.Errorf("the cursor of another question: %v, want %s", err, fault.CursorInvalid)
			}
		}
		if diff := cmp.Diff(whole.Difference.Changes, gathered); diff != "" {
			t.Errorf("the pages are not the whole (-whole +pages):\n%s", diff)
		}
	})
}

// poller asks for what became visible since the state that it knows.
type poller struct {
	asker
	state string
	seen  []string
}

func (p *poller) poll(t rapid.TB, limit int) {
	t.Helper()
	m, err := p.At(context.Background(), query.When{})
	if err != nil {
		t.Fatal(err)
	}
	next := ""
	for {
		page, err := p.Since(context.Background(), m, p.state, next, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Revisions {
			p.seen = append(p.seen, r.ID)
		}
		if next = string(page.Next); next == "" {
			break
		}
		if m, err = p.At(context.Background(), query.When{Cursor: next}); err != nil {
			t.Fatal(err)
		}
	}
	p.state = m.Token
}

// TestPollingMissesNothing polls at random moments while figures are published
// with and without embargo, cancelled and undone: every visible revision is
// seen once, in the order of visibility, and no hidden one.
func TestPollingMissesNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		rapid.Check(t, func(r *rapid.T) {
			now = now.Add(time.Hour)
			client := &poller{asker: a, state: a.now().Token}
			var made []obs.Revision
			undone := map[string]bool{}
			for range rapid.IntRange(1, 15).Draw(r, "steps") {
				now = now.Add(time.Duration(rapid.IntRange(0, 3).Draw(r, "wait")) * time.Minute)
				switch rapid.IntRange(0, 4).Draw(r, "what") {
				case 0, 1:
					var embargo time.Time
					if n := rapid.IntRange(0, 6).Draw(r, "embargo"); n > 0 {
						embargo = now.Add(time.Duration(n) * time.Minute)
					}
					made = append(made, file(r, s, "gdp.cn.cny", embargo, "2013", "1"))
				case 2:
					if len(made) == 0 {
						continue
					}
					target := rapid.SampledFrom(made).Draw(r, "target")
					undo, err := s.Undo(context.Background(), target.ID, "clerk", "")
					if code := fault.CodeOf(err); err != nil && code != fault.AlreadyUndone && code != fault.UndoOfUndo {
						r.Fatal(err)
					}
					if err == nil {
						undone[target.ID] = undo.VisibleAt.Equal(vintage.Forever)
						made = append(made, undo)
					}
				default:
					client.poll(r, rapid.SampledFrom([]int{1, 2, math.MaxInt32}).Draw(r, "limit"))
					wantSeen(r, client.seen, made, undone, now)
				}
			}
			now = now.Add(10 * time.Minute)
			client.poll(r, 2)
			wantSeen(r, client.seen, made, undone, now)
		})
	})
}

// wantSeen compares what a client saw with what was visible until an instant.
// The clock of the store may be a few microseconds ahead of it.
func wantSeen(t rapid.TB, seen []string, made []obs.Revision, cancelled map[string]bool, now time.Time) {
	t.Helper()
	visible := slices.Clone(made)
	visible = slices.DeleteFunc(visible, func(r obs.Revision) bool {
		return cancelled[r.ID] || r.VisibleAt.After(now.Add(time.Second))
	})
	slices.SortStableFunc(visible, func(a, b obs.Revision) int { return a.VisibleAt.Compare(b.VisibleAt) })
	var want []string
	for _, r := range visible {
		want = append(want, r.ID)
	}
	if !slices.Equal(seen, want) {
		t.Fatalf("the client saw %q, want %q", seen, want)
	}
}

func TestSinceRefusesWhatItDoesNotKnow(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock()
		s, a := atTime(t, db, &now)
		before := a.now()
		for range 3 {
			now = now.Add(time.Minute)
			file(t, s, "gdp.cn.cny", time.Time{}, "2013", "1")
		}
		m := a.now()
		invented := vintage.Token(vintage.Now(now.Add(-time.Second)))
		for _, token := range []string{"x", invented} {
			_, err := a.Since(t.Context(), m, token, "", 1)
			if f := fault.From(err); f == nil || f.Code != fault.UnknownState || f.Kind != fault.NotFound || len(f.Items) != 1 || f.Items[0].Parameter != "since" {
				t.Errorf("Since(%q) = %v, want %s that names since", token, err, fault.UnknownState)
			}
		}
		page, err := a.Since(t.Context(), m, before.Token, "", 1)
		if err != nil || page.Total != 3 || page.Next == "" {
			t.Fatalf("Since = %+v, %v, want the first of three", page, err)
		}
		if _, err := a.Since(t.Context(), m, m.Token, string(page.Next), 1); fault.CodeOf(err) != fault.CursorInvalid {
			t.Errorf("the cursor of another since: %v, want %s", err, fault.CursorInvalid)
		}
		if _, err := a.Revisions(t.Context(), m, string(page.Next), 1); fault.CodeOf(err) != fault.CursorInvalid {
			t.Errorf("the cursor of a since in the plain record: %v, want %s", err, fault.CursorInvalid)
		}
		plain, err := a.Revisions(t.Context(), m, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Since(t.Context(), m, before.Token, string(plain.Next), 1); fault.CodeOf(err) != fault.CursorInvalid {
			t.Errorf("the cursor of the plain record in a since: %v, want %s", err, fault.CursorInvalid)
		}
		if page, err := a.Since(t.Context(), before, m.Token, "", 1); err != nil || page.Total != 0 {
			t.Errorf("since a later state = %+v, %v, want nothing", page, err)
		}
	})
}
