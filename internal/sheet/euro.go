package sheet

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"bellwether/internal/fault"
)

// euroSpace is the vocabulary in which the European Central Bank publishes its
// reference rates: each is an amount of another currency for one euro.
const euroSpace = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"

// maxEuroDepth bounds how deep the elements of such a file may stand.
const maxEuroDepth = 16

// IsXML reports whether a text begins as XML does, and returns the whole text.
func IsXML(text io.Reader) (bool, io.Reader, error) {
	b := bufio.NewReader(text)
	head, err := b.Peek(256)
	if err != nil && err != io.EOF {
		return false, nil, err
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<gesmes:")), b, nil
}

// EuroXML reads the reference rates of the euro as XML: the envelope of
// eurofxref-daily.xml, -hist-90d.xml and -hist.xml. It gives them as a table
// with the header date, base, quote, rate and a row for each rate, whose line
// is that of its element. It holds one element at a time.
type EuroXML struct {
	decoder *xml.Decoder
	guard   *tokenGuard
	lim     Limits
	rows    int
	depth   int
	begun   bool // the header was given
	euro    bool // an element of the vocabulary was met
	date    string
	row     Row
	err     error
}

// NewEuroXML returns a reader of the rates in raw.
func NewEuroXML(raw io.Reader, o Options) *EuroXML {
	guard := newTokenGuard(raw, o.Limits)
	return &EuroXML{decoder: xml.NewDecoder(guard), guard: guard, lim: o.Limits.WithDefaults(), rows: -o.Header}
}

// Next returns the header, then the next rate, or io.EOF. The row is valid
// until the next call. An error ends the reading: xml_invalid, too_many_rows,
// or what the source returned.
func (e *EuroXML) Next() (*Row, error) {
	if e.err != nil {
		return nil, e.err
	}
	if !e.begun {
		e.begun = true
		return e.give(1, "date", "base", "quote", "rate"), nil
	}
	row, err := e.next()
	e.err = err
	return row, err
}

func (e *EuroXML) next() (*Row, error) {
	for {
		e.guard.allow(e.decoder)
		token, err := e.decoder.Token()
		if err == io.EOF {
			return nil, e.ended()
		}
		if err != nil {
			return nil, e.broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			row, err := e.element(t)
			if row != nil || err != nil {
				return row, err
			}
		case xml.EndElement:
			e.depth--
		case xml.Directive:
			return nil, e.refuse("a document type or another declaration stands in the file")
		}
	}
}

// element takes up the date of a day, or gives a rate.
func (e *EuroXML) element(t xml.StartElement) (*Row, error) {
	if e.depth++; e.depth > maxEuroDepth {
		return nil, e.refuse("elements stand more than %d deep", maxEuroDepth)
	}
	if t.Name.Space != euroSpace || t.Name.Local != "Cube" {
		return nil, nil
	}
	e.euro = true
	var quote, rate string
	var isRate bool
	for _, a := range t.Attr {
		if len(a.Value) > e.lim.CellBytes {
			return nil, e.refuse("an attribute has more than %d bytes", e.lim.CellBytes)
		}
		switch a.Name.Local {
		case "time":
			e.date = a.Value
		case "currency":
			quote, isRate = a.Value, true
		case "rate":
			rate, isRate = a.Value, true
		}
	}
	if !isRate {
		return nil, nil
	}
	return e.rate(quote, rate)
}

func (e *EuroXML) rate(quote, rate string) (*Row, error) {
	line, _ := e.decoder.InputPos()
	if e.date == "" {
		return nil, e.refuse("a rate stands in no day")
	}
	if e.rows++; e.rows > e.lim.Rows {
		expected := fmt.Sprintf("at most %d rates (limits.rows); several files instead of one", e.lim.Rows)
		return nil, fault.New(fault.TooLarge, fault.TooManyRows, "the file has more than %d rates", e.lim.Rows).
			Expect("%s", expected).With(fault.Item{Code: fault.TooManyRows, Line: line, Expected: expected})
	}
	return e.give(line, e.date, "EUR", quote, rate), nil
}

func (e *EuroXML) give(line int, cells ...string) *Row {
	e.row = Row{Line: line, Number: line, Cells: e.row.Cells[:0]}
	for _, cell := range cells {
		e.row.Cells = append(e.row.Cells, []byte(strings.TrimSpace(cell)))
	}
	return &e.row
}

func (e *EuroXML) ended() error {
	if !e.euro {
		return e.refuse("nothing of the vocabulary of the reference rates of the euro stands in the file")
	}
	return io.EOF
}

func (e *EuroXML) broken(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return e.refuse("%s", syntax.Msg)
	}
	if errors.Is(err, errEndless) {
		return e.refuse("%s", err)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || strings.HasPrefix(err.Error(), "xml: ") {
		return e.refuse("%s", strings.TrimPrefix(err.Error(), "xml: "))
	}
	return err
}

func (e *EuroXML) refuse(format string, args ...any) error {
	const expected = "reference rates of the euro as their publisher gives them: an envelope of days and, in each, rates"
	line, _ := e.decoder.InputPos()
	return fault.New(fault.Refused, fault.XMLInvalid, format, args...).Expect(expected).
		With(fault.Item{Code: fault.XMLInvalid, Line: line, Value: fmt.Sprintf(format, args...), Expected: expected})
}

// Rows gives the rows of a table one by one, then io.EOF.
type Rows interface {
	Next() (*Row, error)
}

// NewRows returns the rows of raw: those of CSV, or of XML or a workbook where
// the options say so. What is an io.Closer is to be closed.
func NewRows(raw io.Reader, o Options) (Rows, error) {
	if o.Book != nil {
		x, err := NewXLSX(raw, o)
		if err != nil {
			return nil, err
		}
		return x, nil
	}
	if o.XML {
		return NewEuroXML(raw, o), nil
	}
	csv, err := NewCSV(raw, o)
	if err != nil {
		return nil, err
	}
	return csv, nil
}
