package encode

import (
	"strconv"
	"strings"

	"bellwether/internal/fx"
	"bellwether/internal/query"
)

// conversion says of each period and currency how its figures were converted,
// in the words of the disclosure of JSON.
func (b *book) conversion(c *query.Conversion) {
	if c == nil {
		return
	}
	for i := range c.Rows {
		d := &c.Rows[i]
		b.note("conversion", d.Period.String()+" "+d.From+" "+d.To, disclosureText(d.Disclosure))
	}
}

// disclosureText tells a disclosure as name=text, joined by semicolons; of
// several steps each stands behind "leg".
func disclosureText(d *fx.Disclosure) string {
	var words []string
	add := func(name, text string) {
		if text != "" {
			words = append(words, name+"="+text)
		}
	}
	add("source", d.Source)
	legs, step := d.Legs, "leg "
	if len(legs) == 0 {
		legs, step = []fx.Leg{d.Leg}, ""
	}
	for i := range legs {
		l := &legs[i]
		add(step+"method", l.Method)
		add("averaging", l.Averaging)
		if l.Observations > 0 {
			add("observations", strconv.Itoa(l.Observations))
		}
		add("first", l.First)
		add("last", l.Last)
		add("rate_date", l.RateDate)
		add("quotation", l.Quotation)
		add("rate", l.Rate)
		add("rate_exact", l.ExactRate())
		add("inverted", strconv.FormatBool(l.Inverted))
		add("via", l.Via)
		add("declared_by", l.DeclaredBy)
	}
	if d.DecimalsCapped {
		add("decimals_capped", "true")
	}
	add("flags", strings.Join(d.Flags, ","))
	return strings.Join(words, "; ")
}
