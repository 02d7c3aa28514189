package period

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
)

func TestDateAgreesWithTheCalendar(t *testing.T) {
	day := time.Date(FirstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := firstDate; d <= endDate; d++ {
		year, month, dayOfMonth := d.YMD()
		if year != day.Year() || month != int(day.Month()) || dayOfMonth != day.Day() {
			t.Fatalf("Date(%d).YMD() = %d-%d-%d, want %s", d, year, month, dayOfMonth, day.Format(time.DateOnly))
		}
		if civil(year, month, dayOfMonth) != d {
			t.Fatalf("civil(%d, %d, %d) = %d, want %d", year, month, dayOfMonth, civil(year, month, dayOfMonth), d)
		}
		day = day.AddDate(0, 0, 1)
	}
	if MustParseDate("1970-01-01") != 0 {
		t.Error("1970-01-01 is not day 0")
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]fault.Code{
		"2013-09-15": "", "1800-01-01": "", "2199-12-31": "", "2012-02-29": "",
		"1799-12-31": fault.PeriodYearOutOfRange, "2200-01-01": fault.PeriodYearOutOfRange,
		"2013-13-01": fault.PeriodMonthOutOfRange, "2013-00-01": fault.PeriodMonthOutOfRange,
		"2013-02-29": fault.PeriodDayOutOfRange, "2013-04-31": fault.PeriodDayOutOfRange, "2013-01-00": fault.PeriodDayOutOfRange,
		"": fault.PeriodUnrecognised, "2013-9-15": fault.PeriodUnrecognised, "2013/09/15": fault.PeriodUnrecognised,
		"2013-09-15 ": fault.PeriodUnrecognised, "+013-09-15": fault.PeriodUnrecognised, "２０１３-09-15": fault.PeriodUnrecognised,
	} {
		d, err := ParseDate(text)
		if fault.CodeOf(err) != want {
			t.Errorf("ParseDate(%q) = %v, want the code %q", text, err, want)
		}
		if err == nil && d.String() != text {
			t.Errorf("ParseDate(%q) = %s, want the same", text, d)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2013-01-31", 1, "2013-02-28"},
		{"2012-01-31", 1, "2012-02-29"},
		{"2012-02-29", 12, "2013-02-28"},
		{"2013-01-15", -1, "2012-12-15"},
		{"2013-12-31", 2, "2014-02-28"},
		{"2013-03-31", -13, "2012-02-29"},
	} {
		if got := MustParseDate(c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestBetweenRefuses(t *testing.T) {
	day := MustParseDate("2013-01-01")
	for _, c := range []struct {
		start, end Date
		want       fault.Code
	}{
		{day, day, fault.PeriodEmptyInterval},
		{day, day - 1, fault.PeriodReversed},
		{firstDate - 1, day, fault.PeriodYearOutOfRange},
		{day, endDate + 1, fault.PeriodYearOutOfRange},
	} {
		if p, err := Between(c.start, c.end); fault.CodeOf(err) != c.want || !p.IsZero() {
			t.Errorf("Between(%s, %s) = %v, %v, want the code %s", c.start, c.end, p, err, c.want)
		}
	}
	if _, err := Between(firstDate, endDate); err != nil {
		t.Errorf("Between the first day and the last = %v, want no error", err)
	}
}

func TestWhatAPeriodIs(t *testing.T) {
	cases := []struct {
		text      string
		months    int
		whole     bool
		ytd       bool
		frequency Frequency
		length    Length
		sdmx      string
		path      string
		english   string
		chinese   string
	}{
		{"2013", 12, true, true, Annual, Length{Months: 12}, "2013", "2013", "2013", "2013年"},
		{"2013-H1", 6, true, true, HalfYear, Length{Months: 6}, "2013-S1", "2013-H1", "H1 2013", "2013年上半年"},
		{"2013-H2", 6, true, false, HalfYear, Length{Months: 6}, "2013-S2", "2013-H2", "H2 2013", "2013年下半年"},
		{"2013-Q1", 3, true, true, Quarter, Length{Months: 3}, "2013-Q1", "2013-Q1", "Q1 2013", "2013年一季度"},
		{"2013-Q4", 3, true, false, Quarter, Length{Months: 3}, "2013-Q4", "2013-Q4", "Q4 2013", "2013年四季度"},
		{"2013-01", 1, true, true, Month, Length{Months: 1}, "2013-01", "2013-01", "Jan 2013", "2013年1月"},
		{"2013-12", 1, true, false, Month, Length{Months: 1}, "2013-12", "2013-12", "Dec 2013", "2013年12月"},
		{"2013-01-01", 0, false, false, Day, Length{Days: 1}, "2013-01-01", "2013-01-01", "1 Jan 2013", "2013年1月1日"},
		{"2013-01-01/P9M", 9, true, true, None, Length{Months: 9}, "2013-01-01/P9M", "2013-01-01--P9M", "Jan–Sep 2013", "2013年1-9月"},
		{"2013-02-01/P3M", 3, true, false, None, Length{Months: 3}, "2013-02-01/P3M", "2013-02-01--P3M", "Feb–Apr 2013", "2013年2-4月"},
		{"2013-04-01/P6M", 6, true, false, None, Length{Months: 6}, "2013-04-01/P6M", "2013-04-01--P6M", "Apr–Sep 2013", "2013年4-9月"},
		{"2012-10-01/P12M", 12, true, false, None, Length{Months: 12}, "2012-10-01/P12M", "2012-10-01--P12M", "Oct 2012–Sep 2013", "2012年10月-2013年9月"},
		{"2011-01-01/P36M", 36, true, true, None, Length{Months: 36}, "2011-01-01/P36M", "2011-01-01--P36M", "2011–2013", "2011-2013年"},
		{"2013-04-06/P12M", 0, false, false, None, Length{Months: 12}, "2013-04-06/P12M", "2013-04-06--P12M", "6 Apr 2013–5 Apr 2014", "2013年4月6日-2014年4月5日"},
		{"2013-01-01/P274D", 0, false, false, None, Length{Days: 274}, "2013-01-01/P274D", "2013-01-01--P274D", "1 Jan 2013–1 Oct 2013", "2013年1月1日-2013年10月1日"},
	}
	for _, c := range cases {
		p := MustParse(c.text)
		if n, whole := p.Months(); n != c.months || whole != c.whole {
			t.Errorf("%s.Months() = %d, %t, want %d, %t", p, n, whole, c.months, c.whole)
		}
		if got := p.YTD(); got != c.ytd {
			t.Errorf("%s.YTD() = %t, want %t", p, got, c.ytd)
		}
		if got := p.Frequency(); got != c.frequency {
			t.Errorf("%s.Frequency() = %q, want %q", p, got, c.frequency)
		}
		if got := p.Length(); got != c.length {
			t.Errorf("%s.Length() = %+v, want %+v", p, got, c.length)
		}
		got := []string{p.String(), p.SDMX(), p.Path(), p.Label("en"), p.Label("zh")}
		if want := []string{c.text, c.sdmx, c.path, c.english, c.chinese}; !slices.Equal(got, want) {
			t.Errorf("%s is written %q, want %q", c.text, got, want)
		}
	}
}

func TestNoPeriodHasNoText(t *testing.T) {
	var none Period
	if !none.IsZero() || none.String() != "" || none.Label("en") != "" || none.Label("zh") != "" {
		t.Errorf("no period is written %q, want nothing", none.String())
	}
	if _, ok := none.Shift(1); ok {
		t.Error("no period can be moved")
	}
	if _, ok := none.Previous(); ok {
		t.Error("no period has one before it")
	}
}

func TestShift(t *testing.T) {
	cases := []struct {
		text   string
		months int
		want   string
	}{
		{"2013", -12, "2012"},
		{"2013-01-01/P9M", -12, "2012-01-01/P9M"},
		{"2012-02", 12, "2013-02"},
		{"2013-Q1", -3, "2012-Q4"},
		{"2013-H1", 6, "2013-H2"},
		{"2013-04-06/P12M", -12, "2012-04-06/P12M"},
		{"2013-01-01/P275D", -12, "2012-01-01/P275D"},
		{"2013-01-01/P274D", -12, ""},
		{"2013-09-15", -12, "2012-09-15"},
		{"2012-02-29", 12, ""},
		{"2012-02-29", 48, "2016-02-29"},
		{"2013-01-31", 1, ""},
		{"1800", -1, ""},
		{"2199", 1, ""},
		{"2013", 1 << 40, ""},
	}
	for _, c := range cases {
		got, ok := MustParse(c.text).Shift(c.months)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%s moved by %d months = %s, %t, want %s", c.text, c.months, got, ok, c.want)
		}
	}
}

func TestPreviousAndNext(t *testing.T) {
	for _, c := range [][3]string{
		{"2012", "2013", "2014"},
		{"2012-Q4", "2013-Q1", "2013-Q2"},
		{"2012-H2", "2013-H1", "2013-H2"},
		{"2012-12", "2013-01", "2013-02"},
		{"2012-02-28", "2012-02-29", "2012-03-01"},
		{"2012-12-31", "2013-01-01", "2013-01-02"},
		{"2012-04-01/P9M", "2013-01-01/P9M", "2013-10-01/P9M"},
		{"2012-12-18/P14D", "2013-01-01/P14D", "2013-01-15/P14D"},
	} {
		previous, _ := MustParse(c[1]).Previous()
		next, _ := MustParse(c[1]).Next()
		if previous.String() != c[0] || next.String() != c[2] {
			t.Errorf("%s stands between %s and %s, want %s and %s", c[1], previous, next, c[0], c[2])
		}
	}
	if p, ok := MustParse("1800").Previous(); ok {
		t.Errorf("1800 has %s before it, want none", p)
	}
}

func TestCompareOrdersByEndAndLongestFirst(t *testing.T) {
	texts := []string{"2012", "2013-Q1", "2013-01-01/P9M", "2013-Q3", "2013-09", "2013-09-30", "2013", "2013-H2", "2013-Q4", "2013-12"}
	list := make([]Period, len(texts))
	for i, text := range texts {
		list[len(texts)-1-i] = MustParse(text)
	}
	slices.SortFunc(list, Compare)
	for i, p := range list {
		if p.String() != texts[i] {
			t.Errorf("place %d has %s, want %s", i, p, texts[i])
		}
	}
}

func TestContainsAndOverlaps(t *testing.T) {
	year, quarter, next := MustParse("2013"), MustParse("2013-Q4"), MustParse("2014")
	if !year.Contains(quarter) || quarter.Contains(year) || !year.Contains(year) {
		t.Error("a year contains its quarters and itself, and no quarter its year")
	}
	if !year.Overlaps(quarter) || year.Overlaps(next) {
		t.Error("a year overlaps its quarters and not the next year")
	}
}

func TestMovingThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods(t, "period")
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		moved, ok := p.Shift(n)
		if !ok {
			return
		}
		if moved.Length() != p.Length() {
			t.Fatalf("%s moved by %d months is %s, of another length", p, n, moved)
		}
		if back, ok := moved.Shift(-n); !ok || back != p {
			t.Fatalf("%s moved by %d months and back is %s", p, n, back)
		}
		if previous, ok := p.Previous(); ok && (previous.End() != p.Start() || previous.Length() != p.Length()) {
			t.Fatalf("%s has %s before it, want one as long that ends where it starts", p, previous)
		}
	})
}

func TestPrintingDoesNotAllocate(t *testing.T) {
	p := MustParse("2013-01-01/P274D")
	var buffer [32]byte
	if n := testing.AllocsPerRun(100, func() { p.AppendTo(buffer[:0]) }); n != 0 {
		t.Errorf("AppendTo allocates %v times, want 0", n)
	}
}
