package query_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
)

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
