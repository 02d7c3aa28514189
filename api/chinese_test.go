package api

import (
	"net/http"
	"strings"
	"testing"
	"unicode"

	"bellwether/internal/fault"
)

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestProblemsInChinese asks for what readers get wrong.
func TestProblemsInChinese(t *testing.T) {
	s := sampled(t, Config{CSVRows: 3})
	for path, want := range map[string]struct{ title, detail string }{
		"/v1/series?lang=zh&perod=2013":                                     {"未知参数", "此处没有参数“perod”"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&latest=0":               {"参数无效", "参数“latest”的值“0”无效；应为1 至 100000 的整数"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&latest=":                {"参数为空", "参数“latest”没有值；应为1 至 100000 的整数"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&latest=1&latest=2":      {"参数重复", "参数“latest”只取一个值，却出现了多次"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&period=2013&start=2012": {"参数冲突", "参数“period”与另一个参数冲突；应为：二者取一"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&period=2013.1":          {"时期有歧义", "“2013.1”可能是 1 月、10 月或某个季度；请写作 2013-01、2013-10 或 2013-Q1"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&as_of=2099-01-01":       {"时间在未来", "as_of 晚于现在；请给出已经到来的日期或时刻"},
		"/v1/series/gdp.cn.cny/observations?lang=ZH&state=zzzz":             {"未知状态", "没有状态使用过这个标记；请使用先前回答中的 state，或不带 state 读取现状"},
		"/v1/series/GDP.liangjiang.cny?lang=zh":                             {"未知代码", "没有“GDP.liangjiang.cny”这个数据序列；最接近的是：gdp.cn-cq-lj.cny"},
		"/v1/observations?lang=zh&area=Atlantis":                            {"未知代码", "没有“Atlantis”这个地区；最接近的是："},
		"/v1/areas/Congo?lang=zh":                                           {"名称有歧义", "“Congo”是多个条目的名称；请选择：cd ("},
		"/v1/series/gdp.cn.cny/observations/2031?lang=zh":                   {"没有这个数据", "该序列没有这一时期的数据"},
		"/v1/serie?lang=zh":                                              {"没有这个路径", "“/v1/serie”处没有内容；最接近的是 /v1/series"},
		"/v1/revisions?lang=zh&format=csv":                               {"无法提供所要求的格式", "此处提供的格式：application/json"},
		"/v1/observations.csv?lang=zh":                                   {"结果过大", "行，一次最多 3 行；请缩小范围，或分页读取 JSON"},
		"/v1/convert?lang=zh&amount=1&from=CNY&to=USD&period=1950":       {"没有汇率", "这两种货币在该时期之间没有汇率"},
		"/v1/imports?lang=zh":                                            {"需要密钥", "此处需要密钥："},
		"/v1/rates?lang=zh&feed=nope":                                    {"未知汇率来源", "没有“nope”这个汇率来源；可用：ecb, frb-h10"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&fields=valeu":        {"未知列", "没有名为“valeu”的列"},
		"/v1/observations?lang=zh&cursor=x":                              {"游标无效", "这个游标不是由此处给出的"},
		"/v1/convert?lang=zh&from=CNY&to=USD&period=2013":                {"缺少参数", "需要参数“amount”：十进制数，如 118.7"},
		"/v1/series/gdp.cn.cny/observations?lang=zh&start=2014&end=2013": {"起止颠倒", "时期的终点早于起点："},
		"/v1/observations?lang=zh&layout=wide&indicator=gdp":             {"第三个维度有多个值", "表格行列之外的“area”有多个值：cn,cn-cq,cn-cq-lj；请只选一个"},
		"/v1/observations?lang=zh&layout=wide&area=cn-cq-lj":             {"一格有多个序列", "请用“unit”选定一个：CNY,USD"},
		"/v1/observations?lang=zh&layout=wide&area=cn&indicator=gdp":     {"时期重叠", "请用 frequency 或 accumulation 选定一种"},
	} {
		var p problem
		s.get(path).json(&p)
		if p.Title != want.title || !strings.Contains(p.Detail, want.detail) || strings.ContainsAny(p.Detail, "{}[]") {
			t.Errorf("%s: %s: %s, want %s: %s", path, p.Title, p.Detail, want.title, want.detail)
		}
	}
	english := s.get("/v1/series?perod=2013").problem(400, "unknown_parameter")
	if hasHan(english.Title + english.Detail) {
		t.Errorf("without lang a problem is %q", english.Detail)
	}
	allow := s.do(http.MethodPatch, "/v1/series?lang=zh", nil).problem(405, "method_not_allowed")
	if allow.Detail != "此路径不支持这个方法；可用：GET, HEAD, OPTIONS" {
		t.Errorf("detail of a 405 = %s", allow.Detail)
	}
}

func TestTheLimitInChinese(t *testing.T) {
	s := empty(t, Config{RatePerSecond: 2, RateBurst: 1})
	s.get("/v1/units?lang=zh").want(200)
	if p := s.get("/v1/units?lang=zh").problem(429, "rate_limited"); p.Detail != "超过每秒 2 次请求；Retry-After 说明何时可以继续" {
		t.Errorf("detail = %s", p.Detail)
	}
}

// TestEverySayingIsWhole holds the table: a title and a detail in Chinese for
// each code, and a Chinese text for whatever a parameter expects.
func TestEverySayingIsWhole(t *testing.T) {
	for code, s := range sayings {
		if !hasHan(s.title) || !hasHan(s.detail) {
			t.Errorf("%s says %q: %q", code, s.title, s.detail)
		}
	}
	for _, rt := range table() {
		for _, p := range rt.params {
			if _, known := expectations[p.expects]; !known {
				t.Errorf("%s: what %s expects has no Chinese: %q", rt.operation, p.name, p.expects)
			}
		}
	}
	for _, c := range codes(t) {
		if _, known := sayings[fault.Code(c.text)]; !known && strings.HasPrefix(c.text, "period_") && c.text != "period_mismatch" &&
			c.text != "period_unstated" && c.text != "period_length_mismatch" {
			t.Errorf("%s has no Chinese", c.text)
		}
	}
}
