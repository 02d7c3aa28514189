package catalog

import (
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/series"
)

// Resolve returns the key with every former code replaced by the current one,
// and whether any was. A part that the catalogue does not have is a fault
// unknown_code of kind NotFound, with an item whose parameter is the part.
func (c *Catalog) Resolve(k series.Key) (current series.Key, renamed bool, err error) {
	current = k
	for _, part := range []struct {
		section Section
		code    *string
	}{
		{Indicators, &current.Indicator}, {Areas, &current.Area}, {Units, &current.Unit}, {Datasets, &current.Dataset},
	} {
		code, err := c.resolve(part.section, *part.code)
		if err != nil {
			return series.Key{}, false, err
		}
		*part.code = series.Fold(code)
	}
	current.Breakdowns = nil
	for _, b := range k.Breakdowns {
		dimension, err := c.resolve(Dimensions, b.Dimension)
		if err != nil {
			return series.Key{}, false, err
		}
		token, err := c.resolve(Items, dimension+"-"+b.Item)
		if err != nil {
			return series.Key{}, false, err
		}
		item := strings.TrimPrefix(token, dimension+"-")
		current.Breakdowns = append(current.Breakdowns, series.Breakdown{Dimension: dimension, Item: item})
	}
	current, err = current.Normal()
	return current, err == nil && !current.Equal(k), err
}

func (c *Catalog) resolve(s Section, code string) (string, error) {
	current, ok := c.Current(s, code)
	if ok {
		return current, nil
	}
	e := fault.From(c.Unknown(s, code))
	return "", e.With(fault.Item{Code: e.Code, Parameter: string(s), Value: fault.Clip(code), Expected: e.Expected})
}

// Title names a series for people in the language: indicator, area and
// breakdowns, then what is not the default. The unit is not in it.
func (c *Catalog) Title(k series.Key, lang string) string {
	parts := []string{c.Name(Indicators, k.Indicator, lang), c.Name(Areas, k.Area, lang)}
	for _, b := range k.Breakdowns {
		parts = append(parts, c.Name(Items, b.Dimension+"-"+b.Item, lang))
	}
	for _, word := range []Text{measureText(k.Measure), basisText(k), adjustmentText(k.Adjustment), scenarioText(k.Scenario)} {
		if !word.IsZero() {
			parts = append(parts, word.In(lang))
		}
	}
	if k.Dataset != series.Main && k.Dataset != "" {
		parts = append(parts, c.Name(Datasets, k.Dataset, lang))
	}
	if lang == "zh" {
		return strings.Join(parts, "，")
	}
	return strings.Join(parts, ", ")
}

func measureText(m series.Measure) Text {
	switch m {
	case series.YoY:
		return Text{"reported growth on a year earlier", "公布的同比增速"}
	case series.PoP:
		return Text{"reported growth on the period before", "公布的环比增速"}
	case series.SAAR:
		return Text{"reported growth on the period before at an annual rate", "公布的环比折年率"}
	}
	return Text{}
}

func basisText(k series.Key) Text {
	switch k.Basis {
	case "", series.Current, series.Unstated:
		return Text{}
	case series.Nominal:
		return Text{"nominal", "名义"}
	case series.Real:
		return Text{"real", "实际"}
	}
	if year, ok := strings.CutPrefix(k.Basis, "real-"); ok {
		return Text{"at " + year + " prices", year + "年不变价"}
	}
	year := strings.TrimPrefix(k.Basis, "chained-")
	return Text{"chained volume, reference year " + year, year + "年参考年链式"}
}

func adjustmentText(adjustment string) Text {
	switch adjustment {
	case series.SA:
		return Text{"seasonally adjusted", "季节调整"}
	case series.CA:
		return Text{"calendar adjusted", "日历调整"}
	case series.SCA:
		return Text{"seasonally and calendar adjusted", "季节和日历调整"}
	case series.TC:
		return Text{"trend-cycle", "趋势循环"}
	}
	return Text{}
}

func scenarioText(scenario string) Text {
	switch scenario {
	case series.Target:
		return Text{"target", "目标"}
	case series.Forecast:
		return Text{"forecast", "预测"}
	}
	return Text{}
}
