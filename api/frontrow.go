package api

import (
	"strings"
	"time"

	"bellwether/internal/query"
)

// latest keeps the newest row of each series; of several that end on one day
// the first, which is the longest.
type latest struct {
	lang string
	zone *time.Location
	rows map[string]latestRow // by series
}

// Begin does nothing: a page has no head of rows.
func (l *latest) Begin(query.Head) error { return nil }

// End does nothing.
func (l *latest) End(query.Tail) error { return nil }

// Row keeps what the page shows of a row.
func (l *latest) Row(r *query.Row) error {
	code := r.Version.Series.Code
	if _, known := l.rows[code]; !known {
		l.rows[code] = newLatestRow(r, l.zone, l.lang)
	}
	return nil
}

// latestRow is what the front page keeps of a row, which is only lent.
type latestRow struct {
	period     string
	label      string
	value      string
	reason     string
	unit       string
	multiplier int
	growth     string
	computed   string
	remarks    []string
	published  string
}

func newLatestRow(r *query.Row, zone *time.Location, lang string) latestRow {
	v := r.Version
	row := latestRow{
		period: v.Period.String(), label: v.Period.Label(lang), reason: reasonText(r.Reason, lang),
		unit: r.Unit, multiplier: r.Multiplier, published: v.Published.In(zone).Format(time.DateOnly),
	}
	if r.HasValue {
		row.value = r.Value.Text()
	}
	switch {
	case r.HasReported:
		row.growth = signed(r.Reported.Text()) + " %"
	case r.GrowthText != "":
		row.growth = r.GrowthText
	}
	if r.HasComputed {
		row.computed = signed(r.Computed.Text()) + " %"
	}
	for _, flag := range r.Flags {
		if remark := row.remark(flag, r, lang); remark != "" {
			row.remarks = append(row.remarks, remark)
		}
	}
	return row
}

// signed writes growth with its sign.
func signed(text string) string {
	if strings.HasPrefix(text, "-") || strings.Trim(text, "0.") == "" {
		return text
	}
	return "+" + text
}

// frontWords are the words of the front page in one language.
type frontWords struct {
	NoName, Lead, Docs, Series, Record, Everything, EmptyTitle, EmptyText, Search, Find, Indicator, Period, Value, Unit,
	Growth, Computed, Published, Data, Explained, Try, Licence, Contact, Updated, More, AsOf, Today string
}

func frontText(lang string) frontWords {
	if lang == "zh" {
		return frontWords{
			NoName: "统计数据", Lead: "按公布原样提供的官方统计数据，每个数字都注明来源。", Docs: "接口文档", Series: "数据序列",
			Record: "修订记录", Everything: "全部数据 (CSV)", EmptyTitle: "尚未发布任何数据",
			EmptyText: "导入并发布第一个文件后，数据会显示在这里；也可以先载入样例数据：", Search: "搜索数据序列", Find: "搜索",
			Indicator: "指标", Period: "时期", Value: "数值", Unit: "单位", Growth: "公布增速", Computed: "计算增速", Published: "公布日期", Data: "数据",
			Explained: "这个数字从哪里来", Try: "试一试", Licence: "许可", Contact: "联系方式", Updated: "更新于", More: "其余见数据序列", AsOf: "当时的数据：", Today: "看今天",
		}
	}
	return frontWords{
		NoName: "Statistics", Lead: "Official statistics as they were published, each number with its source.", Docs: "Reference",
		Series: "Series", Record: "Record of changes", Everything: "Everything (CSV)", EmptyTitle: "Nothing is published yet",
		EmptyText: "Figures stand here as soon as a first file is imported and published, or when the sample is loaded to look around:",
		Search:    "Search series", Find: "Search", Indicator: "Indicator", Period: "Period", Value: "Value", Unit: "Unit",
		Growth: "Reported growth", Computed: "Computed growth", Published: "Published", Data: "Data", Explained: "Where this number comes from",
		Try: "Try it", Licence: "Licence", Contact: "Contact", Updated: "updated",
		More: "more in the list of series", AsOf: "As it was known on", Today: "as it is today",
	}
}
