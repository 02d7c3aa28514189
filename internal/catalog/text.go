package catalog

import (
	"strings"
	"unicode"
)

// Text is one text in English and Chinese. Either may be missing.
type Text struct {
	En string `json:"en,omitempty"`
	Zh string `json:"zh,omitempty"`
}

// In returns the text in the language (en or zh), and in the other one where
// it is missing.
func (t Text) In(lang string) string {
	if lang == "zh" && t.Zh != "" || t.En == "" {
		return t.Zh
	}
	return t.En
}

// IsZero reports whether the text is missing in both languages.
func (t Text) IsZero() bool { return t == Text{} }

// Fold returns a label as labels are compared: letters in lower case, white
// space trimmed and every run of it one space. Nothing else is changed, so
// that a folded text is still the label and no other.
func Fold(label string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(label), unicode.IsSpace), " ")
}

// Day is a civil date as YYYY-MM-DD. Days compare as texts do. An empty Day is
// open: from ever, or until further notice.
type Day string

// valid reports whether the day is open or a date from 1000 to 2999.
func (d Day) valid() bool {
	if d == "" {
		return true
	}
	if len(d) != len("2006-01-02") || d[4] != '-' || d[7] != '-' || d[0] != '1' && d[0] != '2' {
		return false
	}
	year, month, day := number(d[:4]), number(d[5:7]), number(d[8:])
	return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// number returns the digits as a number, -1 when one is no digit.
func number(digits Day) int {
	n := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Validity is when an entry is in force: both days are included, an empty one
// is open.
type Validity struct {
	From Day `json:"valid_from,omitempty"`
	To   Day `json:"valid_to,omitempty"`
}

// On reports whether the entry is in force on the day.
func (v Validity) On(day Day) bool {
	return v.From <= day && (v.To == "" || day <= v.To)
}
