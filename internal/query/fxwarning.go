package query

import (
	"fmt"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
)

// warnings says what a reader should know of the conversions of an answer: that
// figures are not in the currency of their area and time, or of fiscal years,
// that some rates restate figures from before the euro, and that they are of
// several feeds.
func (m *money) warnings(words *catalog.Catalog, lang string) []Warning {
	var list []Warning
	for i := range m.notices {
		list = append(list, m.notices[i].warning(words, m.book.known, lang))
	}
	for i := range m.struck {
		list = append(list, redenominatedWarning(&m.struck[i], lang))
	}
	var feeds []string
	var restated *Disclosed
	for i := range m.shown {
		d := &m.shown[i]
		if restated == nil && slices.Contains(d.Flags, fx.PreEuroFixedRate) {
			restated = d
		}
		if d.Source != "" && !slices.Contains(feeds, d.Source) {
			feeds = append(feeds, d.Source)
		}
	}
	if restated != nil {
		list = append(list, restatedInEuro(restated, lang))
	}
	if len(feeds) > 1 {
		slices.Sort(feeds)
		list = append(list, severalFeeds(feeds, lang))
	}
	return list
}

// restatedInEuro warns of figures from before the euro.
func restatedInEuro(d *Disclosed, lang string) Warning {
	return Warning{Code: fx.PreEuroFixedRate, Message: fmt.Sprintf(catalog.Text{
		En: "%s (%s) is from before the euro and restated at the rate that was fixed later: it compares over time within one country and not between countries",
		Zh: "%s（%s）早于欧元启用，按后来固定的汇率折算：可在一国之内作时间比较，不宜作国际比较",
	}.In(lang), d.Period, d.From+"/"+d.To)}
}

// severalFeeds warns that the rates of an answer are of several publishers.
func severalFeeds(feeds []string, lang string) Warning {
	return Warning{Code: "several_feeds", Message: fmt.Sprintf(catalog.Text{
		En: "the rates are of several feeds, %s, which need not agree; fx_source takes those of one",
		Zh: "汇率来自多个来源（%s），彼此未必一致；可用 fx_source 选定一个",
	}.In(lang), strings.Join(feeds, ", "))}
}
