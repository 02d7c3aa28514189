package encode_test

import (
	"bytes"
	"strings"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/query"
)

func TestDefaultFields(t *testing.T) {
	for _, c := range []struct {
		shape encode.Shape
		want  string
	}{
		{encode.Shape{}, "period start end months ytd value decimals status flags reason growth_reported growth_computed growth_check published"},
		{encode.Shape{Across: true}, "series period start end months ytd value unit multiplier decimals status flags reason growth_reported growth_computed growth_check published"},
		{encode.Shape{Converted: true}, "period start end months ytd value unit multiplier decimals status flags reason growth_reported growth_computed growth_check published original_value original_unit fx_rate fx_method fx_source"},
		{encode.Shape{Derived: true}, "period start end months ytd value decimals status flags reason growth_reported growth_computed growth_check published half_width derivation"},
		{encode.Shape{Scaled: true}, "period start end months ytd value multiplier decimals status flags reason growth_reported growth_computed growth_check published"},
	} {
		if got := strings.Join(encode.DefaultFields(c.shape), " "); got != c.want {
			t.Errorf("DefaultFields(%+v) = %s, want %s", c.shape, got, c.want)
		}
	}
}

func TestParseField(t *testing.T) {
	for text, want := range map[string]string{
		"period": "period", "Published_At": "published_at", "growth-reported": "growth_reported", "ALL": encode.AllFields,
	} {
		if got, err := encode.ParseField(text); err != nil || got != want {
			t.Errorf("ParseField(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for text, nearest := range map[string]string{"perod": "period, perhaps", "growth reported": "growth_reported, perhaps", "": ""} {
		_, err := encode.ParseField(text)
		if f := fault.From(err); f == nil || f.Code != fault.UnknownField || !strings.HasPrefix(f.Expected, nearest) {
			t.Errorf("ParseField(%q) = %v, want %s expecting %q", text, err, fault.UnknownField, nearest)
		}
	}
}

func TestAllFieldsBesideOthersAreAll(t *testing.T) {
	var out bytes.Buffer
	if err := write(encode.NewCSV(&out, encode.Options{Fields: []string{"value", encode.AllFields}}), head(gdp()), query.Tail{}, gdp()); err != nil {
		t.Fatal(err)
	}
	if header, _, _ := strings.Cut(out.String(), "\r\n"); header != strings.Join(encode.Columns(), ",") {
		t.Errorf("the header is %s", header)
	}
}
