package query

import (
	"fmt"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// The codes of what a reader should know of a converted figure, which are
// flags of its row and warnings of the answer.
const (
	restatedCurrency    = "restated_currency"     // stated in a currency that its area took up only later
	areaCurrencyDiffers = "area_currency_differs" // stated in a currency that its area had given up before
	fiscalYearRates     = "fiscal_year_rates"     // of a year that does not begin in January
)

// notice is the first figure of an answer that a code speaks of.
type notice struct {
	code   string
	area   string
	unit   string
	period period.Period
	own    fx.AreaCurrency // of the area in the period
}

// notices returns what is to be known of an amount of an area, in a currency
// and period, that is converted by a method, or refused. How is the method in
// the words of a disclosure, empty for one that is refused: the law's rate is
// the same in every month.
func (s *Service) notices(area, unit string, p period.Period, method fx.Method, how string) []notice {
	var list []notice
	agreement, own := s.areas.Agree(area, unit, p)
	switch agreement {
	case fx.Restated:
		list = append(list, notice{restatedCurrency, area, unit, p, own})
	case fx.Ended:
		list = append(list, notice{areaCurrencyDiffers, area, unit, p, own})
	case fx.Unknown, fx.Own, fx.Foreign:
	}
	averaged := how == "" || strings.Contains(how, fx.PeriodAverage)
	if method == fx.ByAverage && averaged && fiscalYear(p) {
		list = append(list, notice{fiscalYearRates, area, unit, p, own})
	}
	return list
}

// fiscalYear says whether a period is a year of months that does not begin in
// January. A period does not say whether an office means a fiscal year by it or
// twelve rolling months: what is to be known is true of both.
func fiscalYear(p period.Period) bool {
	if days := p.End() - p.Start(); days < 365 || days > 366 {
		return false
	}
	months, whole := p.Months()
	_, month, _ := p.Start().YMD()
	return whole && months == 12 && month != 1
}

// noticed appends to flags what is to be known of a figure of a series that is
// converted, each once, and remembers the first figure of each kind for the
// warnings. Of what is no figure there is nothing to know. How is that of
// notices.
func (a *answer) noticed(flags []string, v *obs.Version, m *lineMeta, currency, how string) []string {
	if !converts(m, currency) || !hasValue(v) && (v.Withdrawn || v.State != obs.BelowUnit) {
		return flags
	}
	area := v.Series.Key.Area
	if a.inOrder(area, m.unit, v.Period) {
		return flags
	}
	method, err := a.money.methodFor(m)
	if err != nil {
		return flags
	}
	for _, n := range a.service.notices(area, m.unit, v.Period, method, how) {
		flags = withFlag(flags, n.code)
		if !slices.ContainsFunc(a.money.notices, func(o notice) bool { return o.code == n.code }) {
			a.money.notices = append(a.money.notices, n)
		}
	}
	return flags
}

// inOrder says of a figure that there is nothing to know of its conversion, as
// of nearly all. The figures of a series are most often of one spell.
func (a *answer) inOrder(area, unit string, p period.Period) bool {
	spell := &a.money.spell
	if !spell.Holds(area, unit, p) {
		*spell = a.service.areas.Spell(area, unit, p)
	}
	return spell.Holds(area, unit, p) && !fiscalYear(p)
}

// withFlag returns the flags with one more, each once, and leaves the memory of
// the given ones alone: the rows of other currencies share it.
func withFlag(flags []string, flag string) []string {
	if slices.Contains(flags, flag) {
		return flags
	}
	return append(slices.Clip(flags), flag)
}

// warning says a notice for a person.
func (n *notice) warning(words *catalog.Catalog, known fx.Currencies, lang string) Warning {
	if n.code == fiscalYearRates {
		return Warning{Code: n.code, Message: fmt.Sprintf(catalog.Text{
			En: "%s is no calendar year: only rates of its own months convert it, and the average rate of a calendar year gives another number",
			Zh: "%s 不是日历年度：只按其自身各月的汇率折算；按日历年度的平均汇率会得出另一个数",
		}.In(lang), n.period)}
	}
	area := n.area
	if entry, ok := words.Area(area); ok {
		area = entry.Name.In(lang)
	}
	return Warning{Code: n.code, Message: n.message(lang, area) + n.law(known, lang)}
}

func (n *notice) message(lang, area string) string {
	text := catalog.Text{
		En: "%[1]s of %[2]s is stated in %[3]s, which it had not taken up then: it used %[4]s, and rates of that time are those of %[4]s",
		Zh: "%[2]s %[1]s 的数据以 %[3]s 表示，但当时尚未采用该货币，而是使用 %[4]s，当时的汇率也是 %[4]s 的",
	}
	if n.code == areaCurrencyDiffers {
		text = catalog.Text{
			En: "%[1]s of %[2]s is stated in %[3]s, which it had given up by then: it used %[4]s, and rates of that time are those of %[4]s",
			Zh: "%[2]s %[1]s 的数据以 %[3]s 表示，但当时已不再使用该货币，而是使用 %[4]s，当时的汇率也是 %[4]s 的",
		}
	}
	return fmt.Sprintf(text.In(lang), n.period, area, n.unit, n.own.Currency)
}

// law names the rate between the two currencies that an act fixed, where one
// did.
func (n *notice) law(known fx.Currencies, lang string) string {
	old, later := n.own, n.unit
	if n.code == areaCurrencyDiffers {
		old, later = fx.AreaCurrency{Currency: n.unit}, n.own.Currency
	}
	factor, fixed := old.FactorTo(later, known)
	if !fixed {
		return ""
	}
	return fmt.Sprintf(catalog.Text{
		En: " (%[1]s %[2]s are 1 %[3]s)",
		Zh: "（法定 %[1]s %[2]s 合 1 %[3]s）",
	}.In(lang), factor, old.Currency, later)
}
