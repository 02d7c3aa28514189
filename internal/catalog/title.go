package catalog

import (
	"strings"

	"bellwether/internal/series"
)

// Title returns what a series is called in the language, en or zh: the
// indicator and the area, the items of its breakdowns, and in words whatever
// of the rest is not the default. The unit is not in it.
func (c *Catalog) Title(key series.Key, lang string) string {
	indicator := c.present(Indicators, key.Indicator, lang)
	area := c.present(Areas, key.Area, lang)
	var parts []string
	for _, b := range key.Breakdowns {
		parts = append(parts, c.present(Items, b.Dimension+"-"+b.Item, lang))
	}
	for _, words := range []Text{measureWords(key.Measure), basisWords(key.Basis), adjustmentWords(key.Adjustment), scenarioWords(key.Scenario)} {
		if !words.IsZero() {
			parts = append(parts, words.In(lang))
		}
	}
	head, separator := indicator+", "+area, ", "
	if lang == "zh" {
		head, separator = area+indicator, "，"
	}
	title := strings.Join(append([]string{head}, parts...), separator)
	if key.Dataset == "" || key.Dataset == series.Main {
		return title
	}
	if lang == "zh" {
		return title + "（" + c.present(Datasets, key.Dataset, lang) + "）"
	}
	return title + " (" + c.present(Datasets, key.Dataset, lang) + ")"
}

// present returns what an entry is called, for its code or a former one.
func (c *Catalog) present(s Section, code, lang string) string {
	if now, ok := c.Current(s, code); ok {
		code = now
	}
	return c.Name(s, code, lang)
}

func measureWords(m series.Measure) Text {
	switch m {
	case series.YoY:
		return Text{"reported growth on a year earlier", "公布的同比增长"}
	case series.PoP:
		return Text{"reported growth on the period before", "公布的环比增长"}
	case series.SAAR:
		return Text{"reported growth at an annual rate", "公布的环比折年率"}
	case series.Level:
	}
	return Text{}
}

func basisWords(basis string) Text {
	switch basis {
	case series.Nominal:
		return Text{"nominal", "名义"}
	case series.Real:
		return Text{"real", "实际"}
	}
	if year, ok := strings.CutPrefix(basis, "real-"); ok {
		return Text{"at prices of " + year, year + "年不变价"}
	}
	if year, ok := strings.CutPrefix(basis, "chained-"); ok {
		return Text{"chained volumes of " + year, year + "年链式价格"}
	}
	return Text{}
}

func adjustmentWords(adjustment string) Text {
	switch adjustment {
	case series.SA:
		return Text{"seasonally adjusted", "季节调整"}
	case series.CA:
		return Text{"calendar adjusted", "工作日调整"}
	case series.SCA:
		return Text{"seasonally and calendar adjusted", "季节和工作日调整"}
	case series.TC:
		return Text{"trend-cycle", "趋势循环"}
	}
	return Text{}
}

func scenarioWords(scenario string) Text {
	switch scenario {
	case series.Target:
		return Text{"target", "目标"}
	case series.Forecast:
		return Text{"forecast", "预测"}
	}
	return Text{}
}
