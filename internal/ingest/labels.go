package ingest

import (
	"bellwether/internal/catalog"
	"bellwether/internal/series"
)

// Labels finds what the label cells of a file name. A *catalog.Catalog is one.
type Labels interface {
	// Match returns the code of the entry that a text means, or a fault that
	// expects the nearest ones. An area that the file does not state is asked
	// for with an empty text.
	Match(s catalog.Section, text string) (code string, err error)

	// Current returns today's code for a code or a former one.
	Current(s catalog.Section, code string) (current string, ok bool)

	// Resolve returns the key with former codes replaced, and whether any was.
	Resolve(k series.Key) (current series.Key, renamed bool, err error)

	// LookupUnit finds a unit for figure.UnitRules.
	LookupUnit(text string) (code, kind string, ok bool)

	// Indicator and Unit return the entries of codes.
	Indicator(code string) (catalog.Indicator, bool)
	Unit(code string) (catalog.Unit, bool)

	// Dataset returns the dataset of a code.
	Dataset(code string) (catalog.Dataset, bool)

	// Areas returns the areas of the catalogue.
	Areas() []catalog.Area

	// Dimensions returns the dimensions that may have columns.
	Dimensions() []catalog.Dimension
}

// The catalogue is what files are read with.
var _ Labels = (*catalog.Catalog)(nil)
