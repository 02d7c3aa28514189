package ingest

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// The layouts of a table.
const (
	Tidy             = "tidy"              // a row is one figure
	Wide             = "wide"              // periods stand across
	IndicatorsAcross = "indicators_across" // a row is a period, a column an indicator
)

// SingleCell is the footer setting that takes rows below the table with
// nothing but their first cell for notes.
const SingleCell = "single_cell"

// Settings is everything that a file is read with and that it does not state
// itself. The zero value reads a tidy UTF-8 file. Nothing in it is ever taken
// from the data: a person declares it.
type Settings struct {
	Sheet         string            `json:"sheet,omitempty"` // of a workbook, by name or number; else the only one with something in it
	Encoding      string            `json:"encoding,omitempty"`
	LineEnding    string            `json:"line_ending,omitempty"` // cr, else LF or CRLF
	Delimiter     string            `json:"delimiter,omitempty"`   // one character; tab is also written tab
	SkipLines     int               `json:"skip_lines,omitempty"`  // physical lines above the header
	HeaderRows    int               `json:"header_rows,omitempty"` // 0 is 1
	Header        []string          `json:"header,omitempty"`      // what each header row states: column, ignore or a column name
	Layout        string            `json:"layout,omitempty"`      // tidy, wide, indicators_across; empty is tidy
	LabelColumns  []string          `json:"label_columns,omitempty"`
	UnitsRow      bool              `json:"units_row,omitempty"`      // the row below the header states the units
	Columns       map[string]string `json:"columns,omitempty"`        // a header's text to a column name, or to ignore
	SplitColumns  map[string]string `json:"split_column,omitempty"`   // a header to what separates the texts in its cells
	StatusColumns string            `json:"status_columns,omitempty"` // the word that makes a column the status of the value on its left
	StatusRows    map[string]string `json:"status_rows,omitempty"`    // a header to the word in its column that makes a row the statuses of the row above
	Constants     map[string]string `json:"constants,omitempty"`      // a column name to what every row states
	Currency      string            `json:"currency,omitempty"`       // of plain 元 and $; else the office's
	Dataset       string            `json:"dataset,omitempty"`
	Footer        string            `json:"footer,omitempty"`       // single_cell
	TotalLabels   []string          `json:"total_labels,omitempty"` // labels of rows that are totals of others
	GrowthIndex   bool              `json:"growth_index,omitempty"` // growth is printed as an index, previous year = 100
	Confirmed     []string          `json:"confirmed,omitempty"`    // rates that a person says are right, as rate_outlier:TRL/2001-02-22
	Areas         map[string]string `json:"areas,omitempty"`        // a label to the code of its area, or to ignore; of rates by area: to the currency that it is quoted in
	Indicators    map[string]string `json:"indicators,omitempty"`   // a label to the code of its indicator, or to ignore
	Units         map[string]string `json:"units,omitempty"`        // a label to a unit as it is written elsewhere
	ConfStatus    []string          `json:"conf_status,omitempty"`  // of SDMX: the statuses of confidentiality that may be published, besides F
	Labels        LabelNotation     `json:"labels,omitzero"`
	Number        Number            `json:"number,omitzero"`
	Period        PeriodNotation    `json:"period,omitzero"`
}

// Number says how the numbers of a file are written; the zero value takes
// plain ones only.
type Number struct {
	Decimal   string            `json:"decimal,omitempty"`
	Thousands string            `json:"thousands,omitempty"`
	Grouping  string            `json:"grouping,omitempty"`  // 3 or 3;2
	Negatives []string          `json:"negatives,omitempty"` // parentheses, trailing_minus
	Marks     map[string]string `json:"marks,omitempty"`     // a mark behind a number to what it means
	Missing   map[string]string `json:"missing,omitempty"`   // a whole cell to not_available, nil_or_missing, zero or below_unit
	Exponent  bool              `json:"exponent,omitempty"`
	Shown     string            `json:"shown,omitempty"` // of a workbook whose formats show something else: stored or shown
}

// PeriodNotation says how the fiscal years and the dates of a file are to be
// read.
type PeriodNotation struct {
	FiscalStart        string `json:"fy_start,omitempty"`    // MM-DD
	FiscalNamedBy      string `json:"fy_named_by,omitempty"` // start or end
	YearPairsAreFiscal bool   `json:"year_pairs_are_fiscal,omitempty"`
	DateStandsFor      string `json:"date_stands_for,omitempty"` // day, month, quarter or year
}

// ParseSettings reads the canonical text of settings, a JSON object. An
// unknown key is setting_unknown, any other fault setting_invalid. An empty
// text is the zero value.
func ParseSettings(text string) (Settings, error) {
	var s Settings
	if strings.TrimSpace(text) == "" {
		return s, nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		code := fault.SettingInvalid
		if strings.Contains(err.Error(), "unknown field") {
			code = fault.SettingUnknown
		}
		return Settings{}, fault.Wrap(err, fault.Invalid, code, "the settings cannot be read").
			Expect("a JSON object of settings")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Settings{}, fault.New(fault.Invalid, fault.SettingInvalid, "something stands behind the settings").
			Expect("one JSON object")
	}
	return s, s.Check()
}

// Canonical returns the one text of the settings: JSON in a fixed order
// without what is empty. Two files read with equal texts are read alike.
func (s Settings) Canonical() string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return "{}" // strings, numbers and maps of strings always encode
	}
	return strings.TrimSpace(b.String())
}

// Check refuses settings that no file can be read with: setting_invalid,
// csv_encoding_unknown, and the codes of the days of fiscal years.
func (s Settings) Check() error {
	if _, err := s.options(sheet.Limits{}); err != nil {
		return err
	}
	if _, err := s.periodRules(); err != nil {
		return err
	}
	for _, check := range []struct {
		key, value string
		allowed    []string
	}{
		{"line_ending", s.LineEnding, []string{"", "lf", "crlf", "cr"}},
		{"layout", s.Layout, []string{"", Tidy, Wide, IndicatorsAcross}},
		{"footer", s.Footer, []string{"", SingleCell}},
		{"number.shown", s.Number.Shown, []string{"", sheet.StoredNumbers, sheet.ShownNumbers}},
		{"period.date_stands_for", s.Period.DateStandsFor, []string{"", standsForDay, standsForMonth, standsForQuarter, standsForYear}},
		{"number.grouping", s.Number.Grouping, []string{"", "3", "3;2"}},
	} {
		if err := oneOf(check.key, check.value, check.allowed); err != nil {
			return err
		}
	}
	if s.SkipLines < 0 || s.SkipLines > 1000 || s.HeaderRows < 0 || s.HeaderRows > 10 {
		return invalidSetting("skip_lines or header_rows", "", "0 to 1000 lines and 1 to 10 rows")
	}
	if err := s.checkNumber(); err != nil {
		return err
	}
	if err := s.Labels.check(); err != nil {
		return err
	}
	if err := s.checkStatuses(); err != nil {
		return err
	}
	if err := s.checkSplits(); err != nil {
		return err
	}
	if err := s.checkHeader(); err != nil {
		return err
	}
	if err := s.checkConfirmed(); err != nil {
		return err
	}
	return s.checkNames()
}

// checkNames refuses columns and constants that are mapped to no known name.
func (s Settings) checkNames() error {
	for header, name := range s.Columns {
		if name != ignore && meaningOf(name) == none {
			return invalidSetting("columns."+header, name, "ignore, or one of "+strings.Join(columnNames(), ", "))
		}
	}
	for name := range s.Constants {
		if meaningOf(name) == none {
			return fault.New(fault.Invalid, fault.SettingUnknown, "no column is called %q, so it cannot be a constant", name).
				Expect("one of %s", strings.Join(columnNames(), ", "))
		}
	}
	return nil
}

func oneOf(key, value string, allowed []string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return invalidSetting(key, value, strings.Join(allowed[1:], ", "))
}

func invalidSetting(key, value, expected string) error {
	return fault.New(fault.Invalid, fault.SettingInvalid, "the setting %s cannot be %q", key, fault.Clip(value)).
		With(fault.Item{Code: fault.SettingInvalid, Parameter: key, Value: fault.Clip(value), Expected: expected})
}

// options returns how the bytes are to be read.
func (s Settings) options(limits sheet.Limits) (sheet.Options, error) {
	encoding, err := sheet.ParseEncoding(s.Encoding)
	if err != nil {
		return sheet.Options{}, err
	}
	o := sheet.Options{Encoding: encoding, CR: s.LineEnding == "cr", Skip: s.SkipLines, Sheet: s.Sheet, Shown: s.Number.Shown, Limits: limits}
	switch s.Delimiter {
	case "":
	case "tab", "\t":
		o.Delimiter = '\t'
	case ",", ";", "|", ":":
		o.Delimiter = s.Delimiter[0]
	default:
		return sheet.Options{}, invalidSetting("delimiter", s.Delimiter, "a comma, a semicolon, tab, | or :")
	}
	return o, nil
}

func (s Settings) periodRules() (period.Rules, error) {
	rules := period.Rules{YearPairsAreFiscal: s.Period.YearPairsAreFiscal}
	if err := oneOf("period.fy_named_by", s.Period.FiscalNamedBy, []string{"", "start", "end"}); err != nil {
		return rules, err
	}
	rules.FiscalNamedBy = period.NamedBy(s.Period.FiscalNamedBy)
	if s.Period.FiscalStart == "" {
		return rules, nil
	}
	start, err := period.ParseMonthDay(s.Period.FiscalStart)
	rules.FiscalStart = start
	return rules, err
}

// notation returns how numbers are written; the multiplier and the decimals
// are those of the row. The names of what a cell may hold instead of a number
// are understood in every file, so that what is exported is read again; a
// setting may still give them another meaning.
func (s Settings) notation() figure.Notation {
	n := figure.Notation{
		Decimal: s.Number.Decimal, Thousands: s.Number.Thousands, Grouping: figure.Grouping(s.Number.Grouping),
		Marks: s.Number.Marks, Exponent: s.Number.Exponent, Missing: map[string]figure.Meaning{},
	}
	for _, m := range []figure.Meaning{figure.NotAvailable, figure.NilOrMissing, figure.MeansZero, figure.MeansBelowUnit} {
		n.Missing[string(m)] = m
	}
	for word, meaning := range s.Number.Missing {
		n.Missing[word] = figure.Meaning(meaning)
	}
	for _, form := range s.Number.Negatives {
		n.Negatives.Parentheses = n.Negatives.Parentheses || form == "parentheses"
		n.Negatives.TrailingMinus = n.Negatives.TrailingMinus || form == "trailing_minus"
	}
	return n
}

// checkNumber refuses words that the notation of numbers does not have, and
// notations under which a cell could be two numbers.
func (s Settings) checkNumber() error {
	for _, form := range s.Number.Negatives {
		if err := oneOf("number.negatives", form, []string{"", "parentheses", "trailing_minus"}); err != nil {
			return err
		}
	}
	for word, meaning := range s.Number.Missing {
		if err := oneOf("number.missing."+word, meaning, []string{"", "not_available", "nil_or_missing", "zero", "below_unit"}); err != nil {
			return err
		}
	}
	return s.notation().Check()
}

func (s Settings) headerRows() int { return max(s.HeaderRows, len(s.Header), 1) }
