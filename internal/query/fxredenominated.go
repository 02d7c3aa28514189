package query

import (
	"fmt"
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
)

// noticeRedenominated remembers the first figure of each currency that is
// refused because it is of the wrong side of a redenomination.
func (m *money) noticeRedenominated(ask fx.Ask, refusal error) {
	if fault.CodeOf(refusal) != fault.Redenominated {
		return
	}
	for _, code := range []string{ask.From, ask.To} {
		r, caught := m.book.known.Redenominated(code, ask.Period, ask.Method)
		if caught && !slices.ContainsFunc(m.struck, func(known fx.Redenomination) bool { return known.Code == code && known.Timing == r.Timing }) {
			m.struck = append(m.struck, r)
		}
	}
}

// redenominatedWarning says for a person why a figure is refused and what to
// ask instead.
func redenominatedWarning(r *fx.Redenomination, lang string) Warning {
	var text catalog.Text
	instead := r.Instead()
	switch r.Timing {
	case fx.TooEarly:
		text = catalog.Text{
			En: "%[1]s in %[2]s is refused: 1 %[3]s is %[4]s %[5]s since %[6]s, before which there was no %[2]s, and no rate of %[2]s stands for it; ask for %[7]s, or take in rates of %[2]s that are restated",
			Zh: "%[1]s 的 %[2]s 数据不予折算：自 %[6]s 起 %[4]s %[5]s 合 1 %[3]s，此前尚无 %[2]s，也没有该时期的 %[2]s 汇率；请改用 %[7]s，或导入经追溯调整的 %[2]s 汇率",
		}
	case fx.TooLate:
		text = catalog.Text{
			En: "%[1]s in %[2]s is refused: 1 %[3]s is %[4]s %[5]s since %[6]s, %[2]s was no longer in use, and no rate of it stands for the period; ask for %[7]s",
			Zh: "%[1]s 的 %[2]s 数据不予折算：自 %[6]s 起 %[4]s %[5]s 合 1 %[3]s，当时 %[2]s 已停用，也没有该时期的 %[2]s 汇率；请改用 %[7]s",
		}
	case fx.Across:
		text = catalog.Text{
			En: "%[1]s in %[2]s is refused: since %[6]s, within the period, 1 %[3]s is %[4]s %[5]s, and no rate of %[2]s stands for all of it; ask for the periods before and from %[6]s on apart",
			Zh: "%[1]s 的 %[2]s 数据不予折算：%[6]s 在该时期之内，自该日起 %[4]s %[5]s 合 1 %[3]s，且没有整个时期的 %[2]s 汇率；请将 %[6]s 之前和之后的时期分开查询",
		}
		instead = r.New
	}
	return Warning{Code: string(fault.Redenominated), Message: fmt.Sprintf(text.In(lang), r.Period, r.Code, r.New, r.Factor, r.Old, r.Day, instead)}
}
