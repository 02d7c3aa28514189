package api

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOtherNamesLeadToTheCode asks for entries by what else they go by.
func TestOtherNamesLeadToTheCode(t *testing.T) {
	s := sampled(t, Config{})
	for path, want := range map[string]string{
		"/v1/indicators/GRP": "/v1/indicators/gdp", "/v1/indicators/" + url.PathEscape("地区生产总值"): "/v1/indicators/gdp",
		"/v1/areas/LNA": "/v1/areas/cn-cq-lj", "/v1/areas/liangjiang?lang=zh": "/v1/areas/cn-cq-lj?lang=zh",
		"/v1/areas/" + url.PathEscape("两江新区"): "/v1/areas/cn-cq-lj", "/v1/areas/CHN.json": "/v1/areas/cn.json",
		"/v1/areas/156": "/v1/areas/cn", "/v1/units/RMB": "/v1/units/cny", "/v1/units/156": "/v1/units/cny",
		"/v1/areas/Liangjiang%20New%20Area": "/v1/areas/cn-cq-lj",
	} {
		r := s.get(path).want(308)
		if got := r.Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
		s.get(r.Header().Get("Location")).want(200)
	}
	s.get("/v1/units/CNY").want(200)
	s.get("/v1/areas/CN_CQ_LJ").want(200)
	if p := s.get("/v1/areas/congo").problem(400, "label_ambiguous"); !strings.Contains(p.Errors[0].Expected, "cd (") || p.Errors[0].Parameter != "code" {
		t.Errorf("an ambiguous name: errors = %+v, want the choice", p.Errors)
	}
}

// TestFiltersTakeOtherNames asks the same question in two ways.
func TestFiltersTakeOtherNames(t *testing.T) {
	s := sampled(t, Config{})
	for _, pair := range [][2]string{
		{"/v1/observations?area=cn-cq-lj&indicator=gdp", "/v1/observations?area=LNA&indicator=GRP"},
		{"/v1/observations?area=cn-cq-lj", "/v1/observations?area=" + url.QueryEscape("两江新区")},
		{"/v1/observations?area=cn&unit=CNY", "/v1/observations?area=CHN,156&unit=renminbi"},
		{"/v1/series/gdp.cn-cq-lj.cny/observations?currency=USD", "/v1/series/gdp.cn-cq-lj.cny/observations?currency=" + url.QueryEscape("US Dollar")},
	} {
		one, other := s.rows(pair[0]), s.rows(pair[1])
		if diff := cmp.Diff(one.Observations, other.Observations); diff != "" || one.Total == 0 {
			t.Errorf("%s and %s differ:\n%s", pair[0], pair[1], diff)
		}
	}
	s.get("/v1/series?area=liangjiang").want(200)
	s.get("/v1/convert?amount=1&from=RMB&to=US%20Dollar&period=2013").want(200)
	if p := s.get("/v1/observations?area=Congo").problem(400, "label_ambiguous"); p.Errors[0].Parameter != "area" || !strings.Contains(p.Errors[0].Expected, "cg (") {
		t.Errorf("an ambiguous area: errors = %+v, want the choice", p.Errors)
	}
	s.get("/v1/observations?area=atlantis").problem(404, "unknown_code")
	s.get("/v1/convert?amount=1&from=XYZ&to=USD&period=2013").problem(404, "unknown_code")
}
