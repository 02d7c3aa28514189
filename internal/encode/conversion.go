package encode

import (
	"strconv"

	"bellwether/internal/fx"
	"bellwether/internal/query"
)

// conversion writes how an answer's figures were converted, null where they
// were not. Before the rows stands what all of them share, null where they
// differ.
func (j *JSON) conversion(c *query.Conversion) error {
	dst := member(j.buffer, "conversion")
	if c == nil {
		j.buffer = append(dst, "null"...)
		return nil
	}
	dst = append(dst, `{"to":`...)
	dst = appendTexts(dst, c.To)
	all := shared(c.Rows)
	dst = textMember(dst, "method", all.method)
	dst = textMember(dst, "source", all.source)
	dst = textMember(dst, "quotation", all.quotation)
	dst = append(member(dst, "inverted"), orNull(all.direction)...)
	j.buffer = append(member(dst, "rows"), '[')
	for i := range c.Rows {
		if i > 0 {
			j.buffer = append(j.buffer, ',')
		}
		j.buffer = append(j.buffer, c.Rows[i].Written.Text(func() []byte { return disclosed(&c.Rows[i]) })...)
		if err := j.spill(); err != nil {
			return err
		}
	}
	j.buffer = append(j.buffer, ']', '}')
	return nil
}

// disclosed returns one row of a conversion. It is made once for all answers
// that are converted by the rate.
func disclosed(d *query.Disclosed) []byte {
	dst := append(make([]byte, 0, 512), `{"period":"`...)
	dst = append(d.Period.AppendTo(dst), '"')
	return append(appendDisclosure(dst, d.Disclosure), '}')
}

// direction says whether an amount was divided by the rate; several steps have
// no one direction.
func direction(d *fx.Disclosure) string {
	if len(d.Legs) > 0 {
		return ""
	}
	return strconv.FormatBool(d.Inverted)
}

// common is what rows of a conversion have in common, empty where they differ.
type common struct{ method, source, quotation, direction string }

// shared returns what all rows have in common: nothing where there are none.
func shared(rows []query.Disclosed) common {
	if len(rows) == 0 {
		return common{}
	}
	all := commonOf(rows[0].Disclosure)
	for i := range rows[1:] {
		all.keep(rows[i+1].Disclosure)
	}
	return all
}

func commonOf(d *fx.Disclosure) common {
	return common{method: d.MethodWord(), source: d.Source, quotation: d.Quotation, direction: direction(d)}
}

// keep empties what another disclosure has otherwise.
func (c *common) keep(d *fx.Disclosure) {
	if c.method != "" && c.method != d.MethodWord() {
		c.method = ""
	}
	if c.source != d.Source {
		c.source = ""
	}
	if c.quotation != d.Quotation {
		c.quotation = ""
	}
	if c.direction != "" && c.direction != direction(d) {
		c.direction = ""
	}
}

func orNull(text string) string {
	if text == "" {
		return "null"
	}
	return text
}

// appendDisclosure appends the members of a disclosure, each after a comma.
// What does not belong to its method is left out.
func appendDisclosure(dst []byte, d *fx.Disclosure) []byte {
	dst = textMember(dst, "from", d.From)
	dst = textMember(dst, "to", d.To)
	dst = textMember(dst, "source", d.Source)
	if len(d.Legs) == 0 {
		dst = appendLeg(dst, &d.Leg)
	} else {
		dst = append(member(dst, "legs"), '[')
		for i := range d.Legs {
			leg := appendLeg(nil, &d.Legs[i])
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(append(dst, '{'), leg[1:]...)
			dst = append(dst, '}')
		}
		dst = append(dst, ']')
	}
	if d.DecimalsCapped {
		dst = append(member(dst, "decimals_capped"), "true"...)
	}
	return appendList(dst, "flags", d.Flags)
}

func appendLeg(dst []byte, l *fx.Leg) []byte {
	dst = given(dst, "method", l.Method)
	dst = given(dst, "averaging", l.Averaging)
	if l.Observations > 0 {
		dst = strconv.AppendInt(member(dst, "observations"), int64(l.Observations), 10)
	}
	dst = given(dst, "first", l.First)
	dst = given(dst, "last", l.Last)
	dst = given(dst, "rate_date", l.RateDate)
	dst = given(dst, "quotation", l.Quotation)
	if l.Rate != "" {
		dst = append(member(dst, "rate"), l.Rate...)
	}
	dst = given(dst, "rate_exact", l.ExactRate())
	dst = strconv.AppendBool(member(dst, "inverted"), l.Inverted)
	dst = given(dst, "via", l.Via)
	return given(dst, "declared_by", l.DeclaredBy)
}

// given appends a key with a text that is not empty.
func given(dst []byte, key, text string) []byte {
	if text == "" {
		return dst
	}
	return textMember(dst, key, text)
}

// appendList appends a key with texts where there are some.
func appendList(dst []byte, key string, texts []string) []byte {
	if len(texts) == 0 {
		return dst
	}
	return appendTexts(member(dst, key), texts)
}

func appendTexts(dst []byte, texts []string) []byte {
	dst = append(dst, '[')
	for i, text := range texts {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, text)
	}
	return append(dst, ']')
}
