package fx

import (
	"testing"

	"bellwether/internal/fault"
)

func TestMethodFor(t *testing.T) {
	for kind, want := range map[string]Method{"flow": ByAverage, "stock": ByEnd, "rate": "", "index": "", "growth": "", "share": "", "": ""} {
		got, err := MethodFor(kind)
		if got != want || (want == "") != (fault.CodeOf(err) == fault.RateNotConvertible) {
			t.Errorf("MethodFor(%q) = %q, %v, want %q", kind, got, err, want)
		}
	}
}

func TestParseMethod(t *testing.T) {
	for _, c := range []struct {
		text string
		want Method
		rate string
		code fault.Code
	}{
		{"average", ByAverage, "", ""},
		{"END", ByEnd, "", ""},
		{"spot", BySpot, "", ""},
		{"fixed:6.060", ByFixed, "6.060", ""},
		{"fixed:0", "", "", fault.RateInvalid},
		{"fixed:-6", "", "", fault.RateInvalid},
		{"fixed:6,06", "", "", fault.RateInvalid},
		{"fixed:1e3", "", "", fault.RateInvalid},
		{"fixed:", "", "", fault.RateInvalid},
		{"fixed", "", "", fault.FXMethodUnknown},
		{"spot:6", "", "", fault.FXMethodUnknown},
		{"mean", "", "", fault.FXMethodUnknown},
		{"", "", "", fault.FXMethodUnknown},
	} {
		method, declared, err := ParseMethod(c.text, "the request")
		if method != c.want || fault.CodeOf(err) != c.code {
			t.Errorf("ParseMethod(%q) = %q, %v, want %q, code %q", c.text, method, err, c.want, c.code)
		}
		if c.rate != "" && (declared == nil || declared.Rate.Text() != c.rate || declared.DeclaredBy != "the request") {
			t.Errorf("ParseMethod(%q) declares %v, want %s by the request", c.text, declared, c.rate)
		}
	}
}

func FuzzParseMethod(f *testing.F) {
	for _, text := range []string{"average", "fixed:6.06", "fixed:1e9", "fixed:-1", "spot:", ":"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		method, declared, err := ParseMethod(text, "the request")
		switch {
		case err != nil && (method != "" || declared != nil):
			t.Errorf("ParseMethod(%q) = %q, %v beside an error", text, method, declared)
		case err == nil && (method == ByFixed) != (declared != nil):
			t.Errorf("ParseMethod(%q) = %q with the rate %v", text, method, declared)
		case declared != nil && declared.Rate.Sign() <= 0:
			t.Errorf("ParseMethod(%q) takes the rate %s", text, declared.Rate.Text())
		}
	})
}

func TestPair(t *testing.T) {
	for _, c := range []struct{ a, b, base string }{
		{"CNY", "USD", "USD"}, {"USD", "EUR", "EUR"}, {"GBP", "EUR", "EUR"}, {"JPY", "CHF", "CHF"},
		{"NZD", "USD", "NZD"}, {"AUD", "NZD", "AUD"}, {"CAD", "JPY", "CAD"}, {"CNY", "JPY", "JPY"},
		{"KRW", "CNY", "CNY"}, {"HKD", "CNY", "CNY"},
	} {
		base, quote := Pair(c.a, c.b)
		back, _ := Pair(c.b, c.a)
		if base != c.base || back != c.base || quote == base {
			t.Errorf("Pair(%s, %s) = %s, %s, want the base %s for either order", c.a, c.b, base, quote, c.base)
		}
	}
}
