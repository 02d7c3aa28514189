package encode

import (
	"bytes"
	"encoding/json"
)

// Marshal returns the JSON of a small answer, one of the result types of
// package query, with a line end. Their numbers are decimal text, so that
// nothing is rounded on the way.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
