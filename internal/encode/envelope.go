package encode

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bellwether/internal/query"
	"bellwether/internal/series"
)

// member appends a key of an object, with a comma before it.
func member(dst []byte, key string) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, key...)
	return append(dst, '"', ':')
}

// textMember appends a key with a text; an empty one is null.
func textMember(dst []byte, key, text string) []byte {
	return appendText(member(dst, key), text)
}

func appendText(dst []byte, text string) []byte {
	if text == "" {
		return append(dst, "null"...)
	}
	return appendString(dst, text)
}

// appendMeta appends what is said of the one series of an answer.
func appendMeta(dst []byte, m *query.SeriesMeta) []byte {
	key := m.Series.Key
	dst = append(dst, `{"code":`...)
	dst = appendString(dst, m.Series.Code)
	dst = textMember(dst, "title", m.Title)
	dst = textMember(dst, "indicator", key.Indicator)
	dst = textMember(dst, "area", key.Area)
	dst = textMember(dst, "unit", m.Unit)
	dst = strconv.AppendInt(member(dst, "multiplier"), int64(m.Multiplier), 10)
	dst = textMember(dst, "kind", m.Kind)
	dst = textMember(dst, "measure", string(key.Measure))
	dst = textMember(dst, "price_basis", key.Basis)
	dst = textMember(dst, "adjustment", key.Adjustment)
	dst = textMember(dst, "scenario", key.Scenario)
	dst = textMember(dst, "dataset", key.Dataset)
	if len(key.Breakdowns) > 0 {
		dst = appendBreakdowns(member(dst, "breakdowns"), key.Breakdowns)
	}
	return append(dst, '}')
}

func appendBreakdowns(dst []byte, breakdowns []series.Breakdown) []byte {
	dst = append(dst, '{')
	for i, b := range breakdowns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, b.Dimension), ':')
		dst = appendString(dst, b.Item)
	}
	return append(dst, '}')
}

// appendCount appends how many rows there are, and what to know of them.
func appendCount(dst []byte, tail query.Tail) []byte {
	dst = strconv.AppendInt(member(dst, "total"), int64(tail.Total), 10)
	dst = textMember(dst, "next", tail.Next)
	return appendWarnings(member(dst, "warnings"), tail.Warnings)
}

// appendMoment appends the state of the answer, whose figures they are, and
// where to go on, and ends the answer.
func (j *JSON) appendMoment(dst []byte, tail query.Tail) []byte {
	dst = textMember(dst, "state", j.head.Moment.Token)
	if j.head.Moment.AsOf != "" {
		dst = textMember(dst, "as_of", j.head.Moment.AsOf)
	}
	if j.head.Moment.Recorded != "" {
		dst = textMember(dst, "recorded_as_of", j.head.Moment.Recorded)
	}
	dst = given(dst, "fx_as_of", j.head.View.FXAsOf)
	dst = appendInstant(member(dst, "updated_at"), j.head.Moment.Updated)
	dst = textMember(dst, "licence", j.options.Office.Licence)
	dst = textMember(dst, "attribution", j.options.Office.Attribution)
	dst = j.appendLinks(member(dst, "links"), tail)
	return append(dst, '}', '\n')
}

func appendWarnings(dst []byte, warnings []query.Warning) []byte {
	dst = append(dst, '[')
	for i, w := range warnings {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"code":`...)
		dst = appendString(dst, w.Code)
		dst = textMember(dst, "message", w.Message)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// appendInstant appends an instant in UTC, null for the zero time.
func appendInstant(dst []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	dst = t.UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

// appendLinks appends the links of an answer: to itself, to the following page,
// and where the figures stand that a flag of a row suspects it of being.
func (j *JSON) appendLinks(dst []byte, tail query.Tail) []byte {
	links := j.options.Links
	dst = append(dst, `{"self":`...)
	dst = appendString(dst, links.Self)
	dst = given(dst, "csv", links.CSV)
	dst = given(dst, "rows", links.Rows)
	if tail.Next != "" && links.Next != nil {
		dst = given(dst, "next", links.Next(tail.Next))
	}
	dst = given(dst, "label_suspect", links.LabelSuspect(tail.Suspects))
	return append(dst, '}')
}

// mostLinkedPeriods is how many periods a link names.
const mostLinkedPeriods = 20

// LabelSuspect returns where the figures stand that suspect ones equal: a
// single one is explained, several are rows, of every period where they are of
// too many for one address. It is empty without any.
func (l Links) LabelSuspect(suspects []query.Suspect) string {
	switch len(suspects) {
	case 0:
		return ""
	case 1:
		return l.Series + "/" + suspects[0].Series + "/observations/" + suspects[0].Period.Path()
	}
	var codes, periods []string
	for _, s := range suspects {
		if !slices.Contains(codes, s.Series) {
			codes = append(codes, s.Series)
		}
		if p := s.Period.String(); len(periods) <= mostLinkedPeriods && !slices.Contains(periods, p) {
			periods = append(periods, p)
		}
	}
	address := l.Observations + "?series=" + strings.Join(codes, ",")
	if len(periods) > mostLinkedPeriods {
		return address
	}
	return address + "&period=" + strings.Join(periods, ",")
}
