// Package fx owns exchange rates and what may be done with them: the mean over
// a window, the last rate of a period, the conversion of an amount with
// everything that a reader needs to repeat it by hand.
//
// A rate is what a feed published: 1 base = value quote, over a day or a
// longer period, in the published direction and digits. A mean is taken in the
// published quotation and an amount is divided or multiplied by it once, as
// the International Monetary Fund, the OECD and the European Central Bank make
// and use their period averages; so a round trip is exact. What cannot be
// converted honestly is refused with a code.
//
// The package knows nothing of files, stores and clocks. Which rates are in
// force in a state is decided before a Book is built from them; which
// currencies there are, and what the retired ones are worth, comes from the
// catalogue.
package fx

import (
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Kind says what a rate is a rate of.
type Kind string

// The kinds of rates.
const (
	Fixing      Kind = "fixing"        // of one day
	Mean        Kind = "average"       // a published average of its period
	EndOfPeriod Kind = "end_of_period" // of the last business day of its period
	Irrevocable Kind = "irrevocable"   // fixed by law, from the first to the last day that the quoted currency was in use at it
)

// Rate is what a feed published: 1 Base = Value Quote over Period, which is
// one day for a fixing. Base and Quote are ISO 4217 codes in capitals. Value
// keeps the digits as printed and has multiplier 0. PublishedAt is the
// effective instant in UTC; it is carried and not used here.
type Rate struct {
	Feed        string
	Base        string
	Quote       string
	Kind        Kind
	Period      period.Period
	Value       figure.Value
	PublishedAt time.Time
	Source      string // the publication, for people
	Note        string
}

// Feed is a publisher of rates.
//
// Without a wish of the asker the feeds are tried by Rank, the lowest first,
// then by Code: first every feed that quotes the two currencies against each
// other, then those where a cross through a third one is needed.
type Feed struct {
	Code      string
	Name      string
	Averaging string // "published" where the feed prints averages of its own, else empty
	Zone      string // IANA zone in which Hour counts
	Hour      string // HH:MM at which the rate of a day is published
	Rank      int
	Source    string
	URL       string
	Base      string // the currency in which it quotes everything, empty: the file says so
	Fetch     string // the address of the file that it publishes, empty: none

	Series []SeriesQuote // what the series in its files quote, by the ends of their names
	Areas  []AreaMoney   // what the areas in its files are quoted in, one dollar being the base
}

// SeriesQuote is what a series of a feed quotes: 1 Base = value Quote.
type SeriesQuote struct{ Name, Base, Quote string }

// AreaMoney is the currency that an area is quoted in from one year to another,
// both included; 0 is no bound. Of several areas with one currency one is taken.
type AreaMoney struct {
	Area, Currency string
	From, To       int
	Taken          bool
}

// check refuses a rate that cannot be one: rate_invalid.
func (r Rate) check() error {
	days := int(r.Period.End() - r.Period.Start())
	switch {
	case r.Value.Sign() <= 0 || r.Value.Multiplier() != 0:
		return r.invalid("is %s, expected a number above zero", r.Value.Text())
	case r.Base == "" || r.Quote == "" || r.Base == r.Quote:
		return r.invalid("is between %q and %q, expected two currencies", r.Base, r.Quote)
	case days < 1:
		return r.invalid("has no period")
	case r.Kind == Fixing && days != 1:
		return r.invalid("is a fixing of %d days, expected one day", days)
	case r.Kind != Fixing && r.Kind != Mean && r.Kind != EndOfPeriod && r.Kind != Irrevocable:
		return r.invalid("is of kind %q, expected fixing, average, end_of_period or irrevocable", string(r.Kind))
	}
	return nil
}

func (r Rate) invalid(format string, args ...any) error {
	place := fault.New(fault.Refused, fault.RateInvalid, format, args...)
	place.Detail = "the rate " + quotation(r.Base, r.Quote) + " of " + r.Period.String() + " " + place.Detail
	return place
}

// The bounds of a rate: hyperinflation leaves rates of early years, restated in
// the money of today, with more decimals than a figure may have.
const (
	maxDigits   = figure.MaxDigits // without the zeros in front
	maxDecimals = 40
)

// ParseValue reads the text of a rate: a plain decimal number above zero with
// at most 40 decimals, kept exactly; else rate_invalid.
func ParseValue(text string) (figure.Value, error) {
	v, err := parseDigits(text)
	if err != nil {
		return figure.Value{}, fault.Wrap(err, fault.Refused, fault.RateInvalid, "%q is no rate", fault.Clip(text)).Expect("a decimal number above zero such as 6.1198")
	}
	if v.Sign() <= 0 {
		return figure.Value{}, fault.New(fault.Refused, fault.RateInvalid, "%q is no rate", fault.Clip(text)).Expect("a decimal number above zero such as 6.1198")
	}
	return v, nil
}

// parseDigits reads a number that may be finer than a figure.
func parseDigits(text string) (figure.Value, error) {
	fraction, below := strings.CutPrefix(text, "0.")
	digits := strings.TrimLeft(fraction, "0")
	if !below || len(fraction) <= figure.MaxDecimals || len(fraction) > maxDecimals || len(digits) > maxDigits || digits == "" {
		return figure.Parse(text, 0)
	}
	v, err := figure.Parse(digits, -len(fraction))
	return v.At(0), err
}

// ParsePublished is ParseValue for a file whose publisher writes small rates
// with an exponent, such as 2.86684433333333E-08.
func ParsePublished(text string) (figure.Value, error) {
	if !strings.ContainsAny(text, "eE") {
		return ParseValue(text)
	}
	read, err := figure.Notation{Exponent: true}.Read(text, figure.Level)
	if err != nil {
		return figure.Value{}, fault.Wrap(err, fault.Refused, fault.RateInvalid, "%q is no rate", fault.Clip(text)).Expect("a number above zero such as 6.1198 or 2.8E-08")
	}
	return ParseValue(read.Value.At(0).Text())
}
