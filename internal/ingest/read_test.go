package ingest_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/data"
	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

func TestReadTidyRows(t *testing.T) {
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{name: "a level and a growth are two observations",
			text: "indicator,area,period,value,unit,multiplier,growth_reported,growth_basis,published\ngdp,cn-cq-lj,2013-01-01/P9M,118.7,CNY,9,16.2,real,2014-02-22\n",
			want: []string{"2 gdp.cn-cq-lj.cny 2013-01-01/P9M 118.7e9 A", "2 gdp.cn-cq-lj.cny.yoy.real 2013-01-01/P9M 16.2 A"}},
		{name: "Chinese columns, labels and units",
			text: "指标,地区,时期,数值,单位,发布日期\n地区生产总值,两江新区,2013年1-9月,1187,亿元,2014-02-22\n",
			want: []string{"2 gdp.cn-cq-lj.cny 2013-01-01/P9M 1187e8 A"}},
		{name: "headers and labels in any case, with spaces",
			text: "Indicator, Area ,PERIOD,Value,Unit,Price Basis,Published\nGDP,china,2013,  588018.8 ,CNY,Real-2010,2014-02-22\n",
			want: []string{"2 gdp.cn.cny.real-2010 2013 588018.8 A"}},
		{name: "a growth alone, with and without a unit",
			text: "indicator,area,period,value,unit,growth_reported,growth_basis,published\nindustrial-value-added,cn,2013,,,9.7%,real,2014-02-22\ngdp,cn,2013,,bn yuan,7.7％,,2014-02-22\n",
			want: []string{"2 industrial-value-added.cn.percent.yoy.real 2013 9.7 A", "3 gdp.cn.cny.yoy 2013 7.7 A"}},
		{name: "a growth in words is never a number",
			text: "indicator,area,period,value,unit,growth_reported,growth_text,published\ntrade,cn,2012-H1,9.133,bn usd,,2.6 times more,2012-07-30\nexports,cn,2012-H1,6.7,bn usd,1.8倍,,2012-07-30\n",
			want: []string{"2 trade.cn.usd 2012-H1 9.133e9 A", `2 trade.cn.usd.yoy 2012-H1 in words "2.6 times more" A`,
				"3 exports.cn.usd 2012-H1 6.7e9 A", `3 exports.cn.usd.yoy 2012-H1 in words "1.8倍" A`}},
		{name: "a growth that is printed as an index, declared",
			text:     "indicator,area,period,value,unit,growth_reported,published\ngdp,cn,2013,56.9,trillion yuan,107.7,2014-01-20\n",
			settings: ingest.Settings{GrowthIndex: true},
			want:     []string{"2 gdp.cn.cny 2013 56.9e12 A", "2 gdp.cn.cny.yoy 2013 7.7 A"}},
		{name: "a growth that is printed as an index, not declared",
			text: "indicator,area,period,value,unit,growth_reported,published\ngdp,cn,2013,56.9,trillion yuan,107.7,2014-01-20\n",
			want: []string{"2 gdp.cn.cny 2013 56.9e12 A", "2 gdp.cn.cny.yoy 2013 107.7 A"}},
		{name: "comparisons",
			text: "indicator,area,period,value,unit,growth_reported,growth_comparison,published\ngdp,cn,2013-Q3,1,CNY,2.2,环比,2014-01-20\ngdp,cn,2013-Q4,1,CNY,2.2,qoq,2014-01-20\ngdp,cn,2014-Q1,1,CNY,2.2,SAAR,2014-04-20\n" +
				"gdp,cn,2013-09,,CNY,0.4,mom,2014-01-20\ngdp,cn,2013,,CNY,7.7,pop,2014-01-20\ngdp,cn,2013-02-01/P3M,,CNY,0.4,qoq,2014-01-20\n",
			want: []string{"2 gdp.cn.cny 2013-Q3 1 A", "2 gdp.cn.cny.pop 2013-Q3 2.2 A", "3 gdp.cn.cny 2013-Q4 1 A", "3 gdp.cn.cny.pop 2013-Q4 2.2 A",
				"4 gdp.cn.cny 2014-Q1 1 A", "4 gdp.cn.cny.saar 2014-Q1 2.2 A",
				"5 gdp.cn.cny.pop 2013-09 0.4 A", "6 gdp.cn.cny.pop 2013 7.7 A", "7 gdp.cn.cny.pop 2013-02-01/P3M 0.4 A"}},
		{name: "a row whose measure is a growth",
			text: "indicator,area,period,value,unit,measure,price_basis,published\ngdp,cn,2013,7.7%,bn yuan,yoy,real,2014-01-20\n",
			want: []string{"2 gdp.cn.cny.yoy.real 2013 7.7 A"}},
		{name: "missing words, statuses and declared decimals",
			text: "indicator,area,period,value,unit,decimals,status,published\ngdp,cn,2010,…,bn yuan,,,2014-01-20\ngdp,cn,2011,-,bn yuan,,,2014-01-20\ngdp,cn,2012,,bn yuan,,,2014-01-20\n" +
				"gdp,cn,2013,118,bn yuan,1,e;P,2014-01-20\ngdp,cn,2014,118700,mn yuan,-2,F,2014-01-20\ngdp,cn,2015,zero,bn yuan,,,2014-01-20\ngdp,cn,2016,below_unit,bn yuan,1,,2014-01-20\n",
			want: []string{"2 gdp.cn.cny 2010 none (not_available) O", "3 gdp.cn.cny 2011 none (nil_or_missing) O", "4 gdp.cn.cny 2012 none (blank) O",
				"5 gdp.cn.cny 2013 118.0e9 P;E", "6 gdp.cn.cny 2014 118700e6 F", "7 gdp.cn.cny 2015 nil A", "8 gdp.cn.cny 2016 below half of 0.0e9 N"}},
		{name: "a withdrawal",
			text: "indicator,area,period,value,unit,status,published\ngdp,cn,2013,,CNY,withdrawn,2014-01-20\n",
			want: []string{"2 gdp.cn.cny 2013 none (withdrawn) O"}},
		{name: "scenario, adjustment and a dimension",
			text: "indicator,area,period,value,unit,scenario,adjustment,贸易伙伴,published\nexports,cn,2020,1,USD bn,目标,sa,对美国,2014-01-20\nexports,cn,2020,2,USD bn,target,,us,2014-01-20\nexports,cn,2020,3,USD bn,target,,,2014-01-20\n",
			want: []string{"2 exports.cn.usd.partner-us.sa.target 2020 1e9 A", "3 exports.cn.usd.partner-us.target 2020 2e9 A", "4 exports.cn.usd.target 2020 3e9 A"}},
		{name: "the series says it all",
			text: "series,period,value,unit,multiplier,growth_text,growth_reported,published\ngdp.cn.cny,2013,56.9,CNY,12,,9,2014-01-20\ngdp.cn.cny.yoy,2013,7.7,percent,0,,,2014-01-20\ngdp.cn.cny.yoy.real,2013,,,,twofold,,2014-01-20\n",
			want: []string{"2 gdp.cn.cny 2013 56.9e12 A", "3 gdp.cn.cny.yoy 2013 7.7 A", `4 gdp.cn.cny.yoy.real 2013 in words "twofold" A`}},
		{name: "mapped, ignored and constant columns",
			text:     "what,area,period,number,growth of something,published\ngdp,cn,2013,5,77,2014-01-20\n",
			settings: ingest.Settings{Columns: map[string]string{"what": "indicator", "number": "value", "growth of something": "ignore"}, Constants: map[string]string{"unit": "亿元"}},
			want:     []string{"2 gdp.cn.cny 2013 5e8 A"}},
		{name: "blank rows and a file of spreadsheets",
			text: "indicator,area,period,value,unit,published\n,,,,,\ngdp,cn,2013,5,CNY,2014-01-20\n\n , ,,,,\n",
			want: []string{"3 gdp.cn.cny 2013 5 A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, test.settings, test.want)
		})
	}
}

func TestReadKeepsTheCell(t *testing.T) {
	_, statements := readText(t, "indicator,area,period,value,unit,growth_reported,published,source,source_url,note\n"+
		"gdp,cn,2013,  56.9,trillion yuan,7.7%,2014-01-20,NBS,https://example.org/,first\n", ingest.Settings{})
	if len(statements) != 2 {
		t.Fatalf("%d statements, want 2", len(statements))
	}
	level, claim := statements[0], statements[1]
	if o := level.Origin; o.Line != 2 || o.Column != 4 || o.Cell != "  56.9" {
		t.Errorf("origin of the level = %+v, want line 2, column 4, the cell as it stands", o)
	}
	if o := claim.Origin; o.Line != 2 || o.Column != 6 || o.Cell != "7.7%" {
		t.Errorf("origin of the growth = %+v, want line 2, column 6", o)
	}
	for _, s := range statements {
		if s.Source.Name != "NBS" || s.Source.URL != "https://example.org/" || s.Note != "first" {
			t.Errorf("source and note of %s = %+v, %q", s.Code, s.Source, s.Note)
		}
		if got := s.Published.Format("2006-01-02T15:04:05Z07:00"); got != "2014-01-19T16:00:00Z" {
			t.Errorf("publication of %s = %s, want the start of the day in Shanghai", s.Code, got)
		}
	}
}

func TestReadReportsEveryCell(t *testing.T) {
	const header = "indicator,area,period,value,unit,multiplier,decimals,status,measure,price_basis,growth_reported,growth_comparison,growth_basis,published,published_at,source_url\n"
	for _, test := range []struct {
		name, row string
		want      []string
	}{
		{"labels", "gpd,cn-cq-l,2013,1,CNY,,,,,,,,,,,", []string{"2 A2 indicator unknown_code", "2 B2 area unknown_code"}},
		{"empty labels", ",,2013,1,CNY,,,,,,,,,,,", []string{"2 A2 indicator cell_empty", "2 B2 area cell_empty"}},
		{"period", "gdp,cn,Sep-13,1,CNY,,,,,,,,,,,", []string{"2 C2 period period_day_or_year"}},
		{"value", "gdp,cn,2013,\"1,5\",CNY,,,,,,,,,,,", []string{"2 D2 value number_separator_undeclared"}},
		{"no unit", "gdp,cn,2013,1,,,,,,,,,,,,", []string{"2 E2 unit unit_empty"}},
		{"unknown unit", "gdp,cn,2013,1,bn yaun,,,,,,,,,,,", []string{"2 E2 unit unit_unrecognised"}},
		{"two multipliers", "gdp,cn,2013,1,bn yuan,9,,,,,,,,,,", []string{"2 F2 multiplier unit_multiplier_twice"}},
		{"multiplier and decimals", "gdp,cn,2013,1,CNY,bn,x,,,,,,,,,", []string{"2 F2 multiplier multiplier_invalid", "2 G2 decimals decimals_invalid"}},
		{"too many decimals", "gdp,cn,2013,1.25,CNY,,1,,,,,,,,,", []string{"2 D2 value number_decimals_exceed"}},
		{"digits below the declared ones", "gdp,cn,2013,118750,CNY,,-2,,,,,,,,,", []string{"2 D2 value number_decimals_exceed"}},
		{"status", "gdp,cn,2013,1,CNY,,,Z,,,,,,,,", []string{"2 H2 status status_unknown"}},
		{"status against a value", "gdp,cn,2013,1,CNY,,,O,,,,,,,,", []string{"2 H2 status status_contradicts"}},
		{"withdrawn with a value", "gdp,cn,2013,1,CNY,,,withdrawn,,,,,,,,", []string{"2 D2 value status_contradicts"}},
		{"measure and basis", "gdp,cn,2013,1,CNY,,,,growth,cheap,,,,,,", []string{"2 I2 measure word_unknown", "2 J2 price_basis series_token_unknown"}},
		{"growth beside a growth", "gdp,cn,2013,1,CNY,,,,yoy,,5,,,,,", []string{"2 K2 growth_reported growth_on_claim"}},
		{"growth's cells", "gdp,cn,2013,1,CNY,,,,,,up,weekly,cheap,,,", []string{"2 L2 growth_comparison word_unknown", "2 M2 growth_basis word_unknown", "2 K2 growth_reported number_malformed"}},
		{"a comparison of quarters in a month", "gdp,cn,2013-09,1,CNY,,,,,,2,qoq,,,,", []string{"2 L2 growth_comparison growth_comparison_mismatch"}},
		{"a comparison of quarters in nine months", "gdp,cn,2013-01-01/P9M,1,CNY,,,,,,2,qoq,,,,", []string{"2 L2 growth_comparison growth_comparison_mismatch"}},
		{"a comparison of months in a quarter", "gdp,cn,2013-Q3,1,CNY,,,,,,2,mom,,,,", []string{"2 L2 growth_comparison growth_comparison_mismatch"}},
		{"a comparison of months in a year", "gdp,cn,2013,,CNY,,,,,,2,mom,,,,", []string{"2 L2 growth_comparison growth_comparison_mismatch"}},
		{"a period that none of equal length precedes", "gdp,cn,1800,1,CNY,,,,,,2,pop,,,,", []string{"2 L2 growth_comparison growth_comparison_mismatch"}},
		{"a comparison with a period that cannot be read", "gdp,cn,Sep-13,1,CNY,,,,,,2,qoq,,,,", []string{"2 C2 period period_day_or_year"}},
		{"publication", "gdp,cn,2013,1,CNY,,,,,,,,,22.2.2014,,", []string{"2 N2 published instant_unrecognised"}},
		{"a day to come", "gdp,cn,2013,1,CNY,,,,,,,,,2020-03-02,,", []string{"2 N2 published publication_time_missing"}},
		{"an instant to come", "gdp,cn,2013,1,CNY,,,,,,,,,,2020-03-02T10:00:00+08:00,", []string{"2 O2 published_at published_after_release"}},
		{"two days", "gdp,cn,2013,1,CNY,,,,,,,,,2014-02-21,2014-02-22T10:00:00+08:00,", []string{"2 N2 published publication_conflict"}},
		{"address", "gdp,cn,2013,1,CNY,,,,,,,,,,,javascript:alert(1)", []string{"2 P2 source_url source_url_invalid"}},
		{"everything at once", "gpd,xx-yy,13Q3,x,m,bn,y,Z,,,up,weekly,,soon,,ftp://x", []string{
			"2 A2 indicator unknown_code", "2 B2 area unknown_code", "2 F2 multiplier multiplier_invalid", "2 C2 period period_two_digit_year",
			"2 N2 published instant_unrecognised", "2 P2 source_url source_url_invalid", "2 H2 status status_unknown", "2 G2 decimals decimals_invalid",
			"2 D2 value number_malformed", "2 L2 growth_comparison word_unknown", "2 K2 growth_reported number_malformed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, statements := readText(t, header+test.row+"\n", ingest.Settings{})
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors of %q (-want +got):\n%s", test.row, diff)
			}
			for _, f := range report.Errors {
				if f.Expected == "" {
					t.Errorf("%s does not say what was expected", f.Code)
				}
			}
			if len(statements) > 0 || report.Verdict != ingest.Reject {
				t.Errorf("verdict %s with %d statements, want reject and none", report.Verdict, len(statements))
			}
		})
	}
}

func TestReadNamesTheThreeNearest(t *testing.T) {
	report, _ := readText(t, "indicator,area,period,value,unit\nindustrial-outptu,cn,2013,1,CNY\n", ingest.Settings{})
	if len(report.Errors) != 1 || !strings.HasPrefix(report.Errors[0].Expected, "industrial-output (") || strings.Count(report.Errors[0].Expected, "(") != 3 {
		t.Errorf("errors = %+v, want industrial-output first of three", report.Errors)
	}
}

func TestReadAsksAboutTheTable(t *testing.T) {
	const rest = "gdp,cn,2013,1,CNY\n"
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		verdict    string
		needs      []string
		errors     []string
	}{
		{name: "a nearly known column", text: "indicator,area,period,vaule,unit\n" + rest, verdict: ingest.NeedsProfile, needs: []string{"columns", "columns"}, errors: []string{"1 D1 vaule column_unmapped"}},
		{name: "a column of growth", text: "indicator,area,period,value,unit,同比增长\n", verdict: ingest.NeedsProfile, needs: []string{"columns"}, errors: []string{"1 F1 同比增长 column_unmapped"}},
		{name: "no area", text: "indicator,period,value,unit\n", verdict: ingest.NeedsProfile, needs: []string{"columns"}, errors: []string{}},
		{name: "one meaning twice", text: "indicator,area,region,period,value,unit\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"1 C1 region csv_duplicate_header"}},
		{name: "one ignored header twice", text: "indicator,area,period,value,unit,x,x\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"1 G1 x csv_duplicate_header"}},
		{name: "a constant and a column", text: "indicator,area,period,value,unit\n", settings: ingest.Settings{Constants: map[string]string{"unit": "CNY"}}, verdict: ingest.Reject, needs: []string{}, errors: []string{"1 E1 unit constant_and_column"}},
		{name: "semicolons with quotes", text: "\"indicator\";\"area\";\"period\";\"value\";\"unit\"\n", verdict: ingest.NeedsProfile, needs: []string{"delimiter"}, errors: []string{}},
		{name: "periods across", text: "indicator,unit,2012,2013\ngdp,CNY,1,2\n", verdict: ingest.NeedsProfile, needs: []string{"layout"}, errors: []string{}},
		{name: "indicators across", text: "year,gdp,trade\n2012,1,2\n", verdict: ingest.NeedsProfile, needs: []string{"layout"}, errors: []string{}},
		{name: "indicators across without units", text: "year,gdp,trade\n,亿元,亿美元\n2012,1,2\n", settings: ingest.Settings{Layout: ingest.IndicatorsAcross, Constants: map[string]string{"area": "cn"}}, verdict: ingest.NeedsProfile, needs: []string{"units_row"}, errors: []string{}},
		{name: "a title above", text: "GDP of China\n\nindicator,area,period,value,unit\n" + rest, verdict: ingest.NeedsProfile, needs: []string{"header_row"}, errors: []string{}},
		{name: "a title above periods across", text: "Source,Bank\n\nCountry,2012,2013,2014\nx,1,2,3\n", verdict: ingest.NeedsProfile, needs: []string{"header_row"}, errors: []string{}},
		{name: "years as values below indicators across are no header", text: "year,gdp,trade,exports\n2012,1991,1992,1993\n", verdict: ingest.NeedsProfile, needs: []string{"layout"}, errors: []string{}},
		{name: "a formula in an ignored column", text: "indicator,area,period,value,unit,x\ngdp,cn,2013,1,CNY,@now\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"2 F2 F csv_formula_cell"}},
		{name: "rows of another width are told one by one", text: "indicator,area,period,value,unit\ngdp,cn,2013,1\n" + rest + "gdp,cn,2014,1,5,CNY\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"2 csv_ragged", "4 csv_ragged"}},
		{name: "a cell without a header", text: "indicator,area,period,value,unit,\ngdp,cn,2013,1,CNY,7\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"2 F2 F csv_ragged"}},
		{name: "a footnote in the middle is none", text: "indicator,area,period,value,unit\n" + rest + "Note\ngdp,cn,2014,1,CNY\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"3 csv_ragged"}},
		{name: "a quote that opens in the first row is no table without rows", text: "indicator,area,period,value,unit\n\"gdp,cn,2013,1,CNY\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"2 A2 A csv_unclosed_quote"}},
		{name: "an open quote below rows that contradict each other", text: "indicator,area,period,value,unit\n" + rest + "gdp,cn,2013,2,CNY\n\"gdp\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"4 A4 A csv_unclosed_quote"}},
		{name: "an open quote ends the reading", text: "indicator,area,period,value,unit\nx,cn,2013,1,CNY\ngdp,\"cn,2013\n", verdict: ingest.Reject, needs: []string{}, errors: []string{"3 B3 B csv_unclosed_quote", "2 A2 indicator unknown_code"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, test.settings)
			if report.Verdict != test.verdict {
				t.Errorf("verdict %s, want %s", report.Verdict, test.verdict)
			}
			if diff := cmp.Diff(test.needs, needsOf(report)); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errors, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadListsWhatItIgnores(t *testing.T) {
	report, _ := readText(t, "series,area,period,value,growth_reported,remarks,published\ngdp.cn.cny,cn,2013,1,5,x,2014-01-20\n", ingest.Settings{})
	want := []ingest.Ignored{
		{Column: "F", Header: "remarks", Reason: "its name is not known"},
		{Column: "B", Header: "area", Reason: "the series says it"},
		{Column: "E", Header: "growth_reported", Reason: "with a series column, a reported growth is a row of its own"},
	}
	if diff := cmp.Diff(want, report.Understood.Ignored); diff != "" {
		t.Errorf("ignored (-want +got):\n%s", diff)
	}
}

func TestReadFindsRepeats(t *testing.T) {
	const header = "indicator,area,period,value,unit,growth_reported,published\n"
	report, statements := readText(t, header+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"+
		"GDP,China,Jan-Dec 2013,569000,亿元,,2014-01-20\n"+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-21\n", ingest.Settings{})
	if report.Verdict != ingest.Reject || len(report.Errors) != 1 || report.Errors[0].Code != fault.CSVDuplicateConflict || report.Errors[0].Line != 3 || report.Errors[0].FirstLine != 2 {
		t.Errorf("errors = %+v, want a conflict of line 3 with line 2: the same number known to another precision", report.Errors)
	}
	if len(statements) != 0 {
		t.Errorf("%d statements, want none", len(statements))
	}
	report, statements = readText(t, header+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"+
		"gdp,cn,2013,56900,bn yuan,,2014-01-20\n", ingest.Settings{})
	if report.Verdict != ingest.Reject || len(statements) != 0 {
		t.Errorf("verdict %s, want reject: 56900 bn is not 56.9 trillion to the same precision", report.Verdict)
	}
	report, statements = readText(t, header+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-20\n"+
		"国内生产总值,中国,2013年,56.9,万亿元,7.7,2014-01-20\n"+
		"gdp,cn,2013,56.9,trillion yuan,7.7,2014-01-21\n", ingest.Settings{})
	want := []string{"2 gdp.cn.cny 2013 56.9e12 A", "2 gdp.cn.cny.yoy 2013 7.7 A", "4 gdp.cn.cny 2013 56.9e12 A", "4 gdp.cn.cny.yoy 2013 7.7 A"}
	if diff := cmp.Diff(want, tellAll(statements)); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
	if report.WarningTotal != 2 || report.Warnings[0].Code != fault.DuplicateIdentical || report.Warnings[0].FirstLine != 2 {
		t.Errorf("warnings = %+v, want level and growth of line 3 as repeats of line 2", report.Warnings)
	}
	if report.Understood.Levels != 2 || report.Understood.Claims != 2 {
		t.Errorf("understood %d levels and %d claims, want 2 and 2", report.Understood.Levels, report.Understood.Claims)
	}
}

func TestReadAssumes(t *testing.T) {
	report, statements := readText(t, "indicator,area,period,value,unit,growth_reported\ngdp,cn,2013,1,CNY,5\ngdp,cn,2014,1,CNY,5\n", ingest.Settings{})
	want := []ingest.Default{{Name: "published_at", Value: "the instant of recording", Rows: 2}, {Name: "growth_comparison", Value: "yoy", Rows: 2}}
	if diff := cmp.Diff(want, report.Understood.Defaults); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
	if len(report.Warnings) != 1 || report.Warnings[0].Code != fault.PublishedAtAssumed || report.WarningCounts[0].Count != 2 {
		t.Errorf("warnings = %+v, want one %s", report.Warnings, fault.PublishedAtAssumed)
	}
	for _, s := range statements {
		if !s.Published.IsZero() {
			t.Errorf("publication of %s = %v, want the instant of recording", s.Code, s.Published)
		}
	}
}

func TestReadUnderEmbargo(t *testing.T) {
	release := now.Add(48 * 3600e9)
	m := ingest.Moment{Now: now, Release: release, Zone: shanghai(t)}
	text := "indicator,area,period,value,unit,published_at\ngdp,cn,2013,1,CNY,2014-01-20T10:00:00+08:00\ngdp,cn,2014,1,CNY,\ngdp,cn,2015,1,CNY,2020-03-03T04:00:00Z\n"
	report, statements := readAt(t, text, ingest.Settings{}, m)
	if report.Verdict != ingest.Accept {
		t.Fatalf("errors %v", errorsOf(report))
	}
	for _, s := range statements {
		if !s.Published.Equal(release) {
			t.Errorf("publication of line %d = %v, want the embargo %v", s.Line, s.Published, release)
		}
	}
	report, _ = readAt(t, strings.Replace(text, "04:00:00Z", "04:00:01Z", 1), ingest.Settings{}, m)
	if diff := cmp.Diff([]string{"4 F4 published_at published_after_release"}, errorsOf(report)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestReadTheSample(t *testing.T) {
	sample := data.Sample()
	names, err := fs.Glob(sample, "*.csv")
	if err != nil || len(names) == 0 {
		t.Fatalf("sample: %d files, %v", len(names), err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(sample, name)
		if err != nil {
			t.Fatal(err)
		}
		report, _ := readText(t, string(body), ingest.Settings{})
		if report.Verdict != ingest.Accept {
			t.Errorf("%s: %s, errors %+v, questions %+v", name, report.Verdict, report.Errors, report.Questions)
		}
		if len(report.Understood.Ignored) > 0 {
			t.Errorf("%s: ignored %+v, want nothing", name, report.Understood.Ignored)
		}
	}
}
