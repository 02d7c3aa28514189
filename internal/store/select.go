package store

import (
	"strings"

	"bellwether/internal/query"
)

// selectionMark stands in a statement where the conditions of a selection go.
const selectionMark = "/* selection */"

// conditions is a growing list of AND conditions and their arguments.
type conditions struct {
	d    dialect
	text strings.Builder
	args args
}

// where returns the conditions on series s and observation o that a selection
// puts, each beginning with AND, and adds their arguments to into.
func where(d dialect, sel query.Selection, into args) string {
	c := conditions{d: d, args: into}
	c.series(sel)
	if len(sel.Periods) > 0 {
		ends, both := make([]string, len(sel.Periods)), make([]string, len(sel.Periods))
		for i, p := range sel.Periods {
			ends[i] = p.End().String()
			both[i] = p.Start().String() + "/" + ends[i]
		}
		// The ends alone are a range of the key; the whole period decides.
		c.among("o.end_date", "ends", "DATE", ends)
		c.among("CAST(o.start_date AS TEXT) || '/' || CAST(o.end_date AS TEXT)", "periods", "TEXT", both)
	}
	if sel.FromSet {
		c.add("o.end_date > :from")
		c.args["from"] = sel.From.String()
	}
	return c.text.String()
}

// series adds the conditions on the series.
func (c *conditions) series(sel query.Selection) {
	inner := conditions{d: c.d, args: c.args}
	inner.filter(sel)
	switch filter := inner.text.String(); {
	case !sel.Relatives || filter == "":
		c.text.WriteString(filter)
	default:
		c.add("s.family IN (SELECT s.family FROM series s WHERE TRUE" + filter + ")")
	}
}

func (c *conditions) filter(sel query.Selection) {
	if len(sel.Codes) > 0 {
		c.among("s.code", "codes", "TEXT", sel.Codes)
		return
	}
	for _, f := range []struct {
		column string
		values []string
	}{
		{"indicator", sel.Indicators}, {"area", sel.Areas}, {"unit", sel.Units},
		{"measure", sel.Measures}, {"scenario", sel.Scenarios}, {"dataset", sel.Datasets},
	} {
		if len(f.values) > 0 {
			c.among("s."+f.column, f.column, "TEXT", f.values)
		}
	}
	if sel.Whole {
		c.add("NOT EXISTS (SELECT 1 FROM series_item i WHERE i.series_id = s.id)")
	}
}

func (c *conditions) add(condition string) {
	c.text.WriteString("\n  AND ")
	c.text.WriteString(condition)
}

// among adds that a column is one of the values. One value is compared
// directly, which lets the planner see that it is one.
func (c *conditions) among(column, parameter, sqlType string, values []string) {
	if len(values) == 1 && sqlType == "TEXT" {
		c.add(column + " = :" + parameter)
		c.args[parameter] = values[0]
		return
	}
	c.add(column + " " + c.d.among(parameter, sqlType))
	c.args[parameter] = c.d.list(values)
}
