package period

import (
	"strings"

	"bellwether/internal/fault"
)

// chineseNotation reads the notations of Chinese bulletins.
//
//	2013年  2013年9月  2013年9月15日  2013年三季度  2013年第三季度  2013年上半年
//	2013年1-9月  2013年1-9月累计  2013年1-3季度  2013年前三季度  2012年10月-2013年9月
//
// 2013年三季度 is the third quarter alone; with 前 it is the first three.
func chineseNotation(_ Rules, text string) (Period, fault.Code) {
	if !strings.ContainsAny(text, "年月季半") {
		return no()
	}
	tight := tighten(text)
	if p, code := (&scanner{text: tight}).fromJanuary(); code != fault.PeriodUnrecognised {
		return p, code
	}
	s := &scanner{text: tight}
	a, ok := s.chinesePart()
	switch {
	case !ok:
		return no()
	case s.done():
		return a.period()
	case !s.dash():
		return no()
	}
	b, ok := s.chinesePart()
	s.eat("累计")
	if !ok || !s.done() {
		return no()
	}
	return chineseRange(a, b)
}

// tighten drops the spaces that do not part two numbers.
func tighten(text string) string {
	if !strings.Contains(text, " ") {
		return text
	}
	isDigit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	var b strings.Builder
	for i := range len(text) {
		if text[i] != ' ' || isDigit(i-1) && isDigit(i+1) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// fromJanuary reads what is counted from January: 前三季度, 前九个月, and 上半年
// where 累计 follows it.
func (s *scanner) fromJanuary() (Period, fault.Code) {
	year, width := s.chineseYear()
	n, unit := 6, "月"
	if s.eat("前") {
		var ok bool
		if n, ok = s.chineseNumber(); !ok {
			return no()
		}
		s.eat("个")
		if unit, ok = s.eatAny("季度", "月"); !ok {
			return no()
		}
		s.eat("累计")
	} else if !s.eat("上半年累计") {
		return no()
	}
	if !s.done() {
		return no()
	}
	if code := checkWidth(width); code != "" {
		return Period{}, code
	}
	if unit == "月" {
		return cumulative(year, n)
	}
	if n < 1 || n > 4 {
		return Period{}, fault.PeriodQuarterOutOfRange
	}
	return months(year, 1, 3*n)
}

// chineseYear takes 2013年; width is 0 when no year stands here.
func (s *scanner) chineseYear() (year, width int) {
	before := s.at
	year, width = s.number()
	if width == 0 || !s.eat("年") {
		s.at = before
		return 0, 0
	}
	return year, width
}

// checkWidth says what is wrong with a year of so many digits.
func checkWidth(width int) fault.Code {
	switch width {
	case 4:
		return ""
	case 0:
		return fault.PeriodNoYear
	case 2:
		return fault.PeriodTwoDigitYear
	}
	return fault.PeriodUnrecognised
}
