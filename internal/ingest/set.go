package ingest

import (
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// With returns the settings with one key set, as a person types it:
// delimiter=; or columns.GDP=value or constants.area=cn. A list is written
// with commas. Faults: setting_unknown, setting_invalid.
func (s Settings) With(key, value string) (Settings, error) {
	head, rest, dotted := strings.Cut(strings.TrimSpace(key), ".")
	if dotted {
		return s.withEntry(head, rest, value)
	}
	if set, ok := textSettings(&s)[head]; ok {
		*set = value
		return s, s.Check()
	}
	switch head {
	case "label_columns":
		s.LabelColumns = list(value)
	case "total_labels":
		s.TotalLabels = list(value)
	case "units_row":
		return changed(&s, setFlag(&s.UnitsRow, key, value))
	case "growth_index":
		return changed(&s, setFlag(&s.GrowthIndex, key, value))
	case "skip_lines":
		return changed(&s, setCount(&s.SkipLines, key, value))
	case "header_rows":
		return changed(&s, setCount(&s.HeaderRows, key, value))
	default:
		return Settings{}, unknownSetting(key)
	}
	return s, s.Check()
}

func textSettings(s *Settings) map[string]*string {
	return map[string]*string{
		"encoding": &s.Encoding, "line_ending": &s.LineEnding, "delimiter": &s.Delimiter, "layout": &s.Layout,
		"currency": &s.Currency, "dataset": &s.Dataset, "footer": &s.Footer,
	}
}

func (s Settings) withEntry(head, rest, value string) (Settings, error) {
	switch head {
	case "column", "columns":
		s.Columns = withKey(s.Columns, rest, value)
	case "constant", "constants":
		s.Constants = withKey(s.Constants, rest, value)
	case "number":
		return s.withNumber(rest, value)
	case "period":
		switch rest {
		case "fy_start":
			s.Period.FiscalStart = value
		case "fy_named_by":
			s.Period.FiscalNamedBy = value
		case "year_pairs_are_fiscal":
			return changed(&s, setFlag(&s.Period.YearPairsAreFiscal, head+"."+rest, value))
		default:
			return Settings{}, unknownSetting(head + "." + rest)
		}
	default:
		return Settings{}, unknownSetting(head + "." + rest)
	}
	return s, s.Check()
}

func (s Settings) withNumber(key, value string) (Settings, error) {
	head, word, _ := strings.Cut(key, ".")
	switch head {
	case "decimal":
		s.Number.Decimal = value
	case "thousands":
		s.Number.Thousands = value
	case "grouping":
		s.Number.Grouping = value
	case "negatives":
		s.Number.Negatives = list(value)
	case "marks":
		s.Number.Marks = withKey(s.Number.Marks, word, value)
	case "missing":
		s.Number.Missing = withKey(s.Number.Missing, word, value)
	case "exponent":
		return changed(&s, setFlag(&s.Number.Exponent, "number.exponent", value))
	default:
		return Settings{}, unknownSetting("number." + key)
	}
	return s, s.Check()
}

func setFlag(flag *bool, key, value string) error {
	if value != "true" && value != "false" {
		return invalidSetting(key, value, "true or false")
	}
	*flag = value == "true"
	return nil
}

func setCount(count *int, key, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil {
		return invalidSetting(key, value, "a whole number")
	}
	*count = n
	return nil
}

// changed returns the settings after a change of them, checked.
func changed(s *Settings, err error) (Settings, error) {
	if err != nil {
		return Settings{}, err
	}
	return *s, s.Check()
}

// withKey returns a copy of the map with the key set.
func withKey(m map[string]string, key, value string) map[string]string {
	set := make(map[string]string, len(m)+1)
	for k, v := range m {
		set[k] = v
	}
	set[key] = value
	return set
}

func list(value string) []string {
	parts := strings.Split(value, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

func unknownSetting(key string) error {
	const known = "encoding, line_ending, delimiter, skip_lines, header_rows, layout, label_columns, units_row, columns.<header>, " +
		"constants.<column>, currency, dataset, footer, total_labels, growth_index, number.…, period.…"
	return fault.New(fault.Invalid, fault.SettingUnknown, "no setting is called %q", fault.Clip(key)).Expect("%s", known).
		With(fault.Item{Code: fault.SettingUnknown, Parameter: key, Expected: known})
}
