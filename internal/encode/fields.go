package encode

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/fault"
)

// AllFields lifts the choice of fields: every column of the vocabulary.
const AllFields = "all"

// Columns returns the name of every column, in order.
func Columns() []string {
	names := make([]string, len(vocabulary))
	for i, c := range vocabulary {
		names[i] = c.name
	}
	return names
}

// DefaultFields returns the fields that a row of JSON has when none are
// chosen: those of one series, and what the shape adds to them.
func DefaultFields(shape Shape) []string {
	var names []string
	for _, c := range vocabulary {
		if slices.Contains(defaults, c.name) ||
			shape.Across && slices.Contains(acrossFields, c.name) ||
			shape.Scaled && c.name == "multiplier" ||
			shape.Converted && slices.Contains(convertedFields, c.name) {
			names = append(names, c.name)
		}
	}
	return names
}

// Shape says what an answer's rows must tell: Across, that it holds several
// series; Converted, that figures are converted; Scaled, that they stand at
// another power of ten than the series.
type Shape struct{ Across, Converted, Scaled bool }

// The default fields of a row of JSON, and what is added to them; never changed.
var (
	defaults = []string{"period", "start", "end", "months", "ytd", "value", "decimals", "status", "flags", "reason",
		"growth_reported", "growth_computed", "growth_check", "published"}
	acrossFields    = []string{"series", "unit", "multiplier"}
	convertedFields = []string{"unit", "multiplier", "original_value", "original_unit", "fx_rate", "fx_method", "fx_source"}
)

// CheckFields refuses a list of fields with a name that no column has
// (unknown_field, which names the nearest one) or with one name twice
// (invalid_parameter). The list "all" stands for every column.
func CheckFields(names []string) error {
	if slices.Equal(names, []string{AllFields}) {
		return nil
	}
	for i, name := range names {
		if _, known := find(name); !known {
			return fault.New(fault.Invalid, fault.UnknownField, "no column is named %q", fault.Clip(name)).
				Expect("%s, perhaps; the columns are %s", nearestColumn(name), strings.Join(Columns(), " "))
		}
		if slices.Contains(names[:i], name) {
			return fault.New(fault.Invalid, fault.InvalidParameter, "the field %q is chosen twice", name).Expect("each field once")
		}
	}
	return nil
}

func nearestColumn(name string) string {
	name = fault.Clip(name)
	return slices.MinFunc(Columns(), func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
}

// choose returns the columns of the names; nil names stand for otherwise. The
// names were checked.
func choose(names, otherwise []string) []*column {
	switch {
	case slices.Equal(names, []string{AllFields}):
		names = Columns()
	case len(names) == 0:
		names = otherwise
	}
	columns := make([]*column, 0, len(names))
	for _, name := range names {
		if c, known := find(name); known {
			columns = append(columns, c)
		}
	}
	return columns
}
