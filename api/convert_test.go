package api

import (
	"encoding/json"
	"strings"
	"testing"

	"bellwether/internal/encode"
)

// TestWordsOfParametersInAnySpelling writes words in another case and with
// hyphens for underscores.
func TestWordsOfParametersInAnySpelling(t *testing.T) {
	s := sampled(t, Config{})
	s.get("/v1/rates?kind=End-Of-Period&feed=FRB_H10").want(200)
	row := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?latest=1&fields=Published_At,growth-reported").Observations[0]
	if len(row) != 2 || row["published_at"] == nil || row["growth_reported"] == nil {
		t.Errorf("row = %v, want published_at and growth_reported", row)
	}
	row = s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?latest=1&fields=all,period").Observations[0]
	if len(row) != len(encode.Columns()) {
		t.Errorf("%d keys of a row with all fields and one more, want %d", len(row), len(encode.Columns()))
	}
}

// TestParametersThatContradictEachOther names both of them, in the order that
// the detail has.
func TestParametersThatContradictEachOther(t *testing.T) {
	s := sampled(t, Config{})
	for _, c := range []struct{ query, code, one, other string }{
		{"/v1/series/gdp.cn-cq-lj.cny/observations?currency=USD&fx=fixed:6.06&fx_source=frb-h10", "parameter_conflict", "fx", "fx_source"},
		{"/v1/convert?amount=1&from=CNY&to=USD&period=2013&fx=fixed:6.06&fx_source=nope", "parameter_conflict", "fx", "fx_source"},
		{"/v1/observations?start=2014&end=2013", "period_reversed", "start", "end"},
		{"/v1/rates?start=2013-02&end=2013-01", "period_reversed", "start", "end"},
	} {
		p := s.get(c.query).problem(400, c.code)
		if len(p.Errors) != 2 || p.Errors[0].Parameter != c.one || p.Errors[1].Parameter != c.other {
			t.Errorf("%s: the problem names %+v, want %s and %s", c.query, p.Errors, c.one, c.other)
		}
	}
}

func TestAnUnknownFeedIsNamedByItsParameter(t *testing.T) {
	s := sampled(t, Config{})
	for query, parameter := range map[string]string{
		"/v1/rates?feed=nope": "feed",
		"/v1/convert?amount=1&from=CNY&to=CNY&period=2013&fx_source=nope":      "fx_source",
		"/v1/series/gdp.cn-cq-lj.cny/observations?currency=CNY&fx_source=nope": "fx_source",
	} {
		p := s.get(query).problem(404, "unknown_feed")
		if len(p.Errors) != 1 || p.Errors[0].Parameter != parameter || p.Errors[0].Expected != "ecb, frb-h10, frb-g5, worldbank" {
			t.Errorf("%s: the problem names %+v, want %s and every feed", query, p.Errors, parameter)
		}
	}
}

func TestARatesPairTheOtherWayRound(t *testing.T) {
	s := sampled(t, Config{})
	var answer struct {
		Rates    []map[string]any `json:"rates"`
		Warnings []struct{ Code string }
	}
	s.get("/v1/rates?base=CNY&quote=USD").want(200).json(&answer)
	if len(answer.Rates) == 0 || answer.Rates[0]["base"] != "USD" || len(answer.Warnings) != 1 || answer.Warnings[0].Code != "pair_as_quoted" {
		t.Errorf("%d rates, warnings %v; want those of USD with a warning", len(answer.Rates), answer.Warnings)
	}
}

// TestASuspectFigureLeadsToTheOneThatItEquals follows the link of a list and
// of an explanation.
func TestASuspectFigureLeadsToTheOneThatItEquals(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{
		"/v1/series/trade.cn-cq-lj.cny/observations", "/v1/observations?area=cn-cq-lj",
		"/v1/series/trade.cn-cq-lj.cny/observations/2013-01-01--P9M",
	} {
		var answer struct{ Links map[string]string }
		s.get(path).want(200).json(&answer)
		if got, want := answer.Links["label_suspect"], "/v1/series/trade.cn-cq-lj.usd/observations/2013-01-01--P9M"; got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
			continue
		}
		var explained struct {
			Observation struct{ Value json.Number }
		}
		s.get(answer.Links["label_suspect"]).want(200).json(&explained)
		if explained.Observation.Value != "20.223" {
			t.Errorf("the figure that it equals is %s, want 20.223", explained.Observation.Value)
		}
	}
}

// TestConversionsSayHow asks for one conversion in the ways that readers meet.
func TestConversionsSayHow(t *testing.T) {
	s := sampled(t, Config{})
	for query, want := range map[string]struct{ value, method string }{
		"amount=118.7&from=CNY&to=USD&period=9M2013": {"19.25", "period_average"},
		"amount=-0&from=CNY&to=USD&period=2013":      {"0.00", "period_average"},
		"amount=7&from=CNY&to=cny&period=2013":       {"7.00", "identity"},
		"amount=100&from=DEM&to=FRF&period=2000":     {"335.39", "irrevocable"},
	} {
		var answer struct {
			Conversion struct {
				Amount, Value json.Number
				FXMethod      string `json:"fx_method"`
			}
		}
		s.get("/v1/convert?" + query).want(200).json(&answer)
		if c := answer.Conversion; c.Value.String() != want.value || c.FXMethod != want.method || c.Amount == "-0" {
			t.Errorf("%s: %s is %s by %s, want %s by %s", query, c.Amount, c.Value, c.FXMethod, want.value, want.method)
		}
	}
}

// TestRatesOfAnotherMomentOnEveryPath asks for rates from before they were
// published, wherever figures are converted.
func TestRatesOfAnotherMomentOnEveryPath(t *testing.T) {
	s := sampled(t, Config{})
	const series, early = "/v1/series/gdp.cn-cq-lj.cny", "currency=USD&fx_as_of=2010-01-01"
	state := s.rows(series + "/observations?latest=1").State
	for _, query := range []string{
		series + "/observations?period=9M2013&" + early,
		series + "/observations?period=9M2013&" + early + "&state=" + state,
		"/v1/observations?series=gdp.cn-cq-lj.cny&period=9M2013&" + early,
	} {
		var answer struct {
			FXAsOf       string `json:"fx_as_of"`
			Links        map[string]string
			Observations []struct{ Reason string }
		}
		s.get(query).want(200).json(&answer)
		if answer.FXAsOf != "2010-01-01" || !strings.Contains(answer.Links["self"], "fx_as_of=2010-01-01") || len(answer.Observations) != 1 || answer.Observations[0].Reason != "rate_missing" {
			t.Errorf("%s: %+v, want a missing rate and its moment", query, answer)
		}
	}
	for query, part := range map[string]string{
		series + "/observations.csv?period=9M2013&" + early:                                        "rate_missing",
		"/v1/observations?layout=wide&period=9M2013&series=gdp.cn-cq-lj.cny&" + early:              "rate_missing",
		"/v1/observations.csv?layout=wide&period=9M2013&series=gdp.cn-cq-lj.cny&" + early:          "rate_missing",
		series + "/observations?transform=yoy&period=9M2013&" + early:                              "rate_missing",
		series + "/observations/9M2013?" + early:                                                   `"fx_as_of":"2010-01-01"`,
		"/v1/convert?amount=1&from=DEM&to=FRF&period=2000&fx_as_of=2010-01-01&fx_as_of=2010-01-01": "repeated_parameter",
		"/v1/convert?amount=1&from=DEM&to=FRF&period=2000&fx_as_of=2010-01-01":                     `"fx_as_of":"2010-01-01"`,
		"/v1/convert?amount=1&from=CNY&to=USD&period=2013&fx_as_of=2010-01-01":                     "rate_missing",
		series + "/observations?fx_as_of=2010-01-01":                                               "parameter_conflict",
	} {
		if body := s.get(query).Body.String(); !strings.Contains(body, part) {
			t.Errorf("%s: %s, want %s", query, body, part)
		}
	}
	cell := s.get(series + "/observations/9M2013.txt?" + early).want(200)
	if got := cell.Header().Get("Bellwether-Reason"); got != "rate_missing" || cell.Body.Len() != 0 {
		t.Errorf("%q with the reason %q, want nothing and rate_missing", cell.Body, got)
	}
}
