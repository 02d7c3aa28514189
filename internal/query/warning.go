package query

import (
	"fmt"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// Warning is something that a reader should know of an answer that is right.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// overlapping warns that rows are no single line.
func overlapping(lang string) Warning {
	return Warning{Code: "overlapping_periods", Message: catalog.Text{
		En: "periods overlap, so the rows are no single line and must not be added; frequency or accumulation chooses one",
		Zh: "时期相互重叠，各行不构成一条线，也不能相加；可用 frequency 或 accumulation 选择",
	}.In(lang)}
}

// notDerived warns that of earlier versions only reported figures are rows.
func notDerived(lang string) Warning {
	return Warning{Code: "not_derived", Message: catalog.Text{
		En: "of the first and of all versions only reported figures are rows; figures are derived for vintage=latest alone",
		Zh: "首次公布值和全部版本只列出公布的数据；只有 vintage=latest 才推算数据",
	}.In(lang)}
}

// derivable warns that a period is not reported and would be derived.
func derivable(p period.Period, lang string) Warning {
	return Warning{Code: "derivable", Message: fmt.Sprintf(catalog.Text{
		En: "%s is not reported and follows from what is: %s derives it",
		Zh: "%s 没有公布，但可由已公布的数据推算：请加上 %s",
	}.In(lang), p, derivingParameters(p))}
}

// leftAsReported warns that figures were asked for of a frequency or
// accumulation that they cannot be derived for, with the code of why.
func leftAsReported(code fault.Code, lang string) Warning {
	text := catalog.Text{
		En: "rates, shares and indices do not add up over time, so that reported figures only are rows",
		Zh: "比率、占比和指数不能按时间相加，因此只列出公布的数据",
	}
	if code == fault.StockNotCumulative {
		text = catalog.Text{
			En: "stocks are levels at a date and do not add up over time, so that reported figures only are rows",
			Zh: "存量是时点数，不能按时间相加，因此只列出公布的数据",
		}
	}
	return Warning{Code: string(code), Message: text.In(lang)}
}

// pairAsQuoted warns that a rate is quoted the other way round than it was
// asked for.
func pairAsQuoted(r *fx.Rate, lang string) Warning {
	return Warning{Code: "pair_as_quoted", Message: fmt.Sprintf(catalog.Text{
		En: "rates are given as they are published, %[2]s per %[1]s, and not the other way round",
		Zh: "汇率按公布的标价给出，即每 1 %[1]s 合多少 %[2]s，不作倒数",
	}.In(lang), r.Base, r.Quote)}
}
