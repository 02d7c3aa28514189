package period

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
)

func TestParse(t *testing.T) {
	groups := []struct {
		want  string
		texts []string
	}{
		{"2013", []string{"2013", " 2013 ", "２０１３", "2013-A1", "2013年", "2013-01-01/P12M", "2013-01-01/P1Y", "2013-01-01/P365D",
			"2013-01/2013-12", "2013-01-01/2013-12-31", "2013-2013", "12M 2013", "2013-Q1/2013-Q4", "Jan-Dec 2013",
			"2013年1-12月", "2013年1-4季度", "first four quarters of 2013", "2013年前四季度", "2013-H1/2013-H2"}},
		{"2013-H1", []string{"2013-H1", "2013H1", "2013 H1", "2013-S1", "2013S1", "1H2013", "1H 2013", "1S2013", "H1 2013", "S1 2013",
			"h1 2013", "6M 2013", "2013年上半年", "2013年上半年累计", "2013年1-6月", "first half of 2013", "Jan-Jun 2013", "2013-01-01/P6M",
			"first two quarters of 2013"}},
		{"2013-H2", []string{"2013-H2", "2H2013", "2013年下半年", "second half of 2013", "2013-07/2013-12", "2013-07-01/P6M"}},
		{"2013-Q1", []string{"2013Q1", "Jan-Mar 2013", "2013年1-3月", "2013年一季度", "3M 2013", "2013年前3个月", "2013-01-01/P3M", "first quarter of 2013"}},
		{"2013-Q3", []string{"2013Q3", "2013 Q3", "2013-Q3", "2013q3", "Q3 2013", "Q3-2013", "3Q2013", "3Q 2013", "2013年三季度", "2013年第三季度",
			"2013年3季度", "2013 年 三季度", "third quarter of 2013", "Third Quarter 2013", "2013-07/2013-09", "Ｑ３　２０１３"}},
		{"2013-09", []string{"2013-09", "2013M09", "2013-M09", "2013M9", "2013 M9", "2013年9月", "2013年09月", "2013年九月", "2013年9月份",
			"2013-Sep", "2013 sept", "Sep 2013", "SEPTEMBER 2013", "Sep-2013", "2013–09", "2013-09-01/P1M", "2013-09/2013-09"}},
		{"2011-12", []string{"2011-12", "Dec 2011", "2011年十二月"}},
		{"2013-01", []string{"1M 2013", "2013-Jan", "Jan 2013", "2013年前1个月"}},
		{"2013-09-15", []string{"2013-09-15", "2013年9月15日", "2013年九月十五日", "2013-09-15/P1D", "2013-09-15/2013-09-15", "2013-09-15T00:00:00/P1D"}},
		{"2012-02-29", []string{"2012-02-29", "2012年2月29日", "2012年二月二十九日"}},
		{"2013-01-01/P9M", []string{"2013-01-01/P9M", "2013-01-01--P9M", "2013-01-01/p9m", "2013-01-01T00:00:00/P9M", "9M 2013", "9M2013", "9m-2013", "2013 9M",
			"09M 2013", "Jan-Sep 2013", "Jan – Sep 2013", "January–September 2013", "January to September 2013", "Jan to Sep 2013",
			"first three quarters of 2013", "first nine months of 2013", "first 9 months of 2013", "First 3 Quarters of 2013",
			"2013年1-9月", "2013年1—9月", "2013年1～9月", "2013年1~9月", "2013年1至9月", "2013年1月至9月", "2013年1月-9月", "2013年一至九月",
			"２０１３年１－９月", "2013 年 1 - 9 月", "2013年1-9月份", "2013年1-9月累计", "2013年前三季度", "2013年前3季度", "2013年前三个季度",
			"2013年前三季度累计", "2013年前九个月", "2013年前9月", "2013年1-3季度", "2013年一至三季度", "2013年第一至第三季度", "2013年1月-2013年9月",
			"2013-01/2013-09", "2013-01--2013-09", "2013-01 至 2013-09", "2013-01-01/2013-09-30", "2013-01-01~2013-09-30", "2013-Q1/2013-Q3",
			"2013年1月1日-9月30日", "2013年1月1日至2013年9月30日", "2013年1——9月", "2013年1--9月", "Jan--Sep 2013", "Jan -- Sep 2013",
			"2013-01 to 2013-09", "2013-01-01 to 2013-09-30", strings.Repeat(" ", 200) + "9M 2013" + strings.Repeat("\u3000", 200)}},
		{"2013-01-01/P2M", []string{"2013年1-2月", "Jan-Feb 2013", "2M 2013", "first two months of 2013"}},
		{"2013-01-01/P274D", []string{"2013-01-01/P274D", "2013-01-01--P274D", "2013-01-01/2013-10-01"}},
		{"2011-01-01/P36M", []string{"2011-2013", "2011–2013", "2011 - 2013", "2011/2013", "2011--2013", "2011至2013", "2011-2013年", "2011年-2013年", "2011——2013年", "2011 to 2013",
			"2011-01-01/P3Y", "2011-01-01/P36M", "2011-01-01/P2Y12M"}},
		{"2012-10-01/P12M", []string{"Oct 2012-Sep 2013", "October 2012 to September 2013", "2012年10月-2013年9月", "2012-10/2013-09", "2012-10-01/P1Y"}},
		{"2012-04-06/P12M", []string{"2012-04-06/P12M", "2012-04-06/2013-04-05"}},
		{"2013-01-31/P59D", []string{"2013-01-31/P2M", "2013-01-31/P59D"}},
		{"2012-10-01/P6M", []string{"2012年四季度-2013年一季度"}},
		{"1800", []string{"1800"}},
		{"2199", []string{"2199", "2199-01-01/P1Y"}},
		{"2199-12-31", []string{"2199-12-31"}},
	}
	for _, group := range groups {
		for _, text := range group.texts {
			p, err := Parse(text)
			if err != nil || p.String() != group.want {
				t.Errorf("Parse(%q) = %v, %v, want %s", text, p, err, group.want)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	groups := []struct {
		want  fault.Code
		texts []string
	}{
		{fault.PeriodEmpty, []string{"", " ", "\u3000\t", strings.Repeat(" ", 1<<20)}},
		{fault.PeriodDecimal, []string{"2013.1", "2013.10", "2013.0", "２０１３．１"}},
		{fault.PeriodNoYear, []string{"9-Jan", "15-Sep", "9 Jan", "Jan", "Jan-Sep", "Q3", "H1", "3Q", "9M", "9月", "9月15日", "1-9月", "三季度", "上半年", "前三季度", "third quarter", "first half"}},
		{fault.PeriodDayOrYear, []string{"Sep-13", "Sep 13", "sep-9"}},
		{fault.PeriodYearRangeOrMonth, []string{"2011-13", "2011–13", "2013-14", "2013-99"}},
		{fault.PeriodTwoDigitYear, []string{"13Q3", "13-Q3", "13 Q3", "Q3 13", "3Q13", "13H1", "1H13", "13M09", "9M 13", "13年", "13年1-9月", "13年前三季度", "11-13年", "Jan-Sep 13", "13", "13-09", "13-09-15", "first half of 13", "FY13", "FY13-14"}},
		{fault.PeriodMonthOutOfRange, []string{"2013-13", "2013-00", "2099-00", "2013M13", "2013M0", "2013M123", "13M 2013", "0M 2013", "2013年13月", "2013年0月", "2013年1-13月", "2013年前13个月", "2013-13-01", "first 13 months of 2013", "2013-01/2013-13", "first 18446744073709551619 months of 2013"}},
		{fault.PeriodQuarterOutOfRange, []string{"2013Q5", "2013Q0", "2013Q12", "Q5 2013", "5Q2013", "2013年5季度", "2013年第五季度", "2013年0季度", "2013年1-5季度", "2013年前五季度", "first five quarters of 2013", "fifth quarter of 2013"}},
		{fault.PeriodHalfOutOfRange, []string{"2013H3", "2013-S3", "2013-H0", "H3 2013", "3H2013", "third half of 2013"}},
		{fault.PeriodDayOutOfRange, []string{"2013-02-30", "2013-02-29", "2013-09-31", "2013-09-00", "2013年2月30日", "2013-02-30/P1M", "2012-02-29/P1Y", "2013-01-31/P1M"}},
		{fault.PeriodFiscalRuleMissing, []string{"FY2013", "FY 2013", "fy2013-14", "FY2013/14", "FY2013Q2", "Q2 FY2013"}},
		{fault.PeriodOneDigitMonth, []string{"2013-1", "2013–9"}},
		{fault.PeriodSerialNumber, []string{"41518", "41518.5"}},
		{fault.PeriodCompactDigits, []string{"201309", "20130915"}},
		{fault.PeriodDayMonthOrder, []string{"01/02/2013", "1/2/2013", "01-02-2013", "15.09.2013", "01/02/13", "01--02--2013"}},
		{fault.PeriodReversed, []string{"2013-2011", "2013-09/2013-01", "2013-09-30/2013-01-01", "Sep-Jan 2013", "Sep 2013-Oct 2012", "2013年9-1月", "2013年3-1季度", "2013-2011年"}},
		{fault.PeriodEmptyInterval, []string{"2013-01-01/P0D", "2013-01-01/P0M", "2013-01-01/P0Y0M"}},
		{fault.PeriodMixedPrecision, []string{"2013-01/2013-09-30", "2013/2013-09", "2013-01-01/2013-09", "2013-Q1/2013-09", "2013年1月-2014年", "2013年1月-2013年三季度"}},
		{fault.PeriodYearOutOfRange, []string{"1799", "2200", "0000", "9999", "1799-12", "1799Q4", "2200年", "2199-01-01/P13M", "2199-12-31/P2D", "2013-01-01/P999999999D", "2013-01-01/P9999M", "1799/2013", "Jan 2200", "9M 1799"}},
		{fault.PeriodUnrecognised, []string{"abc", "2013年1-9月①", "2013①", "2013-09-15 00:00", "2013-09-15T00:00:00", "2013-09-15T12:00:00/P1D",
			"2013/09/15", "2013-9-15", "2013-W05", "2013W05", "2013-A2", "M9 2013", "2013年累计", "2013年三季度累计", "2013年9月累计", "二〇一三年",
			"2013-01-01/P", "2013-01-01/PT1H", "2013-01-01/P2W", "2013-01-01/P1M1D", "2013-01-01/-P1M", "2013/P1Y", "2013-01/P9M", "P9M/2013-10-01",
			"2013-01-01/2013-09-30/P1D", "2013..2014", "-2013", "+2013", "2013-", "2013-Q", "2013-Q03", "Q32013", "2013Q3x", "2013 2014", "2013-01-",
			"first month of 2013", "last quarter of 2013", "second three quarters of 2013", "first half of2013", "n/a", "1", "123", "1234567890",
			"2013年1 2月", "2013\x00", "\xff2013", strings.Repeat("年", 1<<18), "٢٠١٣", "2013\u200909", strings.Repeat("2013", 40)}},
	}
	for _, group := range groups {
		for _, text := range group.texts {
			p, err := Parse(text)
			if got := fault.CodeOf(err); got != group.want {
				t.Errorf("Parse(%q) = %v, %v, want the code %s", text, p, err, group.want)
			}
		}
	}
}

func TestParseRefusalNamesTextAndRemedy(t *testing.T) {
	_, err := Parse("2013.1")
	found := fault.From(err)
	if found.Kind != fault.Invalid || !strings.Contains(found.Detail, `"2013.1"`) || !strings.Contains(found.Expected, "2013-Q1") {
		t.Errorf("Parse(2013.1) says %q and expects %q, want the text and a remedy", found.Detail, found.Expected)
	}
	_, err = Parse("2013-14")
	if found = fault.From(err); !strings.Contains(found.Expected, "FY2011-12") {
		t.Errorf("Parse(2013-14) expects %q, want the fiscal year among it", found.Expected)
	}
	_, err = Parse("201309")
	if found = fault.From(err); !strings.Contains(found.Expected, "2013-09") || strings.Contains(found.Expected, "2020-13") {
		t.Errorf("Parse(201309) expects %q, want dates that exist", found.Expected)
	}
	for code, reason := range reasons {
		if reason.what == "" || reason.expected == "" {
			t.Errorf("%s has no reason or no remedy", code)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"！～":                          "!-",
		"Ａ－ｚ　０９":                      "a-z 09",
		"\u00a0a\u3000 \t\r\nb\u00a0": "a b",
		"‐‑‒–—―−〜～~至":                 "-----------",
		"①²Ⅲｱ":                        "①²Ⅲｱ",
		"2013年":                       "2013年",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFiscalYears(t *testing.T) {
	start := func(text string, named NamedBy) Rules {
		day, err := ParseMonthDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return Rules{FiscalStart: day, FiscalNamedBy: named}
	}
	pairs := start("04-01", NamedByNone)
	pairs.YearPairsAreFiscal = true
	cases := []struct {
		rules Rules
		text  string
		want  string
		code  fault.Code
	}{
		{start("10-01", NamedByEnd), "FY2013", "2012-10-01/P12M", ""},
		{start("10-01", NamedByStart), "FY2013", "2013-10-01/P12M", ""},
		{start("10-01", NamedByEnd), "fy 2013", "2012-10-01/P12M", ""},
		{start("10-01", NamedByEnd), "ＦＹ２０１３", "2012-10-01/P12M", ""},
		{start("04-06", NamedByEnd), "FY2013-14", "2013-04-06/P12M", ""},
		{start("04-06", NamedByStart), "FY2013-14", "2013-04-06/P12M", ""},
		{start("04-06", NamedByNone), "FY2013/14", "2013-04-06/P12M", ""},
		{start("04-06", NamedByEnd), "FY2013--14", "2013-04-06/P12M", ""},
		{start("04-01", NamedByEnd), "FY2013-2014", "2013-04-01/P12M", ""},
		{start("04-01", NamedByEnd), "FY1999-00", "1999-04-01/P12M", ""},
		{start("01-01", NamedByEnd), "FY2013", "2013", ""},
		{start("01-01", NamedByStart), "FY2013", "2013", ""},
		{start("10-01", NamedByEnd), "FY2013Q1", "2012-Q4", ""},
		{start("10-01", NamedByEnd), "FY2013-Q2", "2013-Q1", ""},
		{start("10-01", NamedByEnd), "FY2013 Q4", "2013-Q3", ""},
		{start("10-01", NamedByEnd), "Q4 FY2013", "2013-Q3", ""},
		{start("10-01", NamedByEnd), "4Q FY2013", "2013-Q3", ""},
		{start("07-01", NamedByEnd), "FY2013H2", "2013-H1", ""},
		{start("04-06", NamedByStart), "FY2013 Q1", "2013-04-06/P3M", ""},
		{start("04-06", NamedByStart), "FY2013-14 Q4", "2014-01-06/P3M", ""},
		{start("04-06", NamedByStart), "FY2013-14Q4", "2014-01-06/P3M", ""},
		{start("04-06", NamedByStart), "Q4 FY2013/14", "2014-01-06/P3M", ""},
		{start("04-01", NamedByStart), "2011-12", "2011-12", ""},
		{start("04-01", NamedByStart), "2011-12 Q1", "", fault.PeriodUnrecognised},
		{start("04-01", NamedByStart), "Q1 2011-12", "", fault.PeriodUnrecognised},
		{pairs, "2011-12 Q1", "2011-Q2", ""},
		{pairs, "2011-12Q4", "2012-Q1", ""},
		{pairs, "Q4 2011-12", "2012-Q1", ""},
		{pairs, "Q4 2011", "2011-Q4", ""},
		{pairs, "2011/12", "2011-04-01/P12M", ""},
		{pairs, "2011-13 Q1", "", fault.PeriodFiscalSpan},
		{pairs, "2011-12 Q5", "", fault.PeriodQuarterOutOfRange},
		{pairs, "11-12", "", fault.PeriodTwoDigitYear},
		{pairs, "2011-12", "2011-04-01/P12M", ""},
		{pairs, "2011–12", "2011-04-01/P12M", ""},
		{pairs, "2099-00", "2099-04-01/P12M", ""},
		{pairs, "2011-2012", "2011-01-01/P24M", ""},
		{pairs, "2011-01/2011-09", "2011-01-01/P9M", ""},
		{pairs, "2011-12-01", "2011-12-01", ""},
		{pairs, "2011Q3", "2011-Q3", ""},
		{pairs, "2011-13", "", fault.PeriodFiscalSpan},
		{pairs, "2011-09", "", fault.PeriodFiscalSpan},
		{start("04-01", NamedByStart), "FY2013-15", "", fault.PeriodFiscalSpan},
		{start("04-01", NamedByStart), "FY2013-2013", "", fault.PeriodFiscalSpan},
		{start("01-01", NamedByStart), "FY2013-14", "", fault.PeriodFiscalSpan},
		{start("04-01", NamedByNone), "FY2013", "", fault.PeriodFiscalRuleMissing},
		{Rules{FiscalNamedBy: NamedByEnd}, "FY2013", "", fault.PeriodFiscalRuleMissing},
		{Rules{YearPairsAreFiscal: true}, "2011-12", "", fault.PeriodFiscalRuleMissing},
		{start("10-01", NamedByEnd), "FY2013Q5", "", fault.PeriodQuarterOutOfRange},
		{start("10-01", NamedByEnd), "FY2013H3", "", fault.PeriodHalfOutOfRange},
		{start("10-01", NamedByEnd), "FY13", "", fault.PeriodTwoDigitYear},
		{start("10-01", NamedByEnd), "FY1800", "", fault.PeriodYearOutOfRange},
		{start("10-01", NamedByStart), "FY2199", "", fault.PeriodYearOutOfRange},
		{start("10-01", NamedByEnd), "FY2013-1", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "FY2013 M9", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "FY", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "-FY2013", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "FY2013-", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "FY2013 Q1-", "", fault.PeriodUnrecognised},
		{start("10-01", NamedByEnd), "Q1 FY2013 Q2", "", fault.PeriodUnrecognised},
		{pairs, "-2011-12", "", fault.PeriodUnrecognised},
		{pairs, "2011-12-", "", fault.PeriodUnrecognised},
	}
	for _, c := range cases {
		p, err := c.rules.Parse(c.text)
		if fault.CodeOf(err) != c.code || p.String() != c.want {
			t.Errorf("%+v reads %q as %v, %v, want %s %s", c.rules, c.text, p, err, c.want, c.code)
		}
	}
}

func TestParseMonthDay(t *testing.T) {
	for text, want := range map[string]fault.Code{
		"04-01": "", "12-31": "", "10-01": "",
		"02-29": fault.PeriodDayOutOfRange, "13-01": fault.PeriodMonthOutOfRange, "04-31": fault.PeriodDayOutOfRange,
		"4-1": fault.PeriodUnrecognised, "": fault.PeriodUnrecognised, "04/01": fault.PeriodUnrecognised, "ab-cd": fault.PeriodUnrecognised,
	} {
		day, err := ParseMonthDay(text)
		if fault.CodeOf(err) != want {
			t.Errorf("ParseMonthDay(%q) = %v, want the code %q", text, err, want)
		}
		if err != nil && (!strings.Contains(err.Error(), strconv.Quote(text)) || fault.From(err).Expected == "") {
			t.Errorf("ParseMonthDay(%q) = %v, want the text and a remedy", text, err)
		}
		if err == nil && day.String() != text {
			t.Errorf("ParseMonthDay(%q) = %s, want the same", text, day)
		}
	}
}

// periods draws periods of every sort: calendar ones, whole months and any days.
func periods(t *rapid.T, label string) Period {
	start := Date(rapid.IntRange(int(firstDate), int(endDate)-1).Draw(t, label+" start"))
	if rapid.Bool().Draw(t, label+" months") {
		year, month, day := start.YMD()
		if rapid.Bool().Draw(t, label+" first") {
			day = 1
		}
		start = civil(year, month, day)
		end := start.AddMonths(rapid.SampledFrom([]int{1, 2, 3, 6, 9, 12, 13, 36}).Draw(t, label+" count"))
		if p, err := Between(start, end); err == nil {
			return p
		}
	}
	length := rapid.IntRange(1, min(4000, int(endDate-start))).Draw(t, label+" days")
	p, err := Between(start, start.AddDays(length))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryPeriodParsesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods(t, "period")
		for _, text := range []string{p.String(), p.SDMX(), p.Path(), strings.ToLower(p.String())} {
			if back, err := Parse(text); err != nil || back != p {
				t.Fatalf("Parse(%q) = %v, %v, want %s", text, back, err, p)
			}
		}
		text := p.Start().String() + "/" + p.Last().String()
		if back, err := Parse(text); err != nil || back != p {
			t.Fatalf("Parse(%q) = %v, %v, want %s", text, back, err, p)
		}
	})
}

// Labels are for reading, and still most of them are notations: every Chinese
// one, and every English one of whole months.
func TestLabelsParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods(t, "period")
		labels := []string{p.Label("zh")}
		if _, whole := p.Months(); whole {
			labels = append(labels, p.Label("en"))
		}
		for _, label := range labels {
			if back, err := Parse(label); err != nil || back != p {
				t.Fatalf("Parse(%q) = %v, %v, want %s", label, back, err, p)
			}
		}
	})
}

// FuzzParse reads any bytes: the answer is a period whose canonical text reads
// back to it, or a fault of the input.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"2013", "2013-Q3", "9M 2013", "Jan-Sep 2013", "first three quarters of 2013", "2013年1-9月累计", "2013年前三季度",
		"2013-01-01--P9M", "2013-01/2013-09", "FY2013-14 Q2", "Q2 FY2013", "41518", "01/02/2013", "Sep-13", "2011-13", "２０１３年", "2013-01-31/P1M",
	} {
		f.Add(seed)
	}
	declared := Rules{FiscalStart: MonthDay{10, 1}, FiscalNamedBy: NamedByEnd, YearPairsAreFiscal: true}
	f.Fuzz(func(t *testing.T, text string) {
		for _, rules := range []Rules{{}, declared} {
			p, err := rules.Parse(text)
			if err != nil {
				if fault.KindOf(err) != fault.Invalid {
					t.Fatalf("Parse(%q) = %v, want a fault of the input", text, err)
				}
				continue
			}
			if back, err := Parse(p.String()); err != nil || back != p || p.Last() < p.Start() {
				t.Fatalf("Parse(%q) = %s, which reads back as %v, %v", text, p, back, err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"2013", "2013-01-01/P9M", "2013-Q3", "2013年1-9月", "FY2013"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(text)
			}
		})
	}
}
