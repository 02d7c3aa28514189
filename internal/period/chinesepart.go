package period

import "bellwether/internal/fault"

// chineseUnit is what a chinesePart counts.
type chineseUnit uint8

const (
	wholeYear chineseUnit = iota
	halfOfYear
	quarterOfYear
	monthOfYear
	dayOfMonth
	bareNumber // its unit stands at the other end: the 1 of 1-9月
)

// A chinesePart is one end of a range, or a whole period.
type chinesePart struct {
	year  int
	width int // the digits of the year, 0 when none is written
	unit  chineseUnit
	n     int // which half, quarter or month, or the bare number
	day   int
}

// chinesePart takes a year and what of it is named, either of which may be
// missing.
func (s *scanner) chinesePart() (chinesePart, bool) {
	year, width := s.chineseYear()
	p := chinesePart{year: year, width: width}
	if half, ok := s.eatAny("上半年", "下半年"); ok {
		p.unit, p.n = halfOfYear, 1
		if half == "下半年" {
			p.n = 2
		}
		return p, true
	}
	ordinal := s.eat("第")
	n, ok := s.chineseNumber()
	if !ok {
		return p, !ordinal && width > 0
	}
	p.n = n
	switch {
	case s.eat("季度"):
		p.unit = quarterOfYear
	case !ordinal && s.eat("月"):
		p.unit = monthOfYear
		s.chineseDay(&p)
	default:
		p.unit = bareNumber
	}
	return p, true
}

// chineseDay takes the day behind a month, if one stands there, or the 份 that
// means no more than 月 does.
func (s *scanner) chineseDay(p *chinesePart) {
	if s.eat("份") {
		return
	}
	before := s.at
	if n, ok := s.chineseNumber(); ok && s.eat("日") {
		p.unit, p.day = dayOfMonth, n
		return
	}
	s.at = before
}

// period returns the part as a period of its own.
func (p chinesePart) period() (Period, fault.Code) {
	if p.unit == bareNumber {
		return no()
	}
	if code := checkWidth(p.width); code != "" {
		return Period{}, code
	}
	switch p.unit {
	case halfOfYear:
		return fractionName{letter: "h", n: p.n, width: 1}.of(p.year)
	case quarterOfYear:
		return fractionName{letter: "q", n: p.n, width: 1}.of(p.year)
	case monthOfYear:
		return months(p.year, p.n, 1)
	case dayOfMonth:
		return oneDay(p.year, p.n, p.day)
	case wholeYear, bareNumber:
	}
	return months(p.year, 1, 12)
}

// chineseRange joins two parts; what one end leaves out the other one says:
// the unit of 1-9月 and the year of 2013年1月-9月.
func chineseRange(a, b chinesePart) (Period, fault.Code) {
	if a.unit == bareNumber {
		switch b.unit {
		case wholeYear:
			a = chinesePart{year: a.n, width: 2}
			if a.year >= 1000 {
				a.width = 4
			}
		case quarterOfYear, monthOfYear:
			a.unit = b.unit
		case halfOfYear, dayOfMonth, bareNumber:
			return no()
		}
	}
	if b.width == 0 {
		b.year, b.width = a.year, a.width
	} else if a.width == 0 {
		return no()
	}
	first, code := a.period()
	if code != "" {
		return Period{}, code
	}
	last, code := b.period()
	if code != "" {
		return Period{}, code
	}
	if a.unit != b.unit {
		return Period{}, fault.PeriodMixedPrecision
	}
	return span(first, last)
}

// chineseDigits are the numerals from 1 to 9; read only.
var chineseDigits = [...]string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}

// chineseNumber takes ASCII digits or a numeral up to 九十九.
func (s *scanner) chineseNumber() (int, bool) {
	if n, width := s.number(); width > 0 {
		return n, width <= 4
	}
	tens := s.chineseDigit()
	if !s.eat("十") {
		return tens, tens > 0
	}
	return max(tens, 1)*10 + s.chineseDigit(), true
}

// chineseDigit takes one numeral from 一 to 九; 0 when none stands here.
func (s *scanner) chineseDigit() int {
	for i, digit := range chineseDigits {
		if s.eat(digit) {
			return i + 1
		}
	}
	return 0
}
