package query

import (
	"fmt"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
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

// pairAsQuoted warns that a rate is quoted the other way round than it was
// asked for.
func pairAsQuoted(r *fx.Rate, lang string) Warning {
	return Warning{Code: "pair_as_quoted", Message: fmt.Sprintf(catalog.Text{
		En: "rates are given as they are published, %[2]s per %[1]s, and not the other way round",
		Zh: "汇率按公布的标价给出，即每 1 %[1]s 合多少 %[2]s，不作倒数",
	}.In(lang), r.Base, r.Quote)}
}
