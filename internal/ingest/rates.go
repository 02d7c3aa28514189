package ingest

import (
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// rateKinds are the words of the column kind; read only.
var rateKinds = map[string]fx.Kind{
	"": "", "fixing": fx.Fixing, "daily": fx.Fixing, "average": fx.Mean, "end_of_period": fx.EndOfPeriod, "irrevocable": fx.Irrevocable,
	"平均": fx.Mean, "期末": fx.EndOfPeriod,
}

// readRate returns what a row of a file of rates states.
func (r *reader) readRate(row *sheet.Row, p *plan) []statement {
	r.out, r.bad = r.out[:0], false
	rate := &fx.Rate{Feed: r.feed(row, p), Base: r.currency(row, p, baseColumn)}
	if !p.areas {
		rate.Quote = r.currency(row, p, quoteColumn)
	}
	rate.Kind = word(r, row, p, kindColumn, rateKinds, "fixing, average, end_of_period or irrevocable")
	rate.Source, rate.Note = r.text(p.cell(row, sourceColumn)), string(p.cell(row, noteColumn))
	rate.Period = r.ratePeriod(row, p)
	rate.PublishedAt = r.ratePublication(row, p, rate)
	if !rate.Period.IsZero() {
		r.rateKind(row, p, rate)
	}
	if rate.Base != "" && rate.Base == rate.Quote {
		r.blame(row, p, problem{meaning: quoteColumn, code: fault.RateInvalid, value: rate.Quote, expected: "another currency than the base"})
	}
	rate.Value = r.rateValue(row, p)
	if p.areas && !r.areaQuote(row, p, rate) || r.bad {
		return nil
	}
	r.out = append(r.out, r.rateStatement(row, p, rate))
	r.guardRate(row, p, &r.out[0])
	return r.out
}

// rateValue reads a rate. Tables by area write small ones with an exponent.
func (r *reader) rateValue(row *sheet.Row, p *plan) figure.Value {
	text := string(p.cell(row, rateColumn))
	read := fx.ParseValue
	if p.areas {
		read = fx.ParsePublished
	}
	value, err := read(text)
	if err != nil {
		r.blame(row, p, problemOf(rateColumn, text, err))
	}
	return value
}

// rateStatement says of a rate what is said of any statement, so that repeats
// are found alike.
func (r *reader) rateStatement(row *sheet.Row, p *plan, rate *fx.Rate) statement {
	code := rateName(rate)
	n := r.rateNames[code]
	if n == nil {
		if len(r.rateNames) >= maxTexts {
			clear(r.rateNames)
		}
		found := r.nameText(code)
		n = &found
		r.rateNames[code] = n
	}
	s := statement{named: n, rate: rate, line: row.Line}
	s.Period, s.Published, s.State, s.Value, s.Status = rate.Period, rate.PublishedAt, obs.Present, rate.Value, "A"
	s.Origin = r.origin(row, p, rateColumn)
	return s
}

// rateName is what a report calls the rates of a feed, a pair and a kind.
func rateName(rate *fx.Rate) string {
	return strings.Join([]string{rate.Feed, rate.Base, rate.Quote, string(rate.Kind)}, " ")
}

// feed reads the code of a feed.
func (r *reader) feed(row *sheet.Row, p *plan) string {
	text := r.text(p.cell(row, feedColumn))
	if err := series.CheckToken(series.Fold(text)); err != nil {
		r.blame(row, p, problem{meaning: feedColumn, code: fault.WordUnknown, value: fault.Clip(text), expected: "the code of a feed, such as ecb or frb-h10"})
	}
	return series.Fold(text)
}

// money is a cell that names a currency, read.
type money struct {
	code  string // empty where it names none
	plain bool   // the office's, which the cell does not name
}

// currency reads the code of a currency that the catalogue has.
func (r *reader) currency(row *sheet.Row, p *plan, m meaning) string {
	text := r.text(p.cell(row, m))
	found, ok := r.moneys[text]
	if !ok {
		if len(r.moneys) >= maxTexts {
			clear(r.moneys)
		}
		if unit, err := r.units.Parse(text); err == nil && !unit.Scaled && isMoney(r.labels, unit.Code) {
			found = money{unit.Code, r.isPlain(text)}
		}
		r.moneys[text] = found
	}
	if found.code == "" {
		r.blame(row, p, problem{meaning: m, code: fault.CurrencyUnknown, value: fault.Clip(text), expected: "the ISO 4217 code of a currency, such as USD"})
	}
	if found.plain && r.warnings != nil {
		r.assumed.currency.add(row)
	}
	return found.code
}

func isMoney(labels Labels, code string) bool {
	_, kind, ok := labels.LookupUnit(strings.ToLower(code))
	return ok && kind == "money"
}

// ratePeriod reads the period or the date of a rate.
func (r *reader) ratePeriod(row *sheet.Row, p *plan) period.Period {
	m := periodColumn
	if len(p.cell(row, m)) == 0 && len(p.cell(row, dateColumn)) > 0 {
		m = dateColumn
	}
	span := r.span(row, p, m)
	if p.months > 0 {
		return r.monthsFrom(row, p, span)
	}
	if m == dateColumn && !span.IsZero() && span.Frequency() != period.Day {
		r.blame(row, p, problem{meaning: m, code: fault.RateInvalid, value: fault.Clip(string(p.cell(row, m))), expected: "one day, such as 2014-02-21"})
	}
	return span
}

// rateKind fills in what a day without a kind is, and refuses a fixing of more
// than a day.
func (r *reader) rateKind(row *sheet.Row, p *plan, rate *fx.Rate) {
	day := rate.Period.Frequency() == period.Day
	switch {
	case rate.Kind == "" && day:
		rate.Kind = fx.Fixing
	case rate.Kind == "":
		r.blame(row, p, problem{meaning: kindColumn, code: fault.CellEmpty, expected: "average or end_of_period, since the period is longer than a day"})
	case rate.Kind == fx.Fixing && !day:
		r.blame(row, p, problem{meaning: kindColumn, code: fault.RateInvalid, value: string(rate.Kind), expected: "average or end_of_period, or a period of one day"})
	}
}
