package api

import (
	"net/http"
	"testing"
	"time"
)

// TestIfModifiedSince asks by date while two changes come in one second, of
// which the date must not hide the second.
func TestIfModifiedSince(t *testing.T) {
	onEmpty(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		const path, header = "/v1/series/gdp.cn.cny/observations", "If-Modified-Since"
		at := func(after time.Duration) { s.clock.Set(start.Add(after)) }
		publish := func(value string) {
			t.Helper()
			s.publish("indicator,area,period,value,unit,multiplier,published\ngdp,cn,2013," + value + ",CNY,8,2014-01-20\n")
		}
		at(200 * time.Millisecond)
		publish("568845")
		at(300 * time.Millisecond)
		if early := s.get(path).want(200).Header().Get("Last-Modified"); early != "" {
			t.Errorf("Last-Modified within the second of the change = %q, want none", early)
		}
		s.get(path, header, start.Format(http.TimeFormat)).want(200)
		at(500 * time.Millisecond)
		publish("588019")
		at(10 * time.Second)
		date := s.get(path).want(200).Header().Get("Last-Modified")
		if want := start.Add(time.Second).Format(http.TimeFormat); date != want {
			t.Fatalf("Last-Modified = %q, want %q", date, want)
		}
		for _, test := range []struct {
			name   string
			want   int
			header []string
		}{
			{"its own date", 304, []string{header, date}},
			{"a later date", 304, []string{header, start.Add(5 * time.Second).Format(http.TimeFormat)}},
			{"the old form of dates", 304, []string{header, start.Add(time.Second).Format(time.RFC850)}},
			{"an earlier date", 200, []string{header, start.Format(http.TimeFormat)}},
			{"a date to come", 200, []string{header, start.Add(time.Hour).Format(http.TimeFormat)}},
			{"no date", 200, []string{header, "yesterday"}},
			{"another tag wins", 200, []string{header, date, "If-None-Match", `"other"`}},
		} {
			r := s.get(path, test.header...)
			if r.Code != test.want {
				t.Errorf("%s: %d, want %d", test.name, r.Code, test.want)
			}
			if r.Code == 304 && (r.Body.Len() > 0 || r.Header().Get("ETag") == "" || r.Header().Get("Last-Modified") != date) {
				t.Errorf("%s: %q with %v", test.name, r.Body, r.Header())
			}
		}
		s.get("/v1/export.csv", header, date).want(304)
		s.get("/", header, date).want(304)
		at(20*time.Second + 700*time.Millisecond)
		publish("595244")
		at(25 * time.Second)
		s.get(path, header, date).want(200)
	})
}
