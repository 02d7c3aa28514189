package ingest

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// SettingKey is one thing that With sets.
type SettingKey struct {
	Key   string      // <…> stands for a word of the file
	Field string      // the dotted name in the canonical text of settings
	Kind  SettingKind // what it holds there
	Usage string      // what it says, and what it may be
}

// SettingKind is what a setting holds.
type SettingKind string

// The kinds of settings.
const (
	SettingText    SettingKind = "text"
	SettingCount   SettingKind = "count"   // a whole number
	SettingFlag    SettingKind = "flag"    // true or false
	SettingList    SettingKind = "list"    // texts
	SettingEntries SettingKind = "entries" // words of the file, each to a text
)

// SettingKeys returns everything that With sets, in the order of Settings.
func SettingKeys() []SettingKey {
	keys := make([]SettingKey, len(settingKeys))
	for i, k := range settingKeys {
		keys[i] = SettingKey{k.name + k.word, cmp.Or(k.field, strings.TrimSuffix(k.name, ".")), k.kind, k.usage}
	}
	return keys
}

// settingKey is a key, and how its value is set.
type settingKey struct {
	name  string
	word  string // how the word behind the name is called; empty where there is none
	usage string
	setter
}

// setter sets a key of one kind; what it refuses it expects otherwise.
type setter struct {
	kind  SettingKind
	field string // in the canonical text, where it has another name there
	set   func(s *Settings, word, value string) error
}

// settingKeys are the keys of Settings; read only.
var settingKeys = []settingKey{
	{"sheet", "", "which sheet of a workbook is read: its name, or its number from 1 on",
		setText(func(s *Settings) *string { return &s.Sheet })},
	{"encoding", "", "how the file writes its characters: utf-8, utf-16, gb18030, big5, iso-8859-1 or windows-1252",
		setText(func(s *Settings) *string { return &s.Encoding })},
	{"line_ending", "", "what ends a line: lf, crlf or cr",
		setText(func(s *Settings) *string { return &s.LineEnding })},
	{"delimiter", "", "what stands between cells: a comma, a semicolon, tab, | or :",
		setText(func(s *Settings) *string { return &s.Delimiter })},
	{"skip_lines", "", "how many lines stand above the header",
		setCount(func(s *Settings) *int { return &s.SkipLines })},
	{"header_rows", "", "how many rows the header has, 1 to 10",
		setCount(func(s *Settings) *int { return &s.HeaderRows })},
	{"header", "", "what each header row states, with commas: column (the names of the columns), ignore, or the name of a column, such as indicator,unit or period,period",
		setList(func(s *Settings) *[]string { return &s.Header })},
	{"layout", "", "tidy (a row is one figure), wide (periods stand across) or indicators_across",
		setText(func(s *Settings) *string { return &s.Layout })},
	{"label_columns", "", "in a table across, the headers of the columns that are no figures, with commas",
		setList(func(s *Settings) *[]string { return &s.LabelColumns })},
	{"units_row", "", "true: the row below the header states the units",
		setFlag(func(s *Settings) *bool { return &s.UnitsRow })},
	{"columns.", "<header>", "which column that header means: ignore, or a name such as value or area",
		setEntry(func(s *Settings) *map[string]string { return &s.Columns })},
	{"split_column.", "<header>", "what separates the texts in the cells of that column, such as a comma; each part is a column of its own then, named by its part of the header",
		setEntry(func(s *Settings) *map[string]string { return &s.SplitColumns })},
	{"status_columns", "", "in a table across, the word that makes a column the status of the value on its left, alone in its header or behind that of the value, such as status",
		setText(func(s *Settings) *string { return &s.StatusColumns })},
	{"status_rows.", "<header>", "the word in that column that makes a row the statuses of the row above, such as Codes",
		setEntry(func(s *Settings) *map[string]string { return &s.StatusRows })},
	{"constants.", "<column>", "what every row states that has no such column, such as constants.area=cn",
		setEntry(func(s *Settings) *map[string]string { return &s.Constants })},
	{"currency", "", "the currency of a plain 元 or $, such as CNY; without it the office's",
		setText(func(s *Settings) *string { return &s.Currency })},
	{"dataset", "", "whose figures these are; without it main",
		setText(func(s *Settings) *string { return &s.Dataset })},
	{"footer", "", "single_cell: rows below the table with nothing but a first cell are notes",
		setText(func(s *Settings) *string { return &s.Footer })},
	{"total_labels", "", "labels of rows that are totals of others, with commas",
		setList(func(s *Settings) *[]string { return &s.TotalLabels })},
	{"growth_index", "", "true: growth is printed as an index with the previous year = 100",
		setFlag(func(s *Settings) *bool { return &s.GrowthIndex })},
	{"confirm", "", "rates that are right although they were refused, such as rate_outlier:TRL/2001 or rate_outlier:BRL,TRL; may be repeated",
		setter{SettingList, "confirmed", func(s *Settings, _, value string) error {
			s.Confirmed = addConfirmed(s.Confirmed, value)
			return nil
		}}},
	{"areas.", "<area>", "the code of the area of that label, or ignore for its rows; in a table of rates by area, the currency that it is quoted in",
		setEntry(func(s *Settings) *map[string]string { return &s.Areas })},
	{"indicators.", "<label>", "the code of the indicator of that label, or ignore for its rows, such as indicators.GNP=gni",
		setEntry(func(s *Settings) *map[string]string { return &s.Indicators })},
	{"units.", "<label>", "what that label of a unit means, such as units.£m=GBP mn",
		setEntry(func(s *Settings) *map[string]string { return &s.Units })},
	{"conf_status", "", "in SDMX-CSV, the statuses of confidentiality besides F (free) whose figures may be published, with commas",
		setList(func(s *Settings) *[]string { return &s.ConfStatus })},
	{"labels.unit", "", "where the labels of indicators state their unit: brackets, as in GDP (bn yuan), or comma, as in GDP, bn yuan",
		setText(func(s *Settings) *string { return &s.Labels.Unit })},
	{"labels.words.", "<word>", "what that word at an end of a label means: single (each period alone), ytd (January to its end), yoy, pop, saar, nominal, real, real-<year>, chained-<year>, sa, target, forecast or ignore",
		setEntry(func(s *Settings) *map[string]string { return &s.Labels.Words })},
	{"number.decimal", "", "what stands before the decimals: a comma, or a point where none is set",
		setText(func(s *Settings) *string { return &s.Number.Decimal })},
	{"number.thousands", "", "what stands between the groups of digits; without it nothing",
		setText(func(s *Settings) *string { return &s.Number.Thousands })},
	{"number.grouping", "", "how digits are grouped: 3, or 3;2",
		setText(func(s *Settings) *string { return &s.Number.Grouping })},
	{"number.negatives", "", "how else numbers below zero are written: parentheses, trailing_minus, with commas",
		setList(func(s *Settings) *[]string { return &s.Number.Negatives })},
	{"number.marks.", "<mark>", "what that mark behind a number means, such as provisional",
		setEntry(func(s *Settings) *map[string]string { return &s.Number.Marks })},
	{"number.missing.", "<word>", "what a cell of that word means: not_available, nil_or_missing, zero or below_unit",
		setEntry(func(s *Settings) *map[string]string { return &s.Number.Missing })},
	{"number.exponent", "", "true: numbers such as 1.2E+3 are meant so",
		setFlag(func(s *Settings) *bool { return &s.Number.Exponent })},
	{"number.shown", "", "which numbers of a workbook are meant where a format shows something else: stored (what the cells hold) or shown",
		setText(func(s *Settings) *string { return &s.Number.Shown })},
	{"period.fy_start", "", "the day on which fiscal years begin, such as 04-01",
		setText(func(s *Settings) *string { return &s.Period.FiscalStart })},
	{"period.fy_named_by", "", "the year that names a fiscal year: that of its start or of its end",
		setText(func(s *Settings) *string { return &s.Period.FiscalNamedBy })},
	{"period.year_pairs_are_fiscal", "", "true: 2011-12 is a fiscal year and no December",
		setFlag(func(s *Settings) *bool { return &s.Period.YearPairsAreFiscal })},
	{"period.date_stands_for", "", "what a date such as 1939-01-01 in a column of periods stands for: day, or the month, quarter or year that begins or ends on it",
		setText(func(s *Settings) *string { return &s.Period.DateStandsFor })},
}

// With returns the settings with one key set, as a person types it:
// delimiter=; or columns.GDP=value or constants.area=cn. A list is written
// with commas. In front of the keys of numbers and periods, number. and
// period. may be left out. Faults: setting_unknown, setting_invalid.
func (s Settings) With(key, value string) (Settings, error) {
	key = strings.TrimSpace(key)
	k, word, ok := findKey(key)
	if !ok {
		return Settings{}, unknownSetting(key)
	}
	if err := k.set(&s, word, value); err != nil {
		return Settings{}, invalidSetting(key, value, err.Error())
	}
	return s, s.Check()
}

// findKey finds what a person calls a key, and the word behind its name.
func findKey(key string) (found *settingKey, word string, ok bool) {
	for i := range settingKeys {
		k := &settingKeys[i]
		for _, name := range k.names() {
			rest, found := strings.CutPrefix(key, name)
			if found && (rest != "") == (k.word != "") {
				return k, rest, true
			}
		}
	}
	return nil, "", false
}

// names are what a key may be called, its own name first.
func (k *settingKey) names() []string {
	names := []string{k.name}
	for _, left := range []string{"number.", "period."} {
		if short, ok := strings.CutPrefix(k.name, left); ok {
			names = append(names, short)
		}
	}
	if single, ok := strings.CutSuffix(k.name, "s."); ok && !strings.Contains(single, ".") {
		names = append(names, single+".")
	}
	return names
}

// unknownSetting names the key that is nearest, and all where none is near.
func unknownSetting(key string) error {
	head, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(key, "number."), "period."), ".")
	best, expected := slips(head)+1, ""
	for _, k := range settingKeys {
		for _, name := range k.names() {
			if d := slipsBetween(head, strings.TrimSuffix(name, ".")); d < best {
				best, expected = d, k.name+k.word
			}
		}
	}
	if expected == "" {
		var all []string
		for _, k := range SettingKeys() {
			all = append(all, k.Key)
		}
		expected = strings.Join(all, ", ")
	}
	return fault.New(fault.Invalid, fault.SettingUnknown, "no setting is called %q", fault.Clip(key)).
		With(fault.Item{Code: fault.SettingUnknown, Parameter: fault.Clip(key), Expected: expected})
}

func setText(field func(*Settings) *string) setter {
	return setter{kind: SettingText, set: func(s *Settings, _, value string) error {
		*field(s) = value
		return nil
	}}
}

func setList(field func(*Settings) *[]string) setter {
	return setter{kind: SettingList, set: func(s *Settings, _, value string) error {
		parts := strings.Split(value, ",")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		*field(s) = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
		return nil
	}}
}

func setFlag(field func(*Settings) *bool) setter {
	return setter{kind: SettingFlag, set: func(s *Settings, _, value string) error {
		if value != "true" && value != "false" {
			return errors.New("true or false")
		}
		*field(s) = value == "true"
		return nil
	}}
}

func setCount(field func(*Settings) *int) setter {
	return setter{kind: SettingCount, set: func(s *Settings, _, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil {
			return errors.New("a whole number")
		}
		*field(s) = n
		return nil
	}}
}

// setEntry sets the word in a copy of the map.
func setEntry(field func(*Settings) *map[string]string) setter {
	return setter{kind: SettingEntries, set: func(s *Settings, word, value string) error {
		entries := maps.Clone(*field(s))
		if entries == nil {
			entries = map[string]string{}
		}
		entries[word] = value
		*field(s) = entries
		return nil
	}}
}
