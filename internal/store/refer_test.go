package store_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"bellwether/internal/obs"
	"bellwether/migrations"
)

// observationColumns are the columns of an observation, in their order.
const observationColumns = "series_id, end_date, start_date, published_at, revision, superseded_at, state, value, decimals, " +
	"multiplier, status, reason, words, withdrawn, as_index, note, source_id, sheet, line, col, cell"

func TestAnObservationRefersToWhatIsThere(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		e := entry("gdp.cn.cny", "2013", "118.70")
		e.Source = obs.Source{Name: "Yearbook"}
		f.publish(time.Time{}, e)
		f.publish(time.Time{}, entry("trade.cn.cny", "2013", "40"))
		raw := f.db.Raw(t)
		if f.db.Engine == migrations.SQLite {
			var err error
			if raw, err = sql.Open("sqlite", "file:"+f.db.File()+"?_pragma=foreign_keys(1)"); err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
		}
		insert := func(column, value string) error {
			_, err := raw.Exec("INSERT INTO observation (" + observationColumns + ") SELECT " +
				strings.Replace(observationColumns, column, value, 1) + " FROM observation WHERE source_id IS NOT NULL")
			return err
		}
		for _, column := range []string{"series_id", "revision", "source_id"} {
			if err := insert(column, "99"); err == nil {
				t.Errorf("an observation whose %s is nowhere was stored, want it refused", column)
			}
		}
		if err := insert("series_id", "2"); err != nil {
			t.Errorf("an observation of another series: %v, want it stored", err)
		}
	})
}
