package api

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTransforms(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		s.publish("indicator,area,period,value,unit,multiplier,published\n" +
			"population,cn-cq-lj,2012,2.35,persons,6,2015-03-01\n" +
			"population,cn-cq-lj,2013-09-30,2.40,persons,6,2015-03-01\n" +
			"industrial-value-added,cn-cq-lj,2013-01-01/P9M,108.4,index-2010,0,2015-03-01\n")
		for _, c := range []struct {
			query string
			want  map[string]any
		}{
			{"transform=yoy", map[string]any{"value": json.Number("4.03"), "unit": "percent", "decimals": json.Number("2"), "base": "2012-01-01/P9M"}},
			{"transform=YOY&currency=USD", map[string]any{"value": json.Number("6.77"), "unit": "percent", "base": "2012-01-01/P9M", "flags": "contradicted;guess;in:USD"}},
			{"transform=pop", map[string]any{"value": nil, "reason": "base_missing", "status": "O", "base": "2012-04-01/P9M"}},
			{"transform=saar", map[string]any{"value": nil, "reason": "needs_seasonal_adjustment"}},
			{"transform=index:2012年1-9月", map[string]any{"value": json.Number("104.03"), "unit": "index", "base": "2012-01-01/P9M"}},
			{"transform=cagr:9M2012", map[string]any{"value": json.Number("4.03"), "base": "2012-01-01/P9M"}},
			{"transform=share:GDP.cn.CNY", map[string]any{"value": json.Number("0.31"), "unit": "percent", "base": "gdp.cn.cny 2013-01-01/P9M"}},
			{"transform=share:trade.cn-cq-lj.usd&currency=USD", map[string]any{"value": json.Number("95.17"), "base": "trade.cn-cq-lj.usd 2013-01-01/P9M"}},
			{"transform=share:trade.cn-cq-lj.usd", map[string]any{"value": nil, "reason": "currency_differs"}},
			{"transform=contribution:gdp.cn.cny", map[string]any{"value": json.Number("0.01"), "unit": "percentage-points", "base": "gdp.cn.cny 2012-01-01/P9M"}},
			{"transform=per:population.cn-cq-lj.persons", map[string]any{"value": json.Number("49500"), "decimals": json.Number("-2"), "unit": "CNY/persons", "multiplier": json.Number("0"),
				"base": "population.cn-cq-lj.persons 2013-09-30"}},
			{"transform=per:population.cn-cq-lj.persons&scale=thousand", map[string]any{"value": json.Number("49.5"), "decimals": json.Number("1"), "multiplier": json.Number("3")}},
			{"transform=real:industrial-value-added.cn-cq-lj.index-2010", map[string]any{"value": json.Number("109.5"), "unit": "CNY", "multiplier": json.Number("9"),
				"base": "industrial-value-added.cn-cq-lj.index-2010 2013-01-01/P9M", "growth_reported": json.Number("16.2"), "growth_computed": json.Number("4.03")}},
		} {
			a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?period=9M2013&" + c.query)
			if len(a.Observations) != 1 {
				t.Fatalf("%s: %d rows, want 1", c.query, len(a.Observations))
			}
			for name, want := range c.want {
				if got := a.Observations[0][name]; got != want {
					t.Errorf("%s: %s = %v, want %v", c.query, name, got, want)
				}
			}
		}
	})
}

func TestTransformsAcrossSeries(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.rows("/v1/observations?indicator=gdp&period=2012&transform=share:gdp.cn.cny&limit=2")
		got := map[any]any{}
		for next := &a; ; {
			for _, row := range next.Observations {
				got[row["series"]] = row["value"]
			}
			if next.Next == nil {
				break
			}
			*next = s.rows("/v1/observations?indicator=gdp&period=2012&transform=share:gdp.cn.cny&limit=2&cursor=" + *next.Next)
		}
		for code, want := range map[string]json.Number{"gdp.cn.cny": "100.00", "gdp.cn-cq.cny": "2.21", "gdp.cn-cq-lj.cny": "0.28"} {
			if got[code] != want {
				t.Errorf("the share of %s is %v, want %s", code, got[code], want)
			}
		}
	})
}

// TestATransformAsOf takes the base that was known then: 2012 was 518,942, and
// 519,470 in January 2014.
func TestATransformAsOf(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "/v1/series/gdp.cn.cny/observations?period=2012&transform=cagr:2011"
		for asOf, want := range map[string]json.Number{"2013-02-01": "9.77", "2013-12-31": "9.69", "2016-01-31": "9.80"} {
			if got := s.rows(path + "&as_of=" + asOf).Observations[0]["value"]; got != want {
				t.Errorf("growth as of %s = %v, want %s", asOf, got, want)
			}
		}
	})
}

func TestTransformsInCSV(t *testing.T) {
	s := sampled(t, Config{})
	r := s.get("/v1/series/gdp.cn-cq-lj.cny/observations.csv?period=9M2013&transform=share:gdp.cn.cny&fields=period,value,unit,base").want(200)
	if want := "period,value,unit,base\r\n2013-01-01/P9M,0.31,percent,gdp.cn.cny 2013-01-01/P9M\r\n"; r.Body.String() != want {
		t.Errorf("CSV = %q, want %q", r.Body, want)
	}
	if name := r.Header().Get("Content-Disposition"); !strings.Contains(name, "gdp.cn-cq-lj.cny") {
		t.Errorf("the file is named %s", name)
	}
}

// TestOneTransformIsOneQuestion asks in two ways for the same.
func TestOneTransformIsOneQuestion(t *testing.T) {
	s := sampled(t, Config{CacheBytes: 1 << 20})
	path := "/v1/series/gdp.cn-cq-lj.cny/observations?transform="
	tag := s.get(path + "index:2012-01-01/P9M").want(200).Header().Get("ETag")
	s.get(path+"Index:2012年前三季度", "If-None-Match", tag).want(304)
}

func TestTransformsThatAreRefused(t *testing.T) {
	s := sampled(t, Config{})
	for _, c := range []struct {
		path     string
		status   int
		code     string
		expected string
	}{
		{"/v1/series/gdp.cn.cny/observations?transform=yoi", 400, "invalid_parameter", "perhaps yoy; one of yoy, pop, saar, index:<period>"},
		{"/v1/series/gdp.cn.cny/observations?transform=index", 400, "invalid_parameter", "index:<period>, such as index:2012"},
		{"/v1/series/gdp.cn.cny/observations?transform=cagr:13Q3", 400, "period_two_digit_year", "four digits"},
		{"/v1/series/gdp.cn.cny/observations?transform=share:gpd.cn.cny", 404, "unknown_code", "gdp.cn.cny"},
		{"/v1/series/gdp.cn.cny/observations?transform=real:gdp.cn-cq.cny", 400, "invalid_parameter", "index-2010"},
		{"/v1/series/gdp.cn.cny.yoy.real/observations?transform=yoy", 400, "invalid_parameter", "levels"},
		{"/v1/observations?measure=all&transform=yoy", 400, "parameter_conflict", ""},
		{"/v1/observations?transform=per:population.cn.persons", 404, "unknown_code", ""},
	} {
		p := s.get(c.path).problem(c.status, c.code)
		if len(p.Errors) == 0 || p.Errors[0].Parameter != "transform" || !strings.Contains(p.Errors[0].Expected, c.expected) {
			t.Errorf("%s: the problem names %+v, want transform and %q", c.path, p.Errors, c.expected)
		}
	}
}
