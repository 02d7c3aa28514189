package sheet

import (
	"encoding/xml"
	"errors"
	"io"

	"bellwether/internal/fault"
)

// maxXMLDepth bounds how deep the elements of a part may stand.
const maxXMLDepth = 64

// tokens reads the XML of one part in bounded memory: no document type, no
// token without end, nothing endlessly deep.
type tokens struct {
	name    string
	decoder *xml.Decoder
	guard   *tokenGuard
	depth   int
}

func newTokens(name string, src io.Reader, lim Limits) *tokens {
	g := newTokenGuard(src, lim)
	return &tokens{name: name, decoder: xml.NewDecoder(g), guard: g}
}

// tokenGuard stops the reading of a token that has no end.
type tokenGuard struct {
	src           io.Reader
	room          int64
	read, allowed int64
}

func newTokenGuard(src io.Reader, lim Limits) *tokenGuard {
	return &tokenGuard{src: src, room: 1<<20 + 8*int64(lim.WithDefaults().CellBytes)}
}

// allow makes room for the next token of a decoder.
func (g *tokenGuard) allow(d *xml.Decoder) { g.allowed = d.InputOffset() + g.room }

var errEndless = errors.New("a text or an element has no end")

func (g *tokenGuard) Read(p []byte) (int, error) {
	if g.read > g.allowed {
		return 0, errEndless
	}
	n, err := g.src.Read(p)
	g.read += int64(n)
	return n, err
}

// next returns the next token, or io.EOF. It is valid until the next call.
func (t *tokens) next() (xml.Token, error) {
	t.guard.allow(t.decoder)
	token, err := t.decoder.Token()
	if err == io.EOF {
		return nil, io.EOF
	}
	if err != nil {
		return nil, brokenPart(t.name, err)
	}
	switch token.(type) {
	case xml.StartElement:
		if t.depth++; t.depth > maxXMLDepth {
			return nil, invalid("elements of %s stand more than %d deep", fault.Clip(t.name), maxXMLDepth)
		}
	case xml.EndElement:
		t.depth--
	case xml.Directive:
		return nil, invalid("a document type or another declaration stands in %s", fault.Clip(t.name))
	}
	return token, nil
}

// attribute returns the value of an attribute without a name space.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(value string) bool { return value == "1" || value == "true" }
