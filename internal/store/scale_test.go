package store_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
	"bellwether/internal/testdb"
)

// bulk is a large file: so many keys, each stated in so many publications, on
// days of December 2013 from the first one on.
type bulk struct{ keys, publications, first int }

// keysOfSeries is how many days each series of a bulk has: long series, so that
// whoever finds a version by less than its whole key meets many others.
const keysOfSeries = 8000

// each calls put with every row, one publication after the other.
func (b bulk) each(put func(obs.Entry) error) error {
	start := period.MustParseDate("1950-01-01")
	for n := range b.publications {
		published := time.Date(2013, 12, b.first+n, 0, 0, 0, 0, time.UTC)
		for key := range b.keys {
			identity, err := series.Parse(fmt.Sprintf("gdp.cn.cny@d%d", key/keysOfSeries))
			if err != nil {
				return err
			}
			day := start + period.Date(key%keysOfSeries)
			span, err := period.Between(day, day+1)
			if err != nil {
				return err
			}
			e := obs.Entry{Key: identity, Observation: obs.Observation{
				Period: span, Value: figure.New(int64(key+n), 1, 8), Status: "A", Published: published,
			}}
			if err := put(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// publishBulk publishes a bulk as one file.
func (f *fixture) publishBulk(ctx context.Context, b bulk) (obs.Revision, error) {
	body := fmt.Sprint(b, time.Now().UnixNano())
	release := obs.Release{Upload: upload(body), By: "clerk"}
	return f.Publish(ctx, release, bytes.NewReader([]byte(body)), b.each)
}

// TestALargeFileOfSeveralPublicationsIsStored publishes files that state long
// series several times over; how long they take is for BenchmarkPublish.
func TestALargeFileOfSeveralPublicationsIsStored(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		for _, file := range []bulk{{2000, 2, 5}, {2000, 2, 4}} {
			revision, err := f.publishBulk(t.Context(), file)
			if err != nil || revision.Rows != file.keys*file.publications {
				t.Fatalf("Publish(%+v) = %d rows, %v, want all", file, revision.Rows, err)
			}
		}
		f.checkSound()
	})
}

// TestVersionsAreTimedByTheirWholeKey looks at the plan: by revision and series
// PostgreSQL would meet a whole series for each of its rows.
func TestVersionsAreTimedByTheirWholeKey(t *testing.T) {
	postgresOnly(t, func(t *testing.T, f *fixture) {
		if _, err := f.publishBulk(t.Context(), bulk{2000, 2, 5}); err != nil {
			t.Fatal(err)
		}
		plan, err := f.RetimingPlan(t.Context(), 2)
		if err != nil || !strings.Contains(plan, "observation_pkey on observation o") {
			t.Errorf("the plan, %v, finds what it updates otherwise than by its key:\n%s", err, plan)
		}
	})
}

// BenchmarkPublish is how long files of several sizes and shapes take: into an
// empty database, and over figures that are there.
func BenchmarkPublish(b *testing.B) {
	for _, engine := range testdb.Engines(b) {
		for _, rows := range []int{16_000, 64_000, 200_000} {
			for _, c := range []struct {
				name  string
				files []bulk // the last one is measured
			}{
				{"once", []bulk{{rows, 1, 5}}},
				{"twice", []bulk{{rows / 2, 2, 5}}},
				{"again", []bulk{{rows, 1, 5}, {rows, 1, 6}}},
				{"earlier", []bulk{{rows, 1, 5}, {rows, 1, 4}}},
				{"between", []bulk{{rows / 2, 2, 5}, {rows / 2, 2, 4}}},
			} {
				b.Run(fmt.Sprintf("%s/%d/%s", engine, rows, c.name), func(b *testing.B) {
					for b.Loop() {
						b.StopTimer()
						f := create(b, testdb.New(b, engine))
						for i, file := range c.files {
							if i == len(c.files)-1 {
								b.StartTimer()
							}
							if _, err := f.publishBulk(b.Context(), file); err != nil {
								b.Fatal(err)
							}
						}
						b.StopTimer()
						f.Close()
						b.StartTimer()
					}
				})
			}
		}
	}
}
