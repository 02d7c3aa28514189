package api

import (
	"net/http"
	"strings"
	"testing"
)

// bare asks for one number and fails unless the body is the one given.
func (s *service) bare(path, body string, headers ...string) *response {
	s.Helper()
	r := s.get(path).want(200)
	if r.Body.String() != body || r.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		s.Errorf("%s: %q as %s, want %q", path, r.Body, r.Header().Get("Content-Type"), body)
	}
	for i := 0; i < len(headers); i += 2 {
		if got := r.Header().Get("Bellwether-" + headers[i]); got != headers[i+1] {
			s.Errorf("%s: Bellwether-%s is %q, want %q", path, headers[i], got, headers[i+1])
		}
	}
	return r
}

func TestOneNumberAsText(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M.txt"
		s.bare(path, "118.7\n", "Series", "gdp.cn-cq-lj.cny", "Period", "2013-01-01/P9M", "Unit", "CNY", "Multiplier", "9",
			"Decimals", "1", "Status", "A", "Flags", "contradicted;guess", "Reason", "")
		for ask, want := range map[string]string{
			"?scale=0": "118700000000\n", "?scale=million": "118700\n", "?currency=usd": "19.25\n", "?currency=USD&scale=million": "19250\n",
			"?currency=USD&fx=fixed:6": "19.78\n", "?as_of=2014-03-01": "118.7\n",
		} {
			s.bare(path+ask, want)
		}
		s.bare("/v1/series/GDP.cn_cq_lj.CNY/observations/9M%202013.txt?scale=yi", "1187\n", "Multiplier", "8", "Decimals", "0")
		s.bare("/v1/series/exports.cn-cq-lj.usd/observations/9M2013.txt", "13.320\n", "Unit", "USD")
		s.bare("/v1/series/gdp.cn.cny/observations/2013-Q3.txt?frequency=Q", "138753\n", "Flags", "derived", "Half-Width", "1.0", "Derivation", "2013-01-01/P9M - 2013-H1")
		s.bare("/v1/series/gdp.cn.cny/observations/2014.txt?transform=yoy", "8.14\n", "Unit", "percent", "Multiplier", "0", "Base", "2013")
		s.bare("/v1/series/gdp.cn.cny/observations/2011.txt?transform=yoy", "", "Status", "O", "Reason", "base_missing")
		s.bare("/v1/series/gdp.cn.cny/observations/2013.txt?vintage=first", "568845\n")
		s.get(path+"?as_of=2013-12-31").problem(404, "unknown_observation")
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2031.txt").problem(404, "unknown_observation")
		s.get("/v1/series/gdp.cn-cq-lx.cny/latest.txt").problem(404, "unknown_code")
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2013.1.txt").problem(400, "period_decimal")
		for _, several := range []string{"USD,EUR", "USD,USD", "USD,"} {
			p := s.get(path+"?currency="+several).problem(400, "invalid_parameter")
			if !strings.Contains(p.Detail, "one ISO 4217 currency such as USD, as a cell has one number") {
				s.Errorf("currency=%s: %q, want that a cell has one currency", several, p.Detail)
			}
		}
		s.get(path+"?currency=USD&currency=EUR").problem(400, "repeated_parameter")
		s.get(path+"?fx=average").problem(400, "parameter_conflict")
		s.get(path+"?format=json").problem(400, "unknown_parameter")
	})
}

func TestTheNewestNumberAsText(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.publish("indicator,area,period,value,unit,multiplier,status,published\n" +
			"gdp,cn,2013-Q4,10.5,CNY,9,P,2014-01-20\ngdp,cn,2013,40.0,CNY,9,A,2014-01-20\ngdp,cn,2013-Q3,9.9,CNY,9,A,2013-10-20\n")
		s.publish("indicator,area,period,value,unit,multiplier,published\n" +
			"exports,cn,2012年1-2月,20.0,USD,9,2012-03-10\nexports,cn,2012年3月,12.0,USD,9,2012-04-10\n")
		for _, month := range []string{"2012-01", "2012-02"} {
			s.bare("/v1/series/exports.cn.usd/observations/"+month+".txt?frequency=M", "", "Reason", "combined_jan_feb", "Derivation", "missing 2012-01")
		}
		for _, path := range []string{"/v1/series/gdp.cn.cny/latest.txt", "/v1/series/gdp.cn.cny/observations/latest.txt"} {
			s.bare(path, "40.0\n", "Period", "2013", "Status", "A")
			s.bare(path+"?frequency=Q", "10.5\n", "Period", "2013-Q4", "Status", "P")
			s.bare(path+"?as_of=2013-12-31", "9.9\n", "Period", "2013-Q3")
			s.get(path+"?as_of=2010").problem(400, "instant_unrecognised")
			s.get(path+"?frequency=M&accumulation=single").problem(404, "unknown_observation")
		}
	})
}

// TestWhatIsNoNumberIsNoText holds an empty body with its reason, and that a
// change of the status alone changes the ETag.
func TestWhatIsNoNumberIsNoText(t *testing.T) {
	onEmpty(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		path := "/v1/series/gdp.cn.cny/latest.txt"
		publish := func(value, status, published string) {
			s.publish("indicator,area,period,value,unit,multiplier,status,published\ngdp,cn,2013," + value + ",CNY,9," + status + "," + published + "\n")
		}
		publish("n/a", "", "2014-01-01")
		s.bare(path, "", "Status", "O", "Reason", "not_available", "Unit", "CNY", "Decimals", "")
		publish("58.8", "P", "2014-02-01")
		first := s.bare(path, "58.8\n", "Status", "P", "Reason", "")
		s.get(path, "If-None-Match", first.Header().Get("ETag")).want(304)
		publish("58.8", "A", "2014-03-01")
		second := s.get(path, "If-None-Match", first.Header().Get("ETag")).want(200)
		if second.Header().Get("Bellwether-Status") != "A" {
			t.Errorf("headers = %v", second.Header())
		}
	})
}

// TestTextLeadsOn holds the links of a number as text, and what the path takes.
func TestTextLeadsOn(t *testing.T) {
	s := sampled(t, Config{})
	path := "/v1/series/gdp.cn-cq-lj.cny/observations/9M2013.txt"
	r := s.get(path).want(200)
	link := r.Header().Get("Link")
	for _, want := range []string{`</v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M>; rel="describedby"`, `rel="memento"`} {
		if !strings.Contains(link, want) {
			t.Errorf("Link = %s lacks %s", link, want)
		}
	}
	if got := r.Header().Get("Access-Control-Expose-Headers"); !strings.Contains(got, "Bellwether-Unit") {
		t.Errorf("a script may read %s only", got)
	}
	if head := s.do(http.MethodHead, path, nil).want(200); head.Body.Len() != 0 || head.Header().Get("Bellwether-Unit") != "CNY" {
		t.Errorf("HEAD: %v %q", head.Header(), head.Body)
	}
	s.do(http.MethodPost, path, nil).problem(405, "method_not_allowed")
	s.do(http.MethodOptions, path, nil).want(204)
	s.get("/v1/series/gdp.cn-cq-lj.cny/observations/9M2013").want(200)
	s.get("/v1/series/gdp.cn-cq-lj.cny.txt").problem(406, "not_acceptable")
}
