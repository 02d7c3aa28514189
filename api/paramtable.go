package api

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/profile"
	"bellwether/internal/query"
	"bellwether/internal/series"
)

const (
	maxText   = 200    // bytes of a code, token or search text
	maxLimit  = 10_000 // rows of one page of JSON
	maxLatest = 100_000
	maxPage   = 1_000 // entries of one page of a record
)

// The parameters that several routes take.
var (
	pFormat       = param{name: "format", check: oneOf("json", "csv", "xlsx"), expects: "json, csv or xlsx"}
	pLang         = param{name: "lang", check: oneOf("en", "zh"), expects: "en or zh"}
	pAsOf         = param{name: "as_of", check: instantText, expects: "a date such as 2013-12-31 or an RFC 3339 instant"}
	pRecordedAsOf = param{name: "recorded_as_of", check: instantText, expects: "a date such as 2013-12-31 or an RFC 3339 instant"}
	pState        = param{name: "state", check: codeText, expects: "the state of an earlier answer"}

	pSeries    = param{name: "series", many: several, check: codeText, expects: "the code of a series such as gdp.cn.cny"}
	pIndicator = param{name: "indicator", many: several, check: codeText, expects: "the code of an indicator such as gdp"}
	pArea      = param{name: "area", many: several, check: codeText, expects: "the code of an area such as cn"}
	pUnit      = param{name: "unit", many: several, check: codeText, expects: "the code of a unit such as CNY"}
	pMeasure   = param{name: "measure", check: oneOf("level", "yoy", "pop", "saar", "all"), expects: "level, yoy, pop, saar or all"}
	pScenario  = param{name: "scenario", check: oneOf("actual", "target", "forecast", "all"), expects: "actual, target, forecast or all"}
	pDataset   = param{name: "dataset", check: codeText, expects: "the code of a dataset, or all"}
	pText      = param{name: "q", check: boundedText, expects: "words of at most 200 bytes"}

	pPeriod       = param{name: "period", many: several, check: periodText, expects: "a period such as 2013, 2013-Q3, 2013-09 or 2013-01-01/P9M"}
	pStart        = param{name: "start", check: firstDay, expects: "a period such as 2012 or 2012-01; its first day counts"}
	pEnd          = param{name: "end", check: lastDay, expects: "a period such as 2013 or 2013-09; its last day counts"}
	pLatest       = param{name: "latest", check: whole(1, maxLatest), expects: "a whole number from 1 to 100000"}
	pFrequency    = param{name: "frequency", check: upper(oneOf("a", "s", "q", "m", "d")), expects: "A, S, Q, M or D"}
	pAccumulation = param{name: "accumulation", check: oneOf("single", "ytd"), expects: "single or ytd"}
	pDerive       = param{name: "derive", check: oneOf("auto", "never"), expects: "auto or never"}

	pCurrency    = param{name: "currency", many: several, check: currencyText, expects: "an ISO 4217 currency such as USD"}
	pOneCurrency = param{name: "currency", check: oneCurrencyText, expects: "one ISO 4217 currency such as USD, as a cell has one number"}
	pFX          = param{name: "fx", check: fxText, expects: "average, end, spot or fixed:<rate>"}
	pFXSource    = param{name: "fx_source", check: codeText, expects: "the code of a feed such as frb-h10"}
	pFXAsOf      = param{name: "fx_as_of", check: instantText, expects: pAsOf.expects}
	pScale       = param{name: "scale", check: scaleText, expects: "thousand, wan, million, yi, billion, trillion or an exponent such as 9"}

	pTransform  = param{name: "transform", check: transformText, expects: "a transform such as yoy, index:2012 or share:gdp.cn.cny"}
	pVintage    = param{name: "vintage", check: oneOf("latest", "first", "all"), expects: "latest, first or all"}
	pOneVintage = param{name: "vintage", check: oneOf("latest", "first"), expects: "latest or first"}
	pLayout     = param{name: "layout", check: oneOf("long", "wide"), expects: "long or wide"}
	pRows       = param{name: "rows", check: oneOf("period", "indicator", "area"), expects: "period, indicator or area"}
	pColumns    = param{name: "columns", check: oneOf("period", "indicator", "area"), expects: "period, indicator or area"}

	pFields  = param{name: "fields", many: listed, check: encode.ParseField, expects: "names of columns, or all"}
	pNumbers = param{name: "numbers", check: oneOf("number", "string"), expects: "number or string"}
	pLimit   = param{name: "limit", check: whole(1, maxLimit), expects: "a whole number from 1 to 10000"}
	pPage    = param{name: "limit", check: whole(1, maxPage), expects: "a whole number from 1 to 1000"}
	pCursor  = param{name: "cursor", check: opaque, expects: "the next of an earlier page"}
	pBOM     = param{name: "bom", check: oneOf("true", "false"), expects: "true or false"}

	pSince   = param{name: "since", check: codeText, expects: "the state of an earlier answer"}
	pMessage = param{name: "message", check: messageText, expects: "a text of at most 500 bytes"}
	pProfile = param{name: "profile", check: profileText, expects: "the name of a profile such as nbs, or nbs@3"}
	pConfirm = param{name: "confirm", many: repeated, check: boundedText, expects: "CODE:CURRENCY or CODE:CURRENCY/PERIOD, such as rate_outlier:TRL/2001"}
	pPublish = param{name: "publish", check: publishText, expects: "now, or an RFC 3339 instant with its zone"}
)

// The parameters of each sort of route, in the order of openapi.yaml.
var (
	catalogueParams = []param{pAsOf, pRecordedAsOf, pState, pFormat, pLang}
	entriesParams   = []param{pAsOf, pRecordedAsOf, pState, pBOM, pFormat, pLang}
	filterParams    = []param{pSeries, pIndicator, pArea, pUnit, pMeasure, pScenario, pDataset}
	rowParams       = []param{
		pPeriod, pStart, pEnd, pLatest, pFrequency, pAccumulation, pDerive, pCurrency, pFX, pFXSource, pFXAsOf, pScale,
		pTransform, pVintage, pLayout, pRows, pColumns,
		pAsOf, pRecordedAsOf, pState, pFields, pNumbers, pLimit, pCursor, pBOM, pFormat, pLang,
	}
	acrossParams  = slices.Concat(filterParams, rowParams)
	exportParams  = slices.Concat(filterParams, []param{pAsOf, pRecordedAsOf, pState})
	listParams    = []param{pIndicator, pArea, pUnit, pMeasure, pScenario, pDataset, pText, pAsOf, pRecordedAsOf, pState, pLimit, pCursor, pBOM, pFormat, pLang}
	cellParams    = []param{pFrequency, pAccumulation, pDerive, pOneCurrency, pFX, pFXSource, pFXAsOf, pScale, pTransform, pOneVintage, pAsOf, pRecordedAsOf, pState, pLang}
	explainParams = []param{pCurrency, pFX, pFXSource, pFXAsOf, pScale, pAsOf, pRecordedAsOf, pState, pFormat, pLang}
	rateParams    = []param{
		{name: "feed", check: codeText, expects: "the code of a feed such as frb-h10"},
		{name: "base", check: currencyText, expects: "an ISO 4217 currency such as USD"},
		{name: "quote", check: currencyText, expects: "an ISO 4217 currency such as CNY"},
		{name: "kind", check: oneOf("average", "end_of_period", "fixing", "irrevocable"), expects: "average, end_of_period, fixing or irrevocable"},
		pStart, pEnd, pAsOf, pRecordedAsOf, pState, pLimit, pCursor, pBOM, pFormat, pLang,
	}
	checkParams = []param{
		pArea, pIndicator, pCheckKind, pClass,
		pAsOf, pRecordedAsOf, pState, pLimit, pCursor, pBOM, pFormat, pLang,
	}
	pTargetBase        = param{name: "base", check: periodText, expects: pPeriod.expects}
	seriesTargetParams = []param{pTargetBase, pAsOf, pRecordedAsOf, pState, pLimit, pCursor, pBOM, pFormat, pLang}
	targetParams       = slices.Concat([]param{pIndicator, pArea, pUnit, pMeasure, pDataset}, seriesTargetParams)
	convertParams      = []param{
		{name: "amount", needed: true, check: amountText, expects: "a plain decimal number such as 118.7"},
		{name: "from", needed: true, check: currencyText, expects: "an ISO 4217 currency such as CNY"},
		{name: "to", needed: true, check: currencyText, expects: "an ISO 4217 currency such as USD"},
		{name: "period", needed: true, check: periodText, expects: "a period such as 2013 or 2013-01-01/P9M"},
		pFX, pFXSource, pFXAsOf, {name: "decimals", check: whole(0, 6), expects: "a whole number from 0 to 6"},
		{name: "area", check: codeText, expects: pArea.expects},
		pAsOf, pRecordedAsOf, pState, pFormat, pLang,
	}
	revisedParams = []param{pPeriod, pStart, pEnd, pFrequency, pAccumulation, pAsOf, pRecordedAsOf, pState, pBOM, pFormat, pLang}
	auditParams   = []param{
		{name: "by", check: boundedText, expects: "the name of a key, or of a command"},
		{name: "action", check: boundedText, expects: "an action such as import.publish"},
		{name: "subject", check: boundedText, expects: "an id, or the name of a profile"},
		pPage, pCursor,
	}
	recordParams   = []param{pSince, pPage, pCursor, pAsOf, pRecordedAsOf, pState, pFormat, pLang}
	feedParams     = []param{pPage, pCursor, pAsOf, pRecordedAsOf, pState, pLang}
	revisionParams = []param{pLimit, pCursor, pAsOf, pRecordedAsOf, pState, pBOM, pFormat, pLang}
	undoParams     = []param{pMessage, {name: "dry_run", check: oneOf("true", "false"), expects: "true or false"}, pLang}
	profileParams  = []param{
		{name: "version", check: whole(1, math.MaxInt32), expects: "a whole number from 1 on"},
		{name: "format", check: oneOf("yaml", "json"), expects: "yaml or json"},
	}
	fetchParams  = []param{pPublish, pMessage, pConfirm}
	importParams = []param{
		pPublish,
		{name: "filename", check: boundedText, expects: "a file's name of at most 200 bytes"},
		pMessage,
		pProfile,
		{name: "set", many: repeated, check: settingText, expects: "key=value"},
		{name: "accept", check: oneOf("true", "false"), expects: "true or false"},
		pConfirm,
	}
)

// conflicts lists pairs of parameters that exclude each other.
var conflicts = [][2]string{
	{"period", "start"}, {"period", "end"}, {"latest", "cursor"}, {"state", "as_of"},
	{"cursor", "state"}, {"recorded_as_of", "as_of"}, {"recorded_as_of", "state"}, {"recorded_as_of", "cursor"},
	{"series", "indicator"}, {"series", "area"}, {"series", "unit"},
	{"series", "measure"}, {"series", "scenario"}, {"series", "dataset"},
}

// depends lists parameters that mean something only beside another one.
var depends = [][2]string{{"fx", "currency"}, {"fx_source", "currency"}, {"fx_as_of", "currency"}, {"rows", "layout"}, {"columns", "layout"}}

// checkConflicts refuses parameters that contradict each other. A conversion
// that stands alone has its currencies in from and to.
func checkConflicts(v values) error {
	for _, c := range conflicts {
		if v.has(c[0]) && v.has(c[1]) {
			return conflict(c[0], c[1], "%s and %s exclude each other", "one of the two")
		}
	}
	for _, d := range depends {
		if v.has(d[0]) && !v.has(d[1]) && !v.has("to") {
			return conflict(d[0], d[1], "%s means nothing without %s", "both, or neither")
		}
	}
	return nil
}

func conflict(one, other, detail, expected string) error {
	return fault.New(fault.Invalid, fault.ParameterConflict, detail, one, other).With(
		fault.Item{Code: fault.ParameterConflict, Parameter: one, Expected: expected},
		fault.Item{Code: fault.ParameterConflict, Parameter: other, Expected: expected},
	)
}

// wrong refuses a value; what was expected stands beside the parameter.
func wrong() error { return fault.New(fault.Invalid, fault.InvalidParameter, "") }

// oneOf takes one of the words, in any case and with _ for - or - for _.
func oneOf(words ...string) func(string) (string, error) {
	return func(value string) (string, error) {
		i := slices.IndexFunc(words, func(word string) bool { return series.Fold(word) == series.Fold(value) })
		if i < 0 {
			return "", wrong()
		}
		return words[i], nil
	}
}

func upper(check func(string) (string, error)) func(string) (string, error) {
	return func(value string) (string, error) {
		canonical, err := check(value)
		return strings.ToUpper(canonical), err
	}
}

func whole(low, high int) func(string) (string, error) {
	return func(value string) (string, error) {
		n, err := strconv.Atoi(value)
		if err != nil || n < low || n > high || value[0] == '+' {
			return "", wrong()
		}
		return strconv.Itoa(n), nil
	}
}

// codeText takes a code in any case, with _ for -. Whether it is one is for
// the use case to say.
func codeText(value string) (string, error) {
	if len(value) > maxText {
		return "", wrong()
	}
	return series.Fold(value), nil
}

func boundedText(value string) (string, error) {
	if len(value) > maxText || strings.ContainsFunc(value, isControl) {
		return "", wrong()
	}
	return value, nil
}

func messageText(value string) (string, error) {
	if len(value) > 500 || strings.ContainsFunc(value, isControl) {
		return "", wrong()
	}
	return value, nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

func opaque(value string) (string, error) {
	if len(value) > 2_000 {
		return "", wrong()
	}
	return value, nil
}

// instantText lets a plus sign of a zone through that came unescaped.
func instantText(value string) (string, error) {
	if len(value) > 64 {
		return "", wrong()
	}
	return strings.ReplaceAll(value, " ", "+"), nil
}

func periodText(value string) (string, error) {
	p, err := period.Parse(value)
	if err != nil {
		return "", err
	}
	return p.String(), nil
}

func firstDay(value string) (string, error) {
	p, err := period.Parse(value)
	if err != nil {
		return "", err
	}
	return p.Start().String(), nil
}

func lastDay(value string) (string, error) {
	p, err := period.Parse(value)
	if err != nil {
		return "", err
	}
	return p.Last().String(), nil
}

// currencyText takes a code of three letters as ISO 4217 writes it, and
// anything else that a currency may go by.
func currencyText(value string) (string, error) {
	if len(value) != 3 || strings.ContainsFunc(value, notLetter) {
		return codeText(value)
	}
	return strings.ToUpper(value), nil
}

// oneCurrencyText refuses a list: what is answered has room for one number.
func oneCurrencyText(value string) (string, error) {
	if strings.Contains(value, ",") {
		return "", wrong()
	}
	return currencyText(value)
}

func notLetter(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }

func fxText(value string) (string, error) {
	folded := strings.ToLower(value)
	if rate, fixed := strings.CutPrefix(folded, "fixed:"); fixed {
		v, err := figure.Parse(rate, 0)
		if err != nil || v.Sign() <= 0 {
			return "", wrong()
		}
		return folded, nil
	}
	return oneOf("average", "end", "spot")(folded)
}

func amountText(value string) (string, error) {
	if _, err := figure.Parse(value, 0); err != nil {
		return "", err
	}
	return value, nil
}

func publishText(value string) (string, error) {
	if strings.EqualFold(value, "now") {
		return "now", nil
	}
	return instantText(value)
}

func settingText(value string) (string, error) {
	if name, _, ok := strings.Cut(value, "="); !ok || name == "" || len(value) > 2_000 {
		return "", wrong()
	}
	return value, nil
}

func profileText(value string) (string, error) {
	ref, err := profile.ParseRef(value)
	return ref.String(), err
}

// transformText takes the words and notations that the use case knows.
func transformText(value string) (string, error) {
	t, err := query.ParseTransform(value)
	if err != nil {
		return "", err
	}
	return t.String(), nil
}

// scaleText takes the words and powers that the use case knows.
func scaleText(value string) (string, error) {
	scale, err := query.ParseScale(value)
	if err != nil {
		return "", err
	}
	return strconv.Itoa(scale.Power), nil
}
