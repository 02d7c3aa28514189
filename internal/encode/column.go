package encode

import (
	"slices"
	"strconv"
	"time"

	"bellwether/internal/period"
	"bellwether/internal/query"
)

// kind says how a cell is written.
type kind uint8

const (
	word    kind = iota // text of letters, digits and marks that need no quoting anywhere
	free                // any text
	number              // a decimal number
	integer             // a whole number
	truth               // true or false
)

// column is one column of a row. Exactly one of add and text is set, text for
// free cells. A cell to which nothing is appended is null.
type column struct {
	name string
	kind kind
	add  func(p *printer, dst []byte, r *query.Row) []byte
	text func(p *printer, r *query.Row) string
}

// vocabulary is every column in the order in which a row has them. It only
// ever grows at the end, and is never changed.
var vocabulary = [...]column{
	{name: "series", kind: word, add: addSeries},
	{name: "indicator", kind: word, add: addIndicator},
	{name: "area", kind: word, add: addArea},
	{name: "period", kind: word, add: addPeriod},
	{name: "label", kind: free, text: labelOf},
	{name: "start", kind: word, add: addStart},
	{name: "end", kind: word, add: addEnd},
	{name: "months", kind: integer, add: addMonths},
	{name: "ytd", kind: truth, add: addYTD},
	{name: "value", kind: number, add: addValue},
	{name: "unit", kind: word, add: addUnit},
	{name: "multiplier", kind: integer, add: addMultiplier},
	{name: "decimals", kind: integer, add: addDecimals},
	{name: "status", kind: word, add: addStatus},
	{name: "flags", kind: word, add: addFlags},
	{name: "reason", kind: word, add: addReason},
	{name: "growth_reported", kind: number, add: addReported},
	{name: "growth_comparison", kind: word, add: addComparison},
	{name: "growth_basis", kind: word, add: addBasis},
	{name: "growth_text", kind: free, text: func(_ *printer, r *query.Row) string { return r.GrowthText }},
	{name: "growth_computed", kind: number, add: addComputed},
	{name: "growth_base", kind: word, add: addGrowthBase},
	{name: "growth_check", kind: word, add: addCheck},
	{name: "note", kind: free, text: func(_ *printer, r *query.Row) string { return r.Version.Note }},
	{name: "published", kind: word, add: addPublished},
	{name: "published_at", kind: word, add: addPublishedAt},
	{name: "source", kind: free, text: func(_ *printer, r *query.Row) string { return r.Version.Source.Name }},
	{name: "source_url", kind: free, text: func(_ *printer, r *query.Row) string { return r.Version.Source.URL }},
	{name: "revision", kind: word, add: addRevision},
	{name: "original_value", kind: number, add: addOriginal},
	{name: "original_unit", kind: word, add: addOriginalUnit},
	{name: "fx_rate", kind: number, add: addRate},
	{name: "fx_method", kind: word, add: addMethod},
	{name: "fx_source", kind: word, add: addRateSource},
	{name: "growth_reason", kind: word, add: addGrowthReason},
	{name: "half_width", kind: number, add: addHalfWidth},
	{name: "derivation", kind: word, add: addDerivation},
	{name: "base", kind: word, add: addBase},
	{name: "growth_home", kind: number, add: addHome},
	{name: "growth_fx", kind: number, add: addOfRate},
}

// printer holds what cells need beside their row. It keeps the labels of the
// periods it has met, since the series of an answer share them.
type printer struct {
	lang   string
	zone   *time.Location
	labels map[period.Period]string

	// The instant that was printed last and its day: many rows are of one
	// publication.
	instant time.Time
	day     []byte
}

func newPrinter(lang string, zone *time.Location) *printer {
	if zone == nil {
		zone = time.UTC
	}
	return &printer{lang: lang, zone: zone, labels: map[period.Period]string{}}
}

func labelOf(p *printer, r *query.Row) string {
	label, known := p.labels[r.Version.Period]
	if !known {
		label = r.Version.Period.Label(p.lang)
		p.labels[r.Version.Period] = label
	}
	return label
}

func addSeries(_ *printer, dst []byte, r *query.Row) []byte {
	return append(dst, r.Version.Series.Code...)
}

func addIndicator(_ *printer, dst []byte, r *query.Row) []byte {
	return append(dst, r.Version.Series.Key.Indicator...)
}

func addArea(_ *printer, dst []byte, r *query.Row) []byte {
	return append(dst, r.Version.Series.Key.Area...)
}

func addPeriod(_ *printer, dst []byte, r *query.Row) []byte { return r.Version.Period.AppendTo(dst) }

func addStart(_ *printer, dst []byte, r *query.Row) []byte {
	return r.Version.Period.Start().AppendTo(dst)
}

func addEnd(_ *printer, dst []byte, r *query.Row) []byte {
	return r.Version.Period.Last().AppendTo(dst)
}

func addMonths(_ *printer, dst []byte, r *query.Row) []byte {
	if n, whole := r.Version.Period.Months(); whole {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	return dst
}

func addYTD(_ *printer, dst []byte, r *query.Row) []byte {
	return strconv.AppendBool(dst, r.Version.Period.YTD())
}

func addValue(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasValue {
		return dst
	}
	return r.Value.AppendText(dst)
}

func addUnit(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Unit...) }

func addMultiplier(_ *printer, dst []byte, r *query.Row) []byte {
	return strconv.AppendInt(dst, int64(r.Multiplier), 10)
}

// addDecimals gives the decimals also of a value below half a unit, which has
// no number but a precision.
func addDecimals(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasValue && !r.BelowUnit {
		return dst
	}
	return strconv.AppendInt(dst, int64(r.Value.Decimals()), 10)
}

func addStatus(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Status...) }

func addFlags(_ *printer, dst []byte, r *query.Row) []byte {
	for i, flag := range r.Flags {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = append(dst, flag...)
	}
	return dst
}

func addReason(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Reason...) }

func addReported(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasReported {
		return dst
	}
	return r.Reported.AppendText(dst)
}

func addComparison(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Comparison...) }

func addBasis(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Basis...) }

func addComputed(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasComputed {
		return dst
	}
	return r.Computed.AppendText(dst)
}

func addGrowthBase(_ *printer, dst []byte, r *query.Row) []byte { return r.GrowthBase.AppendTo(dst) }

func addCheck(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Check...) }

func addPublished(p *printer, dst []byte, r *query.Row) []byte {
	if r.Version.Published.IsZero() {
		return dst
	}
	if at := r.Version.Published; p.day == nil || !at.Equal(p.instant) {
		p.instant, p.day = at, at.In(p.zone).AppendFormat(p.day[:0], time.DateOnly)
	}
	return append(dst, p.day...)
}

func addPublishedAt(_ *printer, dst []byte, r *query.Row) []byte {
	if r.Version.Published.IsZero() {
		return dst
	}
	return r.Version.Published.UTC().AppendFormat(dst, time.RFC3339Nano)
}

func addRevision(_ *printer, dst []byte, r *query.Row) []byte {
	return append(dst, r.Version.Revision...)
}

func addOriginal(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasOriginal {
		return dst
	}
	return r.Original.AppendText(dst)
}

func addOriginalUnit(_ *printer, dst []byte, r *query.Row) []byte {
	return append(dst, r.OriginalUnit...)
}

func addRate(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Rate...) }

func addMethod(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Method...) }

func addRateSource(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.RateSource...) }

func addGrowthReason(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.GrowthWhy...) }

func addHalfWidth(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasHalfWidth {
		return dst
	}
	return r.HalfWidth.AppendText(dst)
}

func addDerivation(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Derivation...) }

func addBase(_ *printer, dst []byte, r *query.Row) []byte { return append(dst, r.Base...) }

func addHome(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasSplit {
		return dst
	}
	return r.Home.AppendText(dst)
}

func addOfRate(_ *printer, dst []byte, r *query.Row) []byte {
	if !r.HasSplit {
		return dst
	}
	return r.OfRate.AppendText(dst)
}

// find returns the column of that name.
func find(name string) (*column, bool) {
	i := slices.IndexFunc(vocabulary[:], func(c column) bool { return c.name == name })
	if i < 0 {
		return nil, false
	}
	return &vocabulary[i], true
}
