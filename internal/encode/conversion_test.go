package encode_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func TestConvertedRowsSayHow(t *testing.T) {
	r := gdp()
	r.Converted, r.HasOriginal, r.Original, r.OriginalUnit = true, true, r.Value, "CNY"
	r.Value, r.Unit = figure.MustParse("19.25", 9), "USD"
	r.Rate, r.Method, r.RateSource = "6.16738889", "period_average", "frb-h10"
	h := head(r)
	h.View.Currencies = []string{"USD"}
	tail := query.Tail{Total: 1, Suspects: []query.Suspect{{Series: "gdp.cn-cq-lj.usd", Period: r.Version.Period}}, Conversion: &query.Conversion{
		To: []string{"USD"},
		Rows: []query.Disclosed{{Period: r.Version.Period, Disclosure: &fx.Disclosure{
			From: "CNY", To: "USD", Source: "frb-h10",
			Leg: fx.Leg{Method: "period_average", Averaging: "monthly_averages", Observations: 9, First: "2013-01", Last: "2013-09",
				Quotation: "CNY per USD", Rate: "6.16738889", RateExact: figure.MustParse("6.25", 0).Rat(), Inverted: true},
		}}},
	}}
	var out bytes.Buffer
	sink := encode.NewJSON(&out, encode.Options{Fields: []string{"value", "original_value", "original_unit", "fx_rate", "fx_method", "fx_source"},
		Links: encode.Links{Series: "/v1/series"}})
	if err := write(sink, h, tail, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"value":19.25,"original_value":118.7,"original_unit":"CNY","fx_rate":6.16738889,"fx_method":"period_average","fx_source":"frb-h10"}`,
		`"conversion":{"to":["USD"],"method":"period_average","source":"frb-h10","quotation":"CNY per USD","inverted":true,"rows":[{"period":"2013-01-01/P9M","from":"CNY","to":"USD","source":"frb-h10","method":"period_average","averaging":"monthly_averages","observations":9,"first":"2013-01","last":"2013-09","quotation":"CNY per USD","rate":6.16738889,"rate_exact":"6.25","inverted":true}]}`,
		`"label_suspect":"/v1/series/gdp.cn-cq-lj.usd/observations/2013-01-01--P9M"`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the answer lacks %s:\n%s", want, out.String())
		}
	}
	if !json.Valid(out.Bytes()) {
		t.Errorf("no JSON: %s", out.String())
	}
}

// TestKeptCellsAreThoseOfTheRow writes rows that keep the text of how they were
// converted, again and in other forms, beside rows that keep nothing.
func TestKeptCellsAreThoseOfTheRow(t *testing.T) {
	row := func() *query.Row {
		r := gdp()
		r.Converted, r.OriginalUnit, r.Rate, r.Method, r.RateSource = true, "CNY", "6.16738889", "period_average", "frb-h10"
		return r
	}
	steps := func() *query.Row {
		r := row()
		r.Rate, r.Method, r.RateSource = "", "irrevocable+period_average", ""
		return r
	}
	for _, c := range []struct {
		name    string
		row     func() *query.Row
		options encode.Options
	}{
		{"default fields", row, encode.Options{}},
		{"all fields", row, encode.Options{Fields: []string{encode.AllFields}}},
		{"several steps", steps, encode.Options{}},
		{"first fields", row, encode.Options{Fields: []string{"original_unit", "fx_rate", "fx_method", "fx_source", "value"}}},
		{"other order", row, encode.Options{Fields: []string{"value", "original_unit", "fx_method", "fx_rate", "fx_source"}}},
		{"last fields", row, encode.Options{Fields: []string{"value", "original_unit", "fx_rate"}}},
	} {
		kept := &query.Written{}
		for _, o := range []encode.Options{c.options, {Fields: c.options.Fields, Strings: true}, c.options} {
			var plain, keeping bytes.Buffer
			r := c.row()
			h := head(r)
			h.View.Currencies = []string{"USD"}
			if err := write(encode.NewJSON(&plain, o), h, query.Tail{}, r, r); err != nil {
				t.Fatal(err)
			}
			r.Cells = kept
			if err := write(encode.NewJSON(&keeping, o), h, query.Tail{}, r, r); err != nil {
				t.Fatal(err)
			}
			if keeping.String() != plain.String() {
				t.Errorf("%s: kept cells give %s, want %s", c.name, keeping.String(), plain.String())
			}
		}
	}
}

// TestConversionsDoNotAllocate writes converted rows and disclosures whose
// texts are kept.
func TestConversionsDoNotAllocate(t *testing.T) {
	answer := func(rows int) func() {
		r := gdp()
		r.Converted, r.OriginalUnit, r.Rate, r.Method, r.RateSource, r.Cells = true, "CNY", "6.16738889", "period_average", "frb-h10", &query.Written{}
		h := head(r)
		h.View.Currencies = []string{"USD"}
		text := &query.Written{}
		c := &query.Conversion{To: []string{"USD"}}
		for range rows {
			c.Rows = append(c.Rows, query.Disclosed{Period: r.Version.Period, Disclosure: &fx.Disclosure{From: "CNY", To: "USD"}, Written: text})
		}
		list := slices.Repeat([]*query.Row{r}, rows)
		return func() {
			if err := write(encode.NewJSON(io.Discard, encode.Options{}), h, query.Tail{Conversion: c}, list...); err != nil {
				t.Error(err)
			}
		}
	}
	few, many := testing.AllocsPerRun(20, answer(10)), testing.AllocsPerRun(20, answer(1_010))
	if each := (many - few) / 1_000; each > 0.1 {
		t.Errorf("a converted row allocates %v times, want 0", each)
	}
}

// TestWhatConvertedRowsShare writes what stands before the rows of a
// conversion: null wherever they differ.
func TestWhatConvertedRowsShare(t *testing.T) {
	market := fx.Disclosure{From: "CNY", To: "USD", Source: "frb-h10",
		Leg: fx.Leg{Method: fx.PeriodAverage, Quotation: "CNY per USD", Rate: "6.1", Inverted: true}}
	back := fx.Disclosure{From: "USD", To: "CNY", Source: "ecb", Leg: fx.Leg{Method: fx.AtEnd, Quotation: "USD per CNY", Rate: "6.1"}}
	marks := fx.Disclosure{From: "DEM", To: "FRF", Legs: []fx.Leg{
		{Method: fx.IrrevocablyFixed, Quotation: "DEM per EUR", Rate: "1.95583", Inverted: true},
		{Method: fx.IrrevocablyFixed, Quotation: "FRF per EUR", Rate: "6.55957"},
	}}
	for _, c := range []struct {
		name string
		rows []fx.Disclosure
		want string
	}{
		{"none", nil, `"method":null,"source":null,"quotation":null,"inverted":null`},
		{"one", []fx.Disclosure{market}, `"method":"period_average","source":"frb-h10","quotation":"CNY per USD","inverted":true`},
		{"two that differ", []fx.Disclosure{market, back}, `"method":null,"source":null,"quotation":null,"inverted":null`},
		{"several steps", []fx.Disclosure{marks, marks}, `"method":"irrevocable","source":null,"quotation":null,"inverted":null`},
		{"several steps and one", []fx.Disclosure{market, marks}, `"method":null,"source":null,"quotation":null,"inverted":null`},
	} {
		tail := query.Tail{Conversion: &query.Conversion{To: []string{"USD"}}}
		for _, d := range c.rows {
			tail.Conversion.Rows = append(tail.Conversion.Rows, query.Disclosed{Period: period.MustParse("2013"), Disclosure: &d})
		}
		var out bytes.Buffer
		if err := write(encode.NewJSON(&out, encode.Options{}), head(gdp()), tail); err != nil {
			t.Fatal(err)
		}
		if want := `"conversion":{"to":["USD"],` + c.want + `,"rows":[`; !strings.Contains(out.String(), want) {
			t.Errorf("%s: the answer lacks %s:\n%s", c.name, want, out.String())
		}
	}
}
