package ingest

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/sheet"
)

// ways are some of the ways in which a file is read.
var ways = []Settings{
	{},
	{SkipLines: 1},
	{Delimiter: ";"},
	{Footer: SingleCell},
	{Encoding: "utf-16"},
	{Encoding: "gb18030"},
	{Constants: map[string]string{"area": "cn", "unit": "CNY"}, Layout: Wide},
	{Constants: map[string]string{"area": "cn", "unit": "CNY"}, HeaderRows: 2},
	{Constants: map[string]string{"feed": "ecb"}},
	{Constants: map[string]string{"feed": "frb-h10"}},
	{Constants: map[string]string{"feed": "worldbank"}, SkipLines: 4, Layout: Wide},
	{Constants: map[string]string{"feed": "frb-h10", "kind": "average"}},
}

// ofNoLine are the codes of what holds of a whole file.
var ofNoLine = []fault.Code{fault.CSVEmpty, fault.CSVNoRows, fault.ArchiveInvalid, fault.WorkbookUnsupported, fault.XLSXInvalid, fault.XLSXTooLarge,
	fault.XLSXActiveContent, fault.CSVEncodingConflict, fault.FileTooLarge}

// FuzzFile reads any bytes in several ways, figures and rates: nothing panics,
// what is refused has a place and a remedy, what is asked an answer; and what
// has cells comes back marked, as cells.
func FuzzFile(f *testing.F) {
	for way, text := range []string{
		"indicator,area,period,value,unit,published\ngdp,cn,2013,118.7,CNY,2014-02-22\ngdp,cn,Sep-13,=1,\"CNY\n\",soon\n",
		"Source: \"x\nindicator,area,period,value,unit\ngdp,cn,2013-Q1,1.5,bn yuan\n\ngdp,cn\n",
		"indicator;area;period;value;unit\ngdp;cn;2013;1,5;CNY\n",
		"指标,地区,时期,数值,单位\n生产总值,两江新区,2013年1-9月,1187,亿元\n合计,,,1,\n注：x\n",
		"\xff\xfea\x00,\x00b\x00\n\x00",
		"\xd6\xb8\xb1\xea,2013\xc4\xea\n",
		"indicator,2012,2013\ngdp,1,2\nexports,-,…\n",
		"indicator,gdp,\n,2012,2013\nx,1,2\n",
		"Date, USD, JPY,\n2013-01-02, 1.3262, 115.3,\n2013-01-03, N/A, 0,\n",
		"observation_date,CHUS\n2013-01-02,6.2301\n2013-01-03,.\n",
		"\"Data Source\",\"WDI\",\n\n\"Last Updated\",\"2024\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2012\",\"2013\",\n\"China\",\"CHN\",\"x\",\"PA.NUS.FCRF\",\"6.3\",\"6.1\",\n",
		"\"Unique Identifier: \",\"H10/H10/RXI_N.B.CH\"\n\"Time Period\",\"RXI_N.B.CH\"\n2013-01-01,ND\n2013-01-02,6.2301\n",
	} {
		f.Add([]byte(text), byte(way))
	}
	f.Add([]byte("\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"no year\",\"2\"\n\"China\",\"CHN\",\"x\",\"PA.NUS.FCRF\",\"6.3\",\"6.1\"\n"), byte(0))
	f.Add([]byte(`<?xml version="1.0"?><gesmes:Envelope xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="2013-01-02"><Cube currency="USD" rate="1.3"/></Cube></Cube></gesmes:Envelope>`), byte(8))
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		f.Fatal(err)
	}
	moment := Moment{Now: time.Date(2020, 3, 1, 4, 0, 0, 0, time.UTC), Zone: time.UTC, Currency: "CNY", Feeds: []fx.Feed{
		{Code: "ecb", Averaging: "mean"},
		{Code: "frb-h10", Series: []fx.SeriesQuote{{Name: "CHUS", Base: "USD", Quote: "CNY"}, {Name: "RXI_N.B.CH", Base: "USD", Quote: "CNY"}}},
		{Code: "worldbank", Areas: []fx.AreaMoney{{Area: "CHN", Currency: "CNY", Taken: true}}},
	}}
	f.Fuzz(func(t *testing.T, text []byte, way byte) {
		file := File{Name: "file", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
		j, err := newJob(file, ways[int(way)%len(ways)], words, moment, Limits{Rows: 1000, Columns: 200})
		if err != nil {
			t.Fatal(err)
		}
		report, err := j.check(t.Context())
		if err != nil {
			t.Fatalf("check: %v", err)
		}
		for _, e := range report.Errors {
			if e.Expected == "" || e.Line == 0 && !slices.Contains(ofNoLine, e.Code) {
				t.Errorf("an error without a place or a remedy: %+v", e)
			}
		}
		for _, q := range report.Questions {
			if q.Answer == "" || q.Reason == "" {
				t.Errorf("a question without an answer or a reason: %+v", q)
			}
		}
		if !j.unreadable() {
			readMarked(t, &Marked{Report: report, job: j, marks: marksOf(report)})
		}
	})
}

// readMarked writes a file with what is wrong in it and reads that as cells.
func readMarked(t *testing.T, m *Marked) {
	t.Helper()
	var out bytes.Buffer
	if err := m.Write(t.Context(), &out); err != nil {
		t.Fatalf("Write: %v", err)
	}
	rows, err := sheet.NewCSV(strings.NewReader(out.String()), sheet.Options{Limits: sheet.Limits{Columns: 300, CellBytes: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := rows.Next()
		if err == io.EOF {
			return
		}
		if err != nil || row.Fault != nil {
			t.Fatalf("what was marked is no CSV: %v, %+v", err, row)
		}
	}
}
