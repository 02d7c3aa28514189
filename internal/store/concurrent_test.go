package store_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

func TestTwoProcessesWriteInOneOrder(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(1))
		var writers sync.WaitGroup
		for w, node := range []*fixture{f, other, f, other} {
			writers.Go(func() {
				for n := range 8 {
					e := entry(fmt.Sprintf("gdp.cn.cny@w%d", w), "2013", fmt.Sprint(n))
					if n%2 == 0 {
						e = entry("gdp.cn.cny", "2013", fmt.Sprint(100*w+n)) // they meet here
					}
					if _, err := node.tryPublish(time.Time{}, e); err != nil {
						t.Errorf("Publish: %v", err)
					}
				}
			})
		}
		writers.Wait()
		f.checkSound()
		list, total, err := f.Revisions(t.Context(), f.now(), "", 100)
		if err != nil || total != 33 {
			t.Fatalf("Revisions = %d, %v, want 33", total, err)
		}
		for i := 1; i < len(list); i++ {
			if !list[i].RecordedAt.Before(list[i-1].RecordedAt) {
				t.Errorf("revision %s of %v does not come before %v", list[i].ID, list[i].RecordedAt, list[i-1].RecordedAt)
			}
		}
		if got, want := other.texts(query.Selection{}, other.now()), f.texts(query.Selection{}, f.now()); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("the other process reads %q, want %q", got, want)
		}
	})
}

// TestReadsOfAPointStandStillWhileOthersWrite reads one point again and again
// while another process publishes, undoes and revises.
func TestReadsOfAPointStandStillWhileOthersWrite(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(1))
		f.publish(time.Time{}, entry("gdp.cn.cny", "2012", "1"), entry("gdp.cn.cny", "2013", "1"))
		watching, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { f.Watch(watching) })
		done.Go(func() {
			defer stop()
			for n := range 20 {
				e := entry("gdp.cn.cny", "2013", fmt.Sprint(n+2))
				revision, err := other.tryPublish(time.Time{}, e)
				if err == nil && n%3 == 0 {
					_, err = other.Undo(context.Background(), revision.ID, "clerk", "")
				}
				if err != nil {
					t.Errorf("write: %v", err)
				}
			}
		})
		seen := map[vintage.Point]string{}
		for watching.Err() == nil {
			at := f.now()
			got := strings.Join(f.texts(query.Selection{}, at), "|")
			if before, ok := seen[at]; ok && before != got {
				t.Errorf("at %v: %q, and before %q", at, got, before)
			}
			seen[at] = got
		}
		done.Wait()
		for at, before := range seen {
			if got := strings.Join(f.texts(query.Selection{}, at), "|"); got != before {
				t.Errorf("at %v: %q afterwards, and before %q", at, got, before)
			}
		}
	})
}

// TestAnUndoElsewhereDoesNotReachAnEarlierPoint reads the newest point that a
// node knows just after another process took it back: superseded_at speaks of
// the state without it then, and the point of the state with it.
func TestAnUndoElsewhereDoesNotReachAnEarlierPoint(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(1))
		ctx, stop := context.WithCancel(t.Context())
		var watch sync.WaitGroup
		watch.Go(func() { f.Watch(ctx) })
		defer watch.Wait()
		defer stop()
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "0"), entry("gdp.cn.cny", "2012", "0"))
		for n := range 20 {
			value := fmt.Sprint(n + 1)
			revision := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", value), entry("gdp.cn.cny", "2011", value))
			at := f.now()
			if _, err := other.Undo(t.Context(), revision.ID, "clerk", ""); err != nil {
				t.Fatal(err)
			}
			if got := f.texts(query.Selection{}, at); len(got) != 3 || got[2] != "gdp.cn.cny 2013 "+value {
				t.Fatalf("round %d: Scan at the point of the value = %q, want %s", n, got, value)
			}
			if covered, err := f.Coverage(t.Context(), query.Selection{}, at); err != nil || len(covered) != 1 || covered[0].Spans[0].Count != 3 {
				t.Fatalf("round %d: Coverage = %+v, %v, want three periods", n, covered, err)
			}
		}
	})
}

func TestAWatchSeesWhatAnotherProcessWrites(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(2))
		ctx, stop := context.WithCancel(t.Context())
		var watch sync.WaitGroup
		watch.Go(func() { f.Watch(ctx) })
		defer watch.Wait()
		defer stop()
		written := other.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		f.awaitHead(func(h obs.Head) bool { return h.Instant.Equal(written.RecordedAt) })
		f.clock.Set(day(3))
		own := f.publish(time.Time{}, entry("gdp.cn.cny", "2014", "1"))
		if got := f.now(); !got.Recorded.Equal(own.RecordedAt) {
			t.Errorf("the live point after an own write = %v, want %v at once", got, own.RecordedAt)
		}
	})
}

// awaitHead waits until the head is as wanted.
func (f *fixture) awaitHead(want func(obs.Head) bool) {
	f.Helper()
	ctx, cancel := context.WithTimeout(f.Context(), 20*time.Second)
	defer cancel()
	for {
		head, err := f.Head(ctx)
		if err == nil && want(head) {
			return
		}
		if ctx.Err() != nil {
			f.Fatalf("Head = %+v, %v, not as wanted", head, err)
		}
	}
}

func TestABusyDatabaseIsUnavailable(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		raw := f.db.Raw(t)
		holder, err := raw.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		lock := "BEGIN IMMEDIATE"
		if f.db.Engine == migrations.Postgres {
			lock = "BEGIN; LOCK TABLE revision, observation IN ACCESS EXCLUSIVE MODE"
		}
		if _, err := holder.ExecContext(t.Context(), lock); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		release := obs.Release{Upload: upload("x"), By: "clerk"}
		_, err = f.Publish(ctx, release, strings.NewReader("x"), func(func(obs.Entry) error) error { return nil })
		if fault.KindOf(err) != fault.Unavailable || fault.From(err).RetryAfter <= 0 {
			t.Errorf("Publish = %v, want unavailable with when to try again", err)
		}
		if _, err := holder.ExecContext(t.Context(), "ROLLBACK"); err != nil {
			t.Fatal(err)
		}
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
	})
}

func TestALostConnectionIsUnavailableAndComesBack(t *testing.T) {
	postgresOnly(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		at := f.now()
		raw := f.db.Raw(t)
		err := f.Scan(t.Context(), query.Selection{}, at, func(*obs.Version) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		kick := `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
		began := false
		_, err = f.Publish(t.Context(), obs.Release{Upload: upload("x"), By: "clerk"}, strings.NewReader("x"), func(put func(obs.Entry) error) error {
			began = true
			if _, err := raw.Exec(kick); err != nil {
				return err
			}
			return put(entry("gdp.cn.cny", "2014", "1"))
		})
		if !began || fault.KindOf(err) != fault.Unavailable || fault.From(err).RetryAfter <= 0 {
			t.Errorf("Publish on a lost connection = %v, want unavailable with when to try again", err)
		}
		for _, word := range []string{"pq:", "driver", "57P01"} {
			if detail := fault.From(err).Detail; strings.Contains(detail, word) {
				t.Errorf("detail %q shows %q of the driver", detail, word)
			}
		}
		if got := f.texts(query.Selection{}, at); len(got) != 1 {
			t.Errorf("Scan afterwards = %q, want one row", got)
		}
		f.publish(time.Time{}, entry("gdp.cn.cny", "2014", "1"))
		f.checkSound()
	})
}

func TestAReadThatTakesTooLongIsUnavailable(t *testing.T) {
	postgresOnly(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
		hasty, err := store.Open(t.Context(), store.Options{DSN: f.db.DSN, Clock: f.clock.Now, QueryTimeout: 200 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		defer hasty.Close()
		at := f.now()
		holder, err := f.db.Raw(t).Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer holder.Rollback()
		if _, err := holder.Exec("LOCK TABLE observation IN ACCESS EXCLUSIVE MODE"); err != nil {
			t.Fatal(err)
		}
		err = hasty.Scan(t.Context(), query.Selection{}, at, func(*obs.Version) error { return nil })
		wantFault(t, "Scan", err, fault.Unavailable, fault.DatabaseTimeout)
	})
}

// TestARoleThatOwnsNothingIsEnough serves and imports as a role that could not
// drop a guard, and meets a server that has no connection left.
func TestARoleThatOwnsNothingIsEnough(t *testing.T) {
	postgresOnly(t, func(t *testing.T, f *fixture) {
		raw := f.db.Raw(t)
		role := fmt.Sprintf("clerk_%d", time.Now().UnixNano())
		for _, statement := range []string{
			"CREATE ROLE " + role + " LOGIN",
			"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO " + role,
			"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + role,
			"GRANT UPDATE (superseded_at) ON observation, rate TO " + role,
			"GRANT UPDATE (revoked_at, used_at) ON api_key TO " + role,
		} {
			if _, err := raw.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		t.Cleanup(func() {
			raw.Exec("DROP OWNED BY " + role) //nolint:errcheck // the database goes anyway
			raw.Exec("DROP ROLE " + role)     //nolint:errcheck // a role that is left over harms nobody
		})
		place, err := url.Parse(f.db.DSN)
		if err != nil {
			t.Fatal(err)
		}
		settings := place.Query()
		settings.Set("user", role)
		place.RawQuery = settings.Encode()
		clerk := create(t, testdb.DB{Engine: f.db.Engine, DSN: place.String()})
		points := clerk.live()
		clerk.answers(points)
		clerk.checkSound()
		clerk.Close()
		if _, err := raw.Exec("ALTER ROLE " + role + " CONNECTION LIMIT 0"); err != nil {
			t.Fatal(err)
		}
		_, err = store.Open(t.Context(), store.Options{DSN: place.String()})
		wantFault(t, "Open without a connection left", err, fault.Unavailable, fault.DatabaseUnavailable)
	})
}

func TestACommitWhoseAnswerWasLostIsFound(t *testing.T) {
	postgresOnly(t, func(t *testing.T, f *fixture) {
		for _, happens := range []bool{true, false} {
			line := newLine(t, f.db)
			far := open(t, line.db, day(2))
			release := obs.Release{Upload: upload(fmt.Sprint(happens)), By: "clerk"}
			revision, err := far.Publish(t.Context(), release, strings.NewReader(fmt.Sprint(happens)), func(put func(obs.Entry) error) error {
				line.cut(happens)
				return put(entry("gdp.cn.cny", "2013", "1"))
			})
			if happens {
				if err != nil {
					t.Fatalf("Publish whose commit happened = %v, want the revision", err)
				}
				if _, err := f.Revision(t.Context(), revision.ID, vintage.Now(day(3))); err != nil {
					t.Errorf("Revision = %v, want what Publish returned", err)
				}
			} else if fault.KindOf(err) != fault.Unavailable {
				t.Errorf("Publish whose commit was lost = %v, want unavailable", err)
			}
		}
		if list, err := f.Imports(t.Context(), 10, ""); err != nil || len(list) != 1 {
			t.Errorf("Imports = %v, %v, want one", list, err)
		}
		f.checkSound()
	})
}

// postgresOnly is for what can only happen on a network.
func postgresOnly(t *testing.T, run func(t *testing.T, f *fixture)) {
	t.Helper()
	for _, engine := range testdb.Engines(t) {
		if engine == migrations.Postgres {
			run(t, create(t, testdb.New(t, engine)))
		}
	}
}
