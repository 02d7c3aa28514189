package query

import (
	"fmt"
	"hash/fnv"
	"io"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// cursor is the place in an answer from which the next page goes on. It pins
// the state, and it belongs to one question.
type cursor struct {
	state    string // a state token
	offset   int    // rows before it
	question string // the fingerprint of the question
	asOf     string // the fingerprint of its as_of; empty without one
}

const (
	cursorBase  = 36
	cursorLimit = 128 // bytes
)

// String returns the cursor as answers give it out.
func (c cursor) String() string {
	text := c.state + "-" + strconv.FormatInt(int64(c.offset), cursorBase) + "-" + c.question
	if c.asOf != "" {
		text += "-" + c.asOf
	}
	return text
}

// next returns the cursor of the rows behind the first offset ones.
func (m Moment) next(offset int, question string) string {
	return cursor{state: m.Token, offset: offset, question: question, asOf: asOfPrint(m.AsOf)}.String()
}

func parseCursor(text string) (cursor, error) {
	parts := strings.Split(strings.ToLower(text), "-")
	if len(text) <= cursorLimit && (len(parts) == 3 || len(parts) == 4) {
		offset, err := strconv.ParseInt(parts[1], cursorBase, 32)
		c := cursor{state: parts[0], offset: int(offset), question: parts[2], asOf: strings.Join(parts[3:], "")}
		if err == nil && offset > 0 && c.String() == strings.ToLower(text) {
			return c, nil
		}
	}
	return cursor{}, badCursor(text, "was not given out here")
}

func badCursor(text, why string) error {
	return fault.New(fault.Invalid, fault.CursorInvalid, "the cursor %s", why).
		Expect("the next of an earlier answer, with the other parameters unchanged").
		With(fault.Item{Code: fault.CursorInvalid, Parameter: "cursor", Value: fault.Clip(text), Expected: "the next of an earlier answer"})
}

// asOfPrint is the fingerprint of an as_of as it was asked for, empty without
// one.
func asOfPrint(asOf string) string {
	if asOf == "" {
		return ""
	}
	return fingerprint(strings.ToUpper(strings.TrimSpace(asOf)))
}

// fingerprint tells texts apart in a few characters.
func fingerprint(text string) string {
	h := fnv.New32a()
	_, _ = io.WriteString(h, text)
	return strconv.FormatUint(uint64(h.Sum32()), cursorBase)
}

// follow reads a cursor that was given out at the moment.
func (m Moment) follow(text string) (cursor, error) {
	c, err := parseCursor(text)
	if err == nil {
		err = c.goesWith(m.AsOf)
	}
	if err == nil && c.state != m.Token {
		err = badCursor(text, "belongs to another state")
	}
	return c, err
}

// goesWith refuses a cursor beside another as_of than the one that it was
// given out for: its rows would not be what the answer claims.
func (c cursor) goesWith(asOf string) error {
	if c.asOf == asOfPrint(asOf) {
		return nil
	}
	const expected = "the as_of of the page that gave the cursor out"
	return fault.New(fault.Invalid, fault.CursorInvalid, "the cursor belongs to another as_of").Expect(expected).With(
		fault.Item{Code: fault.CursorInvalid, Parameter: "cursor", Value: fault.Clip(c.String()), Expected: "the cursor of a page with this as_of"},
		fault.Item{Code: fault.CursorInvalid, Parameter: "as_of", Value: fault.Clip(asOf), Expected: expected},
	)
}

// start returns how many rows the page of the question begins after.
func (q *Question) start(m Moment) (int, error) {
	if q.Cursor == "" {
		return 0, nil
	}
	c, err := m.follow(q.Cursor)
	if err == nil && c.question != q.fingerprint() {
		err = badCursor(q.Cursor, "belongs to another question")
	}
	return c.offset, err
}

// fingerprint tells questions apart by everything that decides which rows they
// have and in which order.
func (q *Question) fingerprint() string {
	var b strings.Builder
	for _, list := range [][]string{q.Filter.Series, q.Indicators, q.Areas, q.Units, q.Measures, q.Scenarios, q.Datasets, q.Currencies} {
		b.WriteString(strings.Join(list, ",") + ";")
	}
	for _, p := range q.Periods {
		b.WriteString(p.String() + ",")
	}
	_, _ = fmt.Fprintf(&b, "%d %t %d %t %d", q.Start.Date, q.Start.Set, q.End.Date, q.End.Set, q.Latest)
	for _, text := range []string{q.Frequency, q.Accumulation, q.Derive, q.Text, string(q.Vintage), q.Transform} {
		b.WriteString(";" + text)
	}
	return fingerprint(b.String())
}
