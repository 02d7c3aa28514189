package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

func TestSelectionsChooseSeriesAndPeriods(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var entries []obs.Entry
		for _, code := range []string{
			"exports.cn.cny", "exports.cn.cny.partner-us", "gdp.cn.cny", "gdp.cn.cny.target", "gdp.cn.cny.yoy.real",
			"gdp.cn.usd", "gdp.cn-cq.cny", "gdp.cn.cny@imf",
		} {
			entries = append(entries, entry(code, "2012", "1"), entry(code, "2013", "2"))
		}
		f.publish(time.Time{}, entries...)
		y2013 := period.MustParse("2013")
		for name, c := range map[string]struct {
			sel  query.Selection
			want []string
		}{
			"one code":      {query.Selection{Codes: []string{"gdp.cn.usd"}}, []string{"gdp.cn.usd"}},
			"two codes":     {query.Selection{Codes: []string{"gdp.cn.usd", "gdp.cn-cq.cny"}}, []string{"gdp.cn.usd", "gdp.cn-cq.cny"}},
			"relatives":     {query.Selection{Codes: []string{"gdp.cn.usd"}, Relatives: true}, []string{"gdp.cn.cny", "gdp.cn.cny.yoy.real", "gdp.cn.usd"}},
			"defaults":      {query.Selection{Measures: []string{"level"}, Scenarios: []string{"actual"}, Datasets: []string{"main"}, Whole: true}, []string{"exports.cn.cny", "gdp.cn.cny", "gdp.cn.usd", "gdp.cn-cq.cny"}},
			"indicator":     {query.Selection{Indicators: []string{"exports"}}, []string{"exports.cn.cny", "exports.cn.cny.partner-us"}},
			"area and unit": {query.Selection{Areas: []string{"cn"}, Units: []string{"usd"}}, []string{"gdp.cn.usd"}},
			"a claim":       {query.Selection{Measures: []string{"yoy"}}, []string{"gdp.cn.cny.yoy.real"}},
			"nothing":       {query.Selection{Indicators: []string{"none"}}, []string{}},
		} {
			c.sel.Periods = []period.Period{y2013}
			want := []string{}
			for _, code := range c.want {
				want = append(want, code+" 2013 2")
			}
			if got := f.texts(c.sel, f.now()); !slices.Equal(got, want) {
				t.Errorf("%s: Scan = %q, want %q", name, got, want)
			}
		}
		sel := query.Selection{Codes: []string{"gdp.cn.usd"}, From: y2013.Start(), FromSet: true}
		if got := f.texts(sel, f.now()); !slices.Equal(got, []string{"gdp.cn.usd 2013 2"}) {
			t.Errorf("from 2013: Scan = %q, want 2013 alone", got)
		}
		sel = query.Selection{Codes: []string{"gdp.cn.usd"}, Periods: []period.Period{y2013, period.MustParse("2012"), period.MustParse("2013-Q4")}}
		if got := f.texts(sel, f.now()); !slices.Equal(got, []string{"gdp.cn.usd 2012 1", "gdp.cn.usd 2013 2"}) {
			t.Errorf("three periods: Scan = %q, want two rows", got)
		}
	})
}

func TestAVersionHasAllThatWasStated(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		e := entry("gdp.cn.cny", "2013", "118.70")
		e.Status, e.Note = "P;E", "of the yearbook"
		e.Source = obs.Source{Name: "年鉴", URL: "https://example.org/1"}
		e.Origin = obs.Origin{Sheet: "表1", Line: 7, Column: 3, Cell: " 118.70 "}
		e.Published = time.Date(2014, 1, 1, 0, 0, 0, 123456789, time.UTC).Add(-time.Hour)
		words := entry("gdp.cn.cny.yoy", "2013", "0")
		words.State, words.Reason, words.Text = obs.InWords, "words", "2.6 times more"
		below := entry("gdp.cn.cny", "2012", "0.0")
		below.State, below.Status = obs.BelowUnit, "N"
		zero := entry("gdp.cn.cny", "2011", "0")
		zero.State, zero.Value = obs.Nil, zero.Value.Exact()
		indexed := entry("gdp.cn.cny.yoy", "2012", "7.7")
		indexed.Indexed = true
		revision := f.publish(time.Time{}, e, words, below, zero, indexed)
		got := map[string]obs.Version{}
		if err := f.Scan(t.Context(), query.Selection{}, f.now(), func(v *obs.Version) error {
			got[v.Series.Code+" "+v.Period.String()] = *v
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []obs.Entry{e, words, below, zero, indexed} {
			code := want.Key.Code()
			v := got[code+" "+want.Period.String()]
			if want.Published.IsZero() {
				want.Published = revision.RecordedAt
			}
			want.Published = vintage.Micros(want.Published)
			if !v.Value.SameAs(want.Value) || v.Value.Text() != want.Value.Text() || v.Value.Multiplier() != want.Value.Multiplier() ||
				v.Value.Decimals() != want.Value.Decimals() {
				t.Errorf("%s: value = %v with %d decimals, want %v with %d", code, v.Value, v.Value.Decimals(), want.Value, want.Value.Decimals())
			}
			v.Value, want.Value = e.Value, e.Value
			if diff := cmp.Diff(want.Observation, v.Observation, cmp.Comparer(func(a, b obs.Observation) bool { return a == b })); diff != "" {
				t.Errorf("%s: %s", code, diff)
			}
			if v.Revision != revision.ID || !v.RecordedAt.Equal(revision.RecordedAt) {
				t.Errorf("%s: revision = %s of %v, want %s of %v", code, v.Revision, v.RecordedAt, revision.ID, revision.RecordedAt)
			}
			if !v.Series.Key.Equal(want.Key) || v.Series.Multiplier != 9 {
				t.Errorf("%s: series = %+v, want %+v at multiplier 9", code, v.Series, want.Key)
			}
		}
	})
}

func TestNegativeDecimalsComeBack(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		e := entry("gdp.cn.cny", "2013", "118.7")
		e.Value = e.Value.At(6) // 118700 million, of which the last two digits say nothing
		f.publish(time.Time{}, e)
		if err := f.Scan(t.Context(), query.Selection{}, f.now(), func(v *obs.Version) error {
			if v.Value.Text() != "118700" || v.Value.Decimals() != -2 || v.Value.Multiplier() != 6 {
				t.Errorf("value = %s with %d decimals at %d, want 118700 with -2 at 6", v.Value.Text(), v.Value.Decimals(), v.Value.Multiplier())
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheMultiplierIsThatOfTheFirstValue(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		second := entry("gdp.cn.cny", "2014", "1187")
		second.Value = second.Value.At(8)
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		f.publish(time.Time{}, second)
		covered, err := f.Coverage(t.Context(), query.Selection{}, f.now())
		if err != nil || len(covered) != 1 || covered[0].Series.Multiplier != 9 {
			t.Errorf("Coverage = %+v, %v, want one series at multiplier 9", covered, err)
		}
	})
}

func TestCoverageCountsWhatStands(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var entries []obs.Entry
		for _, when := range []string{
			"2013-02-28", "2012-02-28", "2012-02-28/2012-02-29", "2012-02-29", "2013-Q1", "2013-Q2", "2014-Q1", "2013", "2013-01-01/P9M", "2011-01/2012-12",
		} {
			entries = append(entries, entry("gdp.cn.cny", when, "1"))
		}
		gone := entry("exports.cn.cny", "2013", "1")
		f.publish(time.Time{}, append(entries, gone)...)
		early := f.now()
		f.clock.Set(day(2))
		gone.Withdrawn, gone.State, gone.Reason = true, obs.Missing, "withdrawn"
		f.publish(time.Time{}, gone, entry("gdp.cn.cny", "2013-Q1", "2"), entry("gdp.cn.cny", "2015", "1"))
		p := period.MustParse
		spans := []obs.Span{
			{Frequency: period.Annual, First: p("2013"), Last: p("2013"), Count: 1},
			{Frequency: period.Quarter, First: p("2013-Q1"), Last: p("2014-Q1"), Count: 3},
			{Frequency: period.Day, First: p("2012-02-28"), Last: p("2013-02-28"), Count: 3},
			{Accumulated: true, First: p("2011-01/2012-12"), Last: p("2013-01-01/P9M"), Count: 2},
			{First: p("2012-02-28/2012-02-29"), Last: p("2012-02-28/2012-02-29"), Count: 1},
		}
		single := []obs.Span{{Frequency: period.Annual, First: p("2013"), Last: p("2013"), Count: 1}}
		f.wantCoverage("early", early, []string{"exports.cn.cny", "gdp.cn.cny"}, [][]obs.Span{single, spans})
		later := slices.Clone(spans)
		later[0].Last, later[0].Count = p("2015"), 2
		f.wantCoverage("now", f.now(), []string{"exports.cn.cny", "gdp.cn.cny"}, [][]obs.Span{nil, later})
		f.wantCoverage("before anything", vintage.Now(early.Recorded.Add(-time.Microsecond)), nil, nil)
	})
}

func (f *fixture) wantCoverage(name string, at vintage.Point, codes []string, spans [][]obs.Span) {
	f.Helper()
	got, err := f.Coverage(context.Background(), query.Selection{}, at)
	if err != nil || len(got) != len(codes) {
		f.Fatalf("%s: Coverage = %+v, %v, want %v", name, got, err, codes)
	}
	for i, c := range got {
		if c.Series.Code != codes[i] || !slices.Equal(c.Spans, spans[i]) {
			f.Errorf("%s: Coverage of %s = %+v, want %s with %+v", name, c.Series.Code, c.Spans, codes[i], spans[i])
		}
	}
}

func TestPrecedingIsWhatWasInForceBefore(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		f.clock.Set(day(3))
		f.publish(day(9), entry("gdp.cn.cny", "2013", "2")) // hidden until day 9
		y := period.MustParse("2013")
		asks := []ingest.Ask{
			{Code: "gdp.cn.cny", Period: y, PublishedAt: day(2)},
			{Code: "gdp.cn.cny", Period: y, PublishedAt: day(9)},
			{Code: "gdp.cn.cny", Period: y, PublishedAt: day(1).Add(-time.Hour)},
			{Code: "gdp.cn.cny", Period: period.MustParse("2012"), PublishedAt: day(9)},
			{Code: "gdp.none.cny", Period: y, PublishedAt: day(9)},
		}
		got, err := f.Preceding(t.Context(), asks)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"1", "2", "", "", ""} {
			text := ""
			if got[i] != nil {
				text = got[i].Value.Text()
			}
			if text != want {
				t.Errorf("Preceding(%v) = %q, want %q", asks[i], text, want)
			}
		}
		counts, err := f.Standing(t.Context(), []string{"gdp.none.cny", "gdp.cn.cny"})
		if err != nil || !slices.Equal(counts, []int{0, 1}) {
			t.Errorf("Standing = %v, %v, want [0 1]", counts, err)
		}
	})
}

func TestAnEmbargoHidesEverythingUntilItsInstant(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		before := f.now()
		hidden := f.publish(day(5), entry("gdp.cn.cny", "2013", "2"), entry("secret.cn.cny", "2013", "3"))
		head, err := f.Head(t.Context())
		if err != nil || !head.Instant.Equal(before.Recorded) || !head.Next.Equal(day(5)) {
			t.Errorf("Head = %+v, %v, want the instant %v and next day 5", head, err, before.Recorded)
		}
		f.clock.Set(day(5).Add(-time.Microsecond))
		if f.now() != before {
			t.Errorf("the live point = %v, want %v", f.now(), before)
		}
		_, err = f.Revision(t.Context(), hidden.ID, f.now())
		wantFault(t, "Revision", err, fault.NotFound, fault.UnknownRevision)
		if list, total, err := f.Revisions(t.Context(), f.now(), "", 10); err != nil || total != 2 || len(list) != 2 {
			t.Errorf("Revisions = %v, %d, %v, want 2", list, total, err)
		}
		_, _, err = f.Revisions(t.Context(), f.now(), hidden.ID, 10)
		wantFault(t, "Revisions before a hidden one", err, fault.NotFound, fault.UnknownRevision)
		if covered, err := f.Coverage(t.Context(), query.Selection{}, f.now()); err != nil || len(covered) != 1 {
			t.Errorf("Coverage = %v, %v, want one series", covered, err)
		}
		f.clock.Set(day(5))
		if got := f.texts(query.Selection{}, f.now()); !slices.Equal(got, []string{"gdp.cn.cny 2013 2", "secret.cn.cny 2013 3"}) {
			t.Errorf("Scan = %q, want both", got)
		}
		if at := f.now(); !at.Recorded.Equal(day(5)) {
			t.Errorf("the live point = %v, want day 5", at)
		}
		for _, c := range []struct {
			at   vintage.Point
			want bool
		}{{f.now(), true}, {before, true}, {vintage.At(day(1), day(5)), true}, {vintage.Now(day(4)), false}, {vintage.Now(day(6)), false}} {
			if got, err := f.Moment(t.Context(), c.at); err != nil || got != c.want {
				t.Errorf("Moment(%v) = %v, %v, want %v", c.at, got, err, c.want)
			}
		}
		asOf := vintage.At(day(4), day(5))
		_, err = f.Revision(t.Context(), hidden.ID, asOf)
		wantFault(t, "Revision as of before", err, fault.NotFound, fault.UnknownRevision)
	})
}

func TestRevisionsArePagedByVisibility(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		late := f.publish(day(4), entry("gdp.cn.cny", "2013", "1"))
		f.clock.Set(day(2))
		first := f.publish(time.Time{}, entry("gdp.cn.cny", "2012", "1"))
		f.clock.Set(day(5))
		undo, err := f.Undo(t.Context(), first.ID, "clerk", "wrong")
		if err != nil {
			t.Fatal(err)
		}
		list, total, err := f.Revisions(t.Context(), f.now(), "", 2)
		if err != nil || total != 4 || len(list) != 2 || list[0].ID != undo.ID || list[1].ID != late.ID {
			t.Fatalf("Revisions = %+v, %d, %v, want %s and %s of 4", list, total, err, undo.ID, late.ID)
		}
		if list[0].Undoes != first.ID || list[0].Kind != obs.ByUndo || list[1].Rows != 1 || list[1].Import == "" {
			t.Errorf("Revisions = %+v, want the undo of %s and one row", list, first.ID)
		}
		rest, _, err := f.Revisions(t.Context(), f.now(), list[1].ID, 5)
		if err != nil || len(rest) != 2 || rest[0].ID != first.ID || rest[1].Kind != obs.ByCatalog {
			t.Errorf("Revisions before = %+v, %v, want %s and the catalogue", rest, err, first.ID)
		}
		for _, id := range []string{first.ID, undo.ID} {
			var got []string
			if err := f.Stated(t.Context(), id, f.now(), func(v *obs.Version, undone time.Time) error {
				got = append(got, text(v)+" undone "+undone.UTC().Format(time.DateOnly))
				return nil
			}); err != nil || !slices.Equal(got, []string{"gdp.cn.cny 2012 1 undone 2014-01-05"}) {
				t.Errorf("Stated(%s) = %q, %v, want what was undone on day 5", id, got, err)
			}
		}
	})
}

func TestUndoRefusesWhatItCannotTakeBack(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		revision := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		undo, err := f.Undo(t.Context(), revision.ID, "clerk", "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Undo(t.Context(), revision.ID, "clerk", "")
		wantFault(t, "Undo twice", err, fault.Conflict, fault.AlreadyUndone)
		_, err = f.Undo(t.Context(), undo.ID, "clerk", "")
		wantFault(t, "Undo of an undo", err, fault.Conflict, fault.UndoOfUndo)
		_, err = f.Undo(t.Context(), "000000000000", "clerk", "")
		wantFault(t, "Undo of nothing", err, fault.NotFound, fault.UnknownRevision)
		list, _, err := f.Revisions(t.Context(), f.now(), "", 10)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Undo(t.Context(), list[len(list)-1].ID, "clerk", "")
		wantFault(t, "Undo of the catalogue", err, fault.Conflict, fault.CatalogueNotUndone)
	})
}

func TestOneCodeIsOneSeriesHoweverItIsPut(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		e := entry("exports.cn.cny.partner-us.product-steel", "2013", "1")
		other := e
		other.Key.Breakdowns = []series.Breakdown{e.Key.Breakdowns[1], e.Key.Breakdowns[0]}
		other.Period = period.MustParse("2014")
		f.publish(time.Time{}, e, other)
		if got := f.texts(query.Selection{}, f.now()); len(got) != 2 || got[1] != "exports.cn.cny.partner-us.product-steel 2014 1" {
			t.Errorf("Scan = %q, want two years of one series", got)
		}
	})
}
