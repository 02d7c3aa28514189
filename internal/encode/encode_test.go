package encode_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

func shanghai() *time.Location { return time.FixedZone("CST", 8*60*60) }

// gdp is the row of Liangjiang's product in the first nine months of 2013.
func gdp() *query.Row {
	s := &obs.Series{Code: "gdp.cn-cq-lj.cny", Multiplier: 9, Key: series.Key{
		Dataset: "main", Indicator: "gdp", Area: "cn-cq-lj", Unit: "cny",
		Measure: series.Level, Basis: series.Current, Adjustment: series.None, Scenario: series.Actual,
	}}
	return &query.Row{
		Version: &obs.Version{
			Series: s, Revision: "0123456789ab",
			Observation: obs.Observation{
				Period: period.MustParse("2013-01-01/P9M"), Value: figure.MustParse("118.7", 9), Status: "A",
				Published: time.Date(2014, 2, 21, 16, 0, 0, 0, time.UTC),
				Source:    obs.Source{Name: "Liangjiang New Area, Achievements page"},
			},
		},
		Unit: "CNY", Multiplier: 9, HasValue: true, Value: figure.MustParse("118.7", 9), Status: "A",
		Flags:       []string{"contradicted", "guess"},
		HasReported: true, Reported: figure.MustParse("16.2", 0), Comparison: "yoy", Basis: "unstated",
		HasComputed: true, Computed: figure.MustParse("4.03", 0), Base: period.MustParse("2012-01-01/P9M"),
		Check: "scope_or_revision", GrowthWhy: "size_only",
	}
}

func head(r *query.Row) query.Head {
	return query.Head{
		Moment: query.Moment{Token: "abc", Updated: time.Date(2014, 2, 21, 16, 0, 0, 0, time.UTC)},
		Series: &query.SeriesMeta{Series: r.Version.Series, Title: "GDP, Liangjiang New Area", Unit: "CNY", Multiplier: 9, Kind: "flow"},
	}
}

func write(sink query.Sink, h query.Head, tail query.Tail, rows ...*query.Row) error {
	if err := sink.Begin(h); err != nil {
		return err
	}
	for _, r := range rows {
		if err := sink.Row(r); err != nil {
			return err
		}
	}
	return sink.End(tail)
}

func ExampleNewJSON() {
	var out bytes.Buffer
	sink := encode.NewJSON(&out, encode.Options{Zone: shanghai(), Links: encode.Links{Self: "/v1/series/gdp.cn-cq-lj.cny/observations"}})
	if err := write(sink, head(gdp()), query.Tail{Total: 1}, gdp()); err != nil {
		fmt.Println(err)
	}
	fmt.Println(strings.ReplaceAll(out.String(), `,"`, ",\n\""))
	// Output:
	// {"series":{"code":"gdp.cn-cq-lj.cny",
	// "title":"GDP, Liangjiang New Area",
	// "indicator":"gdp",
	// "area":"cn-cq-lj",
	// "unit":"CNY",
	// "multiplier":9,
	// "kind":"flow",
	// "measure":"level",
	// "price_basis":"current",
	// "adjustment":"none",
	// "scenario":"actual",
	// "dataset":"main"},
	// "observations":[{"period":"2013-01-01/P9M",
	// "start":"2013-01-01",
	// "end":"2013-09-30",
	// "months":9,
	// "ytd":true,
	// "value":118.7,
	// "decimals":1,
	// "status":"A",
	// "flags":"contradicted;guess",
	// "reason":null,
	// "growth_reported":16.2,
	// "growth_computed":4.03,
	// "growth_check":"scope_or_revision",
	// "published":"2014-02-22"}],
	// "total":1,
	// "next":null,
	// "warnings":[],
	// "conversion":null,
	// "state":"abc",
	// "updated_at":"2014-02-21T16:00:00Z",
	// "licence":null,
	// "attribution":null,
	// "links":{"self":"/v1/series/gdp.cn-cq-lj.cny/observations"}}
}

func ExampleNewCSV() {
	var out bytes.Buffer
	fields := []string{"period", "value", "ytd", "reason", "source"}
	sink := encode.NewCSV(&out, encode.Options{Fields: fields})
	if err := write(sink, head(gdp()), query.Tail{Total: 1}, gdp()); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// period,value,ytd,reason,source
	// 2013-01-01/P9M,118.7,true,,"Liangjiang New Area, Achievements page"
}

func TestConvertedRowsSayHow(t *testing.T) {
	r := gdp()
	r.Converted, r.Original, r.OriginalUnit = true, r.Value, "CNY"
	r.Value, r.Unit = figure.MustParse("19.25", 9), "USD"
	r.Rate, r.Method, r.RateSource = "6.16738889", "period_average", "frb-h10"
	h := head(r)
	h.View.Currencies = []string{"USD"}
	tail := query.Tail{Total: 1, Suspects: []query.Suspect{{Series: "gdp.cn-cq-lj.usd", Period: r.Version.Period}}, Conversion: &query.Conversion{
		To: []string{"USD"},
		Rows: []query.Disclosed{{Period: r.Version.Period, Disclosure: fx.Disclosure{
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
			tail.Conversion.Rows = append(tail.Conversion.Rows, query.Disclosed{Period: period.MustParse("2013"), Disclosure: d})
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

func TestTheLinkToWhatASuspectFigureEquals(t *testing.T) {
	links := encode.Links{Series: "/v1/series", Observations: "/v1/observations"}
	of := func(codes []string, periods ...string) (list []query.Suspect) {
		for _, code := range codes {
			for _, text := range periods {
				list = append(list, query.Suspect{Series: code, Period: period.MustParse(text)})
			}
		}
		return list
	}
	var years []string
	for year := 1990; year <= 2010; year++ {
		years = append(years, strconv.Itoa(year))
	}
	usd, eur := "gdp.cn.usd", "gdp.cn.eur"
	for _, c := range []struct {
		name     string
		suspects []query.Suspect
		want     string
	}{
		{"none", nil, ""},
		{"one", of([]string{usd}, "2013-01-01/P9M"), "/v1/series/gdp.cn.usd/observations/2013-01-01--P9M"},
		{"two periods", of([]string{usd}, "2012", "2013"), "/v1/observations?series=gdp.cn.usd&period=2012,2013"},
		{"two series", of([]string{usd, eur}, "2013"), "/v1/observations?series=gdp.cn.usd,gdp.cn.eur&period=2013"},
		{"more periods than an address has room for", of([]string{usd}, years...), "/v1/observations?series=gdp.cn.usd"},
	} {
		if got := links.LabelSuspect(c.suspects); got != c.want {
			t.Errorf("%s: LabelSuspect = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDefaultFields(t *testing.T) {
	for _, c := range []struct {
		shape encode.Shape
		want  string
	}{
		{encode.Shape{}, "period start end months ytd value decimals status flags reason growth_reported growth_computed growth_check published"},
		{encode.Shape{Across: true}, "series period start end months ytd value unit multiplier decimals status flags reason growth_reported growth_computed growth_check published"},
		{encode.Shape{Converted: true}, "period start end months ytd value unit multiplier decimals status flags reason growth_reported growth_computed growth_check published original_value original_unit fx_rate fx_method fx_source"},
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

// TestJSONAndCSVHoldTheSameCells reads both forms of one answer back.
func TestJSONAndCSVHoldTheSameCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(anyRow), 1, 5).Draw(t, "rows")
		var asJSON, asCSV bytes.Buffer
		options := encode.Options{Fields: []string{encode.AllFields}, Zone: shanghai(), Lang: rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "lang")}
		h := query.Head{View: query.View{Lang: options.Lang}}
		if err := write(encode.NewJSON(&asJSON, options), h, query.Tail{}, rows...); err != nil {
			t.Fatal(err)
		}
		if err := write(encode.NewCSV(&asCSV, options), h, query.Tail{}, rows...); err != nil {
			t.Fatal(err)
		}
		fromJSON, fromCSV := cellsOfJSON(t, asJSON.Bytes()), cellsOfCSV(t, asCSV.Bytes())
		if d := cmp.Diff(fromJSON, fromCSV); d != "" {
			t.Errorf("(-JSON +CSV):\n%s", d)
		}
	})
}

// cellsOfJSON returns each row's cells as CSV has them: null is empty.
func cellsOfJSON(t *rapid.T, raw []byte) []map[string]string {
	var answer struct {
		Observations []map[string]any `json:"observations"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&answer); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	var rows []map[string]string
	for _, o := range answer.Observations {
		row := map[string]string{}
		for key, cell := range o {
			row[key] = ""
			if cell != nil {
				row[key] = fmt.Sprint(cell)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func cellsOfCSV(t *rapid.T, raw []byte) []map[string]string {
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	if d := cmp.Diff(encode.Columns(), records[0]); d != "" {
		t.Fatalf("header (-want +got):\n%s", d)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = sheet.Unneutralised(cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// texts are drawn from what breaks writers; a line end of CSV is a line feed
// when it is read back, so no carriage return stands before one.
func anyText(t *rapid.T, name string) string {
	parts := []string{"=1+1", "'", "-", "+", "@", "\t", `"`, ",", "\n", " ", "重庆", "<b>", "\\", "\u2028", "a"}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 4).Draw(t, name), "")
}

func anyRow(t *rapid.T) *query.Row {
	r := gdp()
	v := *r.Version
	r.Version = &v
	v.Period = period.MustParse(rapid.SampledFrom([]string{"2013", "2013-Q3", "2013-09", "2013-09-15", "2013-01-01/P9M", "2013-01-01/P17D"}).Draw(t, "period"))
	v.Note, v.Source.Name, v.Source.URL = anyText(t, "note"), anyText(t, "source"), anyText(t, "url")
	r.GrowthText = anyText(t, "words")
	r.HasValue = rapid.Bool().Draw(t, "has")
	r.Value = figure.New(rapid.Int64().Draw(t, "value"), rapid.IntRange(-3, 18).Draw(t, "decimals"), 9)
	r.Converted = rapid.Bool().Draw(t, "converted")
	r.Original = r.Value
	r.HasComputed, r.HasReported = rapid.Bool().Draw(t, "computed"), rapid.Bool().Draw(t, "reported")
	if rapid.Bool().Draw(t, "base") {
		r.Base = period.Period{}
	}
	r.Flags = rapid.SliceOfN(rapid.SampledFrom([]string{"nil", "guess", "label_suspect:trade.cn.usd"}), 0, 2).Draw(t, "flags")
	r.Reason = rapid.SampledFrom([]string{"", "not_available"}).Draw(t, "reason")
	return r
}

func TestNumbersAsStrings(t *testing.T) {
	var out bytes.Buffer
	sink := encode.NewJSON(&out, encode.Options{Strings: true, Fields: []string{"value", "multiplier", "ytd", "growth_computed"}})
	r := gdp()
	r.HasComputed = false
	if err := write(sink, head(r), query.Tail{}, r); err != nil {
		t.Fatal(err)
	}
	if want := `[{"value":"118.7","multiplier":9,"ytd":true,"growth_computed":null}]`; !strings.Contains(out.String(), want) {
		t.Errorf("the answer lacks %s: %s", want, out.String())
	}
}

func TestByteOrderMark(t *testing.T) {
	var out bytes.Buffer
	if err := write(encode.NewCSV(&out, encode.Options{BOM: true, Fields: []string{"period"}}), query.Head{}, query.Tail{}); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "\uFEFFperiod\r\n"; got != want {
		t.Errorf("CSV = %q, want %q", got, want)
	}
}

func TestBadUTF8BecomesReplacementCharacters(t *testing.T) {
	var out bytes.Buffer
	r := gdp()
	r.Version.Note = "a\xffb\x01"
	if err := write(encode.NewJSON(&out, encode.Options{Fields: []string{"note"}}), head(r), query.Tail{}, r); err != nil {
		t.Fatal(err)
	}
	if want := "{\"note\":\"a\uFFFDb\\u0001\"}"; !strings.Contains(out.String(), want) {
		t.Errorf("the answer lacks %s: %s", want, out.String())
	}
}

func FuzzTextSurvivesJSONAndCSV(f *testing.F) {
	for _, seed := range []string{"", "=A1", "''=A1", "a,b", "a\"b", "\x00\x1f\u2028", "\xff", " x "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := gdp()
		r.Version.Note = text
		var asJSON bytes.Buffer
		if err := write(encode.NewJSON(&asJSON, encode.Options{Fields: []string{"note"}}), head(r), query.Tail{}, r); err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Observations []struct {
				Note string `json:"note"`
			} `json:"observations"`
		}
		if err := json.Unmarshal(asJSON.Bytes(), &answer); err != nil {
			t.Fatalf("%q: %v in %s", text, err, asJSON.String())
		}
		if got := answer.Observations[0].Note; got != strings.ToValidUTF8(replaceEach(text), "") {
			t.Errorf("JSON of %q reads as %q", text, got)
		}
		var asCSV bytes.Buffer
		if err := write(encode.NewCSV(&asCSV, encode.Options{Fields: []string{"note", "value"}}), head(r), query.Tail{}, r); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&asCSV).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := sheet.Unneutralised(records[1][0]); strings.ReplaceAll(got, "\r\n", "\n") != strings.ReplaceAll(text, "\r\n", "\n") {
			t.Errorf("CSV of %q reads as %q", text, got)
		}
	})
}

// replaceEach puts U+FFFD in place of each byte that is no UTF-8.
func replaceEach(text string) string { return string([]rune(text)) }

func ExampleExport() {
	r := gdp()
	withdrawn := *r.Version
	withdrawn.Withdrawn, withdrawn.State, withdrawn.Reason, withdrawn.Status = true, obs.Missing, "withdrawn", "O"
	var out bytes.Buffer
	e := encode.NewExport(&out, encode.Options{})
	_ = e.Version(r.Version)
	_ = e.Version(&withdrawn)
	_ = e.Close()
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// series,period,value,decimals,multiplier,status,growth_text,note,published_at,source,source_url
	// gdp.cn-cq-lj.cny,2013-01-01/P9M,118.7,1,9,A,,,2014-02-21T16:00:00Z,"Liangjiang New Area, Achievements page",
	// gdp.cn-cq-lj.cny,2013-01-01/P9M,,,,withdrawn,,,2014-02-21T16:00:00Z,"Liangjiang New Area, Achievements page",
}

func TestExportOfWhatIsNoNumber(t *testing.T) {
	for _, c := range []struct {
		name  string
		state obs.State
		why   string
		want  string
	}{
		{"not available", obs.Missing, "not_available", ",n/a,,,"},
		{"nil or missing", obs.Missing, "nil_or_missing", ",-,,,"},
		{"blank", obs.Missing, "blank", ",,,,"},
		{"declared zero", obs.Nil, "", ",nil,1,9,"},
		{"below half a unit", obs.BelowUnit, "", ",,1,9,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := gdp().Version
			v.State, v.Reason = c.state, c.why
			var out bytes.Buffer
			e := encode.NewExport(&out, encode.Options{})
			if err := e.Version(v); err != nil {
				t.Fatal(err)
			}
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "P9M"+c.want) {
				t.Errorf("export %q lacks %q", out.String(), c.want)
			}
		})
	}
}

// TestRowsDoNotAllocate writes rows of ordinary size into a buffer that has
// room.
func TestRowsDoNotAllocate(t *testing.T) {
	for name, sink := range map[string]query.Sink{
		"JSON": encode.NewJSON(io.Discard, encode.Options{}),
		"CSV":  encode.NewCSV(io.Discard, encode.Options{Zone: shanghai()}),
	} {
		r := gdp()
		if err := sink.Begin(head(r)); err != nil {
			t.Fatal(err)
		}
		n := testing.AllocsPerRun(200, func() {
			if err := sink.Row(r); err != nil {
				t.Error(err)
			}
		})
		if n > 0 {
			t.Errorf("%s allocates %v times a row, want 0", name, n)
		}
	}
}

func TestMarshalKeepsDecimalsAndText(t *testing.T) {
	got, err := encode.Marshal(map[string]any{"value": query.Number("118.70"), "none": query.Number(""), "text": "a<b"})
	if want := `{"none":null,"text":"a<b","value":118.70}` + "\n"; err != nil || string(got) != want {
		t.Errorf("Marshal = %s, %v, want %s", got, err, want)
	}
}

func BenchmarkRowsJSON(b *testing.B) { benchmark(b, encode.NewJSON(io.Discard, encode.Options{})) }

func BenchmarkRowsCSV(b *testing.B) {
	benchmark(b, encode.NewCSV(io.Discard, encode.Options{Zone: shanghai()}))
}

// benchmark writes an answer of 200 rows at each turn.
func benchmark(b *testing.B, sink query.Sink) {
	rows := slices.Repeat([]*query.Row{gdp()}, 200)
	if err := sink.Begin(head(rows[0])); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range rows {
			if err := sink.Row(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
