package api

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// cell answers one figure as bare text, for spreadsheets and shells: the
// number, or nothing where there is none. What it is stands in headers. The
// path names a period; without one it is the newest end, and the longest of
// those that end then.
func cell(ctx context.Context, a *API, q *question) (*answer, error) {
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	ask, err := q.rows()
	if err != nil {
		return nil, err
	}
	ask.Latest = 1
	if text := q.path["period"]; text != "" {
		p, err := period.Parse(text)
		if err != nil {
			return nil, err
		}
		ask.Latest, ask.Periods = 0, []period.Period{p}
	}
	found := &firstRow{}
	if err := a.query.Series(ctx, m, code, ask, found); err != nil {
		return nil, err
	}
	if found.rows == 0 {
		return nil, noCell(code, ask, found.tail)
	}
	ans := a.bind(newAnswer(found.body(), inText, found.header...), q, m, "")
	ans.tagHeaders(found.header)
	ans.lead("describedby", a.figureLink(q, code, found.period.String()))
	return ans, nil
}

// noCell says that a series has no such figure.
func noCell(code string, ask query.Question, tail query.Tail) error {
	what := "no figure"
	if len(ask.Periods) > 0 {
		what += " for " + ask.Periods[0].String()
	}
	if ask.Frequency+ask.Accumulation != "" {
		what += " of the frequency and accumulation asked for"
	}
	f := fault.New(fault.NotFound, fault.UnknownObservation, "the series %s has %s", code, what)
	for _, w := range tail.Warnings {
		return f.Expect("%s", w.Message)
	}
	return f.Expect("a period of its observations")
}

// firstRow keeps of rows the first one.
type firstRow struct {
	rows   int
	cell   query.Cell
	period period.Period
	header []field
	tail   query.Tail
}

// Begin does nothing.
func (f *firstRow) Begin(query.Head) error { return nil }

// Row keeps the first row.
func (f *firstRow) Row(r *query.Row) error {
	if f.rows++; f.rows > 1 {
		return nil
	}
	f.cell, f.period = query.NewCell(r), r.Version.Period
	f.header = cellHeader(r, &f.cell)
	return nil
}

// End keeps what stands behind the rows.
func (f *firstRow) End(t query.Tail) error {
	f.tail = t
	return nil
}

// body is the number with the end of its line, and nothing where there is none.
func (f *firstRow) body() []byte {
	if !f.cell.HasValue {
		return []byte{}
	}
	return append(f.cell.Value.AppendText(nil), '\n')
}

// cellHeader says in headers what the number is. What does not belong to it is
// left out.
func cellHeader(r *query.Row, c *query.Cell) []field {
	decimals, half := "", ""
	if c.HasValue || c.BelowUnit {
		decimals = strconv.Itoa(c.Value.Decimals())
	}
	if c.HasHalfWidth {
		half = c.HalfWidth.Text()
	}
	var header []field
	for _, h := range [...]struct{ name, value string }{
		{"Bellwether-Series", c.Series}, {"Bellwether-Period", r.Version.Period.String()},
		{"Bellwether-Unit", r.Unit}, {"Bellwether-Multiplier", strconv.Itoa(r.Multiplier)}, {"Bellwether-Decimals", decimals},
		{"Bellwether-Status", c.Status}, {"Bellwether-Flags", c.Flags}, {"Bellwether-Reason", c.Reason},
		{"Bellwether-Half-Width", half}, {"Bellwether-Derivation", c.Derivation}, {"Bellwether-Base", c.Base},
	} {
		if h.value != "" {
			header = append(header, field{h.name, []string{h.value}})
		}
	}
	return header
}

// exposedCell is what a script of another site may read of a cell; never
// changed.
var exposedCell = []string{exposed[0] + ", Bellwether-Series, Bellwether-Period, Bellwether-Unit, Bellwether-Multiplier, " +
	"Bellwether-Decimals, Bellwether-Status, Bellwether-Flags, Bellwether-Reason, Bellwether-Half-Width, Bellwether-Derivation, Bellwether-Base"}

// exposes are the headers of the route's answers that a script may read.
func (rt *route) exposes() []string {
	if rt.fixed == inText {
		return exposedCell
	}
	return exposed
}

// tagHeaders makes the ETag one of the body and the headers that say what it
// is: a figure may keep its number and change its status.
func (ans *answer) tagHeaders(header []field) {
	hash := xxhash.New()
	_, _ = hash.Write(ans.body) // never fails
	for _, h := range header {
		_, _ = hash.WriteString(h.name + "\x00" + h.value[0] + "\x00")
	}
	tag := hex.EncodeToString(binary.BigEndian.AppendUint64(nil, hash.Sum64()))
	ans.etag, ans.zipETag = []string{`"` + tag + `"`}, []string{`"` + tag + `-gzip"`}
}

// lead adds a link to the Link header.
func (ans *answer) lead(rel, target string) {
	link := "<" + target + `>; rel="` + rel + `"`
	for i, h := range ans.header {
		if h.name == "Link" {
			ans.header[i].value = []string{strings.Join([]string{h.value[0], link}, ", ")}
			return
		}
	}
	ans.header = append(ans.header, field{"Link", []string{link}})
}
