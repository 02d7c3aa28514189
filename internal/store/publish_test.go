package store_test

import (
	"slices"
	"testing"
	"time"

	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

func TestWhatIsPublishedIsRead(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013-Q1", "118.70"), entry("gdp.cn.cny", "2013-01-01/P9M", "12"))
		want := []string{"gdp.cn.cny 2013-Q1 118.70", "gdp.cn.cny 2013-01-01/P9M 12"}
		if got := f.texts(query.Selection{Codes: []string{"gdp.cn.cny"}}, f.now()); !slices.Equal(got, want) {
			t.Errorf("Scan = %q, want %q", got, want)
		}
	})
}

func TestALaterVersionReplacesAndBothStay(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1.0"))
		first := f.now()
		f.clock.Set(day(2))
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "2.0"))
		all := query.Selection{}
		for _, c := range []struct {
			name string
			at   vintage.Point
			want []string
		}{
			{"now", f.now(), []string{"gdp.cn.cny 2013 2.0"}},
			{"before", first, []string{"gdp.cn.cny 2013 1.0"}},
			{"as of day 1, recorded until now", vintage.At(first.Published, f.now().Recorded), []string{"gdp.cn.cny 2013 1.0"}},
		} {
			if got := f.texts(all, c.at); !slices.Equal(got, c.want) {
				t.Errorf("%s: Scan = %q, want %q", c.name, got, c.want)
			}
		}
		want := []string{"gdp.cn.cny 2013 1.0", "gdp.cn.cny 2013 2.0"}
		if got := f.collect(f.Versions, all, f.now()); !slices.Equal(got, want) {
			t.Errorf("Versions = %q, want %q", got, want)
		}
	})
}
