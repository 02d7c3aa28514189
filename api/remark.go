package api

import (
	"fmt"
	"slices"
	"strings"

	"bellwether/internal/check"
	"bellwether/internal/query"
)

// remark says a flag of a row in a sentence, empty for one that is said
// together with another.
func (row *latestRow) remark(flag string, r *query.Row, lang string) string {
	name, other, _ := strings.Cut(flag, ":")
	switch name {
	case "contradicted":
		return row.contradiction(r, lang)
	case "guess":
		return ""
	case "label_suspect":
		return fmt.Sprintf(either(lang,
			"The bare number is that of %s, in another unit: one of the two units is likely wrong.",
			"数字与 %s 完全相同而单位不同：其中一个单位可能有误。"), other)
	case "nil":
		return either(lang, "Declared as nil.", "公布为零。")
	case "sign_change":
		return either(lang, "The figure changed its sign within the year.", "数值与上年同期相比正负号改变。")
	case "revised_apart":
		return either(lang, "One of the figures it follows from was revised after another, which was not.", "推算所用的数据中，一项后来修订而另一项没有。")
	case "negative_flow":
		return either(lang, "Below zero.", "为负数。")
	case "within_rounding":
		return either(lang, "Zero or more within the rounding.", "在舍入误差内可为零或正数。")
	case "in":
		return fmt.Sprintf(either(lang, "Computed in %s.", "按 %s 计算。"), other)
	case "derived":
		return either(lang, "Derived from other figures.", "由其他数据推算。")
	}
	return strings.ReplaceAll(name, "_", " ")
}

// contradiction says that the growth that was reported and the one computed
// from the levels cannot both be true, and what is thought to be the reason.
func (row *latestRow) contradiction(r *query.Row, lang string) string {
	text := fmt.Sprintf(either(lang, "Reported growth of %s and computed growth of %s cannot both be true",
		"公布增速 %s 与计算增速 %s 不可能同时成立"), row.growth, row.computed)
	switch {
	case check.Class(r.Check) != check.ScopeOrRevision:
		return text + either(lang, ", and nothing explains the gap.", "，差距原因不明。")
	case slices.Contains(r.Flags, "guess"):
		return text + either(lang, "; another scope or a revision, a guess from the size of the gap.", "；可能是口径不同或数据修订（仅凭差距大小推测）。")
	}
	return text + either(lang, "; another scope or a revision.", "；口径不同或数据已修订。")
}

// reasonText says in words why a value is missing.
func reasonText(reason, lang string) string {
	words, known := map[string]string{
		"not_available": "未提供", "nil_or_missing": "零或缺失", "blank": "空白", "below_unit": "不足半个单位",
		"withdrawn": "已撤回", "words": "以文字公布",
		"missing_neighbour": "缺少推算所需的数据", "combined_jan_feb": "一、二月合并公布",
	}[reason]
	if known && lang == "zh" {
		return words
	}
	return strings.ReplaceAll(reason, "_", " ")
}

// either returns the text of the language.
func either(lang, en, zh string) string {
	if lang == "zh" {
		return zh
	}
	return en
}
