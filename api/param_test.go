package api

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
)

func TestReadQuery(t *testing.T) {
	cases := []struct {
		name, raw string
		want      values
	}{
		{"nothing", "", values{}},
		{"period by its notation", "period=2013-01-01/P9M", values{"period": {"2013-01-01/P9M"}}},
		{"period in words", "period=" + url.QueryEscape("2013年前三季度"), values{"period": {"2013-01-01/P9M"}}},
		{"several by comma and repetition", "period=2013,2012&period=2013-Q3", values{"period": {"2013", "2012", "2013-Q3"}}},
		{"the same one twice is one", "period=2013&period=2013-A1", values{"period": {"2013"}}},
		{"first day and last day", "start=2012&end=2013-09", values{"start": {"2012-01-01"}, "end": {"2013-09-30"}}},
		{"case does not matter", "currency=usd&frequency=q&accumulation=YTD&lang=ZH", values{
			"currency": {"USD"}, "frequency": {"Q"}, "accumulation": {"ytd"}, "lang": {"zh"}}},
		{"a scale word is its power", "scale=Billion", values{"scale": {"9"}}},
		{"a power", "scale=-2", values{"scale": {"-2"}}},
		{"an underscore is a hyphen", "fx_source=FRB_H10", values{"fx_source": {"frb-h10"}}},
		{"a fixed rate", "fx=Fixed:6.1674&currency=USD", values{"fx": {"fixed:6.1674"}, "currency": {"USD"}}},
		{"a plus sign that came unescaped", "as_of=2013-12-31T00:00:00+08:00", values{"as_of": {"2013-12-31T00:00:00+08:00"}}},
		{"fields keep their order", "fields=value,Period", values{"fields": {"value", "period"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := readQuery(c.raw, rowParams)
			if err != nil {
				t.Fatalf("readQuery(%q): %v", c.raw, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("readQuery(%q) (-want +got):\n%s", c.raw, diff)
			}
		})
	}
}

func TestReadQueryRefuses(t *testing.T) {
	cases := []struct {
		name, raw string
		want      []fault.Item
	}{
		{"an unknown name", "perod=2013", []fault.Item{{Code: fault.UnknownParameter, Parameter: "perod", Value: "2013", Expected: "period"}}},
		{"a repeated one", "start=2012&start=2013", []fault.Item{{Code: fault.RepeatedParameter, Parameter: "start", Value: "2013", Expected: "start once"}}},
		{"fields by repetition", "fields=value&fields=period", []fault.Item{{Code: fault.RepeatedParameter, Parameter: "fields", Value: "period", Expected: "fields once"}}},
		{"an empty value", "latest=", []fault.Item{{Code: fault.EmptyParameter, Parameter: "latest", Expected: pLatest.expects}}},
		{"an empty part", "currency=USD,", []fault.Item{{Code: fault.EmptyParameter, Parameter: "currency", Expected: pCurrency.expects}}},
		{"all findings together", "latest=0&lang=de", []fault.Item{
			{Code: fault.InvalidParameter, Parameter: "latest", Value: "0", Expected: pLatest.expects},
			{Code: fault.InvalidParameter, Parameter: "lang", Value: "de", Expected: "en or zh"}}},
		{"no rate below zero", "fx=fixed:-1&currency=USD", []fault.Item{{Code: fault.InvalidParameter, Parameter: "fx", Value: "fixed:-1", Expected: pFX.expects}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := readQuery(c.raw, rowParams)
			f := fault.From(err)
			if f == nil || f.Kind != fault.Invalid {
				t.Fatalf("readQuery(%q) = %v, want a refusal", c.raw, err)
			}
			if diff := cmp.Diff(c.want, f.Items); diff != "" {
				t.Errorf("readQuery(%q) (-want +got):\n%s", c.raw, diff)
			}
		})
	}
}

// TestPeriodFaultsKeepTheirCause holds the code of a bad period.
func TestPeriodFaultsKeepTheirCause(t *testing.T) {
	for text, want := range map[string]fault.Code{
		"2013.1": fault.PeriodDecimal, "2013Q5": fault.PeriodQuarterOutOfRange, "nonsense": fault.PeriodUnrecognised,
	} {
		_, err := readQuery("period="+text, rowParams)
		f := fault.From(err)
		if f.Code != want || f.Items[0].Parameter != "period" || f.Items[0].Value != text {
			t.Errorf("period=%s: %s %+v, want %s", text, f.Code, f.Items, want)
		}
	}
}

func TestConflictsNameBoth(t *testing.T) {
	for _, raw := range []string{
		"period=2013&start=2012", "period=2013&end=2014", "latest=1&cursor=x", "state=a&as_of=2013-12-31",
		"series=gdp.cn.cny&area=cn", "series=gdp.cn.cny&measure=all", "fx=average", "fx_source=ecb",
	} {
		v, err := readQuery(raw, acrossParams)
		if err != nil {
			t.Fatalf("readQuery(%q): %v", raw, err)
		}
		f := fault.From(checkConflicts(v))
		if f == nil || f.Code != fault.ParameterConflict || len(f.Items) != 2 {
			t.Errorf("checkConflicts(%q) = %v, want parameter_conflict with two items", raw, f)
		}
	}
}

// TestCanonicalKeyIsOneForOneQuestion asks the same in two ways.
func TestCanonicalKeyIsOneForOneQuestion(t *testing.T) {
	for _, pair := range [][2]string{
		{"start=2012&end=2013", "end=2013-12&start=2012-01"},
		{"currency=USD,EUR", "currency=usd&currency=eur"},
		{"scale=yi", "scale=8"},
		{"period=2013-01-01--P9M", "period=9M2013"},
	} {
		one, err1 := readQuery(pair[0], rowParams)
		two, err2 := readQuery(pair[1], rowParams)
		if err1 != nil || err2 != nil {
			t.Fatalf("%v %v", err1, err2)
		}
		a, b := string(one.appendKey(nil, rowParams)), string(two.appendKey(nil, rowParams))
		if a != b {
			t.Errorf("key of %q = %q, of %q = %q, want one", pair[0], a, pair[1], b)
		}
	}
}

// TestKeysTellQuestionsApart holds that no value can pass for another
// parameter in the key.
func TestKeysTellQuestionsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z&=,%+/ ]{1,12}`).Draw(t, "q")
		other := rapid.StringMatching(`[a-z&=,%+/ ]{1,12}`).Draw(t, "other")
		a := string(values{"q": {text}}.appendKey(nil, listParams))
		b := string(values{"q": {other}}.appendKey(nil, listParams))
		if (a == b) != (text == other) {
			t.Fatalf("keys of %q and %q: %q and %q", text, other, a, b)
		}
		if strings.Count(a, "&") != 1 {
			t.Fatalf("key of %q = %q", text, a)
		}
	})
}

func FuzzReadQuery(f *testing.F) {
	for _, seed := range []string{"period=2013", "a=%zz", "period=2013&period=,", "scale=billion&&x", "q=%00", "latest=1;start=2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := readQuery(raw, acrossParams)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("readQuery(%q) = %v, want a fault of kind Invalid", raw, err)
			}
			return
		}
		canonical := v.appendKey(nil, acrossParams)
		again, err := readQuery(strings.TrimPrefix(string(canonical), "&"), acrossParams)
		if len(canonical) > 0 && err != nil && !strings.Contains(err.Error(), "repeated_parameter") {
			t.Fatalf("readQuery(%q): %q is not read again: %v", raw, canonical, err)
		}
		if err == nil && string(again.appendKey(nil, acrossParams)) != string(canonical) {
			t.Fatalf("readQuery(%q): key %q is not stable", raw, canonical)
		}
	})
}
