package ingest

import (
	"strings"
	"unicode/utf8"
)

// meaning is what a column of a file states.
type meaning uint8

// The meanings. none is a column that is ignored.
const (
	none meaning = iota
	seriesColumn
	indicatorColumn
	areaColumn
	periodColumn
	valueColumn
	unitColumn
	multiplierColumn
	decimalsColumn
	statusColumn
	measureColumn
	basisColumn
	adjustmentColumn
	scenarioColumn
	datasetColumn
	growthColumn
	comparisonColumn
	growthBasisColumn
	growthTextColumn
	publishedColumn
	publishedAtColumn
	sourceColumn
	sourceURLColumn
	noteColumn
	feedColumn
	baseColumn
	quoteColumn
	kindColumn
	rateColumn
	dateColumn
	indicatorLabelColumn
	areaLabelColumn
	unitLabelColumn
	structureColumn
	actionColumn
	freqColumn
	confColumn
	meanings // how many there are
)

// ignore is the setting that leaves a column out.
const ignore = "ignore"

// columnName is one meaning and what its column may be called, the canonical
// name first.
type columnName struct {
	meaning meaning
	names   []string
}

// tidyNames are the columns of files of figures.
var tidyNames = []columnName{
	{seriesColumn, []string{"series", "序列"}},
	{indicatorColumn, []string{"indicator", "指标"}},
	{areaColumn, []string{"area", "region", "地区", "区域"}},
	{periodColumn, []string{"period", "时期", "报告期"}},
	{valueColumn, []string{"value", "数值"}},
	{unitColumn, []string{"unit", "单位", "计量单位"}},
	{multiplierColumn, []string{"multiplier", "unit_multiplier", "数量级"}},
	{decimalsColumn, []string{"decimals", "小数位数"}},
	{statusColumn, []string{"status", "状态"}},
	{measureColumn, []string{"measure", "度量"}},
	{basisColumn, []string{"price_basis", "价格基准"}},
	{adjustmentColumn, []string{"adjustment", "季节调整"}},
	{scenarioColumn, []string{"scenario", "情景"}},
	{datasetColumn, []string{"dataset", "数据集"}},
	{growthColumn, []string{"growth_reported", "公布增速"}},
	{comparisonColumn, []string{"growth_comparison", "增速对比"}},
	{growthBasisColumn, []string{"growth_basis", "增速价格基准"}},
	{growthTextColumn, []string{"growth_text", "增速描述"}},
	{publishedColumn, []string{"published", "发布日期"}},
	{publishedAtColumn, []string{"published_at", "发布时间"}},
	{sourceColumn, []string{"source", "来源", "数据来源"}},
	{sourceURLColumn, []string{"source_url", "来源网址"}},
	{noteColumn, []string{"note", "备注"}},
	{indicatorLabelColumn, []string{"indicator_label", "指标名称"}},
	{areaLabelColumn, []string{"area_label", "地区名称"}},
	{unitLabelColumn, []string{"unit_label", "单位名称"}},
}

// rateNames are the columns of files of rates.
var rateNames = []columnName{
	{feedColumn, []string{"feed", "汇率来源"}},
	{baseColumn, []string{"base", "基础货币"}},
	{quoteColumn, []string{"quote", "标价货币"}},
	{kindColumn, []string{"kind", "averaging", "汇率类型"}},
	{periodColumn, []string{"period", "时期"}},
	{dateColumn, []string{"date", "日期"}},
	{rateColumn, []string{"rate", "汇率"}},
	{publishedColumn, []string{"published", "发布日期"}},
	{publishedAtColumn, []string{"published_at", "发布时间"}},
	{sourceColumn, []string{"source", "来源"}},
	{noteColumn, []string{"note", "备注"}},
}

// String returns the canonical name of the column.
func (m meaning) String() string {
	for _, names := range [][]columnName{tidyNames, rateNames, sdmxNames} {
		for _, n := range names {
			if n.meaning == m {
				return n.names[0]
			}
		}
	}
	return ignore
}

// meaningOf returns what a column of any file means by its name, none when the
// name is not known.
func meaningOf(name string) meaning {
	if m := lookUp(name, tidyNames); m != none {
		return m
	}
	return lookUp(name, rateNames)
}

func lookUp(name string, names []columnName) meaning {
	folded := foldHeader(name)
	for _, n := range names {
		for _, known := range n.names {
			if known == folded {
				return n.meaning
			}
		}
	}
	return none
}

// columnNames returns the canonical names of all columns, for messages.
func columnNames() []string {
	var all []string
	seen := map[meaning]bool{}
	for _, names := range [][]columnName{tidyNames, rateNames} {
		for _, n := range names {
			if !seen[n.meaning] {
				seen[n.meaning] = true
				all = append(all, n.names[0])
			}
		}
	}
	return all
}

// foldHeader returns a header as headers are compared: lower case, spaces and
// hyphens as one underscore, no outer ones.
func foldHeader(header string) string {
	fields := strings.FieldsFunc(strings.ToLower(header), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '\t' || r == '\n' || r == '\r' || r == 0xA0 || r == 0x3000
	})
	return strings.Join(fields, "_")
}

// nearlyKnown returns the known name that a header is one slip away from, two
// in a long one: a letter too many, too few, another or swapped. Empty when it
// is near to none.
func nearlyKnown(header string, names []columnName) string {
	folded := foldHeader(header)
	best, found := slips(folded)+1, ""
	for _, n := range names {
		for _, known := range n.names {
			if d := slipsBetween(folded, known); d < best && d <= slips(known) {
				best, found = d, known
			}
		}
	}
	return found
}

// slips is how many slips a name of that length may have.
func slips(name string) int {
	switch n := utf8.RuneCountInString(name); {
	case n < 3:
		return 0
	case n < 7:
		return 1
	}
	return 2
}

// slipsBetween is the edit distance with swapped neighbours as one edit
// (optimal string alignment).
func slipsBetween(a, b string) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > 2 || d < -2 {
		return 3
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// soundsLikeGrowth reports whether a header speaks of growth.
func soundsLikeGrowth(header string) bool {
	folded := foldHeader(header)
	return strings.Contains(folded, "growth") || strings.Contains(folded, "增") || strings.Contains(folded, "同比")
}
