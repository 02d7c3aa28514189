package sheet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/nfp"
)

// ofLanguage stands for the formats of dates whose look depends on the language
// of the program that opens the workbook.
const ofLanguage = "\x00"

// builtIn are the formats that a workbook names by a number alone, from ISO/IEC
// 29500-1, 18.8.30; read only. Those of dates in Chinese, Japanese and Korean
// that look alike in all of them are among them.
var builtIn = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"$"#,##0_);("$"#,##0)`, 6: `"$"#,##0_);[Red]("$"#,##0)`, 7: `"$"#,##0.00_);("$"#,##0.00)`, 8: `"$"#,##0.00_);[Red]("$"#,##0.00)`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: "yyyy-mm-dd hh:mm",
	30: "m/d/yy", 31: `yyyy"年"m"月"d"日"`, 32: "h:mm", 33: "h:mm:ss",
	37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
	41: `_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)`, 42: `_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)`, 44: `_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// numberFormat is what a number format does to a number.
type numberFormat struct {
	positive          formatSection
	negative, zero    *formatSection // nil: the positive one
	conditional, date bool
	text              bool // a text is shown as something else
}

// formatSection is one of the parts of a number format between semicolons.
type formatSection struct {
	general         bool
	before, behind  string // texts beside the digits
	digits          int    // places for digits before the point
	minInt          int    // of them those that are always filled
	minDec, maxDec  int    // decimals that are always shown, and at most
	percent, scaled int    // signs of percent; commas that divide by a thousand
	exponent        bool
	textual         bool // has a place for a text
	odd             bool // shows something that is no decimal number
	currency        bool
	date            dateParts
}

// dateParts are the parts of a date that a format shows.
type dateParts struct {
	any, year, month, day, hour, minute, second, unclear bool
}

// empty reports whether a section has no place for a number.
func (s *formatSection) empty() bool {
	return !s.general && s.digits == 0 && s.maxDec == 0 && !s.date.any
}

// parseFormat reads the code of a number format. One that cannot be read shows
// something unknown.
func parseFormat(code string) *numberFormat {
	f := &numberFormat{}
	if code == ofLanguage {
		f.date, f.positive.date = true, dateParts{any: true, unclear: true}
		return f
	}
	parser := nfp.NumberFormatParser()
	sections := parser.Parse(code)
	general := true
	for _, s := range sections {
		read := readSection(s.Items)
		f.conditional = f.conditional || slices.ContainsFunc(s.Items, func(t nfp.Token) bool { return t.TType == nfp.TokenTypeCondition })
		switch s.Type {
		case nfp.TokenSectionPositive:
			f.positive, f.date, general = read, read.date.any, false
		case nfp.TokenSectionNegative:
			f.negative = &read
		case nfp.TokenSectionZero:
			f.zero = &read
		case nfp.TokenSectionText:
			f.text = read.before+read.behind != "" || !read.textual
		}
	}
	if f.conditional || strings.ContainsFunc(f.positive.before+f.positive.behind, unicode.IsNumber) {
		f.positive.date.unclear = true
	}
	if general {
		f.positive = formatSection{general: true}
	}
	return f
}

func readSection(items []nfp.Token) formatSection {
	var s formatSection
	r := sectionReader{out: &s}
	for i, t := range items {
		r.take(items, i, t)
	}
	s.currency = s.currency || strings.ContainsAny(s.before+s.behind, "$¥￥€£₩₽")
	s.before, s.behind = withoutPads(s.before), withoutPads(s.behind)
	return s
}

// wordsOfNumbers reports whether a text beside digits could be taken for a part
// of the number.
func wordsOfNumbers(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsNumber(r) || strings.ContainsRune("+-−–().,%‰", r) })
}

// withoutPads leaves out spaces and quotes.
func withoutPads(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00A0' || r == '"' {
			return -1
		}
		return r
	}, text)
}

// sectionReader reads the tokens of a section.
type sectionReader struct {
	out       *formatSection
	point     bool
	exponent  bool
	commas    int  // since the last place for a digit
	afterward bool // a text stands behind a digit
}

func (r *sectionReader) take(items []nfp.Token, i int, t nfp.Token) {
	s := r.out
	switch t.TType {
	case nfp.TokenTypeGeneral:
		s.general = true
	case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
		r.places(t)
	case nfp.TokenTypeDecimalPoint:
		s.odd = s.odd || r.point
		r.point, r.commas = true, 0
		s.scaled = 0
	case nfp.TokenTypeThousandsSeparator:
		r.commas += len(t.TValue)
		s.scaled = r.commas
	case nfp.TokenTypePercent:
		s.percent += len(t.TValue)
	case nfp.TokenTypeExponential:
		s.exponent, r.exponent = true, true
	case nfp.TokenTypeLiteral:
		r.literal(t.TValue)
	case nfp.TokenTypeCurrencyLanguage:
		for _, part := range t.Parts {
			s.currency = s.currency || part.Token.TType == nfp.TokenSubTypeCurrencyString && part.Token.TValue != ""
		}
	case nfp.TokenTypeDateTimes:
		r.dates(items, i, t.TValue)
	case nfp.TokenTypeElapsedDateTimes:
		s.date.any, s.date.unclear = true, true
	case nfp.TokenTypeTextPlaceHolder:
		s.textual = true
	case nfp.TokenTypeRepeatsChar:
		s.odd = s.odd || strings.Trim(t.TValue, "* ") != ""
	case nfp.TokenTypeAlignment, nfp.TokenTypeColor, nfp.TokenTypeCondition:
	default:
		s.odd = true
	}
}

func (r *sectionReader) places(t nfp.Token) {
	s := r.out
	if r.exponent {
		return
	}
	s.odd = s.odd || r.afterward
	r.commas, s.scaled = 0, 0
	always := t.TType == nfp.TokenTypeZeroPlaceHolder
	if r.point {
		s.maxDec += len(t.TValue)
		if always {
			s.minDec = s.maxDec
		}
		return
	}
	s.digits += len(t.TValue)
	if always || s.minInt > 0 {
		s.minInt += len(t.TValue)
	}
}

func (r *sectionReader) literal(text string) {
	s := r.out
	number := s.general || s.digits > 0 || s.maxDec > 0
	if text == "," && number && r.commas > 0 {
		r.commas++
		s.scaled = r.commas
		return
	}
	if !number {
		s.before += text
		return
	}
	r.afterward = r.afterward || strings.TrimSpace(text) != ""
	s.behind += text
}

// dates notes what part of a date a token shows; m is a minute behind hours
// and before seconds.
func (r *sectionReader) dates(items []nfp.Token, i int, text string) {
	d := &r.out.date
	d.any = true
	switch lower := strings.ToLower(text); {
	case lower[0] == 'y' || lower == "e" || lower == "ee":
		d.year = true
	case lower == "d" || lower == "dd":
		d.day = true
	case lower[0] == 'd' || lower == "aaa" || lower == "aaaa":
	case lower[0] == 'h':
		d.hour = true
	case lower[0] == 's':
		d.second = true
	case lower[0] == 'm' && (beside(items, i, -1) == 'h' || beside(items, i, 1) == 's'):
		d.minute = true
	case lower[0] == 'm':
		d.month = true
	case strings.Contains(lower, "/"):
	default:
		d.unclear = true
	}
}

// beside returns the letter of the nearest part of a date on one side.
func beside(items []nfp.Token, at, step int) byte {
	for at += step; at >= 0 && at < len(items); at += step {
		if t := items[at]; t.TType == nfp.TokenTypeDateTimes || t.TType == nfp.TokenTypeElapsedDateTimes {
			return strings.ToLower(t.TValue)[0]
		}
	}
	return 0
}
