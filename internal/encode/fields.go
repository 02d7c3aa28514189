package encode

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/fault"
)

// AllFields lifts the choice of fields, also beside others: every column of the
// vocabulary.
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
			shape.Derived && slices.Contains(derivedFields, c.name) ||
			shape.Transformed && slices.Contains(transformedFields, c.name) ||
			shape.Vintages && slices.Contains(vintageFields, c.name) ||
			shape.Converted && shape.Transformed && slices.Contains(splitFields, c.name) ||
			shape.Converted && slices.Contains(convertedFields, c.name) {
			names = append(names, c.name)
		}
	}
	return names
}

// Shape says what an answer's rows must tell: Across, that it holds several
// series; Converted, that figures are converted; Scaled, that they stand at
// another power of ten than the series; Transformed, that something is computed
// from them; Vintages, that there are versions which may not be
// in force any more; Derived, that figures of other periods may be derived.
type Shape struct{ Across, Converted, Scaled, Vintages, Transformed, Derived bool }

// The default fields of a row of JSON, and what is added to them; never changed.
var (
	defaults = []string{"period", "start", "end", "months", "ytd", "value", "decimals", "status", "flags", "reason",
		"growth_reported", "growth_computed", "growth_check", "published"}
	vintageFields     = []string{"published_at", "revision"}
	derivedFields     = []string{"half_width", "derivation"}
	transformedFields = []string{"unit", "multiplier", "base"}
	acrossFields      = []string{"series", "unit", "multiplier"}
	splitFields       = []string{"growth_home", "growth_fx"}
	convertedFields   = []string{"unit", "multiplier", "original_value", "original_unit", "fx_rate", "fx_method", "fx_source"}
)

// ParseField returns the name of the column that a text names, in any case and
// with hyphens for underscores, or AllFields. A text that names none is
// unknown_field, which expects the nearest one.
func ParseField(text string) (string, error) {
	name := strings.ReplaceAll(strings.ToLower(text), "-", "_")
	if _, known := find(name); known || name == AllFields {
		return name, nil
	}
	return "", fault.New(fault.Invalid, fault.UnknownField, "no column is named %q", fault.Clip(text)).
		Expect("%s, perhaps; the columns are %s", nearestColumn(name), strings.Join(Columns(), " "))
}

func nearestColumn(name string) string {
	name = fault.Clip(name)
	return slices.MinFunc(Columns(), func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
}

// choose returns the columns of the names, which ParseField gave; nil names
// stand for otherwise, and AllFields among them for every column.
func choose(names, otherwise []string) []*column {
	switch {
	case slices.Contains(names, AllFields):
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
