package query_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func TestConvert(t *testing.T) {
	a := ask(t, sampleShelf(t))
	c, err := a.Convert(context.Background(), a.now(), query.ConvertAsk{Amount: "118.7", From: "cny", To: "usd", Period: period.MustParse("2013-01-01/P9M")})
	if err != nil {
		t.Fatal(err)
	}
	wantPaths(t, asJSON(t, c), map[string]string{
		"amount": "118.7", "value": "19.25", "fx_rate": "6.16738889", "fx_method": "period_average", "fx_source": "frb-h10",
		"disclosure.averaging": "monthly_averages", "disclosure.inverted": "true",
	})
	fixed, err := a.Convert(context.Background(), a.now(), query.ConvertAsk{
		Amount: "600", From: "CNY", To: "USD", Period: period.MustParse("2020"), FX: "fixed:6.06", Decimals: query.Count{N: 1, Set: true}})
	if err != nil || fixed.Value != "99.0" || fixed.Disclosure.DeclaredBy == "" {
		t.Errorf("Convert at a fixed rate = %+v, %v", fixed, err)
	}
	for _, c := range []struct {
		name string
		ask  query.ConvertAsk
		kind fault.Kind
		code fault.Code
	}{
		{"no rate", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("1990")}, fault.Refused, fault.RateMissing},
		{"no currency", query.ConvertAsk{Amount: "1", From: "CNX", To: "USD", Period: period.MustParse("2013")}, fault.NotFound, fault.UnknownCode},
		{"no amount", query.ConvertAsk{Amount: "1e9", From: "CNY", To: "USD", Period: period.MustParse("2013")}, fault.Invalid, fault.NumberMalformed},
		{"no feed", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("2013"), FXSource: "frb"}, fault.NotFound, fault.UnknownFeed},
		{"no method", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("2013"), FX: "mean"}, fault.Invalid, fault.InvalidParameter},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := a.Convert(context.Background(), a.now(), c.ask)
			if fault.CodeOf(err) != c.code || fault.KindOf(err) != c.kind {
				t.Errorf("Convert(%+v) = %v, want %s", c.ask, err, c.code)
			}
		})
	}
}

// TestConversionsAreDisclosedInOneVocabulary converts amounts in every way that
// has a word of its own.
func TestConversionsAreDisclosedInOneVocabulary(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		name string
		ask  query.ConvertAsk
		want map[string]string
	}{
		{"a zero with a minus", query.ConvertAsk{Amount: "-0.0", From: "CNY", To: "USD", Period: period.MustParse("2013")},
			map[string]string{"amount": "0.0", "value": "0.00", "value_exact": "0"}},
		{"a loss that rounds to nothing", query.ConvertAsk{Amount: "-0.01", From: "CNY", To: "USD", Period: period.MustParse("2013")},
			map[string]string{"amount": "-0.01", "value": "0.00"}},
		{"more decimals than an answer has", query.ConvertAsk{Amount: "1.12345678", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"amount": "1.12345678", "value": "1.123457", "value_exact": "1.12345678"}},
		{"six decimals", query.ConvertAsk{Amount: "1.123456", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"value": "1.123456"}},
		{"one currency", query.ConvertAsk{Amount: "7", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"value": "7.00", "fx_rate": "1", "fx_method": "identity", "fx_source": "null", "disclosure.method": "identity", "disclosure.rate_exact": "1"}},
		{"irrevocably", query.ConvertAsk{Amount: "100", From: "DEM", To: "EUR", Period: period.MustParse("2000")},
			map[string]string{"value": "51.13", "fx_rate": "1.95583", "fx_method": "irrevocable", "disclosure.rate_exact": "1.95583"}},
		{"irrevocably, in two steps", query.ConvertAsk{Amount: "100", From: "DEM", To: "FRF", Period: period.MustParse("2000")},
			map[string]string{"value": "335.39", "fx_rate": "null", "fx_method": "irrevocable", "disclosure.legs.0.rate_exact": "1.95583",
				"disclosure.legs.1.rate_exact": "6.55957", "disclosure.legs.1.method": "irrevocable"}},
		{"declared", query.ConvertAsk{Amount: "600", From: "CNY", To: "USD", Period: period.MustParse("2013"), FX: "Fixed:6.0600"},
			map[string]string{"value": "99.01", "fx_rate": "6.0600", "fx_method": "fixed_declared", "disclosure.rate_exact": "6.06"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := a.Convert(context.Background(), a.now(), c.ask)
			if err != nil {
				t.Fatal(err)
			}
			wantPaths(t, asJSON(t, got), c.want)
			if want := len(c.ask.Amount) > len("1.123456"); got.Disclosure.DecimalsCapped != want {
				t.Errorf("decimals_capped = %t, want %t", got.Disclosure.DecimalsCapped, want)
			}
		})
	}
}

func TestRatesAndFeeds(t *testing.T) {
	a := ask(t, sampleShelf(t))
	year := period.MustParse("2013")
	rates, err := a.Rates(context.Background(), a.now(), query.RatesFilter{Feed: "FRB-H10", Base: "usd", Quote: "cny", Kind: "average",
		Start: query.Day{Date: year.Start(), Set: true}, End: query.Day{Date: year.Last(), Set: true}}, "en")
	if err != nil {
		t.Fatal(err)
	}
	months := 0
	for _, r := range rates.Rates {
		if len(r.Period) == len("2013-01") {
			months++
		}
	}
	if months != 12 {
		t.Errorf("%d months of 2013, want 12: %v", months, rates.Rates)
	}
	feeds, err := a.Feeds(context.Background(), a.now())
	if err != nil || !slices.ContainsFunc(feeds, func(f query.FeedInfo) bool { return f.Code == "frb-h10" && f.Count > 12 }) {
		t.Errorf("Feeds = %+v, %v", feeds, err)
	}
}

// TestAPairOfRatesIsFoundInEitherOrder names the two currencies of a pair both
// ways round: the rates stay as they are published, and a warning says so.
func TestAPairOfRatesIsFoundInEitherOrder(t *testing.T) {
	a := ask(t, sampleShelf(t))
	asked := func(f query.RatesFilter) *query.RateList {
		list, err := a.Rates(context.Background(), a.now(), f, "en")
		if err != nil {
			t.Fatalf("Rates(%+v) = %v", f, err)
		}
		return list
	}
	quoted := asked(query.RatesFilter{Base: "USD", Quote: "CNY"})
	turned := asked(query.RatesFilter{Base: "CNY", Quote: "USD", Kind: "Average"})
	if len(quoted.Rates) == 0 || !slices.Equal(quoted.Rates, turned.Rates) {
		t.Errorf("%d rates as quoted, %d the other way round", len(quoted.Rates), len(turned.Rates))
	}
	if len(quoted.Warnings) != 0 || len(turned.Warnings) != 1 || turned.Warnings[0].Code != "pair_as_quoted" ||
		!strings.Contains(turned.Warnings[0].Message, "CNY per USD") {
		t.Errorf("warnings %v as quoted, %v the other way round", quoted.Warnings, turned.Warnings)
	}
	if one := asked(query.RatesFilter{Base: "CNY"}); len(one.Rates) != 0 || len(one.Warnings) != 0 {
		t.Errorf("of the base alone: %+v", one)
	}
}

func TestRatesThatAreRefused(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		name      string
		filter    query.RatesFilter
		code      fault.Code
		parameter string
		says      string
	}{
		{"a feed", query.RatesFilter{Feed: "nope"}, fault.UnknownFeed, "feed", "ecb, frb-h10"},
		{"a kind", query.RatesFilter{Kind: "mean"}, fault.InvalidParameter, "kind", "end_of_period"},
		{"a currency", query.RatesFilter{Base: "CNX"}, fault.UnknownCode, "base", ""},
		{"an end before the start", query.RatesFilter{Start: day("2013-02-01"), End: day("2013-01-31")}, fault.PeriodReversed, "start", "2013-01-31"},
	} {
		_, err := a.Rates(context.Background(), a.now(), c.filter, "en")
		f := fault.From(err)
		if f == nil || f.Code != c.code || len(f.Items) == 0 || f.Items[0].Parameter != c.parameter || !strings.Contains(f.Items[0].Expected, c.says) {
			t.Errorf("%s: Rates(%+v) = %v %+v, want %s of %s", c.name, c.filter, err, f, c.code, c.parameter)
		}
	}
	if list, err := a.Rates(context.Background(), a.now(), query.RatesFilter{Feed: "FRB_H10", Kind: "End-Of-Period"}, "en"); err != nil || len(list.Rates) != 0 {
		t.Errorf("a feed and a kind in another spelling: %+v, %v", list, err)
	}
}
