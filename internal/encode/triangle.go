package encode

import (
	"io"
	"strconv"

	"bellwether/internal/query"
)

// TriangleJSON writes every version of a series as one object: the series, the
// publications as columns, a row for each period with a cell for every column,
// and what is to be known of them.
func TriangleJSON(w io.Writer, t *query.Triangle, o Options) error {
	j := JSON{output: newOutput(w), options: o, head: t.Head}
	j.buffer = append(j.buffer, `{"series":`...)
	j.buffer = append(appendMeta(j.buffer, t.Head.Series), `,"layout":{"rows":"period","columns":"published"}`...)
	j.buffer = textMember(j.buffer, "unit", t.Unit)
	j.buffer = appendMultiplier(member(j.buffer, "multiplier"), &query.Heading{Unit: t.Unit, Multiplier: t.Multiplier})
	j.buffer = append(member(j.buffer, "columns"), '[')
	for i, release := range t.Releases {
		j.buffer = appendString(append(separated(j.buffer, i), `{"code":`...), release.Code)
		j.buffer = append(appendInstant(member(j.buffer, "published_at"), release.At), '}')
	}
	j.buffer = append(member(append(j.buffer, ']'), "rows"), '[')
	for row := range t.Rows {
		j.triangleRow(t, row)
		if err := j.spill(); err != nil {
			return err
		}
	}
	j.buffer = appendCount(append(j.buffer, ']'), t.Tail)
	if err := j.conversion(t.Tail.Conversion); err != nil {
		return err
	}
	j.buffer = j.appendMoment(j.buffer, t.Tail)
	return j.flush()
}

func (j *JSON) triangleRow(t *query.Triangle, row int) {
	p := t.Rows[row].Period
	dst := appendString(append(separated(j.buffer, row), `{"code":`...), p.String())
	dst = textMember(dst, "label", p.Label(j.options.Lang))
	dst = textMember(dst, "start", p.Start().String())
	dst = textMember(dst, "end", p.Last().String())
	dst = append(member(dst, "cells"), '[')
	for column := range t.Releases {
		c := t.Cell(row, column)
		dst = appendCellFigure(separated(dst, column), &c.Cell, j.options.Strings)
		dst = appendInstant(member(dst, "published_at"), c.Published)
		if t.Head.Transform != "" {
			dst = textMember(dst, "base", c.Base)
		}
		dst = append(dst, '}')
	}
	j.buffer = append(dst, ']', '}')
}

// TriangleCSV writes every version of a series as CSV: what each period is,
// then for every publication the values and beside them their status, in the
// form that WideCSV documents.
func TriangleCSV(w io.Writer, t *query.Triangle, o Options) error {
	out := newCSVLines(newOutput(w), o.BOM)
	if err := triangleLines(&cellWriter{lines: out}, t, o.Lang); err != nil {
		return err
	}
	return out.flush()
}

// triangleLines writes every version of a series line by line.
func triangleLines(w *cellWriter, t *query.Triangle, lang string) error {
	w.heads("period", "label", "start", "end")
	unit := bracketed(&query.Heading{Unit: t.Unit, Multiplier: t.Multiplier})
	for _, release := range t.Releases {
		w.heads(release.Code+unit, release.Code+" status")
	}
	if err := w.end(); err != nil {
		return err
	}
	for row := range t.Rows {
		p := t.Rows[row].Period
		w.date(p)
		w.text(p.Label(lang))
		w.date(p.Start())
		w.date(p.Last())
		for column := range t.Releases {
			c := t.Cell(row, column)
			w.value(c.Value, c.HasValue)
			w.status(&c.Cell)
		}
		if err := w.end(); err != nil {
			return err
		}
	}
	return nil
}

// appendCellFigure appends what every cell of a table has, without the end of
// the object.
func appendCellFigure(dst []byte, c *query.Cell, quoted bool) []byte {
	dst = append(dst, `{"value":`...)
	dst = appendFigure(dst, c.Value, c.HasValue, quoted)
	dst = member(dst, "decimals")
	if c.HasValue || c.BelowUnit {
		dst = strconv.AppendInt(dst, int64(c.Value.Decimals()), 10)
	} else {
		dst = append(dst, "null"...)
	}
	dst = textMember(dst, "status", c.Status)
	dst = textMember(dst, "flags", c.Flags)
	return textMember(dst, "reason", c.Reason)
}
