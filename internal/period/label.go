package period

import "strconv"

const (
	englishDash = "–"
	chineseDash = "-"
)

// The names that labels are made of; read only.
var (
	englishMonths   = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	chineseQuarters = [...]string{"一季度", "二季度", "三季度", "四季度"}
	chineseHalves   = [...]string{"上半年", "下半年"}
)

// Label returns the period as people write it, in Chinese for "zh" and in
// English for any other language: Jan–Sep 2013, Q3 2013, H1 2013, 2013,
// Sep 2013, 15 Sep 2013; 2013年1-9月, 2013年三季度, 2013年上半年. It is for
// reading and never for identity. It is empty for no period.
func (p Period) Label(lang string) string {
	switch {
	case p.IsZero():
		return ""
	case lang == "zh":
		return p.chinese()
	}
	return p.english()
}

func (p Period) english() string {
	year, month, _ := p.start.YMD()
	suffix := " " + strconv.Itoa(year)
	switch p.Frequency() {
	case Annual:
		return strconv.Itoa(year)
	case HalfYear:
		return "H" + strconv.Itoa(1+month/6) + suffix
	case Quarter:
		return "Q" + strconv.Itoa(1+month/3) + suffix
	case Month:
		return englishMonths[month-1] + suffix
	case Day:
		return englishDay(p.start)
	case None:
	}
	lastYear, lastMonth, _ := p.Last().YMD()
	_, whole := p.Months()
	switch {
	case whole && month == 1 && lastMonth == 12:
		return strconv.Itoa(year) + englishDash + strconv.Itoa(lastYear)
	case whole && year == lastYear:
		return englishMonths[month-1] + englishDash + englishMonths[lastMonth-1] + suffix
	case whole:
		return englishMonths[month-1] + suffix + englishDash + englishMonths[lastMonth-1] + " " + strconv.Itoa(lastYear)
	}
	return englishDay(p.start) + englishDash + englishDay(p.Last())
}

func englishDay(d Date) string {
	year, month, day := d.YMD()
	return strconv.Itoa(day) + " " + englishMonths[month-1] + " " + strconv.Itoa(year)
}

func (p Period) chinese() string {
	year, month, _ := p.start.YMD()
	prefix := strconv.Itoa(year) + "年"
	switch p.Frequency() {
	case Annual:
		return prefix
	case HalfYear:
		return prefix + chineseHalves[month/6]
	case Quarter:
		return prefix + chineseQuarters[month/3]
	case Month:
		return prefix + strconv.Itoa(month) + "月"
	case Day:
		return chineseDay(p.start)
	case None:
	}
	lastYear, lastMonth, _ := p.Last().YMD()
	last := strconv.Itoa(lastMonth) + "月"
	_, whole := p.Months()
	switch {
	case whole && month == 1 && lastMonth == 12:
		return strconv.Itoa(year) + chineseDash + strconv.Itoa(lastYear) + "年"
	case whole && year == lastYear:
		return prefix + strconv.Itoa(month) + chineseDash + last
	case whole:
		return prefix + strconv.Itoa(month) + "月" + chineseDash + strconv.Itoa(lastYear) + "年" + last
	}
	return chineseDay(p.start) + chineseDash + chineseDay(p.Last())
}

func chineseDay(d Date) string {
	year, month, day := d.YMD()
	return strconv.Itoa(year) + "年" + strconv.Itoa(month) + "月" + strconv.Itoa(day) + "日"
}
