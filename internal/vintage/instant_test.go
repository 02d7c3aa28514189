package vintage_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones are the same wherever the tests run

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	i, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return i.UTC()
}

func TestAsOf(t *testing.T) {
	now := instant(t, "2014-02-22T03:00:00.5Z") // 11:00 in Shanghai, still the 21st in New York
	for _, c := range []struct{ name, text, zone, want, code string }{
		{"a past day ends in the zone", "2014-02-21", "Asia/Shanghai", "2014-02-21T15:59:59.999999Z", ""},
		{"today is now", "2014-02-22", "Asia/Shanghai", "2014-02-22T03:00:00.5Z", ""},
		{"today elsewhere is now", "2014-02-21", "America/New_York", "2014-02-22T03:00:00.5Z", ""},
		{"tomorrow", "2014-02-23", "Asia/Shanghai", "", "as_of_in_future"},
		{"tomorrow elsewhere", "2014-02-22", "America/New_York", "", "as_of_in_future"},
		{"an instant", "2014-02-22T10:00:00+08:00", "UTC", "2014-02-22T02:00:00Z", ""},
		{"lower case", "2014-02-22t02:00:00z", "UTC", "2014-02-22T02:00:00Z", ""},
		{"now itself", "2014-02-22T03:00:00.5Z", "UTC", "2014-02-22T03:00:00.5Z", ""},
		{"beyond microseconds is cut", "2014-02-22T03:00:00.5000009Z", "UTC", "2014-02-22T03:00:00.5Z", ""},
		{"a microsecond later", "2014-02-22T03:00:00.500001Z", "UTC", "", "as_of_in_future"},
		{"no such day", "2014-02-30", "UTC", "", "period_day_out_of_range"},
		{"no such day with a time", "2014-02-30T00:00:00Z", "UTC", "", "instant_unrecognised"},
		{"a period", "2013-Q3", "UTC", "", "instant_unrecognised"},
		{"a month", "2014-01", "UTC", "", "instant_unrecognised"},
		{"ten characters", "2014/02/22", "UTC", "", "instant_unrecognised"},
		{"empty", "", "UTC", "", "instant_unrecognised"},
		{"no offset", "2014-02-22T02:00:00", "UTC", "", "instant_unrecognised"},
		{"a plus that became a space", "2014-02-22T10:00:00 08:00", "UTC", "", "instant_unrecognised"},
		{"one digit hour", "2014-02-22T2:00:00Z", "UTC", "", "instant_unrecognised"},
		{"comma fraction", "2014-02-22T02:00:00,5Z", "UTC", "", "instant_unrecognised"},
		{"empty fraction", "2014-02-22T02:00:00.Z", "UTC", "", "instant_unrecognised"},
		{"offset of a day", "2014-02-22T02:00:00+24:00", "UTC", "", "instant_unrecognised"},
		{"offset of sixty minutes", "2014-02-22T02:00:00+08:60", "UTC", "", "instant_unrecognised"},
		{"hour 24", "2014-02-21T24:00:00Z", "UTC", "", "instant_unrecognised"},
		{"a year beyond the range", "0013-02-21T20:00:00Z", "UTC", "", "period_year_out_of_range"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := vintage.AsOf(c.text, zone(t, c.zone), now)
			if code := string(fault.CodeOf(err)); code != c.code {
				t.Fatalf("AsOf(%q, %s) error %q (%v), want %q", c.text, c.zone, code, err, c.code)
			}
			if c.code == "" && !got.Equal(instant(t, c.want)) {
				t.Errorf("AsOf(%q, %s) = %v, want %s", c.text, c.zone, got, c.want)
			}
		})
	}
}

func TestPublication(t *testing.T) {
	now := instant(t, "2014-02-22T03:00:00Z")
	for _, c := range []struct{ name, text, zone, want, code string }{
		{"a day starts in the zone", "2014-02-22", "Asia/Shanghai", "2014-02-21T16:00:00Z", ""},
		{"an earlier day", "2012-07-30", "Europe/Berlin", "2012-07-29T22:00:00Z", ""},
		{"a day to come", "2014-02-23", "Asia/Shanghai", "", "publication_time_missing"},
		{"a day that has not begun there", "2014-02-22", "America/New_York", "", "publication_time_missing"},
		{"an instant to come", "2014-03-01T10:00:00+08:00", "Asia/Shanghai", "2014-03-01T02:00:00Z", ""},
		{"no day", "soon", "UTC", "", "instant_unrecognised"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := vintage.Publication(c.text, zone(t, c.zone), now)
			if code := string(fault.CodeOf(err)); code != c.code {
				t.Fatalf("Publication(%q, %s) error %q (%v), want %q", c.text, c.zone, code, err, c.code)
			}
			if c.code == "" && !got.Equal(instant(t, c.want)) {
				t.Errorf("Publication(%q, %s) = %v, want %s", c.text, c.zone, got, c.want)
			}
		})
	}
}

// The days whose midnight is missing, doubled or skipped with the whole day.
func TestStartOfDayWhereClocksMove(t *testing.T) {
	for _, c := range []struct{ name, zone, day, want string }{
		{"no midnight", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"},
		{"no midnight, east", "Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"},
		{"two midnights", "America/Havana", "2013-11-03", "2013-11-03T04:00:00Z"},
		{"midnight once after going back to eleven", "America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"},
		{"a day that was left out", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
		{"the day after it", "Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"plain", "Asia/Shanghai", "2014-02-22", "2014-02-21T16:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := vintage.StartOfDay(period.MustParseDate(c.day), zone(t, c.zone))
			if !got.Equal(instant(t, c.want)) {
				t.Errorf("StartOfDay(%s, %s) = %v, want %s", c.day, c.zone, got, c.want)
			}
		})
	}
}

// A day's instants are those with its civil date: the first has it, the one
// before has not, and an end is where the next day starts.
func TestDaysFollowOneAnother(t *testing.T) {
	names := []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana", "Asia/Beirut", "Asia/Kolkata", "Pacific/Auckland"}
	zones := map[string]*time.Location{}
	for _, name := range names {
		zones[name] = zone(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "zone")
		day := period.Date(rapid.Int32Range(0, 25000).Draw(t, "day"))
		start, end := vintage.StartOfDay(day, zones[name]), vintage.EndOfDay(day, zones[name])
		for what, c := range map[string]struct {
			at   time.Time
			want period.Date
		}{
			"start":        {start, day},
			"before start": {start.Add(-time.Microsecond), day - 1},
			"end":          {end, day},
			"after end":    {end.Add(time.Microsecond), day + 1},
		} {
			if got := vintage.DayOf(c.at, zones[name]); got != c.want {
				t.Errorf("%s of %s in %s is on %s, want %s", what, day, name, got, c.want)
			}
		}
		if length := end.Sub(start); length < 22*time.Hour || length > 26*time.Hour {
			t.Errorf("%s in %s lasts %s", day, name, length)
		}
	})
}

func FuzzAsOf(f *testing.F) {
	for _, s := range []string{"2014-02-22", "2014-02-22T10:00:00+08:00", "2014-02-22t02:00:00.123456z", "2014-02-22T02:00:00,5Z", "2016-02-29"} {
		f.Add(s)
	}
	now := instant(f, "2024-01-01T00:00:00Z")
	shanghai := zone(f, "Asia/Shanghai")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := vintage.AsOf(text, shanghai, now)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("AsOf(%q) error %v is not the asker's", text, err)
			}
			return
		}
		if got.After(now) || got != vintage.Micros(got) {
			t.Errorf("AsOf(%q) = %v, want a microsecond until %v", text, got, now)
		}
		again, err := vintage.AsOf(got.Format(time.RFC3339Nano), shanghai, now)
		if err != nil || again != got {
			t.Errorf("AsOf(%q) = %v, which reads again as %v, %v", text, got, again, err)
		}
	})
}
