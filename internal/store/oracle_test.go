package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// TestRandomScriptsAgreeWithTheModel runs scripts of imports (late, embargoed,
// of one instant, withdrawing, of several publications) and undos in any order
// on the store and on the plain model of the rule, and asks both the same.
func TestRandomScriptsAgreeWithTheModel(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		f := create(t, db)
		script := 0
		rapid.Check(t, func(r *rapid.T) {
			// Every script has series of its own in the one database, and the
			// clock goes on.
			script++
			s := newScript(f, r, script)
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				s.step(r)
			}
			s.compare(r)
		})
		checkSupersededAt(t, db)
	})
}

// script is one random script: what it did, as the model has it.
type script struct {
	*fixture
	log       vintage.Log
	series    []string
	revisions []string // public ids by the model's number less 1
	start     time.Time
	minute    int
}

func newScript(f *fixture, r *rapid.T, n int) *script {
	s := &script{fixture: f, start: day(1).Add(time.Duration(n) * 24 * time.Hour)}
	for i := range 2 {
		s.series = append(s.series, fmt.Sprintf("gdp.cn.cny@d%d-%d", n, i))
	}
	f.clock.Set(s.start)
	return s
}

// at is the instant of a minute of the script.
func (s *script) at(minute int) time.Time { return s.start.Add(time.Duration(minute) * time.Minute) }

func (s *script) step(r *rapid.T) {
	s.minute += rapid.IntRange(0, 3).Draw(r, "wait")
	s.clock.Set(s.at(s.minute))
	if len(s.revisions) > 0 && rapid.IntRange(0, 2).Draw(r, "undo") == 0 {
		s.undo(rapid.IntRange(1, len(s.revisions)).Draw(r, "target"))
		return
	}
	s.importSome(r)
}

func (s *script) undo(target int) {
	s.Helper()
	revision, err := s.Undo(context.Background(), s.revisions[target-1], "clerk", "wrong")
	if err != nil {
		if code := fault.CodeOf(err); code != fault.AlreadyUndone && code != fault.UndoOfUndo {
			s.Fatalf("Undo: %v", err)
		}
		if _, done := s.log.Undo(target, s.at(s.minute)); done {
			s.Fatalf("Undo(%d) = %v, and the model undoes it", target, err)
		}
		return
	}
	if _, done := s.log.Undo(target, revision.RecordedAt); !done {
		s.Fatalf("Undo(%d) succeeded, and the model refuses it", target)
	}
	s.revisions = append(s.revisions, revision.ID)
}

func (s *script) importSome(r *rapid.T) {
	s.Helper()
	in := vintage.Import{}
	if rapid.IntRange(0, 3).Draw(r, "embargoed") == 0 {
		in.Embargo = s.at(s.minute + rapid.IntRange(-2, 6).Draw(r, "embargo"))
	}
	seen := map[string]bool{}
	var entries []obs.Entry
	for range rapid.IntRange(1, 4).Draw(r, "rows") {
		code := rapid.SampledFrom(s.series).Draw(r, "series")
		when := rapid.SampledFrom([]string{"2013", "2013-Q1", "2013-01-01/P9M"}).Draw(r, "period")
		value := fmt.Sprint(rapid.IntRange(1, 99).Draw(r, "value"))
		e := entry(code, when, value)
		if rapid.Bool().Draw(r, "dated") {
			e.Published = s.at(rapid.IntRange(-5, s.minute-1).Draw(r, "published"))
		}
		key := code + when + vintage.Effective(e.Published, in.Embargo, s.at(s.minute)).String()
		if seen[key] {
			continue
		}
		seen[key] = true
		if rapid.IntRange(0, 4).Draw(r, "withdrawn") == 0 {
			e.Withdrawn, e.State, e.Reason = true, obs.Missing, "withdrawn"
		}
		entries = append(entries, e)
		in.Says = append(in.Says, vintage.Statement{
			Key: vintage.Key{Series: code, Period: e.Period}, Value: e.Value.Text(), Withdrawn: e.Withdrawn, Published: e.Published,
		})
	}
	revision, err := s.tryPublish(in.Embargo, entries...)
	if err != nil {
		s.Fatalf("Publish: %v", err)
	}
	in.Recorded = revision.RecordedAt
	s.log.Import(in)
	s.revisions = append(s.revisions, revision.ID)
}

// compare asks the store and the model for states at random points and at
// those where something happened.
func (s *script) compare(r *rapid.T) {
	s.Helper()
	s.clock.Set(s.at(s.minute + rapid.IntRange(0, 8).Draw(r, "later")))
	live := s.now()
	points := []vintage.Point{live}
	for range 6 {
		recorded := s.at(rapid.IntRange(-1, s.minute+8).Draw(r, "recorded"))
		points = append(points, vintage.At(s.at(rapid.IntRange(-6, s.minute+8).Draw(r, "published")), recorded))
		points = append(points, vintage.At(s.at(rapid.IntRange(-6, s.minute+8).Draw(r, "as of")), live.Recorded))
	}
	for _, v := range s.log.Versions() {
		points = append(points, vintage.Now(v.Recorded), vintage.At(v.Published, live.Recorded))
	}
	for _, at := range points {
		if at.Recorded.After(live.Recorded) {
			continue
		}
		sel := query.Selection{Codes: s.series}
		if got, want := s.texts(sel, at), s.states(at); !slices.Equal(got, want) {
			s.Fatalf("Scan at %v = %q, want %q", at, got, want)
		}
		if got, want := s.collect(s.Versions, sel, at), s.histories(at); !slices.Equal(got, want) {
			s.Fatalf("Versions at %v = %q, want %q", at, got, want)
		}
		if got, want := s.firstReleases(sel, at), s.modelFirstReleases(at); !cmp.Equal(got, want) {
			s.Fatalf("first releases at %v = %v, want %v", at, got, want)
		}
	}
}

func modelText(v vintage.Version) string {
	value := v.Value
	if v.Withdrawn {
		value = "withdrawn"
	}
	return v.Key.Series + " " + v.Key.Period.String() + " " + value
}

func (s *script) states(at vintage.Point) []string {
	list := []string{}
	for _, key := range s.log.Keys(at) {
		v, _ := s.log.State(key, at)
		list = append(list, modelText(v))
	}
	return list
}

func (s *script) histories(at vintage.Point) []string {
	list := []string{}
	for _, key := range s.log.Keys(at) {
		for _, v := range s.log.History(key, at) {
			list = append(list, modelText(v))
		}
	}
	return list
}

// firstReleases takes from Versions the first of each key that is no
// withdrawal.
func (s *script) firstReleases(sel query.Selection, at vintage.Point) map[string]string {
	first := map[string]string{}
	err := s.Versions(context.Background(), sel, at, func(v *obs.Version) error {
		key := v.Series.Code + " " + v.Period.String()
		if _, ok := first[key]; !ok && !v.Withdrawn {
			first[key] = v.Value.Text()
		}
		return nil
	})
	if err != nil {
		s.Fatalf("Versions: %v", err)
	}
	return first
}

func (s *script) modelFirstReleases(at vintage.Point) map[string]string {
	first := map[string]string{}
	for _, key := range s.log.Keys(at) {
		if v, ok := s.log.FirstRelease(key, at); ok {
			first[key.Series+" "+key.Period.String()] = v.Value
		}
	}
	return first
}

// checkSupersededAt compares every stored superseded_at with the plain rule.
func checkSupersededAt(t *testing.T, db testdb.DB) {
	t.Helper()
	instant, forever := "published_at", "superseded_at"
	if db.Engine == migrations.Postgres {
		instant = "CAST(EXTRACT(EPOCH FROM published_at) * 1000000 AS BIGINT)"
		forever = "CASE WHEN isfinite(superseded_at) THEN CAST(EXTRACT(EPOCH FROM superseded_at) * 1000000 AS BIGINT) ELSE 4611686018427387904 END"
	}
	raw := db.Raw(t)
	undone := map[int]bool{}
	rows, err := raw.Query(`SELECT undoes FROM revision WHERE undoes IS NOT NULL`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		undone[n] = true
	}
	rows, err = raw.Query(`SELECT CAST(series_id AS TEXT), CAST(start_date AS TEXT), CAST(end_date AS TEXT), ` + instant + `, revision, ` + forever + `
		FROM observation ORDER BY series_id, end_date, start_date, published_at, revision`)
	if err != nil {
		t.Fatal(err)
	}
	var group []vintage.Version
	var stored []time.Time
	compared := 0
	check := func() {
		for i, want := range vintage.Superseded(group, func(revision int) bool { return undone[revision] }) {
			compared++
			if !stored[i].Equal(want) {
				t.Errorf("%v: superseded_at = %v, want %v", group[i], stored[i], want)
			}
		}
		group, stored = group[:0], stored[:0]
	}
	for rows.Next() {
		var code, start, end string
		var published, superseded int64
		var revision int
		if err := rows.Scan(&code, &start, &end, &published, &revision, &superseded); err != nil {
			t.Fatal(err)
		}
		span, err := period.Between(period.MustParseDate(start), period.MustParseDate(end))
		if err != nil {
			t.Fatal(err)
		}
		key := vintage.Key{Series: code, Period: span}
		if len(group) > 0 && group[0].Key != key {
			check()
		}
		group = append(group, vintage.Version{Key: key, Published: time.UnixMicro(published).UTC(), Revision: revision})
		stored = append(stored, time.UnixMicro(superseded).UTC())
	}
	check()
	if compared == 0 {
		t.Error("no version was compared")
	}
}
