package encode_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// nineMonths is a table of two columns and one row with figures of every sort.
func nineMonths() *query.Table {
	p := period.MustParse("2013-01-01/P9M")
	t := query.NewTable(query.Layout{Rows: query.ByPeriod, Columns: query.ByIndicator},
		[]query.Heading{{Code: p.String(), Label: p.Label("en"), Period: p}},
		[]query.Heading{
			{Code: "gdp", Label: "GDP", Series: "gdp.cn-cq-lj.cny", Unit: "CNY", Multiplier: 9},
			{Code: "population", Label: "Population", Series: "population.cn-cq-lj.persons", Unit: "persons"},
			{Code: "trade", Label: "Trade"},
		})
	t.Head = query.Head{Moment: query.Moment{Token: "abc"}}
	t.Fixed = query.Heading{Code: "cn-cq-lj", Label: "Liangjiang New Area"}
	t.Tail = query.Tail{Total: 1}
	gdp := query.NewCell(gdp())
	t.Set(0, 0, &gdp)
	t.Set(0, 1, &query.Cell{Series: "population.cn-cq-lj.persons", BelowUnit: true, Value: figure.MustParse("0", 0), Status: "N", Reason: "below_unit"})
	return t
}

func ExampleWideCSV() {
	var out bytes.Buffer
	if err := encode.WideCSV(&out, nineMonths(), encode.Options{}); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// period,label,start,end,gdp [CNY 10^9],gdp status,population [persons],population status,trade,trade status
	// 2013-01-01/P9M,Jan–Sep 2013,2013-01-01,2013-09-30,118.7,A;contradicted;guess,,N;below_unit,,O;no_observation
}

func ExampleWideJSON() {
	var out bytes.Buffer
	if err := encode.WideJSON(&out, nineMonths(), encode.Options{Links: encode.Links{Self: "/v1/observations"}}); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.NewReplacer(`},{`, "},\n{", `:[{`, ":[\n{", `],"`, "],\n\"", `,"state"`, ",\n\"state\"").Replace(out.String()))
	// Output:
	// {"layout":{"rows":"period","columns":"indicator"},"fixed":{"dimension":"area","code":"cn-cq-lj","label":"Liangjiang New Area"},"columns":[
	// {"code":"gdp","label":"GDP","series":"gdp.cn-cq-lj.cny","unit":"CNY","multiplier":9},
	// {"code":"population","label":"Population","series":"population.cn-cq-lj.persons","unit":"persons","multiplier":0},
	// {"code":"trade","label":"Trade","series":null,"unit":null,"multiplier":null}],
	// "rows":[
	// {"code":"2013-01-01/P9M","label":"Jan–Sep 2013","start":"2013-01-01","end":"2013-09-30","cells":[
	// {"value":118.7,"decimals":1,"status":"A","flags":"contradicted;guess","reason":null},
	// {"value":null,"decimals":0,"status":"N","flags":null,"reason":"below_unit"},
	// {"value":null,"decimals":null,"status":"O","flags":null,"reason":"no_observation"}]}],
	// "total":1,"next":null,"warnings":[],
	// "conversion":null,
	// "state":"abc","updated_at":null,"licence":null,"attribution":null,"links":{"self":"/v1/observations"}}
}

// TestWideNumbersAreWhole writes numbers that no binary fraction holds.
func TestWideNumbersAreWhole(t *testing.T) {
	table := nineMonths()
	long := "12345678901234567890123456789012345.000"
	table.Set(0, 2, &query.Cell{HasValue: true, Value: figure.MustParse(long, 9), Status: "A", HasHalfWidth: true, HalfWidth: figure.MustParse("0.0010", 9)})
	table.Head.Derived = true
	for _, quoted := range []bool{false, true} {
		var out bytes.Buffer
		if err := encode.WideJSON(&out, table, encode.Options{Strings: quoted}); err != nil {
			t.Fatal(err)
		}
		var any map[string]any
		if err := json.Unmarshal(out.Bytes(), &any); err != nil {
			t.Fatalf("%v in %s", err, out.Bytes())
		}
		want := `{"value":` + long + `,"decimals":3,"status":"A","flags":null,"reason":null,"half_width":0.0010,"derivation":null}`
		if quoted {
			want = strings.NewReplacer(long, `"`+long+`"`, "0.0010", `"0.0010"`).Replace(want)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("JSON lacks %s:\n%s", want, out.Bytes())
		}
	}
}

// TestWideRowsWithUnits holds tables in which the rows have the units.
func TestWideRowsWithUnits(t *testing.T) {
	p := period.MustParse("2013")
	table := query.NewTable(query.Layout{Rows: query.ByArea, Columns: query.ByPeriod},
		[]query.Heading{{Code: "cn", Label: `China, "mainland"`, Series: "gdp.cn.cny", Unit: "CNY", Multiplier: 8}, {Code: "fr", Label: "=France"}},
		[]query.Heading{{Code: "2013", Label: "2013", Period: p}})
	table.Set(0, 0, &query.Cell{Series: "gdp.cn.cny", HasValue: true, Value: figure.MustParse("588019", 8), Status: "A"})
	var out bytes.Buffer
	if err := encode.WideCSV(&out, table, encode.Options{BOM: true}); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := `[[area label series unit multiplier 2013 2013 status] [cn China, "mainland" gdp.cn.cny CNY 8 588019 A] [fr '=France     O;no_observation]]`
	if got := fmt.Sprint(lines); got != want {
		t.Errorf("lines = %s, want %s", got, want)
	}
	out.Reset()
	if err := encode.WideJSON(&out, table, encode.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`"columns":[{"code":"2013","label":"2013","start":"2013-01-01","end":"2013-12-31"}]`,
		`"series":"gdp.cn.cny","unit":"CNY","multiplier":8,"cells":[{"value":588019,`,
		`{"code":"fr","label":"=France","series":null,"unit":null,"multiplier":null,"cells":[{"value":null,"decimals":null,"status":"O","flags":null,"reason":"no_observation"}]}`,
		`"fixed":null`,
	} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("JSON lacks %s:\n%s", text, out.Bytes())
		}
	}
}
