package encode_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
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
		HasComputed: true, Computed: figure.MustParse("4.03", 0), GrowthBase: period.MustParse("2012-01-01/P9M"),
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
	r.HasOriginal, r.Original = r.Converted, r.Value
	r.HasComputed, r.HasReported = rapid.Bool().Draw(t, "computed"), rapid.Bool().Draw(t, "reported")
	if rapid.Bool().Draw(t, "base") {
		r.GrowthBase = period.Period{}
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

func TestMarshalKeepsDecimalsAndText(t *testing.T) {
	got, err := encode.Marshal(map[string]any{"value": query.Number("118.70"), "none": query.Number(""), "text": "a<b"})
	if want := `{"none":null,"text":"a<b","value":118.70}` + "\n"; err != nil || string(got) != want {
		t.Errorf("Marshal = %s, %v, want %s", got, err, want)
	}
}
