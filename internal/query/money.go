package query

import (
	"context"
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
)

// declaredBy is whose rate fixed:<rate> is.
const declaredBy = "request"

// money converts the rows of one answer.
type money struct {
	book       *book
	currencies []string
	method     fx.Method // empty: by the kind of the indicator
	fixed      *fx.Fixed
	feed       string
	shown      []Disclosed
	notices    []notice
	struck     []fx.Redenomination // why figures were refused
	exchanges  map[exchangeKey]*exchange
	last       *exchange // that a row took
	spell      fx.Spell  // that a row was in
	figures    int       // of the series at hand
}

// checkMoney returns the view with its currencies in their form. The faults
// are unknown_code for a currency, parameter_conflict for fx, fx_source or
// fx_as_of without one, and invalid_parameter.
func (v View) checkMoney(words *catalog.Catalog) (View, error) {
	switch {
	case len(v.Currencies) == 0 && v.FX != "":
		return v, needsCurrency("fx", v.FX)
	case len(v.Currencies) == 0 && v.FXSource != "":
		return v, needsCurrency("fx_source", v.FXSource)
	case len(v.Currencies) == 0 && v.FXAsOf != "":
		return v, needsCurrency("fx_as_of", v.FXAsOf)
	}
	asked := v.Currencies
	v.Currencies = nil
	for _, text := range asked {
		code, err := currencyCode(words, "currency", text)
		if err != nil {
			return v, err
		}
		if !slices.Contains(v.Currencies, code) {
			v.Currencies = append(v.Currencies, code)
		}
	}
	return v, nil
}

// currencyCode returns the code of the currency that a parameter names.
func currencyCode(words *catalog.Catalog, parameter, text string) (string, error) {
	code, err := meant(words, catalog.Units, text)
	if err != nil {
		return "", at(err, parameter, text)
	}
	if u, ok := words.Unit(code); !ok || u.Kind != catalog.Currency {
		return "", invalid(parameter, text, "a currency such as CNY")
	}
	return code, nil
}

// ratesOf returns the rates that the view converts by.
func (s *Service) ratesOf(ctx context.Context, m Moment, v View, words *catalog.Catalog) (*book, error) {
	point, err := s.ratesAt(ctx, m, v.FXAsOf)
	if err != nil {
		return nil, err
	}
	return s.book(ctx, point, words)
}

// newMoney returns what converts by the view, which was checked.
func newMoney(v View, b *book) (*money, error) {
	m := &money{book: b, currencies: v.Currencies, exchanges: map[exchangeKey]*exchange{}}
	if v.FX != "" {
		method, fixed, err := fx.ParseMethod(v.FX, declaredBy)
		if err != nil {
			return nil, invalid("fx", v.FX, "average, end, spot or fixed:<rate>, such as fixed:6.06")
		}
		m.method, m.fixed = method, fixed
	}
	switch {
	case m.fixed != nil && v.FXSource != "":
		return nil, conflict("fx", v.FX, "fx_source", v.FXSource)
	case m.fixed != nil && v.FXAsOf != "":
		return nil, conflict("fx", v.FX, "fx_as_of", v.FXAsOf)
	case m.fixed != nil && len(v.Currencies) > 1:
		return nil, invalid("fx", v.FX, "one currency beside a fixed rate")
	case v.FXSource == "":
		return m, nil
	}
	var err error
	m.feed, err = b.feed("fx_source", v.FXSource)
	return m, err
}

// checkUnits refuses a fixed rate for figures of more than one unit: it is a
// rate of one pair. Units are asked for only then.
func (m *money) checkUnits(units func() []string, asked string) error {
	if m.fixed == nil || len(units()) == 1 {
		return nil
	}
	return invalid("fx", asked, "one unit beside a fixed rate, with unit= or series=")
}

// convert shows a row in a currency. What cannot be converted is null with the
// code of the refusal as its reason.
func (m *money) convert(r *Row, l *lineMeta, to string) {
	r.Converted, r.OriginalUnit = true, l.unit
	v := r.Version
	if hasValue(v) {
		r.HasOriginal, r.Original = true, v.Value
	}
	method, err := m.methodFor(l)
	if err != nil {
		m.refuse(r, err)
		return
	}
	r.Unit = to
	e := m.exchange(l.unit, to, method)
	used := e.at(m.book, v.Period)
	if err := used.rate.err; err != nil {
		m.noticeRedenominated(e.askFor(v.Period), err)
		m.refuse(r, err)
		return
	}
	m.tell(r, used)
	factor := used.rate.factor
	if r.HasHalfWidth {
		convertDerived(r, factor)
		return
	}
	if r.HasValue {
		r.Value = factor.Apply(r.Value, shownDecimals(factor, r.Value))
		return
	}
	if r.BelowUnit {
		r.Value = factor.Apply(r.Value, factor.Decimals(r.Value))
	}
}

// convertDerived converts a derived figure, exactly and once, with its
// half-width, which decides how many decimals are shown; it has one more.
func convertDerived(r *Row, f *fx.Factor) {
	decimals := shownDecimals(f, r.Value.Exact())
	if !r.HalfWidth.IsZero() {
		decimals = f.DecimalsOf(r.HalfWidth.Rat(), r.Multiplier)
	}
	r.Value = f.Apply(r.Value, decimals)
	r.HalfWidth = f.Apply(r.HalfWidth, decimals+1).Exact()
}

// shownDecimals returns how many decimals a converted figure shows: as many as
// its half-width carries; a declared zero, which has none, at least two.
func shownDecimals(f *fx.Factor, value figure.Value) int {
	if value.IsExact() {
		return max(2, min(value.Decimals(), f.Decimals(value)))
	}
	return f.Decimals(value)
}

// methodFor returns the method for a series. Only flows and stocks in a
// currency are ever converted.
func (m *money) methodFor(l *lineMeta) (fx.Method, error) {
	if !l.isMoney {
		return "", fault.New(fault.Refused, fault.RateNotConvertible, "%s is no currency", l.unit)
	}
	method, err := fx.MethodFor(l.kind)
	if err == nil && m.method != "" {
		return m.method, nil
	}
	return method, err
}

// refuse leaves a row without a value because it cannot be converted. What was
// no value before keeps its own reason.
func (m *money) refuse(r *Row, err error) {
	if r.HasValue || r.BelowUnit {
		r.Status, r.Reason = statusMissing, string(fault.CodeOf(err))
	}
	r.HasValue, r.BelowUnit, r.Value = false, false, figure.Value{}
	r.HasHalfWidth, r.HalfWidth = false, figure.Value{}
}

// tell says in the row how it was converted, and once for each period and
// currency in the answer.
func (m *money) tell(r *Row, used *usedRate) {
	rate := used.rate
	d := rate.factor.Disclosure()
	r.Rate, r.Method, r.RateSource, r.Cells = d.Rate, rate.method, d.Source, rate.cells
	if slices.Contains(d.Flags, fx.PreEuroFixedRate) {
		r.Flags = withFlag(r.Flags, fx.PreEuroFixedRate)
	}
	if r.HasValue {
		m.disclose(used)
	}
}
