package api

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAQuarterAlone(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.rows("/v1/series/gdp.cn.cny/observations?period=2013年三季度&frequency=q")
		if len(a.Observations) != 1 {
			t.Fatalf("%d rows, want 1", len(a.Observations))
		}
		want := map[string]any{
			"period": "2013-Q3", "start": "2013-07-01", "end": "2013-09-30", "months": json.Number("3"), "ytd": false,
			"value": json.Number("138753"), "decimals": json.Number("0"), "status": "A", "flags": "derived", "reason": nil,
			"growth_reported": nil, "growth_computed": json.Number("9.79"), "growth_check": nil, "published": "2013-10-18",
			"half_width": json.Number("1.0"), "derivation": "2013-01-01/P9M - 2013-H1",
		}
		if diff := cmp.Diff(want, a.Observations[0]); diff != "" {
			t.Errorf("row (-want +got):\n%s", diff)
		}
		if !strings.Contains(a.Links["self"].(string), "frequency=Q") {
			t.Errorf("links = %v", a.Links)
		}
	})
}

func TestDerivedRowsKeepTheContract(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		for _, path := range []string{
			"/v1/series/gdp.cn-cq-lj.cny/observations?frequency=Q&fields=all",
			"/v1/series/gdp.cn-cq-lj.cny/observations?frequency=Q&accumulation=ytd&currency=USD&scale=million",
			"/v1/observations?accumulation=single&fields=all&measure=all&scenario=all", "/v1/observations?accumulation=ytd&limit=3",
			"/v1/observations?frequency=Q&derive=never", "/v1/observations?frequency=Q&latest=1&area=cn",
			"/v1/observations?frequency=M&transform=pop&area=cn", "/v1/observations.csv?frequency=Q",
			"/v1/series/gdp.cn.cny/observations/2013-Q3?currency=USD", "/v1/series/gdp.cn.cny/observations/2012-H2",
			"/v1/series/gdp.cn-cq-lj.cny/observations/2012--third", "/v1/series/gdp.cn.cny/observations/2013-Q3.txt?frequency=Q",
		} {
			want := 200
			if strings.Contains(path, "third") {
				want = 400
			}
			s.get(path).want(want)
		}
		a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?frequency=Q&fields=period,value,reason,derivation,published,revision")
		first := map[string]any{"period": "2012-Q1", "value": nil, "reason": "missing_neighbour", "derivation": "missing 2012-Q1", "published": nil, "revision": nil}
		if diff := cmp.Diff(first, a.Observations[0]); diff != "" {
			t.Errorf("row (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsSaidBesideDerivation(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		for path, code := range map[string]string{
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3":                      "derivable",
			"/v1/series/gdp.cn-cq.cny/observations?period=2013-H1":                   "",
			"/v1/series/gdp.cn.cny.yoy.real/observations?frequency=Q":                "rate_not_additive",
			"/v1/series/gdp.cn.cny/observations?frequency=Q&vintage=first":           "not_derived",
			"/v1/series/gdp.cn.cny/observations?frequency=Q&derive=NEVER":            "",
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3&as_of=2013-09-30":     "",
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3&as_of=2013-10-31":     "derivable",
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3&currency=usd,cny":     "derivable",
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3&transform=yoy":        "derivable",
			"/v1/series/gdp.cn.cny/observations?period=2013-Q3,2013&frequency=Q":     "",
			"/v1/series/fixed-investment.cn.cny/observations?period=2013-10":         "derivable",
			"/v1/series/fixed-investment.cn.cny/observations?period=2013-01-15":      "",
			"/v1/series/population.cn-cq-lj.persons.target/observations?frequency=A": "stock_not_cumulative",
		} {
			a := s.rows(path)
			if code == "" && len(a.Warnings) == 0 {
				continue
			}
			if len(a.Warnings) != 1 || a.Warnings[0]["code"] != code {
				t.Errorf("%s: warnings %v, want %q", path, a.Warnings, code)
			}
		}
		said := s.rows("/v1/series/gdp.cn.cny/observations?period=2013-Q3&lang=zh").Warnings[0]["message"].(string)
		if !strings.Contains(said, "frequency=Q") || !strings.Contains(said, "推算") {
			t.Errorf("in Chinese: %q", said)
		}
		s.get("/v1/series/gdp.cn.cny/observations?derive=never").problem(400, "parameter_conflict")
		s.get("/v1/series/gdp.cn.cny/observations?frequency=Q&derive=yes").problem(400, "invalid_parameter")
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2013-Q3").problem(404, "unknown_observation")
	})
}
