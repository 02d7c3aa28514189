package api

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"bellwether/internal/obs"
)

// who may use a route: without a key, and with one of each role.
type who struct{ none, reader, editor, admin bool }

var (
	everybody   = who{true, true, true, true}
	editors     = who{false, false, true, true}
	admins      = who{false, false, false, true}
	keyHolders  = who{false, true, true, true}
	exampleBody = map[string]string{"createKey": `{"name":"x","role":"reader"}`}
)

// allowed says of every operation who may use it where reading is public and,
// in the second place, where it needs a key.
var allowed = map[string][2]who{
	"front": {everybody, keyHolders}, "index": {everybody, keyHolders},
	"indicators": {everybody, keyHolders}, "indicator": {everybody, keyHolders},
	"areas": {everybody, keyHolders}, "area": {everybody, keyHolders},
	"units": {everybody, keyHolders}, "unit": {everybody, keyHolders},
	"datasets": {everybody, keyHolders}, "dataset": {everybody, keyHolders},
	"indicatorsCSV": {everybody, keyHolders}, "areasCSV": {everybody, keyHolders}, "unitsCSV": {everybody, keyHolders},
	"datasetsCSV": {everybody, keyHolders}, "listSeriesCSV": {everybody, keyHolders}, "ratesCSV": {everybody, keyHolders},
	"listSeries": {everybody, keyHolders}, "oneSeries": {everybody, keyHolders},
	"observations": {everybody, keyHolders}, "observationsCSV": {everybody, keyHolders}, "explain": {everybody, keyHolders},
	"allObservations": {everybody, keyHolders}, "allObservationsCSV": {everybody, keyHolders}, "export": {everybody, keyHolders}, "exportXLSX": {everybody, keyHolders},
	"seriesTargets": {everybody, keyHolders}, "seriesTargetsCSV": {everybody, keyHolders}, "targets": {everybody, keyHolders}, "targetsCSV": {everybody, keyHolders},
	"cell": {everybody, keyHolders}, "latestCell": {everybody, keyHolders}, "seriesCell": {everybody, keyHolders},
	"seriesRevisions": {everybody, keyHolders}, "seriesRevisionsCSV": {everybody, keyHolders},
	"checks": {everybody, keyHolders}, "checksCSV": {everybody, keyHolders},
	"rates": {everybody, keyHolders}, "feeds": {everybody, keyHolders}, "convert": {everybody, keyHolders},
	"revisions": {everybody, keyHolders}, "revision": {everybody, keyHolders}, "revisionsAtom": {everybody, keyHolders},
	"indicatorsXLSX": {everybody, keyHolders}, "areasXLSX": {everybody, keyHolders}, "unitsXLSX": {everybody, keyHolders}, "datasetsXLSX": {everybody, keyHolders},
	"listSeriesXLSX": {everybody, keyHolders}, "ratesXLSX": {everybody, keyHolders}, "observationsXLSX": {everybody, keyHolders}, "allObservationsXLSX": {everybody, keyHolders},
	"seriesTargetsXLSX": {everybody, keyHolders}, "targetsXLSX": {everybody, keyHolders}, "seriesRevisionsXLSX": {everybody, keyHolders}, "checksXLSX": {everybody, keyHolders},
	"template": {everybody, keyHolders}, "templateCSV": {everybody, keyHolders}, "templateXLSX": {everybody, keyHolders},
	"undoRevision": {editors, editors},
	"imports":      {editors, editors}, "postImport": {editors, editors}, "getImport": {editors, editors},
	"importFile": {editors, editors}, "markedImport": {editors, editors}, "publishImport": {editors, editors}, "cancelImport": {editors, editors},
	"fetches": {editors, editors}, "fetchRates": {editors, editors},
	"profiles": {editors, editors}, "profile": {editors, editors}, "putProfile": {editors, editors}, "retireProfile": {editors, editors},
	"audit": {admins, admins}, "keys": {admins, admins}, "createKey": {admins, admins}, "revokeKey": {admins, admins},
	"contract": {everybody, everybody}, "icon": {everybody, everybody}, "docs": {everybody, everybody}, "problems": {everybody, everybody},
	"docsAsset": {everybody, everybody}, "health": {everybody, everybody}, "ready": {everybody, everybody},
	"metrics": {editors, editors},
}

// TestWhoMayDoWhat walks every route with every role.
func TestWhoMayDoWhat(t *testing.T) {
	for i, access := range []ReadAccess{Public, WithKey} {
		t.Run(string(access), func(t *testing.T) {
			s := empty(t, Config{ReadAccess: access})
			for _, rt := range s.routes {
				want, listed := allowed[rt.operation]
				if !listed {
					t.Errorf("route %s %s has no row", rt.method, rt.path)
					continue
				}
				s.walk(rt, "", want[i])
				if rt.travels() {
					s.walk(rt, past, want[i])
				}
			}
		})
	}
}

func (s *service) walk(rt *route, prefix string, want who) {
	s.Helper()
	path := prefix + strings.NewReplacer("{series}", "gdp.cn.cny", "{period}", "2013", "{code}", "zz", "{revision}", "0",
		"{id}", "0", "{feed}", "nope", "{name}", "nbs", "{asset}", "swagger-ui.css").Replace(rt.path)
	for _, c := range []struct {
		role obs.Role
		may  bool
	}{{"", want.none}, {obs.Reader, want.reader}, {obs.Editor, want.editor}, {obs.Admin, want.admin}} {
		headers := []string{"Content-Type", "application/json"}
		if c.role != "" {
			headers = append(headers, "Authorization", "Bearer "+s.key(c.role))
		}
		r := s.do(rt.method, path, strings.NewReader(exampleBody[rt.operation]), headers...)
		refusal := http.StatusForbidden
		if c.role == "" {
			refusal = http.StatusUnauthorized
		}
		if refused := r.Code == http.StatusUnauthorized || r.Code == http.StatusForbidden; refused == c.may || refused && r.Code != refusal {
			s.Errorf("%s %s as %q: %d, want allowed %v", rt.method, path, c.role, r.Code, c.may)
		}
		if r.Code == http.StatusUnauthorized && r.Header().Get("WWW-Authenticate") == "" {
			s.Errorf("%s %s: 401 without WWW-Authenticate", rt.method, path)
		}
	}
}

func TestKeysThatAreNotGood(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		good := s.key(obs.Editor)
		expired := s.newKey(obs.Key{Name: "old", Role: obs.Editor, Expires: start.Add(time.Hour)})
		s.get("/v1/imports", "Authorization", "Bearer "+expired).want(200)
		s.clock.Set(start.Add(time.Hour))
		flipped := good[:len(good)-1] + map[bool]string{true: "1", false: "0"}[good[len(good)-1] == '0']
		for name, header := range map[string]string{
			"no key at all": "Bearer ", "another text": "Bearer secret", "a wrong secret": "Bearer " + flipped,
			"an unknown id": "Bearer bw_000000000000_" + strings.Repeat("0", 64), "over its time": "Bearer " + expired,
			"another scheme": "Digest x", "a wrong password": "Basic " + base64.StdEncoding.EncodeToString([]byte("x:y")),
		} {
			p := s.get("/v1/imports", "Authorization", header).problem(401, "key_invalid")
			if strings.Contains(p.Detail, good) || strings.Contains(p.Detail, "secret") {
				t.Errorf("%s: the detail says too much: %q", name, p.Detail)
			}
			// A key that does not work is refused also where none is needed.
			s.get("/v1/series", "Authorization", header).problem(401, "key_invalid")
		}
		basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("anybody:"+good))
		s.get("/v1/imports", "Authorization", basic).want(200)
		s.do(http.MethodPost, "/v1/imports", strings.NewReader("x"), "Authorization", basic,
			"Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example").problem(403, "cross_site_request")
	})
}

func TestKeysAreMadeListedAndRevoked(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		var made struct{ Key, ID, Name, Role string }
		s.as(obs.Admin, http.MethodPost, "/v1/keys", `{"name":"dashboard","role":"editor"}`, "Content-Type", "application/json").want(201).json(&made)
		auth := []string{"Authorization", "Bearer " + made.Key}
		s.get("/v1/imports", auth...).want(200)
		list := s.as(obs.Admin, http.MethodGet, "/v1/keys", "").want(200).Body.String()
		if !strings.Contains(list, `"dashboard"`) || strings.Contains(list, made.Key) {
			t.Errorf("list = %s", list)
		}
		s.as(obs.Admin, http.MethodDelete, "/v1/keys/"+made.ID, "").want(204)
		s.get("/v1/imports", auth...).problem(401, "key_invalid")
		s.as(obs.Admin, http.MethodDelete, "/v1/keys/000000000000", "").problem(404, "unknown_key")
		for body, code := range map[string]string{
			`{"name":"x","role":"king"}`: "invalid_parameter", `{"name":"","role":"reader"}`: "invalid_parameter", `{"name":"command line","role":"editor"}`: "invalid_parameter",
			`{"name":"x","role":"reader","more":1}`: "malformed_body", `{`: "body_interrupted",
		} {
			s.as(obs.Admin, http.MethodPost, "/v1/keys", body, "Content-Type", "application/json").problem(400, code)
		}
		s.as(obs.Admin, http.MethodPost, "/v1/keys", "x", "Content-Type", "text/plain").problem(415, "unsupported_media_type")
	})
}

func TestRateLimit(t *testing.T) {
	s := empty(t, Config{RatePerSecond: 1, RateBurst: 2})
	s.get("/v1/units").want(200)
	s.get("/v1/units").want(200)
	r := s.get("/v1/units")
	r.problem(429, "rate_limited")
	if r.Header().Get("Retry-After") != "1" {
		t.Errorf("Retry-After = %q, want 1", r.Header().Get("Retry-After"))
	}
	s.get("/healthz").want(200)
	s.clock.Set(start.Add(time.Second))
	s.get("/v1/units").want(200)
}

// TestForgedAddressesAreNotBelieved asks for the client's address as the
// limiter sees it.
func TestForgedAddressesAreNotBelieved(t *testing.T) {
	forged := func(s *service, from, forwarded string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/v1/units", nil)
		r.RemoteAddr = from + ":1234"
		r.Header.Set("X-Forwarded-For", forwarded)
		r.Header.Set("X-Real-Ip", forwarded)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	direct := empty(t, Config{RatePerSecond: 1, RateBurst: 1})
	forged(direct, "192.0.2.1", "198.51.100.1")
	if w := forged(direct, "192.0.2.1", "198.51.100.2"); w.Code != 429 {
		t.Errorf("a forged address gets an allowance of its own: %d", w.Code)
	}
	proxied := empty(t, Config{RatePerSecond: 1, RateBurst: 1, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	forged(proxied, "192.0.2.1", "198.51.100.1")
	if w := forged(proxied, "192.0.2.1", "198.51.100.2"); w.Code != 200 {
		t.Errorf("two readers behind a trusted proxy share an allowance: %d", w.Code)
	}
	if w := forged(proxied, "203.0.113.9", "198.51.100.3"); w.Code != 200 {
		t.Errorf("a stranger's first request: %d", w.Code)
	}
	if w := forged(proxied, "203.0.113.9", "198.51.100.4"); w.Code != 429 {
		t.Errorf("a stranger's forwarded address is believed: %d", w.Code)
	}
}
