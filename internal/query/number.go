package query

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Number is a decimal number as its text; the empty one is null. In JSON it is
// the literal itself, so that nothing is rounded on the way.
type Number string

// MarshalJSON writes the text as it is.
func (n Number) MarshalJSON() ([]byte, error) {
	if n == "" {
		return []byte("null"), nil
	}
	return []byte(n), nil
}

// Count is an integer that may be absent; the zero value is null.
type Count struct {
	N   int
	Set bool
}

// MarshalJSON writes the number, or null.
func (c Count) MarshalJSON() ([]byte, error) {
	if !c.Set {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(c.N), 10), nil
}

// Text is a text; the empty one is null.
type Text string

// MarshalJSON writes the text, or null.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(string(t))
	return bytes.TrimSpace(b.Bytes()), err
}
