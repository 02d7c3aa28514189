package query

import (
	"strings"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Axis is what the rows or the columns of a table are.
type Axis string

// The axes. A table has two of them, and one value of the third.
const (
	ByPeriod    Axis = "period"
	ByIndicator Axis = "indicator"
	ByArea      Axis = "area"
)

// Layout says how rows are laid out as a table. Without axes it is periods down
// and indicators across; beside one alone the other is the periods, or beside
// the periods the indicators.
type Layout struct {
	Rows, Columns Axis
	Cells         int // most cells of the table; 0: any number
}

// Table is an answer with one figure in each cell. Rows of periods are ordered
// by their end, others as they were asked for, else by code.
//
// A unit belongs to one axis: to the one beside the periods, and without
// periods to the indicators. The headings of that axis have the unit and the
// multiplier of all their cells. Where currencies are asked for there is a
// heading of that axis for each of them, in their order.
type Table struct {
	Head    Head
	Layout  Layout
	Fixed   Heading // the one value of the third axis; without a code where the table is empty
	Rows    []Heading
	Columns []Heading
	Tail    Tail // Total is the number of rows

	cells []*Cell // row by row; nil where no figure stands
}

// Heading is what a row or a column is.
type Heading struct {
	Code       string
	Label      string        // in the language of the answer
	Period     period.Period // zero unless it is a period
	Series     string        // the code of the series of all its cells; the one that would have figures where none stands; empty for none or several
	Unit       string        // of all its cells, or of the series without figures; empty where the other axis has it, or neither is there
	Currency   string        // that its cells are asked for in; empty where the other axis has it, or none is asked for
	Multiplier int           // of all its cells where there is a unit
}

// Cell is one figure of a table.
type Cell struct {
	Series    string // its code, empty where no figure stands
	HasValue  bool
	BelowUnit bool         // no value, and less than half a unit of the last of Value's decimals
	Value     figure.Value // at the multiplier of its heading
	Status    string
	Flags     string // joined by ";"
	Reason    string // why there is no value

	HasHalfWidth bool
	HalfWidth    figure.Value // of a derived value, at the multiplier of its heading
	Derivation   string
	Base         string // what a transform compares with
}

// ReasonNoObservation is why a cell has no value in which no figure stands.
const ReasonNoObservation = "no_observation"

// NewCell keeps of a row what a table shows of it.
func NewCell(r *Row) Cell {
	return Cell{
		Series: r.Version.Series.Code, HasValue: r.HasValue, BelowUnit: r.BelowUnit, Value: r.Value,
		Status: r.Status, Flags: strings.Join(r.Flags, ";"), Reason: r.Reason,
		HasHalfWidth: r.HasHalfWidth, HalfWidth: r.HalfWidth, Derivation: r.Derivation, Base: r.Base,
	}
}

// noCell is a cell in which no figure stands.
func noCell() Cell { return Cell{Status: statusMissing, Reason: ReasonNoObservation} }

// NewTable returns a table of the rows and columns in which no figure stands
// yet.
func NewTable(l Layout, rows, columns []Heading) *Table {
	return &Table{Layout: l, Rows: rows, Columns: columns, cells: make([]*Cell, len(rows)*len(columns))}
}

// Set puts a figure into the cell of a row and a column, both counted from 0.
func (t *Table) Set(row, column int, c *Cell) { t.cells[row*len(t.Columns)+column] = c }

// Cell returns the cell of a row and a column, both counted from 0.
func (t *Table) Cell(row, column int) Cell {
	if c := t.cells[row*len(t.Columns)+column]; c != nil {
		return *c
	}
	return noCell()
}

// Mixed reports whether each cell is of a series of its own, which neither its
// row nor its column tells.
func (t *Table) Mixed() bool { return t.Layout.Rows != ByPeriod && t.Layout.Columns != ByPeriod }

// UnitsDown reports whether the rows have the units, not the columns.
func (t *Table) UnitsDown() bool { return t.Layout.unitAxis() == t.Layout.Rows }

// unitAxis is the axis whose headings have the units.
func (l Layout) unitAxis() Axis {
	switch {
	case l.Rows == ByPeriod:
		return l.Columns
	case l.Columns == ByPeriod:
		return l.Rows
	}
	return ByIndicator
}

// Third is the axis that is neither the rows nor the columns.
func (l Layout) Third() Axis {
	for _, axis := range [...]Axis{ByPeriod, ByIndicator} {
		if axis != l.Rows && axis != l.Columns {
			return axis
		}
	}
	return ByArea
}

// normal returns the layout with both axes. The fault is invalid_parameter
// where one is unknown or both are the same.
func (l Layout) normal() (Layout, error) {
	for _, named := range [...]struct {
		parameter string
		axis      Axis
	}{{"rows", l.Rows}, {"columns", l.Columns}} {
		switch named.axis {
		case "", ByPeriod, ByIndicator, ByArea:
		default:
			return l, invalid(named.parameter, string(named.axis), "period, indicator or area")
		}
	}
	if l.Rows == "" {
		l.Rows = firstBut(l.Columns)
	}
	if l.Columns == "" {
		l.Columns = firstBut(l.Rows)
	}
	if l.Rows == l.Columns {
		return l, invalid("columns", string(l.Columns), "another dimension than rows="+string(l.Rows))
	}
	return l, nil
}

// firstBut is the first axis that is not the given one.
func firstBut(other Axis) Axis {
	if other == ByPeriod {
		return ByIndicator
	}
	return ByPeriod
}
