package ingest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

func TestSettingsWith(t *testing.T) {
	var got ingest.Settings
	for _, pair := range [][2]string{
		{"encoding", "gb18030"}, {"delimiter", ";"}, {"skip_lines", "2"}, {"header_rows", "2"}, {"layout", "wide"}, {"label_columns", "indicator, unit"},
		{"units_row", "true"}, {"columns.GDP (bn)", "value"}, {"column.x", "ignore"}, {"constants.area", "cn"}, {"currency", "CNY"}, {"footer", "single_cell"},
		{"total_labels", "合计,Total"}, {"growth_index", "true"}, {"number.decimal", ","}, {"number.thousands", "."}, {"number.missing.x", "zero"},
		{"number.marks.p", "provisional"}, {"number.negatives", "parentheses"}, {"number.exponent", "true"}, {"period.fy_start", "04-01"}, {"period.fy_named_by", "start"},
		{"period.year_pairs_are_fiscal", "true"}, {"line_ending", "cr"}, {"dataset", "imf"}, {"number.grouping", "3;2"},
	} {
		var err error
		if got, err = got.With(pair[0], pair[1]); err != nil {
			t.Fatalf("With(%q, %q) = %v", pair[0], pair[1], err)
		}
	}
	want := ingest.Settings{
		Encoding: "gb18030", LineEnding: "cr", Delimiter: ";", SkipLines: 2, HeaderRows: 2, Layout: "wide", LabelColumns: []string{"indicator", "unit"}, UnitsRow: true,
		Columns: map[string]string{"GDP (bn)": "value", "x": "ignore"}, Constants: map[string]string{"area": "cn"}, Currency: "CNY", Dataset: "imf",
		Footer: "single_cell", TotalLabels: []string{"合计", "Total"}, GrowthIndex: true,
		Number: ingest.Number{Decimal: ",", Thousands: ".", Grouping: "3;2", Negatives: []string{"parentheses"}, Marks: map[string]string{"p": "provisional"}, Missing: map[string]string{"x": "zero"}, Exponent: true},
		Period: ingest.PeriodNotation{FiscalStart: "04-01", FiscalNamedBy: "start", YearPairsAreFiscal: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	again, err := ingest.ParseSettings(got.Canonical())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("ParseSettings(Canonical()) (-want +got):\n%s", diff)
	}
	if text := (ingest.Settings{}).Canonical(); text != "{}" {
		t.Errorf("Canonical() of nothing = %s, want {}", text)
	}
}

// TestEverySettingCanBeSet sets each key that is listed, under its whole name
// and, for numbers and periods, under its own alone.
func TestEverySettingCanBeSet(t *testing.T) {
	values := map[string]string{
		"sheet": "Data", "conf_status": "N", "status_columns": "status", "status_rows.<header>": "Codes", "split_column.<header>": ",", "header": "column,ignore", "indicators.<label>": "gdp", "units.<label>": "GBP mn", "period.date_stands_for": "month", "labels.unit": "brackets", "labels.words.<word>": "ytd", "number.shown": "shown",
		"encoding": "gb18030", "line_ending": "cr", "delimiter": ";", "skip_lines": "2", "header_rows": "2", "layout": "wide", "label_columns": "x",
		"units_row": "true", "columns.<header>": "value", "constants.<column>": "cn", "currency": "CNY", "dataset": "imf", "footer": "single_cell",
		"total_labels": "Total", "areas.<area>": "ignore", "growth_index": "true", "confirm": "rate_outlier:TRL/2001", "number.decimal": ",", "number.thousands": " ", "number.grouping": "3;2", "number.negatives": "parentheses",
		"number.marks.<mark>": "provisional", "number.missing.<word>": "zero", "number.exponent": "true", "period.fy_start": "04-01", "period.fy_named_by": "end",
		"period.year_pairs_are_fiscal": "true",
	}
	words := strings.NewReplacer("<header>", "x", "<column>", "area", "<mark>", "p", "<word>", "x", "<area>", "Venezuela")
	for _, k := range ingest.SettingKeys() {
		value, ok := values[k.Key]
		if !ok {
			t.Errorf("the key %s has no value in this test", k.Key)
		}
		delete(values, k.Key)
		if k.Usage == "" {
			t.Errorf("the key %s does not say what it is for", k.Key)
		}
		key := words.Replace(k.Key)
		whole, err := ingest.Settings{}.With(key, value)
		if err != nil || whole.Canonical() == "{}" {
			t.Errorf("With(%q, %q) = %s, %v, want it set", key, value, whole.Canonical(), err)
		}
		short := strings.TrimPrefix(strings.TrimPrefix(key, "number."), "period.")
		if got, err := (ingest.Settings{}).With(short, value); err != nil || got.Canonical() != whole.Canonical() {
			t.Errorf("With(%q, %q) = %s, %v, want %s", short, value, got.Canonical(), err, whole.Canonical())
		}
	}
	for key := range values {
		t.Errorf("%s is not among SettingKeys()", key)
	}
}

func TestAnUnknownSettingNamesTheNearest(t *testing.T) {
	for key, want := range map[string]string{
		"decimla": "number.decimal", "number.thousand": "number.thousands", "colums.GDP": "columns.<header>", "constants": "constants.<column>",
		"period.fy_begin": "sheet, encoding, line_ending, ", "colour": "sheet, encoding, line_ending, ",
	} {
		_, err := ingest.Settings{}.With(key, "x")
		e := fault.From(err)
		if e.Code != fault.SettingUnknown || e.Expected != "" || len(e.Items) != 1 || !strings.HasPrefix(e.Items[0].Expected, want) {
			t.Errorf("With(%q) = %v, expected %q and %+v, want %s that expects %s, once", key, err, e.Expected, e.Items, fault.SettingUnknown, want)
		}
	}
}

func TestSettingsRefuse(t *testing.T) {
	for _, test := range []struct {
		key, value string
		code       fault.Code
	}{
		{"colour", "red", fault.SettingUnknown}, {"number.colour", "red", fault.SettingUnknown}, {"period.start", "x", fault.SettingUnknown},
		{"constants.colour", "red", fault.SettingUnknown}, {"columns.x", "colour", fault.SettingInvalid}, {"delimiter", ";;", fault.SettingInvalid}, {"number.shown", "both", fault.SettingInvalid},
		{"skip_lines", "two", fault.SettingInvalid}, {"skip_lines", "-1", fault.SettingInvalid}, {"layout", "long", fault.SettingInvalid},
		{"units_row", "yes", fault.SettingInvalid}, {"encoding", "ebcdic", fault.CSVEncodingUnknown}, {"footer", "all", fault.SettingInvalid},
		{"number.missing.x", "nothing", fault.SettingInvalid}, {"period.fy_start", "02-30", fault.PeriodDayOutOfRange}, {"number.negatives", "red", fault.SettingInvalid},
	} {
		if _, err := (ingest.Settings{}).With(test.key, test.value); fault.CodeOf(err) != test.code {
			t.Errorf("With(%q, %q) = %v, want %s", test.key, test.value, err, test.code)
		}
	}
	for text, code := range map[string]fault.Code{
		`{"colour":"red"}`: fault.SettingUnknown, `{"skip_lines":"x"}`: fault.SettingInvalid, `{} {}`: fault.SettingInvalid, `[`: fault.SettingInvalid, `{"layout":"x"}`: fault.SettingInvalid,
	} {
		if _, err := ingest.ParseSettings(text); fault.CodeOf(err) != code {
			t.Errorf("ParseSettings(%q) = %v, want %s", text, err, code)
		}
	}
}

func TestParsePublish(t *testing.T) {
	for text, want := range map[string]ingest.Publish{
		"": {}, "now": {Now: true}, "2026-12-01T10:00:00+08:00": {At: time.Date(2026, 12, 1, 2, 0, 0, 0, time.UTC)},
	} {
		if got, ok := ingest.ParsePublish(text); !ok || got != want {
			t.Errorf("ParsePublish(%q) = %+v, %t, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"Now", "2026-12-01", "tomorrow"} {
		if got, ok := ingest.ParsePublish(text); ok || !got.IsZero() {
			t.Errorf("ParsePublish(%q) = %+v, %t, want nothing", text, got, ok)
		}
	}
}
