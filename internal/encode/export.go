package encode

import (
	"io"
	"strconv"
	"time"

	"bellwether/internal/obs"
)

// ExportColumns returns the header of an export: what stands in a publication
// and nothing that is derived or belongs to a node.
func ExportColumns() []string {
	return []string{"series", "period", "value", "decimals", "multiplier", "status", "growth_text", "note",
		"published_at", "source", "source_url"}
}

// The words that stand in the cell of a value that is none, and in the status
// of a withdrawal. An import reads each back as what it was.
const (
	wordZero         = "zero"
	wordBelowUnit    = "below_unit"
	wordNotAvailable = "n/a"
	wordNilOrMissing = "-"
	statusWithdrawn  = "withdrawn"
)

// The reasons of a missing value that have a word of their own.
const (
	reasonNotAvailable = "not_available"
	reasonNilOrMissing = "nil_or_missing"
)

// Export writes versions as the file that an import elsewhere turns into the
// same versions. Its header stands first, also when there are no versions.
type Export struct{ output }

// NewExport returns an export that writes to w.
func NewExport(w io.Writer, o Options) *Export {
	e := &Export{newOutput(w)}
	if o.BOM {
		e.buffer = append(e.buffer, byteOrderMark...)
	}
	for i, name := range ExportColumns() {
		if i > 0 {
			e.buffer = append(e.buffer, ',')
		}
		e.buffer = append(e.buffer, name...)
	}
	e.buffer = append(e.buffer, lineEnd...)
	return e
}

// Version writes one line.
func (e *Export) Version(v *obs.Version) error {
	dst := append(e.buffer, v.Series.Code...)
	dst = v.Period.AppendTo(append(dst, ','))
	dst = appendValue(append(dst, ','), v)
	dst = appendPrecision(append(dst, ','), v)
	dst = append(dst, ',')
	if v.Withdrawn {
		dst = append(dst, statusWithdrawn...)
	} else {
		dst = append(dst, v.Status...)
	}
	dst = appendCell(append(dst, ','), v.Text)
	dst = appendCell(append(dst, ','), v.Note)
	dst = v.Published.UTC().AppendFormat(append(dst, ','), time.RFC3339Nano)
	dst = appendCell(append(dst, ','), v.Source.Name)
	dst = appendCell(append(dst, ','), v.Source.URL)
	e.buffer = append(dst, lineEnd...)
	return e.spill()
}

// Close hands on what is left. The writer stays open.
func (e *Export) Close() error { return e.flush() }

// appendValue appends the value as printed, or the word for there being none.
func appendValue(dst []byte, v *obs.Version) []byte {
	switch {
	case v.Withdrawn || v.State == obs.InWords:
		return dst
	case v.State == obs.BelowUnit:
		return append(dst, wordBelowUnit...)
	case v.State == obs.Nil:
		return append(dst, wordZero...)
	case v.State == obs.Present:
		return v.Value.AppendText(dst)
	case v.Reason == reasonNotAvailable:
		return append(dst, wordNotAvailable...)
	case v.Reason == reasonNilOrMissing:
		return append(dst, wordNilOrMissing...)
	}
	return dst
}

// appendPrecision appends the decimals and the multiplier, which a value that
// is none has only when it lies below half a unit.
func appendPrecision(dst []byte, v *obs.Version) []byte {
	if v.Withdrawn || v.State == obs.Missing || v.State == obs.InWords {
		return append(dst, ',')
	}
	dst = strconv.AppendInt(dst, int64(v.Value.Decimals()), 10)
	return strconv.AppendInt(append(dst, ','), int64(v.Value.Multiplier()), 10)
}
