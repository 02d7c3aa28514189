package query

import (
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/series"
)

// Title returns what a series is called in the language, en or zh: the
// indicator and the area, the items of its breakdowns, and in words whatever
// of the rest is not the default. The unit is not in it.
func Title(words *catalog.Catalog, key series.Key, lang string) string {
	indicator := name(words, catalog.Indicators, key.Indicator, lang)
	area := name(words, catalog.Areas, key.Area, lang)
	var parts []string
	for _, b := range key.Breakdowns {
		parts = append(parts, name(words, catalog.Items, b.Dimension+"-"+b.Item, lang))
	}
	for _, part := range []string{measureWords(key.Measure, lang), basisWords(key.Basis, lang),
		adjustmentWords(key.Adjustment, lang), scenarioWords(key.Scenario, lang)} {
		if part != "" {
			parts = append(parts, part)
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
		return title + "（" + name(words, catalog.Datasets, key.Dataset, lang) + "）"
	}
	return title + " (" + name(words, catalog.Datasets, key.Dataset, lang) + ")"
}

// name returns what an entry is called, for its code or a former one.
func name(words *catalog.Catalog, s catalog.Section, code, lang string) string {
	if now, ok := words.Current(s, code); ok {
		code = now
	}
	return words.Name(s, code, lang)
}

// either returns the text of the language.
func either(lang, en, zh string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

func measureWords(m series.Measure, lang string) string {
	switch m {
	case series.YoY:
		return either(lang, "reported growth on a year earlier", "公布的同比增长")
	case series.PoP:
		return either(lang, "reported growth on the period before", "公布的环比增长")
	case series.SAAR:
		return either(lang, "reported growth at an annual rate", "公布的环比折年率")
	case series.Level:
	}
	return ""
}

func basisWords(basis, lang string) string {
	switch basis {
	case series.Nominal:
		return either(lang, "nominal", "名义")
	case series.Real:
		return either(lang, "real", "实际")
	}
	if year, ok := strings.CutPrefix(basis, "real-"); ok {
		return either(lang, "at prices of "+year, year+"年不变价")
	}
	if year, ok := strings.CutPrefix(basis, "chained-"); ok {
		return either(lang, "chained volumes of "+year, year+"年链式价格")
	}
	return ""
}

func adjustmentWords(adjustment, lang string) string {
	switch adjustment {
	case series.SA:
		return either(lang, "seasonally adjusted", "季节调整")
	case series.CA:
		return either(lang, "calendar adjusted", "工作日调整")
	case series.SCA:
		return either(lang, "seasonally and calendar adjusted", "季节和工作日调整")
	case series.TC:
		return either(lang, "trend-cycle", "趋势循环")
	}
	return ""
}

func scenarioWords(scenario, lang string) string {
	switch scenario {
	case series.Target:
		return either(lang, "target", "目标")
	case series.Forecast:
		return either(lang, "forecast", "预测")
	}
	return ""
}
