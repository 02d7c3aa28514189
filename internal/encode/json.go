package encode

import (
	"io"
	"slices"

	"bellwether/internal/query"
)

// JSON writes an answer as one object: the series where there is one, the
// observations, and what is to be known of them.
type JSON struct {
	output
	options Options
	head    query.Head
	columns []*column
	keys    []string // `"name":` of each column
	how     int      // where the columns of how begin; 0: they are not written as one
	print   *printer
	rows    int
}

// NewJSON returns a sink that writes to w.
func NewJSON(w io.Writer, o Options) *JSON {
	return &JSON{output: newOutput(w), options: o, print: newPrinter(o.Lang, o.Zone)}
}

// Begin writes what stands before the rows.
func (j *JSON) Begin(head query.Head) error {
	j.head = head
	j.columns = choose(j.options.Fields, DefaultFields(Shape{
		Across: head.Series == nil, Converted: len(head.View.Currencies) > 0, Scaled: head.View.Scale.Set, Vintages: head.Vintage.Past(),
		Transformed: head.Transform != "", Derived: head.Derived,
	}))
	for i, c := range j.columns {
		key := `"` + c.name + `":`
		if i > 0 {
			key = "," + key
		}
		j.keys = append(j.keys, key)
	}
	j.how = j.asOne()
	j.buffer = append(j.buffer, '{')
	if head.Series != nil {
		j.buffer = append(j.buffer, `"series":`...)
		j.buffer = append(appendMeta(j.buffer, head.Series), ',')
	}
	j.buffer = append(j.buffer, `"observations":[`...)
	return nil
}

// Row writes one object.
func (j *JSON) Row(r *query.Row) error {
	dst := j.buffer
	if j.rows > 0 {
		dst = append(dst, ',')
	}
	j.rows++
	dst = append(dst, '{')
	if j.how > 0 && r.Cells != nil {
		dst = j.cells(dst, 0, j.how, r)
		dst = append(dst, r.Cells.Text(func() []byte { return j.cells(nil, j.how, j.how+len(how), r) })...)
		dst = j.cells(dst, j.how+len(how), len(j.columns), r)
	} else {
		dst = j.cells(dst, 0, len(j.columns), r)
	}
	j.buffer = append(dst, '}')
	return j.spill()
}

// cells appends the columns from <= i < to with their keys.
func (j *JSON) cells(dst []byte, from, to int, r *query.Row) []byte {
	for i := from; i < to; i++ {
		dst = j.cell(append(dst, j.keys[i]...), j.columns[i], r)
	}
	return dst
}

// how are the columns that tell how a figure was converted and are the same for
// every figure that is converted alike. They follow each other.
var how = [...]string{"original_unit", "fx_rate", "fx_method", "fx_source"}

// asOne returns where the columns of how stand one after the other, behind
// others, and are written as they always are; else 0.
func (j *JSON) asOne() int {
	first := slices.IndexFunc(j.columns, func(c *column) bool { return c.name == how[0] })
	if first < 1 || len(j.columns) < first+len(how) || j.options.Strings {
		return 0
	}
	for i, name := range how {
		if j.columns[first+i].name != name {
			return 0
		}
	}
	return first
}

// cell appends the value of one key; to nothing it appends null.
func (j *JSON) cell(dst []byte, c *column, r *query.Row) []byte {
	if c.kind == free {
		text := c.text(j.print, r)
		if text == "" {
			return append(dst, "null"...)
		}
		return appendString(dst, text)
	}
	before := len(dst)
	quoted := c.kind == word || c.kind == number && j.options.Strings
	if quoted {
		dst = append(dst, '"')
	}
	start := len(dst)
	dst = c.add(j.print, dst, r)
	switch {
	case len(dst) == start:
		return append(dst[:before], "null"...)
	case quoted:
		return append(dst, '"')
	}
	return dst
}

// End writes what stands behind the rows.
func (j *JSON) End(tail query.Tail) error {
	j.buffer = append(j.buffer, ']')
	j.buffer = appendCount(j.buffer, tail)
	if err := j.conversion(tail.Conversion); err != nil {
		return err
	}
	j.buffer = j.appendMoment(j.buffer, tail)
	return j.flush()
}
