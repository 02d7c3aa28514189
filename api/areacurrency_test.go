package api

import (
	"strings"
	"testing"
)

// TestAmountOfAnAreaBeforeItsCurrencyIsWarnedOf asks for an amount in euro of a
// year when Austria had schillings.
func TestAmountOfAnAreaBeforeItsCurrencyIsWarnedOf(t *testing.T) {
	s := sampled(t, Config{})
	const asked = "/v1/convert?amount=1&from=EUR&to=USD&period=1998&fx=fixed:1.1"
	var answer struct {
		Conversion struct {
			Warnings []struct{ Code, Message string }
		}
	}
	for query, want := range map[string]string{
		"&area=at":         "13.7603 ATS are 1 EUR",
		"&area=at&lang=zh": "法定 13.7603 ATS 合 1 EUR",
		"&area=Austria":    "it used ATS",
	} {
		s.get(asked + query).want(200).json(&answer)
		w := answer.Conversion.Warnings
		if len(w) != 1 || w[0].Code != "restated_currency" || !strings.Contains(w[0].Message, want) {
			t.Errorf("%s: warnings %+v, want one with %q", query, w, want)
		}
	}
	s.get(asked+"&area=nowhere").problem(404, "unknown_code")
}
