package store_test

import (
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"bellwether/internal/obs"
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

func TestAnErrorOfTheCallerComesBackAsItIs(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publish(time.Time{}, entry("gdp.cn.cny", "2012", "1"), entry("gdp.cn.cny", "2013", "1"))
		earlier := f.now()
		f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "2"))
		broken := &net.OpError{Op: "write", Err: syscall.EPIPE} // such as that of a reader who went away
		for name, read := range map[string]reading{"Scan": f.Scan, "Versions": f.Versions} {
			for _, at := range []vintage.Point{f.now(), earlier} {
				if err := read(t.Context(), query.Selection{}, at, func(*obs.Version) error { return broken }); err != error(broken) {
					t.Errorf("%s = %v, want %v", name, err, broken)
				}
			}
		}
		release := obs.Release{Upload: upload("x"), By: "clerk"}
		_, err := f.Publish(t.Context(), release, strings.NewReader("x"), func(func(obs.Entry) error) error { return broken })
		if err != error(broken) {
			t.Errorf("Publish = %v, want %v", err, broken)
		}
		_, err = f.Keep(t.Context(), upload("x"), nil, iotest.ErrReader(broken))
		if err != error(broken) {
			t.Errorf("Keep = %v, want %v", err, broken)
		}
	})
}
