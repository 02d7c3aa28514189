package api

import (
	"strings"

	"bellwether/internal/fault"
)

// sayings has what the problems that readers meet say in Chinese; never
// changed.
var sayings = map[fault.Code]saying{
	fault.UnknownParameter:    {"未知参数", "此处没有参数“{parameter}”[；可用：{expected}]"},
	fault.RepeatedParameter:   {"参数重复", "参数“{parameter}”只取一个值，却出现了多次"},
	fault.EmptyParameter:      {"参数为空", "参数“{parameter}”没有值[；应为{expected}]"},
	fault.InvalidParameter:    {"参数无效", "参数“{parameter}”的值“{value}”无效[；应为{expected}]"},
	fault.MissingParameter:    {"缺少参数", "需要参数“{parameter}”[：{expected}]"},
	fault.ParameterConflict:   {"参数冲突", "参数“{parameter}”与另一个参数冲突[；应为：{expected}]"},
	fault.UnknownField:        {"未知列", "没有名为“{value}”的列"},
	fault.CursorInvalid:       {"游标无效", "这个游标不是由此处给出的，或属于另一个查询；请使用上一页给出的 next，其他参数保持不变"},
	fault.MalformedQuery:      {"查询串有误", "查询串不是百分号编码的 UTF-8 文本"},
	fault.MalformedPath:       {"路径有误", "路径的一部分不是 UTF-8 文本"},
	fault.UnknownPath:         {"没有这个路径", "“{value}”处没有内容[；最接近的是 {expected}]"},
	fault.MethodNotAllowed:    {"不支持这个方法", "此路径不支持这个方法[；可用：{expected}]"},
	fault.NotAcceptableFormat: {"无法提供所要求的格式", "此处提供的格式：{expected}"},
	fault.AnswerTooLarge:      {"结果过大", "共有 {1} 行，一次最多 {2} 行；请缩小范围，或分页读取 JSON（表格按单元格计）"},
	fault.OverlappingPeriods:  {"时期重叠", "表格中的时期相互重叠或长度不一；请用 frequency 或 accumulation 选定一种"},
	fault.ThirdDimension:      {"第三个维度有多个值", "表格行列之外的“{parameter}”有多个值[：{value}]；请只选一个"},
	fault.CompetingSeries:     {"一格有多个序列", "表格的一格对应多个序列；请用“{parameter}”选定一个[：{value}]"},
	fault.MixedUnits:          {"单位不一", "同一标题下的数据单位不同[：{value}]；请用 unit 选定，或用 currency 换算"},

	fault.UnknownCode:        {"未知代码", "没有“{value}”这个{what}[；最接近的是：{expected}]"},
	fault.LabelAmbiguous:     {"名称有歧义", "“{value}”是多个条目的名称[；请选择：{expected}]"},
	fault.UnknownObservation: {"没有这个数据", "该序列没有这一时期的数据"},
	fault.TemplateEmpty:      {"没有可填写的内容", "该地区在更早年份的相同月份没有公布过数据"},
	fault.UnknownRevision:    {"没有这个修订", "没有这个编号的公开修订"},
	fault.UnknownProfile:     {"没有这个导入方案", "没有名为“{value}”的导入方案"},
	fault.UnknownFeed:        {"未知汇率来源", "没有“{value}”这个汇率来源[；可用：{expected}]"},
	fault.UnknownState:       {"未知状态", "没有状态使用过这个标记；请使用先前回答中的 state，或不带 state 读取现状"},

	fault.AsOfInFuture:            {"时间在未来", "as_of 晚于现在；请给出已经到来的日期或时刻"},
	fault.InstantUnrecognised:     {"无法识别的时刻", "“{value}”既不是日期也不是时刻；例如 2014-02-22 或 2014-02-22T10:00:00+08:00"},
	fault.PeriodEmpty:             {"时期为空", "没有写时期；例如 2013-Q3"},
	fault.PeriodEmptyInterval:     {"时期没有天数", "“{value}”不包含任何一天"},
	fault.PeriodReversed:          {"起止颠倒", "时期的终点早于起点[：{value}]"},
	fault.PeriodYearOutOfRange:    {"年份超出范围", "“{value}”不在 1800 年至 2199 年之间"},
	fault.PeriodMonthOutOfRange:   {"没有这个月", "“{value}”中的月份不存在；应为 1 至 12"},
	fault.PeriodQuarterOutOfRange: {"没有这个季度", "“{value}”中的季度不存在；应为 1 至 4"},
	fault.PeriodHalfOutOfRange:    {"没有这个半年", "“{value}”中的半年不存在；应为 1 或 2"},
	fault.PeriodDayOutOfRange:     {"没有这一天", "“{value}”中的日期不存在"},
	fault.PeriodMixedPrecision:    {"起止精度不同", "“{value}”的起点和终点应同为年、月或日"},
	fault.PeriodDecimal:           {"时期有歧义", "“{value}”可能是 1 月、10 月或某个季度；请写作 2013-01、2013-10 或 2013-Q1"},
	fault.PeriodNoYear:            {"缺少年份", "“{value}”没有写年份；例如 2013-01 或 2013-01-09"},
	fault.PeriodDayOrYear:         {"时期有歧义", "“{value}”的末尾可能是日，也可能是年；请写作 2013-09 或 2013-09-13"},
	fault.PeriodYearRangeOrMonth:  {"时期有歧义", "“{value}”可能是若干年，也可能是不存在的月份；若干年请写作 2011-2013"},
	fault.PeriodTwoDigitYear:      {"年份只有两位", "“{value}”的年份只有两位；请写四位，例如 2013-Q3"},
	fault.PeriodFiscalRuleMissing: {"财政年度没有规则", "“{value}”是财政年度，但没有声明其起始月份和命名方式"},
	fault.PeriodFiscalSpan:        {"财政年度有误", "“{value}”的两个年份不相连；例如 FY2013-14"},
	fault.PeriodOneDigitMonth:     {"时期有歧义", "“{value}”可能是月份，也可能是季度；请写作 2013-01 或 2013-Q1"},
	fault.PeriodSerialNumber:      {"电子表格日期序号", "“{value}”是电子表格的日期序号；请写日期本身，例如 2013-09-01"},
	fault.PeriodCompactDigits:     {"时期有歧义", "“{value}”可能是月，也可能是日；请写作 2013-09 或 2013-09-15"},
	fault.PeriodDayMonthOrder:     {"日月顺序有歧义", "“{value}”的日和月顺序不明；请写作 2013-02-01"},
	fault.PeriodUnrecognised:      {"无法识别的时期", "“{value}”不是可识别的时期；例如 2013、2013-Q3、2013-09 或 2013-01-01/P9M"},

	fault.CurrencyUnknown:    {"未知货币", "没有“{value}”这种货币；请使用 ISO 4217 代码，例如 CNY"},
	fault.CurrencyRetired:    {"货币已停用", "该货币在这一时期已停用"},
	fault.FXMethodUnknown:    {"未知换算方法", "换算方法应为 average、end、spot 或 fixed:<汇率>"},
	fault.RateMissing:        {"没有汇率", "这两种货币在该时期之间没有汇率"},
	fault.RateIncomplete:     {"汇率不完整", "该时期的汇率有超过 14 天的空缺，或缺少某个月"},
	fault.Redenominated:      {"货币改值", "“{value}”与该时期之间有货币改值，且没有该货币的汇率[；请改用 {expected}]"},
	fault.RateStale:          {"汇率过旧", "最近的汇率距所求日期太久"},
	fault.RateInvalid:        {"汇率无效", "汇率应为大于零的数"},
	fault.RateNotConvertible: {"不能换算", "增长率、指数和比重不作货币换算"},
	fault.NumberMalformed:    {"不是数字", "“{value}”不是数字；例如 118.70"},
	fault.NumberTooLong:      {"数字过长", "数字的位数超出限制"},

	fault.KeyMissing:       {"需要密钥", "此处需要密钥：Authorization: Bearer <密钥>，或以密钥为密码的 Basic"},
	fault.KeyInvalid:       {"密钥无效", "密钥未知、已撤销或已过期"},
	fault.RoleTooSmall:     {"权限不足", "这个密钥的角色不允许此操作"},
	fault.CrossSiteRequest: {"跨站请求", "不接受由其他网站触发的已保存密码"},
	fault.RateLimited:      {"请求过多", "超过每秒 {1} 次请求；Retry-After 说明何时可以继续"},

	fault.NotReady:            {"尚未就绪", "数据库没有应答"},
	fault.DeadlineExceeded:    {"超时", "此次计算超过了服务允许的时间；请缩小范围，或稍后再试"},
	fault.DatabaseUnavailable: {"数据库不可用", "数据库忙或已断开；请稍后再试"},
	fault.DatabaseTimeout:     {"数据库超时", "数据库超过了时限；请稍后再试"},
	fault.InternalError:       {"内部错误", "服务出现了缺陷，已记入日志"},
}

// parameterWords are what a code names, by the parameter that it stands in;
// never changed.
var parameterWords = map[string]string{
	"series": "数据序列", "transform": "数据序列", "indicator": "指标", "area": "地区", "unit": "单位", "dataset": "数据集", "code": "条目",
	"currency": "货币", "base": "货币", "quote": "货币", "from": "货币", "to": "货币",
}

// expectations are what parameters expect, by the English text; never changed.
var expectations = map[string]string{
	pFormat.expects: "json 或 csv", pLang.expects: "en 或 zh", pAsOf.expects: "日期（如 2013-12-31）或 RFC 3339 时刻",
	pState.expects: "先前回答中的 state", pSeries.expects: "序列代码，如 gdp.cn.cny", pIndicator.expects: "指标代码，如 gdp",
	pArea.expects: "地区代码，如 cn", pUnit.expects: "单位代码，如 CNY", pMeasure.expects: "level、yoy、pop、saar 或 all",
	pScenario.expects: "actual、target、forecast 或 all", pDataset.expects: "数据集代码，或 all", pText.expects: "不超过 200 字节的词语",
	pPeriod.expects: "时期，如 2013、2013-Q3、2013-09 或 2013-01-01/P9M", pStart.expects: "时期，如 2012 或 2012-01；取其第一天",
	pEnd.expects: "时期，如 2013 或 2013-09；取其最后一天", pLatest.expects: "1 至 100000 的整数", pFrequency.expects: "A、S、Q、M 或 D",
	pAccumulation.expects: "single 或 ytd", pDerive.expects: "auto 或 never", "frequency or accumulation beside it": "同时给出 frequency 或 accumulation", pCurrency.expects: "ISO 4217 货币代码，如 USD", pFX.expects: "average、end、spot 或 fixed:<汇率>",
	pFXSource.expects: "汇率来源代码，如 frb-h10", pScale.expects: "thousand、wan、million、yi、billion、trillion，或 10 的幂次，如 9",
	pFields.expects: "列名，或 all", pNumbers.expects: "number 或 string", pLimit.expects: "1 至 10000 的整数", pPage.expects: "1 至 1000 的整数",
	pCursor.expects: "上一页的 next", pBOM.expects: "true 或 false", pPublish.expects: "now，或带时区的 RFC 3339 时刻",
	pOneCurrency.expects:               "一个 ISO 4217 货币代码，如 USD，因为一个单元格只有一个数",
	"an ISO 4217 currency such as CNY": "ISO 4217 货币代码，如 CNY", "average, end_of_period, fixing or irrevocable": "average、end_of_period、fixing 或 irrevocable",
	pCheckKind.expects: strings.ReplaceAll(pCheckKind.expects, ", ", "、") + " 之一", pClass.expects: strings.ReplaceAll(pClass.expects, ", ", "、") + " 之一",
	"a plain decimal number such as 118.7": "十进制数，如 118.7", "a period such as 2013 or 2013-01-01/P9M": "时期，如 2013 或 2013-01-01/P9M",
	"the name of a key, or of a command": "密钥或命令的名称", "an action such as import.publish": "操作，如 import.publish",
	"an id, or the name of a profile": "编号，或导入方案的名称", "a whole number from 0 to 6": "0 至 6 的整数", "a file's name of at most 200 bytes": "不超过 200 字节的文件名",
	"a text of at most 500 bytes": "不超过 500 字节的文字", "key=value": "键=值",
	pProfile.expects: "导入方案的名称，如 nbs 或 nbs@3", "a whole number from 1 on": "不小于 1 的整数", "yaml or json": "yaml 或 json", "csv or xlsx": "csv 或 xlsx",
	"CODE:CURRENCY or CODE:CURRENCY/PERIOD, such as rate_outlier:TRL/2001": "CODE:货币 或 CODE:货币/时期，例如 rate_outlier:TRL/2001",
	"one of the two": "二者取一", "both, or neither": "二者同时给出，或都不给",
	pTransform.expects: "变换，如 yoy、index:2012 或 share:gdp.cn.cny",
	pLayout.expects:    "long 或 wide", pRows.expects: "period、indicator 或 area", pOneVintage.expects: "latest 或 first", pVintage.expects: "latest、first 或 all",
	startHere: "/v1（总入口）",
}
