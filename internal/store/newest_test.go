package store_test

import (
	"fmt"
	"testing"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/migrations"
)

// TestTheNewestAreReadWithoutTheRest counts what is read for the newest ends of
// series of many months; PostgreSQL reads all.
func TestTheNewestAreReadWithoutTheRest(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var all []obs.Entry
		for month := range 600 {
			text := time.Date(1960, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
			all = append(all, entry("gdp.cn.cny", text, fmt.Sprint(month)), entry("gdp.de.eur", text, fmt.Sprint(month)))
		}
		f.publish(time.Time{}, append(all, entry("gdp.cn.usd", "1959", "1"))...)
		for newest, want := range map[int]map[string]int{
			0: {"gdp.cn.cny": 600, "gdp.de.eur": 600}, 1: {"gdp.cn.cny": 600, "gdp.de.eur": 13}, 5: {"gdp.cn.cny": 600, "gdp.de.eur": 17},
		} {
			got := map[string]int{}
			err := f.Versions(t.Context(), query.Selection{Codes: []string{"gdp.cn.cny", "gdp.de.eur"}, Newest: newest}, f.now(), func(v *obs.Version) error {
				got[v.Series.Code]++
				return nil
			})
			if f.db.Engine == migrations.Postgres {
				want = map[string]int{"gdp.cn.cny": 600, "gdp.de.eur": 600}
			}
			if err != nil || got["gdp.cn.cny"] != want["gdp.cn.cny"] || got["gdp.de.eur"] != want["gdp.de.eur"] {
				t.Errorf("Versions of the newest %d = %v, %v, want %v", newest, got, err, want)
			}
		}
	})
}
